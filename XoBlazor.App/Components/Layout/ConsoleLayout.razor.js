// Keys that work everywhere, and the choices that the browser keeps (cookies, so that the first paint already has them).
const root = document.documentElement;
const mostWaiting = 8;
let frame = null;
let places = {};
let waiting = [];
let wentAt = -Infinity;
let focusedAt = null;
let outside = null;
let headings = null;

// From the page's beginning: a page can be read, and people press keys, before the frame has started.
document.addEventListener("keydown", onKey);
document.addEventListener("focusin", onFocus);

export function start(dotnet, keys) {
  frame = dotnet;
  places = keys;
  document.addEventListener("keydown", onKey);
  waiting.splice(0).forEach(act => act());
  // Those that were drawn before this script came.
  document.querySelectorAll("[data-strip]").forEach(showCurrent);
  return { zone: Intl.DateTimeFormat().resolvedOptions().timeZone, showsTree: cookie("tree") === "open" && window.innerWidth > 900, theme: root.dataset.theme ?? "", density: root.dataset.density ?? "" };
}

export function stop() {
  document.removeEventListener("keydown", onKey);
  frame = null;
}

export function keep(name, value) {
  document.cookie = `${name}=${encodeURIComponent(value)};path=/;max-age=${value ? 31536000 : 0};samesite=lax`;
  if (name === "theme" || name === "density" || name === "rail") {
    if (value)
      root.dataset[name] = value;
    else
      delete root.dataset[name];
  }
}

export function toggleRail() {
  keep("rail", root.dataset.rail === "icons" ? "" : "icons");
}

function cookie(name) {
  return document.cookie.split("; ").find(c => c.startsWith(`${name}=`))?.slice(name.length + 1);
}

// After a navigation the page's heading has the focus as soon as it is there, unless the person has put it somewhere since the address changed, or
// has a dialog open.
export function focusHeading() {
  headings?.disconnect();
  const at = document.activeElement;
  const isChosen = at?.closest("[data-holds-focus]") || focusedAt === location.pathname && at && !at.matches("body, main");
  const heading = document.querySelector("h1");
  if (!isChosen && !heading) {
    headings = new MutationObserver(() => document.querySelector("h1") && focusHeading());
    headings.observe(document.body, { childList: true, subtree: true });
    return;
  }

  focusedAt = null;
  if (isChosen)
    return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

function onFocus(event) {
  focusedAt = location.pathname;
  if (!event.target.closest("[data-holds-focus]"))
    outside = event.target;
}

// A sheet over the page takes the focus and gives it back to whatever had it. A person may have been quicker, and is inside already.
const left = [];

export function moveFocus(sheet) {
  if (!sheet)
    return;
  const isInside = sheet.contains(document.activeElement);
  left.push(isInside ? outside : document.activeElement);
  if (isInside)
    return;
  const fields = sheet.querySelectorAll("input:not([type=hidden], [type=radio], [type=checkbox]), select, textarea");
  ([...fields].find(e => !e.disabled && !e.readOnly && e.checkVisibility()) ?? sheet).focus();
}

export function returnFocus() {
  const chosenAt = focusedAt;
  left.pop()?.focus({ preventScroll: true });
  focusedAt = chosenAt;
}

// Tab stays inside the sheet on top.
function holdFocus(event) {
  const sheet = [...document.querySelectorAll("[data-holds-focus]")].at(-1);
  if (!sheet || event.key !== "Tab")
    return;
  const stops = [...sheet.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")].filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility());
  const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
  const at = document.activeElement;
  if (at === from || !sheet.contains(at) || event.shiftKey && at === sheet) {
    event.preventDefault();
    to?.focus();
  }
}

// The open one of a row of links that is wider than its box.
export function showCurrent(strip) {
  const open = strip?.querySelector("[aria-current]");
  if (open && strip.scrollWidth > strip.clientWidth)
    strip.scrollLeft += open.getBoundingClientRect().left - strip.getBoundingClientRect().left - (strip.clientWidth - open.offsetWidth) / 2;
}

// A file made on the server, kept by the browser as if it had been fetched.
export async function save(stream, name, type) {
  const address = URL.createObjectURL(new Blob([await stream.arrayBuffer()], { type }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
}

// Brings line `at` of a virtualised box into its view; the box may have a heading that stays.
export function reveal(box, at, heading) {
  const height = box.querySelector("[data-line]")?.offsetHeight ?? 32;
  const top = at * height;
  if (top < box.scrollTop)
    box.scrollTop = top;
  else if (top + height + heading > box.scrollTop + box.clientHeight)
    box.scrollTop = top + height + heading - box.clientHeight;
}

function onKey(event) {
  holdFocus(event);
  // A list or tree moves by itself; the browser must not scroll it too.
  if (event.target.hasAttribute?.("data-arrows") && /^(Arrow|Page|Home$|End$| $)/.test(event.key))
    event.preventDefault();
  if (moveInMenu(event))
    return;
  const suggests = event.target.dataset?.suggests;
  if (suggests && /^Arrow(Up|Down)$/.test(event.key) || suggests === "picked" && /^(Tab|Enter)$/.test(event.key))
    event.preventDefault();

  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    whenStarted(() => frame.invokeMethodAsync("OpenPalette"));
    return;
  }

  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
    return;

  const key = event.key;
  const afterG = event.timeStamp - wentAt < 1200;
  wentAt = key === "g" ? event.timeStamp : -Infinity;
  if (afterG && /^\S$/.test(key) || /^[/n?]$/.test(key)) {
    event.preventDefault();
    whenStarted(() => press(key, afterG));
  }
}

function press(key, afterG) {
  if (afterG && places[key]) {
    window.Blazor.navigateTo(there(places[key]));
  } else if (key === "/") {
    const box = document.querySelector("[data-search]");
    if (box) {
      box.focus();
      box.select?.();
    } else {
      frame.invokeMethodAsync("OpenPalette");
    }
  } else if (key === "n") {
    frame.invokeMethodAsync("BackToNow");
  } else if (key === "?") {
    frame.invokeMethodAsync("OpenHelp");
  }
}

// What is pressed before the frame is there is done, in order, as soon as it is.
function whenStarted(act) {
  if (frame)
    act();
  else if (waiting.length < mostWaiting)
    waiting.push(act);
}

// In a menu the arrows go from item to item.
function moveInMenu(event) {
  const menu = event.target.closest?.("[data-menu]");
  if (!menu || !/^Arrow(Up|Down)$/.test(event.key))
    return false;
  event.preventDefault();
  const items = [...menu.querySelectorAll('[role="menuitem"]')];
  const step = event.key === "ArrowDown" ? 1 : -1;
  const at = items.indexOf(document.activeElement);
  items[at < 0 ? (step > 0 ? 0 : items.length - 1) : (at + step + items.length) % items.length]?.focus();
  return true;
}

// A page opened from the past is opened in the past.
function there(place) {
  const at = new URLSearchParams(location.search).get("at");
  return at ? `${place}?at=${encodeURIComponent(at)}` : place;
}

function isTyping(target) {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !/^(checkbox|radio|button|range)$/.test(target.type);
}
