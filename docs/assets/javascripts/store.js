/**
 * What this device keeps for its reader: one key, one version, nothing until asked.
 *
 *   { "version": 1,
 *     "scheme": "light" | "dark",
 *     "kept": [{ "path": "toolkit/front-pocket/", "on": "2026-11-22" }],
 *     "pages": { "toolkit/weekly-review/": { "saved": "2026-11-22", "fields": { "prickly": "…" } } },
 *     "exported": "2026-11-22" }
 *
 * Whatever else is found under the key (another version, a half-written text) is set
 * aside under ASIDE before the first write, and never thrown away unasked. Every write
 * reads first, so that two open tabs add to each other. Storage may be forbidden or
 * full: then nothing here throws, and `change` says that it could not keep anything.
 */
export const KEY = "staying-close";
export const ASIDE = "staying-close:aside";
const VERSION = 1;

const listeners = new Set();

/** Today by this device's clock, as 2026-11-22. */
export function today(now = new Date()) {
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** True for a plain object, the only thing a stored text may hold. */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A stored or imported text as data, or null where it is not ours or not whole. */
export function parse(text) {
  try {
    const found = JSON.parse(text);
    if (!isObject(found) || found.version !== VERSION) return null;
    const { kept = [], pages = {} } = found;
    const whole =
      Array.isArray(kept) &&
      kept.every((item) => typeof item?.path === "string") &&
      isObject(pages) &&
      Object.values(pages).every((page) => isObject(page) && isObject(page.fields));
    return whole ? { ...found, kept, pages } : null;
  } catch {
    return null;
  }
}

/** True where nothing a reader asked for is left, so that the key can go too. */
function isEmpty({ version, kept, pages, ...rest }) {
  return !kept.length && !Object.keys(pages).length && !Object.keys(rest).length;
}

/** The raw text under a key; null where there is none or storage is forbidden. */
function raw(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Everything kept. An empty collection where there is nothing that can be read. */
export function read() {
  return parse(raw(KEY)) ?? { version: VERSION, kept: [], pages: {} };
}

/** What lay under our key and could not be read, or null. */
export function aside() {
  const text = raw(KEY);
  return raw(ASIDE) ?? (text !== null && parse(text) === null ? text : null);
}

/**
 * Change what is kept: `edit` gets the data as it is now and alters it in place.
 * Returns false where this browser keeps nothing (forbidden, full).
 */
export function change(edit) {
  const data = read();
  edit(data);
  try {
    const before = localStorage.getItem(KEY);
    if (before !== null && parse(before) === null) {
      const older = localStorage.getItem(ASIDE);
      localStorage.setItem(ASIDE, older === null ? before : `${older}\n${before}`);
    }
    if (isEmpty(data)) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify(data));
  } catch {
    return false;
  }
  tell();
  return true;
}

/** Delete everything this garden keeps here, truly. False where the browser refuses. */
export function erase() {
  try {
    for (const key of [KEY, ASIDE]) localStorage.removeItem(key);
  } catch {
    return false;
  }
  tell();
  return true;
}

/** Delete only what could not be read. False where the browser refuses. */
export function discard() {
  try {
    localStorage.removeItem(ASIDE);
    const text = localStorage.getItem(KEY);
    if (text !== null && parse(text) === null) localStorage.removeItem(KEY);
  } catch {
    return false;
  }
  tell();
  return true;
}

/** Call `listener` after every change, in this tab or another. */
export function onChange(listener) {
  listeners.add(listener);
}

function tell() {
  for (const listener of listeners) listener();
}

addEventListener("storage", ({ key }) => {
  if (key === null || key === KEY || key === ASIDE) tell();
});
