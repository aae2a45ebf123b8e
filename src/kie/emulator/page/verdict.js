// What the requests tell of the client: findings with what to do about each, or that all is well.
import { $, ask, h, icon } from "./base.js";
import { detail as noteDetail } from "./journal.js";
import { detail as taskDetail } from "./tasks.js";
import { credits, known, t } from "./words.js";

const REFS = 8;
let seen = "", asking = false, next = 0;

export async function show(state, badge) {
  const mark = `${state.journal.revision} ${state.tasks.revision}`;
  if (mark === seen || asking || performance.now() < next) return;
  asking = true;
  const began = performance.now();
  try {
    const told = await ask("verdict");
    seen = mark;
    draw(told, badge);
  } catch (wrong) {
    $("verdict-body").replaceChildren(h("p", { className: "wrong" }, wrong.message));
  } finally {
    asking = false;
    // It reads the whole journal, so that it is asked for every three seconds at most, and less often when it is long.
    next = performance.now() + Math.max(3000, 20 * (performance.now() - began));
  }
}

function draw(told, badge) {
  const pill = $("verdict-pill");
  const grave = told.findings.filter((finding) => finding.severity !== "note").length;
  badge(grave);
  const none = !told.requests;
  pill.className = `pill${none ? "" : told.ok ? " good" : " bad"}`;
  pill.textContent = none ? t("verdict.none") : told.ok ? t("verdict.fine") : t("verdict.bad", { n: grave });
  if (none) { $("verdict-body").replaceChildren(h("p", { className: "soft" }, t("verdict.empty"))); return; }
  const judged = [t("verdict.requests", { n: told.requests }), t("verdict.tasks", { n: told.tasks }), t("verdict.callbacks", { n: told.callbacks })].join(" · ");
  const groups = new Map();
  for (const finding of told.findings) groups.set(finding.name, [...(groups.get(finding.name) ?? []), finding]);
  const list = [...groups.values()].map(finding);
  const fine = h("div", { className: "fine" }, icon("check"), h("div", {}, h("b", {}, t("verdict.good")), h("p", {}, judged)));
  $("verdict-body").replaceChildren(
    ...(told.ok ? [fine] : []), ...(list.length ? [h("ul", { className: "findings" }, ...list)] : []),
    ...(told.ok ? [] : [h("p", { className: "hint judged" }, judged)]));
  if (told.ok && list.length) $("verdict-body").lastElementChild.style.marginTop = "10px";
}

/** All findings of one name: the first tells what happened, the others are counted and pointed at. */
function finding(group) {
  const [told] = group;
  const cost = group.reduce((sum, one) => sum + Number(one.credits), 0);
  const notes = [...new Set(group.flatMap((one) => one.notes))], ids = [...new Set(group.flatMap((one) => one.tasks))];
  const refs = [
    ...notes.slice(0, REFS).map((number) => h("button", { type: "button", on: { click: () => noteDetail(number) } }, `№ ${number}`)),
    ...ids.slice(0, REFS).map((id) => h("button", { type: "button", on: { click: () => taskDetail(id) } }, `${id.slice(0, 8)}…`)),
  ];
  const rest = Math.max(0, notes.length - REFS) + Math.max(0, ids.length - REFS);
  if (rest) refs.push(h("span", { className: "hint" }, t("verdict.rest", { n: rest })));
  const times = group.length > 1 ? h("span", { className: "hint mono" }, ` ×${group.length}`) : null;
  return h("li", { className: `finding is-${told.severity}` }, icon("warn"),
    h("div", { className: "row" }, h("b", {}, known(`finding.${told.name}`, told.name), times), cost ? h("span", { className: "pill" }, credits(cost)) : null),
    h("p", { lang: "en" }, told.what), h("p", { className: "advice", lang: "en" }, told.advice), refs.length ? h("div", { className: "refs" }, ...refs) : null);
}
