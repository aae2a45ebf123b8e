"""What the journal keeps of a request: its body in short, what tells equal ones, and whether its client stayed."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kie.emulator.http import Receive, Request

_MOST = 64 * 1024
#: Levels of JSON that are kept.
_DEEPEST = 100

#: Headers that hold credentials: they are never written down.
SECRET = frozenset({"authorization", "x-api-key", "x-goog-api-key", "cookie", "proxy-authorization"})

#: Parameters of the query string whose values are never written down either.
SECRET_WORDS = frozenset({"key", "api_key", "apikey", "access_token", "token"})


def brief(request: Request) -> Any:
    """A request's body for the journal: JSON when it is small, else its size."""
    if not request.body:
        return None
    if len(request.body) > _MOST:
        return f"<{len(request.body)} bytes>"
    body = request.json() if _flat(request.body) else None
    return body if body is not None else f"<{len(request.body)} bytes>"


def _flat(body: bytes) -> bool:
    """Whether JSON is not nested so deeply that walking through it would fail."""
    if body.count(b"[") + body.count(b"{") <= _DEEPEST:
        return True
    depth = deepest = 0
    for byte in body:
        depth += (byte in b"[{") - (byte in b"]}")
        deepest = max(deepest, depth)
    return deepest <= _DEEPEST


def digest(request: Request) -> str:
    """16 hex digits that are equal for requests of equal content, "" without content.

    An upload tells the hash of its file (`note["content"]`): its form has another boundary each time. The order of
    names in JSON says nothing.
    """
    content = request.note.get("content")
    if content is not None:
        return str(content)
    if not request.body:
        return ""
    body = request.json() if len(request.body) <= _MOST else None
    try:
        data = request.body if body is None else json.dumps(body, sort_keys=True).encode()
    except RecursionError:
        data = request.body
    return hashlib.sha256(data).hexdigest()[:16]


def has_credential(request: Request) -> bool:
    """Whether any header held a key, a password or a cookie."""
    return any(request.headers.get(name, "").strip() for name in SECRET)


async def hung_up(receive: Receive) -> bool:
    """Whether the client of a request that was read to its end has gone."""
    asking = asyncio.ensure_future(receive())
    await asyncio.sleep(0)
    if not asking.done():
        asking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asking
        return False
    return bool(asking.result()["type"] == "http.disconnect")
