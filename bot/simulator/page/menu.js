/** The ⋯ menu of a phone: what one does in LINE's own settings, and a link to this view. */

import { el, fill } from "./dom.js";
import { api } from "./api.js";
import { askLink, pickSticker } from "./dialogs.js";
import { lineChatOf } from "./deeplink.js";
import { word } from "./language.js";
import { pickPhoto, sendPlace } from "./photos.js";
import { tell } from "./notice.js";
import { PACKAGE } from "./stickers.js";

async function sendSticker(seat) {
  const stickerId = await pickSticker();
  if (stickerId) await seat.send({ type: "sticker", packageId: PACKAGE, stickerId });
}

async function unsendLast(seat) {
  const mine = seat.store.messages(seat.chat).filter((one) => one.from === seat.user && !one.unsent);
  if (mine.length === 0) return tell(word("nothingToUnsend"));
  return seat.run(() => api.unsend(mine.at(-1).id));
}

async function openLink(seat) {
  const link = await askLink();
  if (link === null) return;
  const chat = lineChatOf(link);
  if (chat) seat.openChat(chat.text);
  else tell(word("openLinkBad"));
}

async function copyView(seat) {
  try {
    await navigator.clipboard.writeText(new URL(seat.selection.address(), location.href).href);
    tell(word("copied"));
  } catch {
    tell(word("copyFailed"));
  }
}

function item(name, label, act, close) {
  const click = () => { close(); act(); };
  return el("button", { type: "button", class: "menu-item", data: { menu: name }, on: { click } }, label);
}

function languageItems(seat, close) {
  const { language, id } = seat.store.user(seat.user) ?? {};
  const choose = (code) => () => seat.run(() => api.language(id, code));
  const buttons = [["ja", "日本語"], ["en", "English"]].map(([code, name]) => {
    const node = item(`language-${code}`, name, choose(code), close);
    node.setAttribute("aria-pressed", String((language ?? "").startsWith(code)));
    node.lang = code;
    return node;
  });
  return el("div", { class: "menu-languages", role: "group" },
    el("span", {}, word("profileLanguage")), buttons);
}

function friendItem(seat, close) {
  const blocked = seat.store.user(seat.user)?.blocked;
  const name = blocked ? "unblock" : "block";
  return item(name, word(name), () => seat.run(() => api[name](seat.user)), close);
}

function botItem(seat, close) {
  const name = seat.store.group(seat.chat)?.bot_in ? "kick" : "invite";
  return item(name, word(name), () => seat.run(() => api[name](seat.chat)), close);
}

function items(seat, close) {
  const first = seat.kind === "group" ? botItem : friendItem;
  return [
    item("sticker", word("sticker"), () => sendSticker(seat), close),
    item("photo", word("photo"), () => pickPhoto(seat), close),
    item("place", word("sendPlace"), () => sendPlace(seat), close),
    item("unsend", word("unsend"), () => unsendLast(seat), close),
    item("open-link", word("openLink"), () => openLink(seat), close),
    item("copy-view", word("copyView"), () => copyView(seat), close),
    first(seat, close),
    seat.kind === "group" ? null : languageItems(seat, close),
  ].filter(Boolean);
}

function refill(list, seat, close) {
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.menu : null;
  fill(list, items(seat, close));
  if (focused) list.querySelector(`[data-menu="${focused}"]`)?.focus();
}

function closeByKeyboard(node, summary, close) {
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !node.open) return;
    close();
    summary.focus();
  });
  node.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !node.contains(event.relatedTarget)) close();
  });
}

/** The menu of one phone; its entries are made when it opens, so they fit the moment. */
export class PhoneMenu {
  constructor(seat) {
    this.summary = el("summary", { class: "menu-button" }, "⋯");
    const list = el("div", { class: "menu-list" });
    this.node = el("details", { class: "menu", data: { menuOf: seat.kind } }, this.summary, list);
    const close = () => { this.node.open = false; };
    this.refill = () => this.node.open && refill(list, seat, close);
    this.node.addEventListener("toggle", this.refill);
    closeByKeyboard(this.node, this.summary, close);
  }

  /** Say its words again, and its entries if they show. */
  redraw() {
    this.summary.setAttribute("aria-label", word("menu"));
    this.refill();
  }
}

/** Close any open menu when one presses elsewhere. */
export function closeMenusOutside() {
  document.addEventListener("pointerdown", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
}
