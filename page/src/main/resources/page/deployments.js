// The list on the left: one line for each deployment, chosen by click or arrow keys.
import { byId, clockTime, el, keyed, say, set } from "./dom.js";
import { WAY } from "./record.js";

export class DeploymentList {
  #list = byId("deployments");
  #all = [];
  #onChoose;

  constructor(onChoose) {
    this.#onChoose = onChoose;
    this.#list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) onChoose(option.dataset.key);
    });
    this.#list.addEventListener("keydown", (event) => this.#key(event));
  }

  show(all, chosen, versions) {
    this.#all = all;
    const byKey = new Map(all.map((one) => [one.key, one]));
    const options = keyed(this.#list, [...byKey.keys()], make);
    options.forEach((option, index) => {
      option.id = `deployment-${index}`;
      update(option, byKey.get(option.dataset.key), chosen, versions);
    });
    const active = options.find((option) => option.dataset.key === chosen);
    set(this.#list, { "aria-activedescendant": active?.id ?? null });
    this.#list.hidden = all.length === 0;
    byId("no-deployments").hidden = all.length > 0;
  }

  #key(event) {
    const now = this.#all.findIndex((one) => this.#list.querySelector("[aria-selected=true]")?.dataset.key === one.key);
    const last = this.#all.length - 1;
    const wanted = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: last }[event.key];
    if (wanted === undefined || last < 0) return;
    event.preventDefault();
    this.#onChoose(this.#all[Math.max(0, Math.min(last, wanted))].key);
    this.#list.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }
}

function make() {
  const way = el("span", { class: "way", "aria-hidden": "true" }, ...WAY.map(() => el("i")));
  return el(
    "div",
    { role: "option" },
    el("span", { class: "object" }),
    el("span", { class: "stage" }, el("span", { class: "sign", "aria-hidden": "true" }), el("span", { class: "word" })),
    el("time", {}),
    way,
  );
}

function update(option, deployment, chosen, versions) {
  const uploaded = Number.isNaN(deployment.uploadedAt) ? "" : clockTime(deployment.uploadedAt);
  set(option, {
    "aria-selected": String(deployment.key === chosen),
    "aria-label": `${deployment.object}: ${deployment.word}, uploaded ${uploaded}`,
    "data-kind": deployment.kind,
    "data-look": versions.look(deployment.template),
    title: deployment.object,
  });
  say(option.querySelector(".object"), deployment.object);
  say(option.querySelector(".sign"), deployment.sign);
  say(option.querySelector(".word"), deployment.word);
  say(option.querySelector("time"), uploaded);
  const furthest = deployment.furthest();
  option.querySelectorAll(".way i").forEach((step, index) => {
    const stopped = deployment.astray() && index === furthest + 1;
    set(step, { "data-step": index <= furthest ? "done" : stopped ? "stopped" : "ahead" });
  });
}
