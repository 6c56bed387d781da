// Instances by version: how many of each serve, and how many shall.
import { el, keyed, say, set } from "./dom.js";

/** A bar and its legend, empty. */
export function makeShare() {
  return [el("div", { class: "bar", "aria-hidden": "true" }), el("ul", { class: "legend" })];
}

/** Of groups together: [{template, wanted, serving}], the oldest version first; serving is null where nobody looked. */
export function shares(groups, instances, versions) {
  const wanted = new Map();
  for (const one of groups.flatMap((group) => group.wanted)) {
    wanted.set(one.template, (wanted.get(one.template) ?? 0) + one.size);
  }
  const serving = new Map();
  for (const one of instances) {
    if (!serving.has(one.template)) serving.set(one.template, 0);
    if (one.phase === "serving") serving.set(one.template, serving.get(one.template) + 1);
  }
  const seen = instances.length > 0 || groups.every((group) => group.size === 0);
  return [...new Set([...wanted.keys(), ...serving.keys()])]
    .sort((a, b) => versions.number(a) - versions.number(b))
    .map((template) => ({ template, wanted: wanted.get(template) ?? 0, serving: seen ? serving.get(template) ?? 0 : null }));
}

/** Shows them in a place that has a bar and a legend; target is how many instances there shall be. */
export function showShare(place, all, target, versions) {
  bar(place.querySelector(".bar"), all, target, versions);
  for (const item of keyed(place.querySelector(".legend"), all.map((one) => one.template), (template) =>
    el("li", {}, versions.mark(template), el("b", {}), " ", el("span", {})))) {
    const share = all.find((one) => one.template === item.dataset.key);
    set(item.querySelector(".mark"), { "data-look": versions.look(share.template) });
    say(item.querySelector("b"), versions.name(share.template));
    set(item, { title: share.template });
    say(item.lastChild, share.serving === null ? `${share.wanted} wanted` : `${share.serving} serving, ${share.wanted} wanted`);
  }
}

const count = (share) => share.serving ?? share.wanted;

function bar(place, all, target, versions) {
  const whole = Math.max(target, all.reduce((sum, one) => sum + count(one), 0), 1);
  for (const part of keyed(place, [...all.map((one) => one.template), "target"], () => el("i"))) {
    const share = all.find((one) => one.template === part.dataset.key);
    if (share) {
      set(part, { "data-look": versions.look(share.template) });
      part.style.width = `${(100 * count(share)) / whole}%`;
    } else {
      part.className = "target";
      part.style.left = `${(100 * target) / whole}%`;
    }
  }
}
