// The list of targets, where there are several: those in trouble or under way first.
import { arrows, byId, el, keyed, plural, say, set } from "./dom.js";
import { SIGNS } from "./record.js";

const NARROW = matchMedia("(max-width: 60rem)");
const SIGN = { ...SIGNS, lately: "!", rest: "✓" };

export class Overview {
  #list = byId("targets");
  #filter = byId("filter");
  #more = byId("more-targets");
  #all = false;

  /** Calls back where the person wants to see more, fewer or others of them. */
  constructor(again) {
    this.#filter.addEventListener("input", again);
    NARROW.addEventListener("change", again);
    this.#more.addEventListener("click", () => {
      this.#all = !this.#all;
      again();
    });
    arrows(this.#list, "a");
  }

  show(targets, chosen, versions) {
    const named = targets.filter((one) => one.name);
    byId("overview").hidden = targets.length < 2;
    byId("filter-row").hidden = targets.length < 6;
    const words = this.#filter.value.trim().toLowerCase();
    const found = targets.filter((one) => one.label.toLowerCase().includes(words));
    const shown = found.filter((one, index) => this.#all || words || index < (NARROW.matches ? 4 : 14) || one === chosen);
    const byKey = new Map(shown.map((one) => [one.name, one]));
    for (const row of keyed(this.#list, [...byKey.keys()], make)) {
      update(row, byKey.get(row.dataset.key), chosen, versions);
    }
    say(byId("targets-sum"), sum(named));
    say(byId("no-target"), words && found.length === 0 ? `No target's name has "${words}" in it.` : "");
    this.#more.hidden = Boolean(words) || (!this.#all && shown.length === found.length);
    set(this.#more, { "aria-expanded": String(this.#all) });
    say(this.#more, this.#all ? "Fewer" : `All ${targets.length}`);
  }
}

/** How many of each kind, in words. */
function sum(targets) {
  const count = (...kinds) => targets.filter((one) => kinds.includes(one.kind)).length;
  const parts = [
    [count("bad"), "in trouble"],
    [count("wait"), "waiting"],
    [count("going", "back", "over"), "under way"],
    [count("lately", "rest"), "at rest"],
  ];
  return [plural(targets.length, "target"), ...parts.filter(([many]) => many).map(([many, what]) => `${many} ${what}`)].join(" · ");
}

function make() {
  return el("li", {}, el("a", {},
    el("span", { class: "sign", "aria-hidden": "true" }), " ",
    el("span", { class: "name" }), " ", el("span", { class: "version" }), " ", el("span", { class: "word" })));
}

function update(row, target, chosen, versions) {
  const link = row.firstChild;
  set(row, { "data-kind": target.kind });
  set(link, {
    href: `#${encodeURIComponent(target.name)}`,
    "aria-current": target === chosen ? "true" : null,
    title: target.label,
  });
  const [sign, name, version, word] = link.children;
  say(sign, SIGN[target.kind] ?? SIGNS.going);
  say(name, target.label);
  say(version, target.template ? versions.name(target.template) : "");
  say(word, target.word);
}
