/**
 * Leave at once: by the link at the top, or by Shift three times within five seconds.
 * The page goes blank before the other one comes, which takes this page's place, so
 * that Back does not return to it. The link works without this script; then Back does.
 * Escape is no way out: browsers use it to stop loading.
 */
const links = document.querySelectorAll("#leave, [data-leave]");
const TIMES = 3;
const WITHIN = 5000; // milliseconds

function leave() {
  document.documentElement.replaceChildren();
  location.replace(links[0].href);
}

/** When Shift was pressed with nothing else since. */
let presses = [];

for (const link of links) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
}

// Before any other listener, and whatever has the focus.
addEventListener(
  "keydown",
  ({ key, repeat, timeStamp }) => {
    if (repeat) return;
    if (key !== "Shift") {
      presses = [];
      return;
    }
    presses = [...presses, timeStamp].slice(-TIMES);
    if (presses.length === TIMES && timeStamp - presses[0] <= WITHIN) leave();
  },
  true,
);
// Shift with a click marks text or opens a window; it is no signal.
addEventListener("pointerdown", () => (presses = []), true);
