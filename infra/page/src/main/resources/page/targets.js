// What is known of each target: what serves, what is under way, and what wants a person's eye.
import { lastPart, listOf } from "./dom.js";
import { deployments } from "./record.js";

/** Bad, waiting for a person, going back, under way, ended badly, at rest: this order in the list. */
const RANKS = { bad: 0, wait: 1, back: 2, going: 3, lately: 4, rest: 5 };

export class Target {
  constructor(name, cell, groups, all) {
    this.name = name;
    this.label = name || (groups.length > 0 ? "No target yet" : "Uploads to no target");
    this.cell = cell ?? {};
    this.groups = groups;
    this.deployments = all;
    const real = all.filter((one) => !one.isPlan());
    this.open = real.filter((one) => !one.finished);
    this.latest = all.find((one) => one.finished) ?? null;
    /** What changes the groups now, or is to; or what ended last. */
    this.main = this.open.find((one) => one.isPatched()) ?? this.open[0] ?? this.latest;
    this.health = health(groups.map(([, group]) => group));
    this.#place();
  }

  /** The template that serves, or served before what is under way; or "". */
  get template() {
    const told = this.cell.serving?.template ?? this.open.find((one) => one.isPatched())?.groups[0]?.previousTemplate;
    return lastPart(told ?? listOf(this.groups[0]?.[1].wanted)[0]?.template);
  }

  /** How long all must hold at the end, as the last good end told; undefined if none did. */
  get soakSeconds() {
    const texts = this.deployments.filter(({ stage }) => stage === "deployed").map(({ verdict }) => /have been for (\d+) s\./.exec(verdict.message ?? ""));
    const told = texts.find(Boolean)?.[1];
    return told === undefined ? undefined : Number(told);
  }

  #place() {
    const first = this.main;
    const ended = first?.finished && ["bad", "back"].includes(first.kind);
    const operator = ["rollback-failed", "misconfigured"].includes(first?.stage);
    this.kind = this.health.kind === "bad" || (ended && operator) ? "bad"
      : this.open.some((one) => one.kind === "wait") || this.cell.hold ? "wait"
      : this.open.length > 0 ? first.kind
      : ended ? "lately" : "rest";
    this.rank = RANKS[this.kind] ?? RANKS.going;
    this.word = this.open.length > 0 || ended ? first.word : this.cell.hold ? "On hold" : this.health.word;
  }
}

/** Of groups together: {kind, word, wanted, healthy}; healthy is null where nobody looked. */
function health(groups) {
  const sum = (what) => groups.reduce((all, group) => all + (group[what] ?? 0), 0);
  const wanted = sum("target");
  const seen = groups.length > 0 && groups.every((group) => group.checked !== false && typeof group.healthy === "number");
  const healthy = seen ? sum("healthy") : null;
  const rest = groups.every((group) => group.reached && group.stable);
  const is = (kind, word) => ({ kind, word, wanted, healthy, rest });
  if (groups.length === 0) return is("unknown", "Not known");
  if (wanted === 0) return is("over", "No instance is wanted");
  if (healthy === null) return rest ? is("good", "At rest") : is("going", "Changing");
  if (healthy === 0) return is("bad", "Not serving");
  return healthy < wanted ? is("part", "Serving in part") : is("good", "Serving");
}

/** All targets, those first that want to be seen; last what belongs to none. */
export function targets(feed) {
  const cells = new Map(feed.under("target").map(([key, cell]) => [key.slice("target/".length), cell]));
  const groups = new Map(feed.under("group"));
  const byTarget = new Map([...cells.keys()].map((name) => [name, []]));
  for (const one of deployments(feed)) {
    if (!byTarget.has(one.target)) byTarget.set(one.target, []);
    byTarget.get(one.target).push(one);
  }
  const taken = new Set();
  const all = [...byTarget].filter(([name]) => name).map(([name, list]) => {
    const keys = groupKeys(cells.get(name), list).filter((key) => groups.has(key));
    keys.forEach((key) => taken.add(key));
    return new Target(name, cells.get(name), keys.map((key) => [key, groups.get(key)]), list);
  });
  const rest = [...groups].filter(([key]) => !taken.has(key));
  const none = byTarget.get("") ?? [];
  all.sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1));
  return rest.length + none.length > 0 ? [...all, new Target("", null, rest, none)] : all;
}

/** As the target's cell says, and its records where that does not. */
function groupKeys(cell, list) {
  const told = listOf(cell?.groups);
  if (told.length > 0) return told;
  return [...new Set(list.flatMap((one) => one.groups.map(({ group }) => `group/${group}`)))];
}
