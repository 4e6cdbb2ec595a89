// Below: writing, replying, editing, commands and photos.

import { answerOf, byId, element, popover, post, tint } from "./dom.js";
import { sample, shrunk } from "./picture.js";
import { failed } from "./toast.js";

/** What is being written; one of reply and edit at most. */
const draft = { reply: null, edit: null };
const dismissed = new Set();
let state;
let commandMenu;

export function setUpComposer(current) {
  state = current;
  const field = byId("text");
  commandMenu = popover(byId("open-commands"), byId("commands"));
  const photoMenu = popover(byId("open-photo"), byId("photo-menu"));
  byId("composer").addEventListener("submit", (event) => { event.preventDefault(); send(); });
  field.addEventListener("input", () => { grow(); filterCommands(); });
  field.addEventListener("keydown", onKey);
  byId("sample-photo").addEventListener("click", () => { photoMenu.close(); sendPhoto(sample()); });
  byId("choose-photo").addEventListener("click", () => { photoMenu.close(); byId("file").click(); });
  byId("file").addEventListener("change", () => {
    const [file] = byId("file").files;
    if (file) sendPhoto(shrunk(file));
    byId("file").value = "";
  });
  byId("start").addEventListener("click", () => post("start", { person: state().me }).catch(failed));
}

function onKey(event) {
  const narrow = matchMedia("(pointer: coarse)").matches;
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && !narrow) {
    event.preventDefault();
    send();
  } else if (event.key === "Escape") {
    if (!byId("commands").hidden) commandMenu.close();
    else clearContext();
  } else if (event.key === "ArrowDown" && !byId("commands").hidden) {
    event.preventDefault();
    byId("commands").querySelector("button")?.focus();
  }
}

function grow() {
  const field = byId("text");
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, 168)}px`;
}

export function write(text) {
  const field = byId("text");
  field.value = text;
  grow();
  field.focus();
}

export function reply(message) {
  draft.edit = null;
  draft.reply = message;
  showContext();
  byId("text").focus();
}

export function edit(message) {
  draft.reply = null;
  draft.edit = message;
  showContext();
  write(message.text);
}

function clearContext() {
  if (draft.reply?.prompt) dismissed.add(promptKey(draft.reply.id));
  if (draft.edit) write("");
  draft.reply = null;
  draft.edit = null;
  showContext();
}

const promptKey = (id) => `${state().me}/${state().chat}/${id}`;

function showContext() {
  const bar = byId("context");
  const message = draft.reply ?? draft.edit;
  bar.hidden = !message;
  byId("text").placeholder = draft.reply?.placeholder ?? "Message";
  if (!message) return;
  bar.className = `context ink-${message.bot ? "bot" : tint(message.sender)}`;
  bar.replaceChildren(
    element("span", { className: "context-icon", "aria-hidden": "true" }, draft.edit ? "✎" : "↩"),
    element("span", { className: "context-words" },
      element("strong", { dir: "auto" }, draft.edit ? "Edit message" : `Reply to ${message.name}`),
      element("span", { dir: "auto" }, message.text || "Photo")),
    element("button", { type: "button", className: "icon-button", "aria-label": "Cancel", onclick: clearContext }, "✕"));
}

async function send() {
  const field = byId("text");
  const text = field.value.trim();
  if (!text) return;
  const { me: person, chat } = state();
  const { reply: target, edit: edited } = draft;
  draft.reply = null;
  draft.edit = null;
  write("");
  showContext();
  commandMenu.close();
  const sent = edited
    ? post("edit", { person, chat, message: edited.id, text })
    : post("say", { person, chat, text, reply_to: target?.id ?? null });
  await sent.catch((error) => { failed(error); write(text); });
}

async function sendPhoto(picture) {
  const { me, chat } = state();
  const query = new URLSearchParams({ person: me, chat, caption: byId("text").value });
  if (draft.reply) query.set("reply_to", draft.reply.id);
  try {
    const body = await picture;
    await answerOf(await fetch(`/playground/photo?${query}`, { method: "POST", headers: { "content-type": body.type }, body }));
    draft.reply = null;
    write("");
    showContext();
  } catch (error) {
    failed(error);
  }
}

function filterCommands() {
  const typed = byId("text").value;
  const commands = state().commands.filter((one) => `/${one.command}`.startsWith(typed));
  if (!/^\/\w*$/.test(typed) || commands.length === 0) {
    byId("commands").hidden = true;
    return;
  }
  fillCommands(commands);
  byId("commands").hidden = false;
}

function fillCommands(commands) {
  byId("commands").replaceChildren(...commands.map((one) =>
    element("button", { type: "button", role: "option", "aria-selected": "false", onclick: () => { commandMenu.close(); write(`/${one.command} `); } },
      element("strong", {}, `/${one.command}`), element("span", { dir: "auto" }, one.description))));
}

/** Called with each snapshot: a prompt for this person opens the composer as its reply. */
export function showComposer(moved) {
  const { chats, chat, commands, prompt, messages } = state();
  const open = chats.find((one) => one.id === chat);
  const mustStart = open?.private && !open.started;
  byId("composer").hidden = mustStart;
  byId("start").hidden = !mustStart;
  byId("open-commands").hidden = commands.length === 0;
  if (byId("commands").hidden) fillCommands(commands);
  if (moved) { draft.reply = null; draft.edit = null; }
  const asked = messages?.find((message) => message.id === prompt);
  const answered = draft.reply?.prompt && draft.reply.id !== prompt;
  if (answered) draft.reply = null;
  if (asked && !draft.reply && !draft.edit && !dismissed.has(promptKey(asked.id))) {
    draft.reply = asked;
    byId("text").focus();
  }
  showContext();
}
