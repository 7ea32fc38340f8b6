/** The rich menu below a chat: a bar that opens and closes it, and a picture with areas to tap. */

import { canDo, perform } from "./actions.js";
import { el, fill } from "./dom.js";
import { word } from "./language.js";

function percent(part, whole) {
  return `${(100 * part) / whole}%`;
}

function area({ bounds, action }, size, seat) {
  const label = action.label || action.text || action.displayText || word("menuArea");
  const click = () => perform(action, seat);
  const attributes = { type: "button", "aria-label": label, title: label, disabled: !canDo(action) };
  const data = { action: action.type, menuArea: label };
  const node = el("button", { class: "menu-area", ...attributes, data, on: { click } });
  // Set one by one: the page's policy allows no style attributes.
  node.style.left = percent(bounds.x, size.width);
  node.style.top = percent(bounds.y, size.height);
  node.style.width = percent(bounds.width, size.width);
  node.style.height = percent(bounds.height, size.height);
  return node;
}

/** The rich menu of one phone; nothing shows in groups and for those who are no friends. */
export class RichMenu {
  constructor(seat) {
    this.seat = seat;
    this.openFor = new Map(); // by person: LINE remembers it by chat
    const click = () => this.set(!this.isOpen());
    this.bar = el("button", { type: "button", class: "menu-bar", data: { menuBar: "" }, on: { click } });
    this.panel = el("div", { class: "menu-panel", role: "group" });
    this.node = el("div", { class: "rich-menu", hidden: true }, this.bar, this.panel);
  }

  /** The menu LINE would show here now, or null. */
  get menu() {
    const { kind, user, store } = this.seat;
    const id = kind === "group" ? null : store.user(user)?.richMenuId;
    return (id && store.richMenus.find((one) => one.richMenuId === id)) || null;
  }

  isOpen() {
    return this.openFor.get(this.seat.user) ?? Boolean(this.menu?.selected);
  }

  /** Open or close the menu of whoever holds the phone. */
  set(open) {
    this.openFor.set(this.seat.user, open);
    this.redraw();
  }

  /** Draw the bar, and the picture if the menu is open. */
  redraw() {
    const { menu } = this;
    this.node.hidden = !menu;
    if (!menu) return;
    const open = this.isOpen();
    fill(this.bar, el("span", {}, menu.chatBarText), el("span", { "aria-hidden": "true" }, open ? "▾" : "▴"));
    this.bar.setAttribute("aria-expanded", String(open));
    this.panel.hidden = !open;
    this.panel.setAttribute("aria-label", menu.chatBarText);
    if (open && this.drawn !== menu.richMenuId) this.draw(menu);
  }

  draw(menu) {
    this.drawn = menu.richMenuId;
    const source = `/sim/richmenu/${encodeURIComponent(menu.richMenuId)}`;
    const image = el("img", { class: "menu-image", src: source, alt: "", width: menu.size.width, height: menu.size.height });
    const focused = this.panel.contains(document.activeElement);
    fill(this.panel, image, menu.areas.map((one) => area(one, menu.size, this.seat)));
    if (focused) this.bar.focus(); // a tab was tapped: its button is gone, the keyboard's place is not
  }
}
