/**
 * The star on an exercise: keeps its address on this device, and nowhere else. The
 * first one says who else could see the list, and takes it back on request.
 */
import { change, onChange, read, today } from "./store.js";

const place = document.querySelector("[data-keep-place]");
const button = place.querySelector("[data-keep]");
const word = place.querySelector("[data-keep-word]");
const star = button.firstElementChild;
const said = place.querySelector("[data-keep-said]");
const path = button.dataset.keep;

function isKept() {
  return read().kept.some((item) => item.path === path);
}

function show() {
  const kept = isKept();
  button.setAttribute("aria-pressed", String(kept));
  star.textContent = kept ? "★" : "☆";
  word.textContent = kept ? "Kept on this device" : "Keep on this device";
}

function keep() {
  const first = !read().kept.length;
  const done = change((data) => {
    if (!data.kept.some((item) => item.path === path)) data.kept.push({ path, on: today() });
  });
  if (!done) said.textContent = "This browser won’t keep anything here. A bookmark will do the same.";
  else if (first) {
    said.textContent =
      "Kept in this browser and nowhere else. Anyone who can open this device could see your list. Press again to take it back.";
  } else said.textContent = "Kept.";
}

function letGo() {
  const done = change((data) => {
    data.kept = data.kept.filter((item) => item.path !== path);
  });
  said.textContent = done ? "No longer kept." : "This browser wouldn’t let it go. Its settings can.";
}

button.addEventListener("click", () => (isKept() ? letGo() : keep()));
onChange(show);
show();
place.hidden = false;
