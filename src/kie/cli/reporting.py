"""What a worker says of its work: one line for each end, or every event as a JSON document of one line."""

from __future__ import annotations

import asyncio
import json
import time
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from kie.cli import amounts
from kie.cli.lang import t
from kie.store.errors import StoreError
from kie.store.work import Statement

if TYPE_CHECKING:
    from kie.cli.session import Session
    from kie.service.service import Service
    from kie.store.work import Work

__all__ = ["Reporter"]

#: Seconds between two looks, and the most events that are told at once.
_PAUSE, _MOST = 0.5, 500
#: Numbers before the last that are looked at again: on Postgres a smaller one may be committed after a larger one.
_AGAIN = 200
_MILLION = 1_000_000
#: Events after which nothing follows, or nothing by itself.
_ENDS = ("stored", "reused", "failed", "refused", "gone", "cancelled", "dismissed", "lost", "overdue")
_COLOURS = {"succeeded": "green", "failed": "red", "uncertain": "red", "cancelled": "yellow"}


class _Event(NamedTuple):
    number: int
    at: float
    generation: str
    name: str
    state: str
    data: str | None
    model: str
    cost: int | None
    submitted: float | None
    error: str | None


def _last() -> Work[int]:
    rows = yield Statement("SELECT coalesce(max(number), 0) FROM event")
    return int(rows[0][0])


def _since(worker: str, after: int, *, everything: bool) -> Work[tuple[list[_Event], int]]:
    """Return the events of a worker's generations after a number, and the last number of all."""
    top = yield from _last()
    ends = "" if everything else f" AND e.name IN ({', '.join('?' * len(_ENDS))})"
    rows = yield Statement(
        "SELECT e.number, e.at, e.generation, e.name, e.state, e.data, g.model, g.cost, g.submitted, g.error"  # noqa: S608
        f" FROM event e JOIN generation g ON g.id = e.generation WHERE e.number > ? AND g.worker = ?{ends}"
        " ORDER BY e.number LIMIT ?",
        (after, worker, *(() if everything else _ENDS), _MOST),
    )
    return [_Event(*row) for row in rows], top


class Reporter:
    """Tells of the generations on which this process works.

    Args:
        session: whose screen is written to; with ``--json`` every event is told.
        service: of this process.
        everything: tell every event, not the ends alone.

    """

    def __init__(self, session: Session, service: Service, *, everything: bool = False) -> None:
        self._session, self._service = session, service
        self._everything = everything or session.wants_json
        self._last = 0
        self._told: set[int] = set()

    async def begin(self) -> None:
        """Tell of what happens from now on."""
        self._last = await self._service.database.read(_last)
        self._told = set(range(self._last - _AGAIN, self._last + 1))

    async def run(self) -> None:
        """Tell, until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(_PAUSE)

    async def look(self) -> None:
        """Tell what has happened meanwhile."""
        going = True
        while going:
            work = partial(_since, self._service.context.worker, self._last - _AGAIN, everything=self._everything)
            try:
                found, top = await self._service.database.read(work)
            except StoreError:  # the duties tell of it
                return
            going = len(found) == _MOST
            self._last = found[-1].number if going else top
            for event in found:
                if event.number not in self._told:
                    self._told.add(event.number)
                    _tell(self._session, event)
            self._told = {number for number in self._told if number >= self._last - _AGAIN}


def _tell(session: Session, event: _Event) -> None:
    data = None if event.data is None else json.loads(event.data)
    if session.wants_json:
        session.screen.line(
            {
                "event": event.name,
                "number": event.number,
                "at": event.at,
                "generation": event.generation,
                "model": event.model,
                "state": event.state,
                "credits": None if event.cost is None else Decimal(event.cost) / _MILLION,
                "data": data,
            }
        )
        return
    parts: list[Any] = [
        (time.strftime("%H:%M:%S", time.localtime(event.at)) + "  ", "dim"),
        f"{event.generation}  {event.model}  ",
        (t(f"state.{event.state}"), _COLOURS.get(event.state, "cyan")),
    ]
    if event.state == "succeeded":
        cost = amounts.in_credits((Decimal(event.cost or 0) / _MILLION).normalize())
        took = amounts.seconds(event.at - event.submitted) if event.submitted is not None else ""
        parts.append((f"  {cost}  {took}", "dim"))
    elif event.error is not None and event.state in ("failed", "uncertain"):
        parts.append(f"  {json.loads(event.error).get('message', '')}")
    session.screen.say(*parts)
