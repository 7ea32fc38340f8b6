/** What the page knows: people, groups, messages by chat, and the hour. */

import { api } from "./api.js";

/** The page's memory; says "chats", "messages" and "clock" when it changes. */
export class Store extends EventTarget {
  constructor() {
    super();
    this.bot = { userId: "bot", displayName: "Tasuki" };
    this.users = [];
    this.groups = [];
    this.richMenus = [];
    this.faces = "";
    this.now = null;
    this.lastSeq = 0;
    this.byChat = new Map();
  }

  /** Load people, groups and the hour. */
  async loadChats() {
    const { bot, users = [], groups = [], richMenus = [], now } = await api.chats();
    const faces = users.map(({ id, name, avatar }) => [id, name, avatar]);
    const renamed = JSON.stringify(faces) !== this.faces;
    Object.assign(this, { bot: bot ?? this.bot, users, groups, richMenus, faces: JSON.stringify(faces) });
    this.setNow(now);
    this.tell("chats", { renamed });
  }

  /** Load a chat's messages; what the stream already brought is kept once. */
  async loadMessages(chat) {
    if (!chat) return;
    const { messages } = await api.messages(chat);
    this.take(chat, this.merged(chat, messages));
  }

  take(chat, messages) {
    this.byChat.set(chat, messages);
    // The stream begins where the first chat ends: what came while the others loaded is in it too.
    if (this.lastSeq === 0) this.lastSeq = messages.at(-1)?.seq ?? 0;
    this.tell("messages", { chat, whole: true });
  }

  merged(chat, fresh) {
    const ids = new Set(fresh.map((message) => message.id));
    const kept = (this.byChat.get(chat) ?? []).filter((message) => !ids.has(message.id));
    const newest = fresh.at(-1)?.seq ?? 0;
    return [...fresh, ...kept.filter((message) => message.seq > newest)];
  }

  /** Take one message from the stream: a new one, or a known one in a newer form. */
  accept(message) {
    this.lastSeq = Math.max(this.lastSeq, message.seq ?? 0);
    const list = this.byChat.get(message.chat);
    if (!list) return; // not open on any phone: it is loaded when it is
    const at = list.findIndex((known) => known.id === message.id);
    if (at >= 0) list[at] = message;
    else list.push(message);
    list.sort((one, other) => one.seq - other.seq);
    const between = at < 0 && list.at(-1) !== message;
    this.tell("messages", { chat: message.chat, whole: between, message, fresh: at < 0 });
  }

  /** Mark a message as taken back by its sender. */
  markUnsent(id) {
    for (const [chat, list] of this.byChat) {
      const message = list.find((known) => known.id === id);
      if (!message) continue;
      message.unsent = true;
      this.tell("messages", { chat, message });
    }
  }

  /** Load again every chat that a phone has opened. */
  async reload() {
    await Promise.all([...this.byChat.keys()].map((chat) => this.loadMessages(chat)));
  }

  /** Begin anew after the line was lost: the simulator may have started with an empty memory. */
  async restart() {
    this.now = null;
    await this.loadChats();
    this.lastSeq = 0;
    for (const chat of [...this.byChat.keys()]) {
      const { messages } = await api.messages(chat);
      this.take(chat, messages);
    }
  }

  /** Take the simulator's hour; it only goes forward, so an earlier one is old news. */
  setNow(now) {
    if (!now || (this.now && Date.parse(now) <= Date.parse(this.now))) return;
    this.now = now;
    this.tell("clock");
  }

  tell(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  messages(chat) {
    return this.byChat.get(chat) ?? [];
  }

  user(id) {
    return this.users.find((user) => user.id === id);
  }

  group(id) {
    return this.groups.find((group) => group.id === id);
  }

  /** The name to show for whoever wrote a message. */
  nameOf(from) {
    return from === "bot" ? this.bot.displayName : this.user(from)?.name ?? "";
  }
}
