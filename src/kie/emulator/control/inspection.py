"""What the control endpoints tell: tasks, journal, deliveries, money, and the small sum of all that changes.

Lists are paged, since there may be thousands of tasks and twenty thousand notes.
"""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any

from kie.emulator.control.routes import WrongRequest, number_of
from kie.emulator.families import operation
from kie.emulator.money.bill import make_bill
from kie.emulator.money.ledger import USD_PER_CREDIT
from kie.emulator.quirks import QUIRKS
from kie.emulator.results.files import RESULT_LIFE, mime_type
from kie.emulator.results.shapes import prompt
from kie.emulator.tasks import State
from kie.emulator.urls import path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kie.emulator.http import Request
    from kie.emulator.journal import Note
    from kie.emulator.money.ledger import Entry
    from kie.emulator.tasks import Task
    from kie.emulator.world import World

Json = dict[str, Any]

#: Characters of a prompt in a list; the whole of it is in the task itself.
_PROMPT = 400
#: Fields of a note that a brief list leaves out.
_LONG = ("query", "headers", "request", "response")


def clock(world: World, _request: Request | None = None) -> Json:
    """Mode and speed, virtual time, and how many events lie ahead: the next one at `next`, in seconds since 1970."""
    held = world.clock
    times = {"now": held.now(), "next": held.upcoming(), "began": held.began}
    return {"clock": held.mode, "speed": held.speed, "pending": held.pending(), **times}


def health(world: World, request: Request) -> Json:
    """That it lives."""
    return {"status": "ok", "emulator": "kie", "tasks": len(world.tasks), **clock(world, request)}


def state(world: World, request: Request) -> Json:
    """All that changes, in a few hundred bytes; `revision` of a list differs when the list does."""
    tasks = list(world.tasks.values())
    states: dict[str, int] = {}
    for task in tasks:
        states[task.state.name.lower()] = states.get(task.state.name.lower(), 0) + 1
    notes = world.journal.notes()
    last = notes[-1].number if notes else 0
    entries = world.ledger.entries()
    rules = world.faults.to_json()
    epoch = id(world.ledger)  # another one after a reset, when ids and numbers begin anew
    return {
        "clock": clock(world, request),
        "money": money(world),
        "tasks": {"total": len(tasks), "states": states, "revision": f"{epoch}/{len(tasks)}/{sorted(states.items())}"},
        "journal": {"last": last, "held": len(notes), "revision": f"{epoch}/{last}"},
        "ledger": {"entries": len(entries), "revision": f"{epoch}/{len(entries)}"},
        "faults": {
            "rules": len(rules),
            "revision": f"{sum(rule['seen'] + rule['struck'] for rule in rules)}/{len(rules)}",
        },
        "seed": world.seed,
        "signed": world.courier.key is not None,
        "address": request.base,
    }


def money(world: World) -> Json:
    """Balance and bill, as decimal strings: credits, and US dollars where a name says so."""
    ledger = world.ledger
    return {
        "balance": str(ledger.balance),
        "held": str(ledger.held),
        "spent": str(ledger.spent),
        "spent_usd": str(ledger.spent * USD_PER_CREDIT),
    }


def ledger(world: World, request: Request) -> Json:
    """The sums, and the movements, oldest first; those after number `since`, at most `limit` of them."""
    since, most = number_of(request, "since", 0, most=10**12), number_of(request, "limit", 10**6, 1)
    later = islice(world.ledger.entries(), since, since + most)
    return {**money(world), "text": str(make_bill(world.ledger)), "entries": [entry.to_json() for entry in later]}


def spending(world: World, request: Request) -> Json:
    """What was spent up to when, in at most `points` steps, and by model, the dearest first."""
    entries, most = world.ledger.entries(), number_of(request, "points", 120, 2, 1000)
    held: dict[str, Entry] = {}
    total, line = Decimal(0), [(world.ledger.entries()[0].at, Decimal(0))] if entries else []
    models: dict[str, list[Any]] = {}
    for entry in entries:
        if entry.kind == "hold":
            held[entry.task] = entry
            continue
        if entry.kind == "return":
            held.pop(entry.task, None)
        source = held.pop(entry.task, None) if entry.kind == "settle" else entry if entry.kind == "charge" else None
        if source is None:
            continue
        total -= source.amount
        line.append((entry.at, total))
        sums = models.setdefault(source.note, [Decimal(0), 0])
        sums[0] -= source.amount
        sums[1] += 1
    step = max(1, -(-len(line) // most))
    kept = [*line[:-1][::step], *line[-1:]]
    dearest = sorted(models.items(), key=lambda item: -item[1][0])
    return {
        **money(world),
        "now": world.clock.now(),
        "points": [[at, str(amount)] for at, amount in kept],
        "models": [{"model": name, "credits": str(sums[0]), "calls": sums[1]} for name, sums in dearest],
    }


# ---------------------------------------------------------------------------------------------------------- tasks


def shown(task: Task) -> Json:
    """A task as the control endpoints show it, whole."""
    names = ("id", "operation", "model", "inputs", "created", "finished", "callback")
    held = {name: getattr(task, name) for name in names}
    held |= {"state": task.state.name.lower(), "price": str(task.price), "seed": task.seed}
    held["failure"] = asdict(task.failure) if task.failure is not None and task.state is State.FAIL else None
    held["urls"] = list(task.outcome.urls) if task.outcome is not None else []
    return held | _about(task)


def brief(task: Task) -> Json:
    """A task in a list: without its inputs, and with the beginning of its prompt."""
    held = shown(task)
    del held["inputs"]
    return held


def _about(task: Task) -> Json:
    words = prompt(task.inputs)
    return {
        "kind": operation(task.operation).kind,
        "task": operation(task.operation).task,
        "prompt": words[:_PROMPT] + ("…" if len(words) > _PROMPT else ""),
        "expected": task.expected,
        "expires": None if task.finished is None else task.finished + RESULT_LIFE,
        "key": f"…{task.key[-4:]}" if task.key else "",
        "outputs": outputs(task),
        "object": None if task.outcome is None else task.outcome.object,
    }


def outputs(task: Task) -> list[Json]:
    """The files of a task: what they are, where they are, and where the page may look at them."""
    if task.outcome is None:
        return []
    covers = task.outcome.covers
    found = []
    for index, url in enumerate(task.outcome.urls):
        mime = mime_type(path(url))
        cover = f"preview/{task.id}/cover-{index}" if index < len(covers) else None
        found.append({"url": url, "type": mime, "preview": f"preview/{task.id}/{index}", "cover": cover})
    return found


def tasks(world: World, request: Request) -> list[Json]:
    """All tasks, oldest first.

    `order=newest`, `offset`, `limit`, `state`, `kind` and `text` choose; `brief=1` leaves the inputs out.
    """
    found = list(world.tasks.values())
    if request.query.get("order") == "newest":
        found.reverse()
    chosen = (task for task in found if _wanted(task, request.query))
    start = number_of(request, "offset", 0)
    page = islice(chosen, start, start + number_of(request, "limit", 10**6, 1))
    show = brief if request.query.get("brief") == "1" else shown
    return [show(task) for task in page]


def _wanted(task: Task, query: dict[str, str]) -> bool:
    state = query.get("state", "")
    if state == "running":
        if task.state.done:
            return False
    elif state and task.state.name.lower() != state:
        return False
    if query.get("kind") and operation(task.operation).kind != query["kind"]:
        return False
    text = query.get("text", "").lower()
    return not text or text in f"{task.id} {task.model} {task.operation} {prompt(task.inputs)}".lower()


def task(world: World, _request: Request, task: str) -> Json:
    """One task, whole."""
    held = world.tasks.get(task)
    if held is None:
        raise WrongRequest("no such task", 404)
    return shown(held)


# -------------------------------------------------------------------------------------------------------- journal


def journal(world: World, request: Request) -> list[Json]:
    """The notes, oldest first: those after number `since` and before number `before`, the latest `limit` of them.

    `stage`, `task`, `fault` (`any` for every deed), `way` (in, out) and `text` (of path, model or task) choose;
    `brief=1` leaves the bodies out.
    """
    return _notes(world, request, lambda _note: True)


def deliveries(world: World, request: Request) -> list[Json]:
    """The tries to deliver callbacks, as `journal` tells notes."""
    return _notes(world, request, lambda note: note.way == "out")


def _notes(world: World, request: Request, also: Callable[[Note], bool]) -> list[Json]:
    query = request.query
    since, before = number_of(request, "since", 0, most=10**12), number_of(request, "before", 10**12, most=10**12)
    most = number_of(request, "limit", 10**6, 1)
    fits = _filter(query)

    def found() -> Iterator[Note]:
        for note in reversed(world.journal.notes()):
            if note.number <= since:
                return
            if note.number < before and also(note) and fits(note):
                yield note

    latest = list(islice(found(), most))[::-1]
    left_out = _LONG if query.get("brief") == "1" else ()
    return [_told(note, left_out) for note in latest]


def _told(note: Note, left_out: tuple[str, ...] = ()) -> Json:
    """A note as it is; asdict would copy all bodies, which takes four times as long."""
    return {name: getattr(note, name) for name in note.__dataclass_fields__ if name not in left_out}


def _filter(query: dict[str, str]) -> Callable[[Note], bool]:
    exact = [(name, query[name]) for name in ("stage", "task", "way") if query.get(name)]
    fault, text = query.get("fault", ""), query.get("text", "").lower()

    def fits(note: Note) -> bool:
        if any(getattr(note, name) != wanted for name, wanted in exact):
            return False
        if fault and (not note.fault if fault == "any" else note.fault != fault):
            return False
        return not text or text in f"{note.path} {note.model} {note.task}".lower()

    return fits


def note(world: World, _request: Request, number: str) -> Json:
    """One note, with request and answer."""
    for held in world.journal.notes():
        if str(held.number) == number:
            return _told(held)
    raise WrongRequest("no such note, or it is forgotten", 404)


def quirks(world: World, _request: Request) -> Json:
    """All quirks, what they mean, and which are on."""
    return {name: {"on": name in world.quirks, **quirk._asdict()} for name, quirk in QUIRKS.items()}
