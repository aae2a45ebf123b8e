// The words of the page in the language of its reader, and numbers, amounts and times as they are written there.
const LANGUAGES = ["en", "ru"];
const stored = () => { try { return localStorage.getItem("kie-language"); } catch { return null; } };
const wished = [stored(), ...(navigator.languages ?? [navigator.language])].map((tag) => (tag ?? "").slice(0, 2));
export const language = wished.find((tag) => LANGUAGES.includes(tag)) ?? "en";
export const other = LANGUAGES.find((tag) => tag !== language);

const read = async (tag) => (await fetch(new URL(`page/${tag}.json`, location.href))).json();
const words = await read(language);
const plural = new Intl.PluralRules(language);

/** The words for a key. `{name}` is filled in; a key with several forms takes that of `n`. */
export function t(key, given = {}) {
  let text = words[key] ?? key;
  if (typeof text === "object") text = text[plural.select(given.n)] ?? text.other;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in given ? String(typeof given[name] === "number" ? number(given[name]) : given[name]) : whole));
}

/** The words for a key, or other ones where there are none. */
export const known = (key, instead) => (key in words ? t(key) : instead);

export function dress(root = document) {
  document.documentElement.lang = language;
  for (const node of root.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of root.querySelectorAll("[data-label]")) node.setAttribute("aria-label", t(node.dataset.label));
  for (const node of root.querySelectorAll("[data-placeholder]")) node.placeholder = t(node.dataset.placeholder);
}

export function change() {
  try { localStorage.setItem("kie-language", other); } catch { /* for this visit only */ }
  location.reload();
}

const plain = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
const dollars = new Intl.NumberFormat(language, { style: "currency", currency: "USD", minimumFractionDigits: 2, maximumFractionDigits: 2 });
const fine = new Intl.NumberFormat(language, { style: "currency", currency: "USD", minimumFractionDigits: 2, maximumFractionDigits: 4 });
const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const day = new Intl.DateTimeFormat(language, { day: "numeric", month: "long", year: "numeric" });
const short = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

export const number = (value) => plain.format(value);
export const credits = (value) => t("credits", { n: Number(value), amount: number(Number(value)) });
export const usd = (value) => (Math.abs(value) < 0.1 ? fine : dollars).format(value);
export const timeOf = (seconds) => clock.format(seconds * 1000);
export const dayOf = (seconds) => day.format(seconds * 1000);
export const momentOf = (seconds) => short.format(seconds * 1000);

/** "45 s", "2 min 5 s", "3 h 20 min", "14 d 2 h": two units at most. */
export function span(seconds) {
  const whole = Math.max(0, seconds);
  if (whole < 10) return `${number(Math.round(whole * 10) / 10)} ${t("unit.s")}`;
  let rest = Math.round(whole);
  const parts = [];
  for (const [unit, size] of [["d", 86400], ["h", 3600], ["min", 60], ["s", 1]]) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count || parts.length) parts.push(count ? `${count} ${t(`unit.${unit}`)}` : "");
    if (parts.length === 2) break;
  }
  return parts.filter(Boolean).join(" ");
}
