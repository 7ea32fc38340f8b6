/** Flex boxes: direction, spacing, room, padding, colours; and a child's place in its box. */

import { el } from "./dom.js";
import { border, colour, gradient, length, oneOf, space, whole } from "./flex_values.js";

const LAYOUTS = ["vertical", "horizontal", "baseline"];
const SIDES = { paddingTop: "paddingTop", paddingBottom: "paddingBottom", paddingStart: "paddingLeft", paddingEnd: "paddingRight" };
const OFFSETS = { offsetTop: "top", offsetBottom: "bottom", offsetStart: "left", offsetEnd: "right" };
const LENGTHS = ["width", "maxWidth", "height", "maxHeight"];
const JUSTIFY = ["center", "flex-start", "flex-end", "space-between", "space-around", "space-evenly"];
const ALIGN = ["center", "flex-start", "flex-end"];
const GRAVITY = { top: "flex-start", center: "center", bottom: "flex-end" };

function set(node, name, value) {
  if (value !== null && value !== undefined) node.style[name] = value;
}

function paint(node, box) {
  set(node, "backgroundColor", colour(box.backgroundColor));
  set(node, "backgroundImage", gradient(box.background));
  set(node, "borderRadius", space(box.cornerRadius));
  if (box.cornerRadius) node.style.overflow = "hidden";
  const width = border(box.borderWidth);
  if (!width || width === "0px") return;
  node.style.border = `${width} solid`;
  node.style.borderColor = colour(box.borderColor) ?? "#b7b7b7";
}

function pad(node, box) {
  set(node, "padding", space(box.paddingAll));
  for (const [name, property] of Object.entries(SIDES)) set(node, property, space(box[name]));
}

function arrange(node, box) {
  for (const name of LENGTHS) set(node, name, length(box[name]));
  set(node, "justifyContent", oneOf(box.justifyContent, JUSTIFY));
  set(node, "alignItems", oneOf(box.alignItems, ALIGN));
}

function defaultFlex(component, layout) {
  if (layout === "vertical" || ["icon", "separator"].includes(component.type)) return 0;
  if (length(component.width)) return 0;
  return 1;
}

function grow(node, component, layout) {
  const share = whole(component.flex) ?? defaultFlex(component, layout);
  if (layout === "vertical") node.style.flex = share ? `${share} 0 auto` : "0 0 auto";
  else node.style.flex = share ? `${share} 1 0` : "0 0 auto";
}

function apart(node, component, parent, first) {
  const gap = component.type === "filler" || first ? null : space(component.margin ?? parent.spacing);
  if (gap) set(node, parent.layout === "vertical" ? "marginTop" : "marginLeft", gap);
}

function shift(node, component) {
  if (component.position === "absolute") node.style.position = "absolute";
  for (const [name, side] of Object.entries(OFFSETS)) set(node, side, space(component[name]));
}

/** Give a child its share of room, its distance to the one before, and its offset. */
export function place(node, component, parent, first) {
  grow(node, component, parent.layout);
  apart(node, component, parent, first);
  shift(node, component);
  const gravity = GRAVITY[component.gravity];
  if (gravity && parent.layout === "horizontal") node.style.alignSelf = gravity;
  return node;
}

/** A box and, through `draw`, all it contains. */
export function drawBox(box, draw) {
  const layout = oneOf(box.layout, LAYOUTS) ?? "vertical";
  const node = el("div", { class: `flex-box flex-${layout}` });
  paint(node, box);
  pad(node, box);
  arrange(node, box);
  const inner = { ...box, layout };
  (box.contents ?? []).forEach((child, index) => {
    node.append(place(draw(child, inner), child, inner, index === 0));
  });
  return node;
}
