/** Actions: what happens when a button, a chip, a picture or a box is pressed. */

import { el } from "./dom.js";
import { safeLink } from "./deeplink.js";
import { word } from "./language.js";
import { tell } from "./notice.js";
import { pickMoment } from "./dialogs.js";
import { pickPhoto, sendPlace } from "./photos.js";

const MENU_WISHES = { openRichMenu: true, closeRichMenu: false, openKeyboard: false };

function postback(action, seat) {
  if (action.inputOption in MENU_WISHES) seat.richMenu?.set(MENU_WISHES[action.inputOption]);
  if (action.fillInText) seat.draft(action.fillInText);
  return seat.tap({ data: action.data, label: action.label, display: action.displayText ?? action.text });
}

async function datetimepicker(action, seat) {
  const value = await pickMoment(action);
  if (value === null) return;
  await seat.tap({ data: action.data, label: action.label, params: { [action.mode]: value } });
}

async function clipboard(action) {
  try {
    await navigator.clipboard.writeText(action.clipboardText ?? "");
    tell(word("copied"));
  } catch {
    tell(word("copyFailed"));
  }
}

const ACTS = {
  message: (action, seat) => seat.say(action.text),
  postback,
  datetimepicker,
  clipboard,
  camera: (action, seat) => pickPhoto(seat),
  cameraRoll: (action, seat) => pickPhoto(seat),
  location: (action, seat) => sendPlace(seat),
  richmenuswitch: (action, seat) => seat.switchMenu(action),
  uri: (action, seat) => seat.openLink(null, action.uri),
};

/** Whether this page can do an action at all. */
export function canDo(action) {
  if (action?.type === "uri") return safeLink(action.uri) !== null;
  return Object.hasOwn(ACTS, action?.type ?? "");
}

/** Do an action for whoever holds the phone. */
export function perform(action, seat) {
  return ACTS[action.type](action, seat);
}

function marks(action, label) {
  return { action: action?.type ?? "none", label: action?.label ?? label ?? "" };
}

function anchor(action, seat, properties, children) {
  const click = (event) => { event.stopPropagation(); seat.openLink(event, action.uri); };
  const attributes = { href: safeLink(action.uri), target: "_blank", rel: "noopener noreferrer" };
  return el("a", { ...properties, ...attributes, on: { click } }, children);
}

function button(action, seat, properties, children) {
  const click = (event) => { event.stopPropagation(); perform(action, seat); };
  return el("button", { ...properties, type: "button", on: { click } }, children);
}

/** A button (or, for an address, a link) that does an action; grey when it cannot be done here. */
export function pressable(action, seat, properties, ...children) {
  const data = { ...marks(action, properties.label), ...properties.data };
  const rest = { ...properties, label: undefined, data };
  if (!canDo(action)) {
    return el("button", { ...rest, type: "button", disabled: true, title: word("appOnly") }, children);
  }
  return action.type === "uri" ? anchor(action, seat, rest, children) : button(action, seat, rest, children);
}

/** Make a whole box or picture pressable, by pointer and keyboard; it may hold buttons of its own. */
export function makePressable(node, action, seat) {
  if (!canDo(action)) return node;
  const press = (event) => { event.stopPropagation(); perform(action, seat); };
  Object.assign(node.dataset, marks(action));
  node.classList.add("pressable");
  node.tabIndex = 0;
  node.setAttribute("role", action.type === "uri" ? "link" : "button");
  if (action.label) node.setAttribute("aria-label", action.label);
  node.addEventListener("click", press);
  node.addEventListener("keydown", (event) => {
    if (event.target !== node || !["Enter", " "].includes(event.key)) return;
    event.preventDefault();
    press(event);
  });
  return node;
}
