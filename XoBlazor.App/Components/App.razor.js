// Starts the circuit and keeps it: a lost one is tried again for ever; one that the server has forgotten is replaced by a fresh page in the same place.
const Blazor = window.Blazor;
const quick = 400;
const slowest = 5000;

keepScroll();
document.cookie = `zone=${encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone)};path=/;max-age=31536000;samesite=lax`;

let trying = null;
Blazor.start({
  circuit: {
    reconnectionHandler: {
      onConnectionDown: () => { trying ??= tryAgain(); },
      onConnectionUp: () => { trying = null; say("up"); },
    },
  },
}).catch(startAnew);

async function tryAgain() {
  say("down");
  for (let wait = quick; ; wait = Math.min(wait * 1.6, slowest)) {
    try {
      if (await Blazor.reconnect()) {
        trying = null;
        say("up");
        return;
      }
      return await startAnew();
    } catch {
      await pause(wait);
    }
  }
}

// The server is there but does not know us (it was restarted, or we were away too long), or it never was: load the page when it answers.
async function startAnew() {
  say("down");
  for (let wait = quick; ; wait = Math.min(wait * 1.6, slowest)) {
    try {
      if ((await fetch("healthz", { cache: "no-store" })).ok) {
        rememberScroll();
        location.reload();
        return;
      }
    } catch { /* not yet */ }
    await pause(wait);
  }
}

function say(state) {
  document.documentElement.dataset.circuit = state;
}

// Spread, so that a hundred browsers do not return in the same instant; at once when the machine wakes or the network is back.
function pause(wait) {
  return new Promise(resolve => {
    const timer = setTimeout(done, wait * (0.75 + Math.random() / 2));
    window.addEventListener("online", done);
    document.addEventListener("visibilitychange", done);
    function done() {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      document.removeEventListener("visibilitychange", done);
      resolve();
    }
  });
}

function rememberScroll() {
  const places = [...document.querySelectorAll("[data-keep-scroll]")].map(e => [e.dataset.keepScroll, e.scrollTop]);
  sessionStorage.setItem("scroll", JSON.stringify({ url: location.href, places }));
}

function keepScroll() {
  const kept = JSON.parse(sessionStorage.getItem("scroll") ?? "null");
  sessionStorage.removeItem("scroll");
  if (kept?.url !== location.href)
    return;

  const places = new Map(kept.places);
  const observer = new MutationObserver(() => {
    for (const [key, top] of places) {
      const element = document.querySelector(`[data-keep-scroll="${CSS.escape(key)}"]`);
      if (element && element.scrollHeight - element.clientHeight >= top) {
        element.scrollTop = top;
        places.delete(key);
      }
    }
    if (places.size === 0)
      observer.disconnect();
  });
  observer.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["style"] });
  // Whoever scrolls by now, or goes on by key, is not to be taken back.
  ["wheel", "touchmove", "pointerdown", "keydown"].forEach(act => document.addEventListener(act, () => observer.disconnect(), { once: true, passive: true }));
}
