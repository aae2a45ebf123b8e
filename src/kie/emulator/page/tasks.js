// The contact sheet: one frame a task, what came out of it in the frame, and all of it when the frame is opened.
import { $, ask, calmly, doer, facts, h, icon, json, open, part, pointers, ROOT, say, segment, snippet } from "./base.js";
import { picture as shot } from "./previews.js";
import { credits, known, momentOf, number, span, t, usd } from "./words.js";

const PAGE = 24;
const STATES = ["", "running", "success", "fail"];
const KINDS = ["image", "video", "audio", "music", "tool"];
const chosen = { state: "", kind: "", text: "", most: PAGE };
const frames = new Map();
let now = 0, seen = "", address = "", filterJournal = () => {};

export function begin(show) {
  filterJournal = show;
  $("tasks-kind").append(h("option", { value: "" }, t("tasks.kind.any")), ...KINDS.map((kind) => h("option", { value: kind }, t(`kind.${kind}`))));
  $("tasks-kind").addEventListener("change", (event) => pick({ kind: event.target.value }));
  $("tasks-text").addEventListener("input", calmly((event) => pick({ text: event.target.value.trim() })));
  $("tasks-more").addEventListener("click", doer(() => pick({ most: chosen.most + 2 * PAGE })));
}

function pick(change) {
  Object.assign(chosen, "most" in change ? {} : { most: PAGE }, change);
  return load();
}

export function show(state) {
  now = state.clock.now;
  address = state.address;
  const { states, total, revision } = state.tasks;
  const done = (states.success ?? 0) + (states.fail ?? 0);
  const counts = { "": total, running: total - done, success: states.success ?? 0, fail: states.fail ?? 0 };
  const bar = $("tasks-states");
  if (!bar.children.length) bar.append(...STATES.map((name) => segment(name, chosen.state, t(`tasks.state.${name || "all"}`), (value) => pick({ state: value }), "")));
  for (const button of bar.children) {
    button.setAttribute("aria-pressed", String(button.dataset.value === chosen.state));
    button.querySelector(".n").textContent = number(counts[button.dataset.value]);
  }
  if (revision !== seen) { seen = revision; load(); } else for (const frame of frames.values()) frame.tick?.();
}

let asked = 0;
async function load() {
  const turn = ++asked;
  const query = new URLSearchParams({ order: "newest", brief: "1", limit: chosen.most + 1 });
  for (const name of ["state", "kind", "text"]) if (chosen[name]) query.set(name, chosen[name]);
  const told = await ask(`tasks?${query}`).catch((wrong) => (say(wrong.message), null));
  if (told === null || turn !== asked) return;
  for (const button of $("tasks-states").children) button.setAttribute("aria-pressed", String(button.dataset.value === chosen.state));
  const more = told.length > chosen.most;
  const tasks = told.slice(0, chosen.most);
  const ids = new Set(tasks.map((task) => task.id));
  for (const [id, frame] of frames) if (!ids.has(id)) { frame.node.remove(); frames.delete(id); }
  let place = $("frames").firstElementChild;
  for (const task of tasks) {
    let frame = frames.get(task.id);
    const mark = `${task.state} ${task.created} ${task.outputs.length}`;
    if (frame?.mark !== mark) {
      const fresh = made(task, mark);
      if (frame) { if (frame.node === place) place = fresh.node; frame.node.replaceWith(fresh.node); }
      frames.set(task.id, (frame = fresh));
    }
    if (frame.node === place) place = place.nextElementSibling;
    else $("frames").insertBefore(frame.node, place);
  }
  $("tasks-more").hidden = !more;
  $("tasks-more").textContent = t("tasks.more");
  blank(tasks.length === 0);
}

function blank(none) {
  const empty = $("tasks-empty");
  empty.hidden = !none;
  if (!none) return;
  const filtered = chosen.state || chosen.kind || chosen.text;
  empty.replaceChildren(...(filtered ? [h("p", {}, t("tasks.no-match"))] : [
    h("p", {}, h("strong", {}, t("tasks.empty"))), h("p", {}, t("tasks.empty.how")), ...pointers(address).map(snippet), h("p", { className: "hint" }, t("tasks.empty.key"))]));
}

const running = (task) => task.state !== "success" && task.state !== "fail";
const share = (task) => (task.expected ? Math.min(99, Math.max(0, Math.floor(((now - task.created) / task.expected) * 100))) : 0);
const elapsed = (task) => (task.finished ?? now) - task.created;
const src = (path, width) => new URL(width ? `${path}?width=${width}` : path, ROOT).href;
const say_state = (task) => (running(task) ? (task.expected ? known(`state.${task.state}`, task.state) : t("state.stuck")) : t(`state.${task.state}`));

function made(task, mark) {
  const frame = { mark };
  const stateWords = h("span", {}, say_state(task));
  const state = h("span", { className: `state ${running(task) ? "running" : task.state}` }, h("span", { className: "dot" }), stateWords);
  const time = h("span", {}, span(elapsed(task)));
  const words = h("span", { className: `words${task.prompt ? "" : " none"}`, dir: "auto" }, task.prompt || t("tasks.no-prompt"));
  const opener = h("button", { type: "button", className: "open", on: { click: () => detail(task.id) } },
    words,
    h("span", { className: "meta" }, h("span", { className: `dot ${task.kind}`, title: known(`kind.${task.kind}`, task.kind) }), h("span", { className: "name", dir: "ltr" }, task.model || task.operation)),
    h("span", { className: "meta" }, state, h("span", {}, `${number(Number(task.price))} ${t("unit.credits")}`), time));
  const view = preview(task);
  frame.node = h("li", { className: "frame", data: { task: task.id } }, view, opener);
  if (running(task)) {
    const percent = view.querySelector(".share"), glow = view.querySelector(".glow");
    frame.tick = () => {
      const part = share(task);
      time.textContent = span(elapsed(task));
      percent.textContent = task.expected ? `${part} %` : "∞";
      glow.style.transform = `scaleY(${0.35 + (part / 100) * 0.65})`;
    };
    frame.tick();
  }
  return frame;
}

function preview(task) {
  const view = h("div", { className: "view" });
  if (running(task)) view.append(h("div", { className: "glow" }), h("span", { className: "share" }));
  else if (task.state === "fail") view.append(h("p", { className: "why" }, h("b", {}, task.failure?.code ?? "—"), task.failure?.message ?? ""));
  else if (!task.outputs.length) view.append(h("p", { className: "said", dir: "auto" }, said(task.object) || t("tasks.nothing-said")));
  else picture(view, task);
  return view;
}

/** The words in a result that is no file. */
function said(value) {
  if (typeof value === "string") return /\s/.test(value.trim()) ? value : "";
  if (value === null || typeof value !== "object") return "";
  return Object.values(value).map(said).filter(Boolean).join("\n\n") || (Array.isArray(value) ? "" : plainly(value));
}

const plainly = (value) => Object.entries(value).filter(([, held]) => typeof held !== "object" && held !== "").map(([name, held]) => `${name}: ${held}`).join("\n");

function picture(view, task) {
  const first = task.outputs[0];
  const kind = first.type.split("/")[0];
  if (task.outputs.length > 1) view.append(h("span", { className: "many" }, `×${task.outputs.length}`));
  if (now > task.expires) { view.append(icon(task.kind), h("p", { className: "why" }, t("tasks.expired"))); return; }
  if (kind === "image") {
    view.append(shot(src(first.preview, 480), () => view.classList.toggle("alpha", first.type === "image/png")));
    return;
  }
  if (kind !== "video" && kind !== "audio") { view.append(icon("text")); return; }
  if (first.cover) view.append(shot(src(first.cover, 480)));
  else view.append(kind === "audio" ? bars(task) : icon("video"));
  view.append(h("button", { type: "button", className: "play", "aria-label": t("tasks.play"), on: { click: () => play(view, kind, first) } }, icon("play")));
}

/** Bars that are the task's own, drawn from its id; what it sounds like, it says when it plays. */
function bars(task) {
  const node = h("div", { className: "sound", "aria-hidden": "true" });
  node.style.color = `var(--${task.kind})`;
  for (let index = 0; index < 36; index++) {
    const digit = parseInt(task.id.replace(/[^0-9a-f]/g, "")[index % 32] || "7", 16);
    const bar = h("i");
    bar.style.height = `${14 + digit * 5 * Math.sin(((index + 1) / 37) * Math.PI)}%`;
    node.append(bar);
  }
  return node;
}

function play(view, kind, output) {
  const player = h(kind, { controls: true, autoplay: true, src: src(output.preview) });
  view.querySelector(".play").remove();
  view.append(player);
  player.focus();
}

// ------------------------------------------------------------------------------------------------------- one task

export async function detail(id) {
  const task = await ask(`tasks/${encodeURIComponent(id)}`).catch((wrong) => (say(wrong.message), null));
  if (task === null) return;
  const notes = await ask(`journal?brief=1&limit=50&task=${encodeURIComponent(id)}`).catch(() => []);
  const gone = now > task.expires && task.expires !== null;
  const price = Number(task.price);
  open(task.model || task.operation,
    task.prompt && h("p", { className: "full", dir: "auto", tabIndex: 0 }, longest(task)),
    !gone && task.outputs.length ? h("div", { className: "gallery" }, task.outputs.map(shown)) : null,
    facts([
      [t("task.state"), h("span", { className: `state ${running(task) ? "running" : task.state}` }, h("span", { className: "dot" }), say_state(task))],
      [t("task.failure"), task.failure ? `${task.failure.code} · ${task.failure.message}` : null],
      [t("task.price"), `${credits(price)} = ${usd(price * 0.005)}`],
      [t("task.created"), momentOf(task.created)],
      [t("task.took"), span(elapsed(task))],
      [t("task.expires"), task.expires ? (gone ? t("tasks.expired") : t("task.in", { span: span(task.expires - now) })) : null],
      [t("task.id"), task.id, "mono"], [t("task.job"), `${task.task} · ${task.operation}`, "mono"], [t("task.key"), task.key, "mono"], [t("task.seed"), task.seed, "mono"]]),
    task.object ? part(t("task.object"), json(task.object)) : null,
    part(t("task.inputs"), json(task.inputs)),
    callbacks(task, notes),
    notes.length ? h("div", { className: "actions" }, h("button", { type: "button", on: { click: () => { $("sheet").close(); filterJournal(task.id); } } }, t("task.notes", { n: notes.length }))) : null);
}

const longest = (task) => ["prompt", "text"].map((name) => task.inputs?.[name]).find((words) => typeof words === "string" && words) ?? task.prompt;

function shown(output) {
  const kind = output.type.split("/")[0];
  const link = h("a", { href: src(output.preview), target: "_blank", rel: "noopener noreferrer" }, output.url);
  const poster = output.cover ? src(output.cover, 900) : null;
  if (kind === "image") return h("figure", {}, h("img", { src: src(output.preview, 900), alt: "", className: "alpha" }), link);
  if (kind === "video") return h("figure", {}, h("video", { controls: true, preload: "none", poster, src: src(output.preview) }), link);
  if (kind === "audio") return h("figure", {}, poster && h("img", { src: poster, alt: "", loading: "lazy" }), h("audio", { controls: true, preload: "none", src: src(output.preview) }), link);
  return h("figure", {}, link);
}

function callbacks(task, notes) {
  const sent = notes.filter((note) => note.way === "out");
  const to = h("input", { type: "url", value: task.callback, placeholder: "http://127.0.0.1:3000/hook", "aria-label": t("task.callback.to"), autocomplete: "off" });
  const again = doer(() => redeliver(task.id, to.value));
  return part(t("task.callbacks"),
    facts([[t("task.callback"), task.callback || t("task.callback.none"), "mono"], [t("task.tries"), sent.length ? sent.map((note) => note.status || t("delivery.lost")).join(", ") : null, "mono"]]),
    h("div", { className: "actions" }, to, h("button", { type: "button", on: { click: again } }, icon("again"), t("delivery.again"))));
}

export async function redeliver(task, url) {
  const told = await ask(`deliveries/${encodeURIComponent(task)}/redeliver`, url ? { url } : {});
  say(told.sent ? t("delivery.sent", { url: told.url }) : t("delivery.not-sent"));
}
