/**
 * Day, dusk, or as the device says. The choice is stored only when one is made;
 * going back to "as my device" removes it again. Without scripts the page
 * follows the device, and the switch stays hidden.
 */
import { change, onChange, read } from "./store.js";

const root = document.documentElement;
const SCHEMES = ["light", "dark"];

/** The stored choice, or "system" where there is none. */
function chosen() {
  const { scheme } = read();
  return SCHEMES.includes(scheme) ? scheme : "system";
}

/** Apply a choice and remember it, if this browser lets us; else it lasts for this page. */
function choose(scheme) {
  root.dataset.scheme = scheme;
  change((data) => {
    if (scheme === "system") delete data.scheme;
    else data.scheme = scheme;
  });
}

const choices = document.querySelector("[data-scheme-switch]");
if (choices) {
  const show = () => {
    root.dataset.scheme = chosen();
    choices.querySelector(`input[value="${chosen()}"]`).checked = true;
  };
  show();
  onChange(show);
  choices.addEventListener("change", (event) => choose(event.target.value));
  choices.hidden = false;
}
