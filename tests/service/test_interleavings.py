"""Any order of what can happen to generations, against a simple model: money, states and tasks stay what they must be.

No sockets and no workers: the transactions themselves are run, in orders that no single worker would run them in.
Answers come late, workers die, callbacks come before, after, twice and falsely, people decide in between.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from kie.errors import BudgetExceeded
from kie.service import beating, claims, inbox, ledger, moves, receiving
from kie.service.claims import Claimed, Limits
from kie.service.files.facts import Facts
from kie.service.files.files import Kept
from kie.service.machine import ENDED, TRANSITIONS, Event, State
from kie.store.sqlite import SqliteDatabase
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Callable

    from kie.service.inbox import Candidate
    from kie.store.work import Rows, Work

WORKERS = ("wrk_a", "wrk_b")
WIDE = Limits(10**6, 1.0)
NARROW = Limits(10**6, 1.0, concurrency=3)
FILE = Kept("output", 0, "ab", 2, Facts("image/png"))
PRICES = (0, 7, 18, None)


class Sending(NamedTuple):
    """A request that is under way: its worker, its row, and the task that it makes, if any."""

    worker: str
    row: Claimed
    task: str | None


def _account() -> Work[None]:
    yield Statement("INSERT INTO account (name) VALUES ('acc')")


class Lives(RuleBasedStateMachine):
    """Generations, two workers, the vendor, a person."""

    def __init__(self) -> None:
        super().__init__()
        self.database = SqliteDatabase(":memory:")
        self.now = 1_000_000.0
        self.sending: list[Sending] = []
        self.asking: list[Claimed] = []
        self.storing: list[str] = []
        self.candidates: list[Candidate] = []
        self.tasks: dict[str, str] = {}  # the vendor's tasks, and whose address they name
        self.paid: Counter[str] = Counter()  # since a person has last said that it is to be sent again
        self.limit = 0
        self.numbers = 0

    def do(self, begin: Callable[[], Work[Any]]) -> Any:
        """Run a piece of work."""
        outcome = self.database.run([begin])[0]
        if outcome.error is not None:
            raise outcome.error
        return outcome.value

    def ask(self, sql: str, *values: Any) -> Rows:
        """Read."""

        def work() -> Work[Rows]:
            return (yield Statement(sql, values))

        rows: Rows = self.do(work)
        return rows

    def pick(self, data: st.DataObject, found: list[Any]) -> Any:
        """Take one of several out of a list; None where there is none."""
        if not found:
            return None
        return found.pop(data.draw(st.integers(0, len(found) - 1)))

    def some(self, data: st.DataObject, *states: State) -> str | None:
        """Name a generation in one of these states, or in any."""
        marks = ", ".join(f"'{state}'" for state in states or tuple(State))
        rows = self.ask(f"SELECT id FROM generation WHERE state IN ({marks}) ORDER BY id")
        return str(data.draw(st.sampled_from(rows))[0]) if rows else None

    def make(self, name: str) -> str:
        """The vendor makes a task for a generation: from here on it is paid for."""
        self.numbers += 1
        task = f"task-{self.numbers}"
        self.tasks[task] = name
        self.paid[name] += 1
        assert self.paid[name] <= 1, f"{name} is paid for again, and no person has said so"
        return task

    # ------------------------------------------------------------------------------------------------ what happens

    @initialize(
        limit=st.integers(20, 200),
        lives=st.lists(st.tuples(st.sampled_from(PRICES), st.integers(1, 4), st.booleans()), min_size=2, max_size=4),
    )
    def begin(self, limit: int, lives: list[tuple[int | None, int, bool]]) -> None:
        self.limit = limit
        self.do(lambda: ledger.set_budget("p", "total", limit, self.now))
        self.do(_account)
        for price, steps, same in lives:
            self.goes_well(price, steps, same)

    @rule(price=st.sampled_from(PRICES), same=st.booleans(), key=st.sampled_from((None, "a", "b")))
    def create(self, price: int | None, same: bool, key: str | None) -> None:  # noqa: FBT001 - drawn
        self.numbers += 1
        mark = "same" if same else f"other-{self.numbers}"
        if key is not None:
            mark = f"key-{key}"
        request = moves.Request(
            "p", "m", "{}", mark, "", price, idempotency=key, notify="https://example.com/told", cache=same
        )
        used = self.ask("SELECT used FROM budget")[0][0]
        before = self.ask("SELECT id FROM generation WHERE idempotency = ?", key) if key else []
        try:
            name, new = self.do(lambda: moves.create(request, self.now))
        except BudgetExceeded:
            assert used + (price or 0) > self.limit
            assert not before
            return
        assert new is not bool(before)
        assert before in ([], [(name,)])
        assert before or used + (price or 0) <= self.limit

    @rule(price=st.sampled_from(PRICES), steps=st.integers(1, 4), same=st.booleans())
    def goes_well(self, price: int | None, steps: int, same: bool) -> None:  # noqa: FBT001 - drawn
        """A generation comes some way as it should, so that what may happen there is seen often."""
        before = {row[0] for row in self.ask("SELECT id FROM generation")}
        self.create(price, same=same, key=None)
        found = {row[0] for row in self.ask("SELECT id FROM generation WHERE next_at IS NOT NULL")} - before
        for row in self.do(lambda: claims.submissions("acc", WIDE, 100, self.now, "wrk_a")).rows:
            task = self.make(row.id)
            if row.id in found:
                self._goes(row, task, steps)
            else:
                self.sending.append(Sending("wrk_a", row, task))

    def _goes(self, row: Claimed, task: str, steps: int) -> None:
        name, result = row.id, {"outputs": ["x"]}
        changes = {"next_at": self.now, "deadline": self.now + 50}
        self.do(lambda: moves.accepted(name, Event.ACCEPTED, task, self.now, changes, row.sends))
        if steps > 1:
            asked = self.do(lambda: claims.due((State.WAITING,), 100, self.now, "wrk_a"))
            self.asking += asked if steps == 2 else [each for each in asked if each.id != name]
        if steps > 2:
            self.do(lambda: moves.finish(name, Event.DONE, self.now, result, 9, {"next_at": self.now}))
            self.storing.append(name)
        if steps > 3:
            self.storing.remove(name)
            self.do(lambda: moves.stored(name, self.now, [FILE]))

    @rule(seconds=st.sampled_from((0.1, 5.0, claims.LEASE + 1, 5 * claims.LEASE)))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds

    @rule(worker=st.sampled_from(WORKERS), most=st.integers(1, 4), narrow=st.booleans(), data=st.data())
    def claim(self, worker: str, most: int, narrow: bool, data: st.DataObject) -> None:  # noqa: FBT001
        limits = NARROW if narrow else WIDE
        turn = self.do(lambda: claims.submissions("acc", limits, most, self.now, worker))
        for row in turn.rows:
            made = self.make(row.id) if data.draw(st.booleans()) else None
            self.sending.append(Sending(worker, row, made))
        busy = self.ask("SELECT count(*) FROM generation WHERE state IN ('submitting', 'waiting')")[0][0]
        assert not (narrow and turn.rows) or busy <= (NARROW.concurrency or 0)

    @rule(data=st.data(), heard=st.sampled_from(("yes", "no", "refused")))
    def answer(self, data: st.DataObject, heard: str) -> None:
        sent = self.pick(data, self.sending)
        if sent is None:
            return
        row, sends = sent.row, sent.row.sends
        changes = {"next_at": self.now + 1, "deadline": self.now + 50}
        if heard == "no":
            error = {"code": "lost", "message": ""}
            self.do(lambda: moves.move(row.id, Event.LOST, self.now, {"next_at": None}, error, sends=sends))
        elif sent.task is not None:
            self.do(lambda: moves.accepted(row.id, Event.ACCEPTED, sent.task, self.now, changes, sends))
        elif heard == "refused":
            self.do(lambda: moves.fail(row.id, Event.REFUSED, self.now, {"code": "no"}, sends=sends))
        else:
            self.do(lambda: moves.move(row.id, Event.RETURNED, self.now, {"next_at": self.now}, sends=sends))

    @rule(worker=st.sampled_from(WORKERS))
    def worker_dies(self, worker: str) -> None:
        self.sending = [sent for sent in self.sending if sent.worker != worker]
        self.do(lambda: beating.leave(worker, self.now))
        self.do(lambda: claims.expired(100, self.now))

    @rule()
    def leases_end(self) -> None:
        self.do(lambda: claims.expired(100, self.now))

    @rule(data=st.data(), body=st.sampled_from(("true", "true", "other", "invented", "nothing")))
    def callback(self, data: st.DataObject, body: str) -> None:
        name = self.some(data)
        if name is None:
            return
        own = [task for task, whose in self.tasks.items() if whose == name]
        others = [task for task, whose in self.tasks.items() if whose != name]
        task = {"true": own, "other": others, "invented": ["invented"], "nothing": []}[body]
        hook = self.ask("SELECT hook FROM generation WHERE id = ?", name)[0][0]
        said = data.draw(st.sampled_from(task)) if task else ""
        assert self.do(lambda: inbox.receive(hook, said.encode(), self.now)) is not None

    @rule(worker=st.sampled_from(WORKERS))
    def read_inbox(self, worker: str) -> None:
        taken = self.do(lambda: inbox.take(lambda held: held.decode() or None, 3, self.now, worker))
        self.asking += taken.rows
        self.candidates += taken.candidates

    @rule(data=st.data())
    def judge_candidate(self, data: st.DataObject) -> None:
        """The record is read: the vendor says whose the task is."""
        candidate = self.pick(data, self.candidates)
        if candidate is None:
            return
        if self.tasks.get(candidate.task) == candidate.row.id:
            self.do(lambda: receiving._adopted(candidate, self.now, {"next_at": self.now, "deadline": self.now + 50}))
        else:
            self.do(lambda: receiving._forget(candidate.number))

    @rule(worker=st.sampled_from(WORKERS))
    def due(self, worker: str) -> None:
        self.asking += self.do(lambda: claims.due((State.WAITING, State.UNCERTAIN), 3, self.now, worker))

    @rule(data=st.data(), state=st.sampled_from(("done", "failed", "charged", "goes on", "overdue", "gone")))
    def record(self, data: st.DataObject, state: str) -> None:
        row = self.pick(data, self.asking)
        if row is None or row.task is None:
            return
        if state == "gone":  # its worker died meanwhile
            return
        if state == "done":
            changes = {"lease": self.now + 30, "next_at": self.now + 30}
            if self.do(lambda: moves.finish(row.id, Event.DONE, self.now, {"outputs": ["x"]}, 9, changes)):
                self.storing.append(row.id)
        elif state in ("failed", "charged"):
            charged = 5 if state == "charged" else None
            self.do(lambda: moves.fail(row.id, Event.FAILED, self.now, {"code": "501"}, charged))
        elif state == "overdue":
            self.do(lambda: moves.move(row.id, Event.OVERDUE, self.now, {"next_at": self.now + 60}))
        else:
            self.do(lambda: moves.postpone(row.id, row.state, self.now + 5))

    @rule(data=st.data(), again=st.booleans(), there=st.sampled_from((True, True, False)))
    def store(self, data: st.DataObject, again: bool, there: bool) -> None:  # noqa: FBT001
        name = self.pick(data, self.storing)
        if name is None:
            return
        if not there:
            changes = {"next_at": None, "ended": self.now}
            self.do(lambda: moves.gone(name, self.now, changes, {"code": "expired"}))
            return
        self.do(lambda: moves.stored(name, self.now, [FILE]))
        if again:  # by two workers
            assert self.do(lambda: moves.stored(name, self.now, [FILE])) is None

    @rule(data=st.data(), what=st.sampled_from(("cancel", "dismiss", "requeue", "adopt")))
    def person(self, data: st.DataObject, what: str) -> None:
        name = self.some(data, State.HELD) if what == "cancel" else self.some(data, State.UNCERTAIN)
        if name is None:
            return
        if what == "cancel":
            self.do(lambda: moves.cancel(name, self.now))
        elif what == "dismiss":
            self.do(lambda: moves.fail(name, Event.DISMISSED, self.now, {"code": "dismissed"}))
        elif what == "requeue":
            if self.do(lambda: moves.move(name, Event.REQUEUED, self.now, {"next_at": self.now})):
                self.paid[name] = 0
        else:
            own = [task for task, whose in self.tasks.items() if whose == name]
            if own:
                changes = {"task": own[-1], "next_at": self.now}
                self.do(lambda: moves.move(name, Event.ADOPTED, self.now, changes, {"task": own[-1]}))

    # ------------------------------------------------------------------------------------------------ what must hold

    def teardown(self) -> None:
        """See how far the generations came."""
        for state, source in self.ask("SELECT state, cost_from FROM generation"):
            event(f"{state} {source or ''}")
        for (name,) in self.ask("SELECT DISTINCT name FROM event"):
            event(f"event {name}")
        self.database.shut()

    @invariant()
    def money_is_right(self) -> None:
        entries: dict[str, Counter[str]] = {}
        kinds: Counter[tuple[str, str]] = Counter()
        for name, kind, amount in self.ask("SELECT generation, kind, amount FROM entry"):
            entries.setdefault(name, Counter())[kind] += amount
            kinds[name, kind] += 1
        assert all(many == 1 for many in kinds.values())
        for name, state, held, cost, estimate in self.ask("SELECT id, state, held, cost, estimate FROM generation"):
            own = entries[name]
            assert own["hold"] + own["release"] == held >= 0
            assert held == (0 if state in ENDED or state == State.STORING else estimate or 0)
            assert own["settle"] == (cost or 0)
        for (used,) in self.ask("SELECT used FROM budget"):
            assert used == sum(sum(own.values()) for own in entries.values())

    @invariant()
    def states_follow_the_table(self) -> None:
        states: dict[str, str] = {}
        for name, happened, after in self.ask("SELECT generation, name, state FROM event ORDER BY number"):
            if happened in set(Event):
                transition = TRANSITIONS[Event(happened)]
                assert states[name] in transition.before
                assert after == transition.after
            states[name] = after
        assert states == dict(self.ask("SELECT id, state FROM generation"))

    @invariant()
    def tasks_are_their_own(self) -> None:
        rows = self.ask("SELECT id, task FROM generation WHERE task IS NOT NULL")
        assert all(self.tasks.get(task) == name for name, task in rows)
        assert len({task for _, task in rows}) == len(rows)
        rows = self.ask("SELECT generation, count(*) FROM artefact GROUP BY generation")
        assert all(many == 1 for _, many in rows)

    @invariant()
    def nothing_is_stuck(self) -> None:
        """Whatever has not ended is looked at again, or waits for another or for a person."""
        rows = self.ask(
            "SELECT g.id, g.state, g.next_at, s.state, s.next_at FROM generation g"
            " LEFT JOIN generation s ON s.id = g.source"
        )
        for name, state, next_at, source, _ in rows:
            if state in ENDED:
                assert next_at is None
            elif state == State.HELD and next_at is None:
                assert source is not None, f"{name} waits for nothing"
                assert source not in ENDED, f"{name} waits for what is {source}"
            elif state != State.UNCERTAIN:
                assert next_at is not None, f"{name} is {state} for ever"

    @invariant()
    def all_ends_are_told(self) -> None:
        told = Counter(self.ask("SELECT generation, state FROM outbox WHERE kind = 'notify'"))
        for name, state in self.ask("SELECT id, state FROM generation"):
            ends = sum(told[name, each] for each in ENDED)
            assert ends == (1 if state in ENDED else 0)
            assert state not in ENDED or told[name, state] == 1

    @invariant()
    def errors_are_json(self) -> None:
        for (error,) in self.ask("SELECT error FROM generation WHERE error IS NOT NULL"):
            assert isinstance(json.loads(error), dict)


@pytest.mark.parametrize("late", ["returned", "refused", "lost", "accepted"])
def test_an_answer_to_an_attempt_that_was_given_up_changes_nothing(late: str) -> None:
    """The first attempt is taken for lost, a person sends again, and then the first answer comes."""
    lives = Lives()
    lives.begin(1000, [])
    lives.create(18, same=False, key=None)
    [first] = lives.do(lambda: claims.submissions("acc", WIDE, 1, lives.now, "wrk_a")).rows
    lives.time_passes(5 * claims.LEASE)
    lives.leases_end()
    lives.do(lambda: moves.move(first.id, Event.REQUEUED, lives.now, {"next_at": lives.now}))
    [second] = lives.do(lambda: claims.submissions("acc", WIDE, 1, lives.now, "wrk_b")).rows
    before = lives.ask("SELECT state, sends, task, held, next_at, lease FROM generation")
    name, now, sends, error = first.id, lives.now, first.sends, {"code": "late"}
    lives.do(
        {
            "returned": lambda: moves.returned(name, now, {"next_at": now}, None, sends),
            "refused": lambda: moves.fail(name, Event.REFUSED, now, error, sends=sends),
            "lost": lambda: moves.move(name, Event.LOST, now, {"next_at": None}, error, sends=sends),
            "accepted": lambda: moves.accepted(name, Event.ACCEPTED, "first", now, {"next_at": now}, sends),
        }[late]
    )
    assert lives.ask("SELECT state, sends, task, held, next_at, lease FROM generation") == before
    assert lives.ask("SELECT alternatives FROM generation") == [(1 if late == "accepted" else 0,)]
    assert (second.id, second.sends) == (first.id, 2)
    lives.database.shut()


def _settings(examples: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=40,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


TestLives = Lives.TestCase
TestLives.settings = _settings(30)


@pytest.mark.slow
def test_many_lives() -> None:
    run_state_machine_as_test(Lives, settings=_settings(300))
