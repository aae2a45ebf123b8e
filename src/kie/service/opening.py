"""A service out of its settings."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from kie.service.settings import opened_database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from kie.client.aio import AsyncKie
    from kie.service.service import Service
    from kie.service.settings import ServiceSettings

__all__ = ["open_service"]


@contextlib.asynccontextmanager
async def open_service(settings: ServiceSettings, kie: AsyncKie | None = None) -> AsyncIterator[Service]:
    """Open a service by its settings, and close it; it does not work until ``Service.start``.

    Args:
        settings: where it keeps things.
        kie: the client whose key pays, which stays open; None for looking, or where the accounts that are stored do
            all the work.

    Raises:
        StoreUnavailable: the database cannot be reached.
        StoreError: an address is none, or the database is of a newer version.
        MasterKeyUnusable: the master key is none.

    """
    from kie.client.aio import AsyncKie
    from kie.service.accounts.sealing import Sealer
    from kie.service.notifications.guard import allowing
    from kie.service.service import Service

    sealer, guard = Sealer(settings.master_keys()), allowing(settings.notify_allow)
    async with contextlib.AsyncExitStack() as stack:
        database = opened_database(settings.database_url)
        stack.push_async_callback(database.close)
        account = "default"
        if kie is None:
            kie, account = await stack.enter_async_context(AsyncKie("none", emulated=False)), ""
        service = Service(
            database,
            kie,
            artefacts=settings.artefacts_url,
            public_url=settings.public_url,
            account=account,
            sealer=sealer,
            guard=guard,
            previews=settings.previews,
            webhook_secret=settings.webhook_secret,
        )
        stack.push_async_callback(service.artefacts.close)
        stack.push_async_callback(service.stop)
        yield service
