"""The accounts at the vendor: added, changed, paused, given another key. Their keys are sealed in the database.

``service.accounts`` is one pool for all workers of a database: what is changed here they see within two seconds.
"""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any

from kie.errors import InvalidInput
from kie.ids import new_id
from kie.service.accounts import rows as account_rows
from kie.service.accounts.changes import KINDS, LIMITS, UNSET, Changes, columns_of, key_columns, settings_of
from kie.service.accounts.pool import Pool
from kie.service.accounts.resealing import Resealed, Vault, reseal
from kie.service.accounts.rows import VAULTS, Account
from kie.service.accounts.seal_errors import SealingError
from kie.service.accounts.sealing import Sealer, place
from kie.service.amounts import to_units
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from decimal import Decimal

    from kie.client.aio import AsyncKie
    from kie.service.claims import Limits
    from kie.store.database import Database
    from kie.store.work import Work

__all__ = ["KINDS", "LIMITS", "Account", "Accounts", "Changes"]

_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,62}")


class Accounts(Pool):
    """The accounts of a service. What a method changes is on the disk when it returns.

    Args:
        database: where they are kept.
        kie: the client of the account that comes from the environment.
        limits: of that account; None keeps those that the database has.
        name: of that account, "" for none.
        sealer: seals and opens keys.
        clock: tells Unix seconds.

    """

    def __init__(
        self,
        database: Database,
        kie: AsyncKie,
        limits: Limits | None,
        name: str,
        sealer: Sealer,
        clock: Callable[[], float],
    ) -> None:
        super().__init__(database, kie, limits, name, sealer)
        self._clock = clock

    # ------------------------------------------------------------------------------------------------ what there is

    async def list(self) -> list[Account]:
        """Return all accounts by name. None of them holds its key."""
        return [row.account for row in await self._database.read(account_rows.read_all)]

    async def show(self, name: str) -> Account:
        """Return one account.

        Raises:
            InvalidInput: there is none of this name.

        """
        return (await self._row(name)).account

    async def webhook_secret(self, name: str) -> str | None:
        """Return the secret with which the vendor signs the callbacks of an account, or None.

        Raises:
            InvalidInput: there is no such account.
            SealingError: it does not open.

        """
        row = await self._row(name)
        if row.hook is None:
            return None
        return self._sealer.open(place("account", name, "hook_sealed"), row.hook).decode()

    async def test(self, name: str) -> Decimal:
        """Ask the vendor for the balance with an account's key, which is free; it is written down.

        Raises:
            AuthenticationError: the key is refused, or cannot be opened.
            KieError: the vendor cannot be reached, or has a fault.

        """
        await self.refresh(self._clock())
        await self._row(name)
        left, now = await self.vendor(name).credits(), self._clock()
        await self._database.write(lambda: account_rows.update(name, {"balance": to_units(left), "balance_at": now}))
        return left

    async def probe(self, key: str, changes: Changes | None = None) -> Decimal:
        """Ask the vendor for the balance with a key that is not stored, at the addresses of ``changes``.

        Raises:
            AuthenticationError: the key is refused.
            KieError: the vendor cannot be reached, or has a fault.

        """
        settings = settings_of(self._ground.core, key, changes or Changes())
        return await self._ground.using(settings.api_key, settings.base_url, settings.upload_url).credits()

    async def addresses(self, name: str) -> Changes:
        """Return the addresses of an account, as they are set.

        Raises:
            InvalidInput: there is no such account.

        """
        account = await self.show(name)
        return Changes(base_url=account.base_url, upload_url=account.upload_url)

    # ------------------------------------------------------------------------------------------------ what is changed

    async def add(self, name: str, key: str, changes: Changes | None = None) -> Account:
        """Add an account; it is used at once.

        Args:
            name: lower-case letters, digits, ``_.-``; under it the money is written down.
            key: the vendor's, which is sealed.
            changes: what else is set; limits by default ``LIMITS``.

        Raises:
            InvalidInput: there is an account of this name or with this key, or a value is none. Nothing was written.
            AuthenticationError: the key holds characters that no key has, or there is no master key to seal it.

        """
        if not _NAME.fullmatch(name):
            raise InvalidInput(
                f"{name!r} cannot be an account's name: lower-case letters, digits, '_', '.', '-', at most 63.",
                field="name",
            )
        given, core = changes or Changes(), self._ground.core
        await self._only(name, key, settings_of(core, key, given).base_url)
        columns = {
            "creates": LIMITS.creates,
            "span": LIMITS.window,
            "concurrency": LIMITS.concurrency,
            **columns_of(core, self._sealer, name, given),
            **key_columns(core, self._sealer, name, key, given),
        }
        now = self._clock()
        if not await self._database.write(lambda: account_rows.insert(name, columns, now)):
            raise InvalidInput(
                f"There is an account {name!r} already.", field="name", hint="`kie keys rotate` gives it another key."
            )
        return await self._after(name)

    async def change(self, name: str, changes: Changes) -> Account:
        """Change what is set of an account.

        Raises:
            InvalidInput: there is no such account, or a value is none. Nothing was written.
            MasterKeyMissing: a secret cannot be sealed.

        """
        account = await self.show(name)
        if changes.upload_url is None and changes.base_url is UNSET:  # the API's own, that is
            changes = changes._replace(base_url=account.base_url)
        columns = columns_of(self._ground.core, self._sealer, name, changes)
        if columns:
            await self._update(name, columns)
        return await self._after(name)

    async def rotate(self, name: str, key: str, *, forget: bool = False) -> Account:
        """Give an account another key. The former one is kept, sealed, until nothing that was made with it is left.

        The account of the environment has its key stored by this, and ``KIE_API_KEY`` is not used for it any more,
        except for what was made with it.

        Args:
            name: of the account.
            key: the new one.
            forget: go on though the former key does not open: what was made with it can be asked for no more, unless
                the new one is of the same account of the vendor.

        Raises:
            InvalidInput: there is no such account, or the key is another one's.
            AuthenticationError: the key holds characters that no key has, there is no master key to seal it, or the
                former key does not open.

        """
        account = await self.show(name)
        await self._only(name, key, account.base_url or self._ground.core.settings.base_url)
        older, now = new_id("key"), self._clock()

        def work() -> Work[None]:
            yield Statement("SELECT name FROM account WHERE name = ?{for_update}", (name,))
            found = yield from account_rows.read_all(name)
            if not found:
                raise _none(name)
            row, kept = found[0], None
            columns = key_columns(
                self._ground.core,
                self._sealer,
                name,
                key,
                Changes(base_url=row.account.base_url, upload_url=row.account.upload_url),
            )
            if row.sealed is not None:
                try:
                    former = self._sealer.open(place("account", name, "sealed"), row.sealed)
                    kept = self._sealer.seal(place("account_key", older, "sealed"), former)
                except SealingError:
                    if not forget:
                        raise
            columns |= {"paused_until": None, "paused_why": None, "faults": 0, "check_at": 0.0}
            yield from account_rows.replace(name, older, kept, columns, now)

        await self._database.write(work)
        return await self._after(name)

    async def suspend(self, name: str, *, retire: bool = False) -> Account:
        """Send nothing new with an account until it is resumed; what it has made is still asked for and fetched.

        Args:
            name: of the account.
            retire: do not watch its balance either.

        Raises:
            InvalidInput: there is no such account.

        """
        await self._update(name, {"enabled": 0, "retired": int(retire)})
        return await self._after(name)

    async def resume(self, name: str) -> Account:
        """Use an account again at once, whatever it was paused for.

        Raises:
            InvalidInput: there is no such account.

        """
        fresh = {"enabled": 1, "retired": 0, "paused_until": None, "paused_why": None, "faults": 0, "check_at": 0.0}
        await self._update(name, fresh)
        return await self._after(name)

    async def remove(self, name: str) -> None:
        """Remove an account and its keys. What it has spent stays in the ledger.

        Raises:
            InvalidInput: there is no such account, it comes from the environment, or generations need it: they are
                bound to it, on their way, or not stored yet.

        """
        row = await self._row(name)
        if name == self._own and row.sealed is None:
            raise InvalidInput(
                f"The account {name!r} comes from the environment.",
                field="name",
                hint="Take KIE_API_KEY away, or suspend it: `kie keys pause`.",
            )
        needed = await self._database.write(lambda: account_rows.remove(name))
        if needed is None:
            raise _none(name)
        if needed:
            raise InvalidInput(
                f"{needed} generations need the account {name!r}; it stays.",
                field="name",
                hint="`kie keys pause` keeps new ones away; remove it when those have ended.",
            )
        await self.refresh(self._clock())

    async def reseal(self, vaults: Sequence[Vault] = VAULTS) -> Resealed:
        """Seal all secrets with the first master key; see ``resealing.reseal``."""
        return await reseal(self._database, self._sealer, vaults)

    # ------------------------------------------------------------------------------------------------------- within

    async def _row(self, name: str) -> account_rows.Row:
        found = await self._database.read(lambda: account_rows.read_all(name))
        if not found:
            raise _none(name)
        return found[0]

    async def _only(self, name: str, key: str, base_url: str) -> None:
        """See that no other account has this key: each would use up its limits."""
        own = self._ground.core.settings
        for row in await self._database.read(account_rows.read_all):
            other, theirs = row.account, None
            if row.sealed is not None:
                with contextlib.suppress(SealingError):
                    theirs = self._sealer.open(place("account", other.name, "sealed"), row.sealed).decode()
            elif other.name == self._own:
                theirs = own.api_key
            if other.name != name and theirs == key.strip() and (other.base_url or own.base_url) == base_url:
                raise InvalidInput(
                    f"It is the key of the account {other.name!r}, which has its limits for itself.", field="key"
                )

    async def _update(self, name: str, columns: Mapping[str, Any]) -> None:
        if not await self._database.write(lambda: account_rows.update(name, columns)):
            raise _none(name)

    async def _after(self, name: str) -> Account:
        await self.refresh(self._clock())
        return await self.show(name)


def _none(name: str) -> InvalidInput:
    return InvalidInput(f"There is no account {name!r}.", field="name", hint="`kie keys list` shows them.")
