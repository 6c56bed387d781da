// A group's instances, which move through the lanes of their life.
import { el, keyed, say, set, stillness } from "./dom.js";

const PHASES = ["creating", "verifying", "serving", "draining", "deleting"];

const HEALTH = { HEALTHY: "healthy", UNHEALTHY: "unhealthy", TIMEOUT: "no answer" };
const TROUBLE = new Set(["unhealthy", "no answer"]);

/** Up to as many instances are drawn so. */
const DENSITIES = [["card", 12], ["tile", 30], ["chip", 120], ["dot", 400], ["speck", Infinity]];

/** Up to as many travel from lane to lane, and up to as many also within one. */
const TRAVELLING = 400;
const CLOSING_RANKS = 60;

/** Whether its health check says that it does not serve. */
export const isIll = (instance) => TROUBLE.has(HEALTH[instance.health]);

/** The lanes, empty. */
export function makeLanes() {
  const lane = (phase) =>
    el("div", { class: "lane", role: "group", "aria-label": phase, "data-phase": phase },
      el("h3", {}, phase[0].toUpperCase() + phase.slice(1), " ", el("span", { class: "count" }, "0")),
      el("ul", {}));
  return el("div", { class: "lanes" }, PHASES.map(lane));
}

/** Puts each instance into its lane. */
export function showLanes(section, group, instances, versions) {
  const animated = instances.length <= TRAVELLING && !stillness.matches;
  const before = animated ? places(section) : new Map();
  set(section, { "data-density": DENSITIES.find(([, most]) => instances.length <= most)[0] });
  const tiles = new Map([...section.querySelectorAll(".instance")].map((tile) => [tile.dataset.key, tile]));
  const order = (a, b) => versions.number(a.template) - versions.number(b.template) || (a.name < b.name ? -1 : 1);
  for (const lane of section.querySelectorAll(".lane")) {
    const here = instances.filter((one) => one.phase === lane.dataset.phase).sort(order);
    say(lane.querySelector(".count"), String(here.length));
    set(lane, { "data-empty": here.length === 0 ? "" : null });
    const byKey = new Map(here.map((one) => [one.key, one]));
    for (const tile of keyed(lane.lastChild, [...byKey.keys()], (key) => tiles.get(key) ?? makeTile())) {
      updateTile(tile, byKey.get(tile.dataset.key), group, versions);
    }
  }
  if (animated) move(section, before);
}

function makeTile() {
  const part = (name) => el("span", { class: name, "aria-hidden": "true" });
  return el("li", { class: "instance" }, ...["mark", "version", "name", "zone"].map(part), el("span", { class: "unseen" }));
}

function updateTile(tile, instance, group, versions) {
  const health = HEALTH[instance.health] ?? "";
  const words = [instance.name, versions.name(instance.template), instance.phase, health, instance.zone, instance.error];
  const label = words.filter(Boolean).join(", ");
  set(tile, {
    "data-phase": instance.phase,
    "data-look": versions.look(instance.template),
    "data-trouble": TROUBLE.has(health) || instance.error ? "" : null,
    title: label,
  });
  say(tile.children[1], versions.short(instance.template));
  say(tile.children[2], instance.name.split("-").pop());
  say(tile.children[3], group.zones > 1 ? instance.zone : "");
  say(tile.lastChild, label);
}

function places(section) {
  return new Map([...section.querySelectorAll(".instance")].map((tile) => [tile.dataset.key, { tile, phase: tile.dataset.phase, box: tile.getBoundingClientRect() }]));
}

/** Lets each tile travel from where it was; a new one appears, one that is gone fades. */
function move(section, before) {
  const frame = section.querySelector(".lanes");
  const origin = frame.getBoundingClientRect();
  const calm = { duration: 600, easing: "cubic-bezier(.25,.8,.3,1)" };
  const few = before.size <= CLOSING_RANKS;
  for (const [key, { tile, phase, box }] of places(section)) {
    const old = before.get(key);
    before.delete(key);
    if (!old) {
      tile.animate([{ opacity: 0, transform: "scale(.6)" }, {}], calm);
    } else if ((few || old.phase !== phase) && (old.box.left !== box.left || old.box.top !== box.top)) {
      tile.animate([{ transform: `translate(${old.box.left - box.left}px, ${old.box.top - box.top}px)` }, {}], calm);
    }
  }
  for (const { tile, box } of before.values()) {
    const ghost = tile.cloneNode(true);
    set(ghost, { class: "instance ghost", "aria-hidden": "true", "data-key": null });
    Object.assign(ghost.style, {
      left: `${box.left - origin.left}px`, top: `${box.top - origin.top}px`,
      width: `${box.width}px`, height: `${box.height}px`,
    });
    frame.append(ghost);
    ghost.animate([{}, { opacity: 0, transform: "scale(.5)" }], calm).onfinish = () => ghost.remove();
  }
}
