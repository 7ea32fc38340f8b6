/** The bill: what LINE would have counted, by month and class, against the plan. */

import { api } from "./api.js";
import { el, fill } from "./dom.js";
import { amount, monthOf, word } from "./language.js";

const LOOK_EVERY = 2000;

function row(tag, cells, data = {}) {
  return el("tr", { data }, cells.map((cell, place) => el(place ? tag : "th", place ? {} : { scope: "row" }, cell)));
}

function classRow({ name, group, people }) {
  const cells = [name || word("bill_others"), amount(group), amount(people), amount(group + people)];
  return row("td", cells, { billClass: name });
}

function priced(key, count, plan) {
  return word(key, { count: amount(count), plan: amount(plan.messages), yen: amount(plan.yen) });
}

/** The button in the top bar and the panel that it opens. */
export class BillPanel {
  constructor(root) {
    Object.assign(this, { bill: null, timer: 0 });
    this.summary = el("summary", { class: "quiet bill-button", data: { bill: "" } });
    this.body = el("div", { class: "bill-panel", role: "group" });
    this.node = el("details", { class: "menu bill-menu" }, this.summary, this.body);
    this.node.addEventListener("toggle", () => this.toggled());
    this.node.addEventListener("keydown", (event) => this.key(event));
    root.append(this.node);
  }

  /** Say everything again in the page's language. */
  redraw() {
    fill(this.summary, "¥ ", el("span", { class: "bill-word" }, word("bill")));
    this.summary.setAttribute("aria-label", word("bill"));
    this.body.setAttribute("aria-label", word("bill"));
    const months = this.bill?.months ?? [];
    fill(this.body, el("p", { class: "bill-intro" }, word("bill_intro")),
      months.length ? months.map((month) => this.month(month)) : el("p", { class: "bill-none" }, word("bill_none")));
  }

  month(one) {
    const { limit } = this.bill;
    const used = limit === null ? word("bill_used_of_all", { count: amount(one.counted) })
      : word("bill_used", { count: amount(one.counted), limit: amount(limit) });
    return el("section", { class: "bill-month", data: { billMonth: one.month, billCounted: one.counted } },
      el("h2", {}, monthOf(one.month)), el("p", { class: "bill-used" }, used),
      limit ? el("meter", { min: 0, max: limit, value: one.counted, high: limit * 0.9, "aria-label": used }) : null,
      this.table(one),
      el("p", {}, priced("bill_plan", one.counted, one.plan)),
      el("p", {}, word("bill_replies", { count: amount(one.replies) })),
      el("p", {}, priced("bill_naive", one.naive, one.naive_plan)));
  }

  table({ classes }) {
    const heads = ["bill_class", "bill_group", "bill_people", "bill_all"].map((key) => el("th", { scope: "col" }, word(key)));
    return el("table", {}, el("thead", {}, el("tr", {}, heads)), el("tbody", {}, classes.map(classRow)));
  }

  async look() {
    const bill = await api.bill();
    const changed = JSON.stringify(bill) !== JSON.stringify(this.bill);
    this.bill = bill;
    if (changed) this.redraw();
  }

  toggled() {
    clearInterval(this.timer);
    const look = () => this.look().catch(() => {}); // the page says by itself that the line is lost
    if (!this.node.open) return;
    look();
    this.timer = setInterval(look, LOOK_EVERY);
  }

  key(event) {
    if (event.key !== "Escape" || !this.node.open) return;
    this.node.open = false;
    this.summary.focus();
  }
}
