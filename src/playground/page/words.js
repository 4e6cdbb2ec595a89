// A text and its entities as nodes. Offsets are UTF-16 units, as JavaScript's own are.

import { element } from "./dom.js";

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

/** Nodes for `text`; `onCommand` is called when a command in it is pressed. */
export function words(text, entities, onCommand) {
  return between(text, 0, text.length, entities, onCommand);
}

function between(text, from, to, entities, onCommand) {
  const nodes = [];
  let at = from;
  let rest = entities;
  while (rest.length > 0) {
    const [first, ...others] = rest;
    const end = Math.min(first.offset + first.length, to);
    if (first.offset < at || end <= first.offset) {
      rest = others;
      continue;
    }
    nodes.push(text.slice(at, first.offset));
    const inside = others.filter((one) => one.offset < end);
    const children = between(text, first.offset, end, inside, onCommand);
    nodes.push(wrapped(first, text.slice(first.offset, end), children, onCommand));
    at = end;
    rest = others.filter((one) => one.offset >= end);
  }
  nodes.push(text.slice(at, to));
  return nodes.filter((node) => node !== "");
}

function wrapped(entity, covered, children, onCommand) {
  switch (entity.kind) {
    case "text_link":
    case "url":
      return link(entity.target ?? covered, children);
    case "text_mention":
    case "mention":
      return element("span", { className: "mention" }, children);
    case "bot_command":
      return element("button", { type: "button", className: "command", onclick: () => onCommand(covered) }, children);
    case "spoiler":
      return spoiler(children);
    default:
      return element(TAGS[entity.kind] ?? "span", {}, children);
  }
}

/** Only addresses of the web are followed. */
function link(address, children) {
  if (!/^https?:\/\//.test(address)) return element("span", { className: "mention" }, children);
  return element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, children);
}

function spoiler(children) {
  const node = element("button", { type: "button", className: "spoiler", "aria-label": "Spoiler: press to show" }, children);
  node.addEventListener("click", () => {
    node.classList.add("shown");
    node.removeAttribute("aria-label");
  });
  return node;
}
