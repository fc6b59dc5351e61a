// Dragging a column's edge. The width follows the pointer here and is told to the server once, at the end.
const narrowest = 48;

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
    const at = [...cell.parentElement.children].indexOf(cell);
    const from = event.clientX - cell.offsetWidth;
    grip.setPointerCapture(event.pointerId);
    let width = cell.offsetWidth;

    grip.onpointermove = move => {
      width = Math.max(narrowest, Math.round(move.clientX - from));
      const columns = grid.style.getPropertyValue("--cols").trim().split(/\s+/);
      columns[at] = `${width}px`;
      grid.style.setProperty("--cols", columns.join(" "));
    };
    grip.onpointerup = grip.onpointercancel = () => {
      grip.onpointermove = grip.onpointerup = grip.onpointercancel = null;
      page.invokeMethodAsync("Resize", cell.dataset.column, width);
    };
  });
}
