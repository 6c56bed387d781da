// What every part of the page uses. Text goes in as text only: names come from strangers.

/** Makes an element: el("p", {class: "empty"}, "words", child). */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  set(element, attributes);
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  set(element, attributes);
  element.append(...children);
  return element;
}

/** Sets attributes where they differ; null takes one away. */
export function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === false) {
      element.removeAttribute(name);
    } else if (element.getAttribute(name) !== String(value)) {
      element.setAttribute(name, value);
    }
  }
}

export function say(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

export const byId = (id) => document.getElementById(id);

export const plural = (count, one, many = one + "s") => `${count} ${count === 1 ? one : many}`;

/** Whoever asks for less motion sees the same states without the way between. */
export const stillness = matchMedia("(prefers-reduced-motion: reduce)");

/** Empty for what is no time. */
export const clockTime = (ms) =>
  Number.isNaN(new Date(ms).getTime()) ? "" : new Date(ms).toISOString().slice(11, 19);

export const lastPart = (path) => String(path ?? "").split("/").pop();

/** Makes the children be those of these keys, in this order; what stays is kept as it is. */
export function keyed(parent, keys, make) {
  const known = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  keys.forEach((key, index) => {
    let child = known.get(key);
    known.delete(key);
    if (!child) {
      child = make(key);
      child.dataset.key = key;
    }
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
  });
  known.forEach((child) => child.remove());
  return [...parent.children];
}
