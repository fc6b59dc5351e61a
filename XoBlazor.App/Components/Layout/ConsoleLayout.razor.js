// Keys that work everywhere, and the choices that the browser keeps (cookies, so that the first paint already has them).
const root = document.documentElement;
let frame = null;
let places = {};
let wentAt = -Infinity;

export function start(dotnet, keys) {
  frame = dotnet;
  places = keys;
  document.addEventListener("keydown", onKey);
  // Those that were drawn before this script came.
  document.querySelectorAll("[data-strip]").forEach(showCurrent);
  return { zone: Intl.DateTimeFormat().resolvedOptions().timeZone, showsTree: cookie("tree") === "open" && window.innerWidth > 900, theme: root.dataset.theme ?? "", density: root.dataset.density ?? "" };
}

export function stop() {
  document.removeEventListener("keydown", onKey);
  frame = null;
}

export function keep(name, value) {
  document.cookie = `${name}=${encodeURIComponent(value)};path=/;max-age=${value ? 31536000 : 0};samesite=lax`;
  if (name === "theme" || name === "density" || name === "rail") {
    if (value)
      root.dataset[name] = value;
    else
      delete root.dataset[name];
  }
}

export function toggleRail() {
  keep("rail", root.dataset.rail === "icons" ? "" : "icons");
}

function cookie(name) {
  return document.cookie.split("; ").find(c => c.startsWith(`${name}=`))?.slice(name.length + 1);
}

// A sheet over the page takes the focus and gives it back to whatever had it.
const left = [];

export function moveFocus(sheet) {
  if (!sheet)
    return;
  left.push(document.activeElement);
  const fields = sheet.querySelectorAll("input:not([type=hidden], [type=radio], [type=checkbox]), select, textarea");
  ([...fields].find(e => !e.disabled && !e.readOnly && e.checkVisibility()) ?? sheet).focus();
}

export function returnFocus() {
  left.pop()?.focus({ preventScroll: true });
}

// Tab stays inside the sheet on top.
function holdFocus(event) {
  const sheet = [...document.querySelectorAll("[data-holds-focus]")].at(-1);
  if (!sheet || event.key !== "Tab")
    return;
  const stops = [...sheet.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")].filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility());
  const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
  const at = document.activeElement;
  if (at === from || !sheet.contains(at) || event.shiftKey && at === sheet) {
    event.preventDefault();
    to?.focus();
  }
}

// The open one of a row of links that is wider than its box.
export function showCurrent(strip) {
  const open = strip?.querySelector("[aria-current]");
  if (open && strip.scrollWidth > strip.clientWidth)
    strip.scrollLeft += open.getBoundingClientRect().left - strip.getBoundingClientRect().left - (strip.clientWidth - open.offsetWidth) / 2;
}

// Brings line `at` of a virtualised box into its view; the box may have a heading that stays.
export function reveal(box, at, heading) {
  const height = box.querySelector("[data-line]")?.offsetHeight ?? 32;
  const top = at * height;
  if (top < box.scrollTop)
    box.scrollTop = top;
  else if (top + height + heading > box.scrollTop + box.clientHeight)
    box.scrollTop = top + height + heading - box.clientHeight;
}

function onKey(event) {
  holdFocus(event);
  // A list or tree moves by itself; the browser must not scroll it too.
  if (event.target.hasAttribute?.("data-arrows") && /^(Arrow|Page|Home$|End$| $)/.test(event.key))
    event.preventDefault();
  if (moveInMenu(event))
    return;
  const suggests = event.target.dataset?.suggests;
  if (suggests && /^Arrow(Up|Down)$/.test(event.key) || suggests === "picked" && /^(Tab|Enter)$/.test(event.key))
    event.preventDefault();

  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    frame?.invokeMethodAsync("OpenPalette");
    return;
  }

  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
    return;

  const afterG = performance.now() - wentAt < 1200;
  wentAt = -Infinity;
  if (afterG && places[event.key]) {
    event.preventDefault();
    window.Blazor.navigateTo(there(places[event.key]));
  } else if (event.key === "g") {
    wentAt = performance.now();
  } else if (event.key === "/") {
    event.preventDefault();
    const box = document.querySelector("[data-search]");
    if (box) {
      box.focus();
      box.select?.();
    } else {
      frame?.invokeMethodAsync("OpenPalette");
    }
  } else if (event.key === "n") {
    frame?.invokeMethodAsync("BackToNow");
  } else if (event.key === "?") {
    event.preventDefault();
    frame?.invokeMethodAsync("OpenHelp");
  }
}

// In a menu the arrows go from item to item.
function moveInMenu(event) {
  const menu = event.target.closest?.("[data-menu]");
  if (!menu || !/^Arrow(Up|Down)$/.test(event.key))
    return false;
  event.preventDefault();
  const items = [...menu.querySelectorAll('[role="menuitem"]')];
  const step = event.key === "ArrowDown" ? 1 : -1;
  const at = items.indexOf(document.activeElement);
  items[at < 0 ? (step > 0 ? 0 : items.length - 1) : (at + step + items.length) % items.length]?.focus();
  return true;
}

// A page opened from the past is opened in the past.
function there(place) {
  const at = new URLSearchParams(location.search).get("at");
  return at ? `${place}?at=${encodeURIComponent(at)}` : place;
}

function isTyping(target) {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !/^(checkbox|radio|button|range)$/.test(target.type);
}
