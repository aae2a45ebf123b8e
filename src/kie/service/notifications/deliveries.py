"""Deliveries as rows: claimed with a lease, tried on a schedule, and every attempt written down.

    attempt   1    2     3      4       5    6    7     8
    after     0    5 s   5 min  30 min  2 h  5 h  10 h  10 h    then it has failed, and can be replayed

Source of the schedule: docs.svix.com/retries, read 2026-11-21. Each wait begins with the end of the attempt before,
and is up to a tenth longer, by chance, so that what failed together does not come back together.
"""

from __future__ import annotations

from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, NamedTuple

from kie.service.context import alerted
from kie.service.notifications.rows import secrets
from kie.store.work import Statement

if TYPE_CHECKING:
    from kie.service.accounts.sealing import Sealed
    from kie.service.notifications.posting import Answer
    from kie.store.work import Work

__all__ = ["DELAYS", "KEPT", "LEASE", "PER_LANE", "Due", "Recorded", "claim", "lanes", "record", "sweep"]

#: Seconds between the end of an attempt and the next.
DELAYS = (5.0, 300.0, 1800.0, 7200.0, 18000.0, 36000.0, 36000.0)
#: The part of a wait by which it may be longer.
JITTER = 0.1
#: Seconds after which a sender that told nothing is taken for dead; more than a POST may take.
LEASE = 60.0
#: Deliveries of one endpoint, or to one host, that one process sends side by side: a slow one holds up itself alone.
PER_LANE = 8
#: Seconds for which an endpoint may fail at every attempt before it is disabled.
PATIENCE = 5 * 86400.0
#: Seconds for which messages are kept, with the log of their deliveries.
KEPT = 30 * 86400.0
#: Seconds that a receiver may ask to be left alone for.
_LONGEST = 86400.0

_GONE = 410
#: With which a receiver asks for time.
_BUSY = frozenset({429, 503})


class Due(NamedTuple):
    """A delivery that this process sends.

    Attributes:
        number: of the delivery.
        message: the message's id.
        body: as it is sent.
        endpoint: the endpoint's id.
        url: where it goes.
        lane: what is slow together.
        attempts: that were made before.
        claims: fences the outcome.
        secrets: of the endpoint, the newest first: id and what is sealed.

    """

    number: int
    message: str
    body: bytes
    endpoint: str
    url: str
    lane: str
    attempts: int
    claims: int
    secrets: tuple[tuple[str, Sealed], ...]


class Recorded(NamedTuple):
    """What an attempt led to.

    Attributes:
        state: of the delivery: waiting, delivered or failed; "" where another has it now.
        next_at: of the next attempt.
        disabled: why the endpoint was disabled by it: "gone", "failing", or "".

    """

    state: str
    next_at: float | None = None
    disabled: str = ""


def lanes() -> Work[list[tuple[str, float]]]:
    """Return each lane with a delivery that waits, and when its first is due; the earliest first.

    Goes from lane to lane by the index, so that a hundred thousand that wait for one receiver cost nothing here.
    """
    rows = yield Statement(
        "WITH RECURSIVE found (lane) AS (SELECT min(lane) FROM delivery WHERE state = 'waiting' UNION ALL"
        " SELECT (SELECT min(d.lane) FROM delivery d WHERE d.state = 'waiting' AND d.lane > found.lane)"
        " FROM found WHERE found.lane IS NOT NULL)"
        " SELECT lane, (SELECT min(d.next_at) FROM delivery d WHERE d.state = 'waiting' AND d.lane = found.lane)"
        " FROM found WHERE lane IS NOT NULL ORDER BY 2"
    )
    return [(str(lane), float(at)) for lane, at in rows]


def claim(lane: str, most: int, now: float) -> Work[list[Due]]:
    """Claim what is due in a lane.

    In one statement: several of one process may be in the same transaction, whose own locks it does not skip.
    """
    rows = yield Statement(
        "WITH due AS (SELECT number FROM delivery WHERE state = 'waiting' AND lane = ? AND next_at <= ?"
        " ORDER BY next_at, number LIMIT ?{locked})"
        " UPDATE delivery SET next_at = ?, claims = claims + 1 WHERE number IN (SELECT number FROM due)"
        " RETURNING number, message, endpoint, url, attempts, claims",
        (lane, now, most, now + LEASE),
    )
    claimed = []
    for row in sorted(rows):
        claimed.append((yield from due(row, lane, now)))  # noqa: PERF401 - a comprehension cannot yield
    return claimed


def due(row: tuple[int, str, str, str, int, int], lane: str, now: float) -> Work[Due]:
    """Read what is needed to send a delivery."""
    number, message, endpoint, url, attempts, claims = row
    told = yield Statement(
        "SELECT m.payload, e.url FROM message m, endpoint e WHERE m.id = ? AND e.id = ?", (message, endpoint)
    )
    keys = yield from secrets(endpoint, now)
    return Due(
        number,
        message,
        str(told[0][0]).encode(),
        endpoint,
        url or told[0][1],
        lane,
        attempts,
        claims,
        tuple(keys),
    )


def record(sent: Due, answer: Answer, now: float, chance: float = 0.0, *, once: bool = False) -> Work[Recorded]:
    """Write an attempt down, and what follows from it.

    Args:
        sent: what was sent.
        answer: what came.
        now: Unix seconds.
        chance: 0 to 1: how much of the jitter is added to the wait.
        once: it is not tried again.

    """
    # The endpoint's row before the delivery's, here and elsewhere: so no two transactions wait for each other.
    asked, disabled = 0.0, ""
    if answer.taken:
        yield Statement("UPDATE endpoint SET failing = NULL WHERE id = ? AND failing IS NOT NULL", (sent.endpoint,))
    else:
        asked = _asked(answer, now)
        disabled = yield from _failing(sent, answer, asked, now, counts=not once)
    rows = yield Statement("SELECT claims, state FROM delivery WHERE number = ?{for_update}", (sent.number,))
    if not rows:  # the endpoint was removed meanwhile
        return Recorded("")
    claims, state = rows[0]
    yield Statement(
        "INSERT INTO delivery_attempt (delivery, at, status, error, excerpt, took) VALUES (?, ?, ?, ?, ?, ?)",
        (sent.number, now, answer.status, answer.error, answer.excerpt, answer.took),
    )
    if answer.taken:  # whoever else has claimed it: the receiver has it
        yield from _end(sent, "delivered", now)
        return Recorded("delivered")
    if claims != sent.claims or state == "delivered":
        return Recorded("", None, disabled)
    if state == "failed" or once or sent.attempts >= len(DELAYS) or answer.status == _GONE:
        yield from _end(sent, "failed", now)
        return Recorded("failed", None, disabled)
    at = max(now + DELAYS[sent.attempts] * (1.0 + JITTER * chance), asked)
    yield Statement("UPDATE delivery SET attempts = attempts + 1, next_at = ? WHERE number = ?", (at, sent.number))
    return Recorded("waiting", at)


def _end(sent: Due, state: str, now: float) -> Work[None]:
    yield Statement(
        "UPDATE delivery SET state = ?, attempts = attempts + 1, next_at = NULL, ended = ? WHERE number = ?",
        (state, now, sent.number),
    )


def _asked(answer: Answer, now: float) -> float:
    """Until when a busy receiver asks to be left alone; 0 where it does not ask."""
    if answer.status not in _BUSY or answer.retry_after is None:
        return 0.0
    text = answer.retry_after.strip()
    if text.isascii() and text.isdigit():
        return now + min(float(text[:9]), _LONGEST)
    try:
        at = parsedate_to_datetime(text)
        return min((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp(), now + _LONGEST)
    except (ValueError, OverflowError):
        return 0.0


def _failing(sent: Due, answer: Answer, asked: float, now: float, *, counts: bool) -> Work[str]:
    """Write down that an endpoint fails, and leave it alone when it asks for it; returns why it was disabled.

    A test that fails does not begin the time in which all fails: nothing is tried again that could end it.
    """
    rows = yield Statement(
        "UPDATE endpoint SET failing = coalesce(failing, ?),"
        " not_before = CASE WHEN not_before < ? THEN ? ELSE not_before END"
        " WHERE id = ? AND kind = 'endpoint' AND state = 'enabled' RETURNING failing",
        (now if counts else None, asked, asked, sent.endpoint),
    )
    if not rows:  # a callback address has no state of its own
        return ""
    if asked > now:
        yield Statement(
            "UPDATE delivery SET next_at = ? WHERE lane = ? AND state = 'waiting' AND next_at < ? AND number <> ?",
            (asked, sent.lane, asked, sent.number),
        )
    why = "gone" if answer.status == _GONE else "failing" if counts and now - rows[0][0] >= PATIENCE else ""
    if not why or not (yield from disable(sent.endpoint, why, now)):
        return ""
    words = "answered 410 Gone" if why == "gone" else "has failed at every attempt for five days"
    last = answer.error or f"HTTP {answer.status}"
    text = f"The endpoint {sent.endpoint} {words}, and is disabled. The last attempt: {last}."
    yield from alerted("endpoint", text, now, None, {"endpoint": sent.endpoint, "why": why})
    return why


def disable(endpoint: str, why: str, now: float) -> Work[bool]:
    """Send an endpoint nothing more; what waited for it has failed, and can be replayed. False where it was so."""
    rows = yield Statement(
        "UPDATE endpoint SET state = 'disabled', why = ? WHERE id = ? AND state = 'enabled' RETURNING id",
        (why, endpoint),
    )
    if rows:
        yield Statement(
            "UPDATE delivery SET state = 'failed', next_at = NULL, ended = ? WHERE endpoint = ? AND state = 'waiting'",
            (now, endpoint),
        )
    return bool(rows)


def replay(endpoint: str, message: str | None, since: float | None, now: float) -> Work[int]:
    """Let an endpoint be sent a message, or all of an event since a time that failed, as if they were new."""
    again = "state = 'waiting', attempts = 0, claims = delivery.claims + 1, next_at = ?, ended = NULL"
    if message is not None:
        yield Statement(
            "INSERT INTO delivery (message, endpoint, url, lane, state, attempts, claims, next_at, at)"  # noqa: S608
            " VALUES (?, ?, '', ?, 'waiting', 0, 0, ?, ?)"
            f" ON CONFLICT (message, endpoint, url) DO UPDATE SET {again}",
            (message, endpoint, endpoint, now, now, now),
        )
        return 1
    rows = yield Statement(
        f"UPDATE delivery SET {again} WHERE endpoint = ? AND state = 'failed'"  # noqa: S608 - our own words
        " AND message IN (SELECT id FROM message WHERE at >= ?) RETURNING number",
        (now, endpoint, since),
    )
    return len(rows)


def give_back(sent: Due, until: float) -> Work[None]:
    """Put a delivery back that could not be sent for a reason of ours: it counts as no attempt."""
    yield Statement(
        "UPDATE delivery SET next_at = ? WHERE number = ? AND claims = ? AND state = 'waiting'",
        (until, sent.number, sent.claims),
    )


def sweep(now: float, most: int = 1000) -> Work[int]:
    """Remove messages that are old and of which nothing waits, with their log, and secrets that sign no more."""
    rows = yield Statement(
        "DELETE FROM message WHERE id IN (SELECT m.id FROM message m WHERE m.at < ? AND NOT EXISTS"
        " (SELECT 1 FROM delivery d WHERE d.message = m.id AND d.state = 'waiting') ORDER BY m.at LIMIT ?)"
        " RETURNING id",
        (now - KEPT, most),
    )
    yield Statement("DELETE FROM signing_secret WHERE until IS NOT NULL AND until <= ?", (now,))
    return len(rows)
