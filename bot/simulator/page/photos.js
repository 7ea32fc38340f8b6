/** Photos and places from a phone, and a photo in a chat seen large. */

import { el } from "./dom.js";
import { word } from "./language.js";
import { tell } from "./notice.js";

const MOST_BYTES = 25 * 1024 * 1024; // base64 makes a third more of it, and the simulator takes 40 MB
const KINDS = "image/png,image/jpeg,image/gif,image/webp";

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",", 2)[1] ?? "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

async function sendPhoto(file, seat) {
  if (file.size > MOST_BYTES) return tell(word("photoTooLarge"));
  const message = { type: "image", data: await base64(file), contentType: file.type || "image/jpeg" };
  return seat.send(message);
}

/** Let a photo be picked from this machine and send it. */
export function pickPhoto(seat) {
  const input = el("input", { type: "file", accept: KINDS, hidden: true, data: { photoInput: "" } });
  const done = () => input.remove();
  input.addEventListener("cancel", done);
  input.addEventListener("change", async () => {
    for (const file of input.files) await sendPhoto(file, seat);
    done();
  });
  document.body.append(input);
  input.click();
}

/** Send a place, as one does from LINE's map. */
export function sendPlace(seat) {
  const place = { title: word("samplePlace"), address: word("sampleAddress"), latitude: 35.6713, longitude: 139.6949 };
  return seat.send({ type: "location", ...place });
}

/** Make a picture in a chat open large when it is pressed. */
export function enlargeable(image, source) {
  const opens = { click: () => enlarge(source, image.alt) };
  return el("button", { type: "button", class: "photo-button", "aria-label": word("enlarge"), data: { enlarge: "" }, on: opens }, image);
}

function enlarge(source, alt) {
  const opener = document.activeElement;
  const shut = el("button", { type: "button", class: "strong", data: { lightboxClose: "" } }, word("close"));
  const node = el("dialog", { class: "lightbox", "aria-label": word("image"), data: { lightbox: "" } },
    el("img", { src: source, alt }), shut);
  node.addEventListener("click", () => node.close());
  node.addEventListener("close", () => { node.remove(); opener?.focus?.(); });
  document.body.append(node);
  node.showModal();
}
