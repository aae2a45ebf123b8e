"""Pieces of work that share a transaction: each finds what it would find if it had one of its own."""

from __future__ import annotations

import asyncio
import itertools
import json
from typing import TYPE_CHECKING, Any

import pytest

from kie.service import claims, ledger, moves
from kie.service.claims import Limits
from kie.service.files.facts import Facts
from kie.service.files.files import Kept
from kie.service.machine import Event, State
from kie.store.lockstep import Lockstep
from kie.store.opening import open_database
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Callable

    from kie.store.database import Database
    from kie.store.work import Begin, Work

NOW = 1_000_000.0
WIDE = Limits(10**6, 10.0)


def _request(mark: str = "one", *, cache: bool = False) -> moves.Request:
    return moves.Request("p", "m", "{}", mark, "", 18, cache=cache)


def _account() -> Work[None]:
    yield Statement("INSERT INTO account (name) VALUES ('acc')")


class Held:
    """A database, used directly: what is given together goes into one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def together(self, *works: Begin[Any]) -> list[Any]:
        outcomes = self._database.run(works)
        assert [each.error for each in outcomes if each.error is not None] == []
        return [each.value for each in outcomes]

    def read(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        def work() -> Work[list[tuple[Any, ...]]]:
            return (yield Statement(sql, values))

        return list(self.together(work)[0])

    def waiting(self, mark: str = "one", *, cache: bool = False) -> str:
        """Make a generation whose task is under way."""
        name = str(self.together(lambda: moves.create(_request(mark, cache=cache), NOW))[0][0])
        self.together(lambda: claims.submissions("acc", WIDE, 1, NOW, "w"))
        self.together(lambda: moves.accepted(name, Event.ACCEPTED, f"task-{mark}", NOW, {"next_at": NOW}, 1))
        return name


@pytest.fixture
def held(database: str) -> Any:
    opened = open_database(database)
    made = Held(opened)
    made.together(_account)
    yield made
    asyncio.run(opened.close())


def _orders(*works: Begin[Any]) -> list[tuple[Begin[Any], ...]]:
    return list(itertools.permutations(works))


@pytest.mark.parametrize("order", [0, 1])
def test_what_has_ended_is_not_claimed(held: Held, order: int) -> None:
    name = held.waiting()
    error = {"code": "501"}
    works = _orders(
        lambda: claims.due((State.WAITING,), 10, NOW, "w"), lambda: moves.fail(name, Event.FAILED, NOW, error)
    )
    held.together(*works[order])
    assert held.read("SELECT state, next_at, lease FROM generation") == [("failed", None, None)]


@pytest.mark.parametrize("order", [0, 1])
def test_who_follows_what_is_being_stored_gets_its_result(held: Held, order: int) -> None:
    name = held.waiting(cache=True)
    held.together(lambda: moves.finish(name, Event.DONE, NOW, {"outputs": ["x"]}, 18, {}))
    kept = [Kept("output", 0, "ab", 2, Facts("image/png"))]
    works = _orders(lambda: moves.stored(name, NOW, kept), lambda: moves.create(_request(cache=True), NOW))
    held.together(*works[order])
    assert held.read("SELECT state, next_at FROM generation") == [("succeeded", None)] * 2
    assert held.read("SELECT count(*) FROM artefact") == [(2,)]


@pytest.mark.parametrize("order", [0, 1])
def test_a_time_that_was_missed_and_others_that_are_taken_are_both_written_down(held: Held, order: int) -> None:
    held.together(*(lambda number=number: moves.create(_request(str(number)), NOW) for number in range(3)))
    [turn] = held.together(lambda: claims.submissions("acc", WIDE, 1, NOW, "w"))
    works = _orders(
        lambda: claims.late("acc", [(turn.rows[0].at, NOW + 3.0)]),
        lambda: claims.submissions("acc", WIDE, 2, NOW + 1.0, "w"),
    )
    held.together(*works[order])
    assert sorted(json.loads(held.read("SELECT times FROM slot")[0][0])) == [NOW + 1.0, NOW + 1.0, NOW + 3.0]


def test_times_that_were_missed_are_told_with_the_next_claim(held: Held) -> None:
    held.together(*(lambda number=number: moves.create(_request(str(number)), NOW) for number in range(3)))
    [turn] = held.together(lambda: claims.submissions("acc", WIDE, 2, NOW, "w"))
    first = turn.rows[0].at
    assert [row.at for row in turn.rows] == [first] * 2
    held.together(lambda: claims.submissions("acc", WIDE, 1, NOW + 1.0, "w", [(first, NOW + 0.5), (NOW - 9.0, NOW)]))
    assert json.loads(held.read("SELECT times FROM slot")[0][0]) == [first, NOW + 0.5, NOW + 1.0]


def test_what_one_worker_has_no_other_gets_until_its_lease_ends(held: Held) -> None:
    name = held.waiting()

    def found(worker: str, now: float) -> list[str]:
        return [row.id for row in held.together(lambda: claims.due((State.WAITING,), 10, now, worker))[0]]

    assert found("a", NOW) == [name]
    held.together(lambda: _due_now(name))
    assert found("b", NOW + 1.0) == []
    assert found("b", NOW + claims.LEASE + 1.0) == [name]


def _due_now(name: str) -> Work[None]:
    yield Statement("UPDATE generation SET next_at = ? WHERE id = ?", (NOW, name))


def test_many_at_once_change_what_is_theirs(held: Held) -> None:
    held.together(lambda: ledger.set_budget("p", "total", 10_000, NOW))
    names = [held.waiting(str(number)) for number in range(20)]
    result = {"outputs": ["x"]}

    def ends(name: str) -> Callable[[], Work[bool]]:
        return lambda: moves.finish(name, Event.DONE, NOW, result, 7, {})

    # Each twice, as by two workers.
    assert held.together(*map(ends, [*names, *names])) == [True] * 20 + [False] * 20
    assert held.read("SELECT used FROM budget") == [(140,)]
    assert held.read("SELECT count(*) FROM entry WHERE kind = 'settle'") == [(20,)]


def test_who_takes_no_lock_goes_first_and_who_locks_another_row_beside() -> None:
    plain, one, other = (
        Statement("SELECT 1"),
        Statement("SELECT held FROM generation WHERE id = ?{for_update}", ("a",)),
        Statement("SELECT held FROM generation WHERE id = ?{for_update}", ("b",)),
    )
    many = Statement("SELECT id FROM generation WHERE next_at <= ? LIMIT ?{locked}", (1, 2))
    steps = Lockstep()
    asked = {0: one, 1: many, 2: plain, 3: other, 4: one}
    assert steps.turn(asked) == [2]
    del asked[2]
    assert steps.turn(asked) == [0, 3]
    assert steps.turn(asked | {0: plain, 3: plain}) == [0, 3]
    assert steps.turn(asked | {0: plain, 3: many}) == [0]
    assert steps.turn(asked | {0: many, 3: many}) == [0]
    assert steps.turn(asked | {0: plain, 3: plain}) == [0], "who locks many goes on alone"
    del asked[0]
    assert steps.turn(asked | {3: plain}) == [3]
    del asked[3]
    assert steps.turn(asked) == [4]
    del asked[4]
    assert steps.turn(asked) == [1]
