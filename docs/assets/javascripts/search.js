/**
 * Opens the search, and loads what it needs only then. What is typed before that has
 * come stays in the field and is answered as soon as it can be. The dialog itself
 * lies closed in the page; without scripts the link leads to the A to Z.
 */
const link = document.querySelector("[data-search-open]");
const dialog = document.querySelector("dialog[data-search]");
const input = dialog?.querySelector("[role=combobox]");
const OURS = ["dialog", "answer", "engine", "words", "spelling"].map((part) => `./search-${part}.js`);
const NEEDED = [...OURS, "./vendor/stemmer.js"];
let loading = null;
let leaving = false;
let returning = false;
let last = null;

/** What a first result needs, all at once: the modules and the first list. */
function load() {
  if (loading) return;
  const root = new URL("../../", import.meta.url);
  const names = fetch(new URL("search/names.json", root)).then((answer) => {
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  });
  for (const part of NEEDED) {
    const hint = document.createElement("link");
    hint.rel = "modulepreload";
    hint.href = new URL(part, import.meta.url);
    document.head.append(hint);
  }
  loading = Promise.all([import("./search-dialog.js"), names])
    .then(([{ start }, list]) => start({ dialog, root, list, leave }))
    .catch(() => {
      loading = null;
      dialog.querySelector("[data-search-said]").textContent =
        "Search couldn’t be fetched. The A to Z below works without it.";
    });
}

/** Open it, with a step in the history, so that Back closes it and stays on the page. */
function open() {
  if (dialog.open) return;
  load();
  last = document.activeElement === document.body ? link : document.activeElement;
  dialog.showModal();
  input.focus();
  input.select();
  if (!history.state?.search) history.pushState({ search: true }, "");
}

/** Close it to follow a result; the page takes the place of our step in the history. */
function leave(address) {
  leaving = true;
  dialog.close();
  input.value = "";
  location.replace(address);
}

/** True where a key press is meant for what has the focus. */
function typing({ target }) {
  if (target === input) return dialog.open;
  return target.matches("input, textarea, select, [contenteditable]");
}

if (link && dialog) {
  link.addEventListener("pointerdown", load);
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  document.addEventListener("keydown", (event) => {
    const slash = event.key === "/" && !typing(event);
    const control = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
    if (!slash && !control) return;
    event.preventDefault();
    open();
  });
  dialog.addEventListener("close", () => {
    last?.focus();
    returning = !leaving && Boolean(history.state?.search);
    leaving = false;
    if (returning) history.back();
  });
  // A press beside the dialog closes it, as people expect.
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.querySelector("[data-search-close]").addEventListener("click", () => dialog.close());
  window.addEventListener("popstate", () => {
    // Our own step back, after closing; a quick reader may have opened it again meanwhile.
    if (returning && dialog.open) history.pushState({ search: true }, "");
    else if (dialog.open && !history.state?.search) dialog.close();
    returning = false;
  });
}
