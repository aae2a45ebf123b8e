"""The callback ingress: a small thing that stays up. It writes one row, and answers when that is on the disk."""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING, Any

from kie.service import inbox
from kie.store.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, MutableMapping
    from typing import TypeAlias

    from kie.store.database import Database

    Taker: TypeAlias = Callable[[str, bytes], Awaitable[bool]]
    Refuse: TypeAlias = Callable[[str, Mapping[str, str], bytes], Awaitable[bool]]

__all__ = ["PREFIX", "Hooks"]

_ADDRESS = re.compile(r"[A-Za-z0-9_-]{1,128}")
#: The path of a callback address, before its unguessable end.
PREFIX = "/hooks/kie/"


class Hooks:
    """An ASGI application for the vendor's callbacks. It needs no key: the address is the secret.

    Args:
        database: of the service.
        wake: called after each callback that was taken.
        wall: tells Unix seconds; for tests.
        taker: takes a callback instead, and returns whether its address is a generation's: the receiver of a worker in
            this process, which goes on with it at once. None as long as there is none.
        refuse: tells whether a callback is not signed as it should be (``accounts.signatures``); None checks nothing.

    """

    def __init__(
        self,
        database: Database,
        wake: Callable[[], None] | None = None,
        wall: Callable[[], float] = time.time,
        taker: Callable[[], Taker | None] = lambda: None,
        refuse: Refuse | None = None,
    ) -> None:
        self._database = database
        self._wake = wake
        self._wall = wall
        self._taker = taker
        self._refuse = refuse

    async def __call__(
        self,
        scope: MutableMapping[str, Any],
        receive: Callable[[], Awaitable[MutableMapping[str, Any]]],
        send: Callable[[MutableMapping[str, Any]], Awaitable[None]],
    ) -> None:
        """Answer one request: 200 when the callback is on the disk, 404 for an address that is none of ours.

        401 where callbacks are to be signed, and it is not, or wrongly.
        """
        if scope["type"] != "http":
            return
        status, words = await self._answer(scope, receive)
        body = json.dumps({"code": status, "msg": words}).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _answer(
        self, scope: MutableMapping[str, Any], receive: Callable[[], Awaitable[MutableMapping[str, Any]]]
    ) -> tuple[int, str]:
        path: str = scope["path"]
        if not path.startswith(PREFIX):
            return 404, "not found"
        if scope["method"] != "POST":
            return 405, "callbacks are posted"
        body = b""
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return 400, "the body did not come whole"
            body += message.get("body", b"")
            if len(body) > inbox.MOST:
                return 413, "too large"
            if not message.get("more_body", False):
                break
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        return await self.take(path.removeprefix(PREFIX), body, headers)

    async def take(self, hook: str, body: bytes, headers: Mapping[str, str] | None = None) -> tuple[int, str]:
        """Take a callback; returns the HTTP status and the words of the answer."""
        if _ADDRESS.fullmatch(hook) is None:
            return 404, "not found"
        now, taker = self._wall(), self._taker()
        try:
            if self._refuse is not None and await self._refuse(hook, headers or {}, body):
                return 401, "the signature is not valid"
            if taker is not None:
                return (200, "success") if await taker(hook, body) else (404, "not found")
            known = await self._database.write(lambda: inbox.receive(hook, body, now))
        except StoreUnavailable:
            return 503, "not written; try again"
        if known is None:
            return 404, "not found"
        if self._wake is not None:
            self._wake()
        return 200, "success"
