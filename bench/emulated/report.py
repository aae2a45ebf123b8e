"""Figures of the emulator: a table with targets, and a plot of the times of calls (SVG, written by hand)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from pathlib import Path

BEGIN, END = "<!-- made by bench/emulated: begin -->", "<!-- made by bench/emulated: end -->"


@dataclass(frozen=True)
class Row:
    """A line: the figure `key` of `group`, its best over the rounds, and what it is to reach at least or at most."""

    group: str
    key: str
    title: str
    at_least: float | None = None
    at_most: float | None = None
    digits: int = 0


ROWS = (
    Row("creates", "per_second", "tasks created a second", at_least=500),
    Row("creates", "cpu_us", "CPU of the emulator for one of them, µs"),
    Row("responsiveness", "idle_p99", "500 tasks, API p99 while idle, ms", digits=1),
    Row("responsiveness", "busy_p50", "500 tasks, API p50 while files are rendered, ms", digits=1),
    Row("responsiveness", "busy_p99", "500 tasks, API p99 while files are rendered, ms", at_most=50, digits=1),
    Row("responsiveness", "rendered", "files rendered meanwhile"),
    Row("settling", "wall", "500 video tasks with signed callbacks settled by jumps, s", at_most=0.5, digits=2),
    Row("settling", "virtual", "virtual seconds of it"),
    Row("responsiveness", "peak_mb", "memory of the emulator's process after it, MB", at_most=150),
    Row("responsiveness", "worker_mb", "memory of a rendering process, MB"),
)
MEDIA = (
    ("image", "image 1024², with JPEG, ms CPU", 80 + 5),
    ("video", "video 1280×720, 5 s, ms CPU", 1100),
    ("speech", "a sentence of speech (5 s), ms CPU", 100),
    ("music", "30 s of music, with MP3, ms CPU", 400),
)


def _best(run: dict[str, Any], row: Row) -> float:
    values = run["figures"][row.group][row.key]
    return float(max(values) if row.at_least is not None else min(values))


def _met(run: dict[str, Any], row: Row) -> bool | None:
    value = _best(run, row)
    if row.at_least is not None:
        return value >= row.at_least
    return None if row.at_most is None else value <= row.at_most


def all_met(run: dict[str, Any]) -> bool:
    """Whether no target is missed."""
    good = all(_met(run, row) is not False for row in ROWS)
    return good and all(run["figures"]["media"][name]["most"] <= limit for name, _, limit in MEDIA)


def _lines(run: dict[str, Any]) -> list[list[str]]:
    lines = [["", "best", "all rounds", "target", ""]]
    for row in ROWS:
        met = _met(run, row)
        target = f"≥ {row.at_least:g}" if row.at_least is not None else f"≤ {row.at_most:g}" if row.at_most else ""
        values = ", ".join(f"{value:,.{row.digits}f}" for value in run["figures"][row.group][row.key])
        said = "" if met is None else "met" if met else "MISSED"
        lines.append([row.title, f"{_best(run, row):,.{row.digits}f}", values, target, said])
    for name, title, limit in MEDIA:
        held = run["figures"]["media"][name]
        said = "met" if held["most"] <= limit else "met on the mean" if held["mean"] <= limit else "MISSED"
        lines.append([title, f"{held['mean']:,.0f}", f"at most {held['most']:,.0f}", f"≤ {limit:g}", said])
    return lines


def _heading(run: dict[str, Any]) -> str:
    return f"{run['date']}, {run['python']}, {run['system']}, {run['mode']} run of {run['seconds']} s"


def text(run: dict[str, Any]) -> str:
    """Return the table for a terminal."""
    lines = _lines(run)
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    out = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    return "\n".join([_heading(run), "", *out])


def markdown(run: dict[str, Any]) -> str:
    """Return the table in Markdown."""
    lines = _lines(run)
    body = [lines[0], [":--", "--:", ":--", ":--", ":-:"], *lines[1:]]
    return f"{_heading(run)}.\n\n" + "".join(f"| {' | '.join(line)} |\n" for line in body)


_LEFT, _TOP, _WIDE, _HIGH = 60, 50, 560, 220
_SCALE = (0.1, 0.3, 1, 3, 10, 30, 100)
_COLOURS = {"idle_ms": ("#8a93a3", "while nothing else happens"), "busy_ms": ("#d9480f", "while files are rendered")}


def plot(run: dict[str, Any]) -> str:
    """Return which share of the calls took at most how long: one curve while idle, one while files are rendered."""
    from math import log10

    low, high = log10(_SCALE[0]), log10(_SCALE[-1])

    def x(ms: float) -> float:
        return _LEFT + (min(max(log10(max(ms, 1e-3)), low), high) - low) / (high - low) * _WIDE

    def y(share: float) -> float:
        return _TOP + (1 - share) * _HIGH

    width, height = _LEFT + _WIDE + 30, _TOP + _HIGH + 50
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    font = 'font-family="system-ui, sans-serif" font-size="12"'
    said = f"Share of calls answered within so many ms; {run['date']}"
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {font} fill="#1f2430">',
        "<title>How long the emulator's API takes to answer</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text x="16" y="24" font-size="14">{escape(said)}</text>',
    ]
    for ms in _SCALE:
        out.append(f'<path d="M{x(ms):.1f} {_TOP}V{_TOP + _HIGH}" stroke="#e6e8ec"/>')
        out.append(f'<text x="{x(ms):.1f}" y="{_TOP + _HIGH + 18}" text-anchor="middle">{ms:g} ms</text>')
    for share in (0, 0.5, 0.9, 0.99):
        out.append(f'<path d="M{_LEFT} {y(share):.1f}H{_LEFT + _WIDE}" stroke="#e6e8ec"/>')
        out.append(f'<text x="{_LEFT - 8}" y="{y(share) + 4:.1f}" text-anchor="end">{share:.0%}</text>')
    for number, (key, (colour, words)) in enumerate(_COLOURS.items()):
        times = sorted(time for part in run["figures"]["responsiveness"][key] for time in part)
        step = max(1, len(times) // 400)
        points = [
            (x(ms), y((i + 1) / len(times))) for i, ms in enumerate(times) if i % step == 0 or i > len(times) * 0.98
        ]
        path = "M" + "L".join(f"{px:.1f} {py:.1f}" for px, py in points)
        out.append(f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        left = _LEFT + number * 230
        out.append(f'<rect x="{left}" y="{height - 20}" width="18" height="3" fill="{colour}"/>')
        out.append(f'<text x="{left + 24}" y="{height - 15}">{words}</text>')
    limit = x(50)
    out.append(f'<path d="M{limit:.1f} {_TOP}V{_TOP + _HIGH}" stroke="#1f2430" stroke-dasharray="4 3"/>')
    out.append(f'<text x="{limit - 4:.1f}" y="{_TOP + 12}" text-anchor="end">target for p99</text>')
    return "\n".join([*out, "</svg>\n"])


def into_docs(run: dict[str, Any], docs: Path) -> None:
    """Put the table between its marks in ``benchmarks.md``, and the plot beside it."""
    (docs / "benchmarks-emulator.svg").write_text(plot(run), encoding="utf-8")
    page = docs / "benchmarks.md"
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n\n{markdown(run)}\n{END}{after}", encoding="utf-8")
