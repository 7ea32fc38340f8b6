/** The list of a chat's messages: grows at the foot and stays there unless one reads above. */

import { el, fill } from "./dom.js";
import { word } from "./language.js";
import { dayRow, messageRow } from "./rows.js";

const NEAR = 120; // pixels from the foot that still count as being there

/** The scrolling list of one phone. */
export class MessageList {
  constructor(seat) {
    this.seat = seat;
    this.log = el("div", { class: "log", role: "log", "aria-live": "polite", tabindex: 0 });
    const jump = () => this.toFoot();
    this.below = el("button", { class: "below", type: "button", hidden: true, on: { click: jump } });
    this.node = el("div", { class: "log-frame" }, this.log, this.below);
    this.log.addEventListener("scroll", () => { if (this.atFoot()) this.below.hidden = true; });
    // Pictures grow after they load: a list that stood at its foot stays there.
    this.log.addEventListener("load", () => this.stuck && this.toFoot(), true);
    new ResizeObserver(() => this.stuck && this.toFoot()).observe(this.log);
    this.log.addEventListener("scroll", () => { this.stuck = this.atFoot(); });
    this.stuck = true;
  }

  /** Draw the whole chat again. */
  redraw() {
    this.log.setAttribute("aria-label", word("messages"));
    this.below.textContent = `${word("newBelow")} ↓`;
    this.log.setAttribute("aria-busy", "true"); // the history is not read out, what follows is
    const messages = this.seat.store.messages(this.seat.chat);
    const rows = messages.flatMap((message, index) => this.rows(message, messages[index - 1]));
    fill(this.log, rows.length ? rows : el("p", { class: "empty" }, word(this.seat.kind === "group" ? "empty" : "emptyDirect")));
    this.log.removeAttribute("aria-busy");
    if (this.stuck) this.toFoot();
  }

  /** Show a message: a new one at the foot, a known one in its place. */
  show(message) {
    const messages = this.seat.store.messages(this.seat.chat);
    const known = this.log.querySelector(`[data-message-id="${CSS.escape(message.id)}"]`);
    if (known) known.replaceWith(messageRow(message, messages[messages.indexOf(message) - 1], this.seat));
    else this.append(message, messages);
  }

  append(message, messages) {
    const follow = this.stuck || message.from === this.seat.user;
    this.log.querySelector(".empty")?.remove();
    this.log.append(...this.rows(message, messages.at(-2)).filter(Boolean));
    if (follow) this.toFoot();
    else this.below.hidden = false;
  }

  rows(message, before) {
    return [dayRow(message, before), messageRow(message, before, this.seat)];
  }

  atFoot() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR;
  }

  toFoot() {
    this.stuck = true;
    this.below.hidden = true;
    this.log.scrollTop = this.log.scrollHeight;
  }
}
