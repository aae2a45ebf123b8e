"""Callbacks of kie.ai: check who posted, read what they claim, mount the receiver in any ASGI app.

A callback is a hint, never an authority: kie.ai signs ``taskId.timestamp`` and not the body. What it claims must be
read again from the record, with your own key, before it is believed: ``kie.task(model, hint.task_id).refresh()``.
"""

from __future__ import annotations

import inspect
import json
import logging
import os
import time
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any, TypeAlias

from kie.errors import WebhookInvalid
from kie.wire.callback import TOLERANCE, read_callback, verify_signature
from kie.wire.state import CallbackHint

__all__ = ["TOLERANCE", "CallbackHint", "KieWebhookApp", "read_callback", "verify"]

log = logging.getLogger("kie.webhooks")

Handler: TypeAlias = Callable[[CallbackHint], "Awaitable[None] | None"]
_Scope: TypeAlias = MutableMapping[str, Any]
_Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
_Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]

#: Bodies above this many bytes are refused: the largest recorded ones (notes of a song) stay far below.
LARGEST_BODY = 4 * 1024 * 1024


def verify(
    headers: Mapping[str, str],
    body: bytes | str,
    secret: str,
    *,
    tolerance: float = TOLERANCE,
    now: float | None = None,
) -> CallbackHint:
    """Check a callback's signature and return what it claims.

    Args:
        headers: the request's headers, any case.
        body: the request's body, as it came.
        secret: the webhook key of kie.ai/settings (``KIE_WEBHOOK_SECRET``); an empty one is refused.
        tolerance: seconds that the signature's time may differ from now.
        now: Unix time in seconds; by default the clock's.

    Raises:
        WebhookInvalid: there is no key, the body is unreadable, or the signature is missing, wrong or too old.

    """
    if not secret:
        verify_signature(headers, None, secret, now=0.0)
    hint = read_callback(body)
    verify_signature(headers, hint.task_id, secret, now=time.time() if now is None else now, tolerance=tolerance)
    return hint


class KieWebhookApp:
    """An ASGI application that receives callbacks; mount it anywhere, or serve it by itself.

    It answers 200 once the handler has returned, 401 to a wrong signature, 413 to a body that is too large, 405 to
    anything but POST, and 500 where the handler failed, so that kie.ai delivers again (three times at most, within 15 s
    each, by its documents). The same task may be delivered more than once.

    Args:
        handler: called with a ``CallbackHint``; may be a coroutine function.
        secret: the webhook key; by default ``KIE_WEBHOOK_SECRET``.
        tolerance: seconds that a signature's time may differ from now.

    Raises:
        WebhookInvalid: there is no key: callbacks would be accepted from anyone.

    """

    def __init__(self, handler: Handler, *, secret: str | None = None, tolerance: float = TOLERANCE) -> None:
        self._secret = secret if secret is not None else os.environ.get("KIE_WEBHOOK_SECRET", "")
        if not self._secret:
            verify_signature({}, None, "", now=0.0)
        self._handler = handler
        self._tolerance = tolerance

    async def __call__(self, scope: _Scope, receive: _Receive, send: _Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
            return
        if scope["type"] == "websocket":
            await send({"type": "websocket.close"})
        if scope["type"] != "http":
            return
        if scope["method"] != "POST":
            await _answer(send, 405, "only POST is answered here")
            return
        body = await _body(receive)
        if body is None:
            await _answer(send, 413, "the body is too large")
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        try:
            hint = verify(headers, body, self._secret, tolerance=self._tolerance)
        except WebhookInvalid as error:
            log.warning("callback refused: %s", error.message)
            await _answer(send, 401, "the signature is not valid")
            return
        try:
            outcome = self._handler(hint)
            if inspect.isawaitable(outcome):
                await outcome
        except Exception:
            log.exception("the handler failed for task %s; kie.ai will deliver again", hint.task_id)
            await _answer(send, 500, "try again")
            return
        await _answer(send, 200, "success")


async def _body(receive: _Receive) -> bytes | None:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        piece = message.get("body", b"")
        size += len(piece)
        if size > LARGEST_BODY:
            return None
        parts.append(piece)
        if not message.get("more_body"):
            return b"".join(parts)


async def _answer(send: _Send, status: int, message: str) -> None:
    body = json.dumps({"code": status, "msg": message}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _lifespan(receive: _Receive, send: _Send) -> None:
    while True:
        message = await receive()
        await send({"type": message["type"] + ".complete"})
        if message["type"] == "lifespan.shutdown":
            return
