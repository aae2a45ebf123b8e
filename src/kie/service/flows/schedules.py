"""At certain times: a flow is run, or a chore of the service is done. Once each time, however many workers there are.

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
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol
from zoneinfo import ZoneInfo

from kie.errors import InvalidInput, KieError
from kie.store.work import Statement

if TYPE_CHECKING:
    from kie.store.database import Database
    from kie.store.work import Begin, Work

__all__ = ["Due", "Schedule", "Tasks", "fire", "next_time", "put", "read_all", "remove"]

_LOG = logging.getLogger("kie.service")
#: Seconds by which a time may be missed (nobody worked then) and is still made up for, once.
LATE = 86400.0
_COLUMNS = "name, cron, zone, task, flow, project, inputs, enabled, next_at, last_at, last_run, error"


class Schedule(NamedTuple):
    """What is done at certain times. Times are Unix seconds.

    Attributes:
        name: of the schedule.
        cron: five fields: minute, hour, day of the month, month, day of the week.
        zone: the time zone of these, by its IANA name.
        task: "flow", or the name of a chore.
        flow: which flow, for "flow".
        project: whose budget pays.
        inputs: of the flow.
        enabled: whether it is done.
        next_at: when next, or None.
        last_at: when it was last done, or None.
        last_run: the run that was started then, or what a chore told.
        error: why it could not be done last time, or None.

    """

    name: str
    cron: str
    zone: str
    task: str
    flow: str | None
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

    """
    from croniter import CroniterError, croniter  # type: ignore[import-untyped] # comes with DBOS, which is pinned

    if len(cron.split()) != 5:  # noqa: PLR2004 - the five fields
        raise InvalidInput(f"{cron!r}: minute, hour, day, month and day of the week are needed.", field="cron")
    try:
        found = croniter(cron, datetime.fromtimestamp(after, zone_of(zone))).get_next(datetime)
    except (CroniterError, ValueError, KeyError) as error:
        raise InvalidInput(f"{cron!r} is no schedule: {error}", field="cron") from None
    return float(found.timestamp())


def put(schedule: Schedule) -> Work[None]:
    """Write a schedule down; one of the same name is replaced, and keeps what is known of its last time."""
    yield Statement(
        "INSERT INTO flow_schedule (name, cron, zone, task, flow, project, inputs, enabled, next_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET cron = excluded.cron,"
        " zone = excluded.zone, task = excluded.task, flow = excluded.flow, project = excluded.project,"
        " inputs = excluded.inputs, enabled = excluded.enabled, next_at = excluded.next_at, error = NULL",
        (*schedule[:6], json.dumps(schedule.inputs), int(schedule.enabled), schedule.next_at),
    )


def remove(name: str) -> Work[bool]:
    """Remove a schedule; False where there is none."""
    return bool((yield Statement("DELETE FROM flow_schedule WHERE name = ? RETURNING name", (name,))))


def read_all() -> Work[list[Schedule]]:
    """Read all schedules, by name."""
    rows = yield Statement(f"SELECT {_COLUMNS} FROM flow_schedule ORDER BY name")  # noqa: S608 - our own names
    return [_read(row) for row in rows]


def _read(row: tuple[Any, ...]) -> Schedule:
    return Schedule._make((*row[:6], json.loads(row[6]), bool(row[7]), *row[8:]))


def _due(now: float) -> Work[list[Schedule]]:
    rows = yield Statement(
        f"SELECT {_COLUMNS} FROM flow_schedule WHERE enabled = 1 AND next_at <= ?"  # noqa: S608 - our own names
        " ORDER BY next_at LIMIT 50",
        (now,),
    )
    return [_read(row) for row in rows]


def _kept(due: Due, now: float, begin: Begin[str] | None, error: str | None) -> Work[bool]:
    """Move a schedule on to its next time, and start its run, in one transaction; False where another worker did.

    What was missed is made up for once, not as often as it was missed.
    """
    schedule = due.schedule
    rows = yield Statement(
        "UPDATE flow_schedule SET next_at = ?, last_at = ?, error = ? WHERE name = ? AND next_at = ? RETURNING name",
        (next_time(schedule.cron, schedule.zone, now), due.at, error, schedule.name, due.at),
    )
    if rows and begin is not None:
        run = yield from begin()
        yield Statement("UPDATE flow_schedule SET last_run = ? WHERE name = ?", (run, schedule.name))
    return bool(rows)


class Tasks(Protocol):
    """What schedules can have done."""

    async def due_run(self, due: Due) -> Begin[str]:
        """Return what starts the run of a schedule's flow, as part of a transaction.

        Raises:
            KieError: it cannot be started.

        """

    async def due_chore(self, due: Due) -> str:
        """Do a chore; returns what is to be remembered of it.

        Raises:
            KieError: it could not be done.

        """


async def fire(database: Database, now: float, tasks: Tasks) -> None:
    """Do what is due by the schedules.

    A run is started with the very transaction that moves its schedule on. A chore is done after that: one that is cut
    short is done at its next time.
    """
    for schedule in await database.read(partial(_due, now)):
        due = Due(schedule, schedule.next_at or now)
        begin, error = None, None
        if schedule.task == "flow" and now - due.at <= LATE:
            try:
                begin = await tasks.due_run(due)
            except KieError as failed:
                error = failed
        words = None if error is None else str(error)
        if not await database.write(partial(_kept, due, now, begin, words)):
            continue
        if schedule.task != "flow":
            told: str | None = None
            try:
                told = await tasks.due_chore(due)
            except KieError as failed:
                error = failed
            await database.write(partial(_told, schedule.name, told, None if error is None else str(error)))
        if error is not None:
            _LOG.error("the schedule %s could not be kept: %s", schedule.name, error)


def _told(name: str, told: str | None, error: str | None) -> Work[None]:
    yield Statement("UPDATE flow_schedule SET last_run = ?, error = ? WHERE name = ?", (told, error, name))
