/** Small dialogs: pick a moment, pick a sticker, open a link. */

import { el, fill } from "./dom.js";
import { word } from "./language.js";
import { STICKERS } from "./stickers.js";

const INPUTS = { date: "date", time: "time", datetime: "datetime-local" };

function show(node, opener) {
  document.body.append(node);
  return new Promise((resolve) => {
    node.addEventListener("close", () => {
      const value = node.returnValue;
      node.remove();
      opener?.focus?.();
      resolve(value === "" ? null : value);
    });
    node.showModal();
  });
}

function buttons(okWord) {
  return el("div", { class: "dialog-buttons" },
    el("button", { type: "submit", class: "quiet", value: "", formnovalidate: true }, word("cancel")),
    el("button", { type: "submit", class: "strong", value: "ok", data: { dialogOk: "" } }, word(okWord)));
}

async function ask(title, input, okWord, hint) {
  const label = el("label", { class: "dialog-label" }, el("span", {}, title), input);
  const extra = hint ? el("p", { class: "dialog-hint" }, hint) : null;
  const form = el("form", { method: "dialog" }, label, extra, buttons(okWord));
  // Enter presses a form's first button, which here is "cancel": make it mean "ok".
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("[data-dialog-ok]"));
  });
  const answer = await show(el("dialog", { class: "dialog" }, form), document.activeElement);
  return answer === "ok" ? input.value : null;
}

function moment(text) {
  return text ? text.replace("t", "T") : undefined; // LINE writes 2026-11-25t19:00
}

/** Ask for the date, time or both that a datetimepicker action wants; null if left. */
export async function pickMoment({ mode, initial, min, max }) {
  const type = INPUTS[mode] ?? INPUTS.datetime;
  const limits = { value: moment(initial), min: moment(min), max: moment(max) };
  const input = el("input", { type, required: true, data: { dialogInput: "" }, ...limits });
  return ask(word(mode in INPUTS ? mode : "datetime"), input, "ok");
}

/** Ask for a LINE link, as from a QR code; null if left. */
export async function askLink() {
  const input = el("input", { type: "url", required: true, placeholder: "https://line.me/R/…", data: { dialogInput: "" } });
  return ask(word("openLink"), input, "open", word("openLinkHint"));
}

/** Let a sticker be picked; null if left. */
export async function pickSticker() {
  const grid = el("div", { class: "sticker-grid" });
  fill(grid, STICKERS.map(({ id, emoji }) => el("button",
    { type: "submit", value: id, class: "sticker-choice", data: { sticker: id } }, emoji)));
  const leave = el("button", { type: "submit", class: "quiet", value: "" }, word("cancel"));
  const form = el("form", { method: "dialog" }, grid, el("div", { class: "dialog-buttons" }, leave));
  const node = el("dialog", { class: "dialog", "aria-label": word("sticker") }, form);
  return show(node, document.activeElement);
}
