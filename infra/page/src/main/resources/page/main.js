// Puts the page together: takes what the server tells and lets each part show it.
import { showAlarms } from "./alarms.js";
import { announce } from "./announce.js";
import { byId, say } from "./dom.js";
import { Feed } from "./feed.js";
import { listenToGroups, showGroups } from "./groups.js";
import { History } from "./history.js";
import { linesOf, showLog } from "./log.js";
import { showOrders } from "./orders.js";
import { Overview } from "./overview.js";
import { showServing } from "./serving.js";
import { showStory } from "./story.js";
import { targets } from "./targets.js";
import { clockTime, tick } from "./time.js";
import { showTraffic } from "./traffic.js";
import { showLink, showTroubles, troublesOf } from "./troubles.js";
import { Versions } from "./versions.js";
import { showWaiting } from "./waiting.js";

const MARKED = { "rollout.started": "rolling", "rollback.started": "rolling back", "deployment.finished": "" };

const versions = new Versions();
let link = "waiting";
const feed = new Feed(later, (state) => {
  link = state;
  later((kind) => kind === "link");
});
const overview = new Overview(() => show(() => true));
const history = new History(feed, () => show(() => true));

/** The target shown where the address names none: the one in most trouble, until somebody touches the page. */
let first = null;
let touchedByHand = false;
let waiting = null;
let model = [];

/** Draws once for all that comes before the next frame. */
function later(touched) {
  const before = waiting;
  waiting = before ? (kind) => before(kind) || touched(kind) : touched;
  if (!before) {
    requestAnimationFrame(() => {
      const all = waiting;
      waiting = null;
      show(all);
    });
  }
}

/** The target, and of it the deployment, that the address names: #target/key. */
function address() {
  return location.hash.slice(1).split("/").map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return "";
    }
  });
}

function choose(all) {
  const [name, key] = address();
  const before = all.find((one) => one.name === first && first);
  const best = before && (touchedByHand || all[0].rank >= before.rank) ? before : all[0];
  const target = all.find((one) => one.name === name && name) ?? best;
  first = best?.name ?? null;
  return { target, key };
}

/** Kinds of cells that the parts are made of, but for the instances, the log and the requests. */
const MODEL = ["cloud", "target", "deployments", "group", "history", "version"];

function show(touched) {
  if (!feed.cell("cloud")) return showLink(link);
  performance.mark("draw");
  const any = (...kinds) => kinds.some(touched);
  if (any(...MODEL, "instance")) versions.update(feed);
  if (any(...MODEL)) model = targets(feed);
  const all = model;
  const { target, key } = choose(all);
  if (target) versions.tellApart(feed, target);
  const troubles = troublesOf(feed);
  showTroubles(troubles, link === "lost" ? feed.heard() : null);
  if (any("cloud")) cloud();
  byId("target").hidden = !target;
  byId("nothing").hidden = Boolean(target);
  const one = target && ((key && history.find(feed, target, key)) || target.main);
  if (target) parts(target, one, any, troubles);
  announce(all, target, one, troubles, link);
  say(document.querySelector("title"), title(all));
  overview.show(all, target, versions);
  tick(feed.now());
  showLink(link);
  performance.measure("drawn", "draw");
}

function parts(target, one, any, troubles) {
  const lines = linesOf(feed, one);
  if (any(...MODEL, "trouble", "instance", "link")) {
    showServing(target, versions, link === "lost" || troubles.some(({ source }) => ["compute", "token"].includes(source)));
    showStory(target, one, History.changed(feed, one), versions);
    showWaiting(target);
    showOrders(target);
    history.show(feed, target, one, versions);
  }
  if (any(...MODEL, "log")) showAlarms(target, one, lines);
  if (any(...MODEL, "instance")) showGroups(feed, target, versions);
  if (any("log", "deployments")) showLog(lines, one);
  if (any("traffic", "log", "cloud")) traffic(lines, one);
}

function traffic(lines, one) {
  const marks = lines
    .filter(([, line]) => line.event in MARKED)
    .map(([, line]) => ({ at: Date.parse(line.time), name: MARKED[line.event] || one.word.toLowerCase() }));
  showTraffic(feed, versions, marks);
}

function cloud() {
  const { speed, uploads, place, project } = feed.cell("cloud");
  say(byId("place"), [place ?? "local cloud", place === "Google Cloud" ? project : ""].filter(Boolean).join(", "));
  say(byId("speed"), speed === 1 ? "" : `${speed} times as fast`);
  for (const one of document.querySelectorAll(".first-upload")) say(one, `gsutil cp NAME.tar.gz gs://${uploads}/`);
}

/** A tab among others tells too whether something waits. */
function title(all) {
  const bad = all.filter(({ kind }) => kind === "bad").length;
  const wait = all.filter(({ kind }) => kind === "wait").length;
  const head = [bad && `${bad} in trouble`, wait && `${wait} waiting`].filter(Boolean).join(", ");
  return `${head ? head + " · " : ""}Slipway: ${byId("place").textContent}`;
}

listenToGroups(feed);
for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => (touchedByHand = true), { once: true });
addEventListener("hashchange", () => {
  const { target } = choose(model);
  if (target) feed.keep({ history: [target.name], group: target.groups.map(([group]) => group) });
  show(() => true);
});
new ResizeObserver(() => feed.cell("cloud") && later((kind) => kind === "traffic")).observe(byId("traffic"));
setInterval(() => {
  const now = link === "lost" ? feed.heard() : feed.now();
  if (now === null) return;
  say(byId("clock"), clockTime(now));
  tick(feed.now());
}, 200);
