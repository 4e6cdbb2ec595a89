// What the bot answers to a press: a pill that goes by itself, or a window to close.

import { byId } from "./dom.js";

const SHOWN_FOR = 4500;
let timer;

export function announce(text) {
  byId("live").textContent = text;
}

export function toast(text, tone = "") {
  const pill = byId("toast");
  pill.textContent = text;
  pill.dir = "auto";
  pill.className = `toast ${tone}`;
  pill.hidden = false;
  announce(text);
  clearTimeout(timer);
  timer = setTimeout(() => { pill.hidden = true; }, SHOWN_FOR);
}

/** What concerned another person or chat goes at once. */
export function clearToast() {
  byId("toast").hidden = true;
}

/** The answer of a press, as Telegram's apps show it. */
export function showAnswer(answer) {
  if (answer.silent) toast("Deskbell has not answered this press.", "warning");
  else if (answer.text && answer.alert) alertWindow(answer.text);
  else if (answer.text) toast(answer.text);
}

function alertWindow(text) {
  byId("alert-text").textContent = text;
  byId("alert").showModal();
}

export const failed = (error) => toast(error.message, "warning");
