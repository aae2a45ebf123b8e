"""Commands that last until they are told to end: the first signal lets them finish, the second ends them at once."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from typing import TYPE_CHECKING, Any

from kie.cli import exits
from kie.cli.lang import t

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from kie.cli.session import Session

__all__ = ["lasting"]

_SIGNALS = ("SIGINT", "SIGTERM")


def lasting(session: Session, main: Callable[[asyncio.Event], Awaitable[int]]) -> int:
    """Run a command until it ends; returns its exit code.

    Args:
        session: of the command, which is told that a signal was heard.
        main: the command; it is given an event that is set by the first SIGINT or SIGTERM. The second ends the process
            with 130, whatever is under way.

    """

    async def go() -> int:
        stop, loop = asyncio.Event(), asyncio.get_running_loop()

        def heard(number: int, frame: Any) -> None:
            del number, frame
            if stop.is_set():
                os._exit(exits.INTERRUPTED)
            loop.call_soon_threadsafe(_tell, session, stop)

        before = {name: signal.signal(getattr(signal, name), heard) for name in _SIGNALS}
        try:
            return await main(stop)
        finally:
            for name, handler in before.items():
                with contextlib.suppress(TypeError):  # it was not set from Python
                    signal.signal(getattr(signal, name), handler)

    return asyncio.run(go())


def _tell(session: Session, stop: asyncio.Event) -> None:
    if not stop.is_set():
        stop.set()
        session.screen.note((t("lasting.ending"), "dim"))
