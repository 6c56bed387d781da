// The function's lines of the chosen deployment.
import { byId, el, keyed, plural, say } from "./dom.js";
import { clockTime } from "./time.js";

const list = byId("log");
const scroll = byId("log-scroll");
const SIGNS = { WARNING: "!", ERROR: "✕", ALERT: "✕", CRITICAL: "✕", EMERGENCY: "✕", NOTICE: "✓" };

/** The lines of a deployment, [key, line], the oldest first. */
export function linesOf(feed, deployment) {
  if (!deployment) return [];
  const number = ([key]) => Number(key.slice("log/".length));
  return feed
    .under("log")
    .filter(([, line]) => line.deployment
      ? line.deployment === deployment.record.id
      : line.object === deployment.object && line.generation === deployment.generation)
    .sort((a, b) => number(a) - number(b));
}

export function showLog(lines, deployment) {
  const atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 8;
  const byKey = new Map(lines);
  keyed(list, [...byKey.keys()], (key) => row(byKey.get(key)));
  byId("log-section").hidden = lines.length === 0;
  say(byId("log-of"), deployment ? `${plural(lines.length, "line")} on ${deployment.object}` : "");
  if (atEnd) scroll.scrollTop = scroll.scrollHeight;
}

function row(line) {
  const severity = String(line.severity ?? "INFO");
  return el("li", { "data-severity": severity },
    el("time", {}, clockTime(line.time)),
    el("span", { class: "sign", title: severity, role: "img", "aria-label": severity.toLowerCase() }, SIGNS[severity] ?? "·"),
    el("code", {}, String(line.event ?? "")),
    el("span", { class: "text" }, line.message));
}
