/** A seat: who holds a phone, in which chat, and all that person can do there. */

import { api } from "./api.js";
import { lineChatOf } from "./deeplink.js";
import { word } from "./language.js";
import { tell, tellFailure } from "./notice.js";

/** One phone's point of view; the phone sets `composer` and `richMenu` when it is built. */
export class Seat {
  constructor(kind, store, selection) {
    Object.assign(this, { kind, store, selection, composer: null, richMenu: null, openMember: null });
  }

  /** The chat on this phone: a group, or the person's own talk with the bot. */
  get chat() {
    const { group, [this.kind]: own } = this.selection.current();
    return (this.kind === "group" ? group : own) ?? null;
  }

  /** Who holds this phone. */
  get user() {
    const { as, [this.kind]: own } = this.selection.current();
    return (this.kind === "group" ? as : own) ?? null;
  }

  /** Do something at the simulator; a failure becomes a sentence. Says whether it went well. */
  async run(act) {
    try {
      const { ok, status } = await act();
      if (ok === false) tell(status ? word("botSilent", { status }) : word("botAway"));
      return true;
    } catch (error) {
      tellFailure(error);
      return false;
    }
  }

  say(text) {
    return this.run(() => api.say(this.chat, this.user, text));
  }

  tap(press) {
    return this.run(() => api.tap(this.chat, this.user, press));
  }

  /** Tap a tab of the rich menu: LINE shows the other menu and tells the bot. */
  switchMenu({ richMenuAliasId: alias, data }) {
    return this.run(() => api.switchMenu(this.user, alias, data));
  }

  send(message) {
    return this.run(() => api.send(this.chat, this.user, message));
  }

  draft(text) {
    this.composer?.draft(text);
  }

  /** Follow a link: one to a LINE chat opens on the phone, any other in a new tab. */
  openLink(event, address) {
    const chat = lineChatOf(address);
    if (chat) {
      event?.preventDefault();
      this.openChat(chat.text);
    } else if (!event) {
      window.open(address, "_blank", "noopener,noreferrer");
    }
  }

  /** Open this person's own talk with the bot, with text ready to send. */
  openChat(text) {
    if (this.kind !== "group") return this.draft(text);
    return this.openMember(this.user, text);
  }
}
