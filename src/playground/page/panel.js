// Right: what to try, the race, the clock and the weather.

import { byId, element, post } from "./dom.js";
import { announce, failed, toast } from "./toast.js";

export function setUpPanel(current) {
  byId("race").addEventListener("click", () => race(current));
  for (const button of byId("clock-steps").querySelectorAll("button")) {
    button.addEventListener("click", async () => {
      await post("clock", { minutes: Number(button.dataset.minutes) }).catch(failed);
      announce(`The desk's clock moved on by ${button.textContent.slice(1)}.`);
    });
  }
}

async function race(current) {
  const button = byId("race");
  button.disabled = true;
  button.classList.add("busy");
  try {
    showRace(await post("race", { chat: current().chat }));
  } catch (error) {
    failed(error);
  } finally {
    button.disabled = false;
    button.classList.remove("busy");
  }
}

function showRace({ label, racers }) {
  const winner = racers.find((racer) => racer.won);
  const losers = racers.filter((racer) => !racer.won);
  const dialog = byId("race-result");
  dialog.replaceChildren(
    element("div", { className: "race-top" },
      element("span", { className: "trophy", "aria-hidden": "true" }, winner ? "🏆" : "🤝"),
      element("div", {},
        element("h2", { id: "race-title" }, winner ? `${winner.name} won` : "Nobody won"),
        element("p", {}, `${racers.length} people pressed “${label}” at the same moment.`),
        winner?.toast ? element("p", { className: "quote", dir: "auto" }, winner.toast) : null)),
    element("h3", {}, `What the other ${losers.length} were told`),
    element("ol", { className: "losers", tabindex: "0", "aria-label": "Toasts" }, losers.map((racer) =>
      element("li", {}, element("strong", {}, racer.name),
        element("span", { dir: "auto" }, racer.toast ?? "no answer")))),
    element("form", { method: "dialog" }, element("button", { className: "big-button" }, "Close")),
  );
  dialog.showModal();
}

export function showPanel(state) {
  const done = state.steps.filter((step) => step.done).length;
  byId("progress").replaceChildren(...state.steps.map((step) =>
    element("span", { className: step.done ? "done" : "" })));
  byId("progress").title = `${done} of ${state.steps.length}`;
  const next = state.steps.findIndex((step) => !step.done);
  byId("steps").replaceChildren(...state.steps.map((step, index) =>
    element("li", { className: step.done ? "done" : index === next ? "next" : "" },
      element("span", { className: "tick", "aria-hidden": "true" }, step.done ? "✓" : String(index + 1)),
      element("div", {},
        element("strong", {}, step.title, step.done ? element("span", { className: "visually-hidden" }, " (done)") : null),
        element("span", {}, step.hint)))));
  byId("clock-section").hidden = !state.canAdvance;
  showWeather(state);
}

/** The desk's time goes on between two snapshots. */
export function showClock(state, since) {
  const now = new Date(Date.parse(state.now) + since);
  byId("clock").textContent = now.toLocaleString([], {
    weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit",
    hourCycle: "h23",
  });
}

function showWeather(state) {
  const { weather, chat } = state;
  const group = !state.chats.find((one) => one.id === chat)?.private;
  const focused = document.activeElement?.dataset?.weather;
  const items = [
    ["down", "⛈️", "Telegram down for 10 s", { kind: "down" }, weather.down],
    ["too_many", "🐌", "Answer the next call with 429", { kind: "too_many" }],
    ["lost_reply", "✂️", "Lose the next reply", { kind: "lost_reply" }],
    ["twice", "👯", "Deliver presses twice", { kind: "duplicate_presses", on: !weather.duplicatePresses }, weather.duplicatePresses],
    group && weather.pinRight !== null &&
      ["pin", "📌", "Take the bot's right to pin", { kind: "pin_right", chat, on: !weather.pinRight }, !weather.pinRight],
    ["clear", "☀️", "Clear sky", { kind: "clear" }],
  ];
  byId("weather").replaceChildren(...items.filter(Boolean).map(weatherButton));
  if (focused) byId("weather").querySelector(`[data-weather="${focused}"]`)?.focus();
}

function weatherButton([name, sign, label, change, on]) {
  return element("button", {
    type: "button", "data-weather": name, "aria-pressed": on === undefined ? undefined : String(on),
    onclick: () => post("weather", change).then(() => toast(`${sign} ${label}`)).catch(failed),
  }, element("span", { "aria-hidden": "true" }, sign), label);
}
