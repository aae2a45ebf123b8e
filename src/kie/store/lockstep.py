"""Which statements of several pieces of work may go out together, though all of them are one transaction.

Within a transaction nobody waits for a lock that the transaction has itself: two pieces that read a row "for update"
and then write what follows from it would both go by what they read, and one of them would be wrong. So pieces that take
no locks go in step; of those that do, each has its turn, beside those alone that lock another row.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kie.store.work import Statement

__all__ = ["Lockstep"]

#: A lock of the rows that belong to one name alone.
_ONE_ROW = re.compile(r"[^?]* WHERE (?:(?:id|source) = \?|sha256 IN \(\?\))[^?]*\{for_update\}")
#: The name in the place of which a lock concerns many rows.
_MANY: Final = object()


class Lockstep:
    """Says which pieces go on next; a piece is known by its number."""

    def __init__(self) -> None:
        self._inside: set[int] = set()
        self._alone: int | None = None

    def turn(self, asked: Mapping[int, Statement]) -> list[int]:
        """Choose the pieces whose statements go out now.

        Args:
            asked: the next statement of each piece that has not ended.

        """
        self._inside &= asked.keys()
        if not self._inside:
            free = [number for number, statement in asked.items() if _lock(statement) is None]
            if free:
                return free
            self._inside = _beside(asked)
        if self._alone in asked:
            return [number for number in asked if number == self._alone]
        within = [number for number in sorted(self._inside) if _lock(asked[number]) is not _MANY]
        if not within:
            self._alone = min(self._inside)
            within = [self._alone]
        return within


def _beside(asked: Mapping[int, Statement]) -> set[int]:
    """Return pieces that all wait for a lock, each for another row; or one that locks many."""
    rows: dict[Any, int] = {}
    for number, statement in asked.items():
        lock = _lock(statement)
        if lock is not _MANY:
            rows.setdefault(lock, number)
    return set(rows.values()) or {min(asked)}


def _lock(statement: Statement) -> Any:
    """Tell which row a statement locks: None locks nothing."""
    if "{for_update}" not in statement.sql and "{locked}" not in statement.sql:
        return None
    return statement.values[0] if _ONE_ROW.fullmatch(statement.sql) else _MANY
