"""What a verdict consists of."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from kie.emulator.money.ledger import USD_PER_CREDIT

#: Findings of one name that are printed; the others are counted.
_SHOWN = 5
#: Notes and tasks that are printed of one finding.
_LISTED = 8


class Severity(StrEnum):
    """How bad a finding is.

    error: money or results were lost, or a lie was believed. warning: it will hurt on the real service. note: worth
    knowing; the client may be right all the same.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


_ORDER = {severity: place for place, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a client did.

    `name` is the rule's; `what` tells what happened, in a sentence, and `advice` what to do; `notes` are numbers of the
    journal and `tasks` ids; `credits` is what it cost, 0 where no money is concerned.
    """

    name: str
    severity: Severity
    what: str
    advice: str
    notes: tuple[int, ...] = ()
    tasks: tuple[str, ...] = ()
    credits: Decimal = Decimal(0)

    @property
    def usd(self) -> Decimal:
        """The cost in US dollars."""
        return self.credits * USD_PER_CREDIT

    def to_json(self) -> dict[str, Any]:
        """The finding as JSON; amounts are strings."""
        return {
            "name": self.name,
            "severity": self.severity.value,
            "what": self.what,
            "advice": self.advice,
            "notes": list(self.notes),
            "tasks": list(self.tasks),
            "credits": str(self.credits),
            "usd": str(self.usd),
        }

    def __str__(self) -> str:
        """What happened, where, what it cost and what to do."""
        where = [
            f"{word} {_listed(held)}" for word, held in (("notes", self.notes), ("tasks", self.tasks)) if len(held) > 0
        ]
        if self.credits:
            where.append(f"{plain(self.credits)} credits = ${plain(self.usd)}")
        behind = f" ({'; '.join(where)})" if where else ""
        return f"{self.severity.value} {self.name}: {self.what}{behind}\n    → {self.advice}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of a client, the worst first.

    `requests`, `tasks` and `callbacks` tell how much was judged; `forgotten` how many notes the journal no longer had.
    """

    findings: tuple[Finding, ...] = ()
    requests: int = 0
    tasks: int = 0
    callbacks: int = 0
    forgotten: int = 0

    @property
    def ok(self) -> bool:
        """Whether there is neither an error nor a warning; notes do not count."""
        return all(finding.severity is Severity.NOTE for finding in self.findings)

    def of(self, name: str) -> tuple[Finding, ...]:
        """The findings of a rule."""
        return tuple(finding for finding in self.findings if finding.name == name)

    def to_json(self) -> dict[str, Any]:
        """The verdict as JSON."""
        return {
            "ok": self.ok,
            "findings": [finding.to_json() for finding in self.findings],
            "requests": self.requests,
            "tasks": self.tasks,
            "callbacks": self.callbacks,
            "forgotten": self.forgotten,
            "text": str(self),
        }

    def __str__(self) -> str:
        """All findings, for reading."""
        numbers = [many(self.requests, "request"), many(self.tasks, "task"), many(self.callbacks, "callback")]
        judged = f"{numbers[0]}, {numbers[1]} and {numbers[2]} were looked at"
        lines = [f"{self._head()}; {judged}."]
        if self.forgotten:
            lines.append(
                f"The first {self.forgotten:,} notes of the journal are forgotten: what happened in them is not judged."
            )
        shown: Counter[str] = Counter()
        for finding in self.findings:
            shown[finding.name] += 1
            if shown[finding.name] <= _SHOWN:
                lines.append(str(finding))
        lines += [f"{name}: {number - _SHOWN} more" for name, number in shown.items() if number > _SHOWN]
        return "\n".join(lines)

    def _head(self) -> str:
        found = Counter(finding.severity for finding in self.findings)
        words = ", ".join(many(found[severity], severity.value) for severity in Severity if found[severity])
        if self.ok:
            return f"The client did well{f' ({words})' if words else ''}"
        return f"The client did not do well: {words}"


def order(finding: Finding) -> tuple[int, Decimal, int]:
    """The worst first; among equals the dearest, then the earliest."""
    return _ORDER[finding.severity], -finding.credits, min(finding.notes, default=0)


def many(number: int, word: str) -> str:
    """A number with its word: "1 note", "2 notes"."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def plain(amount: Decimal) -> str:
    """An amount without zeros at its end."""
    return f"{amount.normalize():f}"


def _listed(held: tuple[int, ...] | tuple[str, ...]) -> str:
    more = f" and {len(held) - _LISTED} more" if len(held) > _LISTED else ""
    return ", ".join(str(item) for item in held[:_LISTED]) + more
