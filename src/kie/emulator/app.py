"""The ASGI application: finds the handler of a request, judges its key, and carries out faults on the way."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kie.emulator import page
from kie.emulator.api.chat import Chat, style_of
from kie.emulator.api.dedicated import Dedicated
from kie.emulator.api.downloads import PREFIXES, Downloads
from kie.emulator.api.followups import Followups
from kie.emulator.api.listing import OPEN, Listing
from kie.emulator.api.market import Market
from kie.emulator.api.uploads import Uploads, refuse
from kie.emulator.control.control import PREFIX, Control
from kie.emulator.control.guard import READING
from kie.emulator.families import SERVICES
from kie.emulator.http import (
    UNAUTHORISED,
    Receive,
    Request,
    Response,
    Scope,
    Send,
    error,
    no_such_path,
    read_request,
    reply,
    write_response,
)
from kie.emulator.mischief import Cut, Handler, Mischief, cut, send_drops, send_part
from kie.emulator.results.briefs import SECRET, SECRET_WORDS, brief, digest, has_credential, hung_up
from kie.emulator.urls import host

if TYPE_CHECKING:
    from kie.emulator.world import World

Route = tuple[str, Handler]

#: Milliseconds after which a client may have gone before its answer was there.
_SLOW = 50.0
_LOG = logging.getLogger(__name__)
_SERVICE = re.compile(r"/api/v1/(.+)/(generate|record-info)")


class Application:
    """ASGI: the wire of one world."""

    def __init__(
        self,
        world: World,
        *,
        strict: bool = False,
        base_url: str | None = None,
    ) -> None:
        self._world = world
        self._base = base_url.rstrip("/") if base_url else None
        self._executor = ThreadPoolExecutor(8, thread_name_prefix="kie-emulator-file")
        self._watchers = ThreadPoolExecutor(2, thread_name_prefix="kie-emulator-control")
        self._control = Control(world, {host(self._base)} if self._base else None)
        self._mischief = Mischief(world)
        self._downloads = Downloads(world, self._executor)
        self._chat = Chat(world)
        self._dedicated = Dedicated(world, strict=strict)
        self._listing = Listing(world)
        self._routes = self._make_routes(strict=strict)
        self._methods: dict[str, set[str]] = {}
        for method, path in self._routes:
            self._methods.setdefault(path, set()).add(method)

    def close(self) -> None:
        """Ends the threads which read files."""
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._watchers.shutdown(wait=False, cancel_futures=True)

    def answers_to(self, name: str) -> None:
        """One more host name by which the control endpoints may be reached."""
        self._control.hosts.add(name.lower())

    def _make_routes(self, *, strict: bool) -> dict[tuple[str, str], Route]:
        market = Market(self._world, strict=strict)
        uploads = Uploads(self._world, self._executor)
        routes: dict[tuple[str, str], Route] = {}
        for path, create in self._dedicated.creates.items():
            routes["POST", path] = ("create", create)
        for path, query in self._dedicated.queries.items():
            routes["GET", path] = ("poll", query)
        routes |= Followups(self._world).routes()
        routes |= self._listing.routes()
        for prefix in ("/api/v1/jobs", "/playground", "/api/v1/playground"):
            routes["POST", f"{prefix}/createTask"] = ("create", market.create)
            routes["GET", f"{prefix}/recordInfo"] = ("poll", market.query)
        for name in ("stream", "base64", "url"):
            routes["POST", f"/api/file-{name}-upload"] = ("upload", getattr(uploads, name))
        return routes

    def _route(self, request: Request) -> Route | None:
        method = "GET" if request.method == "HEAD" else request.method
        route = self._routes.get((method, request.path))
        if route is not None:
            return route
        if style_of(request.path) is not None and method == "POST":
            return "chat", self._chat.respond
        if method == "GET" and self._listing.about(request.path):
            return "poll", self._listing.one
        found = _SERVICE.fullmatch(request.path)
        if found is not None and found[1] in SERVICES:
            service = found[1]
            if found[2] == "generate" and method == "POST":
                return "create", lambda asked: self._dedicated.create_service(asked, service)
            if found[2] == "record-info" and method == "GET":
                return "poll", lambda asked: self._dedicated.query_service(asked, service)
        return None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One ASGI connection: a request, or the server's start and end."""
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
            return
        if scope["type"] != "http":
            return
        began = time.monotonic()
        watched = scope["path"].startswith(PREFIX) and scope["method"] in READING  # looking on lets no time pass
        if not watched:
            self._world.clock.touch()
        request = await read_request(scope, receive)
        if self._base is not None:
            request.base = self._base
        try:
            response = await self._respond(request)
        except Cut:
            self._write_down(request, None, began)
            await cut(scope, receive)
            return
        except Exception as wrong:  # noqa: BLE001 - a request nobody thought of is answered, written down and told about
            _LOG.exception("%s %s", request.method, request.path)
            request.note["fault"] = "emulator-error"
            response = error(500, f"The emulator could not answer this: {type(wrong).__name__}")
        if (time.monotonic() - began) * 1000 > _SLOW:
            request.note["hung-up"] = await hung_up(receive)
        self._write_down(request, response, began)
        if response.length is not None:
            await send_part(scope, receive, send, response)
        elif response.drip:
            await send_drops(scope, receive, send, response)
        else:
            await write_response(send, response, head=request.method == "HEAD")
        if not watched:
            self._world.clock.touch()

    async def _respond(self, request: Request) -> Response:
        if request.path.startswith(PREFIX):
            # What lets time pass waits for callbacks, whose receivers may ask for something in the meantime.
            executor = self._executor if self._control.slow(request) else self._watchers
            return await asyncio.get_running_loop().run_in_executor(executor, self._control.respond, request)
        if request.path.startswith(PREFIXES):
            request.stage = "media"
            return await self._mischief.around("media", request, self._downloads.get)
        if request.path == "/" and request.method in READING and page.wanted(request):
            return Response(307, b"", "text/plain; charset=utf-8", {"Location": f"{PREFIX}/"})
        route = self._route(request)
        if route is None:
            stamp = datetime.fromtimestamp(self._world.clock.now(), UTC).isoformat(timespec="milliseconds")
            return no_such_path(request.path, stamp, self._methods.get(request.path, ()))
        stage, handler = route
        request.stage = stage
        request.key = _key(request)
        if not self._world.keys.knows(request.key) and request.path not in OPEN:
            return self._unauthorised(stage, request)
        return await self._mischief.around(stage, request, handler)

    def _unauthorised(self, stage: str, request: Request) -> Response:
        if stage == "upload":
            return refuse(401, "Authentication failed: Invalid API Key")
        if request.path.startswith("/anthropic/"):
            return reply({"type": "error", "error": {"type": "authentication_error", "message": UNAUTHORISED}}, 401)
        return error(401, UNAUTHORISED)

    def _write_down(self, request: Request, response: Response | None, began: float) -> None:
        if request.path.startswith(PREFIX):
            return
        value = response.value if response is not None else None
        task = self._world.tasks.get(request.task)
        wait = response.headers.get("Retry-After", "") if response is not None else ""
        sent = len(response.body) if response is not None else 0
        self._world.journal.write(
            at=self._world.clock.now(),
            way="in",
            stage=request.stage,
            method=request.method,
            path=request.path,
            query={name: "…" if name.lower() in SECRET_WORDS else held for name, held in request.query.items()},
            host=request.headers.get("host", ""),
            status=response.status if response is not None else 0,
            code=value.get("code") if isinstance(value, dict) else None,
            task=request.task,
            model=task.model if task is not None else "",
            key=f"…{request.key[-4:]}" if request.key else "",
            fault=request.note.get("fault", ""),
            rule=request.note.get("rule"),
            retry_after=float(wait) if wait.isdecimal() else None,
            sent=sent,
            length=(response.length if response is not None else None) or sent,
            ms=round((time.monotonic() - began) * 1000, 2),
            headers={name: held for name, held in request.headers.items() if name not in SECRET},
            credential=has_credential(request),
            hung_up=bool(request.note.get("hung-up")),
            digest=digest(request),
            mime=response.type if response is not None else "",
            request=brief(request),
            response=value,
        )


def _key(request: Request) -> str:
    """The key of a request: a bearer, or the header of Anthropic's or Google's form."""
    word, _, key = request.headers.get("authorization", "").partition(" ")
    if word.lower() == "bearer" and key.strip():
        return key.strip()
    key = request.headers.get("x-api-key", "") or request.headers.get("x-goog-api-key", "")
    return key.removeprefix("Bearer ").strip()  # some write the word here too


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        else:
            await send({"type": "lifespan.shutdown.complete"})
            return
