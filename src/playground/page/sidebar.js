// Left: whom the visitor plays, and that person's chats.

import { avatar, botAvatar, byId, clockTime, element, popover } from "./dom.js";

let people;

export function setUpSidebar() {
  people = popover(byId("you"), byId("people"));
}

export function showSidebar(state, actions) {
  const me = state.people.find((person) => person.id === state.me);
  if (!me) return;
  const elsewhere = state.people.some((person) => person.id !== state.me && person.unread > 0);
  byId("you").replaceChildren(
    avatar(me.id, me.fullName),
    element("span", { className: "you-words" },
      element("small", {}, "You are"), element("strong", { dir: "auto" }, me.fullName)),
    elsewhere ? element("span", { className: "dot", title: "Others have news" }) : "",
    element("span", { className: "chevron", "aria-hidden": "true" }, "▾"),
  );
  // A menu that is open stays as it is under the visitor's fingers.
  if (byId("people").hidden) byId("people").replaceChildren(...state.people.map((person, index) => personItem(person, index, state, actions)));
  byId("last-key").textContent = Math.min(state.people.length, 9);
  showChats(state, actions);
}

function personItem(person, index, state, actions) {
  const handle = person.username ? `@${person.username}` : "no username";
  const note = person.started ? handle : "has not started the bot";
  return element("button", {
    type: "button", role: "menuitemradio", "aria-checked": String(person.id === state.me),
    onclick: () => { people.close(); actions.play(person.id); byId("you").focus(); },
  },
  avatar(person.id, person.fullName, "small"),
  element("span", { className: "you-words" },
    element("strong", { dir: "auto" }, person.fullName), element("small", {}, note)),
  person.unread > 0 ? element("span", { className: "badge" }, String(person.unread)) : null,
  element("kbd", { "aria-hidden": "true" }, String(index + 1)));
}

function showChats(state, actions) {
  const newest = (chat) => (chat.last ? Date.parse(chat.last.at) : 0);
  const chats = [...state.chats].sort((one, two) => newest(two) - newest(one));
  const focused = document.activeElement?.dataset?.chat;
  byId("chats").replaceChildren(...chats.map((chat) => chatItem(chat, state, actions)));
  if (focused) byId("chats").querySelector(`[data-chat="${focused}"]`)?.focus();
}

function chatItem(chat, state, actions) {
  const last = chat.last;
  const who = last && !last.service && !chat.private ? `${last.mine ? "You" : last.name}: ` : "";
  const preview = last ? who + last.text : chat.started ? "No messages yet" : "Press Start to talk to the bot";
  return element("button", {
    type: "button", className: "chat-item", "data-chat": chat.id,
    "aria-current": chat.id === state.chat ? "true" : undefined,
    onclick: () => actions.open(chat.id),
  },
  chat.private ? botAvatar() : avatar(chat.id, chat.title),
  element("span", { className: "chat-words" },
    element("span", { className: "line" },
      element("strong", { dir: "auto" }, chat.title),
      last ? element("time", {}, clockTime(last.at)) : null),
    element("span", { className: "line" },
      element("span", { className: "preview", dir: "auto" }, preview),
      chat.unread > 0 && chat.id !== state.chat
        ? element("span", { className: "badge", "aria-label": `${chat.unread} unread` }, String(chat.unread)) : null)));
}
