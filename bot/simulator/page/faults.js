/** The fault switches: order LINE to answer wrongly, late or not at all, and watch the bot cope. */

import { api } from "./api.js";
import { el, fill } from "./dom.js";
import { FAULTS } from "./faults_list.js";
import { word } from "./language.js";
import { tellFailure } from "./notice.js";

const CALLS = ["", "reply", "push", "multicast", "profile", "richmenu"];
const TIMES = ["1", "3", "10", ""];
const LOOK_EVERY = 2000;

function options(values, wordOf, chosen) {
  return values.map((value) => el("option", { value, selected: value === chosen }, wordOf(value)));
}

function chooser(name, values, wordOf, chosen, change) {
  const on = { change: (event) => change(event.target.value) };
  const select = el("select", { class: "chooser", data: { faultChoose: name }, on }, options(values, wordOf, chosen));
  return el("label", { class: "fault-choice" }, el("span", {}, word(`fault_${name}`)), select);
}

/** The button in the top bar and the panel that it opens. */
export class FaultPanel {
  constructor(root) {
    Object.assign(this, { root, path: "", times: "1", standing: [], timer: 0 });
    this.summary = el("summary", { class: "quiet faults-button", data: { faults: "" } });
    this.body = el("div", { class: "faults-panel", role: "group" });
    this.node = el("details", { class: "menu faults-menu" }, this.summary, this.body);
    this.node.addEventListener("toggle", () => this.toggled());
    this.node.addEventListener("keydown", (event) => this.key(event));
    root.append(this.node);
  }

  /** Say everything again in the page's language. */
  redraw() {
    const count = this.standing.length;
    fill(this.summary, "⚡ ", el("span", { class: "faults-word" }, word("faults")),
      count ? el("span", { class: "faults-count" }, String(count)) : null);
    this.summary.setAttribute("aria-label", word("faults") + (count ? ` (${count})` : ""));
    this.body.setAttribute("aria-label", word("faults"));
    const focused = this.body.contains(document.activeElement) ? document.activeElement.dataset : null;
    fill(this.body, el("p", { class: "faults-intro" }, word("faults_intro")), this.choices(), this.list(), this.orders());
    if (focused?.fault) this.body.querySelector(`[data-fault="${focused.fault}"]`)?.focus();
    if (focused?.faultChoose) this.body.querySelector(`[data-fault-choose="${focused.faultChoose}"]`)?.focus();
  }

  choices() {
    return el("div", { class: "fault-choices" },
      chooser("path", CALLS, (value) => word(`fault_path_${value || "all"}`), this.path, (value) => { this.path = value; }),
      chooser("times", TIMES, (value) => (value ? word("fault_times_n", { count: value }) : word("fault_times_always")), this.times, (value) => { this.times = value; }));
  }

  list() {
    return el("div", { class: "fault-list" }, FAULTS.map(({ name, wish }) => el("button",
      { type: "button", class: "fault", data: { fault: name }, on: { click: () => this.order(name, wish) } },
      el("strong", {}, word(`fault_${name}`)), el("span", {}, word(`fault_${name}_means`)))));
  }

  orders() {
    if (this.standing.length === 0) return el("p", { class: "faults-none" }, word("faults_none"));
    const lines = this.standing.map((one) => el("li", { data: { faultOrder: one.label ?? "" } }, this.said(one)));
    const clear = { click: () => this.run(api.clearFaults) };
    return el("div", { class: "fault-orders" }, el("ul", {}, lines),
      el("button", { type: "button", class: "strong", data: { faultsClear: "" }, on: clear }, word("faults_clear")));
  }

  said({ label, name, path, times }) {
    const what = FAULTS.some((one) => one.name === label) ? word(`fault_${label}`) : name;
    const where = CALLS.includes(path ?? "") ? word(`fault_path_${path || "all"}`) : path;
    return word(times ? "fault_order" : "fault_order_always", { what, where, count: times });
  }

  order(name, wish) {
    const path = this.path ? { path: this.path } : {};
    const times = this.times ? Number(this.times) : null;
    return this.run(() => api.orderFault({ ...wish, ...path, times, label: name }));
  }

  async run(act) {
    try {
      await act();
      await this.look();
    } catch (error) {
      tellFailure(error);
    }
  }

  async look() {
    const { faults } = await api.faults();
    const changed = JSON.stringify(faults) !== JSON.stringify(this.standing);
    this.standing = faults;
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
