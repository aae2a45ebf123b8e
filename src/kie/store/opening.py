"""A database by its address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kie.store.errors import StoreError

if TYPE_CHECKING:
    from kie.store.database import Database

__all__ = ["open_database"]


def open_database(url: str) -> Database:
    """Open a database by its address, and bring its tables up to date.

    Args:
        url: ``sqlite:///path/to/file``, ``sqlite://`` (in memory, for tests), or ``postgresql://user@host/name``.

    Raises:
        StoreError: the address is none of these, or the database was made by a newer version.
        StoreUnavailable: it cannot be reached.

    """
    scheme, _, rest = url.partition("://")
    if scheme == "sqlite":
        from kie.store.sqlite import SqliteDatabase

        return SqliteDatabase(rest.removeprefix("/") if rest else ":memory:")
    if scheme in ("postgres", "postgresql"):
        from kie.store.postgres import PostgresDatabase

        return PostgresDatabase(url)
    raise StoreError(
        f"KIE_DATABASE_URL begins with {scheme!r}: sqlite:///file or postgresql://… is needed.",
        hint="Leave it away for an SQLite file in your own data folder.",
    )
