"""What the tests of notifications share: all that these need of a service, at a time that the tests set."""

from __future__ import annotations

import asyncio
import contextlib
import json
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from kie.service import messages
from kie.service.accounts.sealing import Sealer
from kie.service.context import Context
from kie.service.notifications.endpoints import Endpoints
from kie.service.notifications.guard import Guard
from kie.service.notifications.posting import Poster
from kie.store.opening import open_database
from kie.store.work import Statement, Work
from tests.service.receiver import Receiver

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

KEY, OTHER_KEY = bytes(range(32)), bytes(range(1, 33))
BEGAN = 1_790_000_000.0
DAY = 86400.0


class Clock:
    def __init__(self) -> None:
        self.now = BEGAN

    def __call__(self) -> float:
        return self.now


class House:
    """What the notifications need of a service, and hands on its clock."""

    def __init__(self, url: str, *, keys: tuple[bytes, ...] = (KEY,), clock: Clock | None = None) -> None:
        self.database = open_database(url)
        self.clock = clock or Clock()
        self.shared = SimpleNamespace(
            database=self.database,
            clock=self.clock,
            wall=self.clock,
            wake=lambda *_: None,
            sealer=Sealer(keys),
        )
        self.shared.alert = partial(Context.alert, cast("Context", self.shared))
        self.endpoints = Endpoints(cast("Context", self.shared), Poster(Guard(allow_private=True), timeout=2.0))
        self.courier, self.notifier = self.endpoints._courier, self.endpoints.notifier
        self.chance = 0.0
        self.courier._chance = lambda: self.chance

    async def alerts(self) -> list[tuple[str, Any]]:
        return [(kind, json.loads(data)) for kind, data in await self.rows("SELECT kind, data FROM alert")]

    async def announce(self, subject: str = "bat_1", project: str = "site", type: str = "batch.finished") -> None:
        data = {"id": subject}
        await self.database.write(partial(messages.announce, type, project, subject, data, self.clock.now))

    async def callback(self, name: str, url: str, *endpoints: str) -> None:
        """A generation has ended that came with a callback address, and of which endpoints are to be told."""
        await self.rows(
            "INSERT INTO generation (id, project, model, input, fingerprint, priority, state, hook, account, created,"
            " notify) VALUES (?, 'site', 'm', '{}', '', 0, 'cancelled', ?, '', 0, ?)",
            *(name, name, url),
        )
        for target in (url, *endpoints):
            await self.rows(
                "INSERT INTO outbox (at, kind, target, generation, state) VALUES (?, 'notify', ?, ?, 'cancelled')",
                *(self.clock.now, target, name),
            )

    async def beat(self) -> None:
        """One step, and all that it begins."""
        await self.notifier.step()
        await asyncio.gather(*self.notifier._going)

    async def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        def work() -> Work[list[tuple[Any, ...]]]:
            return (yield Statement(sql, values))

        return await self.database.write(work)

    async def state(self) -> tuple[str, int, float | None]:
        """Of the only delivery."""
        [row] = await self.rows("SELECT state, attempts, next_at FROM delivery")
        return row[0], row[1], row[2]


@contextlib.asynccontextmanager
async def at_home(url: str, **options: Any) -> AsyncIterator[tuple[House, Receiver]]:
    house = House(url, **options)
    async with house.database, Receiver().listening() as receiver:
        yield house, receiver
        await house.notifier.stop()


def both(go: Callable[[House, Receiver], Any]) -> Callable[[str], None]:
    """A test that is at home on either database."""

    def test(database: str) -> None:
        async def run() -> None:
            async with at_home(database) as (house, receiver):
                await go(house, receiver)

        asyncio.run(run())

    test.__name__, test.__doc__ = go.__name__, go.__doc__
    return test
