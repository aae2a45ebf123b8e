"""A database as a backup sees it: all rows at one moment, and tables to be filled, in one transaction."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from kie.store.migrate import steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Self

    from kie.store.work import Work

__all__ = ["Side"]

_TABLE = re.compile(r"\s*CREATE TABLE (?:IF NOT EXISTS )?(\w+)", re.IGNORECASE)
_FILLED = re.compile(r"\s*INSERT INTO (\w+)", re.IGNORECASE)
_WORDS = {
    "sqlite": {"{locked}": "", "{for_update}": ""},
    "postgres": {"{locked}": " FOR UPDATE SKIP LOCKED", "{for_update}": " FOR UPDATE"},
}


class Side(ABC):
    """A connection of its own, in one transaction: committed by ``commit``, undone by leaving without it."""

    kind: str

    @abstractmethod
    def execute(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run a statement with ``?`` for values."""

    @abstractmethod
    def names(self) -> set[str]:
        """Return the names of all tables there are."""

    @abstractmethod
    def columns(self, table: str) -> list[str]:
        """Return the names of a table's columns."""

    @abstractmethod
    def stream(self, table: str, columns: Sequence[str]) -> Iterator[Sequence[Any]]:
        """Return all rows of a table, without holding them all."""

    @abstractmethod
    def fill(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Add rows to a table."""

    @abstractmethod
    def loosen(self) -> None:
        """Let rows stand that refer to rows which are still to come."""

    @abstractmethod
    def tighten(self) -> None:
        """Hold every row to what it refers to again.

        Raises:
            StoreError: one refers to nothing.

        """

    @abstractmethod
    def drop(self, tables: Iterable[str]) -> None:
        """Remove tables."""

    @abstractmethod
    def serials(self) -> dict[str, int]:
        """Return the last number that was given, by the tables that number their rows."""

    @abstractmethod
    def go_on(self, serials: dict[str, int]) -> None:
        """Let the numbers go on above these, and above all that are there."""

    @abstractmethod
    def commit(self) -> None:
        """Make it last."""

    @abstractmethod
    def close(self) -> None:
        """Undo what was not committed, and close."""

    def __enter__(self) -> Self:
        """Return it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def ours(self) -> list[str]:
        """Return the tables that steps made and that are there, in the order of the steps."""
        there = self.names()
        found = [named[1] for step in steps(self.kind) for sql in step.statements if (named := _TABLE.match(sql))]
        return [name for name in dict.fromkeys(found) if name in there]

    def done(self) -> list[tuple[int, str]]:
        """Return the steps that this database has, in order; none where it is empty."""
        if "migration" not in self.names():
            return []
        return [(int(n), str(name)) for n, name in self.execute("SELECT number, name FROM migration ORDER BY number")]

    def filled(self) -> list[str]:
        """Return the tables that hold rows which no step put there."""
        own = {named[1] for step in steps(self.kind) for sql in step.statements if (named := _FILLED.match(sql))}
        return [
            name
            for name in self.ours()
            if name not in own and self.execute(f"SELECT 1 FROM {name} LIMIT 1")  # noqa: S608 - our own names
        ]

    def work(self, work: Work[Any]) -> Any:
        """Run a piece of work in this transaction."""
        try:
            statement = next(work)
            while True:
                sql = statement.sql
                for word, meaning in _WORDS[self.kind].items():
                    sql = sql.replace(word, meaning)
                statement = work.send(self.execute(sql, statement.values))
        except StopIteration as end:
            return end.value
