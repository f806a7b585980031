// Moving by the keyboard through what is drawn; the place that is reached is told in a readout, aloud too.
export function walk(node, readout, keys, move) {
  node.addEventListener("keydown", (event) => {
    if (!(event.key in keys) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    readout.setAttribute("aria-live", "polite");
    move(keys[event.key]);
  });
  node.addEventListener("mouseenter", () => readout.removeAttribute("aria-live"));
}
