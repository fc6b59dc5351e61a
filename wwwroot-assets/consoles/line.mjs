import { Channel } from "./channel.mjs";

// How long the server keeps a viewer's place after its socket is lost.
const grace = 30_000;
const quick = 250;
const slowest = 5_000;

// The line to the server: it asks the circuit for a ticket, which is the first thing it says, hears what is told about the console, and is there again by itself when it
// was lost. Each time it is there the face is given a new channel.
export class Line {
  #circuit;
  #face;
  #socket = null;
  #channel = null;
  #resume = null;
  #hasResumed = false;
  #lostAt = 0;
  #tries = 0;
  #timer = 0;
  #isClosed = false;

  // The face has begin(channel, isViewOnly), still() when the picture stands, and hear(message).
  constructor(circuit, face) {
    this.#circuit = circuit;
    this.#face = face;
    this.wake = () => document.visibilityState === "visible" && this.#timer && this.#connect();
    addEventListener("online", this.wake);
    document.addEventListener("visibilitychange", this.wake);
    this.#connect();
  }

  send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN)
      this.#socket.send(JSON.stringify(message));
  }

  // What came made no sense: once more from the beginning.
  again() {
    this.#socket?.close();
  }

  close() {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    removeEventListener("online", this.wake);
    document.removeEventListener("visibilitychange", this.wake);
    this.#socket?.close();
  }

  async #connect() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (this.#isClosed)
      return;
    const resume = this.#resume && performance.now() - this.#lostAt < grace ? this.#resume : null;
    this.#hasResumed = resume !== null;
    let hello;
    try {
      hello = resume ? { resume } : { ticket: await this.#circuit.invokeMethodAsync("TicketAsync") };
    } catch {
      // The circuit is away, too.
      this.#later();
      return;
    }

    if (this.#isClosed)
      return;
    if (!resume && !hello.ticket) {
      // The circuit has said why.
      this.close();
      return;
    }

    const address = new URL("consoles/live", document.baseURI);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    const socket = this.#socket = new WebSocket(address);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => socket.send(JSON.stringify(hello));
    socket.onmessage = event => typeof event.data === "string" ? this.#hear(JSON.parse(event.data)) : this.#channel?.onmessage?.(event);
    socket.onclose = () => this.#lost();
  }

  #hear(message) {
    switch (message.type) {
      case "open":
        this.#tries = 0;
        this.#hasResumed = false;
        this.#lostAt = 0;
        this.#resume = message.resume;
        this.#channel = new Channel(this.#socket);
        this.#face.begin(this.#channel, message.viewOnly);
        break;
      case "end":
        // A place that was not kept: a new one is asked for.
        if (this.#hasResumed && message.code === "bad-ticket") {
          this.#resume = null;
          return;
        }

        this.#isClosed = true;
        break;
    }

    this.#face.hear(message);
  }

  #lost() {
    this.#lostAt ||= performance.now();
    this.#channel = null;
    this.#face.still();
    if (this.#isClosed)
      return;
    this.#face.hear({ type: "state", state: "lost" });
    this.#later();
  }

  #later() {
    if (!this.#isClosed)
      this.#timer = setTimeout(() => this.#connect(), Math.min(slowest, quick * 2 ** this.#tries++) * (0.75 + Math.random() / 2));
  }
}
