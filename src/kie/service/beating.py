"""Signs of life: each worker writes down that it lives, and takes over from those that do not any more."""

from __future__ import annotations

import logging
import os
import socket
from functools import partial
from typing import TYPE_CHECKING

from kie.service import claims
from kie.service.clock import Clock
from kie.store.work import Statement

if TYPE_CHECKING:
    from kie.service.context import Context
    from kie.store.database import Database
    from kie.store.work import Rows, Work

__all__ = ["Beater", "began", "bury_own", "leave"]

_LOG = logging.getLogger("kie.service")
#: Seconds between two signs of life, and after how many without one a worker is taken for dead.
PULSE, DEAD = min(4.0, claims.LEASE / 6), min(15.0, claims.LEASE / 2)
#: Seconds between two looks at the clock that all share.
_LOOK = 20.0
#: Seconds by which a clock may be behind what was written before, without being taken for set back.
_BEHIND = 5.0


class Beater:
    """Shows that this worker lives, and frees what the dead had claimed."""

    name = "beat"

    def __init__(self, context: Context) -> None:
        self._context = context
        self._looked = context.clock()

    async def stop(self) -> None:
        """Whatever this worker has still claimed is free when its leases end."""

    async def step(self) -> float:
        """Beat once."""
        context, now = self._context, self._context.clock()
        if isinstance(context.clock, Clock) and now - self._looked > _LOOK:
            self._looked = now
            behind = await context.clock.behind(context.database.now)
            context.clock.follow(context.clock() + behind)
        await context.database.write(partial(_beat, context.worker, now))
        freed = await context.database.write(partial(_bury, now))
        if freed:
            _LOG.warning("%d generations of workers that ended are taken over", freed)
            context.wake("ask", "store")
        for name in await context.database.write(partial(claims.expired, 100, now)):
            await context.alert("uncertain", f"{name} was being sent when its worker ended; see `kie resolve`.", name)
            context.tell(name)
        return PULSE


def _beat(worker: str, now: float) -> Work[None]:
    yield Statement(
        "INSERT INTO worker (id, host, pid, began, beat) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET beat = excluded.beat",
        (worker, socket.gethostname(), os.getpid(), now, now),
    )


def _bury(now: float) -> Work[int]:
    """Free what dead workers had claimed; returns how many."""
    dead = yield Statement("SELECT id FROM worker WHERE beat < ? ORDER BY id{locked}", (now - DEAD,))
    freed = 0
    for (worker,) in dead:
        freed += yield from leave(worker, now)
    return freed


def leave(worker: str, now: float) -> Work[int]:
    """Free what a worker has claimed, and forget it; returns how many generations that were."""
    rows = yield Statement(
        "UPDATE generation SET lease = NULL, next_at = ? WHERE worker = ? AND lease IS NOT NULL"
        " AND state IN ('submitting', 'waiting', 'uncertain', 'storing') RETURNING id",
        (now, worker),
    )
    yield Statement("DELETE FROM worker WHERE id = ?", (worker,))
    return len(rows)


async def bury_own(database: Database, now: float) -> None:
    """Free at once what workers of this machine had claimed whose processes are not there any more."""
    here = socket.gethostname()

    def workers() -> Work[Rows]:
        return (yield Statement("SELECT id, pid FROM worker WHERE host = ?", (here,)))

    for name, pid in await database.read(workers):
        try:
            os.kill(int(pid), 0)
        except ProcessLookupError:
            await database.write(partial(leave, name, now))
        except OSError:  # it is there, and another's
            continue


def began(now: float) -> Work[float]:
    """See that the time of the service does not go back; returns by how many seconds it would have.

    A machine's clock that was set back while nothing ran: what was to be done in so many minutes would be done an hour
    and so many minutes later. All times ahead are set back as well, and slots are reckoned from now.
    """
    beats = yield Statement("SELECT coalesce(max(beat), 0) FROM worker")  # one that has ended has no row any more
    events = yield Statement("SELECT at FROM event ORDER BY number DESC LIMIT 1")
    back = max(float(row[0]) for row in (*beats, *events)) - now
    if back <= _BEHIND:
        return 0.0
    yield Statement("UPDATE worker SET beat = ?", (now,))
    yield Statement("UPDATE generation SET next_at = next_at - ? WHERE next_at > ?", (back, now))
    yield Statement("UPDATE generation SET lease = lease - ? WHERE lease > ?", (back, now))
    yield Statement("UPDATE generation SET deadline = deadline - ? WHERE deadline > ? AND ended IS NULL", (back, now))
    yield Statement("UPDATE delivery SET next_at = next_at - ? WHERE state = 'waiting' AND next_at > ?", (back, now))
    yield Statement("UPDATE endpoint SET not_before = 0")
    yield Statement("UPDATE inbox SET next_at = 0")
    yield Statement("UPDATE account SET paused_until = ? WHERE paused_until > ?", (now, now))
    return back
