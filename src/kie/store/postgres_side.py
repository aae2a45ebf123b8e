"""Postgres as a backup sees it: rows come through a server's cursor and go in through COPY, both as a stream."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql as words

from kie.store.errors import StoreError, StoreUnavailable
from kie.store.postgres import _MIGRATING, unreadable
from kie.store.side import Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["PostgresSide"]

#: Rows that are fetched at once: a callback may have 256 kB.
_MANY = 200


class PostgresSide(Side):
    """A database on a server. One transaction sees one moment: REPEATABLE READ."""

    kind = "postgres"

    def __init__(self, url: str, *, change: bool) -> None:
        self._references: list[tuple[str, str, str]] = []
        try:
            self._connection = psycopg.connect(url, connect_timeout=10, application_name="kie backup")
        except psycopg.ProgrammingError:
            raise unreadable() from None
        except psycopg.Error as error:
            raise _told(error) from error
        try:
            self._connection.isolation_level = (
                psycopg.IsolationLevel.READ_COMMITTED if change else psycopg.IsolationLevel.REPEATABLE_READ
            )
            self._connection.read_only = not change
            if change:
                self._connection.execute("SELECT pg_advisory_xact_lock(%s)", (_MIGRATING,))
        except psycopg.Error as error:
            self._connection.close()
            raise _told(error) from error

    def execute(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run a statement."""
        try:
            cursor = self._connection.execute(sql.replace("%", "%%").replace("?", "%s").encode(), tuple(values))
            return cursor.fetchall() if cursor.description is not None else []
        except psycopg.Error as error:
            raise _told(error) from error

    def names(self) -> set[str]:
        """Return the tables of the schema in use."""
        rows = self.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        return {str(name) for (name,) in rows}

    def columns(self, table: str) -> list[str]:
        """Return the columns."""
        rows = self.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND table_name = ? ORDER BY ordinal_position",
            (table,),
        )
        return [str(name) for (name,) in rows]

    def stream(self, table: str, columns: Sequence[str]) -> Iterator[Sequence[Any]]:
        """Return all rows."""
        asked = words.SQL("SELECT {} FROM {}").format(_list(columns), words.Identifier(table))
        try:
            with self._connection.cursor(name="kie_backup") as cursor:
                cursor.itersize = _MANY
                cursor.execute(asked)
                yield from cursor
        except psycopg.Error as error:
            raise _told(error) from error

    def fill(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Add rows; COPY takes given numbers where the table would number its rows itself."""
        asked = words.SQL("COPY {} ({}) FROM STDIN").format(words.Identifier(table), _list(columns))
        try:
            with self._connection.cursor() as cursor, cursor.copy(asked) as copy:
                for row in rows:
                    copy.write_row(row)
        except psycopg.Error as error:
            raise _told(error) from error

    def loosen(self) -> None:
        """Take the references away: they are put back, and judged all at once, when the rows are there."""
        rows = self.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"
        )
        mine = set(self.ours())
        self._references = [(str(a), str(b), str(c)) for a, b, c in rows if a in mine]
        for table, name, _ in self._references:
            self.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')

    def tighten(self) -> None:
        """Put the references back."""
        for table, name, what in self._references:
            self.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {what}')

    def drop(self, tables: Iterable[str]) -> None:
        """Remove tables."""
        for table in tables:
            self.execute(f"DROP TABLE IF EXISTS {table} CASCADE")

    def serials(self) -> dict[str, int]:
        """Return the last numbers."""
        return {
            table: int(rows[0][0])
            for table, sequence in self._sequences()
            if (rows := self.execute(f"SELECT last_value FROM {sequence} WHERE is_called"))  # noqa: S608 - our own names
        }

    def go_on(self, serials: dict[str, int]) -> None:
        """Raise the numbers."""
        for table, sequence in self._sequences():
            rows = self.execute(f"SELECT coalesce(max(number), 0) FROM {table}")  # noqa: S608 - our own names
            last = max(int(rows[0][0]), serials.get(table, 0))
            if last:
                self.execute("SELECT setval(CAST(? AS regclass), ?)", (sequence, last))

    def _sequences(self) -> list[tuple[str, str]]:
        found = []
        for table in self.ours():
            if "number" in self.columns(table):
                rows = self.execute("SELECT pg_get_serial_sequence(?, 'number')", (table,))
                if rows[0][0] is not None:
                    found.append((table, str(rows[0][0])))
        return found

    def commit(self) -> None:
        """Make it last."""
        try:
            self._connection.commit()
        except psycopg.Error as error:
            raise _told(error) from error

    def close(self) -> None:
        """Undo what was not committed, and close."""
        self._connection.close()


def _list(columns: Sequence[str]) -> words.Composed:
    return words.SQL(", ").join(map(words.Identifier, columns))


def _told(error: psycopg.Error) -> StoreError:
    text = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    if isinstance(error, psycopg.OperationalError):
        return StoreUnavailable(f"The database cannot be reached: {text}", hint="See KIE_DATABASE_URL.")
    return StoreError(f"The database refused: {text}")
