"""SQLite: a file, one writer, WAL and a sync to the disk with every commit."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kie.store.crash import crash_point
from kie.store.database import Database, Outcome
from kie.store.errors import StoreError, StoreUnavailable
from kie.store.migrate import migrate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kie.store.work import Begin, Rows, Work

__all__ = ["SqliteDatabase"]

#: Seconds that another process's write is waited for.
_PATIENCE = 10.0
#: Errors that pass: the disk is full, the file is locked or cannot be reached.
_PASSING = ("locked", "busy", "full", "disk i/o", "unable to open", "readonly")


class SqliteDatabase(Database):
    """A database in a file.

    Args:
        path: the file, made with its folder when it is not there; ``:memory:`` for a test.

    """

    kind = "sqlite"

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path
        self._connection: sqlite3.Connection | None = None
        with contextlib.closing(self._open()) as connection:  # the file is made, and faults are told, right away
            if path != ":memory:":
                self._migrate(connection)

    def _open(self) -> sqlite3.Connection:
        if self._path != ":memory:":
            Path(self._path).expanduser().absolute().parent.mkdir(parents=True, exist_ok=True)
        try:
            connection = sqlite3.connect(
                self._path, timeout=_PATIENCE, isolation_level=None, cached_statements=512, check_same_thread=False
            )
            for pragma in (
                "journal_mode = WAL",
                "synchronous = FULL",
                "foreign_keys = ON",
                "temp_store = MEMORY",
                "cache_size = -8192",  # KiB; what is at work does not fit into the 2 MB that are usual
                "journal_size_limit = 67108864",
            ):
                connection.execute(f"PRAGMA {pragma}")
        except sqlite3.Error as error:
            raise _translated(error, self._path) from error
        return connection

    def _migrate(self, connection: sqlite3.Connection) -> None:
        connection.execute("BEGIN IMMEDIATE")
        try:
            _finish(connection, migrate("sqlite"))
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def _connected(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = self._open()
            if self._path == ":memory:":
                self._migrate(self._connection)
        return self._connection

    def run(self, works: Sequence[Begin[Any]]) -> list[Outcome]:
        """Run pieces of work in one transaction; when one of them fails, once more, so that it can be undone alone."""
        connection = self._connected()
        try:
            connection.execute("BEGIN IMMEDIATE")
            try:
                outcomes = [Outcome(_finish(connection, begin())) for begin in works]
            except sqlite3.OperationalError:
                raise
            except Exception:  # noqa: BLE001 - found again below, and told to whoever handed it in
                connection.execute("ROLLBACK")
                connection.execute("BEGIN IMMEDIATE")
                outcomes = [_attempt(connection, begin) for begin in works]
            crash_point("before-commit")
            connection.execute("COMMIT")
            crash_point("after-commit")
        except sqlite3.Error as error:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            raise _translated(error, self._path) from error
        return outcomes

    def shut(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _attempt(connection: sqlite3.Connection, begin: Begin[Any]) -> Outcome:
    """Run one piece; undo it alone when it raises. Errors of the database that concern everyone are raised."""
    connection.execute("SAVEPOINT piece")
    try:
        value = _finish(connection, begin())
    except sqlite3.OperationalError:
        raise
    except Exception as error:  # noqa: BLE001 - whoever handed it in is told
        connection.execute("ROLLBACK TO piece")
        connection.execute("RELEASE piece")
        return Outcome(error=error)
    connection.execute("RELEASE piece")
    return Outcome(value)


def _finish(connection: sqlite3.Connection, work: Work[Any]) -> Any:
    try:
        statement = next(work)
        while True:
            sql = statement.sql.replace("{locked}", "").replace("{for_update}", "")
            rows: Rows = connection.execute(sql, statement.values).fetchall()
            statement = work.send(rows)
    except StopIteration as end:
        return end.value


def _translated(error: sqlite3.Error, path: str) -> StoreError:
    words = str(error)
    if any(word in words.lower() for word in _PASSING):
        return StoreUnavailable(
            f"The database {path} cannot be written: {words}.",
            hint="Nothing was written. Check space and rights of its disk.",
        )
    return StoreError(f"The database {path} refused: {words}.")
