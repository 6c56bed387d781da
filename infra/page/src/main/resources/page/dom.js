// What every part of the page uses. Text goes in as text only: names come from strangers.

/** Makes an element: el("p", {class: "empty"}, "words", child). */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  set(element, attributes);
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
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
    if (value === null || value === undefined || value === false) {
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

export const lastPart = (path) => String(path ?? "").split("/").pop();

/** What a JSON value says where a list is expected. */
export const listOf = (value) => (Array.isArray(value) ? value : []);

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

const drawn = new WeakMap();

/** Makes the place's content anew only where what it shows has changed, so that a selection stays. */
export function redraw(place, shown, make) {
  const now = JSON.stringify(shown);
  if (drawn.get(place) === now) return;
  drawn.set(place, now);
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
  place.replaceChildren(...make().flat().filter(Boolean));
  if (focused !== undefined) [...place.querySelectorAll("[data-focus]")].find((one) => one.dataset.focus === focused)?.focus();
}

/** Lets the arrow keys, Home and End move along the links and buttons of a list. */
export function arrows(list, selector) {
  list.addEventListener("keydown", (event) => {
    const all = [...list.querySelectorAll(selector)];
    const now = all.indexOf(document.activeElement);
    const wanted = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: all.length - 1 }[event.key];
    if (now < 0 || wanted === undefined) return;
    event.preventDefault();
    all[Math.max(0, Math.min(all.length - 1, wanted))].focus();
  });
}
