"""What users are told: an event becomes a message, once, and a delivery for each endpoint that wants it.

A message is thin: ids, states and amounts. Never the vendor's links, which die, nor what was asked for, nor a secret:
whoever may see more asks for it by the id.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from kie.errors import InvalidInput
from kie.ids import new_id
from kie.service.amounts import to_credits
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kie.service.accounts.sealing import Sealed
    from kie.store.work import Work

__all__ = ["LISTENED", "TYPES", "VERSION", "announce", "fan_out", "filtered", "listening"]

#: Of the payload; it rises when a field changes its meaning or goes.
VERSION = 1

#: Every type of event, with what its message is about.
TYPES = {
    "generation.succeeded": "its files are stored",
    "generation.failed": "with the reason; what was held is released",
    "generation.cancelled": "before it was sent",
    "generation.uncertain": "nobody knows whether a task was made: a callback or a person settles it",
    "batch.finished": "all of its items have ended, or it was cancelled",
    "flow.finished": "its last step has ended, or it failed or was cancelled",
    "alert.*": "something that a person should look at, sorted by its last word; for endpoints of all projects",
    "ping": "a test of an endpoint",
}
#: What may be asked for besides: groups, and kinds of alerts.
_FURTHER = re.compile(r"(generation|batch|flow)\.\*|alert\.[a-z0-9_-]+")
#: Endpoints that are told of anything, and those that want an event of a type and a project.
_ENABLED = "kind = 'endpoint' AND state = 'enabled'"
_WANTED = f"{_ENABLED} AND project IN ('', ?) AND (types = '' OR types LIKE ? OR types LIKE ?)"
#: Whether there is any endpoint: where there is none, as with most, that is all that a generation's end asks of them.
LISTENED = f"EXISTS (SELECT 1 FROM endpoint WHERE {_ENABLED})"  # noqa: S608 - our own words


class _Goal(NamedTuple):
    """Where a message goes: an endpoint, with an address of its own where it is a callback."""

    endpoint: str
    url: str
    lane: str
    not_before: float


def filtered(types: Iterable[str]) -> str:
    """Return the types that an endpoint wants as they are kept; "" for all.

    Raises:
        InvalidInput: there is no such type.

    """
    wanted = sorted(set(types))
    for name in wanted:
        if name not in TYPES and not _FURTHER.fullmatch(name):
            raise InvalidInput(
                f"There is no event {name!r}.",
                field="types",
                allowed=tuple(TYPES),
                hint="A group is written as generation.*, a kind of alert as alert.credits.",
            )
    return f" {' '.join(wanted)} " if wanted else ""


def _wanting(project: str, type: str) -> tuple[str, str, str]:
    return project, f"% {type} %", f"% {type.partition('.')[0]}.* %"


def listening(name: str, project: str, state: str, now: float) -> Statement:
    """Put into the outbox which endpoints are to be told that a generation has come to a state.

    Part of the transaction in which it does, and cheap: the messages are made of it by ``fan_out``.

    Args:
        name: the generation.
        project: whose it is.
        state: "succeeded", "failed", "cancelled" or "uncertain".
        now: Unix seconds.

    """
    return Statement(
        "INSERT INTO outbox (at, kind, target, generation, state)"  # noqa: S608 - our own words
        f" SELECT ?, 'notify', id, ?, ? FROM endpoint WHERE {_WANTED}",
        (now, name, state, *_wanting(project, f"generation.{state}")),
    )


def announce(
    type: str,
    project: str,
    subject: str,
    data: Mapping[str, Any],
    now: float,
) -> Work[str | None]:
    """Tell the endpoints that want it of an event that is none of a generation's; part of any transaction.

    Args:
        type: one of TYPES.
        project: whose it is; "" where it concerns all: only endpoints of all projects are told.
        subject: the batch, flow or account; the same event of it at the same time is told once.
        data: what the message says, thin.
        now: Unix seconds.

    Returns:
        The message's id; None where nobody wants it.

    """
    rows = yield Statement(
        f"SELECT id, not_before FROM endpoint WHERE {_WANTED}",  # noqa: S608 - our own words
        _wanting(project, type),
    )
    if not rows:
        return None
    made = yield from written(type, project, subject, data, now)
    for endpoint, not_before in rows:
        yield from delivered_to(made, _Goal(endpoint, "", endpoint, not_before), now)
    return made


def fan_out(seal: Callable[[str], Sealed] | None, most: int, now: float) -> Work[tuple[int, list[str]]]:
    """Empty the outbox of what users are to be told: write the messages, and a delivery for each who wants it.

    Args:
        seal: makes the sealed secret of a project that has none yet, for a row's id; None where nothing can be sealed.
        most: rows to take.
        now: Unix seconds.

    Returns:
        How many rows were taken, and the generations whose callback address cannot be served for want of a master key.

    """
    rows = yield Statement(
        "SELECT number, target, generation, state, at FROM outbox WHERE kind = 'notify'"
        " ORDER BY number LIMIT ?{locked}",
        (most,),
    )
    known: dict[tuple[str, str, float], tuple[str, str] | None] = {}
    unsigned = []
    for number, target, generation, state, at in rows:
        place, key = str(target), (str(generation), str(state), float(at))
        if key not in known:
            known[key] = yield from _told(*key)
        found = known[key]
        if found is not None:
            made, project = found
            goal = yield from _goal(place, project, seal, now)
            if goal is not None:
                yield from delivered_to(made, goal, now)
            elif ":" in place:
                unsigned.append(str(generation))
        yield Statement("DELETE FROM outbox WHERE number = ?", (number,))
    return len(rows), unsigned


def _goal(place: str, project: str, seal: Callable[[str], Sealed] | None, now: float) -> Work[_Goal | None]:
    """Find where to, as the outbox names it: an endpoint's id, or the address of a callback."""
    if ":" not in place:
        rows = yield Statement("SELECT not_before FROM endpoint WHERE id = ? AND state = 'enabled'", (place,))
        return _Goal(place, "", place, rows[0][0]) if rows else None
    signer = yield from signer_of(project, seal, now)
    return _Goal(signer, place, urlsplit(place).netloc.lower(), 0.0) if signer else None


def signer_of(project: str, seal: Callable[[str], Sealed] | None, now: float) -> Work[str | None]:
    """Return the endpoint whose secret signs for a project's callback addresses; it is made when there is none."""
    asked = Statement("SELECT id FROM endpoint WHERE kind = 'callbacks' AND project = ?", (project,))
    rows = yield asked
    if not rows and seal is not None:
        yield Statement(
            "INSERT INTO endpoint (id, kind, project, url, types, description, state, why, created, not_before)"
            " VALUES (?, 'callbacks', ?, '', '', '', 'enabled', '', ?, 0) ON CONFLICT DO NOTHING",
            (new_id("ep"), project, now),
        )
        rows = yield asked
        found = yield Statement("SELECT 1 FROM signing_secret WHERE endpoint = ?", (rows[0][0],))
        if not found:
            yield from put_secret(str(rows[0][0]), seal, now)
    return str(rows[0][0]) if rows else None


def put_secret(endpoint: str, seal: Callable[[str], Sealed], now: float) -> Work[None]:
    """Write a sealed secret down."""
    name = new_id("sec")
    sealed = seal(name)
    yield Statement(
        "INSERT INTO signing_secret (id, endpoint, blob, key_id, created) VALUES (?, ?, ?, ?, ?)",
        (name, endpoint, sealed.blob, sealed.key_id, now),
    )


def _told(name: str, state: str, at: float) -> Work[tuple[str, str] | None]:
    """Write the message of what became of a generation; returns its id and the project."""
    rows = yield Statement(
        "SELECT project, model, created, ended, cost, error, idempotency, batch, item FROM generation WHERE id = ?",
        (name,),
    )
    if not rows:
        return None
    project, model, created, ended, cost, error, idempotency, batch, item = rows[0]
    files = yield Statement("SELECT id FROM artefact WHERE generation = ? ORDER BY role DESC, position", (name,))
    data: dict[str, Any] = {
        "id": name,
        "project": project,
        "model": model,
        "state": state,
        "created": _moment(created),
        "ended": None if ended is None or state == "uncertain" else _moment(ended),
        "cost": None if cost is None else f"{to_credits(cost).normalize():f}",
        "artefacts": [file for (file,) in files],
        "error": None if error is None or state == "succeeded" else _reason(error),
        "idempotency_key": idempotency,
    }
    if batch:
        data |= {"batch": batch, "item": item}
    return (yield from written(f"generation.{state}", project, name, data, at)), str(project)


def _reason(error: str) -> dict[str, str]:
    """Tell what a failure is called. Its words are the vendor's, and may repeat what was asked for."""
    held = json.loads(error)
    return {name: str(held[name]) for name in ("code", "kind") if held.get(name)}


def written(type: str, project: str, subject: str, data: Mapping[str, Any], at: float) -> Work[str]:
    """Write a message down, or find it: the same event is told once, whoever else writes it."""
    payload = json.dumps(
        {"type": type, "timestamp": _moment(at), "version": VERSION, "data": data},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    yield Statement(
        "INSERT INTO message (id, project, type, subject, payload, at) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (subject, type, at) DO NOTHING",
        (new_id("msg"), project, type, subject, payload, at),
    )
    rows = yield Statement("SELECT id FROM message WHERE subject = ? AND type = ? AND at = ?", (subject, type, at))
    return str(rows[0][0])


def delivered_to(message: str, goal: _Goal, now: float) -> Work[None]:
    """Write down that a message is to go somewhere; once."""
    yield Statement(
        "INSERT INTO delivery (message, endpoint, url, lane, state, attempts, claims, next_at, at)"
        " VALUES (?, ?, ?, ?, 'waiting', 0, 0, ?, ?) ON CONFLICT (message, endpoint, url) DO NOTHING",
        (message, goal.endpoint, goal.url, goal.lane, max(now, goal.not_before), now),
    )


def _moment(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
