import { strokes } from "./layouts.mjs";

const names = {
  ctrl: [0xffe3, "ControlLeft"], alt: [0xffe9, "AltLeft"], altGr: [0xfe03, "AltRight"], shift: [0xffe1, "ShiftLeft"], super: [0xffeb, "MetaLeft"],
  del: [0xffff, "Delete"], ins: [0xff63, "Insert"], home: [0xff50, "Home"], end: [0xff57, "End"], pageUp: [0xff55, "PageUp"], pageDown: [0xff56, "PageDown"],
  left: [0xff51, "ArrowLeft"], up: [0xff52, "ArrowUp"], right: [0xff53, "ArrowRight"], down: [0xff54, "ArrowDown"],
  esc: [0xff1b, "Escape"], tab: [0xff09, "Tab"], enter: [0xff0d, "Enter"], backspace: [0xff08, "Backspace"], menu: [0xff67, "ContextMenu"],
  print: [0xff61, "PrintScreen"], pause: [0xff13, "Pause"], scrollLock: [0xff14, "ScrollLock"], space: [0x20, "Space"],
};
for (let n = 1; n <= 12; n++)
  names[`f${n}`] = [0xffbd + n, `F${n}`];

// Keys that the browser would keep, or that a phone does not have, and whole texts as if somebody typed them.
export class Keyboard {
  #send;
  #stop = null;

  // `send` takes a keysym, the key's place, and whether it goes down.
  constructor(send) {
    this.#send = send;
  }

  // "ctrl+alt+del": all go down in this order, and up in the other. A single letter is itself.
  press(combination) {
    const keys = combination.split("+").map(name => names[name] ?? [name.codePointAt(0), `Key${name.toUpperCase()}`]);
    keys.forEach(([keysym, code]) => this.#send(keysym, code, true));
    keys.reverse().forEach(([keysym, code]) => this.#send(keysym, code, false));
  }

  hold(name, isDown) {
    this.#send(...names[name], isDown);
  }

  character(character, layout) {
    for (const { keysym, code, held } of strokes(character, layout)) {
      const holds = { shift: "shift", altGr: "altGr" }[held];
      if (holds)
        this.hold(holds, true);
      this.#send(keysym, code, true);
      this.#send(keysym, code, false);
      if (holds)
        this.hold(holds, false);
    }
  }

  // True when all was typed; false when it was stopped. So many characters a second.
  async type(text, layout, rate, progress) {
    this.stop();
    let isStopped = false;
    this.#stop = () => { isStopped = true; };
    const characters = [...text.replace(/\r\n?/g, "\n")];
    const begun = performance.now();
    for (let at = 0; at < characters.length; at++) {
      const wait = begun + at * 1000 / rate - performance.now();
      if (wait > 0)
        await new Promise(done => setTimeout(done, wait));
      if (isStopped)
        return false;
      this.character(characters[at], layout);
      progress(at + 1, characters.length);
    }

    this.#stop = null;
    return true;
  }

  stop() {
    this.#stop?.();
    this.#stop = null;
  }
}
