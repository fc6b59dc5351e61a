// The whole window goes to the full screen, so that dialogs and notices are still seen; the page lets the console fill it.
export function toggleFull() {
  if (document.fullscreenElement)
    leaveFull();
  else
    document.documentElement.requestFullscreen({ navigationUI: "hide" }).catch(() => {});
}

export function leaveFull() {
  if (document.fullscreenElement)
    document.exitFullscreen().catch(() => {});
}

// Into the clipboard of this computer; browsers allow it on secure pages only, elsewhere in the old way.
export function copyFrom(field) {
  if (navigator.clipboard)
    navigator.clipboard.writeText(field.value).catch(() => {});
  else {
    field.select();
    document.execCommand("copy");
  }
}
