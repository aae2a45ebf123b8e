"""How commands come to the service's settings and its database."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, TypeVar

from kie.cli.base import Option
from kie.cli.lang import t
from kie.errors import InvalidInput, TaskNotFound

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from kie.cli.session import Session
    from kie.service.service import Service
    from kie.service.settings import ServiceSettings

__all__ = ["again", "agreed", "emulated_option", "is_emulated", "on_service", "ours", "server_extra", "settings_of"]

T = TypeVar("T")
_TRUE = frozenset(("1", "true", "yes", "on"))


@contextlib.contextmanager
def ours() -> Iterator[None]:
    """See that what is not found is told by an id of ours: it is no task of the vendor's."""
    try:
        yield
    except TaskNotFound as error:
        name, error.task_id = error.task_id, None
        raise error.about(id=name) from None


def emulated_option() -> Option:
    """Return ``--emulated`` for commands that look at the database alone."""
    return Option(["--emulated"], is_flag=True, help="opt.emulated-store")


def again(session: Session, command: str) -> str:
    """Return a command line that comes back to the same service."""
    return f"{command} --emulated" if session.emulated else command


def agreed(session: Session, question: str) -> bool:
    """Ask a person for a yes; False where nobody can be asked."""
    import sys

    import click

    if not sys.stdin.isatty() or session.wants_json:
        return False
    answer = click.prompt(question, default="", show_default=False, err=True, prompt_suffix=" ")
    return str(answer).strip().lower() in t("demo.yes-words").split(",")


@contextlib.contextmanager
def server_extra() -> Iterator[None]:
    """Say what to install where a package of the extra is missing."""
    try:
        yield
    except ImportError as error:
        hint = "pip install 'kie[server]'"
        raise InvalidInput(t("stores.missing", module=error.name or "?"), field="extra", hint=hint) from error


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
    from kie.service.settings import ServiceSettings

    return ServiceSettings.gather(session.environment, emulated=is_emulated(session))


def on_service(session: Session, action: Callable[[Service], Awaitable[T]], *, vendor: bool = False) -> T:
    """Open the service without working, do something, and close it.

    Args:
        session: of the command.
        action: what is done.
        vendor: whether the key of the environment is wanted, where there is one; otherwise none is.

    Raises:
        StoreError, StoreUnavailable: the database cannot be reached, or is of a newer version.
        TaskNotFound: of what there is not in it; its ``id`` is ours, not a task's.

    """
    from kie.service.opening import open_service

    settings = settings_of(session)

    async def go() -> T:
        async with contextlib.AsyncExitStack() as stack:
            kie = None
            if vendor and session.has_key and not settings.emulated:
                from kie.client.aio import AsyncKie

                own = session.wiring
                kie = await stack.enter_async_context(
                    AsyncKie(own.api_key, base_url=session.base_url, transport=own.transport, emulated=False)
                )
            service = await stack.enter_async_context(open_service(settings, kie))
            with ours():
                return await action(service)

    return asyncio.run(go())
