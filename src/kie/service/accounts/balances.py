"""Watches what is left at the vendor: seldom when nothing happens, every minute while money is being spent.

What follows from a reading is written down with it, in one transaction (``balance_rows``): an account whose credits
ran out is used again when they are back, a threshold and unexplained spending are told, and a generation whose cost
nobody told gets it from the difference of two quiet readings where that proves it.
"""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING

from kie.service.accounts import balance_rows
from kie.service.accounts import rows as account_rows
from kie.service.amounts import to_units

if TYPE_CHECKING:
    from kie.service.context import Context

__all__ = ["Watch"]

_LOG = logging.getLogger("kie.service")
#: Balances that are asked for at once; seconds between two looks at what is due, at least and at most.
_MOST, _OFTEN, _SELDOM = 8, 0.5, 15.0


class Watch:
    """Reads the balances of the accounts whose keys are here."""

    name = "balances"

    def __init__(self, context: Context) -> None:
        self._context = context
        self._looked = float("-inf")
        self._told: set[str] = set()  # accounts whose keys do not open

    async def stop(self) -> None:
        """A reading that was begun is begun again by another worker when its lease ends."""

    async def step(self) -> float:
        """Read what is due."""
        context, now = self._context, self._context.clock()
        if 0 <= now - self._looked < _OFTEN:  # every bell of the house wakes us
            return self._looked + _OFTEN - now
        self._looked = now
        await self._tell_unusable()
        names = context.accounts.names()
        if not names:
            return _SELDOM
        due = await context.database.write(partial(balance_rows.claim, names, _MOST, now))
        await asyncio.gather(*map(self.read, due))
        if len(due) == _MOST:
            return _OFTEN
        following = await context.database.read(partial(balance_rows.next_look, names))
        return _SELDOM if following is None else min(_SELDOM, max(_OFTEN, following - context.clock()))

    async def _tell_unusable(self) -> None:
        """Tell once, in each process, of an account whose key does not open: nothing is sent or asked for with it."""
        unusable = self._context.accounts.unusable()
        for account in sorted(unusable.keys() - self._told):
            text = f"The account {account} cannot be used by this worker: {unusable[account].message}"
            await self._context.alert("master-key", f"{text} {unusable[account].hint or ''}".rstrip(), account=account)
        self._told = set(unusable)

    async def read(self, account: str) -> balance_rows.Judged | None:
        """Read one balance now, and draw its consequences; None where the vendor does not tell it."""
        context, write = self._context, self._context.database.write
        before = await context.database.read(partial(balance_rows.look, account, context.clock()))
        try:
            left = to_units(await context.accounts.vendor(account).credits())
        except Exception as error:  # noqa: BLE001 - whatever it is, it is asked again
            _LOG.info("the balance of %s could not be read: %s", account, error)
            await write(partial(balance_rows.unread, account, context.clock()))
            return None
        found = await write(partial(balance_rows.judged, account, before, left, context.clock()))
        if found.resumed:
            await context.accounts.refresh(context.clock())
            context.wake("send")
        if found.quiet:
            await write(account_rows.prune)
        if found.proof is not None and found.proof.amount:
            _LOG.info("the balance of %s since the last quiet reading: %s %s", account, *found.proof)
        return found
