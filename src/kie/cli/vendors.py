"""The client with which a process works for the service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kie.cli.lang import t

if TYPE_CHECKING:
    from contextlib import AsyncExitStack

    from kie.cli.session import Session
    from kie.client.aio import AsyncKie
    from kie.service.settings import ServiceSettings

__all__ = ["vendor"]


async def vendor(session: Session, settings: ServiceSettings, stack: AsyncExitStack) -> AsyncKie | None:
    """Return the client whose key pays; None where no key is set, and the accounts that are stored do all the work."""
    from kie.client.aio import AsyncKie

    if settings.emulated:
        from kie.cli.emulated import emulated_vendor

        session.screen.note((t("session.emulated"), "dim"))
        return await stack.enter_async_context(emulated_vendor(settings.folder))
    if not session.has_key:
        return None
    kie = AsyncKie(
        session.wiring.api_key, base_url=session.base_url, transport=session.wiring.transport, emulated=False
    )
    return await stack.enter_async_context(kie)
