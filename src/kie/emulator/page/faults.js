// The rules by which things go wrong, how often each has struck, a form for one more, and ready packs of them.
import { $, ask, doer, h, say } from "./base.js";
import { known, number, t } from "./words.js";

const NUMBERS = ["nth", "times", "seconds", "probability", "code", "status", "retry_after"];
const LIMITS = { nth: [1, 1], times: [0, 1], seconds: [0, "any"], probability: [0, "any"], code: [100, 1], status: [400, 1], retry_after: [0, 1] };
let seen = "", vocabulary = null;
const means = (deed) => known(`deed.${deed}`, vocabulary.meanings[deed] ?? "").replaceAll("`", "");

export function begin(told, refresh) {
  vocabulary = told;
  const form = $("fault-form");
  const stage = h("select", { name: "stage" }, ...Object.keys(told.deeds).map((name) => h("option", { value: name }, t(`stage.${name}`))));
  const deed = h("select", { name: "do" });
  const meaning = h("p", { className: "hint span" });
  const options = h("div", { className: "three" });
  const wrong = h("p", { className: "wrong span", role: "alert", hidden: true });
  const field = (name, control) => h("label", { className: "field" }, h("span", {}, t(`fault.${name}`)), control);
  const one = (name) => {
    const words = told.words[deed.value];
    if (name === "to" && words) return field(name, h("select", { name }, h("option", { value: "" }, t("fault.any")), ...words.map((word) => h("option", { value: word }, word))));
    const [least, step] = LIMITS[name] ?? [];
    const numeric = NUMBERS.includes(name);
    return field(name, h("input", { name, type: numeric ? "number" : "text", min: numeric ? least : null, step: numeric ? step : null, autocomplete: "off", spellcheck: false, placeholder: t(`fault.${name}.hint`) }));
  };
  const turn = () => {
    meaning.textContent = means(deed.value);
    options.replaceChildren(...["nth", "times", ...(told.options[deed.value] ?? []), "model", "match", "probability"].map(one));
  };
  const fill = () => { deed.replaceChildren(...told.deeds[stage.value].map((name) => h("option", { value: name }, name))); turn(); };
  stage.addEventListener("change", fill);
  deed.addEventListener("change", turn);
  const more = h("details", { className: "span" }, h("summary", { className: "hint" }, t("fault.more")), h("br"), options);
  form.append(h("h3", { className: "span" }, t("fault.add")), field("stage", stage), field("do", deed), meaning, more, wrong,
    h("button", { type: "submit", className: "span" }, t("fault.submit")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const rule = {};
    for (const [name, value] of new FormData(form)) if (value !== "") rule[name] = NUMBERS.includes(name) ? Number(value) : value;
    try { await ask("faults", rule); wrong.hidden = true; say(t("fault.added")); await refresh(); } catch (error) { wrong.textContent = error.message; wrong.hidden = false; }
  });
  fill();
  $("faults-clear").addEventListener("click", doer(async () => { await ask("faults", undefined, "DELETE"); await refresh(); }));
  packs(told.packs, refresh);
}

function packs(told, refresh) {
  const hold = (name) => doer(async () => { await ask("faults", { packs: [name] }); say(t("pack.added", { name })); await refresh(); });
  const pack = ([name, script]) => h("li", {},
    h("div", {}, h("b", {}, name), h("p", { className: "hint" }, known(`pack.${name}`, script.description ?? ""))),
    h("button", { type: "button", className: "small", "aria-label": `${t("pack.use")}: ${name}`, on: { click: hold(name) } }, t("pack.use")));
  $("packs").hidden = false;
  $("packs").replaceChildren(h("h3", {}, t("packs.title")), h("ul", {}, ...Object.entries(told).map(pack)));
}

export async function show(state) {
  if (state.faults.revision === seen) return;
  const rules = await ask("faults").catch(() => null);
  if (rules === null) return;
  seen = state.faults.revision;
  $("rules").replaceChildren(...rules.map(row));
  $("faults-clear").hidden = !rules.length;
  $("faults-empty").hidden = rules.length > 0;
  if (!rules.length) $("faults-empty").replaceChildren(h("p", {}, t("faults.empty")), h("p", { className: "hint" }, t("faults.empty.how")));
}

function row(rule) {
  const struck = rule.struck ?? 0;
  const told = Object.entries(rule).filter(([name, value]) => !["rule", "stage", "do", "seen", "struck"].includes(name) && value !== null && value !== "" && !standard(name, value));
  return h("li", { className: "rule" }, h("b", {}, `${rule.stage} · ${rule.do}`),
    h("span", { className: `hits${struck ? " on" : ""}` }, t("fault.hits", { struck, seen: rule.seen })),
    h("p", { className: "hint" }, means(rule.do)),
    told.length ? h("p", { className: "hint mono" }, told.map(([name, value]) => `${name}=${typeof value === "number" ? number(value) : value}`).join("  ")) : null);
}

const standard = (name, value) => ({ nth: 1, every: 1, probability: 1, after: 0 })[name] === value;
