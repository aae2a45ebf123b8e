// Creates a task by hand, over the same wire as any client: the request is in the journal like every other.
import { $, ask, doer, h, ROOT, say } from "./base.js";
import { known, number, t } from "./words.js";

const KINDS = ["image", "video", "audio", "music", "tool"];
const FIRST = { image: "nano-banana-pro", video: "veo", audio: "elevenlabs/text-to-speech-turbo-2-5", music: "generate", tool: "" };
let models = [], sample = null;

export async function begin(spells, refresh) {
  models = await ask("models");
  const names = KINDS.filter((kind) => models.some((model) => model.kind === kind));
  $("try-kinds").append(...names.map((kind, index) =>
    h("label", {}, h("input", { type: "radio", name: "kind", value: kind, checked: index === 0, on: { change: () => choose(kind) } }), t(`kind.${kind}`))));
  $("try-spell").append(h("option", { value: "" }, t("try.well")), ...Object.entries(spells).map(([spell, means]) => h("option", { value: spell }, `${spell} · ${known(`spell.${spell}`, means)}`)));
  $("try-spell").addEventListener("change", (event) => cast(event.target.value));
  $("try-model").addEventListener("change", doer(load));
  $("try-prompt").addEventListener("input", count);
  $("try-prompt").addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) $("try").requestSubmit(); });
  $("try").addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = $("try").querySelector("[type=submit]");
    button.disabled = true;
    try { await create(); $("try-wrong").hidden = true; await refresh(); } catch (wrong) { $("try-wrong").textContent = wrong.message; $("try-wrong").hidden = false; } finally { button.disabled = false; }
  });
  await choose(names[0]);
}

async function choose(kind) {
  const own = models.filter((model) => model.kind === kind).sort((a, b) => a.id.localeCompare(b.id));
  $("try-model").replaceChildren(...own.map((model) => h("option", { value: model.id, title: model.task }, model.id)));
  if (own.some((model) => model.id === FIRST[kind])) $("try-model").value = FIRST[kind];
  await load();
}

async function load() {
  sample = await ask(`models/${$("try-model").value}`);
  const input = sample.body.input ?? sample.body;
  const words = $("try-prompt");
  words.disabled = !sample.prompt;
  words.placeholder = sample.prompt ? "" : t("try.no-prompt");
  if (sample.prompt && !words.value) words.value = t("try.example");
  if (sample.prompt) delete input[sample.prompt];
  $("try-body").value = JSON.stringify(sample.body, null, 2);
  $("try-price").textContent = `${number(Number(sample.price))} ${t("unit.credits")}`;
  count();
}

function cast(spell) {
  const words = $("try-prompt");
  words.value = `${words.value.replace(/\s*\bemu:\S+/g, "")} ${spell}`.trim();
  count();
}

function count() { $("try-count").textContent = $("try-prompt").disabled ? "" : number([...$("try-prompt").value].length); }

async function create() {
  let body;
  try { body = JSON.parse($("try-body").value); } catch { throw new Error(t("try.not-json")); }
  if (sample.prompt) (body.input ?? body)[sample.prompt] = $("try-prompt").value;
  const callback = $("try-callback").value.trim();
  if (callback) body.callBackUrl = callback;
  else if (body.callBackUrl === undefined && !sample.path.endsWith("createTask")) body.callBackUrl = "https://example.com/hook"; // some paths want one; nothing is sent there
  const answer = await fetch(new URL(sample.path, ROOT), {
    method: "POST", body: JSON.stringify(body),
    headers: { Authorization: `Bearer ${$("try-key").value}`, "Content-Type": "application/json", "X-Emulator-Page": "try" },
  }).catch(() => { throw new Error(t("try.cut")); });
  const told = await answer.json().catch(() => ({ code: answer.status, msg: t("try.no-json") }));
  if (told.code !== 200) throw new Error(`${told.code ?? answer.status} · ${told.msg ?? ""}`);
  say(t("try.created", { model: known(`kind.${sample.kind}`, sample.kind) }));
}
