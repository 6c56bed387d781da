// The second question: what is being done, and how far? Of the deployment under way, or one that was chosen.
import { byId, el, lastPart, listOf, plural, redraw } from "./dom.js";
import { command, typed } from "./command.js";
import { about, clockTime, ticking } from "./time.js";
import { progress, way } from "./way.js";

const place = byId("story");

/** Changed is what the deployment changed, as the history has it; empty where that was not asked for. */
export function showStory(target, deployment, changed, versions) {
  byId("doing").hidden = !deployment && !target.cell.serving;
  const shown = [target.name, target.cell.steps, target.cell.approval, target.soakSeconds, target.main?.key, deployment?.key,
    deployment?.record, changed, deployment && versions.look(deployment.template), previous(deployment, versions)];
  redraw(place, shown, () => (deployment ? story(target, deployment, changed, versions) : nothing(target)));
  place.parentElement.dataset.kind = deployment?.kind ?? "rest";
}

function nothing(target) {
  return [
    el("h2", { class: "eyebrow" }, "Under way"),
    el("p", { class: "empty" }, target.deployments.length > 0 ? "Nothing." : "Nothing, and nothing was uploaded lately."),
  ];
}

function story(target, deployment, changed, versions) {
  return [
    el("h2", { class: "eyebrow" }, title(target, deployment)),
    el("div", { class: "headline" },
      el("h3", { title: deployment.object }, deployment.template ? versions.mark(deployment.template) : "", deployment.object),
      el("p", { class: "stage", "data-kind": deployment.kind },
        el("span", { class: "sign", "aria-hidden": "true" }, deployment.sign), " ", deployment.word, " ", timer(target, deployment))),
    el("p", { class: "facts" }, facts(target, deployment, versions).join(" · ")),
    steps(deployment, target),
    changes(changed),
    verdict(deployment),
    trouble(deployment),
  ];
}

function title(target, deployment) {
  if (target.open.includes(deployment)) return "Under way";
  return deployment === target.main ? "Nothing under way. Last:" : "A deployment of before";
}

/** The soak's end where it is known; else for how long it has been so. */
function timer(target, deployment) {
  const { soakEnds, soaksSince } = progress(deployment, target.soakSeconds);
  if (deployment.finished) {
    const at = deployment.record.finishedAt;
    return at ? el("span", { class: "timer" }, ticking("ago", at)) : "";
  }
  if (soakEnds) return el("span", { class: "timer" }, "soak ", ticking("left", new Date(soakEnds).toISOString()));
  const since = soaksSince ? new Date(soaksSince).toISOString() : deployment.record.stageAt;
  return el("span", { class: "timer" }, soaksSince ? "soak since " : "", ticking("since", since));
}

function previous(deployment, versions) {
  const template = lastPart(deployment?.groups[0]?.previousTemplate);
  return template && template !== deployment.template ? versions.name(template) : "";
}

/** What else is known of it, in few words. */
function facts(target, deployment, versions) {
  const { record, current } = deployment;
  const { step, wave, waves } = progress(deployment, target.soakSeconds);
  const before = previous(deployment, versions);
  const seen = deployment.finished ? null : current?.instances;
  return [
    waves > 1 && !deployment.finished && `group ${wave} of ${waves}, ${lastPart(current?.group)}`,
    step?.soakSeconds >= 0 && `soak of ${about(1000 * step.soakSeconds)}`,
    seen && `${seen.new} of ${seen.total} new, ${seen.healthyNew} healthy`,
    before && !deployment.finished && `from ${before}`,
    !Number.isNaN(deployment.uploadedAt) && `uploaded ${clockTime(deployment.uploadedAt)}`,
    record.artifact?.sha256 && `SHA-256 ${String(record.artifact.sha256).slice(0, 12)}…`,
    ...Object.entries(record.upload?.metadata ?? {}).slice(0, 3).map(([key, value]) => `${key} ${value}`),
    record.image?.reused && "image of before",
  ].filter(Boolean);
}

function steps(deployment, target) {
  const parts = way(deployment, target.cell);
  return el("ol", { class: "steps", "aria-label": "Steps" }, parts.map(({ name, note, state }) =>
    el("li", { "data-step": state, "aria-current": state === "now" || state === "wait" ? "step" : null },
      el("span", {}, name, note ? [" ", el("small", {}, sized(note))] : ""))));
}

/** A step's size: how many instances, or a share of them. */
const sized = (size) => (/^\d+$/.test(size) ? plural(Number(size), "instance") : size);

/** What it changed to the version that served before it: {what, before, after}. */
export function changes(changed) {
  if (!changed) return null;
  if (changed.length === 0) return el("p", { class: "changes empty" }, "No change is known.");
  const text = (value) => (value === null || value === undefined || value === "" ? "none" : String(value));
  return el("dl", { class: "changes" }, changed.map(({ what, before, after }) =>
    el("div", {}, el("dt", {}, String(what)), " ",
      el("dd", { title: `${text(before)} → ${text(after)}` }, el("del", {}, short(text(before))), " → ", el("ins", {}, short(text(after)))))));
}

/** A digest by its beginning, a path by its end. */
function short(text) {
  if (/^[0-9a-f]{40,}$/.test(text)) return `${text.slice(0, 12)}…`;
  return text.startsWith("projects/") ? lastPart(text) : text;
}

function verdict(deployment) {
  const { code, message, nextStep, consoles } = deployment.verdict;
  if (deployment.record.unreadable) {
    return el("p", { class: "verdict" }, "Its record is not JSON: look at the object in the records bucket.");
  }
  // What it waits for stands with its command in the part for that.
  if (deployment.kind === "wait" || !(message || code)) return null;
  return el("div", { class: "verdict", role: "group", "aria-label": "Verdict" },
    el("p", { class: "message" }, code ? [el("b", {}, code), " "] : "", String(message ?? "")),
    nextStep ? next(nextStep) : "",
    listOf(consoles).length > 0 ? el("p", { class: "facts" }, `Consoles kept: ${listOf(consoles).map(lastPart).join(", ")}`) : "");
}

function next(nextStep) {
  const [words, line] = typed(nextStep);
  return el("div", { class: "next" }, el("h4", {}, "Next step"), words ? el("p", {}, words) : "",
    line ? command(line, "is the next step") : "");
}

function trouble({ record, finished }) {
  if (!record.trouble || finished) return null;
  return el("p", { class: "verdict trouble" }, "It could not go on for ", ticking("since", record.trouble.since), `: ${record.trouble.reason}`);
}
