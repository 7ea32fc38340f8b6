/** Template messages: buttons, confirm, carousel and image carousel. */

import { el, note } from "./dom.js";
import { makePressable, pressable } from "./actions.js";
import { picture } from "./pictures.js";
import { word } from "./language.js";
import { colour } from "./flex_values.js";

function choices(actions, seat, style) {
  const buttons = (actions ?? []).map((action) =>
    pressable(action, seat, { class: "template-button", label: action.label }, action.label ?? ""));
  return el("div", { class: style }, buttons);
}

function photo(address, background) {
  if (!address) return null;
  const node = picture(address, "", "template-photo");
  if (colour(background)) node.style.backgroundColor = background;
  return node;
}

function head(column, seat) {
  const title = column.title ? el("strong", { class: "template-title" }, column.title) : null;
  const node = el("div", { class: "template-head" },
    photo(column.thumbnailImageUrl, column.imageBackgroundColor),
    el("div", { class: "template-words" }, title, el("p", {}, column.text ?? "")));
  return column.defaultAction ? makePressable(node, column.defaultAction, seat) : node;
}

function card(column, seat) {
  return el("div", { class: "template-card" }, head(column, seat), choices(column.actions, seat, "template-list"));
}

function confirm(template, seat) {
  const words = el("div", { class: "template-words" }, el("p", {}, template.text ?? ""));
  return el("div", { class: "template-card" }, words, choices(template.actions, seat, "template-pair"));
}

function sideways(nodes) {
  return el("div", { class: "flex-carousel", tabindex: 0, role: "group", "aria-label": word("cards") }, nodes);
}

function imageColumn({ imageUrl, action }, seat) {
  const node = el("div", { class: "template-image" }, photo(imageUrl),
    action?.label ? el("span", { class: "template-caption" }, action.label) : null);
  return makePressable(node, action, seat);
}

const DRAWERS = {
  buttons: card,
  confirm,
  carousel: ({ columns }, seat) => sideways((columns ?? []).map((column) => card(column, seat))),
  image_carousel: ({ columns }, seat) => sideways((columns ?? []).map((column) => imageColumn(column, seat))),
};

/** The card of a template message. */
export function drawTemplate({ template, altText }, seat) {
  const drawer = Object.hasOwn(DRAWERS, template?.type ?? "") ? DRAWERS[template.type] : null;
  return drawer ? drawer(template, seat) : note(altText || word("unknown", { type: "template" }));
}
