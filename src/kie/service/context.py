"""What the parts of a service share: the database, the files, the vendor's accounts, time, and a bell."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakValueDictionary

from kie.ids import new_id
from kie.service.accounts.sealing import Sealer
from kie.service.clock import Clock
from kie.service.messages import announce
from kie.store.errors import StoreError, StoreUnavailable
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kie.client.core import Core
    from kie.service.accounts.accounts import Accounts
    from kie.store.artefacts import ArtefactStore
    from kie.store.database import Database
    from kie.store.work import Begin, Work

__all__ = ["Context", "alerted", "heard", "noted"]

T = TypeVar("T")

_LOG = logging.getLogger("kie.service")


@dataclass
class Context:
    """What the parts of a service share.

    Attributes:
        database: where everything is written down.
        artefacts: where files lie.
        accounts: the vendor's keys.
        core: catalogue and estimates.
        public_url: where the vendor's callbacks reach us, or None.
        clock: tells the time of the service in Unix seconds.
        worker: the name of this process among those that share the database.
        halts: why nothing is sent now, by what cannot go on.
        sealer: seals and opens what is secret in the database.

    """

    database: Database
    artefacts: ArtefactStore
    accounts: Accounts
    core: Core
    public_url: str | None
    clock: Callable[[], float]
    worker: str = field(default_factory=lambda: new_id("wrk"))
    sealer: Sealer = field(default_factory=Sealer)
    halts: dict[str, str] = field(default_factory=dict)
    bells: dict[str, asyncio.Event] = field(default_factory=dict)
    #: Kept for as long as somebody waits: what others work on is told to nobody here.
    _changes: WeakValueDictionary[str, asyncio.Event] = field(default_factory=WeakValueDictionary)

    def wake(self, *names: str) -> None:
        """There may be something to do now for the duties of these names, or for all."""
        for name, bell in self.bells.items():
            if not names or name in names:
                bell.set()

    def tell(self, name: str) -> None:
        """A generation has changed: whoever waits for it in this process looks again."""
        signal = self._changes.pop(name, None)
        if signal is not None:
            signal.set()

    async def changed(self, name: str, timeout: float) -> None:
        """Wait until something has changed in this process, or for a time."""
        await heard(self._changes.setdefault(name, asyncio.Event()), timeout)

    def wall(self) -> float:
        """Return the time of the world, for whoever holds ours against their own."""
        return time.time() if isinstance(self.clock, Clock) else self.clock()

    async def insist(self, name: str, begin: Begin[T], task: str | None = None) -> T:
        """Write what must not be lost: a database that cannot be written (its disk is full, say) is tried again."""
        pause = 0.1
        while True:
            try:
                return await self.database.write(begin)
            except StoreUnavailable as error:
                what = f"was paid for as task {task}, which" if task else "was answered, which"
                _LOG.critical("%s %s cannot be written down: %s", name, what, error)
                await asyncio.sleep(pause)
                pause = min(10.0, pause * 2)

    async def alert(self, kind: str, text: str, generation: str | None = None, **data: Any) -> None:
        """Tell those who run the service of something that wants a person's eye: it is logged, and written down.

        Args:
            kind: a word by which alerts are sorted.
            text: what happened, and what to do.
            generation: that it is about, if any.
            data: what else is known.

        """
        _LOG.warning("%s: %s", kind, text)
        now = self.clock()

        with contextlib.suppress(StoreError):  # it stands in the log
            await self.database.write(lambda: alerted(kind, text, now, generation, data))


def alerted(
    kind: str, text: str, now: float, generation: str | None = None, data: Mapping[str, Any] | None = None
) -> Work[None]:
    """Write an alert down, and tell it to those who want to know; part of any transaction."""
    yield Statement(
        "INSERT INTO alert (at, kind, text, generation, data) VALUES (?, ?, ?, ?, ?)",
        (now, kind, text, generation, json.dumps(data) if data else None),
    )
    told = {"kind": kind, "text": text, "generation": generation, **(data or {})}
    yield from announce(f"alert.{kind}", "", generation or new_id("alr"), told, now)


def noted(task: asyncio.Task[Any]) -> None:
    """Log with what a task has ended that nobody waits for: what it left undone stands in a row, and is done again."""
    if not task.cancelled() and (error := task.exception()) is not None:
        traced = None if isinstance(error, StoreError) else error
        _LOG.error("%s ended, and is taken up again later: %s", task.get_name(), error, exc_info=traced)


async def heard(signal: asyncio.Event, seconds: float) -> None:
    """Wait for a signal, or for a time."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):  # wait_for of Python 3.11 may swallow a cancellation
            await signal.wait()
