"""At certain times a flow is run. Once each time, however many workers there are.

These are rows of ours rather than schedules of DBOS, although DBOS 3.4.0 can make them while it runs: its own need
DBOS to be launched (45 MB and eight threads) in every process that may only once a day have something to do, they hold
one thread each, fire up to ten seconds late on purpose, and follow the machine's clock instead of the service's. A row
of ours is due by the service's clock, is claimed and moved on in one transaction, and starts its run under a name that
follows from schedule and time.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime, tzinfo
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from kie.errors import InvalidInput, KieError
from kie.store.errors import StoreError
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from kie.store.database import Database
    from kie.store.work import Begin, Work

__all__ = ["Due", "Schedule", "fire", "next_time", "put", "read_all", "remove", "set_right"]

_LOG = logging.getLogger("kie.service")
#: Seconds by which a time may be missed (nobody worked then) and is still made up for, once.
LATE = 86400.0
_COLUMNS = "name, cron, zone, flow, project, inputs, enabled, next_at, last_at, last_run, error"


class Schedule(NamedTuple):
    """A flow that is run at certain times. Times are Unix seconds.

    Attributes:
        name: of the schedule.
        cron: five fields: minute, hour, day of the month, month, day of the week.
        zone: the time zone of these, by its IANA name.
        flow: which flow.
        project: whose budget pays.
        inputs: of the flow.
        enabled: whether it is run.
        next_at: when next, or None where that cannot be told; then ``error`` says why.
        last_at: the time for which it was last run, or None.
        last_run: the run that was started then.
        error: why it could not be run last time, or None.

    """

    name: str
    cron: str
    zone: str
    flow: str
    project: str
    inputs: dict[str, Any]
    enabled: bool
    next_at: float | None
    last_at: float | None
    last_run: str | None
    error: str | None


class Due(NamedTuple):
    """A schedule whose time has come: the time that was meant, by which its run is named."""

    schedule: Schedule
    at: float

    @property
    def key(self) -> str:
        """The same for this time of this schedule, whoever does it."""
        return f"schedule:{self.schedule.name}:{self.at:.0f}"


def zone_of(name: str) -> tzinfo:
    """Return a time zone.

    Raises:
        InvalidInput: there is none of this name.

    """
    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise InvalidInput(f"{name!r} is no time zone; an IANA name is needed: Europe/Berlin.", field="zone") from None


def next_time(cron: str, zone: str, after: float) -> float:
    """Return the next time of a schedule, in Unix seconds.

    Args:
        cron: five fields: minute, hour, day of the month, month, day of the week.
        zone: the IANA name of a time zone.
        after: Unix seconds; the time is later than this.

    Raises:
        InvalidInput: it cannot be read, or never comes.

    What is done at certain hours is done once in the night in which an hour comes twice.

    """
    from croniter import CroniterError, croniter  # type: ignore[import-untyped] # comes with DBOS, which is pinned

    if len(cron.split()) != 5:  # noqa: PLR2004 - the five fields
        raise InvalidInput(f"{cron!r}: minute, hour, day, month and day of the week are needed.", field="cron")
    try:
        times = croniter(cron, datetime.fromtimestamp(after, zone_of(zone)))
        found = times.get_next(datetime)
        while found.fold and "*" not in cron.split()[1]:
            found = times.get_next(datetime)
    except (CroniterError, ValueError, KeyError) as error:
        raise InvalidInput(f"{cron!r} is no schedule: {error}", field="cron") from None
    return float(found.timestamp())


def put(schedule: Schedule) -> Work[None]:
    """Write a schedule down; one of the same name is replaced, and keeps what is known of its last time."""
    yield Statement(
        "INSERT INTO flow_schedule (name, cron, zone, task, flow, project, inputs, enabled, next_at)"
        " VALUES (?, ?, ?, 'flow', ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET cron = excluded.cron,"
        " zone = excluded.zone, flow = excluded.flow, project = excluded.project, inputs = excluded.inputs,"
        " enabled = excluded.enabled, next_at = excluded.next_at, error = NULL",
        (*schedule[:5], json.dumps(schedule.inputs), int(schedule.enabled), schedule.next_at),
    )


def remove(name: str) -> Work[bool]:
    """Remove a schedule; False where there is none."""
    return bool((yield Statement("DELETE FROM flow_schedule WHERE name = ? RETURNING name", (name,))))


def read_all() -> Work[list[Schedule]]:
    """Read all schedules, by name."""
    rows = yield Statement(f"SELECT {_COLUMNS} FROM flow_schedule ORDER BY name")  # noqa: S608 - our own names
    return [_read(row) for row in rows]


def _read(row: tuple[Any, ...]) -> Schedule:
    return Schedule._make((*row[:5], json.loads(row[5]), bool(row[6]), *row[7:]))


def _due(now: float) -> Work[list[Schedule]]:
    rows = yield Statement(
        f"SELECT {_COLUMNS} FROM flow_schedule WHERE enabled = 1 AND next_at <= ?"  # noqa: S608 - our own names
        " ORDER BY next_at LIMIT 50",
        (now,),
    )
    return [_read(row) for row in rows]


def _kept(due: Due, now: float, begin: Begin[str] | None, error: str | None) -> Work[None]:
    """Move a schedule on to its next time, and start its run, in one transaction, unless another worker did.

    What was missed is made up for once, not as often as it was missed.
    """
    schedule = due.schedule
    following, wrong = _following(schedule, now)
    rows = yield Statement(
        "UPDATE flow_schedule SET next_at = ?, error = ? WHERE name = ? AND next_at = ? AND enabled = 1 RETURNING name",
        (following, wrong or error, schedule.name, schedule.next_at),
    )
    if rows and begin is not None:
        run = yield from begin()
        yield Statement(
            "UPDATE flow_schedule SET last_at = ?, last_run = ? WHERE name = ?", (due.at, run, schedule.name)
        )


def _following(schedule: Schedule, after: float) -> tuple[float | None, str | None]:
    """Return the next time of a schedule; or why there is none: its zone is not known on this machine, say."""
    try:
        return next_time(schedule.cron, schedule.zone, after), None
    except KieError as error:
        return None, str(error)


def _meant(schedule: Schedule, now: float) -> float:
    """Return the last time that has come and was not kept; one in the future where all were missed by too long."""
    at = schedule.next_at or now
    if now - at > LATE:
        at = next_time(schedule.cron, schedule.zone, now - LATE)
    while (following := next_time(schedule.cron, schedule.zone, at)) <= now:
        at = following
    return at


async def fire(database: Database, now: float, start: Callable[[Due], Awaitable[Begin[str]]]) -> None:
    """Run what is due by the schedules; one that cannot be run holds up nothing else.

    Args:
        database: where they are written.
        now: Unix seconds.
        start: returns what starts the run of a schedule's flow, as part of the transaction that moves it on.

    """
    for schedule in await database.read(partial(_due, now)):
        due = Due(schedule, now)
        try:
            due = Due(schedule, _meant(schedule, now))
            begin = await start(due) if due.at <= now else None
            await database.write(partial(_kept, due, now, begin, None))
        except StoreError:  # nothing was written: it is due still
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the next schedule is due as well
            _LOG.error("the schedule %s could not be kept: %s", schedule.name, error)
            await database.write(partial(_kept, due, now, None, str(error)))


async def set_right(database: Database, now: float) -> None:
    """See that no schedule waits longer than it should: the clock was ahead when its time was reckoned, say."""
    for schedule in await database.read(read_all):
        following, _ = _following(schedule, now)
        if following is not None and (schedule.next_at is None or schedule.next_at > following):
            await database.write(partial(_reckoned, schedule, following))


def _reckoned(schedule: Schedule, at: float) -> Work[None]:
    yield Statement(
        "UPDATE flow_schedule SET next_at = ? WHERE name = ? AND cron = ? AND zone = ?",
        (at, schedule.name, schedule.cron, schedule.zone),
    )
