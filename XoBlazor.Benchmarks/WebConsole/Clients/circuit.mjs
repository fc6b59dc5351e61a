// One Blazor circuit as blazor.web.js opens and serves it, without a document: render batches are read for their texts and acknowledged.
import { HubConnectionBuilder, LogLevel } from "@microsoft/signalr";
import { MessagePackHubProtocol } from "@microsoft/signalr-protocol-msgpack";

// What is searched for in the batches: the names of the made-up VMs, and the tag that every change carries.
const names = /(?:web|db|mail|build|dns)-\d{4}/g;
const changes = /turn-\d+/g;
const fullScreen = 20;
const gridHeight = 720;

const protocol = new MessagePackHubProtocol();
protocol.name = "blazorpack";

export class Circuit {
  batches = 0;
  bytes = 0;
  changes = 0;
  names = new Set();
  problems = [];
  #calls = 0;
  #objects = 0;
  #connection;
  #isFull;

  constructor(origin, path) {
    this.origin = origin;
    this.path = path;
    this.isFull = new Promise(resolve => { this.#isFull = resolve; });
  }

  async open() {
    const page = await (await fetch(this.origin + this.path)).text();
    const markers = [...page.matchAll(/<!--\s*Blazor:(\{.*?\})\s*-->/gs)].map(found => JSON.parse(found[1]));
    const state = /<!--\s*Blazor-Server-Component-State:([A-Za-z0-9+/=]+)\s*-->/.exec(page)?.[1] ?? "";
    if (markers.length === 0)
      throw new Error(`${this.path} has no interactive component`);

    this.#connection = new HubConnectionBuilder().withUrl(`${this.origin}/_blazor`).withHubProtocol(protocol).configureLogging(LogLevel.None).build();
    this.#connection.on("JS.AttachComponent", () => { });
    this.#connection.on("JS.RenderBatch", (id, data) => this.#render(id, data));
    this.#connection.on("JS.BeginInvokeJS", (...call) => this.#script(...call));
    this.#connection.on("JS.EndInvokeDotNet", (_, isWell, result) => isWell || this.problems.push(result));
    this.#connection.on("JS.EndUpdateRootComponents", () => { });
    this.#connection.on("JS.EndLocationChanging", () => { });
    this.#connection.on("JS.Error", problem => this.problems.push(problem));
    await this.#connection.start();
    if (!await this.#connection.invoke("StartCircuit", `${this.origin}/`, this.origin + this.path, "[]", state))
      throw new Error("the server refused the circuit");
    const operations = markers.map((marker, at) => ({ type: "add", ssrComponentId: at + 1, marker }));
    await this.#connection.send("UpdateRootComponents", JSON.stringify({ batchId: 0, operations }), state);
  }

  close() {
    return this.#connection?.stop();
  }

  #render(id, data) {
    this.batches++;
    this.bytes += data.byteLength;
    const text = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("latin1");
    this.changes += text.match(changes)?.length ?? 0;
    if (this.names.size < fullScreen) {
      for (const name of text.match(names) ?? [])
        this.names.add(name);
      if (this.names.size >= fullScreen)
        this.#isFull();
    }
    this.#connection.send("OnRenderCompleted", id, null);
  }

  // A browser's answers: modules are objects, the frame's script tells the time zone, all else returns nothing.
  #script(call, name, args, resultType) {
    if (name === "Blazor._internal.Virtualize.init")
      this.#showRows(JSON.parse(args)[0].__dotNetObject);
    if (call === 0)
      return;
    // A call may ask for an object, for a value, or for nothing: only the frame is answered with a value.
    const result = resultType === 1 ? { __jsObjectId: ++this.#objects } : resultType === 0 && name === "start" ? { zone: "UTC", showsTree: false } : null;
    this.#connection.send("EndInvokeJSFromDotNet", call, true, JSON.stringify([call, true, result]));
  }

  // The list is at its top: nothing above it is hidden, and so many pixels of it are in view.
  #showRows(virtualize) {
    this.#connection.send("BeginInvokeDotNetFromJS", String(++this.#calls), null, "OnSpacerBeforeVisible", virtualize, JSON.stringify([0, 0, gridHeight]));
  }
}
