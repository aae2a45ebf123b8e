"""Requests and responses, as small as they can be: the emulator is a plain ASGI application."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, MutableMapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote

from kie.emulator.hosts import file_base, split_target

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

JSON_TYPE = "application/json;charset=UTF-8"
UNAUTHORISED = (
    "Unauthorized – Authentication failed. Please check that your Authorization and Content-Type headers are "
    "correctly set."
)


TOO_MANY = "Your call frequency is too high. Please try again later."


@dataclass(slots=True)
class Request:
    """One request. `key` is filled in once it has been judged."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes
    base: str
    key: str = ""
    stage: str = ""
    task: str = ""
    note: dict[str, Any] = field(default_factory=dict)
    strike: Any = None  # a fault that its task is to suffer: a Strike

    def json(self) -> dict[str, Any] | None:
        """The body as an object; None when it is not one."""
        try:
            value = json.loads(self.body or b"null")
        except (ValueError, RecursionError):
            return None
        return value if isinstance(value, dict) else None


@dataclass(slots=True)
class Response:
    """One response.

    `stream` takes the place of `body`; `length` is announced instead of the body's own length.
    """

    status: int = 200
    body: bytes = b""
    type: str = JSON_TYPE
    headers: dict[str, str] = field(default_factory=dict)
    stream: AsyncIterator[bytes] | None = None
    length: int | None = None
    drip: float = 0.0  # seconds over which the body comes in small pieces
    value: Any = None  # what the body says, for the journal


def reply(value: Any, status: int = 200, **headers: str) -> Response:
    """A JSON response."""
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(status, data, headers=headers, value=value)


def ok(data: Any) -> Response:
    """The envelope of success."""
    return reply({"code": 200, "msg": "success", "data": data})


def error(code: int, message: str) -> Response:
    """The envelope of failure: HTTP 200 around a code; 401 alone has no data."""
    if code == 401:
        return reply({"code": 401, "msg": message})
    return reply({"code": code, "msg": message, "data": None})


def no_such_path(path: str, stamp: str, methods: Collection[str] = ()) -> Response:
    """What the vendor's framework says of an unknown path, with a real status; `methods` are those that it knows."""
    status, word = (405, "Method Not Allowed") if methods else (404, "Not Found")
    answer = reply({"timestamp": stamp, "status": status, "error": word, "message": word, "path": path}, status)
    if methods:
        answer.headers["Allow"] = ", ".join(sorted(methods))
    return answer


def bad_gateway() -> Response:
    """What a gateway in between says: a page, not JSON."""
    page = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
    return Response(502, page.encode(), "text/html")


#: Assumed: the vendor's 404 is that of Spring Boot 2 on Tomcat, which make "//" one and let a last slash be.
_SLASHES = re.compile(r"/{2,}")


async def read_request(scope: Scope, receive: Receive) -> Request:
    """Reads a whole request."""
    parts = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            break
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            break
    headers = {name.decode("latin-1").lower(): held.decode("latin-1") for name, held in scope["headers"]}
    scheme: str = headers.get("x-forwarded-proto") or scope.get("scheme") or "http"
    host = headers.get("host") or ":".join(str(part) for part in scope.get("server") or ("127.0.0.1", 80))
    path = unquote(scope["path"])
    if (target := split_target(path)) is not None:
        scheme, host, path = target
    if not path.startswith("/__"):  # the emulator's own pages
        path = _SLASHES.sub("/", path).rstrip("/") or "/"
    return Request(
        method=scope["method"],
        path=path,
        query=dict(parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)),
        headers=headers,
        body=b"".join(parts),
        base=file_base(scheme, host),
    )


async def write_response(send: Send, response: Response, *, head: bool = False) -> None:
    """Sends a response; of a HEAD request only its head."""
    length = response.length if response.length is not None else len(response.body)
    headers = [(b"content-type", response.type.encode("latin-1")), (b"x-emulated-by", b"kie")]
    if response.stream is None:
        headers.append((b"content-length", str(length).encode()))
    headers += [(name.lower().encode("latin-1"), held.encode("latin-1")) for name, held in response.headers.items()]
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    if head:
        await send({"type": "http.response.body", "body": b""})
        return
    if response.stream is not None:
        async for part in response.stream:
            await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
        return
    body, size = response.body, 256 * 1024
    for start in range(0, len(body), size):
        await send({"type": "http.response.body", "body": body[start : start + size], "more_body": True})
    await send({"type": "http.response.body", "body": b""})
