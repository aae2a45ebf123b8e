// Quirks, how a client is pointed here, and what is kept: snapshot, restore, reset.
import { $, ask, doer, h, icon, pointers, say, snippet } from "./base.js";
import { t } from "./words.js";

let address = "";

export async function begin(refresh) {
  const told = await ask("quirks");
  $("quirks").replaceChildren(...Object.entries(told).map(([name, quirk]) =>
    h("li", { className: quirk.on ? "on" : "", title: quirk.source }, h("span", { className: "dot" }), h("code", {}, name), h("span", {}, quirk.on ? quirk.means : quirk.default))));
  const reset = h("button", { type: "button", className: "danger", on: { click: doer(async () => { if (!confirm(t("reset.sure"))) return; await ask("reset", {}); say(t("reset.done")); await refresh(); }) } }, icon("again"), t("reset"));
  const parts = [reset, h("p", { className: "hint" }, t("reset.hint"))];
  const routes = new Set((await ask("routes")).map((route) => `${route.method} ${route.path.split("/").pop()}`));
  if (routes.has("GET snapshot") && routes.has("POST restore")) parts.unshift(...snapshots(refresh));
  if (routes.has("GET journal.har")) $("har").hidden = false;
  $("data").append(...parts);
}

function snapshots(refresh) {
  const file = h("input", { type: "file", accept: ".json,application/json", hidden: true });
  file.addEventListener("change", async () => {
    const [chosen] = file.files;
    file.value = "";
    if (!chosen) return;
    try { await ask("restore", await chosen.text()); say(t("restore.done")); await refresh(); } catch (wrong) { say(wrong.message); }
  });
  return [
    h("a", { className: "button", href: "snapshot", download: "kie-emulator-snapshot.json" }, icon("down"), t("snapshot")),
    file, h("button", { type: "button", on: { click: () => file.click() } }, icon("open"), t("restore")), h("p", { className: "hint" }, t("snapshot.hint"))];
}

export function show(state) {
  $("world-facts").textContent = t("world.facts", { seed: String(state.seed), address: state.address });
  if (address === state.address) return;
  address = state.address;
  $("connect").replaceChildren(...pointers(address).map(snippet));
}
