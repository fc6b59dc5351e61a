// Files between the browser and the server: fetched from and sent to addresses that are good once, and dropped anywhere on the page. VMs of the tree are dropped on others of its lines.
const patience = [500, 1000, 2000, 4000, 8000];
const mostFailures = 20;
let frame = null;
let dropped = null;
let sending = 0;
let depth = 0;
let dragged = null;

export function start(to) {
  frame = to;
  for (const [name, act] of listeners)
    document.addEventListener(name, act);
  window.addEventListener("beforeunload", onLeave);
}

export function stop() {
  frame = null;
  for (const [name, act] of listeners)
    document.removeEventListener(name, act);
  window.removeEventListener("beforeunload", onLeave);
}

// The answer is a file: the browser keeps it as it comes, and the page stays.
export function fetchFile(address) {
  const link = Object.assign(document.createElement("a"), { href: address, download: "" });
  document.body.append(link);
  link.click();
  link.remove();
}

// What is chosen in a field.
export function chosen(input) {
  const file = input?.files[0];
  return file ? { name: file.name, size: file.size } : null;
}

// Puts the file that was dropped on the page into a field.
export function adopt(input) {
  if (!dropped || !input)
    return;
  input.files = dropped;
  dropped = null;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

// Begins to send; how it goes is the server's to tell.
export function sendFile(input, address) {
  sending++;
  pass(input.files[0], address).finally(() => sending--);
}

// Straight from the disk, and on from where the server got to when the connection was lost.
async function pass(file, address) {
  let [offset, failures] = [0, 0];
  while (failures < mostFailures) {
    try {
      const answer = await fetch(address, { method: "PATCH", headers: { "Upload-Offset": `${offset}`, "Content-Type": "application/offset+octet-stream" }, body: file.slice(offset) });
      if (answer.status !== 204 && answer.status !== 416)
        return;
    } catch {
      await new Promise(done => setTimeout(done, patience[Math.min(failures, patience.length - 1)]));
    }

    const told = await fetch(address, { method: "HEAD" }).catch(() => null);
    if (told?.status === 404)
      return;
    const reached = Number(told?.headers.get("Upload-Offset") ?? offset);
    failures = reached > offset ? 0 : failures + 1;
    offset = reached;
  }

  await fetch(address, { method: "DELETE" }).catch(() => null);
}

const listeners = [
  ["dragenter", event => holdsFiles(event) && show(++depth)],
  ["dragleave", event => holdsFiles(event) && show(--depth)],
  ["dragover", event => (holdsFiles(event) || over(event)) && event.preventDefault()],
  ["dragstart", event => dragged = event.target.closest?.("[data-vm]") ?? null],
  ["dragend", () => release()],
  ["drop", onDrop],
];

function onDrop(event) {
  if (over(event)) {
    event.preventDefault();
    const [from, onto] = [dragged, event.target.closest("[data-takes-vm]")].map(line => line.querySelector("a").getAttribute("href"));
    release();
    frame.invokeMethodAsync("DropVm", from, onto);
    return;
  }

  if (!holdsFiles(event))
    return;
  event.preventDefault();
  show(depth = 0);
  const files = new DataTransfer();
  files.items.add(event.dataTransfer.files[0]);
  dropped = files.files;
  const field = event.target.closest("[data-file]")?.querySelector("input[type=file]") ?? document.querySelector("[data-holds-file] input[type=file]");
  if (field)
    adopt(field);
  else
    frame.invokeMethodAsync("Drop", dropped[0].name, event.target.closest("[role=treeitem]")?.querySelector("a")?.getAttribute("href") ?? location.pathname);
}

// The line that a VM of the tree is held over, which shows that it takes it.
function over(event) {
  const line = frame !== null && dragged ? event.target.closest?.("[data-takes-vm]") ?? null : null;
  for (const other of document.querySelectorAll("[data-over]"))
    if (other !== line)
      delete other.dataset.over;
  if (line)
    line.dataset.over = "";
  return line !== null;
}

function release() {
  dragged = null;
  over({ target: document.body });
}

function holdsFiles(event) {
  return frame !== null && event.dataTransfer?.types.includes("Files");
}

function show(level) {
  document.documentElement.classList.toggle("takes-file", level > 0);
}

function onLeave(event) {
  if (sending > 0)
    event.preventDefault();
}
