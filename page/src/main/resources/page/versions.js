// What a version is called and looks like: one colour and one shape in the whole page.
import { el, lastPart } from "./dom.js";

const LOOKS = 6;

export class Versions {
  #names = new Map();
  #shorts = new Map();
  #numbers = new Map();

  /** Names each template by the upload it was made of, where a record tells. */
  update(feed) {
    const names = new Map();
    this.#numbers.clear();
    for (const [key, cell] of feed.under("version/")) {
      const template = key.slice("version/".length);
      this.#numbers.set(template, cell.number);
      names.set(template, template);
    }
    for (const [, record] of feed.under("deployments/")) {
      for (const group of Array.isArray(record.groups) ? record.groups : []) {
        const template = lastPart(group?.newTemplate);
        if (template && record.upload?.object) {
          names.set(template, String(record.upload.object).replace(/\.tar\.gz$/, ""));
        }
      }
    }
    const used = inUse(feed);
    this.#names = names;
    this.#shorts = shortened(new Map([...names].filter(([template]) => used.has(template))));
  }

  name(template) {
    return this.#names.get(template) ?? (template || "unknown version");
  }

  /** What tells it from the others: "2" of mir-riseos-2. */
  short(template) {
    return this.#shorts.get(template) ?? this.name(template);
  }

  look(template) {
    return this.#numbers.has(template) ? String(this.#numbers.get(template) % LOOKS) : "none";
  }

  number(template) {
    return this.#numbers.get(template) ?? -1;
  }

  /** The shape in the version's colour. */
  mark(template) {
    return el("span", { class: "mark", "data-look": this.look(template), "aria-hidden": "true" });
  }
}

function inUse(feed) {
  const instances = feed.under("instance/").map(([, instance]) => instance.template);
  const wanted = feed.under("group/").flatMap(([, group]) => group.wanted.map((one) => one.template));
  return new Set([...instances, ...wanted]);
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
