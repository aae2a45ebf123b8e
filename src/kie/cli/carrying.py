"""Waiting for something of the service until its end: another process works on it, or this one does.

A command that waits looks whether a worker lives. If so it only watches: two processes on one emulator, or on one
SQLite file, would be one too many. If not, or when the last one dies meanwhile, this process works until the end.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import time
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from kie.cli.lang import t
from kie.cli.lasting import lasting
from kie.cli.stores import again, ours, settings_of
from kie.cli.vendors import vendor
from kie.errors import AuthenticationError, InvalidInput
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from kie.cli.session import Session
    from kie.service.service import Service
    from kie.service.settings import ServiceSettings
    from kie.store.work import Work

__all__ = ["Waiting", "lives", "see_through", "tell_carried"]

T = TypeVar("T")

#: Seconds between two looks.
_PAUSE = 0.5


class Waiting(NamedTuple):
    """How something is waited for.

    Attributes:
        begin: asks for it, or finds it; returns its id. What is wrong with it is told before anything works.
        look: shows how far it is; whether there is nothing more to wait for.
        done: what is to be done with it at the end, while the service is open; returns the exit code.
        gone: what is said when the wait ends before it does: by a signal ("stopped") or for the time ("late").
        timeout: seconds, or None.
        asks: whether ``begin`` asks for something new: then it is seen before that this process could do it.
        needs: a package without which this process cannot do the work, or "".

    """

    begin: Callable[[Service], Awaitable[str]]
    look: Callable[[Service, str], Awaitable[bool]]
    done: Callable[[Service, str], Awaitable[int]]
    gone: Callable[[str, str], int]
    timeout: float | None = None
    asks: bool = True
    needs: str = ""


async def lives(service: Service) -> bool:
    """Whether a worker lives; those of this machine whose processes are gone are forgotten at once."""
    from kie.service import beating

    now = service.context.clock()
    await beating.bury_own(service.database, now)

    def work() -> Work[bool]:
        return bool((yield Statement("SELECT id FROM worker WHERE beat >= ? LIMIT 1", (now - beating.DEAD,))))

    return await service.database.read(work)


def tell_carried(session: Session, sentence: str, *, carried: bool) -> None:
    """Say whether somebody works on what was asked for: the sentence, or what to start."""
    if carried:
        session.screen.note((t(sentence), "dim"))
    else:
        session.screen.note((t("carrying.start", command=again(session, "kie worker")), "yellow"))


def see_through(session: Session, waiting: Waiting) -> int:
    """Wait for something until its end; return the exit code.

    Raises:
        AuthenticationError: nobody works on it, and there is no key with which this process could.
        InvalidInput: nobody works on it, and a package is missing here.

    """
    session.listen()
    return lasting(session, lambda stop: _seen(session, waiting, stop))


async def _seen(session: Session, waiting: Waiting, stop: asyncio.Event) -> int:
    from kie.service.opening import open_service

    settings = settings_of(session)
    until = None if waiting.timeout is None else time.monotonic() + waiting.timeout
    with ours():
        async with open_service(settings) as service:
            await service.open()
            if waiting.asks and not await lives(service):
                await _able(session, settings, service, waiting.needs)
            name = await waiting.begin(service)
            end = await _watch(service, name, waiting, stop, until)
            if end == "over":
                return await waiting.done(service, name)
            if end == "alone":
                await _able(session, settings, service, waiting.needs)
        if end == "alone":
            async with contextlib.AsyncExitStack() as stack:
                kie = await vendor(session, settings, stack)
                service = await stack.enter_async_context(open_service(settings, kie))
                session.screen.note((t("carrying.here"), "dim"))
                await service.start()
                try:
                    end = await _watch(service, name, waiting, stop, until, alone=True)
                finally:
                    await service.stop()
                if end == "over":
                    return await waiting.done(service, name)
    return waiting.gone(name, end)


async def _able(session: Session, settings: ServiceSettings, service: Service, needs: str) -> None:
    """See that this process can do the work, before anything is asked for."""
    missing = next(
        (
            (module, extra)
            for module, extra in ((needs, "server"), ("kie.emulator" if settings.emulated else "", "emulator"))
            if module and importlib.util.find_spec(module) is None
        ),
        None,
    )
    if missing is not None:
        module, extra = missing
        raise InvalidInput(t("stores.missing", module=module), field="extra", hint=f"pip install 'kie[{extra}]'")
    if not settings.emulated and not session.has_key and not await service.accounts.list():
        raise AuthenticationError(t("carrying.nobody"), hint=t("session.no-key"))


async def _watch(
    service: Service, name: str, waiting: Waiting, stop: asyncio.Event, until: float | None, *, alone: bool = False
) -> str:
    """Look until there is nothing to wait for: "over", "stopped", "late", or "alone" where the last worker died."""
    while True:
        if await waiting.look(service, name):
            return "over"
        if stop.is_set():
            return "stopped"
        if until is not None and time.monotonic() >= until:
            return "late"
        if not alone and not await lives(service):
            return "alone"
        await _pause(stop)


async def _pause(stop: asyncio.Event) -> Any:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), _PAUSE)
