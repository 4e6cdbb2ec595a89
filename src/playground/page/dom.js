// Building nodes from data. Text always goes in as text, never as markup.

/** An element with properties and children; null and false children are left out. */
export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "className") node.className = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== false && child !== undefined));
  return node;
}

export const byId = (id) => document.getElementById(id);

const TINTS = 7;

/** A round picture with initials; the same person always has the same colour. */
export function avatar(id, name, size = "") {
  const letters = name.split(/\s+/).map((word) => [...word][0] ?? "").slice(0, 2).join("");
  return element("span", { className: `avatar tint-${tint(id)} ${size}`, "aria-hidden": "true" }, letters);
}

export const tint = (id) => Math.abs(id) % TINTS;

export function botAvatar(size = "") {
  return element("span", { className: `avatar bot-avatar ${size}`, "aria-hidden": "true" },
    element("img", { src: "/playground/assets/icon.svg", alt: "" }));
}

export const clockTime = (iso) =>
  new Date(iso).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** Calls the playground; an error becomes a toast by whoever called. */
export async function post(path, body) {
  const response = await fetch(`/playground/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return answerOf(response);
}

export async function answerOf(response) {
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? `The playground answered ${response.status}.`);
  return answer;
}

/** Opens and closes a small menu under a button, with arrows and Escape. */
export function popover(button, menu) {
  const close = () => {
    menu.hidden = true;
    button.setAttribute("aria-expanded", "false");
  };
  const open = () => {
    menu.hidden = false;
    button.setAttribute("aria-expanded", "true");
    menu.querySelector("button")?.focus();
  };
  button.addEventListener("click", () => (menu.hidden ? open() : close()));
  menu.addEventListener("keydown", (event) => {
    const items = [...menu.querySelectorAll("button")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      const next = items.indexOf(document.activeElement) + step;
      items[(next + items.length) % items.length]?.focus();
      event.preventDefault();
    } else if (event.key === "Escape") {
      close();
      button.focus();
      event.stopPropagation();
    }
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target) && !button.contains(event.target)) close();
  });
  return { open, close };
}
