"""What a fault does to a request and to its answer."""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING, Any

from kie.emulator.families import BY_PATH, operation
from kie.emulator.faults import baits, noresult
from kie.emulator.faults.cutting import CUT, Cut, abort, cut, send_drops, send_part
from kie.emulator.faults.deeds import CODES, DEEDS, TASK_DEEDS
from kie.emulator.faults.drift import drifted, fields, holds
from kie.emulator.faults.rule import Fault, Moment
from kie.emulator.faults.spells import read_spells
from kie.emulator.faults.tally import Strike
from kie.emulator.http import TOO_MANY, UNAUTHORISED, Request, Response, bad_gateway, error, reply
from kie.emulator.tasks import State

if TYPE_CHECKING:
    from kie.emulator.tasks import Task
    from kie.emulator.world import World

__all__ = ["CUT", "Cut", "Handler", "Mischief", "abort", "cut", "send_drops", "send_part"]

Handler = Callable[[Request], "Response | Awaitable[Response]"]

#: Bytes of a body in which rules look for their text.
_SEARCHED = 64 * 1024

#: What the vendor says with each code (CONTRACT §6).
_SAID = {
    "401": UNAUTHORISED,
    "402": "Credits insufficient",
    "429": TOO_MANY,
    "433": "Sub-key usage exceeds limit",
    "455": "Service Unavailable - System is currently undergoing maintenance",
    "500": "Internal Error, Please try again later.",
    "501": "Generation failed",
    "400": "Bad request",
    "404": "Not Found",
    "405": "Method Not Allowed",
    "409": "The record already exists",
    "413": "Request too large",
    "422": "Validation error",
    "430": "Your call frequency is too high. Please try again later.",
    "451": "Failed to fetch the image",
    "505": "This feature is disabled",
    "550": "Connection denied",
}


class Mischief:
    """Carries out the rules of a script around the handlers of requests."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def around(self, stage: str, request: Request, handler: Handler) -> Response:
        """The answer of `handler`, or what a fault makes of it; raises Cut where the connection is to be cut."""
        faults = self._world.faults
        named = self._named(stage, request)
        strike: Strike | None = None
        if faults.awaits(stage, named):
            strike = faults.strike(self._moment(stage, request, named))
        if stage in {"create", "chat"} and b"emu:" in request.body:
            for asked in _spelled(stage, request):
                if strike is None:
                    strike = asked
                elif asked.rule.do in TASK_DEEDS and strike.rule.do not in TASK_DEEDS:
                    request.strike = request.strike or asked  # what befalls the request and what befalls the task
        if strike is not None:
            _note(request, strike)
            if (instead := await self._instead(strike, request)) is not None:
                return instead
        response = await _call(handler, request)
        if faults.awaits(stage, request.task or named, answers=True):
            response = await self._changed(stage, request, response)
        return response if strike is None else await _spoiled(strike.rule, request, response)

    # ------------------------------------------------------------------------------------------------ what it is

    def _named(self, stage: str, request: Request) -> str:
        """The id of the task that a request is about, before it is answered."""
        if stage == "media":
            file = self._world.files.find_url(request.path)
            return file.task if file is not None else ""
        if stage == "poll":
            return request.query.get("taskId") or request.query.get("task_id") or ""
        return ""

    def _moment(self, stage: str, request: Request, named: str) -> Moment:
        task = self._world.tasks.get(named)
        done = None
        if task is not None and task.state is State.SUCCESS and task.finished is not None:
            done = self._world.clock.now() - task.finished
        return Moment(
            stage,
            text=lambda: _text(request),
            models=_models(request, task),
            key=request.key,
            task=named,
            done=done,
        )

    # ------------------------------------------------------------------------------------------------ what is done

    async def _instead(self, strike: Strike, request: Request) -> Response | None:
        """What is answered in place of the handler; None when it shall work. Raises Cut."""
        rule = strike.rule
        if rule.do == "reset-before":
            raise Cut
        if rule.do == "delay":
            await asyncio.sleep(rule.pause)
        if rule.do in TASK_DEEDS:
            request.strike = strike
        if rule.do == "http-502":
            return _waiting(bad_gateway(), rule)
        if rule.do in CODES:
            return _waiting(_refusal(rule, request), rule)
        if rule.do == "expired":
            return baits.expired(rule, request)
        return baits.wrong_type(strike, self._world.files.find_url(request.path)) if rule.do == "wrong-type" else None

    async def _changed(self, stage: str, request: Request, response: Response) -> Response:
        """The answer with what rules upon answers make of it."""
        moment = self._moment(stage, request, request.task or self._named(stage, request))
        task = self._world.tasks.get(moment.task)
        family = operation(task.operation).family if task is not None else ""
        streamed = response.stream is not None
        values = await _values(response)

        def can(rule: Fault) -> bool:
            if rule.do == "no-url":
                return bool(family) and noresult.can_be_empty(family, response.value)
            return any(holds(value, rule.field) for value in values) if rule.field else bool(values)

        for strike in self._world.faults.answers(moment, can):
            if "fault" not in request.note:
                _note(request, strike)
            if strike.rule.do == "no-url":
                _set(response, noresult.emptied(family, response.value))
                if task is not None and task.finished is not None and strike.rule.seconds:
                    # So that in `jump` the time comes at which the result is there.
                    self._world.clock.plan(task.finished + strike.rule.seconds, "nothing")
            else:
                _drift(response, strike.rule, strike.rule.field or _some_field(strike, values))
        if streamed:
            response.stream, response.body = _streamed(response.body), b""
        return response


def _note(request: Request, strike: Strike) -> None:
    request.note["fault"] = strike.rule.do
    request.note["rule"] = strike.index


def _spelled(stage: str, request: Request) -> list[Strike]:
    """What words in a prompt ask for at the task's creation; of a chat, as far as that can be done to it."""
    said = request.body.decode("utf-8", "replace")
    rules = [rule for rule in read_spells(request.json()) if rule.stage == "create" and rule.do in DEEDS[stage]]
    return [Strike(rule, None, said) for rule in rules]


def _text(request: Request) -> str:
    query = "&".join(f"{name}={held}" for name, held in request.query.items())
    body = request.body[:_SEARCHED].decode("utf-8", "replace")
    return f"{request.path}?{query} {body}"


def _models(request: Request, task: Task | None) -> tuple[str, ...]:
    """The names by which a rule may know the model of a request."""
    if task is not None:
        return (task.model, task.operation, task.operation.partition(":")[2])
    named = (request.json() or {}).get("model") if request.stage in {"create", "chat"} else None
    job = BY_PATH.get(request.path)
    own = job.name if job is not None else request.path.removeprefix("/api/v1/").removesuffix("/generate")
    found = [named if isinstance(named, str) else "", own]
    if request.stage == "chat":  # the model's name is in the path of most forms
        found += [part.partition(":")[0] for part in request.path.split("/") if part]
    return tuple(name for name in found if name)


async def _call(handler: Handler, request: Request) -> Response:
    result = handler(request)
    return result if isinstance(result, Response) else await result


def _refusal(rule: Fault, request: Request) -> Response:
    """A code in the body of the stage's kind: HTTP 200 around it, unless the rule names a status."""
    code, words = int(rule.do), rule.message or _SAID[rule.do]
    if request.stage == "media":
        return Response(rule.status or code, words.encode(), "text/plain; charset=utf-8")
    if request.stage == "upload":
        response = reply({"success": False, "code": code, "msg": words, "data": None})
    elif code == 401 and request.path.startswith("/anthropic/"):
        response = reply({"type": "error", "error": {"type": "authentication_error", "message": words}}, 401)
    else:
        response = error(code, words)
    response.status = rule.status or response.status
    return response


def _waiting(response: Response, rule: Fault) -> Response:
    if rule.retry_after is not None:
        response.headers["Retry-After"] = str(math.ceil(rule.retry_after))
    return response


async def _spoiled(rule: Fault, request: Request, response: Response) -> Response:
    """What becomes of an answer on the way. Raises Cut."""
    if rule.do == "reset-after" or (rule.do in {"truncate", "drip"} and request.method == "HEAD"):
        raise Cut
    if rule.do in {"truncate", "drip", "malformed"}:
        await _whole(response)
    if rule.do == "truncate":
        response.length = len(response.body)
        response.body = response.body[: len(response.body) // 2]
    elif rule.do == "drip":
        response.drip = max(rule.pause, 0.001)
    elif rule.do == "malformed":
        response.body = _broken(response)
        response.value = None
    elif rule.do == "null-data":
        head = {"success": True} if request.stage == "upload" else {}
        return reply({**head, "code": 200, "msg": "success", "data": None})
    return response


# -------------------------------------------------------------------------------------------------------- bodies


def _broken(response: Response) -> bytes:
    """The body with JSON that ends too early: the whole of it, or the middle event of a stream."""
    if not response.type.startswith("text/event-stream"):
        return response.body[: max(1, len(response.body) - 2)] + b"\\x"
    lines = response.body.split(b"\n")
    events = [number for number, line in enumerate(lines) if _event(line) is not None]
    if events:
        middle = events[len(events) // 2]
        lines[middle] = lines[middle][: len(lines[middle]) // 2]
    return b"\n".join(lines)


async def _whole(response: Response) -> None:
    """Reads a stream into the body."""
    if response.stream is not None:
        response.body = b"".join([part async for part in response.stream])
        response.stream = None


async def _streamed(body: bytes) -> AsyncIterator[bytes]:
    for event in body.split(b"\n\n"):
        if event:
            yield event + b"\n\n"


async def _values(response: Response) -> list[Any]:
    """The JSON of an answer, or of the events of a stream."""
    if response.stream is None:
        return [response.value] if response.value is not None else []
    await _whole(response)
    return [value for line in response.body.split(b"\n") if (value := _event(line)) is not None]


def _event(line: bytes) -> Any:
    if not line.startswith(b"data: {"):
        return None
    return json.loads(line.removeprefix(b"data: "))


def _set(response: Response, value: Any) -> None:
    fresh = reply(value, response.status)
    response.body, response.value = fresh.body, fresh.value


def _some_field(strike: Strike, values: list[Any]) -> str:
    """A field for a rule that names none: one of the data, where there are any."""
    all_of_them = [path for value in values for path in fields(value)]
    return strike.dice().choice([path for path in all_of_them if path.startswith("data.")] or all_of_them or [""])


def _drift(response: Response, rule: Fault, path: str) -> None:
    if not response.type.startswith("text/event-stream"):
        _set(response, drifted(response.value, rule, path))
        return
    response.body = b"\n".join(_drifted(line, rule, path) for line in response.body.split(b"\n"))


def _drifted(line: bytes, rule: Fault, path: str) -> bytes:
    value = _event(line)
    if value is None:
        return line
    return b"data: " + json.dumps(drifted(value, rule, path), ensure_ascii=False).encode()
