/** Tabs for narrow screens: one phone at a time, with a dot where something new came. */

import { el, fill } from "./dom.js";
import { word } from "./language.js";

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

/** The tabs above the phones; on wide screens the style sheet hides them. */
export class Tabs {
  constructor(root, kinds) {
    Object.assign(this, { root, kinds, shown: kinds[0], fresh: new Set() });
    root.addEventListener("keydown", (event) => this.key(event));
  }

  /** Draw the tabs and say which phone is in front. */
  redraw() {
    fill(this.root, this.kinds.map((kind) => this.tab(kind)));
    document.body.dataset.front = this.shown;
  }

  tab(kind) {
    const front = kind === this.shown;
    const attributes = { type: "button", role: "tab", "aria-selected": String(front),
      "aria-controls": `phone-${kind}`, tabindex: front ? 0 : -1 };
    const dot = this.fresh.has(kind)
      ? el("span", { class: "dot", role: "img", "aria-label": word("unread") }) : null;
    const on = { click: () => this.show(kind) };
    return el("button", { ...attributes, class: "tab", data: { tab: kind }, on }, word(kind), dot);
  }

  /** Bring a phone to the front. */
  show(kind) {
    this.shown = kind;
    this.fresh.delete(kind);
    this.redraw();
  }

  /** Put a dot on a phone that is not in front. */
  arrived(kind) {
    if (kind === this.shown || this.fresh.has(kind)) return;
    this.fresh.add(kind);
    this.redraw();
  }

  key(event) {
    const step = STEPS[event.key];
    if (!step) return;
    const at = this.kinds.indexOf(this.shown) + step + this.kinds.length;
    this.show(this.kinds[at % this.kinds.length]);
    this.root.querySelector("[aria-selected=true]").focus();
  }
}
