// The chosen deployment: its way, its verdict, and what to do next.
import { byId, clockTime, el, lastPart, say } from "./dom.js";
import { WAY } from "./record.js";

/** From here on what fails is the version, and not what was uploaded or set. */
const ROLLING = WAY.findIndex(([stage]) => stage === "rolling");
const place = byId("story");
let shown = "";

export function showStory(deployment, versions) {
  place.hidden = !deployment;
  if (!deployment) return;
  const now = JSON.stringify([deployment.key, deployment.record, versions.look(deployment.template)]);
  if (now === shown) return;
  shown = now;
  place.dataset.kind = deployment.kind;
  place.replaceChildren(head(deployment, versions), way(deployment), ...verdict(deployment));
}

function head(deployment, versions) {
  const { record } = deployment;
  const facts = [
    record.target && `target ${record.target}`,
    !Number.isNaN(deployment.uploadedAt) && `uploaded ${clockTime(deployment.uploadedAt)}`,
    record.artifact?.sha256 && `SHA-256 ${String(record.artifact.sha256).slice(0, 12)}…`,
    record.upload?.metadata?.["git-sha"] && `git ${record.upload.metadata["git-sha"]}`,
  ].filter(Boolean);
  return el(
    "header",
    {},
    el("h2", {}, deployment.template ? versions.mark(deployment.template) : "", deployment.object),
    el("p", { class: "stage", "data-kind": deployment.kind },
      el("span", { class: "sign", "aria-hidden": "true" }, deployment.sign), deployment.word,
      deployment.kind === "going" ? el("span", { class: "since", "data-since": deployment.stageAt, "aria-hidden": "true" }) : ""),
    el("p", { class: "facts" }, facts.join(" · ")),
  );
}

/** How long the stage has lasted, by the cloud's clock. */
export function showSince(now) {
  const since = place.querySelector("[data-since]");
  const seconds = since ? Math.max(0, Math.floor((now - since.dataset.since) / 1000)) : NaN;
  if (!Number.isNaN(seconds)) say(since, `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);
}

/** The seven steps; where it left them, and what came then. */
function way(deployment) {
  const furthest = deployment.furthest();
  const steps = WAY.map(([, name], index) => {
    const state =
      index < furthest || (index === furthest && (deployment.astray() || deployment.stage === "deployed"))
        ? "done"
        : index === furthest
          ? "now"
          : "ahead";
    return [name, state];
  });
  if (deployment.astray()) {
    if (furthest >= ROLLING && deployment.kind !== "over") steps[furthest][1] = "broken";
    steps.splice(furthest + 1, steps.length, [deployment.word, deployment.kind]);
  }
  return el(
    "ol",
    { class: "steps", "aria-label": "Steps" },
    ...steps.map(([name, state]) =>
      el("li", { "data-step": state, "aria-current": state === "now" ? "step" : null }, el("span", {}, name)),
    ),
  );
}

function verdict(deployment) {
  const { code, message, nextStep, consoles } = deployment.verdict;
  if (deployment.record.unreadable) {
    return [el("p", { class: "verdict" }, "Its record is not JSON: look at the object in the records bucket.")];
  }
  if (!message) return [];
  const parts = [el("p", { class: "message" }, code ? el("b", {}, code) : "", String(message))];
  if (nextStep) parts.push(next(deployment, String(nextStep)));
  if (Array.isArray(consoles) && consoles.length > 0) {
    parts.push(el("p", { class: "facts" }, `Consoles kept: ${consoles.map(lastPart).join(", ")}`));
  }
  return [el("div", { class: "verdict", role: deployment.kind === "good" ? null : "note" }, ...parts)];
}

function next(deployment, text) {
  const command = deployment.command();
  const words = command ? text.slice(0, text.length - command.length) : text;
  const parts = [el("h3", {}, "Next step")];
  if (words) parts.push(el("p", {}, words));
  if (command) parts.push(el("div", { class: "command" }, el("pre", { tabindex: "0" }, ...unbroken(command)), copyButton(command)));
  return el("div", { class: "next" }, ...parts);
}

/** Lines break between words only, not after the hyphens of an option. */
function unbroken(command) {
  return command.split(/(?<=\s)/).flatMap((word) => [el("span", {}, word.trimEnd()), word.slice(word.trimEnd().length)]);
}

function copyButton(text) {
  const button = el("button", { type: "button" }, "Copy");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(button.previousElementSibling);
      button.textContent = "Selected";
    }
    setTimeout(() => (button.textContent = "Copy"), 1500);
  });
  return button;
}
