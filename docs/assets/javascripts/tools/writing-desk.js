/**
 * Boxes to write in that keep nothing unless asked, and then only on this device. The
 * note gives the form; this adds saving, a text file to download, and a print of the
 * writing alone. What was saved is offered, never shown at once: someone else may be
 * looking. `data-file` names the file; an id lets a page have a second desk.
 */
import { inWords, saveFile } from "../copies.js";
import { change, onChange, read, today } from "../store.js";

const OFFER = `
  <p class="tool__offer" hidden>
    <span></span>
    <button type="button" data-do="show">Show it</button>
    <button type="button" data-do="remove">Delete it</button>
  </p>`;

const CONTROLS = `
  <p class="tool__ways">
    <button type="button" data-do="save">Save on this device</button>
    <button type="button" data-do="print">Print</button>
    <button type="button" data-do="download">Download as text</button>
    <button type="button" data-do="clear">Clear</button>
  </p>
  <div class="tool__ask" hidden>
    <p tabindex="-1"></p>
    <p class="tool__ways"></p>
  </div>
  <p class="tool__said" role="status"></p>`;

/** A stored day, this year's without its year. */
function day(date) {
  return inWords(date).replace(` ${today().slice(0, 4)}`, "");
}

/** Takes the sheet that was printed away again. */
let tidy = () => {};
addEventListener("afterprint", () => tidy());

class WritingDesk extends HTMLElement {
  connectedCallback() {
    if (this.boxes) return;
    this.boxes = [...this.querySelectorAll("textarea")];
    const form = this.querySelector("form");
    form.insertAdjacentHTML("afterbegin", OFFER);
    form.insertAdjacentHTML("beforeend", CONTROLS);
    this.offer = this.querySelector(".tool__offer");
    this.question = this.querySelector(".tool__ask");
    const page = document.querySelector('meta[name="garden:path"]').content;
    this.key = page + (this.id && `#${this.id}`);
    this.seen = "";
    this.addEventListener("input", () => this.refresh());
    this.addEventListener("click", ({ target }) => this[target.dataset.do]?.());
    onChange(() => this.refresh());
    this.refresh();
  }

  // ------------------------------------------------------------ what is where

  /** What is in the boxes, by their names; empty ones are left out. */
  get fields() {
    const full = this.boxes.filter((box) => box.value.trim());
    return Object.fromEntries(full.map((box) => [box.name, box.value]));
  }

  get written() {
    return Object.keys(this.fields).length > 0;
  }

  /** What this device keeps of this desk, or undefined. */
  get stored() {
    return read().pages[this.key];
  }

  /** True where something is kept that this tab has neither saved nor shown. */
  get unseen() {
    return this.stored && JSON.stringify(this.stored) !== this.seen;
  }

  /** Say how things stand. `sentence` has something more pressing to say. */
  refresh(sentence) {
    const { stored } = this;
    const kept = stored && JSON.stringify(stored.fields) === JSON.stringify(this.fields);
    if (kept) this.seen = JSON.stringify(stored);
    this.offer.hidden = !this.unseen || this.seen !== "";
    if (!this.offer.hidden)
      this.offer.firstElementChild.textContent = `You saved something here on ${day(stored.saved)}.`;
    const said = this.querySelector(".tool__said");
    const text = sentence ?? this.state(stored, kept);
    if (said.textContent !== text) said.textContent = text;
  }

  state(stored, kept) {
    if (kept) return `Saved on this device, ${day(stored.saved)}.`;
    if (this.unseen && this.seen) return "Saved elsewhere since. What you see here isn’t saved.";
    return this.written ? "Not saved." : "";
  }

  // ----------------------------------------------------------------- the ways

  save() {
    if (!this.written) return this.refresh("Nothing is written yet.");
    const { stored } = this;
    if (!stored)
      this.ask("Anyone who can unlock this device can read this. Paper can be torn up.", {
        Save: () => this.keep(""),
      });
    else if (this.unseen)
      this.ask(
        this.seen
          ? "Saved elsewhere since. Save anyway?"
          : `You saved something here on ${day(stored.saved)}. Save this in its place?`,
        { "Save anyway": () => this.keep(JSON.stringify(stored)) },
      );
    else this.keep(this.seen);
  }

  /** Save over `older`, and nothing else: if another tab was quicker, ask again. */
  keep(older) {
    if ((JSON.stringify(this.stored) ?? "") !== older) return this.save();
    const entry = { saved: today(), fields: this.fields };
    const before = this.seen;
    this.seen = JSON.stringify(entry);
    if (change((data) => (data.pages[this.key] = entry))) return this.refresh();
    this.seen = before;
    this.refresh("This browser wouldn’t keep it. Your words are still here. Download keeps a copy.");
  }

  /** Bring back what was saved, above anything written since. */
  show() {
    const { stored } = this;
    if (!stored) return this.refresh();
    for (const box of this.boxes) {
      const texts = [stored.fields[box.name], box.value];
      box.value = texts.filter((text) => text?.trim()).join("\n\n");
    }
    this.seen = JSON.stringify(stored);
    this.refresh();
    this.boxes[0].focus();
  }

  remove() {
    this.ask("Delete the saved copy for good?", { Delete: () => this.forget() });
  }

  forget() {
    this.seen = "";
    const done = change((data) => delete data.pages[this.key]);
    this.refresh(
      done
        ? "The saved copy is deleted."
        : "This browser wouldn’t delete it. Its settings can, under the data of this site.",
    );
  }

  clear() {
    const { stored } = this;
    if (!this.written) return stored ? this.remove() : this.refresh("Nothing is written yet.");
    const ways = { Clear: () => this.empty() };
    if (stored) ways["Clear, and delete the saved copy"] = () => this.empty() ?? this.forget();
    this.ask("Clear what is written here? It can’t be brought back.", ways);
  }

  empty() {
    for (const box of this.boxes) box.value = "";
    this.seen = "";
    this.refresh();
  }

  /** Each question that was answered, with its answer. */
  get answers() {
    return this.boxes
      .filter((box) => box.value.trim())
      .map((box) => [box.labels[0].firstElementChild.textContent, box.value.trim()]);
  }

  download() {
    if (!this.written) return this.refresh("Nothing is written yet.");
    const parts = this.answers.map(([question, answer]) => `## ${question}\n\n${answer}\n`);
    const text = [`# ${inWords(today())}\n`, ...parts].join("\n");
    saveFile(`${this.dataset.file}.md`, "text/markdown", text);
  }

  /** Print the writing and nothing else, under a title that gives nothing away. */
  print() {
    if (!this.written) return this.refresh("Nothing is written yet.");
    tidy();
    const sheet = document.createElement("section");
    sheet.className = "written md-typeset";
    const add = (tag, text) => (sheet.appendChild(document.createElement(tag)).textContent = text);
    add("p", inWords(today()));
    for (const [question, answer] of this.answers) {
      add("h2", question);
      add("p", answer);
    }
    const root = document.documentElement;
    const { title } = document;
    tidy = () => {
      sheet.remove();
      document.title = title;
      delete root.dataset.printing;
    };
    document.body.append(sheet);
    document.title = this.dataset.file;
    root.dataset.printing = "writing";
    window.print();
  }

  // ------------------------------------------------------------- one question

  /** Ask something on the page, with a way for each answer and one to leave it be. */
  ask(question, answers) {
    const [text, ways] = this.question.children;
    text.textContent = question;
    ways.replaceChildren();
    const back = document.activeElement;
    for (const [words, act] of Object.entries({ ...answers, "Not now": () => this.refresh() })) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = words;
      button.addEventListener("click", () => {
        this.question.hidden = true;
        back.focus();
        act();
        if (!document.activeElement.offsetParent) this.boxes[0].focus();
      });
      ways.append(button);
    }
    this.question.hidden = false;
    // The words, not a button: a hurried second press agrees to nothing.
    text.focus();
  }
}

customElements.define("writing-desk", WritingDesk);
