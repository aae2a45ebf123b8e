"""Waiting for the end of something: of a generation, a batch, a run of a flow."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol, TypeVar

from kie.errors import TaskTimeout

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from kie.service.context import Context

__all__ = ["until_final"]

#: Seconds after which it is looked at again where nobody tells: another process may have changed it.
_LOOK = 1.0


class _Ending(Protocol):
    @property
    def final(self) -> bool: ...
    @property
    def state(self) -> str: ...


T = TypeVar("T", bound=_Ending)


async def until_final(context: Context, name: str, get: Callable[[str], Awaitable[T]], timeout: float | None) -> T:
    """Wait until nothing more becomes of what has this name.

    Args:
        context: of the service.
        name: by which changes of it are told.
        get: returns it.
        timeout: seconds; None for as long as it takes.

    Raises:
        TaskTimeout: it goes on, and can be waited for again.

    """
    until = None if timeout is None else time.monotonic() + timeout
    while not (found := await get(name)).final:
        left = _LOOK if until is None else until - time.monotonic()
        if left <= 0:
            what = f"{name} is {found.state} after {timeout:g} s."
            raise TaskTimeout(what, task_id=name, model=getattr(found, "model", None))
        await context.changed(name, min(_LOOK, left))
    return found
