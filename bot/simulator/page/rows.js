/** Rows of a chat: date separators, and a message with its name, picture and hour. */

import { avatarOf, botAvatar } from "./avatar.js";
import { drawMessage } from "./bubble.js";
import { el } from "./dom.js";
import { dayKey, dayOf, hourOf, word } from "./language.js";

const TOGETHER = 3 * 60 * 1000; // bubbles of one person within three minutes share one picture

/** The separator before a message, if it opens a new day. */
export function dayRow(message, before) {
  if (before && dayKey(before.at) === dayKey(message.at)) return null;
  return el("div", { class: "day" }, el("span", {}, dayOf(message.at)));
}

function continues(message, before) {
  if (!before || before.from !== message.from || before.unsent) return false;
  const apart = Date.parse(message.at) - Date.parse(before.at);
  return apart < TOGETHER && dayKey(before.at) === dayKey(message.at);
}

function identity(message) {
  const { id, seq, from, unsent } = message;
  return { messageId: id, seq, from, type: message.message?.type ?? "", unsent: unsent ? "true" : null };
}

function goneRow(message, seat) {
  const mine = message.from === seat.user;
  const name = seat.store.nameOf(message.from);
  const said = word(mine ? "unsentMine" : "unsentTheirs", { name });
  return el("div", { class: "gone", data: identity(message) }, el("span", {}, said));
}

function meta(message, mine) {
  const lines = [];
  if (message.edited) lines.push(el("span", { class: "meta-edited" }, word("edited")));
  if (mine && message.read) lines.push(el("span", {}, word("read")));
  lines.push(el("time", { datetime: message.at }, hourOf(message.at)));
  return el("div", { class: "meta" }, lines);
}

function face(message, seat) {
  if (message.from === "bot") return botAvatar();
  return avatarOf(seat.store.user(message.from) ?? { id: message.from, name: "?" });
}

function theirs(message, seat, joined, body) {
  const name = message.message?.sender?.name ?? seat.store.nameOf(message.from);
  const label = el("div", { class: joined ? "name for-readers" : "name" }, name);
  return el("div", { class: `row theirs${joined ? " joined" : ""}`, data: identity(message) },
    joined ? el("span", { class: "avatar-room" }) : face(message, seat),
    el("div", { class: "stack" }, label, el("div", { class: "line" }, body, meta(message, false))));
}

/** The row of one message as the holder of the phone sees it. */
export function messageRow(message, before, seat) {
  if (message.unsent) return goneRow(message, seat);
  const joined = continues(message, before);
  const body = drawMessage(message.message, seat, message.id);
  if (message.from !== seat.user) return theirs(message, seat, joined, body);
  return el("div", { class: `row mine${joined ? " joined" : ""}`, data: identity(message) },
    el("div", { class: "line" }, meta(message, true), body));
}
