// Times as people say them, kept current by the cloud's clock.
import { el, say } from "./dom.js";

/** The time of day in UTC, as the log has it; empty for what is no time. */
export const clockTime = (time) => {
  const at = new Date(time ?? NaN);
  return Number.isNaN(at.getTime()) ? "" : at.toISOString().slice(11, 19);
};

/** Like 0:07, 12:40 or 3:05:00. */
export function span(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (number) => String(number).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes}:${two(seconds % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** Like "12 s", "3 min", "5 h" or "2 days". */
export function about(ms) {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 2 * 86400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86400)} days`;
}

const WORDS = {
  since: (now, at) => span(now - at),
  ago: (now, at) => `${about(now - at)} ago`,
  left: (now, at) => (at > now ? `${span(at - now)} left` : "time is over"),
};

/** A time that goes on: how is since, ago or left; null if it is no time. */
export function ticking(how, time) {
  const at = Date.parse(time ?? "");
  if (Number.isNaN(at)) return null;
  const iso = new Date(at).toISOString();
  return el("time", { "data-tick": how, "data-at": at, datetime: iso, title: iso });
}

/** Lets all of them say how it is now. */
export function tick(now) {
  for (const one of document.querySelectorAll("[data-tick]")) {
    say(one, WORDS[one.dataset.tick](now, Number(one.dataset.at)));
  }
}
