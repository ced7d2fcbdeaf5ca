/**
 * A break with a clock time to come back at: the words to say, the minutes that are
 * left, and a calendar file that tells a stranger nothing. Nothing is kept.
 */
const MINUTE = 60_000;
const NIGHT = 4 * 60 * MINUTE;
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });

const CONTROLS = `
  <form>
    <fieldset class="tool__choice">
      <legend>How long?</legend>
      <label><input type="radio" name="minutes" value="20" checked> 20 minutes</label>
      <label><input type="radio" name="minutes" value="30"> 30 minutes</label>
      <label><input type="radio" name="minutes" value="60"> 60 minutes</label>
      <label><input type="radio" name="minutes" value=""> Until a time</label>
      <input type="time" name="time" aria-label="Back at" hidden>
    </fieldset>
    <button>Set the time</button>
    <p class="tool__back" role="status"></p>
  </form>
  <div hidden>
    <p class="tool__left"></p>
    <p>Say it: “<span class="tool__words"></span>”</p>
    <p class="tool__ways">
      <button type="button" class="tool__copy" hidden>Copy the words</button>
      <a download="back.ics">Add to my calendar</a>
    </p>
    <p>If you close this page, the time is gone with it.</p>
    <p class="tool__said" role="status"></p>
  </div>`;

/** The next time a clock shows "20:40"; tomorrow, where today's has passed. */
function next(time, now) {
  const [hours, minutes] = time.split(":").map(Number);
  const at = new Date(now);
  at.setHours(hours, minutes, 0, 0);
  if (at <= now) at.setDate(at.getDate() + 1);
  return at;
}

/** Some minutes on, at the full minute: what a clock on the wall will show. */
function later(minutes, now) {
  return new Date(Math.floor(now / MINUTE) * MINUTE + minutes * MINUTE);
}

/** When they are back, as people say it: "at 20:40", "tomorrow at 7:10". */
function spoken(back, now) {
  const at = `at ${clock.format(back)}`;
  if (back.getDate() === now.getDate()) return at;
  return back - now < NIGHT ? `${at}, after midnight` : `tomorrow ${at}`;
}

/** A stretch of time in words, the minute that has begun counted in. */
function lasting(milliseconds) {
  const minutes = Math.ceil(milliseconds / MINUTE);
  const some = (count, one) => (count ? `${count} ${one}${count > 1 ? "s" : ""}` : "");
  return `${some(Math.floor(minutes / 60), "hour")} ${some(minutes % 60, "minute")}`.trim();
}

/** The calendar file. Its words are all ours and need no escaping. */
function calendar(back, now) {
  const stamp = (date) => date.toISOString().replace(/[-:]|\.\d+/g, "");
  return [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//10 minutes//EN",
    "BEGIN:VEVENT",
    `UID:${stamp(now)}-${stamp(back)}`,
    `DTSTAMP:${stamp(now)}`,
    `DTSTART:${stamp(back)}`,
    "DURATION:PT10M",
    "SUMMARY:10 minutes",
    "CLASS:PRIVATE",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    "DESCRIPTION:10 minutes",
    "TRIGGER:PT0S",
    "END:VALARM",
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ].join("\r\n");
}

class BreakClock extends HTMLElement {
  connectedCallback() {
    if (this.form) return;
    this.insertAdjacentHTML("beforeend", CONTROLS);
    this.form = this.querySelector("form");
    const { time } = this.form.elements;
    this.form.addEventListener("change", () => {
      time.hidden = this.form.elements.minutes.value !== "";
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.set(this.form.elements.minutes.value, time);
    });
    this.copy = this.querySelector(".tool__copy");
    this.copy.hidden = !navigator.clipboard;
    this.copy.addEventListener("click", () => this.copyWords());
    document.addEventListener("visibilitychange", () => this.back && this.show());
  }

  set(minutes, time) {
    const now = new Date();
    if (!minutes && !time.value) {
      this.write("back", "Choose a time first.");
      return time.focus();
    }
    this.back = minutes ? later(Number(minutes), now) : next(time.value, now);
    const file = new Blob([calendar(this.back, now)], { type: "text/calendar" });
    const link = this.querySelector("[download]");
    URL.revokeObjectURL(link.href);
    link.href = URL.createObjectURL(file);
    this.querySelector("div").hidden = false;
    this.write("said", "");
    this.show();
  }

  /** Say how things stand, and look again when the next minute begins. */
  show() {
    clearTimeout(this.timer);
    const now = new Date();
    const left = this.back - now;
    if (left <= 0) {
      this.write("left", "");
      return this.write("back", `It’s ${clock.format(this.back)}. Time to come back, ready or not.`);
    }
    const when = spoken(this.back, now);
    this.write("back", `Back ${when}.`);
    this.write("left", `${lasting(left)} left.`);
    this.write("words", `Break, please. Back ${when}.`);
    this.timer = setTimeout(() => this.show(), left % MINUTE || MINUTE);
  }

  async copyWords() {
    const words = this.querySelector(".tool__words");
    try {
      await navigator.clipboard.writeText(words.textContent);
      this.write("said", "Copied.");
    } catch {
      getSelection().selectAllChildren(words);
      this.write("said", "Your browser won’t copy by itself. The words are selected for you.");
    }
  }

  /** Change a text only where it differs: what stays the same is not read out again. */
  write(part, text) {
    const place = this.querySelector(`.tool__${part}`);
    if (place.textContent !== text) place.textContent = text;
  }
}

customElements.define("break-clock", BreakClock);
