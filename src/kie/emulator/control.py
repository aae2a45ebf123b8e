"""`/__emulator/`: what the emulator tells about itself, and how it is moved from outside.

JSON, and no key is asked for.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from kie.emulator.faults import read_rules
from kie.emulator.http import Request, Response, reply
from kie.emulator.ledger import USD_PER_CREDIT
from kie.emulator.quirks import QUIRKS

if TYPE_CHECKING:
    from kie.emulator.tasks import Task
    from kie.emulator.world import World

PREFIX = "/__emulator"


def shown(task: Task) -> dict[str, Any]:
    """A task as the control endpoints show it."""
    held = {
        name: getattr(task, name) for name in ("id", "operation", "model", "inputs", "created", "finished", "callback")
    }
    held |= {"state": task.state.name.lower(), "price": str(task.price), "seed": task.seed}
    held["failure"] = asdict(task.failure) if task.failure is not None and task.state.name == "FAIL" else None
    held["urls"] = list(task.outcome.urls) if task.outcome is not None else []
    return held


class Control:
    """The control endpoints."""

    def __init__(self, world: World) -> None:
        self._world = world

    def respond(self, request: Request) -> Response:
        """GET health, clock, tasks, tasks/{id}, ledger, journal, quirks, faults; POST advance, jump, faults, reset."""
        name = request.path.removeprefix(PREFIX).strip("/")
        if name.startswith("tasks/"):
            task = self._world.tasks.get(name.removeprefix("tasks/"))
            return reply({"error": "no such task"}, 404) if task is None else reply(shown(task))
        if request.method == "POST":
            return self._post(name, request)
        tellers = {
            "": self._health,
            "health": self._health,
            "clock": self._clock,
            "tasks": self._tasks,
            "ledger": self._ledger,
            "journal": self._world.journal.to_json,
            "quirks": self._quirks,
            "faults": self._world.faults.to_json,
        }
        teller = tellers.get(name)
        return reply({"error": "no such page"}, 404) if teller is None else reply(teller())

    def _post(self, name: str, request: Request) -> Response:
        if name == "advance":
            body = request.json() or {}
            try:
                seconds = float(body.get("seconds", request.query.get("seconds", 0)))
            except (TypeError, ValueError):
                return reply({"error": "seconds must be a number"}, 400)
            events = self._world.clock.advance(seconds)
            return reply({"events": events, **self._clock()})
        if name == "faults":
            return self._add_faults(request)
        if name == "jump":
            return reply({"jumped": self._world.clock.jump(), **self._clock()})
        if name == "reset":
            self._world.reset()
            return reply({"reset": True})
        return reply({"error": "no such page"}, 404)

    def _add_faults(self, request: Request) -> Response:
        try:
            rules = read_rules(json.loads(request.body or b"[]"))
        except ValueError as wrong:
            return reply({"error": str(wrong)}, 400)
        for rule in rules:
            self._world.faults.add(rule)
        return reply(self._world.faults.to_json())

    def _health(self) -> dict[str, Any]:
        return {"status": "ok", "emulator": "kie", "tasks": len(self._world.tasks), **self._clock()}

    def _clock(self) -> dict[str, Any]:
        clock = self._world.clock
        return {"clock": clock.mode, "now": clock.now(), "pending": clock.pending()}

    def _tasks(self) -> list[dict[str, Any]]:
        return [shown(task) for task in list(self._world.tasks.values())]

    def _ledger(self) -> dict[str, Any]:
        ledger = self._world.ledger
        return {
            "balance": str(ledger.balance),
            "held": str(ledger.held),
            "spent": str(ledger.spent),
            "spent_usd": str(ledger.spent * USD_PER_CREDIT),
            "entries": [entry.to_json() for entry in ledger.entries()],
        }

    def _quirks(self) -> dict[str, Any]:
        return {name: {"on": name in self._world.quirks, **quirk._asdict()} for name, quirk in QUIRKS.items()}
