// The alert policies that a target's versions are judged by, and which of them fired.
import { byId, el, lastPart, listOf, plural, redraw, set } from "./dom.js";
import { clockTime } from "./time.js";

const place = byId("alarms");
const WORDS = {
  fired: ["✕", "fired"],
  open: ["!", "open: nothing goes forward"],
  before: ["–", "was open before: that does not count"],
  watched: ["✓", "quiet"],
  idle: ["·", "watched in the next rollout"],
};

/** Lines are those of the deployment in the log, which tell more of an alert than its record. */
export function showAlarms(target, deployment, lines) {
  const watch = deployment?.groups.map((group) => group.course?.alarms).find(Boolean);
  const policies = [...new Set([...listOf(target.cell.alarms), ...listOf(watch?.policies)])];
  place.hidden = policies.length === 0;
  const texts = [String(deployment?.verdict.message ?? ""), ...lines.map(([, line]) => String(line.message))];
  const rows = policies.map((policy) => ({ policy, name: nameOf(policy, texts), state: stateOf(policy, deployment, watch, lines) }));
  redraw(place, [target.name, rows, watch, deployment?.finished], () => [
    el("h2", { id: "alarms-title" }, "Alarms"),
    el("p", { class: "facts" }, since(deployment, watch, policies.length)),
    el("ul", {}, rows.map(row)),
  ]);
  set(place, { "data-fired": rows.some(({ state }) => state === "fired") ? "" : null });
}

function row({ policy, name, state }) {
  const [sign, words] = WORDS[state];
  return el("li", { "data-state": state, title: policy },
    el("span", { class: "sign", "aria-hidden": "true" }, sign), " ", el("b", {}, name), " ", el("span", {}, words));
}

/** What Cloud Monitoring calls it, where a sentence says so: an alert's has both. */
function nameOf(policy, texts) {
  for (const text of texts) {
    const at = text.indexOf(`(${policy})`);
    const found = at < 0 ? null : /"([^"]*)" $/.exec(text.slice(0, at));
    if (found) return found[1];
  }
  return `policy ${lastPart(policy)}`;
}

function stateOf(policy, deployment, watch, lines) {
  const tells = (text) => String(text ?? "").includes(`(${policy})`);
  if (deployment?.verdict.code === "alarm" && tells(deployment.verdict.message)) return "fired";
  const newest = [...lines].reverse().find(([, line]) => line.event === "rollout.progress");
  if (!deployment?.finished && tells(newest?.[1].message)) return "open";
  if (!watch || deployment.finished) return "idle";
  return listOf(watch.quiet).includes(policy) ? "watched" : "before";
}

function since(deployment, watch, count) {
  const all = plural(count, "alert policy", "alert policies");
  if (!watch || deployment.finished) return `${all}; an alert puts a new version back.`;
  const first = Date.parse(watch.firstNewAt ?? "");
  const lag = Number.isNaN(first) ? "" : `; one that opens before ${clockTime(first + 1000 * watch.lagSeconds)} counts if it is still open then`;
  return `${all}; alerts count since ${clockTime(watch.since)}${lag}.`;
}
