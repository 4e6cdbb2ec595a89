// Middle: the messages of the open chat.

import { avatar, botAvatar, byId, clockTime, element, post, tint } from "./dom.js";
import { words } from "./words.js";
import { announce, failed, showAnswer } from "./toast.js";

/** Messages this far apart stand apart. */
const TOGETHER = 5 * 60 * 1000;
/** So close to the end, new messages keep the end in view. */
const NEAR_END = 160;

const drawn = new Map();
let shownChat;
let newestSeen = 0;
/** The visitor reads the newest, so the end stays in view whatever grows. */
let atEnd = true;

export function setUpConversation() {
  const list = byId("messages");
  list.addEventListener("scroll", () => {
    atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END;
    byId("newest").hidden = atEnd;
  });
  list.addEventListener("load", keepEnd, true);
  new ResizeObserver(keepEnd).observe(list);
  byId("newest").addEventListener("click", () => { atEnd = true; keepEnd(); });
}

function keepEnd() {
  const list = byId("messages");
  if (atEnd) list.scrollTop = list.scrollHeight;
}

export function showConversation(state, actions) {
  const list = byId("messages");
  const view = `${state.me}/${state.chat}`;
  const moved = view !== shownChat;
  if (moved) {
    atEnd = true;
    drawn.clear();
    list.replaceChildren();
    newestSeen = Infinity;
  }
  shownChat = view;
  const held = document.activeElement;
  const focused = { key: held?.dataset?.key, row: held?.closest?.(".row")?.id };
  const nodes = units(state.messages ?? []).map((unit) => drawnOnce(unit, state, actions));
  if (moved) nodes.forEach((node) => node.classList.add("still"));
  place(list, nodes.length > 0 ? nodes : [about(state)]);
  if (document.activeElement === document.body) refocus(list, focused);
  showPins(state);
  tellNew(state);
  keepEnd();
}

/** The same button again, or its neighbour when a redrawn card has lost it. */
function refocus(list, { key: name, row }) {
  const same = name && list.querySelector(`[data-key="${CSS.escape(name)}"]`);
  const near = row && byId(row)?.querySelector(".key, .tools button");
  (same || near)?.focus?.();
}

/** Moves only what must move: focus, selection and animations of the rest stay as they are. */
function place(list, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...list.children]) if (!wanted.has(child)) child.remove();
  let next = list.firstChild;
  for (const node of nodes) {
    if (node === next) next = next.nextSibling;
    else list.insertBefore(node, next);
  }
}

/** What stands in a private chat before the first word. */
function about(state) {
  return element("div", { className: "about" }, botAvatar("large"),
    element("strong", {}, "What can this bot do?"),
    element("p", { dir: "auto" }, state.about ?? "Press Start below, or write something."));
}

function tellNew(state) {
  const last = state.messages?.at(-1);
  if (!last) { newestSeen = 0; return; }
  if (last.id > newestSeen && last.mine) atEnd = true;
  if (last.id > newestSeen && !last.mine) announce(last.service ?? `${last.name}: ${last.text || "photo"}`);
  newestSeen = last.id;
}

/** Albums are one thing; a day gets a line of its own; neighbours of one sender stand together. */
function units(messages) {
  const result = [];
  let day;
  messages.forEach((message) => {
    const today = new Date(message.at).toDateString();
    if (today !== day) result.push({ key: `day ${today}`, day: message.at });
    day = today;
    const previous = result.at(-1);
    if (message.album && previous?.message?.album === message.album) {
      previous.photos.push(message.photo);
      return;
    }
    const near = previous?.message && !previous.message.service && !message.service &&
      previous.message.sender === message.sender &&
      Date.parse(message.at) - Date.parse(previous.message.at) < TOGETHER;
    if (near) previous.last = false;
    result.push({ key: `message ${message.id}`, message, photos: message.photo ? [message.photo] : [], first: !near, last: true });
  });
  return result;
}

function drawnOnce(unit, state, actions) {
  const looks = JSON.stringify(unit);
  const known = drawn.get(unit.key);
  if (known?.looks === looks) return known.node;
  const node = draw(unit, state, actions);
  if (known) node.classList.add("still");
  drawn.set(unit.key, { looks, node });
  return node;
}

function draw(unit, state, actions) {
  if (unit.day) {
    const day = new Date(unit.day).toLocaleDateString([], { weekday: "long", day: "numeric", month: "long" });
    return element("div", { className: "service" }, element("span", {}, day));
  }
  const { message } = unit;
  if (message.service) {
    return element("div", { className: "service", id: `m${message.id}` }, element("span", { dir: "auto" }, message.service));
  }
  const row = element("article", {
    className: ["row", message.mine && "mine", unit.first && "first", unit.last && "last"].filter(Boolean).join(" "),
    id: `m${message.id}`, "aria-label": message.name,
  });
  if (!message.mine) row.append(unit.last ? (message.bot ? botAvatar("small") : avatar(message.sender, message.name, "small")) : element("span", { className: "avatar small blank" }));
  row.append(element("div", { className: "stack" }, bubble(unit, actions), keyboard(message, state)), tools(message, actions));
  return row;
}

function bubble({ message, photos, first }, actions) {
  const body = element("div", { className: `bubble ${photos.length ? "with-photo" : ""} ${photos.length && !message.text ? "bare" : ""}` });
  if (first && !message.mine) {
    body.append(element("div", { className: `name ink-${message.bot ? "bot" : tint(message.sender)}`, dir: "auto" }, message.name,
      message.bot ? element("span", { className: "tag" }, "bot") : ""));
  }
  if (message.forwarded) body.append(element("div", { className: "forwarded" }, `Forwarded from ${message.forwarded}`));
  if (message.topic) body.append(element("div", { className: "forwarded" }, `# ${message.topic}`));
  if (message.reply) body.append(quote(message.reply));
  if (photos.length) body.append(gallery(photos));
  if (message.file) body.append(fileCard(message.file));
  if (message.text) body.append(element("div", { className: "words", dir: "auto" }, words(message.text, message.entities, actions.write)));
  body.append(element("span", { className: "stamp" }, message.edited ? "edited " : "", clockTime(message.at)));
  return body;
}

function quote(reply) {
  return element("button", { type: "button", className: `quote-box ink-${reply.bot ? "bot" : tint(reply.sender)}`, onclick: () => reveal(reply.id) },
    element("strong", { dir: "auto" }, reply.name), element("span", { dir: "auto" }, reply.text));
}

function gallery(photos) {
  return element("div", { className: `gallery count-${Math.min(photos.length, 4)}` }, photos.map((photo) =>
    element("img", { src: photo.url, width: photo.width, height: photo.height, alt: "Photo", loading: "lazy" })));
}

function fileCard(file) {
  const size = file.size < 1024 ? `${file.size} B` : `${Math.round(file.size / 1024)} KB`;
  return element("a", { className: "file", href: file.url, download: file.name },
    element("span", { className: "file-icon", "aria-hidden": "true" }, "↓"),
    element("span", {}, element("strong", {}, file.name), element("small", {}, size)));
}

function keyboard(message, state) {
  if (!message.buttons.length) return null;
  return element("div", { className: "keyboard" }, message.buttons.map((row) =>
    element("div", { className: "keys" }, row.map((button) => key(button, message, state)))));
}

function key(button, message, state) {
  if (button.url) {
    return element("a", { className: "key", href: button.url, target: "_blank", rel: "noopener noreferrer" }, button.label, element("span", { className: "corner", "aria-hidden": "true" }, "↗"));
  }
  return element("button", {
    type: "button", className: "key", "data-key": `${message.id} ${button.data}`,
    onclick: async (event) => {
      const node = event.currentTarget;
      if (node.classList.contains("busy")) return;
      node.classList.add("busy");
      const press = { person: state.me, chat: state.chat, message: message.id, data: button.data };
      await post("press", press).then(showAnswer).catch(failed);
      node.classList.remove("busy");
    },
  }, element("span", { dir: "auto" }, button.label));
}

function tools(message, actions) {
  return element("div", { className: "tools" },
    element("button", { type: "button", className: "icon-button", "data-key": `reply ${message.id}`, "aria-label": `Reply to ${message.name}`, title: "Reply", onclick: () => actions.reply(message) }, "↩"),
    message.mine && message.text
      ? element("button", { type: "button", className: "icon-button", "aria-label": "Edit", title: "Edit", onclick: () => actions.edit(message) }, "✎") : null);
}

function reveal(id) {
  const node = byId(`m${id}`);
  node?.scrollIntoView({ block: "center" });
  node?.classList.remove("flash");
  requestAnimationFrame(() => node?.classList.add("flash"));
}

let pinShown = 0;

/** The newest pin first; each press goes on to the one before. */
function showPins(state) {
  const bar = byId("pinned");
  const pins = [...(state.pins ?? [])].reverse();
  bar.hidden = pins.length === 0;
  if (bar.hidden) return;
  const index = pinShown % pins.length;
  const pin = pins[index];
  bar.replaceChildren(
    element("span", { className: "pin-marks", "aria-hidden": "true" }, pins.slice(0, 4).map((_, mark) => element("i", { className: mark === Math.min(index, 3) ? "on" : "" }))),
    element("span", { className: "pin-words" },
      element("strong", {}, pins.length > 1 ? `Pinned message ${pins.length - index} of ${pins.length}` : "Pinned message"),
      element("span", { dir: "auto" }, pin.text)),
    element("span", { className: "pin-icon", "aria-hidden": "true" }, "📌"));
  bar.onclick = () => { reveal(pin.id); pinShown = index + 1; showPins(state); };
}
