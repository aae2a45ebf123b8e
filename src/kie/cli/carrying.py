"""Waiting for something of the service until its end: another process works on it, or this one does.

A command that waits looks whether a worker lives. If so it only watches: two processes on one emulator, or on one
SQLite file, would be one too many. If not, or when the last one dies meanwhile, this process works until the end.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import shlex
import time
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from kie.cli import exits
from kie.cli.lang import t
from kie.cli.lasting import lasting
from kie.cli.stages import Stages
from kie.cli.stores import again, ours, settings_of
from kie.cli.vendors import vendor
from kie.errors import AuthenticationError, InvalidInput
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from decimal import Decimal

    from kie.cli.session import Session
    from kie.cli.stages import Stage
    from kie.service.service import Service
    from kie.service.settings import ServiceSettings
    from kie.store.work import Work

__all__ = ["Waiting", "lives", "placed", "see_through", "tell_carried"]

#: Seconds between two looks.
_PAUSE = 0.5


class Waiting(NamedTuple):
    """How something is waited for.

    Attributes:
        begin: asks for it, or finds it; returns its id. What is wrong with it is told before anything works.
        look: tells whether there is nothing more to wait for, and what is to be seen meanwhile.
        done: what is to be done with it at the end, while the service is open; returns the exit code.
        back: the command line that comes back to it, with ``{}`` for its id.
        sentence: what is said before that, by its key.
        timeout: seconds, or None.
        asks: whether ``begin`` asks for something new: then it is seen before that this process could do it.
        needs: a package without which this process cannot do the work, or "".

    """

    begin: Callable[[Service], Awaitable[str]]
    look: Callable[[Service, str], Awaitable[tuple[bool, list[Stage]]]]
    done: Callable[[Service, str], Awaitable[int]]
    back: str
    sentence: str
    timeout: Decimal | None = None
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


def placed(folder: str) -> str:
    """Return the words by which a command line that comes back names the folder for results."""
    return "" if folder in ("", ".") else f" -o {shlex.quote(folder)}".replace("{", "{{").replace("}", "}}")


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
    with Stages(session.screen) as stages:
        return lasting(session, lambda stop: _seen(session, waiting, stages, stop))


async def _seen(session: Session, waiting: Waiting, stages: Stages, stop: asyncio.Event) -> int:
    from kie.service.opening import open_service

    settings = settings_of(session)
    until = None if waiting.timeout is None else time.monotonic() + float(waiting.timeout)
    watch = partial(_watch, waiting, stages, stop, until)
    with ours():
        async with open_service(settings) as service:
            await service.open()
            if waiting.asks and not await lives(service):
                await _able(session, settings, service, waiting.needs)
            name = await waiting.begin(service)
            end = await watch(service, name)
            if end == "over":
                stages.close()
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
                    end = await watch(service, name, alone=True)
                finally:
                    await service.stop()
                if end == "over":
                    stages.close()
                    return await waiting.done(service, name)
    stages.close()
    return _left(session, waiting, name, late=end == "late")


def _left(session: Session, waiting: Waiting, name: str, *, late: bool) -> int:
    """Say that the wait has ended before it did, and how to come back; return the exit code."""
    code, kind = (exits.TIMED_OUT, "TaskTimeout") if late else (exits.INTERRUPTED, "Interrupted")
    message = t("carrying.late" if late else "carrying.stopped", id=name, command=again(session, "kie worker"))
    back = again(session, waiting.back.format(name))
    session.screen.note(("✗ " + message, "red bold"))
    session.screen.note("  ", t(waiting.sentence), " ", (back, "bold"))
    error = {"type": kind, "message": message, "may_have_spent": True}
    session.screen.document({"error": error, "id": name, "resume": back, "exit_code": code})
    return code


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
    waiting: Waiting,
    stages: Stages,
    stop: asyncio.Event,
    until: float | None,
    service: Service,
    name: str,
    *,
    alone: bool = False,
) -> str:
    """Look until there is nothing to wait for: "over", "stopped", "late", or "alone" where the last worker died."""
    while True:
        over, seen = await waiting.look(service, name)
        stages.show(seen)
        if over:
            return "over"
        if stop.is_set():
            return "stopped"
        if until is not None and time.monotonic() >= until:
            return "late"
        if not alone and not await lives(service):
            return "alone"
        await _pause(stop)


async def _pause(stop: asyncio.Event) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_PAUSE):
            await stop.wait()
