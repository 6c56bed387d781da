// What a person can order of a target, each with its command: folded, since at night one order is enough.
import { byId, el, redraw } from "./dom.js";
import { command } from "./command.js";

const place = byId("orders");
const ORDERS = [
  ["abort", "Send what is under way back", "sends what is under way back", (target) => target.open.length > 0],
  ["hold", "Let nothing go forward", "lets nothing go forward", (target) => !target.cell.hold],
  ["rollBack", "Deploy what served well before", "deploys what served well before", () => true],
];

export function showOrders(target) {
  const told = target.cell.orders ?? {};
  const all = ORDERS.filter(([name, , , fits]) => told[name] && fits(target));
  place.hidden = all.length === 0;
  redraw(byId("orders-list"), [target.name, all.map(([name]) => told[name])], () =>
    all.map(([name, words, does]) => el("li", {}, el("p", {}, words), command(told[name], does))));
}
