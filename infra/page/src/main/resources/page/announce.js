// Tells a listener what matters, once: what the chosen target comes to, and that another needs a person.
import { byId, say } from "./dom.js";

const LOUD = ["bad", "wait", "back", "lately"];
let told = new Map();

/** Says what is new since the time before; nothing at the first. */
export function announce(targets, chosen, deployment, troubles, link) {
  const now = new Map();
  for (const one of targets) {
    if (one !== chosen && LOUD.includes(one.kind)) now.set(one.name, `${one.label}: ${one.word}.`);
  }
  if (chosen) now.set(`health of ${chosen.name}`, `${chosen.label}: ${chosen.health.word}.`);
  if (deployment) now.set(`way of ${deployment.key}`, `${deployment.object}: ${deployment.word}.`);
  troubles.forEach(({ source, what }) => now.set(`trouble of ${source}`, what));
  now.set("link", link === "lost" ? "The connection is lost." : "");
  const fresh = [...now].filter(([key, words]) => words && told.get(key) !== words).map(([, words]) => words);
  if (told.size > 0 && fresh.length > 0) say(byId("announcer"), fresh.join(" "));
  told = now;
}
