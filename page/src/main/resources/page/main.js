// Puts the page together: takes what the server tells and lets each part show it.
import { byId, clockTime, say, set } from "./dom.js";
import { DeploymentList } from "./deployments.js";
import { Feed } from "./feed.js";
import { showGroups } from "./groups.js";
import { linesOf, showLog } from "./log.js";
import { deployments } from "./record.js";
import { showSince, showStory } from "./story.js";
import { showTraffic } from "./traffic.js";
import { Versions } from "./versions.js";

const MARKED = { "rollout.started": "rolling", "rollback.started": "rolling back", "deployment.finished": "" };
const LINK = { live: "live", lost: "connection lost, trying again", waiting: "connecting" };

const versions = new Versions();
const list = new DeploymentList((key) => choose(key));
const feed = new Feed(later, (state) => {
  set(byId("link"), { "data-state": state });
  set(document.body, { "data-link": state });
  say(byId("link"), LINK[state]);
});

/** What the visitor chose; null follows the newest. */
let chosen = null;
let announced = "";
let waiting = null;

function choose(key) {
  chosen = key === deployments(feed)[0]?.key ? null : key;
  show(() => true);
}

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

function show(touched) {
  if (["version", "deployments", "instance", "group"].some(touched)) versions.update(feed);
  const all = deployments(feed);
  const one = all.find((deployment) => deployment.key === chosen) ?? all[0];
  const lines = linesOf(feed, one);
  if (touched("deployments") || touched("version")) {
    list.show(all, one?.key, versions);
    showStory(one, versions);
    announce(one);
  }
  if (["group", "instance", "version", "deployments"].some(touched)) showGroups(feed, versions);
  if (touched("log") || touched("deployments")) showLog(lines, one);
  if (touched("cloud")) cloud();
  if (touched("traffic") || touched("log")) traffic(lines, one);
}

function traffic(lines, one) {
  const marks = lines
    .filter(([, line]) => line.event in MARKED)
    .map(([, line]) => ({ at: Date.parse(line.time), name: MARKED[line.event] || one.word.toLowerCase() }));
  showTraffic(feed, versions, marks);
}

function cloud() {
  const { speed, uploads } = feed.cells.get("cloud");
  say(byId("speed"), speed === 1 ? "as fast as the clock" : `${speed} times as fast`);
  say(byId("first-upload"), `gsutil cp NAME.tar.gz gs://${uploads}/`);
}

/** Tells a listener of the chosen deployment's stages, and not of each instance. */
function announce(deployment) {
  const words = deployment ? `${deployment.object}: ${deployment.word}` : "";
  if (words !== announced) say(byId("announcer"), (announced = words));
}

new ResizeObserver(() => feed.cells.size > 0 && show((kind) => kind === "traffic")).observe(byId("traffic"));
setInterval(() => {
  const now = feed.now();
  if (now === null) return;
  say(byId("clock"), clockTime(now));
  showSince(now);
}, 100);
