"""The vendor's keys that a service works with: a pool, each with limits of its own."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from kie.errors import InvalidInput, KieError
from kie.service.accounts.rows import Account, Row, read_all
from kie.service.accounts.sealing import place
from kie.service.claims import Limits
from kie.service.vendor import Vendor
from kie.store.work import Statement

if TYPE_CHECKING:
    from kie.client.aio import AsyncKie
    from kie.service.accounts.sealing import Sealed, Sealer
    from kie.store.database import Database
    from kie.store.work import Work

__all__ = ["Pool"]

_LOG = logging.getLogger("kie.service")

#: Seconds for which the accounts are used before they are read again.
FRESH = 2.0
#: Reasons for a pause that a task which was taken disproves.
_DISPROVED = ("vendor", "credits", "key")


class Pool:
    """The accounts of a service, as its duties use them.

    Args:
        database: where they are kept.
        kie: the client of the account that comes from the environment.
        limits: of that account; None keeps those that the database has.
        name: of that account; "" where the environment has none, and the client is the ground for the others alone.
        sealer: opens the keys that are stored.

    """

    def __init__(self, database: Database, kie: AsyncKie, limits: Limits | None, name: str, sealer: Sealer) -> None:
        self._database = database
        self._own = name
        self._limits = limits
        self._sealer = sealer
        self._ground = Vendor(kie)
        self._known: dict[str, Account] = {}
        #: What each vendor was made of, so that it is made again when that changes.
        self._made: dict[str, tuple[Row | None, Vendor]] = {}
        self._faults: dict[str, KieError] = {}
        self._read_at = float("-inf")
        if name:
            self._made[name] = (None, self._ground)

    async def open(self, now: float) -> None:
        """See that the account of the environment has a row, and read all."""
        if self._own:
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
        await self.refresh(now)

    async def active(self, now: float) -> list[Account]:
        """Return the accounts that may send now."""
        if not 0 <= now - self._read_at <= FRESH:
            await self.refresh(now)
        return [
            each
            for name, each in self._known.items()
            if each.enabled and name in self._made and (each.paused_until is None or each.paused_until <= now)
        ]

    def names(self) -> list[str]:
        """Return the accounts whose keys are here."""
        return sorted(name for name in self._made if name in self._known)

    def get(self, name: str) -> Account:
        """Return an account as it was when it was last looked at."""
        return self._known.get(name) or Account(name, Limits())

    def vendor(self, name: str) -> Vendor:
        """Return the vendor as this account sees it; a generation that was not sent yet belongs to none.

        Raises:
            InvalidInput: there is no such account here.
            SealingError: its key does not open.

        """
        found = self._made.get(name) if name else (None, self._ground)
        if found is None:
            if name in self._faults:
                raise self._faults[name]
            raise InvalidInput(
                f"There is no key for the account {name!r} here.",
                field="account",
                hint="`kie keys list` shows the accounts; that of the environment has its key in KIE_API_KEY.",
            )
        return found[1]

    def unusable(self) -> dict[str, KieError]:
        """Return the accounts whose keys do not open here, and why."""
        return dict(self._faults)

    def meant(self, model: str, account: str = "") -> str:
        """Return the default model where a kind ("image", "video") is asked for by its name; else the name as it is.

        It is that of the account that is to pay; where that may be any, of the first one in use that has one: the one
        of the environment goes first, then by name.
        """
        known = [each for name, each in self._known.items() if (name == account if account else each.enabled)]
        having = [each for each in known if model in each.models]
        return min(having, key=lambda each: (each.name != self._own, each.name)).models[model] if having else model

    async def pause(self, name: str, until: float, why: str, faults: int = 0) -> bool:
        """Send nothing with an account for some time, in all workers; its balance is read when credits are lacking.

        A pause that lasts longer, for whatever reason, stays.

        Returns whether that is news: whether it was not paused for this reason before.
        """

        def work() -> Work[bool]:
            rows = yield Statement("SELECT paused_why FROM account WHERE name = ?{for_update}", (name,))
            yield Statement(
                "UPDATE account SET paused_why = CASE WHEN paused_until > ? THEN paused_why ELSE ? END,"
                " paused_until = CASE WHEN paused_until > ? THEN paused_until ELSE ? END, faults = ?,"
                " check_at = CASE WHEN ? = 'credits' THEN 0 ELSE check_at END WHERE name = ?",
                (until, why, until, until, faults, why, name),
            )
            return bool(rows) and rows[0][0] != why

        account = self._known.get(name)
        if account is not None:
            account = account._replace(faults=faults)
            if account.paused_until is None or account.paused_until <= until:
                account = account._replace(paused_until=until, paused_why=why)
            self._known[name] = account
        return await self._database.write(work)

    async def well(self, name: str) -> None:
        """The vendor has taken a task of this account: what was held against it is forgotten."""
        account = self._known.get(name)
        if account is not None and (account.faults or account.paused_why in _DISPROVED):
            if account.paused_why is None or account.paused_why in _DISPROVED:
                self._known[name] = account._replace(paused_until=None, paused_why=None, faults=0)

            def work() -> Work[None]:
                yield Statement(
                    "UPDATE account SET paused_until = NULL, paused_why = NULL, faults = 0 WHERE name = ?"
                    " AND (paused_why IS NULL OR paused_why IN (?, ?, ?))",
                    (name, *_DISPROVED),
                )

            await self._database.write(work)

    async def refresh(self, now: float) -> None:
        """Read all accounts, and make the vendors of those that have changed."""
        rows = await self._database.read(read_all)
        self._known = {row.account.name: row.account for row in rows}
        for name in [name for name in self._made if name not in self._known and name != self._own]:
            del self._made[name]
        self._faults = {name: fault for name, fault in self._faults.items() if name in self._known}
        for row in rows:
            self._make(row)
        self._read_at = now

    def _make(self, row: Row) -> None:
        name, account = row.account.name, row.account
        what = Row(Account(name, Limits(), base_url=account.base_url, upload_url=account.upload_url), *row[1:])
        if row.sealed is None and name != self._own:
            self._made.pop(name, None)
            return
        before = self._made.get(name)
        if before is not None and before[0] == what:
            return
        try:
            vendor = self._opened(row.account, row.sealed)
            before_it = self._before(row)
            if name == self._own and row.sealed is not None:  # it had the key of the environment
                before_it.append((float("inf"), self._ground))
            if before_it:
                vendor = vendor.before(before_it)
        except KieError as error:
            if self._faults.get(name) is None:
                _LOG.error("the account %s cannot be used: %s", name, error)
            self._faults[name] = error
            self._made.pop(name, None)
            return
        self._faults.pop(name, None)
        self._made[name] = (what, vendor)

    def _opened(self, account: Account, sealed: Sealed | None) -> Vendor:
        if sealed is None and account.base_url is None and account.upload_url is None:
            return self._ground
        if sealed is None:
            return self._ground.using(self._ground.core.settings.api_key, account.base_url, account.upload_url)
        key = self._sealer.open(place("account", account.name, "sealed"), sealed).decode()
        return self._ground.using(key, account.base_url, account.upload_url)

    def _before(self, row: Row) -> list[tuple[float, Vendor]]:
        """Open the former keys; one that does not open leaves the account usable, for all but what was made with it."""
        before = []
        for older in row.older:
            try:
                key = self._sealer.open(place("account_key", older.id, "sealed"), older.sealed).decode()
            except KieError as error:
                _LOG.error("a former key of the account %s does not open: %s", row.account.name, error)
                continue
            before.append((older.until, self._ground.using(key, older.base_url, older.upload_url)))
        return before
