/** Avatars: one or two letters or an emoji on a colour. */

import { el } from "./dom.js";
import { colour } from "./flex_values.js";

const COLOURS = ["#8a5a44", "#4f6d7a", "#6b705c", "#7d5a7c", "#4a7c59", "#a4684a", "#5a6ea0", "#94624e"];

function colourFor(id) {
  const sum = [...(id ?? "")].reduce((total, letter) => total + letter.codePointAt(0), 0);
  return COLOURS[sum % COLOURS.length];
}

function lettersOf(person) {
  const { avatar } = person;
  if (typeof avatar === "string") return avatar;
  return avatar?.text || [...(person.name || "?")][0];
}

/** The round picture of a person. */
export function avatarOf(person) {
  const node = el("span", { class: "avatar", "aria-hidden": "true" }, lettersOf(person));
  node.style.backgroundColor = colour(person.avatar?.colour) ?? colourFor(person.id);
  return node;
}

/** The bot's own picture. */
export function botAvatar() {
  return el("img", { class: "avatar", src: "/page/mark.svg", alt: "" });
}
