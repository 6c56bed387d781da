// What a deployment's record says, in plain words.
import { lastPart, listOf } from "./dom.js";

const STAGES = {
  received: ["going", "Received"],
  proven: ["going", "Proven"],
  "image-ready": ["going", "Image ready"],
  "template-ready": ["going", "Template ready"],
  rolling: ["going", "Rolling out"],
  soaking: ["going", "Soaking"],
  deployed: ["good", "Deployed"],
  "rolling-back": ["back", "Rolling back"],
  "rolled-back": ["back", "Rolled back"],
  "rollback-failed": ["bad", "Rollback failed"],
  rejected: ["bad", "Rejected"],
  misconfigured: ["bad", "Misconfigured"],
  superseded: ["over", "Superseded"],
  planned: ["over", "Planned"],
};

const ENDED = ["deployed", "rolled-back", "rollback-failed", "rejected", "misconfigured", "superseded", "planned", "unreadable"];

export const SIGNS = { going: "◔", wait: "‖", good: "✓", bad: "✕", back: "↩", over: "–" };

/** What a deployment under way waits for, or the step that it takes; infra/slipway says the same. */
function waiting(record, groups) {
  if (record.verdict?.code === "on-hold") return "On hold";
  if (groups.some((group) => group.state === "waiting-for-approval")) return "Waiting for approval";
  const group = groups.find(({ state }) => state === "canary");
  if (record.stage !== "rolling" || !group?.step) return "";
  const { number, of, size } = group.step;
  const step = of === 1 ? "Canary" : `Step ${number} of ${of}`;
  return `${step}, ${size}${group.course?.heldSince ? ", soaking" : ""}`;
}

export class Deployment {
  constructor(key, record) {
    const [, ...path] = key.replace(/\.json$/, "").split("/");
    this.key = key;
    this.record = record;
    this.generation = path.pop();
    this.object = String(record.upload?.object ?? path.join("/"));
    this.id = String(record.id ?? "");
    this.target = typeof record.target === "string" ? record.target : "";
    this.groups = listOf(record.groups);
    this.stage = record.unreadable ? "unreadable" : String(record.stage ?? "unknown");
    [this.kind, this.word] = STAGES[this.stage] ?? ["over", this.stage];
    this.finished = Boolean(record.finishedAt) || ENDED.includes(this.stage);
    this.back = this.kind === "back";
    const waits = this.finished || this.back ? "" : waiting(record, this.groups);
    this.word = waits || this.word;
    if (/^(On hold|Waiting)/.test(waits)) this.kind = "wait";
    this.sign = SIGNS[this.kind];
    this.uploadedAt = Date.parse(record.upload?.timeCreated ?? record.startedAt ?? "");
    this.endedAt = Date.parse(record.finishedAt ?? record.stageAt ?? record.startedAt ?? "");
    this.template = lastPart(this.groups[0]?.newTemplate);
    this.verdict = record.verdict ?? {};
  }

  /** What people call it: its upload's name without the ending. */
  get name() {
    return this.object.startsWith("orders/") ? `roll-back of ${this.target}` : lastPart(this.object).replace(/\.tar\.gz$/, "");
  }

  /** The group whose turn it is: the first that is not done; null before there is one. */
  get current() {
    return this.groups.find(({ state }) => state !== "good") ?? this.groups[this.groups.length - 1] ?? null;
  }

  /** Whether it changed a group. */
  isPatched() {
    return this.groups.some((group) => group.course);
  }

  isPlan() {
    return this.object.startsWith("plan/");
  }
}

const read = new WeakMap();

/** The deployment of a record; the same one as long as the record is the same. */
function of(key, record) {
  if (!read.has(record)) read.set(record, new Deployment(key, record));
  return read.get(record);
}

/** The deployments, newest first. */
export function deployments(feed) {
  return feed
    .under("deployments")
    .map(([key, record]) => of(key, record))
    .sort((a, b) => (b.uploadedAt || 0) - (a.uploadedAt || 0) || (a.key < b.key ? 1 : -1));
}

/** As much of a deployment as the history tells, where its record is not at hand. */
export function past(entry, target) {
  if (!read.has(entry)) {
    const { key, id, stage, code, startedAt, finishedAt, object } = entry;
    read.set(entry, new Deployment(key, { id, target, stage, startedAt, finishedAt, upload: { object }, verdict: { code } }));
  }
  return read.get(entry);
}
