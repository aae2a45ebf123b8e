"""Postgres: many workers on one database. Statements of many pieces of work travel together in a pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg

from kie.store.crash import crash_point
from kie.store.database import Database, Outcome
from kie.store.errors import StoreError, StoreUnavailable
from kie.store.lockstep import Lockstep
from kie.store.migrate import migrate
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kie.store.work import Begin, Rows, Work

__all__ = ["PostgresDatabase", "unreadable"]

_WORDS = {"{locked}": " FOR UPDATE SKIP LOCKED", "{for_update}": " FOR UPDATE"}
#: A lock of Postgres's own, so that two processes do not change the tables at once: the letters "kie" as a number.
_MIGRATING = 0x6B6965
#: Faults that pass when a transaction is repeated: two that locked each other, or wrote the same.
_REPEATED = (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure, psycopg.errors.UniqueViolation)
_TIMES = 5


class PostgresDatabase(Database):
    """A database on a server.

    Args:
        url: ``postgresql://user:password@host/name``.

    """

    kind = "postgres"

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url
        self._connection: psycopg.Connection[Any] | None = None
        self._prepared: dict[str, bytes] = {}
        connection = self._connected()
        try:
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (_MIGRATING,))
            self._finish(migrate("postgres"))
            connection.commit()
        except BaseException:
            self.shut()
            raise

    def _connected(self) -> psycopg.Connection[Any]:
        if self._connection is None or self._connection.closed:
            try:
                self._connection = psycopg.connect(self._url, connect_timeout=10, application_name="kie")
            except psycopg.ProgrammingError:  # its words would show the address with its password
                raise unreadable() from None
            except psycopg.OperationalError as error:
                raise _translated(error) from error
            self._connection.prepare_threshold = 2
        return self._connection

    def run(self, works: Sequence[Begin[Any]]) -> list[Outcome]:
        """Run pieces of work in one transaction; when one of them fails, each in a transaction of its own."""
        if len(works) > 1:
            try:
                values = self._together([begin() for begin in works])
            except psycopg.OperationalError as error:
                self._undo()
                if self._connection is None or self._connection.closed:
                    raise _translated(error) from error
            except Exception:  # noqa: BLE001 - found again below, where it concerns one piece alone
                self._undo()
            else:
                return [Outcome(value) for value in values]
        return [self._alone(begin) for begin in works]

    async def now(self) -> float:
        """Tell the time of the server."""

        def work() -> Work[float]:
            rows = yield Statement("SELECT extract(epoch FROM statement_timestamp())::float8")
            return float(rows[0][0])

        return await self.read(work)

    def shut(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _undo(self) -> None:
        try:
            if self._connection is not None:
                self._connection.rollback()
        except psycopg.Error:
            self.shut()

    def _alone(self, begin: Begin[Any]) -> Outcome:
        for attempt in range(_TIMES):
            connection = self._connected()
            try:
                value = self._finish(begin())
                crash_point("before-commit")
                connection.commit()
                crash_point("after-commit")
            except _REPEATED as error:
                self._undo()
                if attempt == _TIMES - 1:
                    return Outcome(error=StoreError(f"The database refused: {error}"))
            except psycopg.OperationalError as error:
                self._undo()
                return Outcome(error=_translated(error))
            except psycopg.Error as error:
                self._undo()
                return Outcome(error=StoreError(f"The database refused: {error}"))
            except Exception as error:  # noqa: BLE001 - whoever handed it in is told
                self._undo()
                return Outcome(error=error)
            else:
                return Outcome(value)
        raise AssertionError  # pragma: no cover - the loop returns

    def _finish(self, work: Work[Any]) -> Any:
        connection = self._connected()
        try:
            statement = next(work)
            while True:
                statement = work.send(_rows(connection.execute(self._sql(statement), tuple(statement.values))))
        except StopIteration as end:
            return end.value

    def _together(self, works: list[Work[Any]]) -> list[Any]:
        """Run all pieces in step: what is not in each other's way goes out in one pipeline."""
        connection = self._connected()
        values: list[Any] = [None] * len(works)
        asked: dict[int, Statement] = {}
        for number, work in enumerate(works):
            try:
                asked[number] = next(work)
            except StopIteration as end:
                values[number] = end.value
        steps = Lockstep()
        while asked:
            going = {number: asked.pop(number) for number in steps.turn(asked)}
            with connection.pipeline():
                cursors = {
                    number: connection.execute(self._sql(statement), tuple(statement.values))
                    for number, statement in going.items()
                }
            for number, cursor in cursors.items():
                try:
                    asked[number] = works[number].send(_rows(cursor))
                except StopIteration as end:
                    values[number] = end.value
        crash_point("before-commit")
        connection.commit()
        crash_point("after-commit")
        return values

    def _sql(self, statement: Statement) -> bytes:
        known = self._prepared.get(statement.sql)
        if known is None:
            sql = statement.sql.replace("%", "%%").replace("?", "%s")
            for word, meaning in _WORDS.items():
                sql = sql.replace(word, meaning)
            known = self._prepared[statement.sql] = sql.encode()
        return known


def _rows(cursor: psycopg.Cursor[Any]) -> Rows:
    return cursor.fetchall() if cursor.description is not None else []


def unreadable() -> StoreError:
    """Make the error for an address that is none."""
    return StoreError("KIE_DATABASE_URL is no address of Postgres.", hint="postgresql://user:password@host:5432/name")


def _translated(error: psycopg.Error) -> StoreError:
    return StoreUnavailable(
        f"The database cannot be reached: {str(error).strip()}", hint="Nothing was written. See KIE_DATABASE_URL."
    )
