// The page: asks for a snapshot whenever the world changes, and shows it.

import { avatar, botAvatar, byId, element } from "./dom.js";
import { edit, reply, setUpComposer, showComposer, write } from "./composer.js";
import { setUpConversation, showConversation } from "./conversation.js";
import { setUpPanel, showClock, showPanel } from "./panel.js";
import { setUpSidebar, showSidebar } from "./sidebar.js";
import { announce, clearToast } from "./toast.js";

let state = null;
let chosen = { person: null, chat: null };
let fetched = 0;
let fetching = false;
let again = false;

const actions = {
  write, reply, edit,
  play(person) {
    if (person === state?.me) return;
    chosen = { person, chat: chosen.chat > 0 ? null : chosen.chat };
    closeDrawers();
    refresh();
    const name = state?.people.find((one) => one.id === person)?.name;
    announce(`You are ${name}.`);
  },
  open(chat) {
    chosen.chat = chat;
    closeDrawers();
    refresh();
    if (matchMedia("(pointer: fine)").matches) byId("text").focus();
  },
};

/** One fetch at a time; what changed meanwhile is fetched after. */
async function refresh() {
  if (fetching) { again = true; return; }
  fetching = true;
  const query = new URLSearchParams();
  if (chosen.person !== null) query.set("person", chosen.person);
  if (chosen.chat !== null) query.set("chat", chosen.chat);
  try {
    const response = await fetch(`/playground/state?${query}`);
    show(await response.json());
    byId("status").textContent = "";
  } catch {
    byId("status").textContent = "The playground is away";
  }
  fetching = false;
  if (again) { again = false; refresh(); }
}

function show(next) {
  const moved = !state || state.me !== next.me || state.chat !== next.chat;
  state = next;
  fetched = performance.now();
  chosen = { person: next.me, chat: next.chat };
  if (moved) clearToast();
  showSidebar(state, actions);
  showTitle();
  showComposer(moved);
  showConversation(state, actions);
  showPanel(state);
  showClock(state, 0);
}

function showTitle() {
  const chat = state.chats.find((one) => one.id === state.chat);
  if (!chat) return;
  byId("chat-title").replaceChildren(
    chat.private ? botAvatar() : avatar(chat.id, chat.title),
    element("span", { className: "chat-words" },
      element("strong", { dir: "auto" }, chat.title),
      element("small", {}, chat.private ? `bot · @${state.bot.username}` : `${chat.members} members`)));
  document.title = `${chat.title} · Deskbell playground`;
}

const drawers = { sidebar: byId("open-sidebar"), panel: byId("open-panel") };

function openDrawer(name) {
  byId("app").dataset.drawer = name;
  byId("scrim").hidden = false;
  byId("conversation").inert = true;
  byId(name).querySelector("button")?.focus();
}

function closeDrawers() {
  const open = byId("app").dataset.drawer;
  if (!open) return;
  delete byId("app").dataset.drawer;
  byId("scrim").hidden = true;
  byId("conversation").inert = false;
  drawers[open].focus();
}

function setUpDrawers() {
  for (const [name, button] of Object.entries(drawers)) {
    button.addEventListener("click", () => openDrawer(name));
    byId(`close-${name}`).addEventListener("click", closeDrawers);
  }
  byId("scrim").addEventListener("click", closeDrawers);
}

/** A digit plays somebody else; while something is being written, only together with Alt. */
function onKey(event) {
  if (event.key === "Escape") closeDrawers();
  const writing = event.target.closest("textarea, input, dialog") && !event.altKey;
  if (writing || event.ctrlKey || event.metaKey) return;
  const digit = /^Digit[1-9]$/.test(event.code) && Number(event.code.slice(5));
  const person = digit && state?.people[digit - 1];
  if (!person) return;
  event.preventDefault();
  actions.play(person.id);
}

setUpSidebar();
setUpConversation();
setUpComposer(() => state);
setUpPanel(() => state);
setUpDrawers();
document.addEventListener("keydown", onKey);
const events = new EventSource("/playground/events");
events.onmessage = refresh;
events.onerror = () => { byId("status").textContent = "The playground is away"; };
events.onopen = refresh;
setInterval(() => {
  if (!state) return;
  showClock(state, performance.now() - fetched);
  // An outage ends by the clock, which tells nobody.
  if (state.weather.down) refresh();
}, 1000);
