/** Pictures: loaded only from where they may be, with a note in their place when they fail. */

import { el, note } from "./dom.js";
import { pictureSource } from "./deeplink.js";
import { word } from "./language.js";

/** An image element, or a grey note when its address may not be loaded or fails. */
export function picture(address, alt, style) {
  const source = pictureSource(address);
  if (source === null) return note(word("imageFailed"));
  const node = el("img", { class: style, src: source, alt, loading: "eager", decoding: "async" });
  node.addEventListener("error", () => node.replaceWith(note(word("imageFailed"))));
  return node;
}
