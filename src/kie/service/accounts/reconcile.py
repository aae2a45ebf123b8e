"""What two readings of an account's balance prove: the cost of a generation, or that something else was spent.

Both readings are quiet: nothing of the account was on its way at the vendor, so that nothing was held there (the vendor
holds a price when it makes a task, and gives it back when the task fails; contract of 2026-10-07, section 5). Between
them the balance must have fallen by what the ledger says was spent. What is left over is the cost of the one generation
whose cost nobody told; or, where there is none, spending that is not ours; or credits that were bought.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Proof", "Reading", "What", "judge"]


class Reading(NamedTuple):
    """An account at a quiet moment. Amounts are millionths of a credit.

    Attributes:
        at: Unix seconds.
        balance: as the vendor tells it.
        spent: all that our ledger has spent from the account until then.

    """

    at: float
    balance: int
    spent: int


class What(StrEnum):
    """What the difference of two readings says."""

    AGREES = "agrees"  # the vendor took what the ledger says
    COST = "cost"  # what is left over is what the one open generation cost
    UNKNOWN = "unknown"  # it cannot be said what the open generations cost
    SPENT = "spent"  # more is gone than the ledger knows: a charged failure, or somebody else with the same key
    CREDITED = "credited"  # credits came in: bought, or given back late


class Proof(NamedTuple):
    """What it is, and how much: millionths of a credit, never below 0."""

    what: What
    amount: int


def judge(before: Reading, after: Reading, open_: Sequence[str], *, foreign: bool = False) -> Proof:
    """Compare two quiet readings.

    Args:
        before: the earlier one.
        after: the later one.
        open_: the generations that ended between the two, and whose cost nobody told.
        foreign: whether it is known that others spend from this account; then nothing is proved by a difference.

    """
    left = (before.balance - after.balance) - (after.spent - before.spent)
    if open_:
        proves = len(open_) == 1 and left >= 0 and not foreign
        return Proof(What.COST, left) if proves else Proof(What.UNKNOWN, max(0, left))
    if left > 0:
        return Proof(What.SPENT, left)
    return Proof(What.CREDITED, -left) if left else Proof(What.AGREES, 0)
