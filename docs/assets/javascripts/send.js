/**
 * The device's own share sheet, a copy button and one that prints, over a form that
 * works without them. Each is shown only where this browser has it; each says aloud what came of
 * it; and where a browser refuses, the address is selected for the reader's hand.
 */
const form = document.querySelector("#send");
const field = form.querySelector("[data-share-url]");
const said = form.querySelector("[data-share-said]");
const share = form.querySelector("[data-share]");
const copy = form.querySelector("[data-copy]");
const print = form.querySelector("[data-print]");
const { title, words } = form.dataset;

function say(sentence) {
  said.textContent = sentence;
}

/** Leave it to the reader's hand: the address, selected. */
function select(sentence) {
  field.focus();
  field.select();
  say(sentence);
}

async function send() {
  say("");
  try {
    await navigator.share({ title, text: words, url: field.value });
  } catch (error) {
    // Closing the sheet is no failure, and needs no comment.
    if (error.name !== "AbortError") select("Your device wouldn’t share it. Here is the address to copy.");
  }
}

async function copyAll() {
  try {
    await navigator.clipboard.writeText(`${words}\n${field.value}`);
    say("Copied.");
  } catch {
    select("Your browser won’t copy by itself. The address is selected for you.");
  }
}

/** A step's own link, copied; where that fails it still leads to the step. */
async function copyStep({ currentTarget: link }) {
  try {
    await navigator.clipboard.writeText(link.href);
    link.dataset.said = "copied";
    setTimeout(() => delete link.dataset.said, 2500);
    say(`${link.getAttribute("aria-label")} copied.`);
  } catch {
    // The address bar now ends in the step, ready for the reader's hand.
  }
}

if (navigator.share) {
  share.hidden = false;
  share.addEventListener("click", send);
}
if (navigator.clipboard) {
  copy.hidden = false;
  copy.addEventListener("click", copyAll);
  for (const link of document.querySelectorAll(".step-link")) link.addEventListener("click", copyStep);
}
// Some apps show pages in a browser of their own, which cannot print.
if (window.print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
field.addEventListener("focus", () => field.select());
