// What a version is called and looks like: one colour and one shape in the whole page.
import { el, lastPart } from "./dom.js";

const LOOKS = 6;

export class Versions {
  #names = new Map();
  #shorts = new Map();
  #numbers = new Map();
  #looks = new Map();

  /** Names each template by the upload it was made of, where a record tells. */
  update(feed) {
    const names = new Map();
    this.#numbers.clear();
    for (const [key, cell] of feed.under("version")) {
      const template = key.slice("version/".length);
      this.#numbers.set(template, cell.number);
      names.set(template, template);
    }
    for (const [, record] of feed.under("deployments")) {
      for (const group of Array.isArray(record.groups) ? record.groups : []) {
        const template = lastPart(group?.newTemplate);
        if (template && record.upload?.object) names.set(template, nameOf(String(record.upload.object)));
      }
    }
    for (const [, { serving, previous }] of feed.under("target")) {
      for (const one of [serving, previous]) {
        if (one?.template && one.object) names.set(lastPart(one.template), nameOf(one.object));
      }
    }
    this.#names = names;
  }

  /** Tells the versions of this target apart: by the shortest name that does, and by their looks. */
  tellApart(feed, target) {
    const used = [...inUse(feed, target)].sort((a, b) => this.number(a) - this.number(b));
    this.#shorts = shortened(new Map(used.map((template) => [template, this.name(template)])));
    this.#looks.clear();
    for (const template of used.filter((one) => this.#numbers.has(one))) {
      const taken = new Set(used.map((one) => this.#looks.get(one)));
      let look = this.number(template) % LOOKS;
      while (taken.has(look) && taken.size <= LOOKS) look = (look + 1) % LOOKS;
      this.#looks.set(template, look);
    }
  }

  name(template) {
    return this.#names.get(template) ?? (template || "unknown version");
  }

  /** What tells it from the others: "2" of mir-riseos-2. */
  short(template) {
    return this.#shorts.get(template) ?? this.name(template);
  }

  look(template) {
    if (!this.#numbers.has(template)) return "none";
    return String(this.#looks.get(template) ?? this.#numbers.get(template) % LOOKS);
  }

  number(template) {
    return this.#numbers.get(template) ?? -1;
  }

  /** The shape in the version's colour. */
  mark(template) {
    return el("span", { class: "mark", "data-look": this.look(template), "aria-hidden": "true" });
  }
}

/** An upload's name without its ending. */
const nameOf = (object) => lastPart(object).replace(/\.tar\.gz$/, "");

function inUse(feed, target) {
  const groups = new Map(target.groups);
  const instances = feed.under("instance").filter(([, { group }]) => groups.has(group)).map(([, { template }]) => template);
  return new Set([...instances, ...[...groups.values()].flatMap((group) => group.wanted.map(({ template }) => template))]);
}

/** Leaves out what all names begin with, up to a word's end. */
function shortened(names) {
  const all = [...new Set(names.values())];
  let common = all.length > 1 ? all[0] : "";
  for (const name of all) {
    while (!name.startsWith(common)) common = common.slice(0, -1);
  }
  if (all.length === 1) common = all[0];
  common = common.slice(0, common.search(/[^-_.]*$/));
  return new Map([...names].map(([template, name]) => [template, name.slice(common.length) || name]));
}
