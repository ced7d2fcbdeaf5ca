/**
 * Narrows the toolkit to what fits: minutes, company, moment, effort. The page is a
 * list in sections without this. What was chosen stands in the address, behind the #,
 * so that it can be sent and never reaches a server.
 */
const form = document.querySelector("[data-finder]");
const said = form.querySelector("[data-finder-said]");
const reset = form.querySelector("[type=reset]");
const copy = form.querySelector("[data-finder-copy]");
const selects = [...form.querySelectorAll("select")];
const entries = [...document.querySelectorAll("p[data-exercise]")];
const headings = [...new Set(entries.map(headingOf))];

function headingOf(entry) {
  let node = entry;
  while (node && node.tagName !== "H2") node = node.previousElementSibling;
  return node;
}

/** True where an exercise allows what was asked; an empty wish is always met. */
function fits({ dataset }, wish) {
  return (
    (!wish.minutes || Number(dataset.minutes) <= Number(wish.minutes)) &&
    (!wish.with || [wish.with, "either"].includes(dataset.with)) &&
    (!wish["best-when"] || dataset.bestWhen === wish["best-when"]) &&
    (!wish.effort || dataset.effort === wish.effort)
  );
}

/** What is chosen now, without what was left open. */
function wished() {
  const chosen = selects.filter(({ value }) => value).map(({ name, value }) => [name, value]);
  return Object.fromEntries(chosen);
}

function say(shown, narrowed) {
  if (!narrowed) said.textContent = "";
  else if (shown === 0) said.textContent = "Nothing fits all of that. A little more time, or one wish less?";
  else said.textContent = shown === 1 ? "One exercise fits." : `${shown} exercises fit.`;
}

/** Show what fits, and hide a section with nothing left in it. */
function show() {
  const wish = wished();
  const narrowed = Object.keys(wish).length > 0;
  for (const entry of entries) entry.hidden = !fits(entry, wish);
  for (const heading of headings) {
    heading.hidden = entries.every((entry) => entry.hidden || headingOf(entry) !== heading);
  }
  say(entries.filter((entry) => !entry.hidden).length, narrowed);
  reset.hidden = !narrowed;
  copy.hidden = !narrowed || !navigator.clipboard;
}

/** Take the choice from the address, if it holds one. */
function readAddress() {
  const wish = new URLSearchParams(location.hash.slice(1));
  if (!selects.some(({ name }) => wish.has(name))) return false;
  for (const select of selects) {
    const known = [...select.options].some(({ value }) => value === wish.get(select.name));
    select.value = known ? wish.get(select.name) : "";
  }
  show();
  return true;
}

function writeAddress() {
  const hash = new URLSearchParams(wished()).toString();
  history.replaceState(null, "", hash ? `#${hash}` : location.pathname);
}

form.addEventListener("change", () => {
  show();
  writeAddress();
});
form.addEventListener("reset", () => {
  // The fields are empty only after this event.
  queueMicrotask(() => {
    for (const select of selects) select.value = "";
    show();
    writeAddress();
    selects[0].focus();
  });
});
copy.addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(location.href);
    said.textContent = "Copied.";
  } catch {
    said.textContent = "Your browser won’t copy by itself. The link is this page’s address, as it stands above.";
  }
});
addEventListener("hashchange", readAddress);

form.hidden = false;
if (readAddress()) form.scrollIntoView({ block: "center" });
else show();
