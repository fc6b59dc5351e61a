// What noVNC and the terminal take for a socket: the binary messages of one, and nothing of the rest.
export class Channel {
  binaryType = "arraybuffer";
  protocol = "binary";
  onopen = null;
  onmessage = null;
  onclose = null;
  onerror = null;
  #socket;

  constructor(socket) {
    this.#socket = socket;
  }

  get readyState() {
    return this.#socket.readyState;
  }

  send(bytes) {
    if (this.#socket.readyState === WebSocket.OPEN)
      this.#socket.send(bytes);
  }

  // The line itself stays: it belongs to whoever opened it.
  close() {
    queueMicrotask(() => this.onclose?.({}));
  }
}
