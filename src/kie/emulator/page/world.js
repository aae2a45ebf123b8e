// Quirks, how a client is pointed here, and what is kept: snapshot, restore, reset.
import { $, ask, doer, h, icon, pointers, say, snippet } from "./base.js";
import { known, number, t } from "./words.js";

let address = "";

export async function begin(refresh) {
  const told = await ask("quirks");
  $("quirks").replaceChildren(...Object.entries(told).map(([name, quirk]) =>
    h("li", { className: quirk.on ? "on" : "", title: quirk.source }, h("span", { className: "dot" }), h("code", {}, name), h("span", { lang: "en" }, quirk.on ? quirk.means : quirk.default))));
  const reset = h("button", { type: "button", className: "danger", on: { click: doer(async () => { if (!confirm(t("reset.sure"))) return; await ask("reset", {}); say(t("reset.done")); await refresh(); }) } }, icon("again"), t("reset"));
  const parts = [reset, h("p", { className: "hint" }, t("reset.hint"))];
  $("data").append(...snapshots(refresh), ...parts);
  await sources();
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
    h("button", { type: "button", on: { click: doer(save) } }, icon("down"), t("snapshot")),
    file, h("button", { type: "button", on: { click: () => file.click() } }, icon("open"), t("restore")), h("p", { className: "hint" }, t("snapshot.hint"))];
}

async function save() {
  const whole = await ask("snapshot", {});
  const link = h("a", { href: URL.createObjectURL(new Blob([JSON.stringify(whole)], { type: "application/json" })), download: "kie-emulator-snapshot.json" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

/** How what the emulator does is known: recorded, documented, reported, assumed. */
async function sources() {
  const told = await ask("conformance");
  const counts = Object.entries(told.provenances).map(([name, count]) => h("li", {}, h("b", { className: "mono" }, number(count)), ` ${known(`source.${name}`, name)}`));
  $("sources").replaceChildren(h("ul", { className: "sources" }, ...counts), h("a", { href: "conformance.md", target: "_blank", rel: "noopener" }, t("world.report")));
}

export function show(state) {
  $("world-facts").textContent = t("world.facts", { seed: String(state.seed), address: state.address });
  if (address === state.address) return;
  address = state.address;
  $("connect").replaceChildren(...pointers(address).map(snippet));
}
