// Keyboards as guests are set to them: which key, with what, gives which character. A key is named as the browser names its place.
const rows = [
  "Backquote Digit1 Digit2 Digit3 Digit4 Digit5 Digit6 Digit7 Digit8 Digit9 Digit0 Minus Equal",
  "KeyQ KeyW KeyE KeyR KeyT KeyY KeyU KeyI KeyO KeyP BracketLeft BracketRight",
  "KeyA KeyS KeyD KeyF KeyG KeyH KeyJ KeyK KeyL Semicolon Quote Backslash",
  "IntlBackslash KeyZ KeyX KeyC KeyV KeyB KeyN KeyM Comma Period Slash",
].map(row => row.split(" "));

// Each row plain, with Shift, and with AltGr; a space where there is nothing. `dead` are those that wait for a letter.
const keyboards = {
  us: {
    plain: ["`1234567890-=", "qwertyuiop[]", "asdfghjkl;'\\", " zxcvbnm,./"],
    shift: ["~!@#$%^&*()_+", "QWERTYUIOP{}", "ASDFGHJKL:\"|", " ZXCVBNM<>?"],
  },
  gb: {
    plain: ["`1234567890-=", "qwertyuiop[]", "asdfghjkl;'#", "\\zxcvbnm,./"],
    shift: ["¬!\"£$%^&*()_+", "QWERTYUIOP{}", "ASDFGHJKL:@~", "|ZXCVBNM<>?"],
    altGr: ["¦   €"],
  },
  de: {
    plain: ["^1234567890ß´", "qwertzuiopü+", "asdfghjklöä#", "<yxcvbnm,.-"],
    shift: ["°!\"§$%&/()=?`", "QWERTZUIOPÜ*", "ASDFGHJKLÖÄ'", ">YXCVBNM;:_"],
    altGr: ["  ²³   {[]}\\", "@ €        ~", "", "|      µ"],
    dead: "^´`",
  },
  ch: {
    plain: ["§1234567890'^", "qwertzuiopü¨", "asdfghjklöä$", "<yxcvbnm,.-"],
    shift: ["°+\"*ç%&/()=?`", "QWERTZUIOPè!", "ASDFGHJKLéà£", ">YXCVBNM;:_"],
    altGr: [" ¦@#  ¬|¢  ´~", "  €       []", "          {}", "\\"],
    dead: "^¨`´~",
  },
  fr: {
    plain: ["²&é\"'(-è_çà)=", "azertyuiop^$", "qsdfghjklmù*", "<wxcvbn,;:!"],
    shift: [" 1234567890°+", "AZERTYUIOP¨£", "QSDFGHJKLM%µ", ">WXCVBN?./§"],
    altGr: ["  ~#{[|`\\^@]}", "  €        ¤"],
    dead: "^¨~`",
  },
  es: {
    plain: ["º1234567890'¡", "qwertyuiop`+", "asdfghjklñ´ç", "<zxcvbnm,.-"],
    shift: ["ª!\"·$%&/()=?¿", "QWERTYUIOP^*", "ASDFGHJKLÑ¨Ç", ">ZXCVBNM;:_"],
    altGr: ["\\|@#~ ¬", "  €       []", "          {}"],
    dead: "`^´¨~",
  },
  it: {
    plain: ["\\1234567890'ì", "qwertyuiopè+", "asdfghjklòàù", "<zxcvbnm,.-"],
    shift: ["|!\"£$%&/()=?^", "QWERTYUIOPé*", "ASDFGHJKLç°§", ">ZXCVBNM;:_"],
    altGr: ["", "  €       []", "         @#"],
  },
};

const accents = { "\u0300": "`", "\u0301": "´", "\u0302": "^", "\u0303": "~", "\u0308": "¨" };
const named = { "\n": [0xff0d, "Enter"], "\t": [0xff09, "Tab"], " ": [0x20, "Space"], "\b": [0xff08, "Backspace"] };
const tables = new Map();

// The keys that give a character, one after the other: each its keysym, its place, and what is held meanwhile. Where the keyboard has none, the keysym alone: some servers
// find a key for it. A layout that is not known means that always.
export function strokes(character, layout) {
  if (named[character])
    return [{ keysym: named[character][0], code: named[character][1] }];
  const table = tableOf(layout);
  const keys = table?.get(character) ?? composed(character, table);
  return keys ?? [{ keysym: keysymOf(character), code: "" }];
}

export function keysymOf(character) {
  const point = character.codePointAt(0);
  return point < 0x100 ? point : 0x0100_0000 | point;
}

function tableOf(layout) {
  const keyboard = keyboards[layout];
  if (!keyboard)
    return null;
  if (!tables.has(layout))
    tables.set(layout, build(keyboard));
  return tables.get(layout);
}

function build({ plain, shift, altGr = [], dead = "" }) {
  const table = new Map();
  for (const [lines, held] of [[plain, null], [shift, "shift"], [altGr, "altGr"]])
    lines.forEach((line, row) => [...line].forEach((character, at) => {
      const isDead = dead.includes(character) && !(held === "altGr" && character === "^");
      const known = table.get(character);
      if (character === " " || known && (known.length === 1 || isDead))
        return;
      const key = { keysym: keysymOf(character), code: rows[row][at], held };
      table.set(character, isDead ? [key, { keysym: 0x20, code: "Space" }] : [key]);
    }));
  return table;
}

// A letter with an accent that the keyboard has as a dead key.
function composed(character, table) {
  const [letter, mark, ...more] = character.normalize("NFD");
  const accent = table?.get(accents[mark]);
  const base = table?.get(letter);
  return accent?.length === 2 && base && more.length === 0 ? [accent[0], ...base] : null;
}
