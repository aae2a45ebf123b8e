// What all parts share. Everything that is shown was written by somebody else: text goes in as text, never as markup.
import { t } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
export const ROOT = new URL(".", location.href);
export const $ = (id) => document.getElementById(id);

/** An element with properties and children; strings become text. Names with a dash are attributes. */
export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.includes("-") || name === "role" || name === "for") node.setAttribute(name, value);
    else if (name === "on") for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
    else if (name === "data") Object.assign(node.dataset, value);
    else node[name] = value;
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function icon(name) {
  const node = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  node.setAttribute("class", "icon");
  node.setAttribute("aria-hidden", "true");
  node.append(use);
  return node;
}

export function drawn(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** Asks a control endpoint; throws an Error with the emulator's own sentence. */
export async function ask(path, body, method = body === undefined ? "GET" : "POST") {
  const sent = { method, headers: { Accept: "application/json" } };
  if (body !== undefined) {
    sent.headers["Content-Type"] = "application/json";
    sent.body = typeof body === "string" ? body : JSON.stringify(body);
  }
  const answer = await fetch(new URL(path, ROOT), sent);
  const text = await answer.text();
  let told = null;
  try { told = JSON.parse(text); } catch { /* not JSON: the status says enough */ }
  if (!answer.ok) throw Object.assign(new Error(told?.error ?? `HTTP ${answer.status}`), { status: answer.status });
  return told;
}

let fading;
export function say(words) {
  const toast = $("toast");
  toast.textContent = words;
  toast.classList.add("shown");
  clearTimeout(fading);
  fading = setTimeout(() => toast.classList.remove("shown"), 4200);
}

/** A button that does something, is disabled meanwhile, and tells what went wrong. */
export function doer(act) {
  return async (event) => {
    const button = event.currentTarget;
    button.disabled = true;
    try { await act(event); } catch (wrong) { say(wrong.message); } finally { button.disabled = false; }
  };
}

export function snippet(text) {
  const copy = async () => {
    try { await navigator.clipboard.writeText(text); say(t("copied")); } catch { say(t("copy.failed")); }
  };
  const button = h("button", { type: "button", className: "quiet icon-only", "aria-label": t("copy"), on: { click: copy } }, icon("copy"));
  return h("div", { className: "snippet" }, h("pre", {}, h("code", {}, text)), button);
}

/** Two lines by which a client is pointed here. */
export const pointers = (address) => [`export KIE_BASE_URL=${address}\nexport KIE_API_KEY=any-key`,
  `curl ${address}/api/v1/jobs/createTask \\\n  -H "Authorization: Bearer any-key" -H "Content-Type: application/json" \\\n  -d '{"model":"nano-banana-pro","input":{"prompt":"a red kite"}}'`];

export const segment = (value, chosen, label, pick, count) =>
  h("button", { type: "button", "aria-pressed": String(value === chosen), data: { value }, on: { click: () => pick(value) } },
    label, count === undefined ? null : h("span", { className: "n" }, count));

/** Later, and once only, when it is called often. */
export function calmly(act, wait = 200) {
  let timer;
  return (...given) => { clearTimeout(timer); timer = setTimeout(() => act(...given), wait); };
}

/** Opens the sheet over the page; Escape, the cross and a click beside it close it. */
export function open(title, ...parts) {
  const sheet = $("sheet");
  $("sheet-title").textContent = title;
  $("sheet-body").replaceChildren(...parts.flat().filter(Boolean));
  if (!sheet.open) sheet.showModal();
  $("sheet-body").scrollTop = 0;
}
$("sheet-close").addEventListener("click", () => $("sheet").close());
$("sheet").addEventListener("click", (event) => { if (event.target === $("sheet")) $("sheet").close(); });
$("sheet").addEventListener("close", () => $("sheet-body").replaceChildren()); // ends what plays

export const part = (title, ...content) => h("section", {}, h("h3", {}, title), ...content);
export const json = (value) => h("pre", { className: "json", tabIndex: 0 }, typeof value === "string" ? value : JSON.stringify(value, null, 2));

export function facts(pairs) {
  const shown = pairs.filter(([, value]) => value !== null && value !== undefined && value !== "");
  return h("dl", { className: "facts" }, shown.flatMap(([name, value, style]) => [h("dt", {}, name), h("dd", { className: style ?? "" }, value)]));
}
