// Asks once a second, while the page is looked at, what has changed; each part then fetches what it needs of that.
import { $, ask, h } from "./base.js";
import * as deliveries from "./deliveries.js";
import * as faults from "./faults.js";
import * as journal from "./journal.js";
import * as overview from "./overview.js";
import * as tasks from "./tasks.js";
import * as tryit from "./tryit.js";
import * as verdict from "./verdict.js";
import { change, dress, other, t } from "./words.js";
import * as world from "./world.js";

const SECOND = 1000;
let timer, running = false;

async function refresh() {
  if (running) return;
  running = true;
  clearTimeout(timer);
  let reached = false;
  try {
    const state = await ask("state");
    live(true);
    reached = true;
    overview.show(state);
    tasks.show(state);
    world.show(state);
    await Promise.all([journal.show(state), deliveries.show(state), faults.show(state), verdict.show(state, badge)]);
  } catch (wrong) {
    if (reached) console.error(wrong);
    else live(false);
  } finally {
    running = false;
    if (!document.hidden) timer = setTimeout(refresh, SECOND);
  }
}

function live(yes) {
  $("live").classList.toggle("lost", !yes);
  $("live-words").textContent = t(yes ? "top.live" : "top.lost");
}

function badge(findings) {
  const link = document.querySelector('.nav [href="#verdict"]');
  link.replaceChildren(t("nav.verdict"), ...(findings ? [h("span", { className: "badge" }, findings)] : []));
}

function theme() {
  const root = document.documentElement;
  const stored = (() => { try { return localStorage.getItem("kie-theme"); } catch { return null; } })();
  if (stored) root.dataset.theme = stored;
  $("theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("kie-theme", root.dataset.theme); } catch { /* for this visit only */ }
  });
}

/** Marks the link of the part that is looked at. */
function follow() {
  const links = new Map([...document.querySelectorAll(".nav a")].map((link) => [link.hash.slice(1), link]));
  const watcher = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) {
      if (!isIntersecting) continue;
      for (const link of links.values()) link.removeAttribute("aria-current");
      links.get(target.id)?.setAttribute("aria-current", "true");
    }
  }, { rootMargin: "-15% 0px -80% 0px" });
  for (const id of links.keys()) watcher.observe($(id));
}

dress();
theme();
follow();
$("language").textContent = other.toUpperCase();
$("language").setAttribute("aria-label", `${other.toUpperCase()} · ${t("top.language")}`);
$("language").addEventListener("click", change);
const vocabulary = await ask("faults/known");
overview.begin(refresh);
tasks.begin((task) => journal.filter({ task }));
journal.begin(vocabulary.deeds);
faults.begin(vocabulary, refresh);
await refresh();
await Promise.all([tryit.begin(vocabulary.spells, refresh), world.begin(refresh)]);
document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
document.documentElement.dataset.ready = "yes";
