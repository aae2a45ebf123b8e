"""How commands come to the service's settings and its database."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from kie.cli.base import Option

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from kie.cli.session import Session
    from kie.service.opening import ServiceSettings
    from kie.service.service import Service

__all__ = ["emulated_option", "is_emulated", "on_service", "settings_of"]

T = TypeVar("T")
_TRUE = frozenset(("1", "true", "yes", "on"))


def emulated_option() -> Option:
    """Return ``--emulated`` for commands that look at the database alone."""
    return Option(["--emulated"], is_flag=True, help="opt.emulated-store")


def is_emulated(session: Session) -> bool:
    """Whether the service of the emulator is meant: by ``--emulated``, or KIE_EMULATED, as for a client."""
    if session.emulated or session.base_url or session.wiring.api_key:
        return session.emulated
    return session.environment.get("KIE_EMULATED", "").strip().lower() in _TRUE


def settings_of(session: Session) -> ServiceSettings:
    """Return where the service keeps things.

    Raises:
        InvalidInput: an address is none.

    """
    from kie.service.opening import ServiceSettings

    return ServiceSettings.gather(session.environment, emulated=is_emulated(session))


def on_service(session: Session, action: Callable[[Service], Awaitable[T]]) -> T:
    """Open the service without working, do something, and close it; no vendor key is needed.

    Raises:
        StoreError, StoreUnavailable: the database cannot be reached, or is of a newer version.

    """
    from kie.service.opening import open_service

    settings = settings_of(session)

    async def go() -> T:
        async with open_service(settings) as service:
            return await action(service)

    return asyncio.run(go())
