/**
 * Looks through the garden. Knows no page to draw on: names and texts in, results out.
 *
 * Every name of a page (title, term, alias, and each thing people ask) is a small
 * document of its own, so that one name met almost wholly counts for more than words
 * scattered over several. The texts of sections come later and add to what the names
 * say (search-texts.js). What a match is worth is decided here.
 */
import { Spelling } from "./search-spelling.js";
import { Words, wordsOf } from "./search-words.js";

/** What search is tuned with. scripts/bench_search.py shows what a change does. */
export const WEIGHTS = {
  type: { title: 1.1, term: 1.1, alias: 1, asked: 1, scene: 0.9 },
  idea: 0.8, // a neighbour in meaning, against the word itself
  typo: 0.85, // what a mistyped word was meant to be
  prefix: 0.8, // a word not yet typed to its end
  coverage: 1.6, // how much a query's missing words cost
  whole: 0.45, // how much a name wants to be met wholly
  exact: 0.5, // a name that is all of the query, and the query all of it
  union: 0.4, // all names of a page together
  text: 0.5, // the best section's text
  scene: 0.8, // the text of a scene, which is known by what happens in it
  own: 0.6, // a scene, where readers speak of their own life
  least: 0.4, // what a result must be worth, against the best
  stop: 0.12, // a small word, against one that matters
  kind: { help: 0.75, sources: 0.8, about: 0.9, index: 0.85, home: 0.8 },
};

/** Who says these speaks of their own life, and seldom asks for a scene of the film. */
const OWN = new Set("i im ive id ill me my mine myself we us our ours".split(" "));

/** Names that people look up as they are, so that a slip in them is understood. */
const SOUGHT = { title: true, term: true, alias: true, scene: true };

export class Engine {
  constructor(words, weights = WEIGHTS) {
    this.words = new Words(words);
    this.weights = weights;
    this.spelling = new Spelling();
    this.words.known.forEach((word) => this.spelling.add(word));
    this.entries = [];
    this.byPath = new Map();
    this.whole = new Spelling(); // whole names, for a query that is one of them but a slip
    this.wholeOf = new Map();
    this.texts = null; // search-texts.js, once it is there
    this.called = new Map(); // term: the entries that have it in a name
    this.rarities = new Map();
  }

  // ------------------------------------------------------------------ taking in

  /** Take in pages, as search/names.json has them. */
  addPages(pages) {
    for (const page of pages) {
      const called = [["title", page.title], ["term", page.term]];
      for (const name of page.aliases ?? []) called.push(["alias", name]);
      for (const name of page.asked ?? []) called.push(["asked", name]);
      this.#enter({ ...page, id: "" }, called.filter(([, name]) => name));
      for (const [id, title] of page.scenes ?? []) {
        const { path, kind, stage } = page;
        this.#enter({ path, kind, stage, id, title, scene: true }, [["scene", title]]);
      }
    }
    this.rarities.clear();
  }

  /** An entry is what a result can be: a page, or a scene of the film. */
  #enter(entry, called) {
    entry.number = this.entries.length;
    this.entries.push(entry);
    this.byPath.set(entry.path + (entry.id && `#${entry.id}`), entry);
    entry.names = called.map(([type, name]) => {
      const words = wordsOf(name);
      if (type in SOUGHT) {
        this.whole.add(words.join(" "));
        this.wholeOf.set(words.join(" "), entry);
      }
      return { type, name, tokens: this.read(words) };
    });
    for (const { tokens } of entry.names) {
      for (const { terms } of tokens) for (const term of terms) this.#post(term, entry);
    }
  }

  #post(term, entry) {
    const posted = this.called.get(term);
    if (!posted) this.called.set(term, [entry]);
    else if (posted.at(-1) !== entry) posted.push(entry);
  }

  /** Words with what they can be met by: the stem, and every idea they are part of. */
  read(words) {
    const stems = words.map((word) => this.words.stem(word));
    const tokens = words.map((word, at) => {
      this.spelling.add(word);
      return { stop: this.words.stop.has(word), terms: [stems[at]] };
    });
    for (const { idea, from, to } of this.words.ideas(stems)) {
      for (let at = from; at < to; at += 1) tokens[at].terms.push(idea);
    }
    return tokens;
  }

  // ------------------------------------------------------------------ the query

  /** True where help belongs first, before anything that was found. */
  isDanger(query) {
    return this.words.isDanger(wordsOf(query).map((word) => [word, ...this.#meant(word)]));
  }

  /** What an unknown word may have been meant to be; a short one only with letters swapped. */
  #meant(word) {
    if (this.spelling.knows(word)) return [];
    const sorted = (letters) => [...letters].sort().join("");
    const near = this.spelling.near(word).map(({ word }) => word);
    return near.filter((other) => word.length > 4 || sorted(other) === sorted(word));
  }

  /** How much a term says: much if few pages are called by it. */
  rarity(term) {
    let rarity = this.rarities.get(term);
    if (rarity === undefined) {
      rarity = Math.log(1 + this.entries.length / (1 + (this.called.get(term)?.length ?? 0)));
      this.rarities.set(term, rarity);
    }
    return rarity;
  }

  /** What a query asks for: for each word that matters, the terms that would meet it. */
  needs(query) {
    const words = wordsOf(query).flatMap((word) => this.spelling.apart(word));
    const typing = /[\p{L}\p{N}]$/u.test(query);
    const tokens = words.map((word, at) => this.#token(word, typing && at === words.length - 1));
    const stems = tokens.map(({ stem }) => stem);
    const extra = [];
    for (const { idea, from, to } of this.words.ideas(stems)) {
      const within = tokens.slice(from, to);
      const matter = within.filter(({ stop }) => !stop);
      for (const { terms } of matter) raise(terms, idea, this.weights.idea);
      if (!matter.length) extra.push({ stop: false, terms: new Map([[idea, this.weights.idea]]) });
    }
    const needs = [...tokens, ...extra];
    for (const need of needs) need.weight = this.#weigh(need);
    if (needs.some(({ stop }) => !stop)) {
      for (const need of needs) if (need.stop) need.weight *= this.weights.stop;
    }
    return needs;
  }

  #token(word, typing) {
    const { words, weights, spelling } = this;
    const stem = words.stem(word);
    const terms = new Map([[stem, 1]]);
    const stop = words.stop.has(word);
    const token = { stem, stop, terms };
    if (stop) return token;
    const known = spelling.knows(word);
    const add = (other, worth) => {
      raise(terms, words.stem(other), worth);
      for (const { idea } of words.ideas([words.stem(other)])) raise(terms, idea, worth * weights.idea);
    };
    if (typing && word.length > 2) {
      for (const other of spelling.beginning(word)) add(other, weights.prefix * (known ? 0.5 : 1));
    }
    if (word.length < 3 || known) return token;
    for (const { word: other, errors } of spelling.near(word)) {
      add(other, weights.typo / Math.max(1, errors));
    }
    return token;
  }

  /** A need weighs what its best-known term says; one nothing can meet weighs little. */
  #weigh({ terms }) {
    let weight = 0;
    for (const [term, worth] of terms) {
      if (this.called.has(term)) weight = Math.max(weight, worth * this.rarity(term));
    }
    return weight || 1;
  }

  // ----------------------------------------------------------------- the answer

  /**
   * The results of a query, best first: {entry, score, section, words}. `section` is the
   * part to open, if one answers better than the page's own names.
   */
  search(query, { without = null, most = 20 } = {}) {
    const needs = this.needs(query);
    const worth = new Map(); // term: [need, quality] …
    needs.forEach((need, at) => {
      for (const [term, quality] of need.terms) {
        if (!worth.has(term)) worth.set(term, []);
        worth.get(term).push([at, quality]);
      }
    });
    const total = needs.reduce((sum, { weight }) => sum + weight, 0);
    if (!total) return [];
    const weights = needs.map(({ weight }) => weight / total);
    const found = new Map();
    this.#meetNames(found, worth, weights, without);
    this.#meetTexts(found, worth, weights);
    const results = [...found.values()];
    const own = wordsOf(query).some((word) => OWN.has(word));
    for (const result of results) this.#judge(result, weights, own);
    results.sort((a, b) => b.score - a.score || a.entry.number - b.entry.number);
    const least = (results[0]?.score ?? 0) * this.weights.least;
    const worthy = results.filter(({ score }, at) => at < 3 || score >= least);
    return this.#withMeant(worthy, query).slice(0, most);
  }

  /** Where the query is a whole name but for a slip, its page is among the first three. */
  #withMeant(results, query) {
    const near = this.whole.near(wordsOf(query).join(" ")).filter(({ errors }) => errors < 2);
    const meant = new Set(near.slice(0, 2).map(({ word }) => this.wholeOf.get(word)));
    for (const { entry } of results.slice(0, 3)) meant.delete(entry);
    const moved = Array.from(
      meant,
      (entry) => results.find((result) => result.entry === entry) ?? this.#result(new Map(), entry, 0),
    );
    const rest = results.filter((result) => !moved.includes(result));
    return [...rest.slice(0, 3 - moved.length), ...moved, ...rest.slice(3 - moved.length)];
  }

  #result(found, entry, needs) {
    if (!found.has(entry)) {
      found.set(entry, { entry, name: 0, called: null, met: new Float32Array(needs), text: 0, section: null });
    }
    return found.get(entry);
  }

  #meetNames(found, worth, weights, without) {
    const entries = new Set([...worth.keys()].flatMap((term) => this.called.get(term) ?? []));
    for (const entry of entries) {
      const result = this.#result(found, entry, weights.length);
      for (const name of entry.names) if (name !== without) this.#meetName(result, name, worth, weights);
    }
  }

  /** How far a name answers: how much of the query it meets, and how wholly it is met. */
  #meetName(result, { type, name, tokens }, worth, weights) {
    const here = new Float32Array(weights.length);
    let [met, all] = [0, 0];
    for (const { stop, terms } of tokens) {
      const weight = this.rarity(terms[0]) * (stop ? this.weights.stop : 1);
      let best = 0;
      for (const term of terms) {
        for (const [need, quality] of worth.get(term) ?? []) {
          here[need] = Math.max(here[need], quality);
          best = Math.max(best, quality);
        }
      }
      met += weight * best;
      all += weight;
    }
    if (!met) return;
    const covered = here.reduce((sum, quality, need) => sum + quality * weights[need], 0);
    here.forEach((quality, need) => (result.met[need] = Math.max(result.met[need], quality)));
    const whole = 1 - this.weights.whole * (1 - met / all);
    const exact = type in SOUGHT && Math.min(covered, met / all) > 0.84 ? this.weights.exact : 0;
    const score = this.weights.type[type] * covered ** this.weights.coverage * whole + exact;
    if (score <= result.name) return;
    result.name = score;
    result.called = { type, name, covered };
  }

  #meetTexts(found, worth, weights) {
    const queries = [...worth.keys()].filter((term) => !this.words.stop.has(term));
    for (const { section, share, terms } of this.texts?.search(queries) ?? []) {
      const result = this.#result(found, section.entry, weights.length);
      let covered = 0;
      meet(terms, worth, weights.length).forEach((quality, need) => (covered += quality * weights[need]));
      const worthy = covered * Math.sqrt(share);
      if (worthy > result.text) {
        result.text = worthy;
        result.section = { ...section, covered };
      }
    }
  }

  #judge(result, weights, own) {
    const { name, met, text } = result;
    let union = 0;
    met.forEach((quality, need) => (union += quality * weights[need]));
    const { scene } = result.entry;
    const told = scene ? this.weights.scene * text * text : this.weights.text * text;
    const prior = (this.weights.kind[result.entry.kind] ?? 1) * (scene && own ? this.weights.own : 1);
    result.score = prior * (name + this.weights.union * union ** this.weights.coverage + told);
  }
}

function raise(terms, term, worth) {
  terms.set(term, Math.max(terms.get(term) ?? 0, worth));
}

/** How well each need is met by these terms. */
function meet(terms, worth, count) {
  const best = new Float32Array(count);
  for (const term of terms) {
    for (const [need, quality] of worth.get(term) ?? []) best[need] = Math.max(best[need], quality);
  }
  return best;
}
