/**
 * The texts of sections, kept by MiniSearch. They come after the names, so that a first
 * result waits neither for them nor for their engine.
 */
import MiniSearch from "./vendor/minisearch.js";
import { wordsOf } from "./search-words.js";

export class Texts {
  constructor(engine) {
    this.engine = engine;
    this.sections = [];
    this.index = new MiniSearch({
      idField: "number",
      fields: ["heading", "terms"],
      tokenize: (text) => text.split(" "),
      processTerm: (term) => term,
      searchOptions: { combineWith: "OR", boost: { heading: 2 } },
    });
    engine.texts = this;
  }

  /** Take in texts, as search/text-N.json has them. A few pages at a time are best. */
  add(pages) {
    const { byPath } = this.engine;
    for (const { path, sections } of pages) {
      const about = byPath.get(path)?.about;
      for (const [anchor, title, text] of about ? [["", "", about], ...sections] : sections) {
        const entry = byPath.get(`${path}#${anchor}`) ?? byPath.get(path);
        if (entry) this.#keep({ entry, anchor, title, text });
      }
    }
  }

  #keep(section) {
    const number = this.sections.push(section) - 1;
    const [heading, terms] = [section.title, section.text].map((text) => this.#terms(text));
    this.index.add({ number, heading, terms });
  }

  /** What matters of a text: stems without the small words, and ideas. */
  #terms(text) {
    const tokens = this.engine.read(wordsOf(text));
    return tokens.flatMap(({ stop, terms }) => (stop ? terms.slice(1) : terms)).join(" ");
  }

  /** Sections that hold any of these terms: {section, terms, share}, share of the best's score. */
  search(queries) {
    const hits = this.index.search({ queries });
    return hits.map(({ id, score, terms }) => ({
      section: this.sections[id],
      terms,
      share: score / hits[0].score,
    }));
  }
}
