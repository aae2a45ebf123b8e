"""Endpoints and the log of their deliveries, as they are read from the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kie.service.accounts.sealing import Sealed
from kie.store.work import Statement

if TYPE_CHECKING:
    from kie.store.work import Work

__all__ = ["Attempt", "Delivery", "Endpoint", "Notification"]


class Endpoint(NamedTuple):
    """Where notifications go. Times are Unix seconds.

    Attributes:
        id: its name.
        project: whose events it is told; "" for those of all.
        url: where they go.
        types: which of them; empty for all. "generation.*" stands for a group.
        description: for people.
        state: "enabled" or "disabled".
        why: it is disabled: "gone" (it answered 410), "failing" (at every attempt for five days), or "" by hand.
        created: when it was added.
        failing: since when every attempt has failed, or None.

    """

    id: str
    project: str
    url: str
    types: tuple[str, ...]
    description: str
    state: str
    why: str
    created: float
    failing: float | None


class Attempt(NamedTuple):
    """One attempt of a delivery.

    Attributes:
        at: when it ended, Unix seconds.
        status: HTTP status, or None where no answer came.
        error: why none came, or "".
        excerpt: the beginning of the answer.
        took: seconds.

    """

    at: float
    status: int | None
    error: str
    excerpt: str
    took: float


class Delivery(NamedTuple):
    """A message on its way to an endpoint. Times are Unix seconds.

    Attributes:
        number: ascending over all deliveries.
        message: its id, which the receiver sees as ``webhook-id``.
        endpoint: to which it goes.
        type: of the event.
        subject: the generation, batch or flow that it is about.
        url: where it goes.
        state: "waiting", "delivered" or "failed".
        attempts: that were made.
        next_at: when it is sent or tried again, or None.
        created: when it was written.
        last: the last attempt, or None.

    """

    number: int
    message: str
    endpoint: str
    type: str
    subject: str
    url: str
    state: str
    attempts: int
    next_at: float | None
    created: float
    last: Attempt | None


class Notification(NamedTuple):
    """A message.

    Attributes:
        id: the receiver sees it as ``webhook-id``.
        project: whose event it is.
        type: of the event.
        subject: the generation, batch or flow that it is about.
        payload: the body, as it is sent.
        at: when the event was, Unix seconds.

    """

    id: str
    project: str
    type: str
    subject: str
    payload: str
    at: float


_ENDPOINT = "SELECT id, project, url, types, description, state, why, created, failing FROM endpoint"
_DELIVERY = (
    "SELECT d.number, d.message, d.endpoint, m.type, m.subject, CASE WHEN d.url = '' THEN e.url ELSE d.url END,"
    " d.state, d.attempts, d.next_at, d.at, a.at, a.status, a.error, a.excerpt, a.took FROM delivery d"
    " JOIN message m ON m.id = d.message JOIN endpoint e ON e.id = d.endpoint LEFT JOIN delivery_attempt a"
    " ON a.number = (SELECT max(l.number) FROM delivery_attempt l WHERE l.delivery = d.number)"
)


def one(name: str) -> Work[Endpoint | None]:
    """Read an endpoint."""
    rows = yield Statement(f"{_ENDPOINT} WHERE id = ? AND kind = 'endpoint'", (name,))
    return _endpoint(rows[0]) if rows else None


def several(project: str | None) -> Work[list[Endpoint]]:
    """Read the endpoints that are told of a project's events, or all."""
    where, values = (" AND project IN ('', ?)", (project,)) if project is not None else ("", ())
    rows = yield Statement(f"{_ENDPOINT} WHERE kind = 'endpoint'{where} ORDER BY id", values)
    return [_endpoint(row) for row in rows]


def secrets(endpoint: str, now: float) -> Work[list[tuple[str, Sealed]]]:
    """Read the secrets that sign for an endpoint, the newest first."""
    rows = yield Statement(
        "SELECT id, key_id, blob FROM signing_secret WHERE endpoint = ? AND (until IS NULL OR until > ?)"
        " ORDER BY CASE WHEN until IS NULL THEN 0 ELSE 1 END, created DESC, id DESC",
        (endpoint, now),
    )
    return [(str(name), Sealed(key, bytes(blob))) for name, key, blob in rows]


def log(given: dict[str, Any], before: int | None, limit: int) -> Work[list[Delivery]]:
    """Read deliveries, newest first. ``given``: values by column."""
    where = "".join(f" AND {column} = ?" for column in given)
    values = [*given.values(), before if before is not None else 2**62, limit]
    rows = yield Statement(f"{_DELIVERY} WHERE TRUE{where} AND d.number < ? ORDER BY d.number DESC LIMIT ?", values)
    return [_delivery(row) for row in rows]


def attempts(number: int) -> Work[list[Attempt]]:
    """Read the attempts of a delivery, in their order."""
    rows = yield Statement(
        "SELECT at, status, error, excerpt, took FROM delivery_attempt WHERE delivery = ? ORDER BY number", (number,)
    )
    return [Attempt._make(row) for row in rows]


def message(name: str) -> Work[Notification | None]:
    """Read a message."""
    rows = yield Statement("SELECT id, project, type, subject, payload, at FROM message WHERE id = ?", (name,))
    return Notification._make(rows[0]) if rows else None


def _endpoint(row: tuple[Any, ...]) -> Endpoint:
    return Endpoint._make((*row[:3], tuple(row[3].split()), *row[4:]))


def _delivery(row: tuple[Any, ...]) -> Delivery:
    return Delivery._make((*row[:10], None if row[10] is None else Attempt._make(row[10:])))
