// Small pictures of screens: <vm-screen src="…" label="Screen of web-01"></vm-screen>, with "enlarge" for one that grows under the pointer. Each is looked after only while it can
// be seen, all of them by one hand that asks for few at once: the browser has other things to fetch.
const every = 10_000;
const refusedFor = 60_000;
const atOnce = 2;
const patience = 75_000;
const widest = 640;
const longestWords = 300;

const all = new Set();
let asking = 0;
let timer = 0;

const sight = new IntersectionObserver(entries => {
  for (const { target, isIntersecting } of entries)
    target.isSeen = isIntersecting;
  look();
}, { rootMargin: "64px" });

document.addEventListener("visibilitychange", look);

// Whose turn it is: who waits the longest, first.
function look() {
  clearTimeout(timer);
  if (document.visibilityState !== "visible")
    return;
  const now = performance.now();
  const waiting = [...all].filter(one => one.isSeen && !one.isAsking).sort((one, other) => one.due - other.due);
  for (const one of waiting)
    if (asking < atOnce && one.due <= now)
      ask(one);
  const next = waiting.find(one => !one.isAsking);
  if (next && asking < atOnce)
    timer = setTimeout(look, Math.max(50, next.due - now));
}

async function ask(one) {
  asking++;
  one.isAsking = true;
  try {
    one.due = performance.now() + await one.refresh();
  } finally {
    asking--;
    one.isAsking = false;
    look();
  }
}

class VmScreen extends HTMLElement {
  static observedAttributes = ["src"];

  isSeen = false;
  isAsking = false;
  due = 0;
  #canvas = null;
  #words = null;
  #tag = "";
  #large = null;
  #stop = new AbortController();

  connectedCallback() {
    all.add(this);
    sight.observe(this);
    if (this.hasAttribute("enlarge")) {
      this.onpointerenter = event => event.pointerType === "mouse" && this.#enlarge();
      this.onpointerleave = () => this.#shrink();
    }
  }

  disconnectedCallback() {
    all.delete(this);
    sight.unobserve(this);
    this.#stop.abort();
    this.#clear();
  }

  attributeChangedCallback() {
    this.#stop.abort();
    this.#clear();
    this.due = 0;
    look();
  }

  // Returns how long the next one can wait, in milliseconds.
  async refresh() {
    const stop = this.#stop = new AbortController();
    const src = this.getAttribute("src");
    try {
      const answer = await fetch(src, {
        cache: "no-store", redirect: "error", headers: { accept: "image/jpeg", ...this.#tag && { "if-none-match": this.#tag } }, signal: AbortSignal.any([stop.signal, AbortSignal.timeout(patience)]),
      });
      if (answer.status === 304)
        return every;
      if (!answer.ok || !answer.headers.get("content-type")?.startsWith("image/jpeg")) {
        const words = answer.ok ? (await answer.json()).text : await answer.text();
        if (!stop.signal.aborted)
          this.#say(words.slice(0, longestWords));
        return answer.ok || answer.status === 429 ? every : refusedFor;
      }

      const picture = await createImageBitmap(await answer.blob());
      if (!stop.signal.aborted)
        this.#show(picture, answer.headers.get("etag") ?? "");
      picture.close();
    } catch {
      // What was asked for is not wanted any more, or the server is away: what is shown would grow old unnoticed.
      if (!stop.signal.aborted)
        this.#say("No picture at the moment.");
    }

    return stop.signal.aborted ? 0 : every;
  }

  #show(picture, tag) {
    this.#tag = tag;
    this.#words?.remove();
    this.#words = null;
    const canvas = this.#canvas ??= this.appendChild(document.createElement("canvas"));
    draw(canvas, picture, Math.min(widest, picture.width));
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", this.getAttribute("label") ?? "");
    this.removeAttribute("title");
    this.dataset.state = "shown";
    if (this.#large)
      draw(this.#large, canvas, canvas.width);
  }

  #say(words) {
    this.#clear();
    this.dataset.state = "none";
    this.title = words;
    this.#words = this.appendChild(document.createElement("span"));
    this.#words.textContent = words;
  }

  #clear() {
    this.#canvas?.remove();
    this.#words?.remove();
    this.#canvas = this.#words = null;
    this.#tag = "";
    delete this.dataset.state;
    this.#shrink();
  }

  #enlarge() {
    if (!this.#canvas)
      return;
    this.#shrink();
    const large = this.#large = document.body.appendChild(document.createElement("canvas"));
    large.className = "vm-screen-large";
    large.ariaHidden = "true";
    draw(large, this.#canvas, this.#canvas.width);
    const at = this.getBoundingClientRect();
    const { width, height } = large.getBoundingClientRect();
    const below = at.bottom + 8 + height <= innerHeight;
    large.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
    large.style.top = `${below ? at.bottom + 8 : Math.max(8, at.top - height - 8)}px`;
  }

  #shrink() {
    this.#large?.remove();
    this.#large = null;
  }
}

function draw(canvas, picture, width) {
  [canvas.width, canvas.height] = [width, Math.max(1, Math.round(picture.height * width / picture.width))];
  const pen = canvas.getContext("2d");
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
}

customElements.define("vm-screen", VmScreen);
