/** Flex values: LINE's keywords in pixels, and what a colour or a length may look like. */

const SPACE = { none: 0, xs: 2, sm: 4, md: 8, lg: 12, xl: 16, xxl: 20 };
const TEXT = { xxs: 11, xs: 13, sm: 14, md: 16, lg: 19, xl: 22, xxl: 29, "3xl": 35, "4xl": 48, "5xl": 74 };
const IMAGE = {
  xxs: 40, xs: 60, sm: 80, md: 100, lg: 120, xl: 140, xxl: 160, "3xl": 180, "4xl": 200, "5xl": 220,
};
const BORDER = { none: 0, light: 0.5, normal: 1, medium: 2, "semi-bold": 3, bold: 4 };
/** Widths of a bubble in pixels. */
export const BUBBLE = { nano: 120, micro: 160, deca: 220, hecto: 241, kilo: 260, mega: 300, giga: 386 };

const COLOUR = /^#[0-9a-f]{6}([0-9a-f]{2})?$/i;
const LENGTH = /^(-?\d{1,4}(\.\d{1,3})?)(px|%)$/;
const RATIO = /^(\d{1,6}(?:\.\d{1,4})?):(\d{1,6}(?:\.\d{1,4})?)$/;
const ANGLE = /^\d{1,3}(\.\d{1,3})?deg$/;

function sized(table, value) {
  if (typeof value !== "string") return null;
  if (Object.hasOwn(table, value)) return `${table[value]}px`;
  return LENGTH.test(value) ? value : null;
}

/** A margin, padding, spacing, offset or corner radius; null if it is none. */
export const space = (value) => sized(SPACE, value);
/** The size of a text or icon; null if it is none. */
export const textSize = (value) => sized(TEXT, value);
/** The width of an image; "full" is the whole line. */
export const imageSize = (value) => (value === "full" ? "100%" : sized(IMAGE, value ?? "md"));
/** The width of a border; null if it is none. */
export const border = (value) => sized(BORDER, value);
/** A box's width or height: pixels or percent only. */
export const length = (value) => sized({}, value);

/** A colour as #RRGGBB or #RRGGBBAA; null if it is none. */
export function colour(value) {
  return typeof value === "string" && COLOUR.test(value) ? value : null;
}

/** An aspect ratio such as 20:13, at most three times as high as wide. */
export function ratio(value) {
  const match = RATIO.exec(value ?? "1:1");
  const [width, height] = match ? [Number(match[1]), Number(match[2])] : [1, 1];
  return width > 0 && height > 0 && height <= width * 3 ? `${width} / ${height}` : "1 / 1";
}

/** The CSS of a linear gradient; null unless every part of it is sound. */
export function gradient(background) {
  if (background?.type !== "linearGradient" || !ANGLE.test(background.angle ?? "")) return null;
  const { angle, startColor, centerColor, endColor } = background;
  const colours = [startColor, centerColor, endColor].filter((value) => value !== undefined);
  if (colours.length < 2 || !colours.every(colour)) return null;
  return `linear-gradient(${angle}, ${colours.join(", ")})`;
}

/** A whole number of at least 0, or null. */
export function whole(value) {
  return Number.isInteger(value) && value >= 0 ? value : null;
}

/** One of the known words, or null. */
export function oneOf(value, words) {
  return words.includes(value) ? value : null;
}
