/** Text of messages: line breaks stay, https addresses become links, mentions stand out. */

import { el } from "./dom.js";
import { safeLink } from "./deeplink.js";

const ADDRESS = /https:\/\/[^\s<>"'「」『』（）()、。，．]+/g;
const TRAILING = /[.,!?:;]+$/;
const SLOT = /\{\{|\}\}|\{([0-9A-Za-z_]{1,20})\}/g;

function link(address, seat) {
  const attributes = { href: address, target: "_blank", rel: "noopener noreferrer" };
  return el("a", { ...attributes, on: { click: (event) => seat.openLink(event, address) } }, address);
}

/** Text as nodes, with its https addresses as links. */
export function linked(text, seat) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = match[0].replace(TRAILING, "");
    if (!safeLink(address)) continue;
    nodes.push(text.slice(from, match.index), link(address, seat));
    from = match.index + address.length;
  }
  return [...nodes, text.slice(from)].filter((node) => node !== "");
}

function mention(name) {
  return el("span", { class: "mention" }, name);
}

function mentioned(message, seat) {
  const text = String(message.text ?? "");
  const marks = [...(message.mention?.mentionees ?? [])].sort((one, other) => one.index - other.index);
  const nodes = [];
  let from = 0;
  for (const { index, length } of marks) {
    if (!(index >= from && length > 0)) continue;
    nodes.push(...linked(text.slice(from, index), seat), mention(text.slice(index, index + length)));
    from = index + length;
  }
  return [...nodes, ...linked(text.slice(from), seat)];
}

function substitute({ type, mentionee }, seat) {
  if (type !== "mention") return "🙂"; // LINE's own emoji: its pictures belong to LINE
  if (mentionee?.type === "all") return mention("@All");
  return mention(`@${seat.store.nameOf(mentionee?.userId) || "?"}`);
}

function substituted(message, seat) {
  const text = String(message.text ?? "");
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(SLOT)) {
    const value = match[1] && message.substitution?.[match[1]];
    nodes.push(...linked(text.slice(from, match.index), seat));
    nodes.push(value ? substitute(value, seat) : match[1] ? match[0] : match[0][0]);
    from = match.index + match[0].length;
  }
  return [...nodes, ...linked(text.slice(from), seat)];
}

/** The nodes of a text or textV2 message. */
export function textNodes(message, seat) {
  return message.type === "textV2" ? substituted(message, seat) : mentioned(message, seat);
}
