/**
 * Opens the theme's search, and loads it only then: its script, worker and index
 * lie in an inert <template> until the reader first asks for them.
 */
const button = document.querySelector("[data-search-open]");
const toggle = document.querySelector("#__search");
const engine = document.querySelector("template#search-engine");

/** Bring the theme's scripts to life. Cloned scripts never run; new ones do. */
function load() {
  for (const inert of engine.content.querySelectorAll("script")) {
    const script = document.createElement("script");
    for (const { name, value } of inert.attributes) script.setAttribute(name, value);
    script.async = false;
    document.body.append(script);
  }
  engine.remove();
}

function open() {
  if (engine.isConnected) load();
  if (!toggle.checked) toggle.click();
  document.querySelector("[data-md-component=search-query]").focus();
}

/** True where a key press is meant for what has the focus. */
function typing({ target }) {
  return target.matches("input, textarea, select, [contenteditable]");
}

if (button && toggle && engine) {
  button.addEventListener("click", open);
  document.addEventListener("keydown", (event) => {
    const slash = event.key === "/" && !typing(event);
    const control = event.key === "k" && (event.ctrlKey || event.metaKey);
    if (!slash && !control) return;
    event.preventDefault();
    open();
  });
  // The theme closes on Escape by itself; give the focus back where it was.
  toggle.addEventListener("change", () => {
    if (!toggle.checked) button.focus();
  });
  button.hidden = false;
}
