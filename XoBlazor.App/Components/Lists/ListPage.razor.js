// A column's width, by dragging its edge or by Shift and arrows on its heading. It is shown here at once and told to the server in the end.
const narrowest = 48;
const step = 16;
const rest = 400;

export function attach(grid, page) {
  // Gone while this script was on its way: the list is attached again when it has rows.
  if (!grid)
    return;
  grid.addEventListener("pointerdown", event => {
    const grip = event.target.closest(".grip");
    if (!grip)
      return;
    event.preventDefault();
    const cell = grip.parentElement;
    const from = event.clientX - cell.offsetWidth;
    grip.setPointerCapture(event.pointerId);
    let width = cell.offsetWidth;

    grip.onpointermove = move => {
      width = show(grid, cell, move.clientX - from);
    };
    grip.onpointerup = grip.onpointercancel = () => {
      grip.onpointermove = grip.onpointerup = grip.onpointercancel = null;
      page.invokeMethodAsync("Resize", cell.dataset.column, width);
    };
  });

  grid.addEventListener("keydown", event => {
    const heading = event.target.closest(".sort");
    if (!heading || !event.shiftKey || !/^Arrow(Left|Right)$/.test(event.key))
      return;
    event.preventDefault();
    const cell = heading.parentElement;
    const width = show(grid, cell, cell.offsetWidth + (event.key === "ArrowRight" ? step : -step));
    clearTimeout(cell.told);
    cell.told = setTimeout(() => page.invokeMethodAsync("Resize", cell.dataset.column, width), rest);
  });
}

function show(grid, cell, wanted) {
  const width = Math.max(narrowest, Math.round(wanted));
  const columns = grid.style.getPropertyValue("--cols").trim().split(/\s+/);
  columns[[...cell.parentElement.children].indexOf(cell)] = `${width}px`;
  grid.style.setProperty("--cols", columns.join(" "));
  return width;
}
