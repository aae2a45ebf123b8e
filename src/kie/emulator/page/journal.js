// What happened, newest first. New notes are asked for by number, so that thousands of old ones are not sent again.
import { $, ask, calmly, doer, facts, h, icon, json, open, part } from "./base.js";
import { dayOf, known, number, t, timeOf } from "./words.js";

const PAGE = 60, MOST = 600;
const STAGES = ["create", "poll", "media", "callback", "upload", "chat"];
const chosen = { stage: "", fault: "", text: "", task: "" };
let newest = 0, oldest = 0, epoch = "", busy = false, held = 0;

export function begin(deeds) {
  $("journal-stage").append(h("option", { value: "" }, t("journal.stage.any")), ...STAGES.map((name) => h("option", { value: name }, t(`stage.${name}`))));
  const names = [...new Set(Object.values(deeds).flat())];
  $("journal-fault").append(h("option", { value: "" }, t("journal.fault.none")), h("option", { value: "any" }, t("journal.fault.any")), ...names.map((name) => h("option", { value: name }, name)));
  for (const name of ["stage", "fault"]) $(`journal-${name}`).addEventListener("change", (event) => filter({ [name]: event.target.value }));
  $("journal-text").addEventListener("input", calmly((event) => filter({ text: event.target.value.trim() })));
  $("journal-more").addEventListener("click", doer(older));
}

export function filter(change) {
  Object.assign(chosen, change);
  const chip = chosen.task && h("button", { type: "button", className: "small", on: { click: () => filter({ task: "" }) } }, h("code", {}, `${chosen.task.slice(0, 8)}…`), icon("close"));
  $("journal-task").replaceChildren(...(chip ? [chip] : []));
  if (chosen.task) $("journal").scrollIntoView();
  return afresh();
}

const query = (more) => {
  const given = Object.entries(chosen).filter(([, value]) => value);
  return `journal?${new URLSearchParams([["brief", "1"], ...given, ...Object.entries(more)])}`;
};

export async function show(state) {
  const { last, revision } = state.journal;
  held = state.journal.held;
  $("journal-count").textContent = held ? t("journal.count", { n: held }) : "";
  const now = revision.split("/")[0];
  if (now !== epoch || last < newest) { epoch = now; await afresh(); return; }
  if (last === newest || busy) return;
  busy = true;
  try {
    const notes = await ask(query({ since: newest, limit: PAGE }));
    newest = Math.max(newest, last);
    $("notes").prepend(...notes.reverse().map(row));
    while ($("notes").children.length > MOST) { $("notes").lastElementChild.remove(); }
    oldest = Number($("notes").lastElementChild?.dataset.number ?? 0);
    blank();
  } catch { /* the next second asks again */ } finally { busy = false; }
}

async function afresh() {
  const notes = await ask(query({ limit: PAGE })).catch(() => []);
  newest = Math.max(0, ...notes.map((note) => note.number));
  oldest = Math.min(...notes.map((note) => note.number));
  $("notes").replaceChildren(...notes.reverse().map(row));
  $("journal-more").hidden = notes.length < PAGE;
  blank();
}

async function older() {
  const notes = await ask(query({ before: oldest, limit: PAGE }));
  oldest = Math.min(oldest, ...notes.map((note) => note.number));
  $("notes").append(...notes.reverse().map(row));
  $("journal-more").hidden = notes.length < PAGE;
}

function blank() {
  const none = !$("notes").children.length;
  $("journal-empty").hidden = !none;
  $("notes").hidden = none;
  if (none) $("journal-empty").replaceChildren(h("p", {}, t(held ? "journal.no-match" : "journal.empty")));
}

/** Status and the code in the body: HTTP 200 around an error is an error. */
function outcome(note) {
  if (!note.status) return ["bad", note.way === "out" ? t("delivery.lost") : t("journal.cut")];
  const code = note.code !== null && note.code !== note.status ? ` · ${note.code}` : "";
  const worst = Math.max(note.status, typeof note.code === "number" ? note.code : 0);
  return [worst >= 400 ? "bad" : worst >= 300 ? "warm" : "good", `${note.status}${code}`];
}

function row(note) {
  const [tone, words] = outcome(note);
  const label = `${note.method} ${note.path} ${words}`;
  return h("li", { data: { number: note.number } },
    h("button", { type: "button", className: `note ${note.way}`, title: label.slice(0, 300), on: { click: () => detail(note.number) } },
      h("span", { className: "num" }, note.number), h("span", { className: "at" }, timeOf(note.at)), icon(note.way),
      h("span", { className: "stage" }, note.stage ? known(`stage.${note.stage}`, note.stage) : "—"),
      h("span", { className: "path" }, `${note.method} ${note.path}`), h("span", { className: "model" }, note.model || note.task),
      h("span", { className: `status ${tone}` }, words),
      h("span", { className: "fault" }, note.fault ? h("span", { className: "pill lamp" }, note.fault) : null),
      h("span", { className: "ms" }, `${number(Math.round(note.ms))} ${t("unit.ms")}`)));
}

export async function detail(number_) {
  const note = await ask(`journal/${number_}`).catch((wrong) => ({ wrong: wrong.message }));
  if (note.wrong) { open(`№ ${number_}`, h("p", {}, note.wrong)); return; }
  const [tone, words] = outcome(note);
  const headers = Object.entries(note.headers).map(([name, value]) => `${name}: ${value}`).join("\n");
  const query = Object.entries(note.query);
  open(`№ ${note.number} · ${note.method} ${note.path}`,
    facts([
      [t("note.outcome"), h("span", { className: `${tone} mono` }, words)], [t("note.fault"), note.fault, "mono"],
      [t("note.at"), `${dayOf(note.at)}, ${timeOf(note.at)}`], [t("note.wall"), `${timeOf(note.wall)} · ${number(note.ms)} ${t("unit.ms")}`],
      [t("note.stage"), note.stage ? known(`stage.${note.stage}`, note.stage) : ""], [t("note.model"), note.model, "mono"], [t("note.task"), note.task, "mono"],
      [t("note.key"), note.key, "mono"], [t("note.attempt"), note.attempt || ""], [t("note.retry"), note.retry_after === null ? "" : `${note.retry_after} ${t("unit.s")}`],
      [t("note.bytes"), note.length ? (note.sent < note.length ? t("note.part", { sent: note.sent, length: note.length }) : number(note.length)) : ""]]),
    query.length ? part(t("note.query"), json(Object.fromEntries(query))) : null,
    note.request !== null && note.request !== undefined ? part(t("note.request"), json(note.request)) : null,
    note.response !== null && note.response !== undefined ? part(t("note.response"), json(note.response)) : null,
    headers ? part(t("note.headers"), json(headers)) : null);
}
