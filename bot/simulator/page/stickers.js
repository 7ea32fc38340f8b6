/** Stickers: an emoji stands for each, because the drawings belong to their makers. */

/** The stickers one can send here (ids of LINE's package 446, which bots may use too). */
export const STICKERS = [
  { id: "1988", emoji: "😊" },
  { id: "1989", emoji: "🙌" },
  { id: "1990", emoji: "💪" },
  { id: "1991", emoji: "🏃" },
  { id: "1992", emoji: "🎉" },
  { id: "1993", emoji: "🙏" },
  { id: "1994", emoji: "😴" },
  { id: "1995", emoji: "😢" },
];

/** The package all of them belong to. */
export const PACKAGE = "446";

/** The emoji that stands for a sticker. */
export function emojiOf(stickerId) {
  return STICKERS.find(({ id }) => id === String(stickerId))?.emoji ?? "🌟";
}
