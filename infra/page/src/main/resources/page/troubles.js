// What cannot be read: which permission is missing, for whom, and how old what is shown is.
import { byId, el, redraw, set, say } from "./dom.js";
import { clockTime, ticking } from "./time.js";

const place = byId("troubles");
const SOURCES = {
  token: "Everything is", compute: "Groups and instances are", records: "Deployments are",
  private: "Holds, orders and what serves are", traffic: "Requests are", log: "The log is",
};
const LINK = { live: "live", lost: "connection lost", waiting: "connecting" };

/** All that are told now, [{source, what, permission, who, since}]. */
export function troublesOf(feed) {
  const all = feed.under("trouble").map(([key, cell]) => ({ source: key.slice("trouble/".length), ...cell }));
  const order = Object.keys(SOURCES);
  return all.sort((a, b) => order.indexOf(a.source) - order.indexOf(b.source));
}

/** Lost is the cloud's time in ms of the last word; null while the connection stands. */
export function showTroubles(troubles, lost) {
  const items = troubles.map(missing);
  if (lost !== null) items.unshift(gone(new Date(lost).toISOString()));
  redraw(place, [troubles, lost], () => items);
  place.hidden = items.length === 0;
}

function gone(since) {
  return el("div", { class: "trouble", "data-source": "link" },
    el("p", {}, el("b", {}, "The connection is lost. "), `What is shown is as of ${clockTime(since)}, `, ticking("ago", since),
      ". It is tried again all the time; if the program that serves this page has ended, start it again."));
}

function missing({ source, what, permission, who, since }) {
  return el("div", { class: "trouble", "data-source": source },
    el("p", {}, el("b", {}, what),
      permission ? [" Missing: ", el("code", {}, permission), who ? " for " : "", who ? el("code", {}, who) : "", "."] : "",
      since ? el("span", {}, ` ${SOURCES[source] ?? "Something is"} shown as of ${clockTime(since)}, `, ticking("ago", since), ".") : ""));
}

/** Whether the connection stands. */
export function showLink(state) {
  set(byId("link"), { "data-state": state });
  set(document.body, { "data-link": state });
  say(byId("link"), LINK[state]);
}
