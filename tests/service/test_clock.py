"""The time of the service goes on evenly, whatever is done to the machine's clock."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import pytest

from kie.service import beating
from kie.service.clock import Clock, steady
from kie.store.opening import open_database
from kie.store.work import Statement

if TYPE_CHECKING:
    from kie.store.work import Work


class Hands:
    """Clocks that a test sets."""

    def __init__(self) -> None:
        self.wall, self.steady = 1_000_000.0, 50.0

    def clock(self) -> Clock:
        return Clock(lambda: self.wall, lambda: self.steady)


@pytest.mark.parametrize("jump", [3600.0, -3600.0])
def test_a_clock_that_is_set_changes_nothing(jump: float) -> None:
    hands = Hands()
    clock = hands.clock()
    hands.wall += jump
    hands.steady += 10
    assert clock() == pytest.approx(1_000_010)


def test_another_clock_is_followed_slowly() -> None:
    hands = Hands()
    clock = hands.clock()
    clock.follow(1_000_000.02)
    assert clock() == pytest.approx(1_000_000.02)
    for _ in range(3):
        clock.follow(2_000_000.0)
    assert clock() == pytest.approx(1_000_000.17)
    clock.follow(0.0)
    assert clock() == pytest.approx(1_000_000.12)


def test_steady_seconds_are_seconds() -> None:
    before, other = steady(), time.monotonic()
    time.sleep(0.02)
    assert steady() - before == pytest.approx(time.monotonic() - other, abs=0.01)


def test_what_was_to_be_done_in_a_minute_is_done_in_a_minute_though_the_clock_was_set_back(database: str) -> None:
    """By an hour, while nothing ran."""
    before, after = 1_000_000.0, 996_400.0

    def prepare() -> Work[None]:
        yield Statement("INSERT INTO worker (id, host, pid, began, beat) VALUES ('w', 'h', 1, ?, ?)", (before, before))
        for name, at in (("soon", before + 60), ("late", before - 7200)):
            yield Statement(
                "INSERT INTO generation (id, project, model, input, fingerprint, priority, state, hook, account,"
                " created, next_at) VALUES (?, 'p', 'm', '{}', 'f', 0, 'waiting', ?, '', ?, ?)",
                (name, name, before, at),
            )

    def times() -> Work[dict[str, float]]:
        return dict((yield Statement("SELECT id, next_at FROM generation")))

    async def go() -> None:
        async with open_database(database) as held:
            await held.write(prepare)
            assert await held.write(lambda: beating.began(after)) == pytest.approx(3600)
            found = await held.read(times)
            assert found["soon"] == pytest.approx(after + 60)
            assert found["late"] == pytest.approx(before - 7200)
            assert await held.write(lambda: beating.began(after + 1)) == 0

    asyncio.run(go())
