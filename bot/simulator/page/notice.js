/** The one place at the foot of the page where it tells what went wrong, or right. */

import { word } from "./language.js";

const SHOWN_FOR = 5000;
let timer = 0;

/** Show a sentence for a few seconds. */
export function tell(sentence) {
  const node = document.getElementById("notice");
  node.textContent = sentence;
  node.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => { node.hidden = true; }, SHOWN_FOR);
}

/** Show why a request failed. */
export function tellFailure(error) {
  const unreachable = error instanceof TypeError; // what fetch throws when nobody answers
  tell(unreachable ? word("unreachable") : word("failed", { reason: error.message }));
}
