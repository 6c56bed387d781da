// The first question: is it serving, and which version?
import { byId, el, lastPart, plural, redraw } from "./dom.js";
import { SIGNS } from "./record.js";
import { clockTime, ticking } from "./time.js";

const place = byId("serving");
const SIGN = { ...SIGNS, part: "!", unknown: "?", going: SIGNS.going };

/** Old says that this may have changed since it was seen. */
export function showServing(target, versions, old) {
  const serving = target.cell.serving;
  const shown = [target.name, serving, target.template, target.health, versions.name(target.template), versions.look(target.template), old];
  redraw(place, shown, () => {
    return [
      el("div", { class: "answer" },
        el("h2", { id: "serving-title" }, target.label),
        el("p", { class: "state", "data-kind": target.health.kind },
          el("span", { class: "sign", "aria-hidden": "true" }, SIGN[target.health.kind]), " ", target.health.word,
          old ? [" ", el("span", { class: "aged" }, "as last seen")] : ""),
        version(target, versions),
        el("p", { class: "instances" }, instances(target))),
      facts(serving),
    ];
  });
}

function version(target, versions) {
  if (!target.template) return el("p", { class: "version" }, "No version is known yet.");
  return el("p", { class: "version", title: target.template }, versions.mark(target.template), el("strong", {}, versions.name(target.template)));
}

/** Like "3 of 3 instances healthy"; more than wanted while some are replaced, and none where nobody looked. */
function instances(target) {
  const { wanted, healthy } = target.health;
  if (target.groups.length === 0) return "Its groups are not known.";
  const where = target.groups.length > 1 ? ` in ${target.groups.length} groups` : "";
  if (healthy > wanted) return `${plural(healthy, "instance")} healthy, ${wanted} wanted${where}`;
  if (healthy !== null) return `${healthy} of ${plural(wanted, "instance")} healthy${where}`;
  const unchecked = target.groups.some(([, group]) => group.checked === false);
  return `${plural(wanted, "instance")}${where}${unchecked ? ", without a health check" : ", health not looked at"}`;
}

/** Since when, and of what: the image, its digest, and what the uploader said of the build. */
function facts(serving) {
  if (!serving) return "";
  const said = Object.entries(serving.metadata ?? {});
  const rows = [
    ["since", serving.since ? [ticking("ago", serving.since), ` (${clockTime(serving.since)})`] : ""],
    ["image", lastPart(serving.image)],
    ["SHA-256", serving.sha256 ? `${String(serving.sha256).slice(0, 12)}…` : "", serving.sha256],
    ...said.slice(0, 4).map(([key, value]) => [key, String(value)]),
  ].filter(([, value]) => value);
  return el("dl", { class: "facts" }, rows.map(([name, value, title]) =>
    el("div", {}, el("dt", {}, name), el("dd", { title: title ?? null }, value))));
}
