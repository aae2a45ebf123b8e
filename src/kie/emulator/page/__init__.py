"""The page in the browser: plain files, sent as they are. They fetch nothing from elsewhere."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from kie.emulator.control.routes import WrongRequest
from kie.emulator.http import Response

if TYPE_CHECKING:
    from kie.emulator.http import Request
    from kie.emulator.world import World

_TYPES = {
    "css": "text/css; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "svg": "image/svg+xml",
    "woff2": "font/woff2",
}

#: Everything comes from this origin, nothing that stands in the page itself is run, and nothing may frame it.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)


@cache
def _read(name: str) -> tuple[bytes, str]:
    data = resources.files("kie.emulator.page").joinpath(name).read_bytes()
    return data, f'"{hashlib.sha256(data).hexdigest()[:32]}"'


def parts() -> list[str]:
    """The names of the page's files."""
    held = resources.files("kie.emulator.page").iterdir()
    return sorted(file.name for file in held if file.name.rpartition(".")[2] in _TYPES)


def wanted(request: Request) -> bool:
    """Whether a page is asked for rather than JSON: browsers say so first of all."""
    return request.headers.get("accept", "").strip().lower().startswith(("text/html", "application/xhtml+xml"))


def index(request: Request) -> Response:
    """The page itself; without the slash at its end its parts would be looked for in the wrong place."""
    if not request.path.endswith("/"):
        return Response(307, b"", "text/plain; charset=utf-8", {"Location": f"{request.path}/"})
    return _send("index.html", request)


def part(_world: World, request: Request, name: str) -> Response:
    """A style, a script, a font or a list of words of the page."""
    if name not in parts():
        raise WrongRequest("no such page", 404)
    return _send(name, request)


def _send(name: str, request: Request) -> Response:
    data, etag = _read(name)
    headers = {"Content-Security-Policy": POLICY, "ETag": etag, "Cache-Control": "no-cache"}
    if re.search(re.escape(etag), request.headers.get("if-none-match", "")):
        return Response(304, b"", _TYPES[name.rpartition(".")[2]], headers)
    return Response(200, data, _TYPES[name.rpartition(".")[2]], headers)
