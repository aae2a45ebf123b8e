"""What becomes of a generation, as transactions: its state, its history, its money and who is told change together."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from kie.errors import InvalidInput
from kie.ids import new_id, new_token
from kie.service import following, ledger
from kie.service.files import files
from kie.service.machine import Event, State
from kie.service.projects import turns
from kie.service.transitions import happened, move
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kie.service.files.files import Kept
    from kie.store.work import Work

__all__ = [
    "Request",
    "accepted",
    "cancel",
    "create",
    "fail",
    "finish",
    "gone",
    "move",
    "postpone",
    "resolve",
    "returned",
    "stored",
]

#: What is written of a new generation.
COLUMNS = (
    "id, project, model, input, fingerprint, idempotency, priority, state, hook, account, created, next_at, estimate,"
    " held, tag, caller, batch, item, flow, notify, source"
)
MARKS = f"({', '.join('?' * 21)})"


class Request(NamedTuple):
    """What is asked for.

    Attributes:
        project: whose budget pays.
        model: the catalogue's id.
        input: as it is to be sent, JSON.
        fingerprint: of model and input.
        account: whose vendor key is to be used; "" for any.
        estimate: the most that it may cost in millionths of a credit, or None where no price is known.
        priority: higher goes first.
        idempotency: the caller's own key, or None.
        id: its name, where it is to be the same however often it is asked for; None for a new one.
        batch: of which it is an item.
        item: its place in the batch.
        flow: what flows are told at its end.
        notify: where the caller wants to be told of its end.
        caller: the name of the caller's key, "" where there is none.
        cache: whether an identical request's result may be used; None leaves it to the project.

    """

    project: str
    model: str
    input: str
    fingerprint: str
    account: str
    estimate: int | None
    priority: int = 0
    idempotency: str | None = None
    id: str | None = None
    batch: str | None = None
    item: int | None = None
    flow: str | None = None
    notify: str | None = None
    caller: str = ""
    cache: bool | None = None


def create(request: Request, now: float) -> Work[tuple[str, bool]]:
    """Write a generation down and hold its price; returns its id, and whether it is new.

    Raises:
        BudgetExceeded: nothing was written.
        InvalidInput: the idempotency key, or the id, was used for another request.

    """
    before = yield from _before(request)
    if before is not None:
        return before, False
    (tag,), cache = yield from turns(request.project)
    found = None
    if cache if request.cache is None else request.cache:
        found = yield from following.leader(request.project, request.fingerprint)
    name, held = request.id or new_id("gen"), request.estimate or 0
    payer = ledger.Payer(name, request.project, request.model, request.account, now, request.caller)
    yield from ledger.hold(payer, held, now)
    source = None if found is None else found[0]
    yield Statement(
        f"INSERT INTO generation ({COLUMNS}) VALUES {MARKS}",  # noqa: S608 - our own words
        row(request, name, now, tag, source),
    )
    yield happened(name, now, "created", "held", None if source is None else {"source": source})
    if found is not None and found[1] is State.SUCCEEDED:
        yield from following.share(found[0], now)
    return name, True


def row(request: Request, name: str, now: float, tag: int, source: str | None = None) -> tuple[Any, ...]:
    """Return a new generation as a row of COLUMNS."""
    return (
        name,
        request.project,
        request.model,
        request.input,
        request.fingerprint,
        request.idempotency,
        -request.priority,
        "held",
        new_token(),
        request.account,
        now,
        None if source is not None else now,
        request.estimate,
        request.estimate or 0,
        tag,
        request.caller,
        request.batch,
        request.item,
        request.flow,
        request.notify,
        source,
    )


def _before(request: Request) -> Work[str | None]:
    """Return the generation that this request has made before."""
    if request.id is not None:
        rows = yield Statement("SELECT id, fingerprint FROM generation WHERE id = ?{for_update}", (request.id,))
    elif request.idempotency is not None:
        rows = yield Statement(
            "SELECT id, fingerprint FROM generation WHERE project = ? AND idempotency = ?",
            (request.project, request.idempotency),
        )
    else:
        return None
    if not rows:
        return None
    if rows[0][1] != request.fingerprint:
        what = f"The idempotency key {request.idempotency!r}" if request.id is None else f"The id {request.id}"
        raise InvalidInput(
            f"{what} was used for another request ({rows[0][0]}).", field="idempotency_key", model=request.model
        )
    return str(rows[0][0])


def accepted(
    name: str, event: Event, task: str, now: float, changes: Mapping[str, Any], sends: int | None = None
) -> Work[bool]:
    """The vendor has a task for a generation: by its answer, or by a callback.

    False where the generation has this very task already, or has another one: then there is a second task, which is
    written down, for it may have been paid for as well.
    """
    if (yield from move(name, event, now, {**changes, "task": task, "error": None}, {"task": task}, sends=sends)):
        return True
    rows = yield Statement("SELECT task, state FROM generation WHERE id = ?{for_update}", (name,))
    if rows and rows[0][0] != task:
        own, state = rows[0]
        noted = yield Statement(
            "SELECT 1 FROM event WHERE generation = ? AND name = 'second' AND data LIKE ?",
            (name, f"%{json.dumps(task)}%"),
        )
        if not noted:
            yield Statement("UPDATE generation SET alternatives = alternatives + 1 WHERE id = ?", (name,))
            yield happened(name, now, "second", state, {"task": task, "own": own})
    return False


def returned(
    name: str, now: float, changes: Mapping[str, Any], data: Mapping[str, Any] | None, sends: int | None = None
) -> Work[bool]:
    """It was certainly not sent: it is queued again, for any account, unless its request has bound it to one.

    What was to be cancelled while it was on its way is cancelled now.
    """
    if not (yield from move(name, Event.RETURNED, now, changes, data, sends=sends)):
        return False
    yield Statement(
        "UPDATE generation SET account = coalesce((SELECT e.account FROM entry e WHERE e.generation = generation.id"
        " AND e.kind = 'hold'), account) WHERE id = ? AND state = 'held'",
        (name,),
    )
    wanted = yield Statement("SELECT cancelled FROM generation WHERE id = ?", (name,))
    if wanted[0][0]:
        yield from cancel(name, now)
    return True


def fail(
    name: str, event: Event, now: float, error: Mapping[str, Any], charged: int | None = None, sends: int | None = None
) -> Work[bool]:
    """Let a generation fail, and release what is held; or settle what the vendor charged all the same."""
    found = yield from _payer(name)
    changes = {"next_at": None, "ended": now, "error": json.dumps(error), "held": 0, "cost": charged or 0}
    if charged:
        changes["cost_from"] = "reported"
    if found is None or not (yield from move(name, event, now, changes, error, sends=sends)):
        return False
    payer, held, _ = found
    if charged:
        yield from ledger.settle(payer, held, charged, now, "reported for a failed task")
    else:
        yield from ledger.release(payer, held, now, event.value)
    yield from following.abandon(name, now)
    return True


def finish(
    name: str, event: Event, now: float, result: Mapping[str, Any], cost: int | None, changes: Mapping[str, Any]
) -> Work[bool]:
    """The vendor is done: the money is settled, the files are to be fetched.

    ``cost`` is what the vendor reports; None settles by the price rule, or as unknown, and the entry says which.
    """
    found = yield from _payer(name)
    if found is None:
        return False
    payer, held, estimate = found
    if cost is not None:
        paid, source = cost, "reported"
    elif estimate is not None:
        paid, source = estimate, "rule"
    else:
        paid, source = 0, "unknown"
    changed = {
        "next_at": now,
        "result": json.dumps(result),
        "progress": 1.0,
        "held": 0,
        "cost": paid,
        "cost_from": source,
        "attempts": 0,
        "error": None,
        **changes,
    }
    if not (yield from move(name, event, now, changed)):
        return False
    yield from ledger.settle(payer, held, paid, now, source)
    return True


def stored(
    name: str, now: float, kept: Sequence[Kept], data: Mapping[str, Any] | None = None, *, previews: bool = False
) -> Work[list[str] | None]:
    """All files are safe, and there to stay (see ``files.rescue``).

    Returns the identical requests that have ended with it; None where it was not being stored.
    """
    if not (yield from move(name, Event.STORED, now, {"next_at": None, "ended": now, "error": None}, data)):
        return None
    yield from files.insert(name, kept, now, previews=previews)
    return (yield from following.share(name, now))


def gone(name: str, now: float, changes: Mapping[str, Any], why: Mapping[str, Any]) -> Work[bool]:
    """What it brought can be had no more: it stays paid for, and who follows it is sent in its place."""
    if not (yield from move(name, Event.GONE, now, changes, why)):
        return False
    yield from following.abandon(name, now)
    return True


def cancel(name: str, now: float) -> Work[bool]:
    """Cancel a generation that was not sent yet, and release its hold; False where it is too late."""
    found = yield from _payer(name)
    changes = {"next_at": None, "ended": now, "held": 0, "cost": 0, "cancelled": 1}
    if found is None or not (yield from move(name, Event.CANCELLED, now, changes)):
        yield Statement("UPDATE generation SET cancelled = 1 WHERE id = ?", (name,))
        return False
    payer, held, _ = found
    yield from ledger.release(payer, held, now, "cancelled")
    yield from following.abandon(name, now)
    return True


def resolve(name: str, now: float, *, task: str | None, again: bool) -> Work[bool]:
    """Settle an uncertain generation as a person says: a task is adopted, it is sent again, or (neither) left.

    False where it is not uncertain.
    """
    rows = yield Statement("SELECT state FROM generation WHERE id = ?{for_update}", (name,))
    if not rows or rows[0][0] != State.UNCERTAIN:
        return False
    if task is not None:
        changes = {"task": task, "next_at": now, "error": None}
        return (yield from move(name, Event.ADOPTED, now, changes, {"task": task, "by": "a person"}))
    if again:
        return (yield from move(name, Event.REQUEUED, now, {"next_at": now, "error": None, "cancelled": 0}))
    error = {"code": "dismissed", "message": "Settled by hand: no task was found.", "kind": "Dismissed"}
    return (yield from fail(name, Event.DISMISSED, now, error))


def postpone(name: str, state: str, until: float, changes: Mapping[str, Any] | None = None) -> Work[None]:
    """Give a lease back: the generation stays where it is, and is looked at again at a time."""
    held = {"next_at": until, "lease": None, **(changes or {})}
    yield Statement(
        f"UPDATE generation SET {', '.join(f'{column} = ?' for column in held)} WHERE id = ? AND state = ?",  # noqa: S608
        (*held.values(), name, state),
    )


def _payer(name: str) -> Work[tuple[ledger.Payer, int, int | None] | None]:
    """Lock a generation; return whose money it is, what is held for it, and its estimate."""
    rows = yield Statement(
        "SELECT project, model, account, created, caller, held, estimate FROM generation WHERE id = ?{for_update}",
        (name,),
    )
    if not rows:
        return None
    *whose, held, estimate = rows[0]
    return ledger.Payer(name, *whose), int(held), None if estimate is None else int(estimate)
