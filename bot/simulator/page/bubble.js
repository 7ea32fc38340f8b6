/** One message's bubble, whatever kind of message it is. */

import { el, note } from "./dom.js";
import { pictureSource } from "./deeplink.js";
import { drawFlex } from "./flex.js";
import { word } from "./language.js";
import { enlargeable } from "./photos.js";
import { picture } from "./pictures.js";
import { emojiOf } from "./stickers.js";
import { drawTemplate } from "./templates.js";
import { textNodes } from "./text.js";

function textBubble(message, seat) {
  return el("div", { class: "bubble" }, textNodes(message, seat));
}

function sticker(message) {
  const attributes = { role: "img", "aria-label": word("stickerName") };
  return el("div", { class: "sticker", ...attributes }, emojiOf(message.stickerId));
}

function ownPhoto(id) {
  const source = `/sim/content/${encodeURIComponent(id)}`;
  return enlargeable(el("img", { class: "photo", src: source, alt: word("image") }), source);
}

function image(message, seat, id) {
  if (message.contentProvider?.type === "line") return ownPhoto(id);
  const address = message.previewImageUrl ?? message.originalContentUrl;
  if (!address) return note(word("image"));
  const shown = picture(address, word("image"), "photo");
  const whole = pictureSource(message.originalContentUrl ?? address);
  return whole && shown.tagName === "IMG" ? enlargeable(shown, whole) : shown;
}

function mapLink({ latitude, longitude }) {
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return null;
  const href = `https://www.google.com/maps/search/?api=1&query=${latitude},${longitude}`;
  return el("a", { href, target: "_blank", rel: "noopener noreferrer" }, word("map"));
}

function place(message) {
  const pin = el("span", { class: "place-pin", "aria-hidden": "true" }, "📍");
  const words = el("div", {}, el("strong", {}, message.title || word("place")),
    el("p", {}, message.address ?? ""), mapLink(message));
  return el("div", { class: "bubble place" }, pin, words);
}

const DRAWERS = {
  text: textBubble,
  textV2: textBubble,
  flex: drawFlex,
  template: drawTemplate,
  sticker,
  image,
  location: place,
};

/** The node for a LINE message object; a grey note for what this page does not or cannot draw. */
export function drawMessage(message, seat, id) {
  const type = String(message?.type ?? "");
  const missing = () => note(String(message?.altText || word("unknown", { type })));
  if (!Object.hasOwn(DRAWERS, type)) return missing();
  try {
    return DRAWERS[type](message, seat, id);
  } catch (error) {
    console.warn(error); // this message is at fault, the chat goes on
    return missing();
  }
}
