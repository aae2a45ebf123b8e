// The bill, its line over virtual time, and the clock.
import { $, ask, doer, drawn, h, say } from "./base.js";
import { credits, dayOf, momentOf, number, span, t, timeOf, usd } from "./words.js";

const STEPS = [["10 s", 10], ["1 min", 60], ["1 h", 3600], ["1 day", 86400]];
let revision = "";

export function begin(refresh) {
  $("advance").replaceChildren(...STEPS.map(([, seconds], index) =>
    h("button", { type: "button", data: { seconds }, on: { click: doer(() => move("advance", { seconds }, refresh)) } }, t(`clock.step.${index}`))));
  $("jump").addEventListener("click", doer(() => move("jump", {}, refresh)));
}

async function move(path, body, refresh) {
  const told = await ask(path, body);
  if (path === "advance") say(t("clock.moved", { n: told.events }));
  await refresh();
}

export function show(state) {
  bill(state);
  clock(state.clock);
  const now = state.ledger.revision;
  if (now !== revision) { revision = now; draw(); }
}

function bill(state) {
  const { spent, spent_usd, balance, held } = state.money;
  const line = t("bill.line", { amount: "\u0001" }).split("\u0001");
  const sum = h("b", {}, `${credits(spent)} = ${usd(Number(spent_usd))}`);
  $("bill").replaceChildren(...(Number(spent) ? [line[0], sum, line[1] ?? ""] : [t("bill.nothing")]));
  const more = [t("bill.left", { amount: credits(balance) })];
  if (Number(held)) more.push(t("bill.held", { amount: credits(held) }));
  $("bill-more").textContent = more.join(" · ");
}

const MODES = ["real", "scaled", "frozen", "jump"];

function clock(told) {
  const mode = MODES.find((name) => told.clock.startsWith(name)) ?? told.clock;
  const pill = $("clock-mode");
  pill.textContent = mode === "scaled" ? `${mode} ×${number(told.speed)}` : mode;
  pill.className = `pill${mode === "frozen" ? " lamp" : ""}`;
  $("clock-time").textContent = timeOf(told.now);
  $("clock-time").dateTime = new Date(told.now * 1000).toISOString();
  $("clock-date").textContent = dayOf(told.now);
  const ahead = told.now - Date.now() / 1000;
  const drift = Math.abs(ahead) < 2 ? t("clock.same") : t(ahead > 0 ? "clock.ahead" : "clock.behind", { span: span(Math.abs(ahead)) });
  $("clock-more").textContent = `${drift} · ${t("clock.pending", { n: told.pending })}`;
  $("jump").disabled = !told.pending;
  $("jump-words").textContent = told.next === null ? t("clock.none") : t("clock.jump", { span: span(told.next - told.now) });
  $("clock-hint").textContent = t(`clock.hint.${mode}`);
}

async function draw() {
  const told = await ask("spending?points=160").catch(() => null);
  if (told === null) return;
  const points = told.points.map(([at, amount]) => [at, Number(amount)]);
  const most = points.at(-1)?.[1] ?? 0;
  $("plot").replaceChildren(...(most > 0 ? plot(points, most) : [h("p", { className: "none" }, t("bill.empty"))]));
  const top = told.models.slice(0, 5);
  const dearest = Number(top[0]?.credits) || 1;
  $("dearest").replaceChildren(...top.map((model) => row(model, dearest)));
}

function row({ model, credits: amount, calls }, dearest) {
  const fill = h("i");
  fill.style.width = `${Math.max(1, (Number(amount) / dearest) * 100)}%`;
  return h("li", { title: `${model} · ${t("bill.calls", { n: calls })}` },
    h("div", { className: "row" }, h("span", { className: "name", dir: "auto" }, model), h("span", { className: "mono" }, number(Number(amount)))),
    h("div", { className: "bar" }, fill));
}

/** A stair, since money goes in steps; drawn in a box of 1000 by 136 which is stretched to the width. */
function plot(points, most) {
  const [first, last] = [points[0][0], points.at(-1)[0]];
  const x = (at) => (last > first ? ((at - first) / (last - first)) * 1000 : 1000);
  const y = (amount) => 132 - (amount / most) * 124;
  let line = `M0 ${y(points[0][1])}`;
  for (const [at, amount] of points) line += `H${x(at).toFixed(1)}V${y(amount).toFixed(1)}`;
  line += "H1000";
  const grid = [0, 0.5, 1].map((share) => drawn("path", { class: "grid", d: `M0 ${y(most * share)}H1000` }));
  const label = t("bill.plot", { amount: credits(most), from: momentOf(first), to: momentOf(last) });
  return [
    drawn("svg", { viewBox: "0 0 1000 136", preserveAspectRatio: "none", role: "img", "aria-label": label },
      ...grid, drawn("path", { class: "area", d: `${line}V132H0Z` }), drawn("path", { class: "line", d: line })),
    h("div", { className: "axis", "aria-hidden": "true" }, h("span", {}, momentOf(first)), h("span", {}, t("bill.axis", { amount: number(most) })), h("span", {}, momentOf(last))),
  ];
}
