// What happened before, and what each deployment changed: the latest at once, more where it is asked for.
import { arrows, byId, el, keyed, listOf, plural, say, set } from "./dom.js";
import { past } from "./record.js";
import { changes } from "./story.js";
import { clockTime } from "./time.js";

const NARROW = matchMedia("(max-width: 60rem)");
const LONG = 50;

export class History {
  #list = byId("deployments");
  #button = byId("more-history");
  #target = "";

  constructor(feed, again) {
    arrows(this.#list, "a");
    NARROW.addEventListener("change", again);
    this.#button.addEventListener("click", () => {
      feed.open("history", this.#target, !feed.isOpened("history", this.#target));
      again();
    });
  }

  show(feed, target, deployment, versions) {
    this.#target = target.name;
    const open = Boolean(target.name) && feed.isOpened("history", target.name);
    const told = open ? feed.cell(`history/${target.name}`) : null;
    const entries = this.#entries(target, told);
    const byKey = new Map(entries.slice(0, open ? LONG : NARROW.matches ? 5 : 12).map((entry) => [entry.one.key, entry]));
    for (const row of keyed(this.#list, [...byKey.keys()], make)) {
      update(row, byKey.get(row.dataset.key), { target, deployment, versions, now: feed.now() });
    }
    this.#list.hidden = byKey.size === 0;
    byId("no-deployments").hidden = byKey.size > 0;
    this.#button.hidden = !target.name || entries.length === 0;
    set(this.#button, { "aria-expanded": String(open) });
    say(this.#button, open ? "Show less" : "Show what each changed");
    const long = open && told ? `the last ${plural(listOf(told.entries).length, "deployment")}` : open ? "reading…" : "";
    say(byId("history-of"), long);
  }

  /** What a deployment changed, where its target's history was asked for. */
  static changed(feed, deployment) {
    const told = deployment && feed.cell(`history/${deployment.target}`);
    return listOf(told?.entries).find((entry) => entry.key === deployment.key)?.changed ?? null;
  }

  #entries(target, told) {
    const known = new Map(target.deployments.map((one) => [one.key, { one }]));
    for (const entry of listOf(told?.entries)) {
      const one = known.get(entry.key)?.one ?? past(entry, target.name);
      known.set(entry.key, { one, changed: listOf(entry.changed), by: entry.by });
    }
    return [...known.values()].sort((a, b) => (b.one.uploadedAt || 0) - (a.one.uploadedAt || 0));
  }

  /** The deployment of this key, known by its record or by the history alone; undefined if there is none. */
  find(feed, target, key) {
    const told = feed.cell(`history/${target.name}`);
    return this.#entries(target, told).find(({ one }) => one.key === key)?.one;
  }
}

function make() {
  return el("li", {}, el("a", {},
    el("span", { class: "object" }), " ",
    el("span", { class: "stage" }, el("span", { class: "sign", "aria-hidden": "true" }), " ", el("span", { class: "word" })), " ",
    el("time", {})), el("div", { class: "more" }));
}

function update(row, { one, changed, by }, { target, deployment, versions, now }) {
  const [link, more] = row.children;
  set(row, { "data-kind": one.kind });
  set(link, {
    href: `#${encodeURIComponent(target.name)}/${encodeURIComponent(one.key)}`,
    "aria-current": one === deployment ? "true" : null,
    "data-look": versions.look(one.template),
    title: one.object,
  });
  say(link.querySelector(".object"), one.object);
  say(link.querySelector(".sign"), one.sign);
  say(link.querySelector(".word"), one.word + (one.finished && one.verdict.code && one.kind !== "good" ? `, ${one.verdict.code}` : ""));
  const time = link.querySelector("time");
  say(time, Number.isNaN(one.uploadedAt) ? "" : when(one.uploadedAt, now));
  const words = JSON.stringify([changed, by]);
  if (more.dataset.shown === words) return;
  more.dataset.shown = words;
  more.replaceChildren(...[by ? el("p", { class: "facts" }, `by ${by}`) : null, changes(changed)].filter(Boolean));
}

/** The time of the day, and the day where it is another than today. */
function when(ms, now) {
  const day = new Date(ms).toISOString().slice(0, 10);
  return day === new Date(now).toISOString().slice(0, 10) ? clockTime(ms) : `${day.slice(5)} ${clockTime(ms).slice(0, 5)}`;
}
