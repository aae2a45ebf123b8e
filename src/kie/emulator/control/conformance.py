"""What the emulator does and how that is known: the report on its conformance, from data/conformance.json."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

#: How a behaviour is known, the best first.
PROVENANCES = {
    "recorded": "seen in an exchange with the real API",
    "documented": "the vendor's documents say so",
    "reported": "a client of other people says or does so",
    "assumed": "nobody here knows; it had to be something",
}


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One thing that the emulator does.

    `groups` are the numbered contradictions between documents and recordings that it decides; `otherwise` is what is
    documented or reported besides; `quirks` and `faults` switch to something else or bring it about; `unknown` is what
    is not known.
    """

    id: str
    area: str
    emulator: str
    provenance: str
    source: str
    groups: tuple[int, ...] = ()
    otherwise: str = ""
    quirks: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    unknown: str = ""


@cache
def behaviours() -> tuple[Behaviour, ...]:
    """All behaviours, by area."""
    text = (files("kie.emulator") / "data" / "conformance.json").read_text(encoding="utf-8")
    return tuple(_read(row) for row in json.loads(text)["behaviours"])


def _read(row: dict[str, Any]) -> Behaviour:
    lists = {name: tuple(row.get(name, ())) for name in ("groups", "quirks", "faults")}
    return Behaviour(**{**row, **lists})


def report(quirks: Collection[str] = ()) -> dict[str, Any]:
    """The report as JSON; `on` are those of a behaviour's quirks that are switched on."""
    known = Counter(held.provenance for held in behaviours())
    rows = [{**asdict(held), "on": [name for name in held.quirks if name in quirks]} for held in behaviours()]
    return {"provenances": {name: known[name] for name in PROVENANCES}, "behaviours": rows}


def markdown(quirks: Collection[str] = ()) -> str:
    """The report as a page: a table for each area."""
    known = Counter(held.provenance for held in behaviours())
    lines = ["# What the emulator does, and how that is known", ""]
    lines += [f"- **{name}** ({known[name]}): {means}" for name, means in PROVENANCES.items()]
    area = ""
    for held in behaviours():
        if held.area != area:
            area = held.area
            lines += ["", f"## {area[0].upper()}{area[1:]}", ""]
            lines += ["| The emulator | Known | Otherwise | Not known |", "| --- | --- | --- | --- |"]
        switches = ", ".join(f"`{name}`{' (on)' if name in quirks else ''}" for name in (*held.quirks, *held.faults))
        other = " ".join(part for part in (held.otherwise, switches) if part)
        cells = (held.emulator, f"{held.provenance}: {held.source}", other, held.unknown)
        lines.append(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |")
    return "\n".join(lines) + "\n"


def tell(quirks: Collection[str] = ()) -> Iterator[str]:
    """The report in lines for a terminal."""
    known = Counter(held.provenance for held in behaviours())
    yield ", ".join(f"{known[name]} {name}" for name in PROVENANCES)
    area = ""
    for held in behaviours():
        if held.area != area:
            area = held.area
            yield from ("", area.capitalize())
        yield from _wrapped(f"{held.id}: {held.emulator}", "  ")
        yield from _wrapped(f"{held.provenance}: {held.source}", "    ")
        yield from _wrapped(f"otherwise: {held.otherwise}", "    ") if held.otherwise else ()
        switches = [f"--quirk {name}{' (on)' if name in quirks else ''}" for name in held.quirks]
        switches += [f"--fault {name}" for name in held.faults]
        yield from _wrapped(f"switch: {', '.join(switches)}", "    ") if switches else ()
        yield from _wrapped(f"not known: {held.unknown}", "    ") if held.unknown else ()


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, 110, initial_indent=indent, subsequent_indent=f"{indent}  ")
