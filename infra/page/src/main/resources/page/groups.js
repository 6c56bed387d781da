// The groups of the chosen target, each with its instances where they are looked at.
import { byId, el, keyed, plural, say, set } from "./dom.js";
import { isIll, makeLanes, showLanes } from "./lanes.js";
import { makeShare, shares, showShare } from "./share.js";

const place = byId("groups");

/** Lets a button of a group open its instances, or close them. */
export function listenToGroups(feed) {
  place.addEventListener("click", (event) => {
    const button = event.target.closest("button.open");
    if (button) feed.open("group", button.dataset.group, button.getAttribute("aria-expanded") === "false");
  });
}

export function showGroups(feed, target, versions) {
  const groups = new Map(target.groups);
  const byGroup = new Map([...groups.keys()].map((key) => [key, []]));
  for (const [key, instance] of feed.under("instance")) {
    byGroup.get(instance.group)?.push({ key, ...instance });
  }
  for (const section of keyed(place, [...groups.keys()], make)) {
    const key = section.dataset.key;
    update(section, groups.get(key), byGroup.get(key), versions);
    opener(section, feed, key, byGroup.get(key));
    section.querySelector(".share").hidden = groups.size < 2;
  }
  const all = byId("share");
  all.hidden = groups.size === 0;
  if (all.children.length === 0) all.append(...makeShare());
  const looked = [...groups].every(([key, group]) => group.size === 0 || byGroup.get(key).length > 0);
  const list = [...groups.values()];
  const sum = list.reduce((wanted, group) => wanted + group.target, 0);
  showShare(all, shares(list, looked ? [...byGroup.values()].flat() : [], versions), sum, versions);
}

function make() {
  return el("section", { class: "group" },
    el("header", {},
      el("h2", {}), el("p", { class: "place" }), el("button", { type: "button", class: "open quiet" }),
      el("p", { class: "state" }),
      el("dl", { class: "figures" })),
    el("div", { class: "share" }, makeShare()),
    makeLanes());
}

function update(section, group, instances, versions) {
  const of = (selector) => section.querySelector(selector);
  set(section, { "aria-label": `Group ${group.name}` });
  say(of("h2"), group.name);
  say(of(".place"), group.zones > 1 ? `${group.place}, ${group.zones} zones` : group.place);
  say(of(".state"), sentence(group, instances, versions));
  set(of(".state"), { "data-state": group.reached && group.stable ? "rest" : "moving" });
  figures(of(".figures"), group);
  showShare(section, shares([group], instances, versions), group.target, versions);
  of(".lanes").hidden = instances.length === 0;
  showLanes(section, group, instances, versions);
}

/** A group whose instances come unasked, because of what is under way, needs no button. */
function opener(section, feed, key, instances) {
  const open = feed.isOpened("group", key);
  const button = section.querySelector("button.open");
  button.hidden = instances.length > 0 && !open;
  set(button, { "data-group": key, "aria-expanded": String(open) });
  say(button, open ? "Hide instances" : "Show instances");
}

/** isReached and isStable, as one would say them. */
function sentence(group, instances, versions) {
  const wanted = group.wanted.filter((one) => one.size > 0 || group.target === 0);
  const names = wanted.map((one) => versions.name(one.template)).join(" and ");
  const newest = wanted[wanted.length - 1]?.template;
  if (!group.reached) {
    if (group.stable) return "Waiting: some instances do not have their wanted version, and nothing is under way.";
    const share = wanted.find((one) => one.template === newest)?.size ?? group.target;
    if (instances.length === 0) return `Replacing: ${plural(share, "instance")} shall run ${names}.`;
    const serving = instances.filter((one) => one.phase === "serving");
    const done = serving.filter((one) => one.template === newest && !isIll(one)).length;
    return `Replacing: ${done} of ${plural(share, "instance")} on ${names}.`;
  }
  if (!group.stable) {
    const busy = instances.filter((one) => one.phase !== "serving").length;
    return `Settling: every version stands as wanted, ${plural(busy, "instance")} still on the way.`;
  }
  return group.target === 0 ? "At rest: no instance is wanted." : `At rest: ${plural(group.target, "instance")} on ${names}.`;
}

function figures(list, group) {
  const healthy = group.checked === false ? "not checked" : group.healthy ?? "not looked at";
  const rows = [
    ["target", group.target],
    ["size", group.size],
    ["healthy", healthy],
    ["versions as wanted", group.reached ? "yes" : "not yet", "versionTarget.isReached"],
    ["at rest", group.stable ? "yes" : "no", "isStable"],
  ];
  const make = (name) => el("div", { title: rows.find(([of]) => of === name)[2] ?? null }, el("dt", {}, name), el("dd"));
  for (const row of keyed(list, rows.map(([name]) => name), make)) {
    say(row.lastChild, String(rows.find(([name]) => name === row.dataset.key)[1]));
  }
}
