// A command to take along: its text can be selected, and a button copies it.
import { byId, el, say } from "./dom.js";

/** Of a shell command; what it does, for those who cannot see where it stands. */
export function command(text, what) {
  const words = el("pre", { tabindex: "0" }, el("code", {}, unbroken(text)));
  const button = el("button", { type: "button", "aria-label": `Copy the command that ${what}`, "data-focus": text }, "Copy");
  button.addEventListener("click", () => copy(text, words, button));
  return el("div", { class: "command" }, words, button);
}

/** Lines break between words only, not after the hyphens of an option. */
function unbroken(text) {
  return text.split(/(?<=\s)/).flatMap((word) => [el("span", {}, word.trimEnd()), word.slice(word.trimEnd().length)]);
}

async function copy(text, words, button) {
  let done = "Copied";
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // No right to the clipboard: what is selected is copied by the usual keys.
    getSelection().selectAllChildren(words);
    done = "Selected";
  }
  say(button, done);
  say(byId("announcer"), `${done}: ${text}`);
  setTimeout(() => say(button, "Copy"), 2000);
}

/** A next step of a record: words, and the part of it that can be typed, or "". */
export function typed(nextStep) {
  const text = String(nextStep ?? "");
  if (/^[a-z]/.test(text)) return ["", text];
  const found = /: ((?:gcloud|gsutil) [\s\S]*)$/.exec(text)?.[1] ?? "";
  return [text.slice(0, text.length - found.length), found];
}
