"""The steps of a generation as transactions: each changes its state if it may, and writes the event down."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from kie.errors import InvalidInput
from kie.ids import new_id, new_token
from kie.service import ledger
from kie.service.machine import TRANSITIONS, Event
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kie.store.work import Work

__all__ = ["Request", "cancel", "create", "fail", "finish", "move", "postpone", "stored"]


class Request(NamedTuple):
    """What is asked for.

    Attributes:
        project: whose budget pays.
        model: the catalogue's id.
        input: as it is to be sent, JSON.
        fingerprint: of model and input.
        account: whose vendor key is used.
        estimate: the most that it may cost in millionths of a credit, or None where no price is known.
        priority: higher goes first.
        idempotency: the caller's own key, or None.

    """

    project: str
    model: str
    input: str
    fingerprint: str
    account: str
    estimate: int | None
    priority: int = 0
    idempotency: str | None = None


def create(request: Request, now: float) -> Work[tuple[str, bool]]:
    """Write a generation down and hold its price; returns its id, and whether it is new.

    Raises:
        BudgetExceeded: nothing was written.
        InvalidInput: the idempotency key was used for another request.

    """
    if request.idempotency is not None:
        rows = yield Statement(
            "SELECT id, fingerprint FROM generation WHERE project = ? AND idempotency = ?",
            (request.project, request.idempotency),
        )
        if rows:
            if rows[0][1] != request.fingerprint:
                raise InvalidInput(
                    f"The idempotency key {request.idempotency!r} was used for another request ({rows[0][0]}).",
                    field="idempotency_key",
                    model=request.model,
                )
            return str(rows[0][0]), False
    name, held = new_id("gen"), request.estimate or 0
    yield from ledger.hold(ledger.Payer(name, request.project, request.model, request.account, now), held, now)
    yield Statement(
        "INSERT INTO generation (id, project, model, input, fingerprint, idempotency, priority, state, hook, account,"
        " created, next_at, estimate, held) VALUES (?, ?, ?, ?, ?, ?, ?, 'held', ?, ?, ?, ?, ?, ?)",
        (
            name,
            request.project,
            request.model,
            request.input,
            request.fingerprint,
            request.idempotency,
            -request.priority,
            new_token(),
            request.account,
            now,
            now,
            request.estimate,
            held,
        ),
    )
    yield _event(name, now, "created", "held", None)
    return name, True


def move(
    name: str, event: Event, now: float, changes: Mapping[str, Any] | None = None, data: Mapping[str, Any] | None = None
) -> Work[bool]:
    """Let an event happen; False, and nothing is written, where the generation is in another state."""
    transition = TRANSITIONS[event]
    held = {"state": transition.after.value, "lease": None, **(changes or {})}
    before = sorted(transition.before)
    rows = yield Statement(
        f"UPDATE generation SET {', '.join(f'{column} = ?' for column in held)}"  # noqa: S608 - our own names
        f" WHERE id = ? AND state IN ({', '.join('?' * len(before))}) RETURNING id",
        (*held.values(), name, *before),
    )
    if rows:
        yield _event(name, now, event.value, transition.after.value, data)
    return bool(rows)


def fail(name: str, event: Event, now: float, error: Mapping[str, Any], charged: int | None = None) -> Work[bool]:
    """Let a generation fail, and release what is held; or settle what the vendor charged all the same."""
    changes = {"next_at": None, "ended": now, "error": json.dumps(error), "held": 0, "cost": charged or 0}
    if charged:
        changes["cost_from"] = "reported"
    if not (yield from move(name, event, now, changes, error)):
        return False
    payer, held = yield from _payer(name)
    if charged:
        yield from ledger.settle(payer, held, charged, now, "reported for a failed task")
    else:
        yield from ledger.release(payer, held, now, event.value)
    return True


def finish(name: str, event: Event, now: float, result: Mapping[str, Any], cost: int | None) -> Work[bool]:
    """The vendor is done: the money is settled, the files are to be fetched.

    ``cost`` is what the vendor reports; None settles by the estimate, and says so.
    """
    rows = yield Statement("SELECT estimate FROM generation WHERE id = ?", (name,))
    paid, source = (cost, "reported") if cost is not None else (int((rows and rows[0][0]) or 0), "rule")
    changes = {
        "next_at": now,
        "result": json.dumps(result),
        "progress": 1.0,
        "held": 0,
        "cost": paid,
        "cost_from": source,
        "attempts": 0,
    }
    if not (yield from move(name, event, now, changes)):
        return False
    payer, held = yield from _payer(name)
    yield from ledger.settle(payer, held, paid, now, source)
    return True


def stored(name: str, now: float, files: list[tuple[str, int, str, int, str]]) -> Work[bool]:
    """All files are safe: (role, position, sha256, size, type) of each."""
    if not (yield from move(name, Event.STORED, now, {"next_at": None, "ended": now})):
        return False
    for role, position, digest, size, kind in files:
        yield Statement(
            "INSERT INTO artefact (id, generation, position, role, sha256, size, type, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (generation, role, position) DO NOTHING",
            (new_id("art"), name, position, role, digest, size, kind, now),
        )
    return True


def cancel(name: str, now: float) -> Work[bool]:
    """Cancel a generation that was not sent yet, and release its hold; False where it is too late."""
    changes = {"next_at": None, "ended": now, "held": 0, "cost": 0}
    if not (yield from move(name, Event.CANCELLED, now, changes)):
        yield Statement("UPDATE generation SET cancelled = 1 WHERE id = ?", (name,))
        return False
    payer, held = yield from _payer(name)
    yield from ledger.release(payer, held, now, "cancelled")
    return True


def postpone(name: str, state: str, until: float, changes: Mapping[str, Any] | None = None) -> Work[None]:
    """Give a lease back: the generation stays where it is, and is looked at again at a time."""
    held = {"next_at": until, "lease": None, **(changes or {})}
    yield Statement(
        f"UPDATE generation SET {', '.join(f'{column} = ?' for column in held)} WHERE id = ? AND state = ?",  # noqa: S608
        (*held.values(), name, state),
    )


def _payer(name: str) -> Work[tuple[ledger.Payer, int]]:
    """Return whose money it is, and what is held for it."""
    rows = yield Statement(
        "SELECT g.project, g.model, g.account, g.created,"
        " (SELECT coalesce(sum(e.amount), 0) FROM entry e WHERE e.generation = g.id AND e.kind IN ('hold', 'release'))"
        " FROM generation g WHERE g.id = ?",
        (name,),
    )
    project, model, account, created, held = rows[0]
    return ledger.Payer(name, project, model, account, created), int(held)


def _event(name: str, now: float, event: str, state: str, data: Mapping[str, Any] | None) -> Statement:
    return Statement(
        "INSERT INTO event (generation, at, name, state, data) VALUES (?, ?, ?, ?, ?)",
        (name, now, event, state, None if data is None else json.dumps(data)),
    )
