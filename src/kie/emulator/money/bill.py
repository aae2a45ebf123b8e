"""What the calls would have cost, for reading: by model, in credits and US dollars."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kie.emulator.money.ledger import USD_PER_CREDIT

if TYPE_CHECKING:
    from kie.emulator.money.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Line:
    """What one model has cost: `calls` that were paid for, and `credits`."""

    model: str
    calls: int
    credits: Decimal


@dataclass(frozen=True, slots=True)
class Bill:
    """A sum of the ledger. Amounts are credits.

    `spent` is what was paid, `held` what `running` unfinished tasks hold, `returned` what came back for `failed` ones;
    `lines` are the models, the dearest first, and add up to `spent`.
    """

    spent: Decimal
    held: Decimal
    balance: Decimal
    returned: Decimal = Decimal(0)
    running: int = 0
    failed: int = 0
    lines: tuple[Line, ...] = ()

    @property
    def usd(self) -> Decimal:
        """What was spent, in US dollars."""
        return self.spent * USD_PER_CREDIT

    def to_json(self) -> dict[str, Any]:
        """The bill as JSON; amounts are strings."""
        amounts = {name: str(getattr(self, name)) for name in ("spent", "held", "balance", "returned")}
        lines = [{"model": line.model, "calls": line.calls, "credits": str(line.credits)} for line in self.lines]
        counts = {"running": self.running, "failed": self.failed}
        return {**amounts, "spent_usd": str(self.usd), **counts, "models": lines, "text": str(self)}

    def __str__(self) -> str:
        """One sentence for each sum, and a table of the models."""
        parts = [f"These calls would have cost {priced(self.spent)}."]
        if self.running:
            parts.append(f"{_tasks(self.running)} not finished yet, and would cost {priced(self.held)}.")
        if self.failed:
            parts.append(f"{priced(self.returned)} came back for {self.failed:,} that failed.")
        parts.append(f"{amount(self.balance)} credits are left.")
        if not self.lines:
            return " ".join(parts)
        rows = [("model", "calls", "credits", "USD")]
        rows += [(line.model, f"{line.calls:,}", amount(line.credits), _usd(line.credits)) for line in self.lines]
        wide = [max(len(row[column]) for row in rows) for column in range(4)]
        table = [
            "  ".join((row[0].ljust(wide[0]), *(text.rjust(wide[at]) for at, text in enumerate(row[1:], 1))))
            for row in rows
        ]
        return "\n".join([" ".join(parts), "", *table])


def make_bill(ledger: Ledger) -> Bill:
    """The bill of a ledger, as it is now."""
    open_: dict[str, tuple[str, Decimal]] = {}
    sums: dict[str, tuple[int, Decimal]] = {}
    returned, failed = Decimal(0), 0
    for entry in ledger.entries():
        paid: tuple[str, Decimal] | None = None
        if entry.kind == "hold":
            open_[entry.task] = entry.note, -entry.amount
        elif entry.kind == "settle":
            paid = open_.pop(entry.task, None)
        elif entry.kind == "return":
            open_.pop(entry.task, None)
            returned, failed = returned + entry.amount, failed + 1
        elif entry.kind == "charge":
            paid = entry.note, -entry.amount
        if paid is not None:
            calls, credits_ = sums.get(paid[0], (0, Decimal(0)))
            sums[paid[0]] = calls + 1, credits_ + paid[1]
    lines = [Line(model, calls, credits_) for model, (calls, credits_) in sums.items()]
    lines.sort(key=lambda line: (-line.credits, line.model))
    return Bill(ledger.spent, ledger.held, ledger.balance, returned, len(open_), failed, tuple(lines))


def amount(credits: Decimal) -> str:  # noqa: A002 - the vendor's word
    """An amount with commas, and without zeros at its end."""
    text = f"{credits:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def priced(credits: Decimal) -> str:  # noqa: A002 - the vendor's word
    """Credits and dollars: "412 credits = $2.06"."""
    return f"{amount(credits)} credit{'' if credits == 1 else 's'} = {_usd(credits)}"


def _usd(credits: Decimal) -> str:  # noqa: A002 - the vendor's word
    """US dollars with at least two places, and as many as there are."""
    text = amount(credits * USD_PER_CREDIT)
    whole, _, places = text.partition(".")
    return f"${whole}.{places.ljust(2, '0')}"


def _tasks(number: int) -> str:
    return f"{number:,} task{' is' if number == 1 else 's are'}"
