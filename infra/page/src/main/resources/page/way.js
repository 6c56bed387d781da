// The way of a deployment: the parts that it has, with steps and gate, and how far it came.
import { listOf } from "./dom.js";

const BEFORE = ["Received", "Proven", "Image", "Template"];
const STAGE_PARTS = { received: 0, proven: 1, "image-ready": 2, "template-ready": 3 };

/** The steps of the deployment's present group, [{size, soakSeconds}], as far as anything tells. */
function stepsOf(deployment, target) {
  const step = deployment.current?.step ?? deployment.groups.map((group) => group.step).find(Boolean);
  const known = listOf(target?.steps);
  const of = step?.of ?? known.length;
  return Array.from({ length: of }, (none, index) =>
    step?.number === index + 1 ? step : known.length === of ? known[index] : { size: "" });
}

/** Its parts in order: {name, note}; note is a step's size. */
function parts(steps, gated) {
  const one = steps.length === 1;
  return [
    ...BEFORE.map((name) => ({ name })),
    ...steps.map(({ size }, index) => ({ name: one ? "Canary" : `Step ${index + 1}`, note: size, step: index + 1 })),
    ...(gated ? [{ name: "Approval", gate: true }] : []),
    { name: steps.length > 0 ? "All" : "Rolling", whole: true },
    { name: "Soaking", soak: true },
    { name: "Deployed", end: true },
  ];
}

/** The index of the part that it is in, or came to before it went another way. */
function furthest(deployment, all) {
  const { stage, current } = deployment;
  const at = (what) => all.findIndex(what);
  if (stage in STAGE_PARTS) return STAGE_PARTS[stage];
  if (stage === "deployed") return all.length - 1;
  if (stage === "soaking" || current?.state === "soaking" || current?.state === "good") return at(({ soak }) => soak);
  const whole = at(({ whole: it }) => it);
  if (current?.state === "waiting-for-approval" || (deployment.back && current?.askedAt && current.step)) {
    return Math.max(at(({ gate }) => gate), BEFORE.length - 1);
  }
  if (current?.step) return Math.max(at(({ step }) => step === current.step.number), BEFORE.length - 1);
  if (current?.course) return whole;
  if (current?.newTemplate) return stage === "rolling" ? BEFORE.length : 3;
  if (deployment.record.image?.name) return 2;
  return deployment.record.artifact?.sha256 ? 1 : 0;
}

/**
 * The parts as they stand, each {name, note, state}: done, now, wait, broken or ahead; where the deployment
 * left its way, what came then is the last, and its state the deployment's kind.
 */
export function way(deployment, target) {
  const steps = stepsOf(deployment, target);
  const asked = deployment.groups.some((group) => group.askedAt);
  const first = (deployment.current?.wave ?? 1) === 1;
  const all = parts(steps, asked || (first && target?.approval === true && !deployment.finished));
  const came = furthest(deployment, all);
  const astray = deployment.back || (deployment.finished && deployment.stage !== "deployed");
  const now = deployment.kind === "wait" ? "wait" : "now";
  all.forEach((part, index) => {
    const passed = index < came || (index === came && (astray || deployment.stage === "deployed"));
    part.state = passed ? "done" : index === came ? now : "ahead";
  });
  if (astray) {
    // From the first step on what fails is the version, and not what was uploaded or set.
    if (came >= BEFORE.length && deployment.stage !== "superseded") all[came].state = "broken";
    all.splice(came + 1, all.length, { name: deployment.word, state: deployment.kind });
  }
  return all;
}

/** How far it is; the last soak has as many seconds, undefined if that is not known: {step, of, size, soakEnds, soaksSince, wave, waves}. */
export function progress(deployment, soakSeconds) {
  const group = deployment.current;
  const step = group?.state === "canary" ? group.step : null;
  const soaks = !deployment.back && ["canary", "soaking"].includes(group?.state) ? Date.parse(group?.course?.heldSince ?? "") : NaN;
  const seconds = step?.soakSeconds ?? (group?.state === "soaking" ? soakSeconds : undefined);
  return {
    step,
    soaksSince: Number.isNaN(soaks) ? null : soaks,
    soakEnds: Number.isNaN(soaks) || !(seconds >= 0) ? null : soaks + 1000 * seconds,
    wave: group?.wave ?? 1,
    waves: deployment.groups.length,
  };
}
