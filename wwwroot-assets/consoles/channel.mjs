// What noVNC and the terminal take for a socket: the binary messages of one, and nothing of the rest.
export class Channel {
  binaryType = "arraybuffer";
  protocol = "binary";
  onopen = null;
  onmessage = null;
  onclose = null;
  onerror = null;
  #socket;
  #isClosed = false;

  constructor(socket) {
    this.#socket = socket;
  }

  // Open until it is closed from this side, whatever became of the socket: noVNC waits for its own close to be answered.
  get readyState() {
    return this.#isClosed ? WebSocket.CLOSED : WebSocket.OPEN;
  }

  send(bytes) {
    if (this.#socket.readyState === WebSocket.OPEN)
      this.#socket.send(bytes);
  }

  // The line itself stays: it belongs to whoever opened it.
  close() {
    this.#isClosed = true;
    queueMicrotask(() => this.onclose?.({}));
  }
}
