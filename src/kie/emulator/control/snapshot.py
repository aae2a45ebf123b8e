"""The whole state of an emulator as one JSON document, and back, in this process or another.

Saved are tasks, events to come, files (uploads with their bytes, results by their description), the ledger, what
keys have done, the fault rules and their counters, the counters behind ids, the journal, the time, seed and quirks.
Not saved are what else an emulator is started with (clock mode, accepted keys, webhook key, address) and rendered
media, which are made again. Keys are told by a hash and their last four characters.

Restoring makes plain data of it and runs nothing; what does not fit is refused before anything is changed. The
callbacks to come in it will be sent to the addresses that it names.
"""

# ruff: noqa: SLF001, TC001, TC003 - what is saved is the inside of a world, and annotations say how it is read
from __future__ import annotations

import json
import math
import time
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kie.emulator.clock import Planned
from kie.emulator.control.codec import pack, unpack
from kie.emulator.families import operation
from kie.emulator.faults.rule import Fault
from kie.emulator.journal import Note
from kie.emulator.money.keys import Use, alias
from kie.emulator.money.ledger import Entry, Ledger
from kie.emulator.quirks import known
from kie.emulator.results.files import File
from kie.emulator.sending.courier import Parcel
from kie.emulator.tasks import Event, Task

if TYPE_CHECKING:
    from kie.emulator.sending.delivery import Deliveries
    from kie.emulator.world import World

FORM = "kie-emulator-snapshot"
VERSION = 1
#: Seconds for which callbacks that are under way are waited for.
_PATIENCE = 20.0
#: Seconds of a medium, and other numbers of its description, that are believed.
_MOST = 3600


@dataclass(frozen=True, slots=True)
class Counted:
    """A fault rule, and what it has seen."""

    rule: Fault
    index: int | None
    seed: str
    seen: int
    struck: int


@dataclass(frozen=True, slots=True)
class Letter:
    """A callback, without the one to report to."""

    url: str
    task: str
    body: Any
    attempt: int = 1
    at: float = 0.0
    model: str = ""
    fault: str = ""
    key: str | None = None
    rule: int | None = None
    signed: str = ""
    text: str = ""
    lane: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state of an emulator as plain data. Times are virtual seconds; those of the journal's `wall` are real."""

    seed: int
    credits: Decimal
    quirks: list[str]
    began: float
    passed: float
    events: list[tuple[float, str, list[Any]]]
    numbers: dict[str, int]
    songs: dict[str, str]
    once: list[tuple[str, ...]]
    ultra_hd: list[tuple[str, int, str]]
    tasks: list[Task]
    entries: list[Entry]
    keys: dict[str, Use]
    faults: list[Counted]
    bound: dict[str, list[Counted]]
    faults_began: float
    files: list[File]
    links: dict[str, tuple[str, float]]
    held: list[tuple[int, Letter]]
    held_number: int
    notes: list[Note]
    noted: int
    dropped: int
    form: str = FORM
    version: int = VERSION


def save(world: World) -> bytes:
    """The state as JSON.

    Raises:
        TimeoutError: when a callback was under way for longer than 20 s.
        ValueError: when an event is planned that is a function.
    """
    end = time.monotonic() + _PATIENCE
    while True:
        with world.lock:
            if world.courier.oldest() == math.inf:
                return json.dumps(pack(_take(world)), ensure_ascii=True).encode()
        if time.monotonic() > end:
            raise TimeoutError("a callback has been under way for too long: the state cannot be saved under it")
        world.courier.settle()


def _take(world: World) -> Snapshot:
    clock, faults, deliveries = world.clock, world.faults, world.deliveries
    events: list[tuple[float, str, list[Any]]] = []
    for at, _, action in sorted(clock._heap, key=lambda entry: entry[:2]):
        if not isinstance(action, Planned):
            raise ValueError("an event is planned that cannot be saved")  # noqa: TRY004 - it is the state that is wrong
        events.append((at, action.kind, list(action.data)))
    with faults._lock:
        rules = [_counted(entry) for entry in faults._entries]
        bound = {task: [_counted(entry) for entry in held] for task, held in faults._bound.items()}
    notes, noted, dropped = world.journal.save()
    return Snapshot(
        seed=world.seed,
        credits=world._credits,
        quirks=sorted(world.quirks),
        began=clock.began,
        passed=clock.passed(),
        events=events,
        numbers=dict(world._numbers),
        songs=dict(world._songs),
        once=sorted(world.once),
        ultra_hd=[(name, index, task) for (name, index), task in world.ultra_hd.items()],
        tasks=[replace(task, key=alias(task.key)) for task in world.tasks.values()],
        entries=list(world.ledger.entries()),
        keys=dict(world.keys.uses),
        faults=rules,
        bound=bound,
        faults_began=faults._began,
        files=list(world.files.all()),
        links=world.files.links(),
        held=[(number, _letter(parcel)) for number, parcel in deliveries._held.items()],
        held_number=deliveries._number,
        notes=notes,
        noted=noted,
        dropped=dropped,
    )


def _counted(entry: Any) -> Counted:
    rule = replace(entry.rule, key=entry.rule.key[-4:])  # a whole key is not to be written down
    return Counted(rule, entry.index, entry.seed, entry.seen, entry.struck)


def _letter(parcel: Parcel) -> Letter:
    return Letter(**{name: getattr(parcel, name) for name in Letter.__dataclass_fields__})


# ------------------------------------------------------------------------------------------------------------- restore


def load(world: World, data: bytes) -> None:
    """Puts a world into a saved state; what it had is forgotten.

    Raises:
        ValueError: when the data are no snapshot; nothing is changed then.
        TimeoutError: when a callback was under way for longer than 20 s.
    """
    held = read(data)
    ledger = Ledger.of(held.entries)
    deeds = world.clock.deeds
    events = [(at, Planned(kind, _judged(kind, data_, deeds))) for at, kind, data_ in held.events]
    end = time.monotonic() + _PATIENCE
    while True:
        with world.lock:
            if world.courier.oldest() == math.inf:
                _put(world, held, ledger, events)
                return
        if time.monotonic() > end:
            raise TimeoutError("a callback has been under way for too long: the state cannot be changed under it")
        world.courier.settle()


def read(data: bytes) -> Snapshot:
    """The snapshot in a document.

    Raises:
        ValueError: when it is none.
    """
    try:
        raw = json.loads(data)
    except (ValueError, RecursionError) as wrong:
        raise ValueError(f"not a snapshot: {type(wrong).__name__}") from None
    if not isinstance(raw, dict) or raw.get("form") != FORM:
        raise ValueError("not a snapshot of an emulator")
    if raw.get("version") != VERSION:
        raise ValueError(f"a snapshot of version {raw.get('version')!r}; this emulator reads {VERSION}")
    held: Snapshot = unpack(Snapshot, raw)
    times = [held.began, held.passed, *(at for at, _, _ in held.events), *(task.created for task in held.tasks)]
    if not all(map(math.isfinite, times)):
        raise ValueError("snapshot: a time that is not finite")
    for task in held.tasks:
        try:
            operation(task.operation)
        except KeyError:
            raise ValueError(f"snapshot: no such operation: {task.operation!r}") from None
    if held.notes and held.noted < held.notes[-1].number:
        raise ValueError("snapshot: notes of the journal from the future")
    for file in held.files:
        for name in ("duration", "fps", "scale", "layers"):
            amount = file.spec.get(name, 0)
            if not isinstance(amount, int | float) or not 0 <= amount <= _MOST:
                raise ValueError(f"snapshot: {name} of the file {file.path}")  # it would be rendered for ever
    known(held.quirks)
    return held


def _judged(kind: str, data: list[Any], deeds: dict[str, Any]) -> tuple[Any, ...]:
    """The data of an event. Raises ValueError when it is none that this emulator knows."""
    if kind not in deeds:
        raise ValueError(f"snapshot: no such event: {kind!r}")
    wanted: dict[str, tuple[Any, ...]] = {"task": (str, Event), "nothing": (), "send": (Letter,), "release": (int,)}
    kinds = wanted.get(kind, ())
    if len(kinds) != len(data):
        raise ValueError(f"snapshot: the event {kind} takes {len(kinds)} values, not {len(data)}")
    found = [unpack(each, pack(held), f"snapshot.events.{kind}") for each, held in zip(kinds, data, strict=True)]
    if kind == "send":
        return (data[0],)  # as it was: the deed takes names and values
    return tuple(held.value if isinstance(held, Event) else held for held in found)


def _put(world: World, held: Snapshot, ledger: Ledger, events: list[tuple[float, Planned]]) -> None:
    world.seed, world._credits, world.quirks = held.seed, held.credits, known(held.quirks)
    world.ledger = ledger
    world.tasks.clear()
    world.tasks.update((task.id, task) for task in held.tasks)
    world.once.clear()
    world.once.update(held.once)
    world.ultra_hd.clear()
    world.ultra_hd.update(((name, index), task) for name, index, task in held.ultra_hd)
    for counter, saved in ((world._songs, held.songs), (world._numbers, held.numbers)):
        counter.clear()
        counter.update(saved)  # type: ignore[arg-type]  # each with its own kind
    world.keys.uses.clear()
    world.keys.uses.update(held.keys)
    world.files.replace(held.files, held.links)
    world.journal.load(held.notes, held.noted, held.dropped)
    _put_faults(world, held)
    _put_deliveries(world.deliveries, held)
    world.deliveries.quirks = world.quirks
    world.clock.load(held.began, held.passed, events)


def _put_faults(world: World, held: Snapshot) -> None:
    from kie.emulator.faults.tally import _Entry

    def made(counted: Counted) -> _Entry:
        entry = _Entry(counted.rule, counted.index, counted.seed)
        entry.seen, entry.struck = counted.seen, counted.struck
        return entry

    faults = world.faults
    with faults._lock:
        faults._seed, faults._began = held.seed, held.faults_began
        faults._entries[:] = [made(counted) for counted in held.faults]
        faults._bound.clear()
        faults._bound.update((task, [made(counted) for counted in rules]) for task, rules in held.bound.items())


def _put_deliveries(deliveries: Deliveries, held: Snapshot) -> None:
    deliveries._held.clear()
    deliveries._number = held.held_number
    for number, letter in held.held:
        names = {name: getattr(letter, name) for name in Letter.__dataclass_fields__}
        deliveries._held[number] = Parcel(report=deliveries._delivered, **names)
