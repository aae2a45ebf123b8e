"""A new master key: every secret is sealed again with it, row by row, while the service goes on.

It can be broken off and begun again: a row is either sealed with the old key or with the new one, and both open. Once
it has told that none is left, the old key can be taken away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kie.service.accounts.seal_errors import SealingError
from kie.service.accounts.sealing import Sealed, place
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kie.service.accounts.sealing import Sealer
    from kie.store.database import Database
    from kie.store.work import Work

__all__ = ["Resealed", "Vault", "reseal"]

#: Rows that are read at once.
_PAGE = 100


class Vault(NamedTuple):
    """Where secrets lie: a column of a table. The place of one is ``place(table, row, blob)``.

    Attributes:
        table: its name.
        row: the column that names a row; text.
        blob: the column of what is sealed; NULL where there is no secret.
        key_id: the column of the master key's id.

    """

    table: str
    row: str
    blob: str
    key_id: str


class Resealed(NamedTuple):
    """What became of the secrets.

    Attributes:
        done: were sealed again.
        already: were sealed with the first key before.
        failed: could not be opened, and stay as they were: places and reasons.

    """

    done: int
    already: int
    failed: tuple[tuple[str, str], ...]


async def reseal(database: Database, sealer: Sealer, vaults: Sequence[Vault]) -> Resealed:
    """Seal with the first master key all that is sealed with another.

    A row that is changed in the meantime is left as it was changed: whoever changed it sealed with a key of his own
    time, and the next run finds it. One that does not open does not hold the others up.

    Raises:
        StoreUnavailable: rows until here are done; run it again.

    """
    done = already = 0
    failed: list[tuple[str, str]] = []
    for vault in vaults:
        already += await database.read(lambda vault=vault: _count(vault, sealer.key_id))  # type: ignore[misc]
        after = ""
        while page := await database.read(
            lambda vault=vault, after=after: _page(vault, sealer.key_id, after)  # type: ignore[misc]
        ):
            for row, sealed in page:
                after = row
                try:
                    where = place(vault.table, row, vault.blob)
                    fresh = sealer.seal(where, sealer.open(where, sealed))
                except SealingError as error:
                    failed.append((f"{vault.table} {row}", error.message))
                    continue
                done += await database.write(
                    lambda vault=vault, row=row, old=sealed, new=fresh: _put(vault, row, old, new)  # type: ignore[misc]
                )
    return Resealed(done, already, tuple(failed))


def _count(vault: Vault, key_id: str) -> Work[int]:
    rows = yield Statement(
        f"SELECT count(*) FROM {vault.table} WHERE {vault.blob} IS NOT NULL AND {vault.key_id} = ?",  # noqa: S608 - ours
        (key_id,),
    )
    return int(rows[0][0])


def _page(vault: Vault, key_id: str, after: str) -> Work[list[tuple[str, Sealed]]]:
    rows = yield Statement(
        f"SELECT {vault.row}, {vault.key_id}, {vault.blob} FROM {vault.table}"  # noqa: S608 - our own names
        f" WHERE {vault.blob} IS NOT NULL AND coalesce({vault.key_id}, '') <> ? AND {vault.row} > ?"
        f" ORDER BY {vault.row} LIMIT ?",
        (key_id, after, _PAGE),
    )
    return [(str(row), Sealed(key or "", bytes(blob))) for row, key, blob in rows]


def _put(vault: Vault, row: str, old: Sealed, new: Sealed) -> Work[int]:
    rows = yield Statement(
        f"UPDATE {vault.table} SET {vault.blob} = ?, {vault.key_id} = ?"  # noqa: S608 - our own names
        f" WHERE {vault.row} = ? AND {vault.blob} = ? RETURNING {vault.row}",
        (new.blob, new.key_id, row, old.blob),
    )
    return len(rows)
