"""Whether a callback is signed as it should be: with the secret of the generation's account, or that of the settings.

A signature proves little: kie.ai signs the task's id and a time, and not the body (CONTRACT.md, callbacks), so all that
a callback says is read again from the vendor's record. But who knows an address alone does not make us ask.
"""

from __future__ import annotations

import logging
import time
from functools import partial
from typing import TYPE_CHECKING

from kie import webhooks
from kie.errors import WebhookInvalid
from kie.service.accounts import rows
from kie.service.accounts.seal_errors import SealingError
from kie.service.accounts.sealing import place
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kie.service.accounts.sealing import Sealer
    from kie.store.database import Database
    from kie.store.work import Work

__all__ = ["Signatures"]

_LOG = logging.getLogger("kie.service")
#: Seconds after which the secrets of the accounts are read again, and between two warnings.
_FRESH, _QUIET = 60.0, 60.0


class Signatures:
    """Checks callbacks.

    Args:
        database: where the accounts are.
        sealer: opens their secrets; what it cannot open is not checked.
        secret: ``KIE_WEBHOOK_SECRET``, for all accounts that have none of their own; None for none.
        wall: tells Unix seconds.

    """

    def __init__(
        self, database: Database, sealer: Sealer, secret: str | None, wall: Callable[[], float] = time.time
    ) -> None:
        self._database, self._sealer, self._wall = database, sealer, wall
        self._common = secret
        self._secrets: dict[str, str] = {}
        self._read_at = self._warned_at = float("-inf")

    async def refuse(self, hook: str, headers: Mapping[str, str], body: bytes) -> bool:
        """Tell whether a callback is not to be taken: it should be signed, and is not.

        Args:
            hook: the end of its address; one that is no generation's is not refused here.
            headers: of the request, any case.
            body: as it came.

        Raises:
            StoreUnavailable: the secrets, or the generation, cannot be read now.

        """
        if time.monotonic() - self._read_at > _FRESH:
            await self._read()
        if not self._secrets and not self._common:
            return False
        account = await self._database.read(partial(_account, hook))
        secret = None if account is None else self._secrets.get(account) or self._common
        if secret is None:
            return False
        # A generation may have gone to another account since: then its first task is signed with another secret.
        wrong = [self._wrong(headers, body, each) for each in {secret: 0, **dict.fromkeys(self._secrets.values())}]
        if None in wrong:
            return False
        if time.monotonic() - self._warned_at > _QUIET:
            self._warned_at = time.monotonic()
            _LOG.warning("A callback for a generation of the account %s was refused: %s", account, wrong[0])
        return True

    def _wrong(self, headers: Mapping[str, str], body: bytes, secret: str) -> str | None:
        try:
            webhooks.verify(headers, body, secret, now=self._wall())
        except WebhookInvalid as error:
            return error.message
        return None

    async def _read(self) -> None:
        found = {}
        for row in await self._database.read(rows.read_all):
            name = row.account.name
            if row.hook is not None:
                try:
                    found[name] = self._sealer.open(place("account", name, "hook_sealed"), row.hook).decode()
                except SealingError as error:
                    _LOG.warning("Signatures of the account %s are not checked: %s", name, error)
        self._secrets, self._read_at = found, time.monotonic()


def _account(hook: str) -> Work[str | None]:
    """Return whose secret a callback is to be signed with; None where it may be the only proof of a task that is paid.

    Its answer was lost, or it was sent again: then a wrong secret must not lose the task, and the record decides alone.
    """
    found = yield Statement(
        "SELECT account FROM generation WHERE hook = ?"
        " AND (sends = 0 OR (sends = 1 AND (task IS NOT NULL OR state = 'submitting')))",
        (hook,),
    )
    return str(found[0][0]) if found else None
