"""What tests did on the emulator: for the end of a failed test, the end of a run, and a file."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kie.testing.assertions import dollars, shown, spent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kie.emulator import Emulator

#: So many requests are shown of a failed test.
_LATEST = 10


def usage(emulator: Emulator, test: str) -> dict[str, Any]:
    """What one test used, as JSON: amounts are texts."""
    amount = spent(emulator)
    return {
        "test": test,
        "seed": emulator.world.seed,
        "tasks": len(emulator.tasks()),
        "requests": sum(note.way == "in" for note in emulator.journal()),
        "credits": shown(amount),
        "usd": shown(dollars(amount)),
        "findings": [
            {"name": finding.name, "severity": str(finding.severity), "what": finding.what}
            for finding in emulator.verdict().findings
        ],
    }


def trail(emulator: Emulator) -> str:
    """The seed, and what was asked last."""
    notes = emulator.journal()
    lines = [
        f"seed {emulator.world.seed}, clock {emulator.world.clock.mode}, {_counted(len(emulator.tasks()), 'task')}"
    ]
    if len(notes) > _LATEST:
        lines.append(f"… {len(notes) - _LATEST} requests and callbacks before these")
    for note in notes[-_LATEST:]:
        way = "" if note.way == "in" else "callback "
        code = "" if note.code is None else f" code {note.code}"
        fault = f" ({note.fault})" if note.fault else ""
        lines.append(f"{way}{note.method} {note.path} -> {note.status or 'cut'}{code}{fault}")
    return "\n".join(lines)


def total(used: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The sums of all tests."""
    amount = sum((Decimal(one["credits"]) for one in used), Decimal(0))
    return {
        "tests": len(used),
        "tasks": sum(one["tasks"] for one in used),
        "requests": sum(one["requests"] for one in used),
        "credits": shown(amount),
        "usd": shown(sum((Decimal(one["usd"]) for one in used), Decimal(0))),
        "findings": sum(len(one["findings"]) for one in used),
    }


def summary(used: Sequence[dict[str, Any]]) -> list[str]:
    """The lines for the end of a run."""
    sums = total(used)
    usd = Decimal(sums["usd"])
    price = f"{_counted(sums['credits'], 'credit')} = ${shown_usd(usd)}"
    behind = f"({_counted(sums['tests'], 'test')}, {_counted(sums['tasks'], 'task')})"
    lines = [f"these tests would have cost {price} {behind}"]
    if names := [found["name"] for one in used for found in one["findings"] if found["severity"] != "note"]:
        counted = ", ".join(f"{name} {names.count(name)}x" for name in sorted(set(names)))
        lines.append(f"findings on the client: {counted}")
    return lines


def shown_usd(usd: Decimal) -> str:
    """Dollars with two digits, and with more where they say something."""
    return f"{usd:.2f}" if usd == usd.quantize(Decimal("0.01")) else shown(usd)


def write(file: str, used: Sequence[dict[str, Any]], seed: int | None) -> str:
    """Writes the report; returns a line that tells so, or why it could not be written."""
    held = {"version": 1, "seed": seed, "total": total(used), "tests": sorted(used, key=lambda one: str(one["test"]))}
    path = Path(file)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(held, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as wrong:
        return f"the report could not be written: {wrong}"
    return f"report: {file}"


def _counted(number: object, word: str) -> str:
    return f"{number} {word}{'' if str(number) == '1' else 's'}"
