/**
 * What a reader is shown for a query: which results, in which order and groups, which
 * section each opens, and which words to mark. Still no page to draw on.
 */
import { split, wordsOf } from "./search-words.js";

const MOST = 12;
const BEST = 3;
/** Below this the best result is a guess, and said to be one. */
const CLOSE = 0.5;
/** … unless a section has nearly all of what was typed. */
const TOLD = 0.7;
const SNIPPET = 150;

const GROUPS = [
  ["Exercises", ["exercise"]],
  ["Concepts", ["concept"]],
  ["Chapters and trails", ["chapter", "trail", "index"]],
  ["Film scenes", ["film"]],
  ["Sources and the rest", []],
];

const KINDS = { index: "Overview", film: "Film", home: "Gate" };

/**
 * The answer to a query: {groups: [{title, results}], count, close}. Read from top to
 * bottom, the results are in the order of their rank: the best three whatever their
 * kind, then the rest by kind, the kind of the best first.
 */
export function answer(engine, query) {
  const found = engine.search(query, { most: MOST });
  const needs = engine.needs(query);
  const terms = new Set(
    needs.filter(({ stop }) => !stop).flatMap((need) => [...need.terms].filter(([, worth]) => worth > 0.5).map(([term]) => term)),
  );
  const help = engine.isDanger(query) && engine.entries.find(({ kind }) => kind === "help");
  const rest = help ? afterHelp(found, help) : found;
  const results = rest.map((result) => describe(engine, result, terms));
  if (help) results.unshift(describe(engine, { entry: help }, new Set()));
  const best = results.splice(0, help ? BEST + 1 : BEST);
  const groups = [{ title: "Best matches", results: best }, ...byKind(results)];
  const [top] = found;
  const close = Boolean(help || top?.score >= CLOSE || top?.section?.covered >= TOLD);
  const count = best.length + results.length;
  return { groups: groups.filter(({ results }) => results.length), count, close };
}

/** What stands below Help: exercises last, since they are not for someone in danger. */
function afterHelp(found, help) {
  const others = found.filter(({ entry }) => entry !== help);
  const isExercise = ({ entry }) => entry.kind === "exercise";
  return [...others.filter((result) => !isExercise(result)), ...others.filter(isExercise)];
}

function byKind(results) {
  const groups = new Map();
  for (const result of results) {
    const [title] = GROUPS.find(([, kinds]) => kinds.includes(result.kind)) ?? GROUPS.at(-1);
    if (!groups.has(title)) groups.set(title, []);
    groups.get(title).push(result);
  }
  return Array.from(groups, ([title, results]) => ({ title, results }));
}

/** A result as it is shown: where it leads, and its words in pieces, marked or not. */
function describe(engine, { entry, called, section }, terms) {
  const opens = section && entry.kind !== "exercise" && section.covered > Math.max(0.4, called?.covered ?? 0);
  const anchor = entry.id || (opens ? section.anchor : "");
  const mark = (text) => pieces(engine, text, terms);
  return {
    path: entry.path + (anchor && `#${anchor}`),
    kind: entry.kind,
    title: mark(entry.title),
    facts: facts(entry),
    under: anchor && !entry.id ? section.title : "",
    words: snippet(mark, { entry, called, section: opens || entry.id ? section : null }),
  };
}

/** "Exercise · 1 minute · alone", "Concept · budding". */
function facts({ kind, scene, minutes, with: company, stage }) {
  const name = scene ? "Film scene" : (KINDS[kind] ?? kind[0].toUpperCase() + kind.slice(1));
  const time = minutes && `${minutes} minute${minutes === 1 ? "" : "s"}`;
  const who = company === "either" ? "alone or together" : company;
  return [name, time, who, stage].filter(Boolean).join(" · ");
}

/** The words that show best why a result is there. */
function snippet(mark, { entry, called, section }) {
  if (section?.text) return cut(mark(section.text));
  if (called && ["alias", "asked"].includes(called.type)) return [{ text: "“" }, ...mark(called.name), { text: "”" }];
  return entry.about ? cut(mark(entry.about)) : [];
}

/** A text in pieces {text, marked}. Marked are the words that meet one of the terms. */
export function pieces(engine, text, terms) {
  const words = split(text);
  const stems = words.map(({ word }) => engine.words.stem(word));
  const marked = words.map(({ word }, at) => !engine.words.stop.has(word) && terms.has(stems[at]));
  for (const { idea, from, to } of engine.words.ideas(stems)) {
    if (terms.has(idea)) marked.fill(true, from, to);
  }
  const found = [];
  let at = 0;
  words.forEach(({ written, index }, number) => {
    if (!marked[number]) return;
    if (index > at) found.push({ text: text.slice(at, index) });
    found.push({ text: written, marked: true });
    at = index + written.length;
  });
  return at < text.length ? [...found, { text: text.slice(at) }] : found;
}

/** The stretch of a text that holds its marked words, not too long. */
function cut(all) {
  const length = all.reduce((sum, { text }) => sum + text.length, 0);
  if (length <= SNIPPET) return all;
  let before = 0;
  for (const piece of all) {
    if (piece.marked) break;
    before += piece.text.length;
  }
  const start = before < length ? Math.max(0, Math.min(before - SNIPPET / 3, length - SNIPPET)) : 0;
  const shown = [];
  let at = 0;
  for (const { text, marked } of all) {
    const [from, to] = [Math.max(0, start - at), Math.min(text.length, start + SNIPPET - at)];
    if (from < to) shown.push({ text: text.slice(from, to), marked });
    at += text.length;
  }
  // Begin and end between words.
  if (start && !shown[0].marked) shown[0].text = `… ${shown[0].text.replace(/^\S*\s/, "")}`;
  const last = shown.at(-1);
  if (start + SNIPPET < length && !last.marked) last.text = `${last.text.replace(/\s\S*$/, "")} …`;
  return shown;
}

/** True where a query has a word in it at all. */
export function says(query) {
  return wordsOf(query).length > 0;
}
