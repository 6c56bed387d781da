// What a deployment's record says, in plain words.
import { lastPart } from "./dom.js";

/** The way of a deployment that goes well: stage, and what it is called on the page. */
export const WAY = [
  ["received", "Received"],
  ["proven", "Proven"],
  ["image-ready", "Image"],
  ["template-ready", "Template"],
  ["rolling", "Rolling"],
  ["soaking", "Soaking"],
  ["deployed", "Deployed"],
];

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

const SIGNS = { going: "◔", good: "✓", bad: "✕", back: "↩", over: "–" };

/** What a deployment under way waits for, or the step that it takes; infra/slipway says the same. */
function waiting(record) {
  const groups = Array.isArray(record.groups) ? record.groups : [];
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
    this.stage = record.unreadable ? "unreadable" : String(record.stage ?? "unknown");
    [this.kind, this.word] = STAGES[this.stage] ?? ["over", this.stage];
    this.word = waiting(record) || this.word;
    this.sign = SIGNS[this.kind];
    this.uploadedAt = Date.parse(record.upload?.timeCreated ?? record.startedAt ?? "");
    this.stageAt = Date.parse(record.stageAt ?? "");
    this.over = Boolean(record.finishedAt);
    this.template = lastPart(record.groups?.[0]?.newTemplate);
    this.verdict = record.verdict ?? {};
  }

  /** How far it came on the way, which a record tells also after it ended otherwise. */
  furthest() {
    const group = this.record.groups?.[0];
    const index = WAY.findIndex(([stage]) => stage === this.stage);
    if (index >= 0) return index;
    if (group?.course?.heldSince) return 5;
    if (group?.course?.startedAt) return 4;
    if (group?.newTemplate) return 3;
    if (this.record.image?.name) return 2;
    return this.record.artifact?.sha256 ? 1 : 0;
  }

  /** Whether it left the way: at which step after the furthest is for the page to show. */
  astray() {
    return !WAY.some(([stage]) => stage === this.stage);
  }

  /** The part of the next step that can be typed, or "". */
  command() {
    const text = String(this.verdict.nextStep ?? "");
    if (/^[a-z]/.test(text)) return text;
    return /: ((?:gcloud|gsutil) [\s\S]*)$/.exec(text)?.[1] ?? "";
  }
}

/** The deployments, newest first. */
export function deployments(feed) {
  return feed
    .under("deployments/")
    .map(([key, record]) => new Deployment(key, record))
    .sort((a, b) => (b.uploadedAt || 0) - (a.uploadedAt || 0) || (a.key < b.key ? 1 : -1));
}
