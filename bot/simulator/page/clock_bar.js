/** The time machine: what hour it is in the school, and the buttons that move it. */

import { api, Refused } from "./api.js";
import { el, fill } from "./dom.js";
import { dayOf, fieldOf, hourOf, instantOf, word, yearOf } from "./language.js";
import { tell, tellFailure } from "./notice.js";

const HOUR = 3600;
const DAY = 24 * HOUR;

/** The clock in the top bar. */
export class ClockBar {
  constructor(store, root) {
    this.store = store;
    this.root = root;
    this.busy = false;
    this.more = false;
    store.addEventListener("clock", () => this.drawNow());
  }

  /** Draw the whole bar in the page's language. */
  redraw() {
    this.root.setAttribute("aria-label", word("clock"));
    this.now = el("time", { class: "now", data: { now: "" } });
    this.field = this.makeField();
    fill(this.root, this.now, this.jumps(), this.goTo());
    this.drawNow();
  }

  jumps() {
    return el("div", { class: "jumps" },
      this.button("nextEvent", { timeNext: "" }, { next: true }, "strong"),
      this.button("hour", { timeHour: "" }, { advance: HOUR }),
      this.button("day", { timeDay: "" }, { advance: DAY }),
      this.moreButton());
  }

  button(key, data, jump, style = "quiet") {
    const click = () => this.travel(jump);
    return el("button", { type: "button", class: style, data, on: { click } }, word(key));
  }

  makeField() {
    const attributes = { type: "datetime-local", "aria-label": word("goToLabel") };
    return el("input", { ...attributes, data: { timeInput: "" } });
  }

  moreButton() {
    const click = () => {
      this.more = !this.more;
      this.redraw();
      this.root.querySelector("[data-time-more]").focus();
    };
    const attributes = { type: "button", "aria-expanded": String(this.more) };
    const properties = { class: "quiet more", ...attributes, data: { timeMore: "" }, on: { click } };
    return el("button", properties, word("moreTime"));
  }

  goTo() {
    const submit = (event) => {
      event.preventDefault();
      if (this.field.value) this.goBy(instantOf(this.field.value));
    };
    const go = el("button", { type: "submit", class: "quiet", data: { timeGo: "" } }, word("goTo"));
    return el("form", { class: `go-to${this.more ? " open" : ""}`, on: { submit } }, this.field, go);
  }

  drawNow() {
    const { now } = this.store;
    if (!now || !this.now) return;
    this.now.dateTime = now;
    this.now.dataset.now = now;
    fill(this.now, el("span", { class: "now-year" }, yearOf(now)),
      el("span", { class: "now-day" }, dayOf(now)), el("span", { class: "now-hour" }, hourOf(now)));
    if (document.activeElement !== this.field) this.field.value = fieldOf(now);
  }

  goBy(instant) {
    if (Date.parse(instant) < Date.parse(this.store.now)) tell(word("onlyForward"));
    else this.travel({ now: instant });
  }

  /** Move the clock; the page shows that it is busy until the bot has done what was due. */
  async travel(jump) {
    if (this.busy) return;
    this.mark(true);
    try {
      const { now } = await api.travel(jump);
      this.store.setNow(now);
    } catch (error) {
      // The one refusal "next" knows: nothing is planned any more.
      if (jump.next && error instanceof Refused) tell(word("nothingNext"));
      else tellFailure(error);
    } finally {
      this.mark(false);
    }
  }

  mark(busy) {
    this.busy = busy;
    if (busy) document.body.dataset.busy = "true";
    else delete document.body.dataset.busy;
    // Not `disabled`: a disabled button would drop the keyboard's place on the page.
    for (const node of this.root.querySelectorAll("button")) node.ariaDisabled = String(busy);
    this.root.ariaBusy = String(busy);
  }
}
