"""The two databases as a backup sees them: opened by their address."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kie.store.errors import StoreError, StoreUnavailable
from kie.store.side import Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["SqliteSide", "open_side"]

#: Seconds to wait for whoever writes.
_PATIENCE = 10.0


def open_side(url: str, *, change: bool) -> Side:
    """Open a database for a backup or, with ``change``, for being filled.

    Its tables are not brought up to date.

    Args:
        url: as for ``store.opening.open_database``.
        change: whether it is to be written to.

    Raises:
        StoreError: the address is none.
        StoreUnavailable: it cannot be reached, or (for a backup) is not there.

    """
    scheme, _, rest = url.partition("://")
    if scheme == "sqlite" and rest.removeprefix("/"):
        return SqliteSide(rest.removeprefix("/"), change=change)
    if scheme in ("postgres", "postgresql"):
        from kie.store.postgres_side import PostgresSide

        return PostgresSide(url, change=change)
    raise StoreError(f"A backup needs sqlite:///file or postgresql://…, not {scheme!r}.", hint="See KIE_DATABASE_URL.")


class SqliteSide(Side):
    """A file. A reader's transaction sees one moment, while others go on writing: the journal (WAL) lets them."""

    kind = "sqlite"

    def __init__(self, path: str, *, change: bool) -> None:
        place = Path(path).expanduser().absolute()
        if not change and not place.is_file():
            raise StoreUnavailable(f"There is no database {place}.", hint="See KIE_DATABASE_URL.")
        self._path = place
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(place, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
        except OSError as error:
            raise StoreUnavailable(f"The database {place}: {error.strerror}.", hint="See KIE_DATABASE_URL.") from error
        except sqlite3.Error as error:
            raise self._told(error) from error
        try:
            if change:
                for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = OFF"):
                    self._connection.execute(f"PRAGMA {pragma}")
            self._connection.execute("BEGIN IMMEDIATE" if change else "BEGIN")
        except sqlite3.Error as error:
            self._connection.close()
            raise self._told(error) from error

    def execute(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run a statement."""
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise self._told(error) from error

    def names(self) -> set[str]:
        """Return the tables."""
        return {str(name) for (name,) in self.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}

    def columns(self, table: str) -> list[str]:
        """Return the columns."""
        return [str(row[1]) for row in self.execute(f"PRAGMA table_info({table})")]

    def stream(self, table: str, columns: Sequence[str]) -> Iterator[Sequence[Any]]:
        """Return all rows."""
        try:
            yield from self._connection.execute(f"SELECT {', '.join(columns)} FROM {table}")  # noqa: S608 - our own names
        except sqlite3.Error as error:
            raise self._told(error) from error

    def fill(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Add rows."""
        marks = ", ".join("?" * len(columns))
        try:
            self._connection.executemany(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})",  # noqa: S608 - our own names
                rows,
            )
        except sqlite3.Error as error:
            raise self._told(error) from error

    def loosen(self) -> None:
        """Do nothing: references have not been watched since the beginning."""

    def tighten(self) -> None:
        """Look for references to nothing."""
        lost = self.execute("PRAGMA foreign_key_check")
        if lost:
            raise StoreError(f"{len(lost)} rows refer to rows that are not there, first in {lost[0][0]}.")

    def drop(self, tables: Iterable[str]) -> None:
        """Remove tables."""
        for table in tables:
            self.execute(f"DROP TABLE IF EXISTS {table}")

    def serials(self) -> dict[str, int]:
        """Return the last numbers."""
        if "sqlite_sequence" not in self.names():
            return {}
        mine = set(self.ours())
        rows = self.execute("SELECT name, seq FROM sqlite_sequence")
        return {str(name): int(last) for name, last in rows if name in mine}

    def go_on(self, serials: dict[str, int]) -> None:
        """Raise the numbers; SQLite keeps them above what is there by itself."""
        for table, last in serials.items():
            if not self.execute(
                "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ? RETURNING 1", (last, table)
            ):
                self.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, last))

    def commit(self) -> None:
        """Make it last."""
        self.execute("COMMIT")

    def close(self) -> None:
        """Undo what was not committed, and close."""
        with contextlib.suppress(sqlite3.Error):
            self._connection.execute("ROLLBACK")
        self._connection.close()

    def _told(self, error: sqlite3.Error) -> StoreError:
        kind = StoreUnavailable if isinstance(error, sqlite3.OperationalError) else StoreError
        return kind(f"The database {self._path}: {error}.", hint="Check the space and the rights of its disk.")
