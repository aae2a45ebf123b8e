"""The account: credits are held when a task is created and returned when it fails; all is written down.

Entries are only ever added; their amounts add up to the balance at every moment.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

#: US dollars for one credit (CONTRACT §5).
USD_PER_CREDIT = Decimal("0.005")


@dataclass(frozen=True, slots=True)
class Entry:
    """One movement.

    `kind` is grant, hold, settle, return or charge; `amount` is what the balance changed by.
    """

    number: int
    at: float
    kind: str
    amount: Decimal
    balance: Decimal
    key: str = ""
    task: str = ""
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        """The entry with its amounts as strings."""
        return {**asdict(self), "amount": str(self.amount), "balance": str(self.balance)}


class Ledger:
    """An append-only account in credits."""

    def __init__(self, credits: Decimal, at: float) -> None:  # noqa: A002 - the vendor's word
        self._entries: list[Entry] = []
        self._balance = Decimal(0)
        self._held: dict[str, Decimal] = {}
        self._write(at, "grant", Decimal(credits))

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Ledger:
        """The account that the entries tell of.

        Raises:
            ValueError: when they do not add up.
        """
        ledger = cls(Decimal(0), 0.0)
        ledger._load(list(entries))
        return ledger

    def _load(self, entries: list[Entry]) -> None:
        self._entries, self._balance = entries, Decimal(0)
        for number, entry in enumerate(entries, 1):
            self._balance += entry.amount
            if entry.number != number or entry.balance != self._balance or self._balance < 0:
                raise ValueError(f"the ledger does not add up at entry {number}")
            if entry.kind == "hold":
                self._held[entry.task] = -entry.amount
            elif entry.kind in {"settle", "return"} and self._held.pop(entry.task, None) is None:
                raise ValueError(f"entry {number} of the ledger ends what was not begun")

    @property
    def balance(self) -> Decimal:
        """What may still be spent."""
        return self._balance

    @property
    def held(self) -> Decimal:
        """What unfinished tasks hold; already taken from the balance."""
        return sum(self._held.values(), Decimal(0))

    @property
    def spent(self) -> Decimal:
        """What finished tasks and chats have cost."""
        granted = sum((entry.amount for entry in self._entries if entry.kind == "grant"), Decimal(0))
        return granted - self._balance - self.held

    def entries(self) -> tuple[Entry, ...]:
        """All movements, oldest first."""
        return tuple(self._entries)

    def hold(self, at: float, task: str, amount: Decimal, key: str = "", note: str = "") -> bool:
        """Takes the price of a new task; False, and nothing written, when the balance is too low."""
        if amount > self._balance:
            return False
        self._held[task] = amount
        self._write(at, "hold", -amount, key=key, task=task, note=note)
        return True

    def settle(self, at: float, task: str) -> None:
        """The task succeeded: what it held is spent."""
        if self._held.pop(task, None) is not None:
            self._write(at, "settle", Decimal(0), task=task)

    def give_back(self, at: float, task: str) -> None:
        """The task failed: what it held comes back."""
        amount = self._held.pop(task, None)
        if amount is not None:
            self._write(at, "return", amount, task=task)

    def charge(self, at: float, amount: Decimal, key: str = "", note: str = "") -> bool:
        """Takes the price of something done at once (chat, a better style).

        False when the balance is too low.
        """
        if amount > self._balance:
            return False
        self._write(at, "charge", -amount, key=key, note=note)
        return True

    def grant(self, at: float, amount: Decimal) -> None:
        """Adds credits."""
        self._write(at, "grant", amount)

    def _write(self, at: float, kind: str, amount: Decimal, *, key: str = "", task: str = "", note: str = "") -> None:
        self._balance += amount
        self._entries.append(
            Entry(len(self._entries) + 1, at, kind, amount, self._balance, key=key, task=task, note=note)
        )
