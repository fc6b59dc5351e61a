// Which object's link is pointed at with a mouse, or focused by a key, and stays so for a moment. Fingers open the page at once.
const links = "a.object-link";
const soon = 450;
const late = 180;
let card = null;
let link = null;
let timer = 0;

export function start(dotnet) {
  card = dotnet;
  document.addEventListener("pointerover", onPointer);
  document.addEventListener("focusin", onFocus);
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("pointerdown", hide, true);
  document.addEventListener("scroll", hide, true);
  // Pointed at, or focused, before this script came.
  const there = document.querySelector(`${links}:hover, ${links}:focus-visible`);
  if (there)
    wait(there);
}

export function stop() {
  document.removeEventListener("pointerover", onPointer);
  document.removeEventListener("focusin", onFocus);
  document.removeEventListener("keydown", onKey, true);
  document.removeEventListener("pointerdown", hide, true);
  document.removeEventListener("scroll", hide, true);
  card = null;
}

function onPointer(event) {
  if (event.pointerType !== "mouse")
    return;
  const over = event.target.closest?.(links);
  // On the card itself it stays, so that its words can be read and copied.
  if (over)
    wait(over);
  else if (!event.target.closest?.("#hover-card"))
    leave();
}

function onFocus(event) {
  const over = event.target.closest?.(links);
  if (over?.matches(":focus-visible"))
    wait(over);
  else
    leave();
}

function onKey(event) {
  if (event.key === "Escape" && link?.hasAttribute("aria-describedby")) {
    event.stopPropagation();
    hide();
  } else if (event.key === "Enter")
    hide();
}

function wait(over) {
  clearTimeout(timer);
  if (over === link)
    return;
  hide();
  link = over;
  timer = setTimeout(show, soon);
}

function leave() {
  clearTimeout(timer);
  if (link)
    timer = setTimeout(hide, late);
}

async function show() {
  if (!link?.isConnected)
    return hide();
  const over = link;
  const box = over.getBoundingClientRect();
  const above = box.bottom > innerHeight * .65;
  const there = await card?.invokeMethodAsync("Show", over.pathname, box.left, above ? innerHeight - box.top + 6 : box.bottom + 6, above);
  if (there && over === link)
    over.setAttribute("aria-describedby", "hover-card");
}

function hide() {
  clearTimeout(timer);
  if (!link)
    return;
  const isShown = link.hasAttribute("aria-describedby");
  link.removeAttribute("aria-describedby");
  link = null;
  if (isShown)
    card?.invokeMethodAsync("Hide");
}
