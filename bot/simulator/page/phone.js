/** A phone: a chooser above, a header, the messages, a banner when needed, and the composer. */

import { api } from "./api.js";
import { avatarOf, botAvatar } from "./avatar.js";
import { groupChoosers, personChooser } from "./chooser.js";
import { Composer } from "./composer.js";
import { el, fill } from "./dom.js";
import { word } from "./language.js";
import { PhoneMenu } from "./menu.js";
import { MessageList } from "./message_list.js";
import { RichMenu } from "./richmenu.js";
import { Seat } from "./seat.js";

/** One of the three phones; kind is "member", "coach" or "group". */
export class Phone {
  constructor(kind, store, selection) {
    this.kind = kind;
    this.seat = new Seat(kind, store, selection);
    this.list = new MessageList(this.seat);
    this.composer = new Composer(this.seat);
    this.seat.composer = this.composer;
    this.richMenu = new RichMenu(this.seat);
    this.seat.richMenu = this.richMenu;
    this.chooser = el("div", { class: "phone-chooser" });
    this.menu = new PhoneMenu(this.seat);
    this.name = el("div", { class: "phone-title" });
    this.head = el("header", { class: "phone-head" }, this.name, this.menu.node);
    this.banner = el("div", { class: "banner", hidden: true });
    const screen = el("div", { class: "screen" }, this.head, this.list.node, this.banner, this.composer.node,
      this.richMenu.node);
    this.node = el("section", { class: "phone", id: `phone-${kind}`, data: { phone: kind } }, this.chooser, screen);
  }

  /** Draw everything again: another person, another language. */
  redraw() {
    this.drawFrame();
    this.drawMessages();
  }

  /** Draw what stands around the messages, and these too if the phone changed hands. */
  refresh(renamed) {
    const moved = this.drawFrame();
    if (moved || renamed) this.drawMessages();
  }

  drawFrame() {
    const { seat, kind } = this;
    const before = this.shown;
    this.shown = `${seat.chat} ${seat.user}`;
    const moved = before !== this.shown;
    if (moved) this.list.stuck = true;
    this.node.setAttribute("aria-label", word(`${kind}Phone`));
    this.drawChooser();
    fill(this.name, this.title());
    this.menu.redraw();
    this.composer.redraw();
    this.richMenu.redraw();
    this.drawBanner();
    return moved;
  }

  /** Take a change in a chat: one more message at the foot, or a redrawn list. */
  changed({ chat, whole, message }) {
    if (chat !== this.seat.chat) return;
    if (whole) return this.drawMessages();
    this.list.show(message);
    return this.offerReplies();
  }

  drawMessages() {
    this.list.redraw();
    this.offerReplies();
  }

  offerReplies() {
    this.composer.offer(this.seat.store.messages(this.seat.chat).at(-1));
  }

  drawChooser() {
    const focused = this.chooser.contains(document.activeElement)
      ? document.activeElement.dataset.choose : null;
    const { kind, seat: { selection } } = this;
    const selects = kind === "group" ? groupChoosers(selection) : [personChooser(kind, selection)];
    fill(this.chooser, el("h2", {}, word(kind)), selects);
    if (focused) this.chooser.querySelector(`[data-choose="${focused}"]`)?.focus();
  }

  title() {
    const { store, chat } = this.seat;
    if (this.kind !== "group") {
      return [botAvatar(), el("strong", {}, store.bot.displayName)];
    }
    const { id, name, members = [], bot_in: inside } = store.group(chat) ?? { name: word("noGroups") };
    const count = members.length + (inside ? 1 : 0);
    return [avatarOf({ id, name, avatar: { text: "👟", colour: "#e9dccb" } }),
      el("strong", {}, name), el("span", { class: "count" }, word("members", { count }))];
  }

  drawBanner() {
    const need = this.need();
    this.banner.hidden = !need;
    this.composer.enable(!need?.closes && Boolean(this.seat.user));
    if (!need) return;
    const { text, label, act, data } = need;
    const press = { click: () => this.seat.run(act) };
    const button = label && el("button", { type: "button", class: "strong", data, on: press }, label);
    fill(this.banner, el("p", {}, text), button);
  }

  /** What stands between this person and the bot, and the button that mends it. */
  need() {
    const { chat, user, store } = this.seat;
    if (!chat || !user) return { text: word(this.kind === "group" ? "noGroups" : "nobody"), closes: true };
    if (this.kind === "group") {
      if (store.group(chat)?.bot_in) return null;
      return { text: word("inviteNote"), label: word("invite"), data: { invite: "" }, act: () => api.invite(chat) };
    }
    const person = store.user(user);
    const add = { act: () => api.unblock(user) };
    if (person?.blocked) return { ...add, closes: true, text: word("blockedNote"), label: word("unblock"), data: { unblock: "" } };
    if (person?.friend === false) return { ...add, text: word("followNote"), label: word("follow"), data: { follow: "" } };
    return null;
  }
}
