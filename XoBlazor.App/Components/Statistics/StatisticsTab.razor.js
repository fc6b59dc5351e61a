// A line through all charts at the moment that is pointed at, and what the values were then. The lines' own points tell it.
const width = 1000, height = 300;
const listening = new WeakMap();

export function start(home) {
  const stop = new AbortController();
  const point = event => {
    const box = event.target.closest?.('[data-plot]');
    if (!box) return clear(home);
    const place = box.getBoundingClientRect();
    show(home, Math.min(1, Math.max(0, (event.clientX - place.left) / place.width)));
  };
  home.addEventListener('pointermove', point, { signal: stop.signal });
  home.addEventListener('pointerdown', point, { signal: stop.signal });
  home.addEventListener('pointerleave', () => clear(home), { signal: stop.signal });
  listening.set(home, stop);
}

export function stop(home) {
  listening.get(home)?.abort();
  listening.delete(home);
}

function show(home, share) {
  home.classList.add('is-reading');
  for (const chart of home.querySelectorAll('[data-chart]')) {
    const box = chart.querySelector('[data-plot]');
    if (!box) continue;
    const cross = box.querySelector('[data-cross]');
    cross.style.display = 'block';
    cross.style.left = `${share * 100}%`;
    const texts = chart.querySelectorAll('[data-then]');
    box.querySelectorAll('[data-line]').forEach((line, at) => {
      texts[at].style.display = 'inline';
      texts[at].textContent = write(valueAt(line.getAttribute('d'), share, Number(box.dataset.top)), box.dataset.unit);
    });
  }
}

function clear(home) {
  home.classList.remove('is-reading');
  for (const one of home.querySelectorAll('[data-cross], [data-then]')) one.style.display = '';
}

// The nearest point, unless that is in a gap.
function valueAt(path, share, top) {
  let best = null, second = Infinity, last = null;
  for (const [, x, y] of path.matchAll(/[ML]([\d.]+) ([\d.]+)/g)) {
    if (last !== null) second = Math.min(second, x - last);
    last = Number(x);
    const away = Math.abs(x - share * width);
    if (best === null || away < best.away) best = { away, y: Number(y) };
  }
  return best === null || best.away > Math.max(second, 1) ? null : (1 - best.y / height) * top;
}

function write(value, unit) {
  if (value === null) return '–';
  switch (unit) {
    case 'Percent': return `${rounded(value)} %`;
    case 'Bytes': return bytes(value);
    case 'BytesPerSecond': return `${bytes(value)}/s`;
    case 'PerSecond': return `${rounded(value)}/s`;
    case 'Milliseconds': return `${rounded(value)} ms`;
    default: return rounded(value);
  }
}

function rounded(value, unit = '') {
  return String(Number(value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2))) + unit;
}

function bytes(value) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
  let at = 0;
  for (; value >= 1023.5 && at < units.length - 1; at++) value /= 1024;
  return `${at === 0 ? Math.round(value) : rounded(value)} ${units[at]}`;
}
