/**
 * A pause of three, five or ten seconds, without a sound: one round button that
 * empties like a breath out. Whoever asked for less motion gets numbers in its place.
 * Time is read off the clock and never counted, so that a tab that slept is right.
 */
const SECONDS = { 3: "Three", 5: "Five", 10: "Ten" };
const calm = matchMedia("(prefers-reduced-motion: reduce)");

const CONTROLS = `
  <form>
    <fieldset class="tool__choice">
      <legend>How many seconds?</legend>
      ${Object.keys(SECONDS)
        .map((n) => `<label><input type="radio" name="seconds" value="${n}"> ${n}</label>`)
        .join("\n")}
    </fieldset>
    <button class="tool__circle">
      <span class="tool__breath"></span>
      <span class="tool__count" aria-hidden="true"></span>
      <span class="tool__word">Start</span>
    </button>
    <p class="tool__said" role="status"></p>
  </form>`;

class PauseTimer extends HTMLElement {
  connectedCallback() {
    if (this.form) return;
    this.insertAdjacentHTML("beforeend", CONTROLS);
    this.form = this.querySelector("form");
    this.circle = this.querySelector(".tool__circle");
    this.form.elements.seconds.value = "3";
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.frame) this.end("Again", "Stopped. That counts too.");
      else this.begin(this.form.elements.seconds.value);
    });
  }

  begin(seconds) {
    this.length = seconds * 1000;
    this.until = performance.now() + this.length;
    this.say("Stop", `${SECONDS[seconds]} seconds. Breathe out.`);
    this.show();
  }

  /** Draw what is left of the pause, and look again at the next frame. */
  show() {
    const left = this.until - performance.now();
    if (left <= 0) return this.end("Again", "Done. Now choose what you say.");
    this.draw(calm.matches ? 1 : left / this.length, calm.matches ? Math.ceil(left / 1000) : "");
    this.frame = requestAnimationFrame(() => this.show());
  }

  end(word, sentence) {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.draw(0, "");
    this.say(word, sentence);
  }

  draw(full, number) {
    this.circle.style.setProperty("--full", full);
    this.querySelector(".tool__count").textContent = number;
  }

  say(word, sentence) {
    this.querySelector(".tool__word").textContent = word;
    this.querySelector(".tool__said").textContent = sentence;
  }
}

customElements.define("pause-timer", PauseTimer);
