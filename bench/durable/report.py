"""From figures to a table with a verdict for each target, and two plots (SVG, written by hand)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["into_docs", "plots", "table"]

BEGIN, END = "<!-- made by bench/durable: begin -->", "<!-- made by bench/durable: end -->"
KIE = ("kie, SQLite", "kie, Postgres")
#: A line: what is measured, its figure, title, which sample counts, digits, target and whether more is better.
ROWS: tuple[tuple[str, str, str, Any, int, float | None, bool], ...] = (
    ("flood", "per_second", "generations a second, from the call to the file", max, 0, 500.0, True),
    ("flood", "cpu_ms", "CPU of the process for each, ms", min, 2, 1.0, False),
    ("steady", "p50_ms", "from callback to done at 50 a second, p50, ms", min, 1, 15.0, False),
    ("steady", "p99_ms", "the same, p99, ms", min, 1, 80.0, False),
    ("waiting", "number", "generations that wait", max, 0, None, True),
    ("waiting", "mb", "their memory above idle, MB", min, 1, 20.0, False),
    ("waiting", "core", "their share of a core, %", min, 1, 2.0, False),
)


def table(samples: dict[str, Any], asked: dict[str, dict[str, float]]) -> tuple[str, list[str]]:
    """Return the tables as Markdown, and the targets that were missed."""
    names, missed = list(samples), []
    lines = ["|  | " + " | ".join(names) + " | target |  |", "| :-- |" + " --: |" * len(names) + " :-- | :-: |"]
    for what, key, title, choose, digits, target, more in ROWS:
        cells, verdict = [], ""
        for name in names:
            values = samples[name].get(what, {}).get(key)
            cells.append("–" if not values else f"{choose(values):,.{digits}f}")
        if target is not None:
            best = [choose(samples[name][what][key]) for name in KIE if samples.get(name, {}).get(what)]
            met = all(value >= target if more else value <= target for value in best)
            verdict = "met" if met else "missed"
            if not met:
                missed.append(title)
        told = "" if target is None else f"{'≥' if more else '≤'} {target:g}"
        lines.append(f"| {title} | " + " | ".join(cells) + f" | {told} | {verdict} |")
    lines += ["", "| durations | questions, learned | every 5 s | share | delay, learned, s | every 5 s |  |"]
    lines.append("| :-- | --: | --: | --: | --: | --: | :-: |")
    for kind, each in asked.items():
        share = each["asks"] / each["fixed_asks"]
        met = share <= 0.5 and each["delay"] <= each["fixed_delay"] * 1.02
        lines.append(
            f"| {kind} | {each['asks']:.1f} | {each['fixed_asks']:.1f} | {share:.2f} | {each['delay']:.2f} |"
            f" {each['fixed_delay']:.2f} | {'met' if met else 'missed'} |"
        )
        if not met:
            missed.append(f"polling, {kind}")
    return "\n".join(lines), missed


def _bars(title: str, bars: list[tuple[str, float, str, bool]]) -> tuple[list[str], int]:
    most = max(value for _, value, _, _ in bars) or 1.0
    parts = [f'<text class="title" x="0" y="18">{escape(title)}</text>']
    for row, (name, value, told, ours) in enumerate(bars):
        y = 32 + row * 24
        parts.append(f'<text x="170" y="{y + 13}" text-anchor="end">{escape(name)}</text>')
        kind, width = "ours" if ours else "other", max(2, value / most * 380)
        parts.append(f'<rect class="{kind}" x="178" y="{y}" width="{width:.0f}" height="17" rx="2"/>')
        parts.append(f'<text x="{184 + width:.0f}" y="{y + 13}">{escape(told)}</text>')
    return parts, 44 + len(bars) * 24


def _svg(charts: list[tuple[str, list[tuple[str, float, str, bool]]]]) -> str:
    parts, top = [], 10
    for title, bars in charts:
        drawn, height = _bars(title, bars)
        parts.append(f'<g transform="translate(10 {top})">' + "".join(drawn) + "</g>")
        top += height + 8
    style = (
        "text{font:13px system-ui,sans-serif;fill:#333}.title{font-weight:600}.ours{fill:#2f6fde}.other{fill:#b9c2d0}"
        "@media(prefers-color-scheme:dark){text{fill:#ddd}.other{fill:#5b6472}}"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 780 {top}" role="img"><style>{style}</style>'
        + "".join(parts)
        + "</svg>\n"
    )


def plots(samples: dict[str, Any], asked: dict[str, dict[str, float]], folder: Path) -> None:
    """Write ``durable.svg`` and ``polling.svg`` into a folder."""
    charts = []
    for what, key, title, choose, digits, _, _ in ROWS[:4]:
        bars = [
            (name, float(choose(found[what][key])), f"{choose(found[what][key]):,.{digits}f}", name in KIE)
            for name, found in samples.items()
            if found.get(what)
        ]
        charts.append((title, bars))
    (folder / "durable.svg").write_text(_svg(charts), encoding="utf-8")
    charts = []
    for kind, each in asked.items():
        told = "{:.1f} questions, {:.2f} s late"
        charts.append(
            (
                kind,
                [
                    ("learned", each["asks"], told.format(each["asks"], each["delay"]), True),
                    ("every 5 s", each["fixed_asks"], told.format(each["fixed_asks"], each["fixed_delay"]), False),
                ],
            )
        )
    (folder / "polling.svg").write_text(_svg(charts), encoding="utf-8")


def into_docs(text: str, samples: dict[str, Any], asked: dict[str, dict[str, float]], docs: Path) -> None:
    """Put table and plots into the documentation."""
    page = docs / "benchmarks.md"
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{after}", encoding="utf-8")
    plots(samples, asked, docs)
    for name in ("durable", "polling"):
        (docs / f"{name}.svg").replace(docs / f"benchmarks-{name}.svg")
