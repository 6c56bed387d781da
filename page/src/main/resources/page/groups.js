// Each group with its instances, which move through the lanes of their life.
import { byId, el, keyed, plural, say, set, stillness } from "./dom.js";

export const PHASES = ["creating", "verifying", "serving", "draining", "deleting"];

const HEALTH = { HEALTHY: "healthy", UNHEALTHY: "unhealthy", TIMEOUT: "no answer" };
const TROUBLE = new Set(["unhealthy", "no answer"]);

/** Up to as many instances are drawn so. */
const DENSITIES = [["card", 12], ["tile", 30], ["chip", 120], ["dot", 400], ["speck", Infinity]];

/** Up to as many travel from lane to lane, and up to as many also within one. */
const TRAVELLING = 400;
const CLOSING_RANKS = 60;

export function showGroups(feed, versions) {
  const groups = new Map(feed.under("group/"));
  const byGroup = new Map([...groups.keys()].map((key) => [key, []]));
  for (const [key, instance] of feed.under("instance/")) {
    byGroup.get(instance.group)?.push({ key, ...instance });
  }
  for (const section of keyed(byId("groups"), [...groups.keys()], make)) {
    const key = section.dataset.key;
    update(section, groups.get(key), byGroup.get(key), versions);
  }
}

function make() {
  const lane = (phase) =>
    el("div", { class: "lane", role: "group", "aria-label": phase, "data-phase": phase },
      el("h3", {}, phase[0].toUpperCase() + phase.slice(1), " ", el("span", { class: "count" }, "0")),
      el("ul", {}));
  return el("section", { class: "group" },
    el("header", {},
      el("h2", {}), el("p", { class: "place" }),
      el("p", { class: "state" }),
      el("dl", { class: "figures" })),
    el("div", { class: "share" }, el("div", { class: "bar", "aria-hidden": "true" }), el("ul", { class: "legend" })),
    el("div", { class: "lanes" }, ...PHASES.map(lane)));
}

function update(section, group, instances, versions) {
  const of = (selector) => section.querySelector(selector);
  set(section, { "aria-label": `Group ${group.name}` });
  say(of("h2"), group.name);
  say(of(".place"), group.zones > 1 ? `${group.place}, ${group.zones} zones` : group.place);
  say(of(".state"), sentence(group, instances, versions));
  set(of(".state"), { "data-state": group.reached && group.stable ? "rest" : "moving" });
  figures(of(".figures"), group);
  const templates = shares(group, instances, versions);
  legend(of(".legend"), templates, versions);
  bar(of(".bar"), group, templates, versions);
  lanes(section, group, instances, versions);
}

/** isReached and isStable, as one would say them. */
function sentence(group, instances, versions) {
  const wanted = group.wanted.filter((one) => one.size > 0 || group.target === 0);
  const names = wanted.map((one) => versions.name(one.template)).join(" and ");
  const newest = wanted[wanted.length - 1]?.template;
  const serving = instances.filter((one) => one.phase === "serving");
  const done = serving.filter((one) => one.template === newest && !TROUBLE.has(HEALTH[one.health])).length;
  const share = wanted.find((one) => one.template === newest)?.size ?? group.target;
  if (!group.reached) {
    return group.stable
      ? `Waiting: some instances do not have their wanted version, and nothing is under way.`
      : `Replacing: ${done} of ${plural(share, "instance")} on ${names}.`;
  }
  if (!group.stable) {
    const busy = instances.filter((one) => one.phase !== "serving").length;
    return `Settling: every version stands as wanted, ${plural(busy, "instance")} still on the way.`;
  }
  return group.target === 0 ? "At rest: no instance is wanted." : `At rest: ${plural(group.target, "instance")} on ${names}.`;
}

function figures(list, group) {
  const rows = [
    ["target", group.target],
    ["size", group.size],
    ["healthy", group.checked ? group.healthy : "not checked"],
    ["versions as wanted", group.reached ? "yes" : "not yet", "versionTarget.isReached"],
    ["at rest", group.stable ? "yes" : "no", "isStable"],
  ];
  const make = (name) => el("div", { title: rows.find(([of]) => of === name)[2] ?? null }, el("dt", {}, name), el("dd"));
  for (const row of keyed(list, rows.map(([name]) => name), make)) {
    say(row.lastChild, String(rows.find(([name]) => name === row.dataset.key)[1]));
  }
}

/** The versions here: how many of each serve, and how many shall. */
function shares(group, instances, versions) {
  const wanted = new Map(group.wanted.map((one) => [one.template, one.size]));
  const templates = new Set([...wanted.keys(), ...instances.map((one) => one.template)]);
  return [...templates]
    .sort((a, b) => versions.number(a) - versions.number(b))
    .map((template) => ({
      template,
      wanted: wanted.get(template) ?? 0,
      all: instances.filter((one) => one.template === template).length,
      serving: instances.filter((one) => one.template === template && one.phase === "serving").length,
    }));
}

function legend(list, shares, versions) {
  for (const item of keyed(list, shares.map((one) => one.template), (template) =>
    el("li", {}, versions.mark(template), el("b", {}), " ", el("span", {})))) {
    const share = shares.find((one) => one.template === item.dataset.key);
    set(item.querySelector(".mark"), { "data-look": versions.look(share.template) });
    say(item.querySelector("b"), versions.name(share.template));
    set(item, { title: share.template });
    say(item.lastChild, `${share.serving} serving, ${share.wanted} wanted`);
  }
}

function bar(place, group, shares, versions) {
  const whole = Math.max(group.target, shares.reduce((sum, one) => sum + one.serving, 0), 1);
  for (const part of keyed(place, [...shares.map((one) => one.template), "target"], () => el("i"))) {
    const share = shares.find((one) => one.template === part.dataset.key);
    if (share) {
      set(part, { "data-look": versions.look(share.template) });
      part.style.width = `${(100 * share.serving) / whole}%`;
    } else {
      part.className = "target";
      part.style.left = `${(100 * group.target) / whole}%`;
    }
  }
}

function lanes(section, group, instances, versions) {
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
