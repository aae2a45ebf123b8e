"""The tables go upward from every step with their rows unharmed, on both databases, whatever gets in the way."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from kie import Kie
from kie.service.machine import State
from kie.store import migrate as migrating
from kie.store.errors import StoreError
from kie.store.migrate import Step, steps
from kie.store.opening import open_database
from kie.store.sides import open_side
from tests.service.ages import contents, kinds, old
from tests.service.support import MODEL, Ground

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("number", kinds())
def test_what_a_step_left_is_unharmed_by_all_later_ones(database: str, number: int) -> None:
    with open_side(database, change=True) as side:
        kind = side.kind
    before = old(database, number)
    assert all(before.values())
    with open_side(database, change=False) as side:
        columns = {table: side.columns(table) for table in side.ours()}
    asyncio.run(open_database(database).close())
    with open_side(database, change=False) as side:
        assert side.done() == [(step.number, step.name) for step in steps(kind)]
        assert contents(side, columns) == before


def test_a_service_goes_on_with_what_the_first_step_left(database: str, tmp_path: Path, ground: Ground) -> None:
    with Kie("a-key", base_url=ground.url) as kie:
        task = kie.submit(MODEL, {"prompt": "a fox"})
    old(database, 1, tasks=(task.id,))

    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            by_state = {each.state: each for each in await service.list(project="shop")}
            assert by_state[State.SUCCEEDED].cost == 18
            fresh = await service.create(MODEL, {"prompt": "a cat"}, project="shop")
            names = [each.id for each in await service.list() if each.id.endswith(("0000", "0002"))]  # held, waiting
            for name in (*names, fresh.id):
                assert (await service.wait(name, 20)).state is State.SUCCEEDED
            assert len(names) == 2
            again = await service.create(MODEL, {"prompt": "x"}, project="another", idempotency_key="order-1")
            assert again.id != by_state[State.SUBMITTING].id

    asyncio.run(go())


def test_processes_that_migrate_at_once_do_it_once(database: str, tmp_path: Path) -> None:
    old(database, 1)
    line = "import asyncio, sys; from kie.store import opening as o; asyncio.run(o.open_database(sys.argv[1]).close())"
    going = [subprocess.Popen([sys.executable, "-c", line, database], stderr=subprocess.PIPE) for _ in range(4)]
    ends = [(each.communicate(timeout=60)[1].decode(), each.returncode) for each in going]
    assert ends == [("", 0)] * 4
    with open_side(database, change=False) as side:
        assert side.done() == [(step.number, step.name) for step in steps(side.kind)]


def test_a_database_of_a_newer_version_is_refused(database: str) -> None:
    asyncio.run(open_database(database).close())
    with open_side(database, change=True) as side:
        side.execute("INSERT INTO migration (number, name) VALUES (9999, 'of_tomorrow')")
        side.commit()
    with pytest.raises(StoreError, match="has step 9999") as told:
        open_database(database)
    assert "newer version" in str(told.value)
    with open_side(database, change=False) as side:
        assert side.done()[-1] == (9999, "of_tomorrow")


def test_a_step_that_fails_leaves_what_was_there(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    last = kinds()[-1]
    before = old(database, last)
    real = steps

    def broken(kind: str) -> tuple[Step, ...]:
        wrong = Step(
            last + 1, "wrong", ("DELETE FROM event", "CREATE TABLE fresh (a TEXT)", "INSERT INTO nowhere VALUES (1)")
        )
        return (*real(kind), wrong)

    def longer(kind: str) -> tuple[Step, ...]:
        return (*real(kind), Step(last + 1, "right", ("CREATE TABLE fresh (a TEXT)",)))

    monkeypatch.setattr(migrating, "steps", broken)
    with pytest.raises(Exception, match="nowhere"):
        open_database(database)
    with open_side(database, change=False) as side:
        assert (side.done()[-1][0], "fresh" in side.names()) == (last, False)
        assert contents(side) == before
    monkeypatch.setattr(migrating, "steps", longer)
    asyncio.run(open_database(database).close())
    with open_side(database, change=False) as side:
        assert (side.done()[-1][0], "fresh" in side.names()) == (last + 1, True)
        assert contents(side) == before


def _words(kind: str) -> list[Any]:
    return [(step.number, step.name, len(step.statements)) for step in steps(kind)]


def test_both_databases_take_the_same_steps() -> None:
    assert _words("sqlite") == _words("postgres")
    numbers = [number for number, *_ in _words("sqlite")]
    assert numbers == sorted(set(numbers))
