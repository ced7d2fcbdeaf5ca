/**
 * Two things only the reader's own clock can know. A number whose check is a year old
 * is hidden, even if nobody has built this site since; the sentence that takes its
 * place is in the page already. And the country the clock is set for is offered at
 * the top of the numbers: a link, not a jump, from the time zone alone. A clock that
 * is behind changes nothing.
 */
const OLD = 365; // days
const DAY = 24 * 60 * 60 * 1000;

for (const shown of document.querySelectorAll("[data-checked]")) {
  if (Date.now() - Date.parse(shown.dataset.checked) < OLD * DAY) continue;
  shown.hidden = true;
  const instead = shown.nextElementSibling;
  if (instead && "stale" in instead.dataset) instead.hidden = false;
}

/** The list of the country this device's clock is set for, if we have one. */
function ownCountry() {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const lists = [...document.querySelectorAll("[data-zones]")];
  return lists.find((list) => list.dataset.zones.split(" ").includes(timeZone));
}

const list = ownCountry();
const offer = document.querySelector("[data-here]");
if (list && offer) {
  const link = offer.querySelector("a");
  link.hash = list.parentElement.dataset.helplines;
  link.querySelector("span").textContent = list.dataset.within;
  offer.hidden = false;
}
