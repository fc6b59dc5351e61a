// Gathers what the browser gets that is not Razor into XoBlazor.App/wwwroot/gen: one stylesheet, the fonts it names, one sheet of icons, and
// the modules that show consoles of VMs, which are loaded where one is opened, and their small pictures.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const out = join(here, "..", "XoBlazor.App", "wwwroot", "gen");
const fonts = ["@fontsource-variable/inter", "@fontsource-variable/jetbrains-mono"];

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "fonts"), { recursive: true });
writeFileSync(join(out, "console.css"), [...fonts.map(fontFaces), ...["tokens.css", "mud.css", "base.css"].map(sheet)].join("\n"));
writeFileSync(join(out, "icons.svg"), iconSheet());
await bundle("graphic", "noVNC 1.7.0, MPL-2.0, its source is at https://github.com/novnc/noVNC");
await bundle("thumbnail");
await bundle("text", "xterm.js 6.0.0, MIT, https://github.com/xtermjs/xterm.js");
copyFileSync(join(modules, "@xterm", "xterm", "css", "xterm.css"), join(out, "consoles", "text.css"));

// One module with all that it needs.
async function bundle(name, notice) {
  await build({
    entryPoints: [join(here, "consoles", `${name}.mjs`)], outfile: join(out, "consoles", `${name}.js`),
    bundle: true, minify: true, format: "esm", target: "es2022", legalComments: "eof", banner: notice ? { js: `/*! contains ${notice} */` } : {}, logLevel: "error",
  });
}

function sheet(name) {
  return readFileSync(join(here, name), "utf8");
}

// The package's own faces, their files beside our stylesheet.
function fontFaces(font) {
  const css = readFileSync(join(modules, font, "wght.css"), "utf8");
  return css.replace(/url\(\.\/files\/([^)]+)\)/g, (_, file) => {
    copyFileSync(join(modules, font, "files", file), join(out, "fonts", file));
    return `url(fonts/${file})`;
  });
}

// Outline icons by the name the console uses, and our own glyphs for what XAPI manages.
function iconSheet() {
  const borrowed = JSON.parse(readFileSync(join(here, "icons.json"), "utf8"));
  const symbols = Object.entries(borrowed).map(([name, file]) => symbol(name, join(modules, "lucide-static", "icons", `${file}.svg`)));
  const own = readdirSync(join(here, "glyphs")).sort().map(file => symbol(basename(file, ".svg"), join(here, "glyphs", file)));
  return `<svg xmlns="http://www.w3.org/2000/svg">\n${[...symbols, ...own].join("\n")}\n</svg>\n`;
}

function symbol(name, file) {
  const inside = readFileSync(file, "utf8").match(/<svg[^>]*>([\s\S]*)<\/svg>/)[1].replace(/\s+/g, " ").trim();
  return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${inside}</symbol>`;
}
