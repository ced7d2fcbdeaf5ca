/**
 * Day, dusk, or as the device says. The choice is stored only when one is made;
 * going back to "as my device" removes it again. Without scripts the page
 * follows the device, and the switch stays hidden.
 */
const KEY = "staying-close:scheme";
const root = document.documentElement;

/** The stored choice, or "system" where there is none or storage is forbidden. */
function chosen() {
  try {
    return localStorage.getItem(KEY) ?? "system";
  } catch {
    return "system";
  }
}

/** Apply a choice and remember it, if this browser lets us. */
function choose(scheme) {
  root.dataset.scheme = scheme;
  try {
    if (scheme === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, scheme);
  } catch {
    // Private windows may forbid storage: the choice then lasts for this page.
  }
}

const choices = document.querySelector("[data-scheme-switch]");
if (choices) {
  const current = choices.querySelector(`input[value="${CSS.escape(chosen())}"]`);
  (current ?? choices.querySelector("input")).checked = true;
  choices.addEventListener("change", (event) => choose(event.target.value));
  choices.hidden = false;
}
