"""The vendor's keys that a service works with: a pool, each with limits of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kie.errors import InvalidInput
from kie.service.claims import Limits
from kie.service.vendor import Vendor
from kie.store.work import Statement

if TYPE_CHECKING:
    from kie.client.aio import AsyncKie
    from kie.store.database import Database
    from kie.store.work import Work

__all__ = ["Account", "Accounts"]

#: Seconds for which the accounts are used before they are read again.
_FRESH = 2.0


class Account(NamedTuple):
    """A key of the vendor, without the key.

    Attributes:
        name: under which its money is written down.
        limits: what the vendor lets it do.
        enabled: whether it is used for new generations.
        paused_until: Unix seconds until which nothing is sent with it, or None.
        paused_why: "limit", "credits", "key", "vendor", or a person's word.
        faults: refusals and faults in a row, of all workers.

    """

    name: str
    limits: Limits
    enabled: bool = True
    paused_until: float | None = None
    paused_why: str | None = None
    faults: int = 0


class Accounts:
    """The accounts of a service.

    Args:
        database: where they are kept.
        kie: the client of the account that comes from the environment.
        limits: of that account; None keeps those that the database has.
        name: of that account.

    """

    def __init__(self, database: Database, kie: AsyncKie, limits: Limits | None, name: str = "default") -> None:
        self._database = database
        self._own = name
        self._limits = limits
        self._vendors = {name: Vendor(kie)}
        self._known: dict[str, Account] = {}
        self._read_at = float("-inf")

    async def open(self, now: float) -> None:
        """See that the account of the environment has a row, and read all."""
        limits = self._limits or Limits()

        def work() -> Work[None]:
            yield Statement(
                "INSERT INTO account (name, creates, span, concurrency, created) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (name) DO NOTHING",
                (self._own, limits.creates, limits.window, limits.concurrency, now),
            )
            if self._limits is not None:
                yield Statement(
                    "UPDATE account SET creates = ?, span = ?, concurrency = ? WHERE name = ?",
                    (limits.creates, limits.window, limits.concurrency, self._own),
                )

        await self._database.write(work)
        await self._read(now)

    async def active(self, now: float) -> list[Account]:
        """Return the accounts that may send now."""
        if now - self._read_at > _FRESH:
            await self._read(now)
        return [
            each
            for each in self._known.values()
            if each.enabled and (each.paused_until is None or each.paused_until <= now)
        ]

    def get(self, name: str) -> Account:
        """Return an account as it was when it was last looked at."""
        return self._known.get(name) or Account(name, Limits())

    def vendor(self, name: str) -> Vendor:
        """Return the vendor as this account sees it; a generation that was not sent yet belongs to none.

        Raises:
            InvalidInput: there is no such account.

        """
        found = self._vendors.get(name or self._own)
        if found is None:
            raise InvalidInput(f"There is no account {name!r} here.", field="account")
        return found

    async def pause(self, name: str, until: float, why: str, faults: int = 0) -> None:
        """Send nothing with an account for some time, in all workers."""

        def work() -> Work[None]:
            yield Statement(
                "UPDATE account SET paused_until = ?, paused_why = ?, faults = ? WHERE name = ?",
                (until, why, faults, name),
            )

        account = self._known.get(name)
        if account is not None:
            self._known[name] = account._replace(paused_until=until, paused_why=why, faults=faults)
        await self._database.write(work)

    async def well(self, name: str) -> None:
        """The vendor has taken a task of this account: what was held against it is forgotten."""
        account = self._known.get(name)
        if account is not None and (account.faults or account.paused_until is not None):
            self._known[name] = account._replace(paused_until=None, paused_why=None, faults=0)

            def work() -> Work[None]:
                yield Statement(
                    "UPDATE account SET paused_until = NULL, paused_why = NULL, faults = 0 WHERE name = ?", (name,)
                )

            await self._database.write(work)

    async def _read(self, now: float) -> None:
        def work() -> Work[dict[str, Account]]:
            rows = yield Statement(
                "SELECT name, creates, span, concurrency, enabled, paused_until, paused_why, faults FROM account"
                " ORDER BY name"
            )
            return {
                row[0]: Account(row[0], Limits(int(row[1]), row[2], row[3]), bool(row[4]), row[5], row[6], int(row[7]))
                for row in rows
            }

        known = await self._database.read(work)
        self._known = {name: account for name, account in known.items() if name in self._vendors}
        self._read_at = now
