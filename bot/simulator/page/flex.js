/** Flex messages: a bubble, or a carousel of bubbles, as nodes. */

import { el, note } from "./dom.js";
import { makePressable } from "./actions.js";
import { word } from "./language.js";
import { drawBox } from "./flex_box.js";
import { drawButton, drawFiller, drawIcon, drawImage, drawSeparator, drawText } from "./flex_parts.js";
import { BUBBLE, colour } from "./flex_values.js";

const DEEPEST = 24; // far past anything LINE accepts; stops a box that contains itself a thousandfold
const BLOCKS = ["header", "hero", "body", "footer"];

const PARTS = {
  text: drawText,
  image: drawImage,
  icon: drawIcon,
  separator: drawSeparator,
  filler: drawFiller,
  spacer: drawFiller,
};

function drawerFor(seat, depth) {
  const draw = (component) => {
    const type = component?.type;
    if (type === "button") return drawButton(component, seat);
    const deeper = type === "box" && depth < DEEPEST;
    const part = deeper ? () => drawBox(component, drawerFor(seat, depth + 1)) : PARTS[type];
    if (!part) return note(word("unknown", { type: String(type) }));
    const node = part(component);
    return component.action ? makePressable(node, component.action, seat) : node;
  };
  return draw;
}

function drawHero(hero, seat) {
  if (hero.type !== "video") return drawerFor(seat, 0)(hero);
  return hero.altContent ? drawerFor(seat, 0)(hero.altContent) : note(word("unknown", { type: "video" }));
}

function drawBlock(name, bubble, seat) {
  const style = bubble.styles?.[name] ?? {};
  const inner = name === "hero" ? drawHero(bubble.hero, seat) : drawerFor(seat, 0)(bubble[name]);
  const line = style.separator ? el("div", { class: "flex-separator" }) : null;
  if (line && colour(style.separatorColor)) line.style.backgroundColor = style.separatorColor;
  const node = el("div", { class: `flex-${name}` }, line, inner);
  if (colour(style.backgroundColor)) node.style.backgroundColor = style.backgroundColor;
  if (name === "body" && bubble.footer) node.classList.add("above-footer");
  return node;
}

function drawBubble(bubble, seat) {
  const node = el("div", { class: "flex-bubble", dir: bubble.direction === "rtl" ? "rtl" : "ltr" });
  node.style.width = `${BUBBLE[bubble.size] ?? BUBBLE.mega}px`;
  node.append(...BLOCKS.filter((name) => bubble[name]).map((name) => drawBlock(name, bubble, seat)));
  return bubble.action ? makePressable(node, bubble.action, seat) : node;
}

function drawCarousel(carousel, seat) {
  const bubbles = (carousel.contents ?? []).map((bubble) => drawBubble(bubble, seat));
  return el("div", { class: "flex-carousel", tabindex: 0, role: "group", "aria-label": word("cards") }, bubbles);
}

/** The card of a Flex message. */
export function drawFlex({ contents }, seat) {
  return contents.type === "carousel" ? drawCarousel(contents, seat) : drawBubble(contents, seat);
}
