"""createTask and recordInfo: the market, and all unified models since autumn 2026."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kie.emulator import facts
from kie.emulator.api import validation
from kie.emulator.http import Request, Response, error, ok
from kie.emulator.records import documented
from kie.emulator.records.records import record
from kie.emulator.world import Order, Refusal

if TYPE_CHECKING:
    from kie.emulator.world import World

NOT_SUPPORTED = "The model is not supported"
PAUSED = "This interface is temporarily paused"
ABSENT = "recordInfo is null"
NO_RECORD = "Record does not exist"


class Market:
    """The two endpoints of the market."""

    def __init__(self, world: World, *, strict: bool) -> None:
        self._world = world
        self._strict = strict

    def create(self, request: Request) -> Response:
        """POST /api/v1/jobs/createTask."""
        try:
            return self._create(request)
        except Refusal as refusal:
            return error(refusal.code, refusal.message)
        except validation.Refused as refused:
            return error(500, refused.message)

    def _create(self, request: Request) -> Response:
        """Raises Refusal or Refused when there will be no task."""
        self._world.admit(request.key)
        body = request.json()
        if body is None:
            raise Refusal(500, "Request body is not valid JSON")
        name = body.get("model")
        fact = facts.model(name) if isinstance(name, str) else None
        if fact is None:
            raise Refusal(422, NOT_SUPPORTED)
        if fact.standing == "retired":
            raise Refusal(500, PAUSED)
        inputs = body.get("input")
        if not isinstance(inputs, dict):
            raise validation.Refused(validation.REQUIRED, "input")
        validation.check(fact, inputs, strict=self._strict)
        if not self._parent_known(fact, inputs):
            raise Refusal(422, NO_RECORD)
        callback = body.get("callBackUrl")
        order = Order(
            f"market:{fact.id}",
            fact.id,
            inputs,
            callback if isinstance(callback, str) else "",
            request.key,
            request.base,
            strike=request.strike,
        )
        task = self._world.create(order, fact)
        request.task = task.id
        return ok({"taskId": task.id, "recordId": task.id})

    def query(self, request: Request) -> Response:
        """GET /api/v1/jobs/recordInfo."""
        name = request.query.get("taskId", "")
        request.task = name
        task = self._world.poll(name)
        if task is None or not task.operation.startswith("market:"):
            return error(422, ABSENT)
        held = documented.record(task, record(task, self._world.clock.now()), self._world.quirks)
        return ok(self._shown(held))

    def _shown(self, full: dict[str, Any]) -> dict[str, Any]:
        quirks = self._world.quirks
        if "cost-time-ms" in quirks and full["costTime"] is not None:
            full["costTime"] *= 1000
        if "record-2026-04" in quirks:
            return {name: full[name] for name in documented.PAGE}
        return full

    def _parent_known(self, fact: facts.Fact, inputs: dict[str, Any]) -> bool:
        """Whether the earlier task that a request names exists."""
        parent = inputs.get("task_id")
        return not parent or "task_id" not in fact.fields or str(parent) in self._world.tasks
