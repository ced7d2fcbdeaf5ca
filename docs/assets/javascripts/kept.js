/**
 * The page of what is kept: shows it, saves a copy, takes one in, deletes everything.
 * The titles come from the list of all exercises on the page itself.
 */
import { inWords, saveFile } from "./copies.js";
import { aside, change, discard, erase, onChange, parse, read, today } from "./store.js";

const root = document.querySelector("[data-kept]");
const part = (name) => root.querySelector(`[data-kept-${name}]`);
const said = part("said");
const links = new Map(
  [...document.querySelectorAll("ul[data-exercises] > li")].map((item) => [
    item.dataset.exercise,
    item.querySelector("a"),
  ]),
);

function say(sentence) {
  said.textContent = sentence;
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function plural(count, thing) {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}

/** The exercise's own link for a path, which may name a part of it: toolkit/x/#part. */
function known(path) {
  return links.get(path.split("#")[0]);
}

function title(path) {
  return known(path)?.textContent ?? path;
}

/** A link to an exercise; its path in words where the garden knows it no longer. */
function linkTo(path) {
  const link = known(path);
  return link ? element("a", { href: link.href }, title(path)) : `${path} (no longer here)`;
}

// ------------------------------------------------------------------------- showing

function keptItem({ path, on }) {
  const drop = element("button", { type: "button" }, "Let go");
  drop.setAttribute("aria-label", `Let go of ${title(path)}`);
  drop.addEventListener("click", () => {
    const done = change((data) => (data.kept = data.kept.filter((item) => item.path !== path)));
    say(done ? "No longer kept." : "This browser wouldn’t let it go.");
  });
  const since = element("span", { className: "facts", textContent: on ? `since ${inWords(on)}` : "" });
  return element("li", {}, linkTo(path), since, drop);
}

function show() {
  const { kept, pages, exported } = read();
  const written = Object.entries(pages);
  part("none").hidden = kept.length + written.length > 0;
  part("list").replaceChildren(...kept.map(keptItem));
  part("pages").replaceChildren(
    ...written.map(([path, { saved }]) =>
      element("li", {}, "What you wrote in ", linkTo(path), saved ? `, saved ${inWords(saved)}` : ""),
    ),
  );
  part("exported").textContent = exported ? `Your last one is from ${inWords(exported)}.` : "";
  part("aside").hidden = aside() === null;
}

// ------------------------------------------------------------------ copies in and out

/** Everything kept, as a text a person can read without this site. */
function asText({ kept, pages }) {
  const list = kept.map(({ path }) => `- ${title(path)}: ${known(path)?.href ?? path}`);
  const written = Object.entries(pages).flatMap(([path, { saved, fields }]) => [
    `\n## ${title(path)} (${inWords(saved)})`,
    ...Object.entries(fields).map(([name, value]) => `\n${name}:\n${value}`),
  ]);
  return ["# Kept on my device", "", ...list, ...written, ""].join("\n");
}

function copied() {
  change((data) => (data.exported = today()));
  say("Saved where your browser puts downloads.");
}

/** Take in a copy: what is kept on either side stays; of two writings the later wins. */
function merge(data, other) {
  for (const item of other.kept) {
    if (!data.kept.some(({ path }) => path === item.path)) data.kept.push(item);
  }
  for (const [path, page] of Object.entries(other.pages)) {
    const mine = data.pages[path];
    if (!mine || String(mine.saved) < String(page.saved)) data.pages[path] = page;
  }
}

/** The exercises a text names by address: our own list saved as text, or a friend's message. */
function named(text) {
  const paths = [...links.keys()].filter((path) => text.includes(`/${path}`));
  return paths.length ? { kept: paths.map((path) => ({ path, on: today() })), pages: {} } : null;
}

async function takeIn({ target }) {
  const file = target.files[0];
  if (!file) return;
  const text = await file.text();
  const other = parse(text) ?? named(text);
  target.value = "";
  if (!other) return say(`${file.name} is not a copy saved here, so nothing was changed.`);
  const done = change((data) => merge(data, other));
  say(done ? `Brought in. ${plural(read().kept.length, "exercise")} kept now.` : "This browser won’t keep anything here.");
}

// ------------------------------------------------------------------------- deleting

/** What a deletion takes with it, in words. */
function whatGoes() {
  const { kept, pages, scheme } = read();
  const things = [
    kept.length && plural(kept.length, "exercise"),
    Object.keys(pages).length && plural(Object.keys(pages).length, "page") + " of your writing",
    scheme && "your choice of light",
    aside() !== null && "what couldn’t be read",
  ].filter(Boolean);
  return things.length ? things.join(", ") : null;
}

function ask() {
  const goes = whatGoes();
  part("sure").hidden = !goes;
  if (!goes) return say("There is nothing here to delete.");
  part("goes").textContent = `This deletes ${goes} from this browser. It can’t be undone.`;
  part("no").focus();
}

function answer(sentence) {
  part("sure").hidden = true;
  part("erase").focus();
  say(sentence);
}

part("text").addEventListener("click", () => {
  saveFile("kept.txt", "text/plain", asText(read()));
  copied();
});
part("json").addEventListener("click", () => {
  saveFile("kept.json", "application/json", JSON.stringify(read(), null, 2));
  copied();
});
part("import").addEventListener("change", takeIn);
part("erase").addEventListener("click", ask);
part("no").addEventListener("click", () => answer("Nothing was deleted."));
part("yes").addEventListener("click", () =>
  answer(erase() ? "Deleted. Nothing of this garden is kept in this browser." : "This browser wouldn’t delete it. Its settings can."),
);
part("aside-save").addEventListener("click", () => saveFile("kept-unread.txt", "text/plain", aside()));
part("aside-drop").addEventListener("click", () => say(discard() ? "Deleted." : "This browser wouldn’t delete it."));
onChange(show);
show();
root.hidden = false;
