// The third question: what waits for me? Approval, a hold, another deployment: who for whom, with the command.
import { byId, el, lastPart, redraw } from "./dom.js";
import { command, typed } from "./command.js";
import { ticking } from "./time.js";

const place = byId("waiting");

export function showWaiting(target) {
  const items = [...approvals(target), ...holds(target), ...overtaking(target), ...waves(target)];
  place.hidden = items.length === 0;
  const shown = [target.name, items.map(({ who, what, run }) => [who, what.map((part) => part?.dataset?.at ?? part), run])];
  redraw(place, shown, () => [
    el("h2", { id: "waiting-title" }, items.some(({ run }) => run) ? "Waits for you" : "Waits"),
    el("ul", {}, items.map(item)),
  ]);
}

function item({ who, what, run, does, kind }) {
  return el("li", { "data-kind": kind }, el("p", {}, who ? el("b", {}, who) : "", who ? " " : "", what), run ? command(run, does) : "");
}

/** One for the deployment that waits, since an order names what it approves of. */
function approvals(target) {
  return target.open.filter(({ word }) => word === "Waiting for approval").map((one) => {
    const asked = one.groups.find(({ state }) => state === "waiting-for-approval")?.askedAt;
    const until = /until (\S+Z)\./.exec(one.verdict.message ?? "")?.[1];
    const digest = String(one.record.artifact?.sha256 ?? "").slice(0, 12);
    return {
      kind: "wait",
      who: one.object,
      what: ["waits for a person's approval", digest ? ` of ${digest}…` : "", asked ? ", for " : "", ticking("since", asked) ?? "",
        until ? "; without one it goes back by itself: " : ".", until ? ticking("left", until) : ""],
      run: target.cell.orders?.approve ?? typed(one.verdict.nextStep)[1],
      does: `approves of ${one.object}`,
    };
  });
}

function holds(target) {
  const { hold, orders } = target.cell;
  const held = target.open.find(({ word }) => word === "On hold");
  if (!hold && !held) return [];
  const by = hold?.by ? ` by ${hold.by}` : "";
  const why = hold?.why ? `: ${hold.why}` : "";
  return [{
    kind: "wait",
    who: held ? held.object : target.label,
    what: [held ? "waits: its target is on hold" : "is on hold: nothing goes forward", by, hold?.since ? " for " : "",
      ticking("since", hold?.since) ?? "", `${why}.`],
    run: orders?.unhold ?? orders?.release ?? typed(held?.verdict.nextStep)[1],
    does: `ends the hold of ${target.label}`,
  }];
}

/** Of several uploads the latest wins, once it is ready: nothing is left to do, unless that is not wanted. */
function overtaking(target) {
  const newest = target.open[0];
  return target.open.slice(1).filter((one) => !one.back).map((one) => ({
    kind: "over",
    who: newest.object,
    what: newest.isPatched() ? [`has taken over; ${one.object} ends as superseded.`]
      : [`comes after ${one.object}: it takes over before it changes a group, and ${one.object} then ends as superseded.`],
    run: target.cell.orders?.abort?.includes(newest.id) && newest.id ? target.cell.orders.abort : "",
    does: `sends ${newest.object} back instead`,
  }));
}

/** Groups of which it is not the turn yet. */
function waves(target) {
  const one = target.main;
  if (!one || one.finished || one.back || !one.isPatched()) return [];
  const later = one.groups.filter(({ state }) => state === "waiting").map(({ group }) => lastPart(group));
  if (later.length === 0 || one.current.state === "waiting") return [];
  return [{ kind: "over", who: later.join(", "), what: [`${later.length > 1 ? "wait" : "waits"} until ${lastPart(one.current.group)} is good.`] }];
}
