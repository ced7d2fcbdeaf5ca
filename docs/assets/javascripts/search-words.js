/**
 * Understands words, and knows no page: small words, endings, spellings, neighbours
 * in meaning, and danger. What it knows stands in data/search_words.yml.
 */
import { stemmer } from "./vendor/stemmer.js";

/** A text in plain letters: no accents, no apostrophes, no capitals. */
export function plain(text) {
  return text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f'’‘`]/g, "")
    .toLowerCase();
}

/** The words of a text, in plain letters. */
export function wordsOf(text) {
  return plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The words of a text also as they are written, and where they stand in it. */
export function split(text) {
  return Array.from(text.matchAll(/[\p{L}\p{N}\p{M}'’‘`]+/gu), ({ 0: written, index }) => ({
    written,
    index,
    word: plain(written),
  })).filter(({ word }) => word);
}

/** One spelling for both sides of the Atlantic. It need not be right, only the same. */
function oneSpelling(word) {
  if (!/our|is|ence|ll/.test(word)) return word;
  return word
    .replace(/(?<=\w{3})our/g, "or")
    .replace(/(?<=\w{3})is(?=(e|ed|es|er|ers|ing|ation|ations)$)/, "iz")
    .replace(/(?<=\w{2})ence(?=(s|d|less)?$)/, "ense")
    .replace(/(?<=\w{3})ll(?=(ed|ing|or|ors|er|ers)$)/, "l");
}

export class Words {
  constructor({ stop, forms, whole, groups, danger }) {
    this.stop = new Set(stop);
    this.stems = new Map();
    this.base = new Map();
    for (const [base, others] of Object.entries(forms)) {
      for (const other of others) this.base.set(other, base);
    }
    for (const word of whole) this.stems.set(word, word).set(`${word}s`, word);
    this.known = new Set([...whole, ...stop, ...Object.keys(forms), ...this.base.keys()]);
    this.phrases = new Map();
    groups.forEach((members, idea) => members.forEach((member) => this.#learn(member, `~${idea}`)));
    this.#learnDanger(danger);
  }

  /** What a word is to search: all its forms and spellings give the same. */
  stem(word) {
    let stem = this.stems.get(word);
    if (stem === undefined) {
      stem = stemmer(oneSpelling(this.base.get(word) ?? word));
      // "texted" is no irregular form, "thoughts" is: look again below the ending.
      if (this.base.has(stem)) stem = stemmer(oneSpelling(this.base.get(stem)));
      this.stems.set(word, stem);
    }
    return stem;
  }

  /** Remember a word or phrase as a way to say an idea. */
  #learn(member, idea) {
    const words = member.split(" ");
    words.forEach((word) => this.known.add(word));
    const [first, ...rest] = words.map((word) => this.stem(word));
    if (!this.phrases.has(first)) this.phrases.set(first, []);
    this.phrases.get(first).push({ rest, idea });
  }

  /** Every idea of a list of stems, and which of its words say it: {idea, from, to}. */
  ideas(stems) {
    const found = [];
    for (let from = 0; from < stems.length; from += 1) {
      for (const { rest, idea } of this.phrases.get(stems[from]) ?? []) {
        const to = follow(stems, from + 1, rest, 1);
        if (to) found.push({ idea, from, to });
      }
    }
    return found;
  }

  #learnDanger({ lists, any, unless }) {
    const stemAll = (words) => new Set(words.map((word) => this.stem(word)));
    const slots = Object.fromEntries(
      Object.entries(lists).map(([name, words]) => [`{${name}}`, stemAll(words)]),
    );
    const read = (pattern) =>
      pattern.map((word) => (word === "+" ? "+" : (slots[word] ?? new Set([this.stem(word)]))));
    this.danger = { any: any.map(read), unless: unless.map(read) };
    Object.values(lists).flat().concat(any.flat()).forEach((word) => this.known.add(word));
  }

  /** True where words sound as if somebody could be harmed. Each is a list: what it may be. */
  isDanger(words) {
    const stems = words.map((may) => may.map((word) => this.stem(word)));
    const spans = (patterns) =>
      patterns.flatMap((pattern) =>
        stems.map((_, from) => ({ from, to: fits(pattern, stems, from) })).filter(({ to }) => to),
      );
    const back = spans(this.danger.unless);
    const overlaps = (one, two) => one.from < two.to && two.from < one.to;
    return spans(this.danger.any).some((span) => !back.some((other) => overlaps(span, other)));
  }
}

/** Where `rest` ends if it follows in `stems` with up to `gap` other words between; else 0. */
function follow(stems, at, rest, gap) {
  for (const stem of rest) {
    let skipped = 0;
    while (stems[at] !== stem) {
      if (at >= stems.length || ++skipped > gap) return 0;
      at += 1;
    }
    at += 1;
  }
  return at;
}

/** Where a pattern of danger that begins at a place ends, or 0. "+" lets three words between. */
function fits(pattern, stems, at) {
  let gap = 0;
  for (const step of pattern) {
    if (step === "+") {
      gap = 3;
      continue;
    }
    const last = Math.min(at + gap, stems.length - 1);
    while (at <= last && !stems[at].some((stem) => step.has(stem))) at += 1;
    if (at > last) return 0;
    at += 1;
    gap = 0;
  }
  return at;
}
