"""``kie worker``: what works on generations."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

from kie.cli.base import Option
from kie.cli.lang import plural, t
from kie.cli.lasting import lasting
from kie.cli.options import command
from kie.cli.stores import is_emulated, server_extra, settings_of
from kie.cli.vendors import vendor
from kie.errors import AuthenticationError, InvalidInput

if TYPE_CHECKING:
    from kie.cli.session import Session
    from kie.service.ingress import Ingress
    from kie.service.service import Service
    from kie.service.settings import ServiceSettings

__all__ = ["worker"]


@command(
    "worker",
    Option(["--hooks"], metavar="HOST:PORT", help="opt.worker-hooks"),
    talks=True,
    examples=("kie worker", "kie worker --hooks 0.0.0.0:8788", "kie worker --emulated"),
)
def worker(session: Session, *, hooks: str | None) -> int:
    """Work on generations, until told to end."""
    with server_extra():
        from kie.service.ingress import Ingress

    settings = settings_of(session)
    session.listen()
    with contextlib.ExitStack() as closing:
        ingress = None
        if hooks is not None:
            ingress = Ingress(*_place(hooks))
            closing.callback(ingress.close)
            if settings.emulated and settings.public_url is None:
                settings = settings._replace(public_url=ingress.url)
        return lasting(session, lambda stop: _work(session, settings, ingress, stop))


def _place(text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    if not colon or not port.isdecimal():
        raise InvalidInput(t("worker.place", value=text), field="--hooks")
    return host.strip("[]") or "127.0.0.1", int(port)


async def _work(session: Session, settings: ServiceSettings, ingress: Ingress | None, stop: asyncio.Event) -> int:
    from kie.cli.reporting import Reporter
    from kie.service.ingress import Doorman
    from kie.service.opening import open_service

    async with contextlib.AsyncExitStack() as stack:
        kie = await vendor(session, settings, stack)
        service = await stack.enter_async_context(open_service(settings, kie))
        if kie is None and not await service.accounts.list():
            raise AuthenticationError(t("worker.no-key"), hint=t("session.no-key"))
        reporter = Reporter(session, service, everything=session.verbose > 0)
        await reporter.begin()
        await service.start()
        await _greet(session, settings, service, ingress)
        telling = asyncio.create_task(reporter.run())
        try:
            if ingress is not None:
                await ingress.run(Doorman(service.hooks, service.database), stop)
            await stop.wait()
        finally:
            telling.cancel()
            await asyncio.gather(telling, return_exceptions=True)
            await service.stop()
        await reporter.look()
    session.screen.note((t("worker.ended"), "dim"))
    return 0


async def _greet(session: Session, settings: ServiceSettings, service: Service, ingress: Ingress | None) -> None:
    from kie.service.machine import ENDED
    from kie.service.settings import shown

    say, database = session.screen, shown(settings.database_url)
    counts = await service.counts()
    left = sum(many for state, many in counts.items() if state not in ENDED)
    say.note(t("worker.begins", worker=service.context.worker, database=database), ", ", plural("worker.left", left))
    if ingress is not None:
        say.note((t("hooks.listening", url=ingress.url, database=database), "dim"))
    if settings.public_url is None:
        say.note((t("worker.polls"), "dim"))
    if session.wants_json:
        record: dict[str, Any] = {
            "event": "began",
            "worker": service.context.worker,
            "database": database,
            "emulated": is_emulated(session),
        }
        record["hooks"] = None if ingress is None else ingress.url
        say.line({**record, "counts": {state.value: many for state, many in counts.items()}})
