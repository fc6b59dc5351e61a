const filler = "_".repeat(64);

// The keyboard of a phone, or of an input method: they type into a field, and what changes in it is typed on.
export class TouchKeyboard {
  #field;
  #keyboard;
  #layout;
  #last = filler;

  constructor(field, keyboard, layout) {
    this.#field = field;
    this.#keyboard = keyboard;
    this.#layout = layout;
    this.onInput = event => this.#read(event);
    this.onKey = event => this.#key(event);
    field.addEventListener("input", this.onInput);
    field.addEventListener("compositionend", this.onInput);
    field.addEventListener("keydown", this.onKey);
    this.#reset();
  }

  toggle() {
    if (document.activeElement === this.#field)
      this.#field.blur();
    else
      this.#field.focus({ preventScroll: true });
  }

  close() {
    this.#field.removeEventListener("input", this.onInput);
    this.#field.removeEventListener("compositionend", this.onInput);
    this.#field.removeEventListener("keydown", this.onKey);
  }

  // Input methods compose: what is not chosen yet is no text.
  #read(event) {
    const now = this.#field.value;
    if (event.isComposing && /[^\u0000-\u024f]/.test(now))
      return;
    let same = 0;
    while (same < now.length && same < this.#last.length && now[same] === this.#last[same])
      same++;
    for (let gone = this.#last.length; gone > same; gone--)
      this.#keyboard.press("backspace");
    for (const character of now.slice(same))
      this.#keyboard.character(character, this.#layout());
    this.#last = now;
    if (!event.isComposing && (now.length < filler.length / 2 || now.length > 4 * filler.length))
      this.#reset();
  }

  #key(event) {
    const name = { Enter: "enter", Tab: "tab", Escape: "esc", ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" }[event.key];
    if (!name || event.isComposing)
      return;
    event.preventDefault();
    event.stopPropagation();
    this.#keyboard.press(name);
  }

  #reset() {
    this.#field.value = this.#last = filler;
    this.#field.setSelectionRange(filler.length, filler.length);
  }
}
