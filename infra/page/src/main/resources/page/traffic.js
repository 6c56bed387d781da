// Requests a second at the load balancer over some time: by version, failures in red on top.
import { byId, say, stillness, svg } from "./dom.js";

const BOX = { height: 160, top: 16, bottom: 20, left: 40, right: 10 };
const FLOOR = BOX.height - BOX.bottom;
const plot = byId("traffic");
/** Said where nothing counts requests. */
const NONE = "traffic/none";
let lastEnd = 0;

/** Marks are moments worth a line: {at: ms of cloud time, name}. */
export function showTraffic(feed, versions, marks) {
  const { trafficSeconds: shown, trafficWidth: width = 1000 * feed.speed() } = feed.cell("cloud");
  const seconds = feed
    .under("traffic")
    .filter(([key]) => key !== NONE)
    .map(([key, cell]) => ({ start: Number(key.slice("traffic/".length)), ...cell }))
    .sort((a, b) => a.start - b.start);
  const none = feed.cell(NONE);
  say(byId("traffic-now"), none ? String(none.why) : words(seconds, versions, shown, isByMinute(feed)));
  plot.hidden = seconds.length === 0;
  if (plot.hidden) return;
  const end = Math.floor(feed.now() / width) * width;
  const most = nice(Math.max(...seconds.map((second) => total(second) + second.failed)));
  const step = Math.max(1, plot.clientWidth - BOX.left - BOX.right) / shown;
  const scale = {
    step,
    x: (time) => BOX.left + (shown - (end - time) / width) * step,
    y: (count) => BOX.top + (FLOOR - BOX.top) * (1 - count / most),
  };
  const moving = svg("g", { class: "moving" }, ...layers(seconds, versions, scale), ...crosses(seconds, scale),
    ...moments(marks.filter(({ at }) => at > end - shown * width), scale));
  plot.replaceChildren(
    svg("svg", { width: "100%", height: BOX.height, role: "img", "aria-labelledby": "traffic-title traffic-now" },
      ...axis(most, scale), ...ticks({ end, width, shown, unit: isByMinute(feed) ? 60 : 1 }, scale),
      svg("svg", { x: BOX.left, width: shown * step + BOX.right, height: BOX.height,
        viewBox: `${BOX.left} 0 ${shown * step + BOX.right} ${BOX.height}` }, moving),
      ...labels(seconds[seconds.length - 1], versions, scale)));
  if (end !== lastEnd && !stillness.matches) {
    moving.animate([{ transform: `translateX(${step}px)` }, { transform: "none" }], 1000);
  }
  lastEnd = end;
}

const total = (second) => Object.values(second.answered).reduce((a, b) => a + b, 0);

/** Whether a column is a second's mean in a minute, as Cloud Monitoring has it; else it is a second of the clock. */
const isByMinute = (feed) => feed.speed() === 1 && feed.cell("cloud").trafficWidth === 60_000;

const rounded = (count) => String(count < 10 ? Math.round(10 * count) / 10 : Math.round(count));

function words(seconds, versions, shown, byMinute) {
  const lately = byMinute ? "in the last hour" : shown === 120 ? "in the last two minutes" : `in the last ${shown} seconds`;
  if (seconds.length === 0) return `No request has come to the load balancer ${lately}.`;
  const failed = seconds.reduce((sum, second) => sum + second.failed * (byMinute ? 60 : 1), 0);
  const newest = seconds[seconds.length - 1];
  const answered = Object.entries(newest.answered)
    .map(([template, count]) => rounded(count) + (template ? ` by ${versions.name(template)}` : " answered"));
  return `${answered.join(", ") || "none answered"} · ${Math.round(failed)} failed ${lately}`;
}

/** One shape for each version and one for what failed, stacked in this order. */
function layers(seconds, versions, scale) {
  const templates = [...new Set(seconds.flatMap((second) => Object.keys(second.answered)))];
  templates.sort((a, b) => versions.number(a) - versions.number(b));
  const floor = new Map(seconds.map((second) => [second, 0]));
  const layer = (look, count) => {
    const columns = seconds.filter((second) => count(second) > 0).map((second) => {
      const low = floor.get(second);
      floor.set(second, low + count(second));
      return column(second, low, low + count(second), scale);
    });
    const path = (name, part) => svg("path", { ...look, class: name, d: columns.map(part).join("") });
    return columns.length === 0 ? [] : [path(look.class ?? "layer", ({ area }) => area), path("edge", ({ edge }) => edge)];
  };
  return [
    ...templates.flatMap((template) => layer({ "data-look": versions.look(template) }, (second) => second.answered[template] ?? 0)),
    ...layer({ class: "layer failed" }, (second) => second.failed),
  ];
}

/** Whole pixels, so that no seam shows between two columns. */
function column(second, low, high, { x, y, step }) {
  const left = Math.round(x(second.start));
  const right = Math.round(x(second.start) + step);
  const top = Math.round(y(high));
  return { area: `M${left} ${Math.round(y(low))}H${right}V${top}H${left}Z`, edge: `M${left} ${top + 1}H${right}` };
}

function crosses(seconds, { x, y, step }) {
  return seconds.filter((second) => second.failed > 0).map((second) =>
    svg("text", { class: "cross", x: x(second.start) + step / 2, y: y(total(second) + second.failed) - 3 }, "✕"));
}

/** Lines at these moments, whose words stand clear of each other and of the edge. */
function moments(marks, { x }) {
  const edge = plot.clientWidth - BOX.right;
  return marks.map(({ at, name }, index) => {
    const here = Math.min(x(at), edge);
    const late = here > edge - 90;
    return svg("g", { class: "moment" },
      svg("line", { x1: here, x2: here, y1: 3, y2: FLOOR }),
      svg("text", { x: here + (late ? -4 : 4), y: 11 + 13 * (index % 2), "text-anchor": late ? "end" : "start" }, name));
  });
}

/** What the versions are called, where their layers end and are high enough. */
function labels(newest, versions, { x, y }) {
  let low = 0;
  return Object.entries(newest.answered)
    .sort(([a], [b]) => versions.number(a) - versions.number(b))
    .map(([template, count]) => {
      const middle = y(low + count / 2) + 4;
      const fits = template && y(low) - y(low + count) > 15;
      low += count;
      return fits
        ? svg("text", { class: "version", "data-look": versions.look(template), x: plot.clientWidth - BOX.right - 8, y: middle }, versions.short(template))
        : "";
    });
}

function axis(most, { y }) {
  return [0, most / 2, most].map((count) =>
    svg("g", { class: "axis" },
      svg("line", { x1: BOX.left, x2: plot.clientWidth - BOX.right, y1: y(count), y2: y(count) }),
      svg("text", { x: BOX.left - 7, y: y(count) + 4, "text-anchor": "end" }, String(count))));
}

function ticks({ end, width, shown, unit }, { x }) {
  const ago = (columns) => (columns * unit < 60 ? `${columns * unit} s ago` : `${(columns * unit) / 60} min ago`);
  return [[shown, ago(shown), "start"], [shown / 2, ago(shown / 2), "middle"], [0, "now", "end"]].map(([before, name, anchor]) =>
    svg("text", { x: x(end - before * width), y: BOX.height - 4, "text-anchor": anchor }, name));
}

/** The next number that two halves well. */
function nice(count) {
  const power = 10 ** Math.floor(Math.log10(count));
  return Math.max(2, [1, 1.2, 1.6, 2, 4, 6, 8, 10].find((factor) => factor * power >= count) * power);
}
