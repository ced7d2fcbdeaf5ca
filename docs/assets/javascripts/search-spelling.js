/**
 * Finds what a mistyped word was meant to be, among the words the garden knows.
 * A letter too many, too few, wrong, or changed with its neighbour is one error.
 */

/** How many errors a word of this length may hold. */
export function allowed(length) {
  return length < 4 ? 0 : length < 8 ? 1 : 2;
}

/** The errors between two words, or Infinity for more than `most`. */
export function errors(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return Infinity;
  let before = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (row[j] < least) least = row[j];
    }
    if (least > most) return Infinity;
    [before, above] = [above, row];
  }
  return above[b.length] <= most ? above[b.length] : Infinity;
}

/** Which letters a word has, a bit for each: words far apart here are far apart. */
function letters(word) {
  let bits = 0;
  for (let at = 0; at < word.length; at += 1) bits |= 1 << (word.charCodeAt(at) & 31);
  return bits;
}

/** How many bits are set. */
function count(bits) {
  let ones = 0;
  for (let rest = bits; rest; rest &= rest - 1) ones += 1;
  return ones;
}

export class Spelling {
  constructor() {
    this.all = new Map(); // word: {word, times, bits}
    this.byLength = [];
    this.seen = new Map();
  }

  add(word) {
    const old = this.all.get(word);
    if (old) {
      old.times += 1;
      return;
    }
    const made = { word, times: 1, bits: letters(word) };
    this.all.set(word, made);
    (this.byLength[word.length] ??= []).push(made);
    if (this.seen.size) this.seen.clear();
  }

  knows(word) {
    return this.all.has(word);
  }

  /** The commonest words that begin like this. */
  beginning(start) {
    const found = [];
    for (const other of this.all.values()) {
      if (other.word.startsWith(start) && other.word !== start) found.push(other);
    }
    return found.sort((a, b) => b.times - a.times).slice(0, 8).map(({ word }) => word);
  }

  /** Up to four words this one may be meant for, nearest and commonest first. */
  near(word) {
    if (!this.seen.has(word)) this.seen.set(word, this.#look(word));
    return this.seen.get(word);
  }

  #look(word) {
    const found = [];
    const bits = letters(word);
    const longest = allowed(word.length + 1);
    for (let length = word.length - longest; length <= word.length + longest; length += 1) {
      const most = allowed(Math.max(length, word.length));
      for (const other of (most && this.byLength[length]) || []) {
        if (other.word === word || count(bits ^ other.bits) > 2 * most) continue;
        const slips = errors(word, other.word, most);
        // People seldom get the first letter wrong.
        const first = other.word[0] === word[0] ? 0 : 0.5;
        if (slips < Infinity) found.push({ ...other, errors: slips + first });
      }
    }
    found.sort((a, b) => a.errors - b.errors || b.times - a.times || (a.word < b.word ? -1 : 1));
    return found.filter(({ errors }) => errors < found[0].errors + 1).slice(0, 4);
  }

  /** Two known words written as one, perhaps with a slip for the space; else the word. */
  apart(word) {
    if (this.knows(word) || this.near(word).length) return [word];
    for (const slip of [0, 1]) {
      for (let at = 3; at <= word.length - 3 - slip; at += 1) {
        const both = [word.slice(0, at), word.slice(at + slip)];
        if (both.every((part) => this.knows(part))) return both;
      }
    }
    return [word];
  }
}
