"""The endpoints from before createTask (Veo, 4o Image, Flux, Runway, Suno) and the one-pattern services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kie.emulator import facts
from kie.emulator.api import validation
from kie.emulator.api.market import ABSENT, NO_RECORD
from kie.emulator.families import BY_PATH, FAMILIES, SERVICES, Operation, operation
from kie.emulator.http import Request, Response, error, ok
from kie.emulator.records import documented
from kie.emulator.records.records import record
from kie.emulator.results.songs import find_song
from kie.emulator.tasks import State, Task
from kie.emulator.world import Order, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from kie.emulator.world import World

_CALLBACKS = ("callBackUrl", "calBackUrl", "callbackUrl")
#: How a record tells that its callback was refused: documented 2026-04-29, and of Luma before it went.
_UNANSWERED: dict[str, dict[str, Any]] = {
    "suno": {"status": "CALLBACK_EXCEPTION"},
    "lyrics": {"status": "CALLBACK_EXCEPTION"},
    "wav": {"successFlag": "CALLBACK_EXCEPTION"},
    "mp4": {"successFlag": "CALLBACK_EXCEPTION"},
    "vocal": {"successFlag": "CALLBACK_EXCEPTION"},
    "luma": {"successFlag": 4},
}
_NEED_SONG = ("wav", "mp4", "midi", "vocal", "cover")


class Dedicated:
    """Creation and queries of every family but the market."""

    def __init__(self, world: World, *, strict: bool) -> None:
        self._world = world
        self._strict = strict
        self.creates = {
            path: self.create for path, job in BY_PATH.items() if job.family != "veo-4k"
        }  # get-4k-video both creates and asks: see followups
        self.queries: dict[str, Callable[[Request], Response]] = {
            family.query: self.query
            for family in FAMILIES.values()
            if family.query and family.name not in {"market", "veo-4k"}
        }
        self._families = {family.query: family for family in FAMILIES.values()}

    def create(self, request: Request) -> Response:
        """POST to the path of one of OPERATIONS."""
        job = BY_PATH[request.path]
        return self._create(request, job, job.fact)

    def create_service(self, request: Request, service: str) -> Response:
        """POST /api/v1/{service}/generate."""
        return self._create(request, operation(f"service:{service}"), facts.model(SERVICES[service][2]), check=False)

    def query(self, request: Request) -> Response:
        """GET of a family's query path."""
        family = self._families[request.path]
        name = request.query.get(family.parameter, "") or request.query.get("taskId", "")
        request.task = name
        task = self._world.poll(name)
        if task is None or operation(task.operation).family != family.name:
            return {"null": ok(None), "500": error(500, ABSENT)}.get(family.absent, error(422, ABSENT))
        held = documented.record(task, record(task, self._world.clock.now()), self._world.quirks)
        if "callback-exception" in self._world.quirks and self._refused(task):
            held |= _UNANSWERED[family.name]
        return ok(held)

    def query_service(self, request: Request, service: str) -> Response:
        """GET /api/v1/{service}/record-info."""
        name = request.query.get("taskId", "")
        request.task = name
        task = self._world.poll(name)
        if task is None or task.operation not in {f"service:{service}", service}:
            return error(422, ABSENT)
        if operation(task.operation).family == "service":
            return ok(record(task, self._world.clock.now()))
        flag = {State.SUCCESS: 1, State.FAIL: 2}.get(task.state, 0)
        urls = list(task.outcome.urls) if task.outcome is not None else []
        progress = round(task.progress(self._world.clock.now()), 2)
        return ok({"taskId": task.id, "status": flag, "progress": progress, "resultUrls": urls})

    def _create(self, request: Request, job: Operation, fact: facts.Fact | None, *, check: bool = True) -> Response:
        try:
            self._world.admit(request.key)
        except Refusal as refused:
            return error(refused.code, refused.message)
        body = request.json()
        if body is None:
            return error(422, "Request body is not valid JSON")
        callback = next((str(body[name]) for name in _CALLBACKS if body.get(name)), "")
        inputs = {name: held for name, held in body.items() if name not in _CALLBACKS}
        refusal = self._refusal(job, fact if check else None, inputs, callback)
        if refusal is not None:
            return refusal
        model = str(inputs.get("model") or job.name)
        order = Order(job.name, model, inputs, callback, request.key, request.base, strike=request.strike)
        priced = facts.path(f"POST {job.price}") if job.price else fact
        try:
            task = self._world.create(order, priced)
        except Refusal as refused:
            return error(refused.code, refused.message)
        request.task = task.id
        if job.name == "wav":
            self._world.once.add(("wav", str(inputs.get("taskId")), str(inputs.get("audioId"))))
        return ok({"taskId": task.id})

    def _refusal(
        self, job: Operation, fact: facts.Fact | None, inputs: dict[str, Any], callback: str
    ) -> Response | None:
        if job.callback_required and not callback:
            return error(422, "Please enter callBackUrl.")
        words = _words_of(job, inputs)
        if words is not None:
            return error(422, words)
        if fact is not None:
            try:
                validation.check(fact, inputs, strict=self._strict)
            except validation.Refused as refused:
                words = refused.message
                if job.kind == "music" and words == validation.REQUIRED:
                    words = f"Please enter {refused.field}."
                return error(422, words)
        return self._orphan(job, inputs)

    def _orphan(self, job: Operation, inputs: dict[str, Any]) -> Response | None:
        """The refusal of a request that works on a task or song which is not there."""
        if not job.parent or inputs.get("audioUrl"):
            return None
        parent = self._world.tasks.get(str(inputs.get("taskId") or inputs.get("task_id") or ""))
        if parent is None:
            return error(422, NO_RECORD)
        if job.name in _NEED_SONG and parent.operation not in {
            "vocal",
            "market:ai-music-api/separate-vocals",
        }:
            song = find_song(parent, str(inputs.get("audioId") or ""))
            if song is None:
                return error(422, NO_RECORD)
        if job.name == "wav" and ("wav", str(inputs.get("taskId")), str(inputs.get("audioId"))) in self._world.once:
            return error(409, "The WAV record already exists")
        return None

    def _refused(self, task: Task) -> bool:
        """Whether all tries of a callback were refused, in a family that has a word for it."""
        if operation(task.operation).family not in _UNANSWERED or not task.state.done:
            return False
        out = [note for note in self._world.journal.notes() if note.way == "out" and note.task == task.id]
        return bool(out) and all(not 200 <= note.status < 300 for note in out)


def _words_of(job: Operation, inputs: dict[str, Any]) -> str | None:
    """Refusals in words of their own (CONTRACT §6 and §7)."""
    if job.family == "veo":
        fact = job.fact  # an extension has tiers of its own
        tiers = fact.fields["model"]["enum"] if fact is not None else ()
        if inputs.get("model") and inputs["model"] not in tiers:
            return "Invalid model"
        if str(inputs.get("aspect_ratio") or inputs.get("aspectRatio") or "16:9") not in {
            "16:9",
            "9:16",
            "Auto",
            "auto",
        }:
            return "Ratio error"
    return None
