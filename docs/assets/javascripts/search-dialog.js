/**
 * The search dialog: what is typed goes in, results come out, and keys move among
 * them. Every word that is shown is set as text, never as HTML.
 */
import { answer, says } from "./search-answer.js";
import { Engine } from "./search-engine.js";

let engine;
let parts;
let timer;

/** Begin, once the first list is here; the rest is fetched behind the reader's back. */
export function start({ dialog, root, list, leave }) {
  engine = new Engine(list.words);
  engine.addPages(list.pages);
  const part = (name) => dialog.querySelector(`[data-search-${name}]`);
  parts = { root, leave, input: part("input"), list: part("results"), said: part("said"), none: part("none") };
  parts.input.addEventListener("input", show);
  parts.input.addEventListener("keydown", move);
  parts.list.addEventListener("click", follow);
  show();
  more(list.more).catch(() => {}); // the names alone do
}

/** Fetch the texts, file by file, and take them in between the reader's key presses. */
async function more(files) {
  await idle();
  const { Texts } = await import("./search-texts.js");
  const texts = new Texts(engine);
  for (const file of files) {
    await idle();
    const pages = await fetch(new URL(`search/${file}`, parts.root)).then((r) => r.json(), () => []);
    for (let at = 0; at < pages.length; at += 2) {
      await idle();
      const some = pages.slice(at, at + 2);
      if (file.startsWith("text")) texts.add(some);
      else engine.addPages(some);
    }
    if (!chosen()) show();
  }
  parts.list.dataset.whole = ""; // for the bench: everything is in
}

function idle() {
  return new Promise((done) => (window.requestIdleCallback ?? setTimeout)(done));
}

// ------------------------------------------------------------------------- showing

function show() {
  const query = parts.input.value;
  const { groups, count, close } = says(query) ? answer(engine, query) : { groups: [], count: 0, close: true };
  parts.list.replaceChildren(...groups.map(group));
  parts.list.hidden = !count;
  parts.list.scrollTop = 0;
  parts.input.setAttribute("aria-expanded", String(count > 0));
  parts.input.removeAttribute("aria-activedescendant");
  parts.none.hidden = close && count > 0;
  say(says(query) ? sentence(count, close) : "");
}

function sentence(count, close) {
  if (!count) return "Nothing here under those words.";
  const counted = `${count} result${count === 1 ? "" : "s"}`;
  return close ? counted : `Nothing fits closely. ${counted} that come near.`;
}

/** Say it once the reader pauses; a count for every letter would drown the letters. */
function say(words) {
  clearTimeout(timer);
  timer = setTimeout(() => (parts.said.textContent = words), 400);
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function group({ title, results }, number) {
  const label = element("p", { id: `search-group-${number}`, className: "search__group", textContent: title });
  label.setAttribute("role", "presentation");
  const made = element("div", {}, label, ...results.map((result, at) => row(result, `${number}-${at}`)));
  made.setAttribute("role", "group");
  made.setAttribute("aria-labelledby", label.id);
  return made;
}

function row({ path, kind, title, facts, under, words }, number) {
  const name = element("span", { className: "search__title" }, ...marked(title));
  const about = element("span", { className: "search__facts", textContent: facts });
  const text = element("span", { className: "search__words" }, ...marked(words));
  if (under) text.prepend(element("b", { textContent: under }), " ");
  const made = element("a", { id: `search-result-${number}`, href: new URL(path, parts.root), tabIndex: -1 });
  made.append(name, " ", about, " ", text);
  made.setAttribute("role", "option");
  made.setAttribute("aria-selected", "false");
  made.dataset.result = "";
  made.dataset.kind = kind;
  return made;
}

function marked(pieces) {
  return pieces.map(({ text, marked }) => (marked ? element("mark", { textContent: text }) : text));
}

// -------------------------------------------------------------------------- moving

function chosen() {
  return parts.list.querySelector("[aria-selected=true]");
}

function move(event) {
  const rows = [...parts.list.querySelectorAll("[data-result]")];
  const at = rows.indexOf(chosen());
  if (event.key === "Enter" && !event.isComposing) {
    event.preventDefault();
    (rows[at] ?? rows[0])?.click();
  } else if (["ArrowDown", "ArrowUp"].includes(event.key) && rows.length) {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    choose(rows, at < 0 && step < 0 ? rows.length - 1 : (at + step + rows.length) % rows.length);
  }
}

function choose(rows, at) {
  chosen()?.setAttribute("aria-selected", "false");
  rows[at].setAttribute("aria-selected", "true");
  rows[at].scrollIntoView({ block: "nearest" });
  parts.input.setAttribute("aria-activedescendant", rows[at].id);
}

/** Open a result in this tab; with a key held down the browser does as it always does. */
function follow(event) {
  const result = event.target.closest("[data-result]");
  if (!result || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  parts.leave(result.href);
}
