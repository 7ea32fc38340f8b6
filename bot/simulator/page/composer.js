/** The foot of a phone: quick replies, the field to write in, and the send button. */

import { el, fill } from "./dom.js";
import { pressable } from "./actions.js";
import { pictureSource } from "./deeplink.js";
import { word } from "./language.js";
import { pickPhoto } from "./photos.js";

function chip(item, seat) {
  const action = item?.action;
  const source = item?.imageUrl ? pictureSource(item.imageUrl) : null;
  const icon = source ? el("img", { src: source, alt: "", class: "chip-icon" }) : null;
  const data = { quickReply: action?.label ?? "" };
  return pressable(action, seat, { class: "chip", data, label: action?.label }, icon, action?.label ?? "");
}

/** Quick replies and the composer of one phone. */
export class Composer {
  constructor(seat) {
    this.seat = seat;
    this.chips = el("div", { class: "chips", role: "group", hidden: true });
    this.field = this.makeField();
    this.sendButton = el("button", { type: "submit", class: "send", data: { send: "" } }, "➤");
    this.mention = this.makeMention();
    const attach = { click: () => pickPhoto(seat) };
    this.photo = el("button", { type: "button", class: "mention-button", data: { photo: "" }, on: attach }, "＋");
    this.form = el("form", { class: "composer", on: { submit: (event) => this.submit(event) } },
      this.mention, this.photo, this.field, this.sendButton);
    this.node = el("div", { class: "foot" }, this.chips, this.form);
  }

  makeField() {
    const attributes = { rows: 1, maxlength: 5000, autocomplete: "off", enterkeyhint: "send" };
    const on = { keydown: (event) => this.key(event), input: () => this.grow() };
    return el("textarea", { class: "field", data: { composer: "" }, ...attributes, on });
  }

  makeMention() {
    const click = () => this.draft(`@${this.seat.store.bot.displayName} `);
    const attributes = { type: "button", class: "mention-button", hidden: this.seat.kind !== "group" };
    return el("button", { ...attributes, data: { mention: "" }, on: { click } }, "@");
  }

  /** Say the words again in the page's language. */
  redraw() {
    this.field.placeholder = word("placeholder");
    this.field.setAttribute("aria-label", word("placeholder"));
    this.sendButton.setAttribute("aria-label", word("send"));
    this.mention.setAttribute("aria-label", word("mention", { name: this.seat.store.bot.displayName }));
    this.photo.setAttribute("aria-label", word("photo"));
    this.photo.title = word("photo");
    this.chips.setAttribute("aria-label", word("quickReplies"));
  }

  /** Show the quick replies of the chat's last message, and only those. */
  offer(message) {
    const offered = message?.unsent ? [] : message?.message?.quickReply?.items;
    const items = Array.isArray(offered) ? offered : [];
    const focused = this.chips.querySelector(":focus-visible");
    fill(this.chips, items.map((item) => chip(item, this.seat)));
    this.chips.hidden = items.length === 0;
    if (focused) this.field.focus(); // the pressed chip is gone; the keyboard's place is not
  }

  /** Put text into the field and the cursor behind it. */
  draft(text) {
    this.field.value = text;
    this.grow();
    this.field.focus();
  }

  /** Whether one can write at all. */
  enable(possible) {
    for (const node of [this.field, this.sendButton, this.mention, this.photo]) node.disabled = !possible;
  }

  key(event) {
    // 229 is what some browsers send while Japanese is still being composed.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  async submit(event) {
    event.preventDefault();
    const text = this.field.value;
    if (!text.trim()) return;
    this.draft("");
    const said = await this.seat.say(text);
    if (!said && !this.field.value) this.draft(text); // nothing typed is lost
  }

  grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight + 2, 120)}px`;
  }
}
