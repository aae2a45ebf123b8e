"""From figures to a table, a verdict for each target, and a plot (SVG, written by hand: no library is needed)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from pathlib import Path

KIE, RAW, SOCKETS = "kie_client", "pyreqwest_client", "sockets"
BEGIN, END = "<!-- made by make bench: begin -->", "<!-- made by make bench: end -->"


@dataclass(frozen=True)
class Row:
    """A line of the table.

    Attributes:
        measurement: its name.
        key: which of its figures.
        title: what it is, with the unit.
        statistic: "min" or "median".
        target: what kie is to reach, or None.
        ratio: the target as a share of the reference in the same run, or None. A machine on which a system call takes
            three times as long meets no target in microseconds, and the ratio tells that from a slow client.
        reference: the client of the ratio.
        digits: digits after the point.

    """

    measurement: str
    key: str
    title: str
    statistic: str = "min"
    target: float | None = None
    ratio: float | None = None
    reference: str = RAW
    digits: int = 0


#: Targets in µs were set beside raw pyreqwest's 26 (one call after the other) and 43 (200 at once): the ratios follow.
ROWS = (
    Row("import", "cpu", "import, ms CPU", target=30),
    Row("import", "wall", "import, ms wall, median", "median"),
    Row("first", "cpu", "import and first client, ms CPU", target=60),
    Row("answer", "cpu", "import, client, first answer, ms CPU"),
    Row("status", "cpu", "status call, µs CPU", target=60, ratio=60 / 26),
    Row("status", "cpu", "status call, µs CPU, median", "median"),
    Row("legacy", "cpu", "status call, legacy Veo, µs CPU", target=60, ratio=60 / 26),
    Row("submit", "cpu", "submit, µs CPU"),
    Row("in_flight", "cpu", "200 calls in flight, µs CPU a call", target=90, ratio=90 / 43),
    Row("in_flight", "cpu", "200 calls in flight, µs CPU, median", "median"),
    Row("polling", "cpu", "10,000 tasks polled once, s CPU", digits=2),
    Row("polling", "wall", "10,000 tasks polled once, s wall", digits=2),
    Row("polling", "peak_mb", "the same, peak of memory, MB"),
    Row("memory", "mb", "10,000 live tasks, MB", digits=1),
    Row("download", "wall", "20 MB with sha256, ms wall", ratio=1 / 0.8, reference=SOCKETS, digits=1),
    Row("download", "cpu", "20 MB with sha256, ms CPU", digits=1),
)


def _figure(run: dict[str, Any], row: Row, client: str) -> float | None:
    found = run["figures"].get(row.measurement, {}).get(client, {}).get(row.key)
    return None if found is None else found[row.statistic]


def _shown(value: float | None, row: Row) -> str:
    return "–" if value is None else f"{value:,.{row.digits}f}"


def verdict(run: dict[str, Any], row: Row) -> tuple[str, bool | None]:
    """Return what is to be reached and whether it is; None where there is no target or no figure."""
    if row.target is None and row.ratio is None:
        return "", None
    mine = _figure(run, row, KIE)
    theirs = _figure(run, Row("status", row.key, "") if row.measurement == "legacy" else row, row.reference)
    words, met = [], []
    if row.target is not None:
        words.append(f"≤ {row.target:g}")
        met.append(mine is not None and mine <= row.target)
    if row.ratio is not None:
        named = run["clients"].get(row.reference, {}).get("name", "the reference")
        has = f" (here {mine / theirs:.2f})" if mine is not None and theirs else ""
        words.append(f"≤ {row.ratio:.2f} × {named}{has}")
        met.append(mine is not None and bool(theirs) and mine <= row.ratio * (theirs or 0.0))
    return " or ".join(words), any(met) if mine is not None else None


def all_met(run: dict[str, Any]) -> bool:
    """Whether no target is missed."""
    return all(verdict(run, row)[1] is not False for row in ROWS)


def _table(run: dict[str, Any]) -> list[list[str]]:
    names = list(run["clients"])
    lines = [["", *(run["clients"][name]["name"] for name in names), "target for kie", ""]]
    for row in ROWS:
        values = [_figure(run, row, name) for name in names]
        if any(value is not None for value in values):
            wanted, met = verdict(run, row)
            said = "" if met is None else "met" if met else "MISSED"
            lines.append([row.title, *(_shown(value, row) for value in values), wanted, said])
    return lines


_READING = "Least CPU of all rounds unless it says median; ms over an empty interpreter."


def _heading(run: dict[str, Any]) -> str:
    versions = ", ".join(f"{c['name']} {c['version']}".strip() for c in run["clients"].values() if c["version"])
    return f"{run['date']}, {run['python']}, {run['system']}, {run['mode']} run of {run['seconds']} s; {versions}"


def text(run: dict[str, Any]) -> str:
    """Return the table for a terminal."""
    lines = _table(run)
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    left = (0, len(widths) - 2, len(widths) - 1)
    out = []
    for line in lines:
        cells = zip(line, widths, strict=True)
        out.append("  ".join(c.ljust(w) if i in left else c.rjust(w) for i, (c, w) in enumerate(cells)).rstrip())
    out.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join([_heading(run), _READING, "", *out])


def markdown(run: dict[str, Any]) -> str:
    """Return the table in Markdown."""
    lines = _table(run)
    last = len(lines[0]) - 1
    rule = [":--" if i in (0, last - 1) else ":-:" if i == last else "--:" for i in range(last + 1)]
    body = [lines[0], rule, *lines[1:]]
    return f"{_heading(run)}.\n\n" + "".join(f"| {' | '.join(line)} |\n" for line in body)


# ------------------------------------------------------------------------------------------------------------- the plot

_PANELS = (
    Row("import", "cpu", "Import, ms CPU over an empty interpreter"),
    Row("first", "cpu", "Import and first client, ms CPU"),
    Row("status", "cpu", "Status call, µs CPU"),
    Row("in_flight", "cpu", "200 calls in flight, µs CPU a call"),
    Row("polling", "cpu", "10,000 tasks polled once, s CPU", digits=1),
    Row("memory", "mb", "10,000 live tasks, MB", digits=1),
    Row("download", "wall", "20 MB with sha256, ms wall", digits=0),
)
_LEFT, _BAR, _STEP, _WIDE, _COLUMN = 110, 14, 20, 250, 440
_INK, _PALE, _OWN = "#1f2430", "#b9c0cc", "#d9480f"


def _panel(run: dict[str, Any], row: Row, x: int, y: int) -> tuple[list[str], int]:
    bars = [(run["clients"][name]["name"], name, _figure(run, row, name)) for name in run["clients"]]
    known = [(label, name, value) for label, name, value in bars if value is not None]
    most = max((value for _, _, value in known), default=0.0) or 1.0
    out = [f'<text x="{x}" y="{y}" font-weight="600">{escape(row.title)}</text>']
    for i, (label, name, value) in enumerate(known):
        top = y + 12 + i * _STEP
        width = max(1.0, value / most * _WIDE)
        colour = _OWN if name == KIE else _PALE
        out.append(f'<text x="{x + _LEFT - 6}" y="{top + 11}" text-anchor="end">{escape(label)}</text>')
        out.append(f'<rect x="{x + _LEFT}" y="{top}" width="{width:.1f}" height="{_BAR}" fill="{colour}"/>')
        out.append(f'<text x="{x + _LEFT + width + 5:.1f}" y="{top + 11}">{_shown(value, row)}</text>')
    return out, 12 + len(known) * _STEP + 26


def plot(run: dict[str, Any]) -> str:
    """Return bar charts in two columns."""
    out: list[str] = []
    bottoms = [48, 48]
    for row in _PANELS:
        if run["figures"].get(row.measurement):
            column = bottoms.index(min(bottoms))
            drawn, height = _panel(run, row, 16 + column * _COLUMN, bottoms[column])
            out += drawn
            bottoms[column] += height
    width, height = 2 * _COLUMN, max(bottoms)
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    font = 'font-family="system-ui, sans-serif" font-size="12"'
    said = f"Less is better. {run['date']}, {run['python']}, least of all rounds"
    head = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {font} fill="{_INK}">',
        "<title>kie beside other clients: less is better</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text x="16" y="24" font-size="14">{escape(said)}</text>',
    ]
    return "\n".join([*head, *out, "</svg>\n"])


def into_docs(run: dict[str, Any], docs: Path) -> None:
    """Put the table between its marks in ``benchmarks.md``, and the plot beside it."""
    (docs / "benchmarks.svg").write_text(plot(run), encoding="utf-8")
    page = docs / "benchmarks.md"
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n\n{markdown(run)}\n{END}{after}", encoding="utf-8")
