"""`/__emulator/`: what the emulator tells about itself, and how it is moved from outside.

JSON, and no key is asked for; what a page of another origin sends is refused (guard). A new endpoint is a line in
ROUTES.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kie.emulator import page
from kie.emulator.control import guard, inspection, preview, reports, samples
from kie.emulator.control.routes import Route, WrongRequest, body_of, seconds_of
from kie.emulator.faults.deeds import DEEDS, MEANINGS, OPTIONS, WORDS
from kie.emulator.faults.script import packs, read
from kie.emulator.faults.spells import SPELLS
from kie.emulator.http import Request, Response, reply
from kie.emulator.urls import split

if TYPE_CHECKING:
    from kie.emulator.world import World

PREFIX = "/__emulator"


def advance(world: World, request: Request) -> dict[str, Any]:
    """Lets `seconds` of virtual time pass."""
    body = body_of(request)
    seconds = seconds_of(body.get("seconds", request.query.get("seconds", 0)))
    return {"events": world.clock.advance(seconds), **inspection.clock(world)}


def jump(world: World, _request: Request) -> dict[str, Any]:
    """Moves time to the next event."""
    return {"jumped": world.clock.jump(), **inspection.clock(world)}


def reset(world: World, _request: Request) -> dict[str, Any]:
    """Back to the beginning."""
    world.reset()
    return {"reset": True}


def faults(world: World, _request: Request) -> list[dict[str, Any]]:
    """The rules, and how often each was reached."""
    return world.faults.to_json()


def add_faults(world: World, request: Request) -> list[dict[str, Any]]:
    """More rules: one, a list of them, or a script (JSON or YAML) with packs and rules."""
    try:
        world.faults.add(read(request.body.decode()))
    except ValueError as wrong:
        raise WrongRequest(str(wrong)) from None
    return world.faults.to_json()


def clear_faults(world: World, _request: Request) -> list[dict[str, Any]]:
    """Forgets all rules."""
    world.faults.remove()
    return world.faults.to_json()


def known_faults(_world: World, _request: Request) -> dict[str, Any]:
    """What there is: the deeds of each stage, what they mean and take, the packs, and the words for prompts."""
    return {
        "deeds": DEEDS,
        "meanings": MEANINGS,
        "options": OPTIONS,
        "words": WORDS,
        "packs": {name: script.to_json() for name, script in packs().items()},
        "spells": {f"emu:{name}": spell.means for name, spell in SPELLS.items()},
    }


def redeliver(world: World, request: Request, task: str) -> dict[str, Any]:
    """Sends the latest callback of a task once more, to the task's address or to `url`."""
    held = world.tasks.get(task)
    if held is None:
        raise WrongRequest("no such task", 404)
    url = body_of(request).get("url") or held.callback
    if not isinstance(url, str) or split(url).scheme not in {"http", "https"}:
        raise WrongRequest("the task has no callback address; give one as url (http or https)")
    return {"sent": world.deliveries.again(replace(held, callback=url)), "url": url}


def routes(_world: World, _request: Request) -> list[dict[str, str]]:
    """All control endpoints, each with a sentence."""
    return [
        {"method": route.method, "path": f"{PREFIX}/{route.path}", "tells": (route.tell.__doc__ or "").split("\n")[0]}
        for route in ROUTES
    ]


ROUTES: tuple[Route, ...] = (
    Route("GET", "", inspection.health),
    Route("GET", "health", inspection.health),
    Route("GET", "state", inspection.state),
    Route("GET", "clock", inspection.clock),
    Route("POST", "advance", advance, slow=True),
    Route("POST", "jump", jump, slow=True),
    Route("GET", "tasks", inspection.tasks),
    Route("GET", "tasks/{task}", inspection.task),
    Route("GET", "ledger", inspection.ledger),
    Route("GET", "spending", inspection.spending),
    Route("GET", "journal", inspection.journal),
    Route("GET", "journal/{number}", inspection.note),
    Route("GET", "deliveries", inspection.deliveries),
    Route("POST", "deliveries/{task}/redeliver", redeliver),
    Route("GET", "faults", faults),
    Route("POST", "faults", add_faults),
    Route("DELETE", "faults", clear_faults),
    Route("GET", "faults/known", known_faults),
    Route("GET", "quirks", inspection.quirks),
    Route("GET", "models", samples.models),
    Route("GET", "models/{model:path}", samples.sample),
    Route("GET", "preview/{task}/{which}", preview.show, slow=True),
    Route("GET", "routes", routes),
    Route("GET", "page/{name}", page.part),
    Route("POST", "reset", reset),
    Route("GET", "verdict", reports.verdict, slow=True),
    Route("POST", "snapshot", reports.snapshot, slow=True),
    Route("GET", "conformance", reports.conformance),
    Route("GET", "conformance.md", reports.conformance_page),
    Route("POST", "restore", reports.restore, slow=True),
    Route("GET", "journal.har", reports.har, slow=True),
    Route("GET", "ledger.txt", reports.bill),
)


class Control:
    """The control endpoints. `hosts` are names by which the emulator may be reached, besides those of this machine."""

    def __init__(self, world: World, hosts: set[str] | None = None) -> None:
        self._world = world
        self.hosts = hosts if hosts is not None else set()

    def slow(self, request: Request) -> bool:
        """Whether the answer may take long."""
        return any(route.slow and route.pattern.fullmatch(_name(request)) for route in ROUTES)

    def respond(self, request: Request) -> Response:
        """The answer: of the route that fits, 404 or 405 where none does, 403 for a page of somebody else."""
        response = self._respond(request)
        response.headers = {**guard.HEADERS, **response.headers}
        return response

    def _respond(self, request: Request) -> Response:
        if objection := guard.objection(request, self.hosts):
            return reply({"error": objection}, 403)
        name = _name(request)
        if request.method in guard.READING and not name and page.wanted(request):
            return page.index(request)
        fitting = [(route, found) for route in ROUTES if (found := route.pattern.fullmatch(name))]
        method = "GET" if request.method == "HEAD" else request.method
        for route, found in fitting:
            if route.method == method:
                return route.answer(self._world, request, found.groupdict())
        allowed = ", ".join(sorted({route.method for route, _ in fitting}))
        return reply({"error": "no such page"}, 404) if not fitting else _wrong_method(allowed)


def _wrong_method(allowed: str) -> Response:
    return reply({"error": f"only {allowed}"}, 405, Allow=allowed)


def _name(request: Request) -> str:
    return request.path.removeprefix(PREFIX).strip("/")
