import { FitAddon } from "@xterm/addon-fit";
import { Terminal } from "@xterm/xterm";
import { Line } from "./line.mjs";
import { leaveFull, toggleFull } from "./window.mjs";

export function kept() {
  return null;
}

export function open(place, field, circuit, label) {
  // The page may have gone on while this was loaded.
  return place && new TextConsole(place, circuit, label);
}

// A VM's text console in `place`.
class TextConsole {
  #place;
  #circuit;
  #line;
  #channel = null;
  #isViewOnly = true;
  #terminal;
  #fit = new FitAddon();
  #watch;

  constructor(place, circuit, label) {
    this.#place = place;
    this.#circuit = circuit;
    const terminal = this.#terminal = new Terminal({ fontFamily: getComputedStyle(place).getPropertyValue("--mono"), fontSize: 14, cursorBlink: false, scrollback: 5000, screenReaderMode: true });
    terminal.loadAddon(this.#fit);
    terminal.open(place);
    terminal.textarea.setAttribute("aria-label", label);
    terminal.onData(text => !this.#isViewOnly && this.#channel?.send(new TextEncoder().encode(text)));
    this.#watch = new ResizeObserver(() => this.#fit.fit());
    this.#watch.observe(place);
    document.addEventListener("fullscreenchange", this.onFull = () => this.hear({ type: "full", on: document.fullscreenElement !== null }));
    this.#line = new Line(circuit, this);
  }

  begin(channel, isViewOnly) {
    this.#isViewOnly = isViewOnly;
    this.#channel = channel;
    channel.onmessage = event => this.#terminal.write(new Uint8Array(event.data));
    this.#terminal.focus();
  }

  still() {
    this.#channel = null;
  }

  hear(message) {
    if (message.type === "rights")
      this.#isViewOnly = message.viewOnly;
    this.#circuit.invokeMethodAsync("HearAsync", message).catch(() => {});
  }

  look() {}

  type(field) {
    this.#terminal.paste(field.value);
    return true;
  }

  toggleFull() {
    toggleFull();
  }

  focus() {
    this.#terminal.focus();
  }

  close() {
    this.#watch.disconnect();
    document.removeEventListener("fullscreenchange", this.onFull);
    leaveFull();
    this.#line.close();
    this.#terminal.dispose();
    this.#place.replaceChildren();
  }
}
