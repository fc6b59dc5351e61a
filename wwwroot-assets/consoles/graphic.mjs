import RFB from "@novnc/novnc";
import { Keyboard } from "./keyboard.mjs";
import { Line } from "./line.mjs";
import { copyFrom, leaveFull, toggleFull } from "./window.mjs";
import { TouchKeyboard } from "./touch.mjs";

// Wishes for quality, as noVNC counts them: of JPEG, and of the effort to pack.
const qualities = { sharp: [9, 2], balanced: [6, 2], slow: [1, 9] };

const storage = "console";

// How somebody wanted it last.
export function kept() {
  try {
    return JSON.parse(localStorage.getItem(storage));
  } catch {
    return null;
  }
}

export function open(place, field, circuit, label, wishes) {
  // The page may have gone on while this was loaded.
  return place && field && new GraphicConsole(place, field, circuit, label, wishes);
}

// A VM's screen in `place`: the last picture stays while the line is away. `circuit` is told what is heard, `field` is where phones type.
class GraphicConsole {
  #place;
  #circuit;
  #label;
  #wishes;
  #line;
  #rfb = null;
  #frame = null;
  #old = null;
  #isViewOnly = true;
  #clipboard = "";
  #keyboard = new Keyboard((keysym, code, isDown) => this.#rfb?.sendKey(keysym, code, isDown));
  #touch;
  #release;

  constructor(place, field, circuit, label, wishes) {
    this.#place = place;
    this.#circuit = circuit;
    this.#label = label;
    this.#wishes = wishes;
    this.#touch = new TouchKeyboard(field, this.#keyboard, () => this.#wishes.layout);
    this.#release = releaseKeys(place);
    document.addEventListener("fullscreenchange", this.onFull = () => this.#tell("HearAsync", { type: "full", on: document.fullscreenElement !== null }));
    navigator.connection?.addEventListener("change", this.onNetwork = () => this.look(this.#wishes));
    this.#line = new Line(circuit, this);
  }

  // A new stream begins: it is painted in a new frame, over the old picture until it has one itself.
  begin(channel, isViewOnly) {
    const hadFocus = this.#frame?.contains(document.activeElement) || isFree(this.#place);
    this.#isViewOnly = isViewOnly;
    this.#old ??= this.#frame;
    const frame = this.#frame = document.createElement("div");
    frame.className = "frame";
    this.#place.append(frame);
    const rfb = this.#rfb = new RFB(frame, channel, { shared: true });
    rfb.background = "transparent";
    const canvas = frame.querySelector("canvas");
    canvas.tabIndex = 0;
    canvas.setAttribute("role", "application");
    canvas.setAttribute("aria-label", this.#label);
    this.look(this.#wishes);
    rfb.addEventListener("connect", () => {
      this.look(this.#wishes);
      this.#dropOld();
      if (hadFocus)
        rfb.focus({ preventScroll: true });
    });
    rfb.addEventListener("clipboard", event => {
      this.#clipboard = event.detail.text;
      this.#tell("CopiedAsync");
    });
    rfb.addEventListener("disconnect", () => {
      // By itself noVNC ends only what it cannot read.
      if (this.#rfb === rfb)
        this.#line.again();
    });
  }

  // The picture stands: noVNC takes its canvas with it, so a copy stays in its place.
  still() {
    const [rfb, frame] = [this.#rfb, this.#frame];
    this.#rfb = null;
    if (!rfb)
      return;
    this.#keyboard.stop();
    const canvas = frame.querySelector("canvas");
    if (canvas?.width > 0) {
      const copy = document.createElement("canvas");
      [copy.width, copy.height] = [canvas.width, canvas.height];
      copy.getContext("2d").drawImage(canvas, 0, 0);
      copy.className = "still";
      copy.style.cssText = canvas.style.cssText;
      this.#old?.remove();
      this.#old = document.createElement("div");
      this.#old.className = "frame";
      this.#old.append(copy);
      this.#place.append(this.#old);
    }

    rfb.disconnect();
    frame.remove();
    this.#frame = null;
  }

  hear(message) {
    if (message.type === "rights" || message.type === "open")
      this.#isViewOnly = message.viewOnly;
    if (message.type === "rights")
      this.look(this.#wishes);
    this.#tell("HearAsync", message);
  }

  // How it is shown: fit ("fit", "actual" or "match"), quality, cursor, layout.
  look(wishes) {
    this.#wishes = wishes;
    localStorage.setItem(storage, JSON.stringify(wishes));
    const rfb = this.#rfb;
    if (!rfb)
      return;
    const [quality, compression] = qualities[wishes.quality] ?? qualities[automatic()];
    rfb.viewOnly = this.#isViewOnly;
    rfb.scaleViewport = wishes.fit !== "actual";
    rfb.clipViewport = wishes.fit === "actual" && matchMedia("(pointer: coarse)").matches;
    rfb.dragViewport = rfb.clipViewport;
    rfb.resizeSession = wishes.fit === "match" && !this.#isViewOnly;
    rfb.showDotCursor = wishes.dot;
    rfb.qualityLevel = quality;
    rfb.compressionLevel = compression;
  }

  press(combination) {
    this.#keyboard.press(combination);
    this.focus();
  }

  hold(name, isDown) {
    this.#keyboard.hold(name, isDown);
    this.focus();
  }

  // What stands in a field, and Enter behind it if that is wished. True when all of it was typed.
  type(field, layout, rate, enter) {
    let told = 0;
    return this.#keyboard.type(field.value + (enter ? "\n" : ""), layout, rate, (done, all) => {
      const now = performance.now();
      if (now - told > 200 || done === all) {
        told = now;
        this.#tell("TypedAsync", done, all);
      }
    });
  }

  stopTyping() {
    this.#keyboard.stop();
  }

  showClipboard(field) {
    if (this.#clipboard)
      field.value = this.#clipboard;
  }

  pasteFrom(field) {
    this.#rfb?.clipboardPasteFrom(field.value);
  }

  copyFrom(field) {
    copyFrom(field);
  }

  toggleFull() {
    toggleFull();
  }

  toggleTouchKeyboard() {
    this.#touch.toggle();
  }

  // The picture as a file of the browser.
  async shoot(name) {
    const canvas = this.#place.querySelector("canvas");
    const picture = canvas && await new Promise(done => canvas.toBlob(done, "image/png"));
    if (!picture)
      return false;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(picture);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    return true;
  }

  focus() {
    this.#rfb?.focus({ preventScroll: true });
  }

  close() {
    this.#line.close();
    this.#keyboard.stop();
    this.#touch.close();
    this.#release();
    document.removeEventListener("fullscreenchange", this.onFull);
    leaveFull();
    navigator.connection?.removeEventListener("change", this.onNetwork);
    const rfb = this.#rfb;
    this.#rfb = null;
    rfb?.disconnect();
    this.#place.replaceChildren();
  }

  #dropOld() {
    const old = this.#old;
    this.#old = null;
    // Its first picture is on the way when it is connected.
    if (old)
      setTimeout(() => old.remove(), 150);
  }

  #tell(method, ...values) {
    // While the circuit is away nobody is told; what it has to know it is told again when the line changes.
    this.#circuit.invokeMethodAsync(method, ...values).catch(() => {});
  }
}

// Nobody has the focus, or only the page's heading: the screen may take it.
function isFree(place) {
  const at = document.activeElement;
  return !matchMedia("(pointer: coarse)").matches && (!at || at === document.body || at.matches("h1, main") || place.contains(at));
}

// Ctrl and Alt pressed and let go together, and nothing else: the keys are the page's again.
function releaseKeys(place) {
  let isPlain = false;
  const down = event => { isPlain = /^(Control|Alt)$/.test(event.key) && event.ctrlKey && event.altKey || event.repeat && isPlain; };
  const up = event => {
    if (isPlain && /^(Control|Alt)$/.test(event.key) && place.contains(document.activeElement))
      place.closest("[data-console]").querySelector("button, a[href]")?.focus();
    isPlain = false;
  };
  place.addEventListener("keydown", down, true);
  place.addEventListener("keyup", up, true);
  return () => {
    place.removeEventListener("keydown", down, true);
    place.removeEventListener("keyup", up, true);
  };
}

function automatic() {
  const network = navigator.connection;
  if (!network?.downlink)
    return "balanced";
  return network.saveData || network.downlink < 1.5 ? "slow" : network.downlink < 8 ? "balanced" : "sharp";
}
