/** Building nodes: text only ever goes in as text, never as markup. */

const SETTERS = {
  class: (node, value) => { node.className = value; },
  data: (node, value) => setData(node, value),
  on: (node, value) => listen(node, value),
};

function setData(node, values) {
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== null) node.dataset[name] = String(value);
  }
}

function listen(node, handlers) {
  for (const [name, handler] of Object.entries(handlers)) node.addEventListener(name, handler);
}

function setAttribute(node, name, value) {
  // The policy of the page forbids both; refusing here shows the mistake where it was made.
  if (name === "style" || name.startsWith("on")) throw new TypeError(`no ${name} attributes`);
  if (value === false || value === undefined || value === null) return;
  node.setAttribute(name, value === true ? "" : String(value));
}

/** Make an element: el("p", {class, data, on, …attributes}, ...children). */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    const setter = SETTERS[name];
    if (setter) setter(node, value);
    else setAttribute(node, name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** Replace everything inside a node. */
export function fill(node, ...children) {
  node.replaceChildren(...children.flat().filter(Boolean));
}

/** A small grey note for what cannot be shown. */
export function note(text) {
  return el("span", { class: "grey-note" }, text);
}
