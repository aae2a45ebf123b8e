// The tries to deliver callbacks, newest first, and each once more on demand.
import { $, ask, doer, h, icon } from "./base.js";
import { redeliver } from "./tasks.js";
import { t, timeOf } from "./words.js";

const MOST = 40;
let seen = "";

export async function show(state) {
  $("deliveries-signed").textContent = t(state.signed ? "deliveries.signed" : "deliveries.unsigned");
  if (state.journal.revision === seen) return;
  seen = state.journal.revision;
  const notes = await ask(`deliveries?brief=1&limit=${MOST}`).catch(() => null);
  if (notes === null) return;
  $("posts").replaceChildren(...notes.reverse().map(row));
  $("posts").hidden = !notes.length;
  $("deliveries-empty").hidden = notes.length > 0;
  if (!notes.length) $("deliveries-empty").replaceChildren(h("p", {}, t("deliveries.empty")), h("p", { className: "hint" }, t("deliveries.empty.how")));
}

function row(note) {
  const good = note.status >= 200 && note.status < 300;
  const words = note.status ? String(note.status) : t("delivery.lost");
  return h("li", {}, h("div", { className: "post" },
    h("span", { className: "to", title: note.path }, note.path),
    h("span", { className: "about" }, [timeOf(note.at), t("delivery.try", { n: note.attempt || 1 }), note.fault, note.model].filter(Boolean).join(" · ")),
    h("span", { className: `status ${good ? "good" : "bad"}` }, words),
    h("button", { type: "button", className: "small", "aria-label": `${t("delivery.again")}: ${note.task}`, on: { click: doer(() => redeliver(note.task)) } }, icon("again"), h("span", {}, t("delivery.again")))));
}
