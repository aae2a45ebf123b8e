"""The judge of what was survived: the vendor's own ledger against ours, task by task and file by file.

A generation's callback address is its own and cannot be guessed, so the emulator's tasks say by their addresses which
generation paid for them, whatever the service believes.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections import Counter, defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from kie.emulator.tasks import State as Vendors
from kie.service.amounts import to_credits
from kie.service.machine import ENDED, TRANSITIONS, Event, State
from kie.store.opening import open_database
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kie.emulator import Emulator
    from kie.emulator.tasks import Task
    from kie.store.work import Rows, Work

__all__ = ["Row", "Seen", "judge", "look"]

_COLUMNS = "id, state, task, hook, account, held, cost, cost_from, next_at, lease"


class Row(NamedTuple):
    """A generation as it lies in the database; amounts in millionths of a credit."""

    id: str
    state: str
    task: str | None
    hook: str
    account: str
    held: int
    cost: int | None
    cost_from: str | None
    next_at: float | None
    lease: float | None


class Seen(NamedTuple):
    """What the database holds at rest."""

    rows: dict[str, Row]
    entries: dict[str, list[tuple[str, int]]]
    files: dict[str, list[tuple[str, int, str, int]]]  # role, position, sha256, size
    events: dict[str, list[tuple[str, str]]]  # name, state
    budgets: list[tuple[str, str, str, int]]  # project, model, span, used
    inbox: int
    alerts: dict[str, list[tuple[str, str]]]  # kind, text

    def story(self, name: str) -> str:
        """What is known of a generation, for whoever reads of a failure."""
        return f"{self.rows[name]} {self.events[name]} {self.alerts[name]}"

    def states(self) -> Counter[str]:
        """How many generations are in each state."""
        return Counter(row.state for row in self.rows.values())


def _all() -> Work[dict[str, Rows]]:
    return {
        "generation": (yield Statement(f"SELECT {_COLUMNS} FROM generation")),
        "entry": (yield Statement("SELECT generation, kind, amount FROM entry ORDER BY number")),
        "artefact": (yield Statement("SELECT generation, role, position, sha256, size FROM artefact")),
        "event": (yield Statement("SELECT generation, name, state FROM event ORDER BY number")),
        "budget": (yield Statement("SELECT project, model, span, used FROM budget")),
        "inbox": (yield Statement("SELECT count(*) FROM inbox")),
        "alert": (yield Statement("SELECT generation, kind, text FROM alert ORDER BY number")),
    }


def look(database: str) -> Seen:
    """Read everything that is judged."""

    async def go() -> dict[str, Rows]:
        async with open_database(database) as held:
            return await held.read(_all)

    found = asyncio.run(go())

    def grouped(name: str) -> Any:
        groups: dict[str, list[Any]] = defaultdict(list)
        for generation, *rest in found[name]:
            groups[generation].append(tuple(rest))
        return groups

    rows = {row[0]: Row(*row) for row in found["generation"]}
    budgets = [(project, model, span, int(used)) for project, model, span, used in found["budget"]]
    return Seen(
        rows, grouped("entry"), grouped("artefact"), grouped("event"), budgets, int(found["inbox"][0][0]),
        grouped("alert"),
    )  # fmt: skip


class Verdict(NamedTuple):
    """What was found, beside that nothing is wrong: for a report."""

    states: Counter[str]
    paid: int
    unseen: int  # paid tasks of generations that are uncertain: known to the vendor alone
    spent: Decimal


def judge(
    database: str, folder: Path | None, emulator: Emulator, *, number: int, ids: Iterable[str] | None = None
) -> Verdict:
    """Hold what the service says against what the vendor says, and fail where the two differ.

    Args:
        database: its address; nobody works on it any more.
        folder: the artefacts' folder; None where files are not judged.
        emulator: the vendor.
        number: of generations that were asked for.
        ids: those that a caller was told of; each must be there.

    """
    seen = look(database)
    assert len(seen.rows) == number, "generations were lost, or written twice"
    assert set(ids or ()) <= set(seen.rows)
    assert seen.inbox == 0, "callbacks lie unread"
    paid, told_of = _paid(seen, emulator), _true_callbacks(emulator)
    for row in seen.rows.values():
        _judge_end(row, paid.get(row.id, []), told_of, seen.story(row.id))
        _judge_money(row, seen.entries[row.id], paid.get(row.id, []))
        _judge_history(row, seen.events[row.id])
    unseen = _judge_sums(seen, emulator, paid)
    _judge_budgets(seen)
    if folder is not None:
        _judge_files(seen, folder, emulator)
    return Verdict(seen.states(), len(emulator.tasks()), unseen, emulator.world.ledger.spent)


def _paid(seen: Seen, emulator: Emulator) -> dict[str, list[Task]]:
    """The vendor's tasks by the generation whose callback address they name."""
    by_hook = {row.hook: row.id for row in seen.rows.values()}
    paid: dict[str, list[Task]] = defaultdict(list)
    for task in emulator.tasks():
        hook = task.callback.rpartition("/")[2]
        assert hook in by_hook, f"task {task.id} was paid for by no generation that is known"
        paid[by_hook[hook]].append(task)
    for name, tasks in paid.items():
        again = [event for event, _ in seen.events[name] if event == Event.REQUEUED]
        assert len(tasks) <= 1 + len(again), f"{name} was paid for {len(tasks)} times"
    return paid


def _true_callbacks(emulator: Emulator) -> set[str]:
    """The tasks of which a callback was taken that the vendor did send, whole."""
    notes = (note for note in emulator.journal() if note.way == "out" and note.status == 200)
    return {note.task for note in notes if note.fault not in {"forge", "malformed"}}


def _judge_end(row: Row, tasks: list[Task], told_of: set[str], story: str) -> None:
    state = State(row.state)
    assert state in ENDED or state is State.UNCERTAIN, f"{row.id} is stuck in {state}"
    if state in ENDED:
        assert (row.next_at, row.lease) == (None, None), f"{row.id} has ended and is still to be looked at: {story}"
    ours = [task for task in tasks if task.id == row.task]
    if row.task is not None:
        assert ours, f"{row.id} took task {row.task}, which is not its own"
    if state is State.SUCCEEDED:
        assert ours, f"{row.id} succeeded without a task"
        assert ours[0].state is Vendors.SUCCESS, f"{row.id} succeeded, its task did not"
    elif state is State.FAILED or state is State.CANCELLED:
        done = [task.id for task in tasks if task.state is Vendors.SUCCESS]
        assert not done, f"{row.id} is {state}, and its task {done} has a result: it is lost"
    else:
        heard = [task.id for task in tasks if task.id in told_of]
        assert not heard, f"{row.id} is uncertain, though the callback of {heard} was taken: {story}"
        assert row.task is None or ours[0].state not in {Vendors.SUCCESS, Vendors.FAIL}, f"{row.id} was not asked for"


def _judge_money(row: Row, entries: list[tuple[str, int]], tasks: list[Task]) -> None:
    kinds = Counter(kind for kind, _ in entries)
    assert kinds["hold"] == 1, f"{row.id} was held {kinds['hold']} times"
    assert kinds["settle"] <= 1, f"{row.id} was settled {kinds['settle']} times"
    assert kinds["release"] <= 1, f"{row.id} was released {kinds['release']} times"
    held = sum(amount for kind, amount in entries if kind in {"hold", "release"})
    assert held == row.held, f"{row.id} holds {row.held}, its entries {held}"
    if row.state == State.UNCERTAIN:
        assert held > 0, f"{row.id} is uncertain, and holds nothing"
        return
    assert held == 0, f"{row.id} has ended, and holds {held}"
    settled = sum(amount for kind, amount in entries if kind == "settle")
    assert settled == (row.cost or 0), f"{row.id} did cost {row.cost}, {settled} is settled"
    price = sum((task.price for task in tasks if task.state is Vendors.SUCCESS), Decimal(0))
    assert to_credits(settled) == price, f"{row.id} is settled with {to_credits(settled)}, the vendor took {price}"


def _judge_history(row: Row, events: list[tuple[str, str]]) -> None:
    assert events, f"{row.id} has no history"
    state = State.HELD
    for name, after in events:
        if name in set(Event):
            transition = TRANSITIONS[Event(name)]
            assert state in transition.before, f"{row.id}: {name} happened in {state}: {events}"
            assert after == transition.after, f"{row.id}: {name} led to {after}"
        else:
            assert name == "created" or after == state, f"{row.id}: {name} changed {state} to {after}"
        state = State(after)
    assert state == row.state, f"{row.id} is {row.state}, its history ends in {state}"


def _judge_sums(seen: Seen, emulator: Emulator, paid: dict[str, list[Task]]) -> int:
    """The sums agree to the hundredth, but for tasks of which only the vendor can know; returns how many these are."""
    ours = sum(amount for entries in seen.entries.values() for kind, amount in entries if kind == "settle")
    open_ = [name for name, row in seen.rows.items() if row.state == State.UNCERTAIN]
    unseen = [task for name in open_ for task in paid.get(name, []) if task.state is Vendors.SUCCESS]
    vendors = emulator.world.ledger.spent - sum((task.price for task in unseen), Decimal(0))
    assert to_credits(ours) == vendors, f"our ledger says {to_credits(ours)}, the vendor's {vendors}"
    return len(unseen)


def _judge_budgets(seen: Seen) -> None:
    """What budgets without a day count is what is held and spent."""
    total = sum(amount for entries in seen.entries.values() for _, amount in entries)
    for project, model, span, used in seen.budgets:
        if span == "total" and not model and project == "default":
            assert used == total, f"the budget counts {used}, the entries {total}"


def _judge_files(seen: Seen, folder: Path, emulator: Emulator) -> None:
    tasks = {task.id: task for task in emulator.tasks()}
    wanted: set[str] = set()
    for row in seen.rows.values():
        files = seen.files[row.id]
        places = [(role, position) for role, position, _, _ in files]
        assert len(set(places)) == len(places), f"{row.id} has a file twice"
        wanted |= {digest for _, _, digest, _ in files}
        if row.state != State.SUCCEEDED:
            assert not files, f"{row.id} is {row.state} and has files"
            continue
        outcome = tasks[row.task or ""].outcome
        assert outcome is not None
        outputs = {position: digest for role, position, digest, _ in files if role == "output"}
        assert sorted(outputs) == list(range(len(outcome.urls))), f"{row.id} lacks files: {outputs}"
        for position, url in enumerate(outcome.urls):
            file = emulator.world.files.find_url(url)
            assert file is not None
            data = emulator.world.files.content(file)
            assert outputs[position] == hashlib.sha256(data).hexdigest(), f"{row.id} has another file than was made"
        for _, _, digest, size in files:
            data = (folder / digest[:2] / digest).read_bytes()
            assert (hashlib.sha256(data).hexdigest(), len(data)) == (digest, size), f"{row.id} has a broken file"
    there = [path.name for path in folder.glob("??/*") if path.is_file()] if folder.exists() else []
    assert len(there) == len(set(there)), "a file lies there twice"
    assert set(there) - wanted == set(), f"files lie there that belong to nothing: {set(there) - wanted}"


def told(verdict: Verdict) -> str:
    """A verdict in a line, for a report."""
    return json.dumps(verdict._asdict() | {"states": dict(verdict.states), "spent": str(verdict.spent)})
