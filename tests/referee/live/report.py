"""What a live run tells at its end: each case by name, and the counts, and what it spent; as JSON too when asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.referee.live.options import Settings

SETTINGS = pytest.StashKey["Settings"]()


def outcome(terminal: Any, settings: Settings) -> dict[str, Any]:
    """The results of a run."""
    cases = []
    for kind, word in (("passed", "passed"), ("failed", "failed"), ("error", "failed"), ("skipped", "skipped")):
        for report in terminal.stats.get(kind, ()):
            name = report.nodeid.rpartition("::")[2]
            why = report.longrepr[2].removeprefix("Skipped: ") if word == "skipped" else ""
            why = _first_line(report) if word == "failed" else why
            cases.append({"case": name, "result": word, "why": why, "seconds": round(report.duration, 2)})
    counts = {word: sum(case["result"] == word for case in cases) for word in ("passed", "failed", "skipped")}
    spent = settings.budget
    return {
        "api": settings.api,
        "total": len(cases),
        **counts,
        "spent_credits": str(spent.spent_credits),
        "spent_rub": f"{spent.spent_rub:.2f}",
        "budget_rub": str(spent.budget_rub),
        "rub_per_usd": str(spent.rub_per_usd),
        "cases": cases,
    }


def _first_line(report: Any) -> str:
    crash = getattr(report.longrepr, "reprcrash", None)
    return str(crash.message).splitlines()[0][:300] if crash is not None else str(report.longrepr)[:300]


def write(terminal: Any, settings: Settings, path: str | None) -> None:
    """Prints the results, and writes them where that is asked for."""
    told = outcome(terminal, settings)
    terminal.section("live")
    for case in told["cases"]:
        terminal.write_line(f"{case['result']:8} {case['case']}{'  ' + case['why'] if case['why'] else ''}")
    words = f"total {told['total']}, passed {told['passed']}, failed {told['failed']}, skipped {told['skipped']}"
    money = f"{told['spent_credits']} credits, {told['spent_rub']} of {told['budget_rub']} RUB"
    terminal.write_line(f"{words}; spent {money} at {told['rub_per_usd']} RUB for a USD (an assumption unless given)")
    if path:
        Path(path).write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
