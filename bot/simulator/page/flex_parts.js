/** The parts of a Flex box: text, span, button, image, icon, separator, filler. */

import { el } from "./dom.js";
import { pressable } from "./actions.js";
import { picture } from "./pictures.js";
import { colour, imageSize, oneOf, ratio, space, textSize, whole } from "./flex_values.js";

const ALIGN = { start: "left", center: "center", end: "right" };
const BUTTON_STYLES = ["primary", "secondary", "link"];
const DECORATIONS = ["underline", "line-through"];

function letters(node, component) {
  const size = textSize(component.size);
  if (size) node.style.fontSize = size;
  if (colour(component.color)) node.style.color = component.color;
  if (component.weight === "bold") node.style.fontWeight = "700";
  if (component.style === "italic") node.style.fontStyle = "italic";
  const decoration = oneOf(component.decoration, DECORATIONS);
  if (decoration) node.style.textDecoration = decoration;
  return node;
}

function span(component) {
  return letters(el("span", {}, component.text ?? ""), component);
}

function clamp(node, lines) {
  node.classList.add("flex-clamped");
  node.style.webkitLineClamp = String(lines);
}

/** A text with its spans; one line unless it wraps. */
export function drawText(component) {
  const spans = (component.contents ?? []).filter((part) => part?.type === "span");
  const node = el("div", { class: "flex-text" }, spans.length ? spans.map(span) : component.text ?? "");
  letters(node, component);
  if (!textSize(component.size)) node.style.fontSize = textSize("md");
  if (component.wrap === true) node.classList.add("flex-wrap");
  if (component.wrap === true && whole(component.maxLines)) clamp(node, component.maxLines);
  const lead = space(component.lineSpacing);
  if (lead) node.style.lineHeight = `calc(1.4em + ${lead})`;
  node.style.textAlign = ALIGN[component.align] ?? "left";
  return node;
}

function tint(node, style, value) {
  if (!colour(value)) return;
  node.style[style === "link" ? "color" : "backgroundColor"] = value;
}

/** A button of one of the three styles. */
export function drawButton(component, seat) {
  const style = oneOf(component.style, BUTTON_STYLES) ?? "link";
  const height = component.height === "sm" ? "flex-button-sm" : "flex-button-md";
  const label = component.action?.label ?? "";
  const node = pressable(component.action, seat, { class: `flex-button ${style} ${height}`, label }, label);
  tint(node, style, component.color);
  return node;
}

/** An image in its aspect ratio. */
export function drawImage(component) {
  const node = picture(component.url, "", "flex-image");
  node.style.width = imageSize(component.size) ?? imageSize("md");
  node.style.aspectRatio = ratio(component.aspectRatio);
  node.style.objectFit = component.aspectMode === "cover" ? "cover" : "contain";
  node.style.alignSelf = { start: "flex-start", end: "flex-end" }[component.align] ?? "center";
  if (colour(component.backgroundColor)) node.style.backgroundColor = component.backgroundColor;
  return node;
}

/** An icon as high as the letters beside it. */
export function drawIcon(component) {
  const node = picture(component.url, "", "flex-icon");
  node.style.height = textSize(component.size) ?? textSize("md");
  node.style.aspectRatio = ratio(component.aspectRatio);
  return node;
}

/** A thin line across the box. */
export function drawSeparator(component) {
  const node = el("div", { class: "flex-separator" });
  if (colour(component.color)) node.style.backgroundColor = component.color;
  return node;
}

/** Empty room. */
export function drawFiller() {
  return el("div", { class: "flex-filler" });
}
