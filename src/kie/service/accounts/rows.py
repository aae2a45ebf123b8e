"""Accounts as rows: what is known of a key of the vendor, without the key."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from kie.service.accounts.resealing import Vault
from kie.service.accounts.sealing import Sealed
from kie.service.amounts import to_credits
from kie.service.claims import Limits
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from kie.store.work import Work

__all__ = ["VAULTS", "Account", "Older", "Row", "insert", "pending", "prune", "read_all", "remove", "replace", "update"]

#: Where secrets lie.
VAULTS = (
    Vault("account", "name", "sealed", "key_id"),
    Vault("account", "name", "hook_sealed", "hook_key_id"),
    Vault("account_key", "id", "sealed", "key_id"),
    Vault("signing_secret", "id", "blob", "key_id"),  # of notifications
)
#: Seconds after a key was replaced within which a worker may still have sent with it.
_LATE = 60.0


class Account(NamedTuple):
    """A key of the vendor, without the key. Times are Unix seconds, amounts credits.

    Attributes:
        name: under which its money is written down.
        limits: what the vendor lets it do.
        enabled: whether it is used for new generations.
        paused_until: until when nothing is sent with it, or None.
        paused_why: "limit", "credits", "key" or "vendor", or None.
        faults: refusals and faults in a row, of all workers.
        hint: the last letters of the key, or "".
        stored: whether its key is stored here, sealed; otherwise it comes from the environment.
        retired: it is neither used nor watched; what it has made is still asked for.
        base_url: the API's address, or None for that of the environment.
        upload_url: the upload host's address, or None.
        models: the default models, by kind: image, video, speech, sound, music.
        callback: where the vendor's callbacks for it reach us, or None for where all others do.
        balance: what the vendor said is left, or None before it was asked.
        balance_at: when.
        alert_below: below which balance an alert is made, or None.

    """

    name: str
    limits: Limits
    enabled: bool = True
    paused_until: float | None = None
    paused_why: str | None = None
    faults: int = 0
    hint: str = ""
    stored: bool = False
    retired: bool = False
    base_url: str | None = None
    upload_url: str | None = None
    models: Mapping[str, str] = MappingProxyType({})
    callback: str | None = None
    balance: Decimal | None = None
    balance_at: float | None = None
    alert_below: Decimal | None = None


class Row(NamedTuple):
    """An account with its sealed key, and those that it had before."""

    account: Account
    sealed: Sealed | None
    hook: Sealed | None
    older: tuple[Older, ...] = ()


class Older(NamedTuple):
    """A key that was replaced: its row, where it was used, and until when."""

    id: str
    sealed: Sealed
    base_url: str | None
    upload_url: str | None
    until: float


_COLUMNS = (
    "name, creates, span, concurrency, enabled, paused_until, paused_why, faults, hint, retired, base_url, upload_url,"
    " models, callback, balance, balance_at, alert_below, key_id, sealed, hook_key_id, hook_sealed"
)


def read_all(name: str | None = None) -> Work[list[Row]]:
    """Read all accounts, or one, by name."""
    where, values = ("", ()) if name is None else (" WHERE name = ?", (name,))
    rows = yield Statement(f"SELECT {_COLUMNS} FROM account{where} ORDER BY name", values)  # noqa: S608 - our own names
    where = where.replace("name", "account")
    older = yield Statement(
        f"SELECT account, id, key_id, sealed, base_url, upload_url, until FROM account_key{where}"  # noqa: S608
        " ORDER BY until DESC, id",
        values,
    )
    before: dict[str, list[Older]] = {}
    for account, key, key_id, sealed, *rest in older:
        before.setdefault(account, []).append(Older(key, Sealed(key_id, bytes(sealed)), *rest))
    return [_row(row, tuple(before.get(row[0], ()))) for row in rows]


def _row(row: tuple[Any, ...], older: tuple[Older, ...]) -> Row:
    name, creates, span, concurrency, enabled, until, why, faults, hint, retired, base, upload, *rest = row
    models, callback, balance, balance_at, below, key_id, sealed, hook_key_id, hook = rest
    account = Account(
        name,
        Limits(int(creates), span, concurrency),
        enabled=bool(enabled),
        paused_until=until,
        paused_why=why,
        faults=int(faults),
        hint=hint,
        stored=sealed is not None,
        retired=bool(retired),
        base_url=base,
        upload_url=upload,
        models=MappingProxyType(json.loads(models)),
        callback=callback,
        balance=None if balance is None else to_credits(balance),
        balance_at=balance_at,
        alert_below=None if below is None else to_credits(below),
    )
    return Row(account, _sealed(key_id, sealed), _sealed(hook_key_id, hook), older)


def _sealed(key_id: str | None, blob: Any) -> Sealed | None:
    return None if blob is None else Sealed(key_id or "", bytes(blob))


def insert(name: str, columns: Mapping[str, Any], now: float) -> Work[bool]:
    """Write a new account; False, and nothing is written, where there is one of this name."""
    held = {"name": name, "created": now, **columns}
    rows = yield Statement(
        f"INSERT INTO account ({', '.join(held)}) VALUES ({', '.join('?' * len(held))})"  # noqa: S608 - our own names
        " ON CONFLICT (name) DO NOTHING RETURNING name",
        tuple(held.values()),
    )
    return bool(rows)


def update(name: str, columns: Mapping[str, Any]) -> Work[bool]:
    """Change an account; False where there is none of this name."""
    rows = yield Statement(
        f"UPDATE account SET {', '.join(f'{column} = ?' for column in columns)} WHERE name = ? RETURNING name",  # noqa: S608
        (*columns.values(), name),
    )
    return bool(rows)


def replace(name: str, older: str, reseal: Sealed | None, columns: Mapping[str, Any], now: float) -> Work[bool]:
    """Put another key in the place of an account's own, which is kept for the tasks that were made with it.

    Args:
        name: of the account.
        older: the id of the row in which the former key is kept.
        reseal: the former key, sealed for that row; None where none was stored.
        columns: the new key, and what else changes.
        now: Unix seconds.

    """
    if reseal is not None:
        yield Statement(
            "INSERT INTO account_key (id, account, key_id, sealed, base_url, upload_url, until)"
            " SELECT ?, name, ?, ?, base_url, upload_url, ? FROM account WHERE name = ?",
            (older, reseal.key_id, reseal.blob, now, name),
        )
    return (yield from update(name, columns))


def prune() -> Work[int]:
    """Forget keys that were replaced, and with which nothing is under way any more; returns how many."""
    rows = yield Statement(
        "DELETE FROM account_key WHERE NOT EXISTS (SELECT 1 FROM generation g WHERE g.account = account_key.account"
        " AND g.state IN ('submitting', 'waiting', 'storing', 'uncertain') AND g.submitted <= account_key.until + ?)"
        " RETURNING id",
        (_LATE,),
    )
    return len(rows)


def pending(name: str) -> Work[int]:
    """Count the generations that need an account: bound to it, on their way, or being stored."""
    rows = yield Statement(
        "SELECT count(*) FROM generation WHERE account = ?"
        " AND state IN ('held', 'submitting', 'waiting', 'storing', 'uncertain')",
        (name,),
    )
    return int(rows[0][0])


def remove(name: str) -> Work[int | None]:
    """Remove an account; returns how many generations need it (then it stays), or None where there is none.

    The limiter's row is locked first, as it is by whoever claims for the account: nothing is claimed in between.
    """
    yield Statement("INSERT INTO slot (account, times) VALUES (?, '[]') ON CONFLICT DO NOTHING", (name,))
    yield Statement("SELECT times FROM slot WHERE account = ?{for_update}", (name,))
    needed = yield from pending(name)
    if needed:
        return needed
    rows = yield Statement("DELETE FROM account WHERE name = ? RETURNING name", (name,))
    yield Statement("DELETE FROM account_key WHERE account = ?", (name,))
    yield Statement("DELETE FROM slot WHERE account = ?", (name,))
    return 0 if rows else None
