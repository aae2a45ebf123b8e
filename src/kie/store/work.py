"""Work for a database: a generator that asks for statements and is sent their rows. It runs within one transaction.

    def balance(project: str) -> Work[int]:
        rows = yield Statement("SELECT sum(amount) FROM entry WHERE project = ?", (project,))
        return rows[0][0] or 0

Written so, it does no I/O of its own, runs on both databases, and many pieces of work go into one transaction: on
SQLite one commit to the disk serves them all, on Postgres their statements travel together. A piece of work may be run
again from its beginning when a transaction has to be repeated: nothing but the database may be changed in it.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import Any, NamedTuple, TypeAlias, TypeVar

__all__ = ["Begin", "Rows", "Statement", "Work"]

T = TypeVar("T")

Rows: TypeAlias = list[tuple[Any, ...]]


class Statement(NamedTuple):
    """SQL that both databases understand, with ``?`` for values.

    Attributes:
        sql: the statement. ``{locked}`` stands for the words that lock rows and skip those which another worker has
            locked, ``{for_update}`` for those that lock and wait; on SQLite, which has one writer, for nothing.
        values: one for each ``?``.

    """

    sql: str
    values: Sequence[Any] = ()


Work: TypeAlias = Generator[Statement, Rows, T]
#: Begins a piece of work, as often as its transaction has to be repeated.
Begin: TypeAlias = Callable[[], Work[T]]
