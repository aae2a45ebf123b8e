"""Callbacks are believed only with a valid, timely signature; the receiver answers as the vendor expects."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import logging
import time
from typing import TYPE_CHECKING, Any

import pytest

from kie.errors import WebhookInvalid
from kie.webhooks import LARGEST_BODY, TOLERANCE, CallbackHint, KieWebhookApp, verify
from kie.wire.callback import sign, verify_signature

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping

SECRET = "made-up-for-tests"
NOW = 1_790_000_000.0
BODY = json.dumps({"code": 200, "msg": "ok", "data": {"taskId": "t-1", "state": "success"}}).encode()


def _expected(task_id: str, stamp: str, secret: str = SECRET) -> str:
    """Sign as the vendor's document says, written a second time."""
    digest = hmac.new(secret.encode(), f"{task_id}.{stamp}".encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def _headers(task_id: str = "t-1", stamp: Any = int(NOW), secret: str = SECRET) -> dict[str, str]:
    return {"X-Webhook-Timestamp": str(stamp), "X-Webhook-Signature": _expected(task_id, str(stamp), secret)}


def test_the_signature_is_the_documents() -> None:
    assert sign("t-1", 1_790_000_000, SECRET) == _expected("t-1", "1790000000")
    assert sign("задача", "1", "ключ") == _expected("задача", "1", "ключ")
    hint = verify(_headers(), BODY, SECRET, now=NOW)
    assert isinstance(hint, CallbackHint)
    assert (hint.task_id, hint.state) == ("t-1", "succeeded")


@pytest.mark.parametrize("off", [0, 1, -1, TOLERANCE, -TOLERANCE])
def test_a_timely_signature_is_accepted(off: float) -> None:
    assert verify(_headers(), BODY, SECRET, now=NOW + off).task_id == "t-1"


@pytest.mark.parametrize("off", [TOLERANCE + 1, -TOLERANCE - 1, 1e9, -1e9])
def test_an_old_or_a_future_one_is_not(off: float) -> None:
    with pytest.raises(WebhookInvalid, match="away from now") as caught:
        verify(_headers(), BODY, SECRET, now=NOW + off)
    assert caught.value.task_id == "t-1"


def test_a_tolerance_of_ones_own() -> None:
    assert verify(_headers(), BODY, SECRET, now=NOW + 5, tolerance=5)
    with pytest.raises(WebhookInvalid):
        verify(_headers(), BODY, SECRET, now=NOW + 6, tolerance=5)


def test_without_a_key_nothing_is_trusted() -> None:
    for secret in ("", None):
        with pytest.raises(WebhookInvalid, match="no webhook key"):
            verify(_headers(secret=""), BODY, secret, now=NOW)  # type: ignore[arg-type]
        with pytest.raises(WebhookInvalid):
            KieWebhookApp(lambda hint: None, secret=secret)


@pytest.mark.parametrize("spelling", [str.lower, str.upper, str.title])
def test_headers_in_any_case(spelling: Callable[[str], str]) -> None:
    headers = {spelling(name): value for name, value in _headers().items()}
    assert verify(headers, BODY, SECRET, now=NOW).task_id == "t-1"


def _changed(**changes: str) -> dict[str, str]:
    names = {"stamp": "X-Webhook-Timestamp", "given": "X-Webhook-Signature"}
    return {**_headers(), **{names[key]: value for key, value in changes.items()}}


GOOD = _headers()["X-Webhook-Signature"]


@pytest.mark.parametrize(
    ("headers", "text"),
    [
        ({}, "not signed"),
        ({"X-Webhook-Timestamp": str(int(NOW))}, "not signed"),
        ({"X-Webhook-Signature": GOOD}, "not signed"),
        (_changed(stamp=""), "not signed"),
        (_changed(given=""), "not signed"),
        (_changed(stamp="soon"), "timestamp"),
        (_changed(stamp=f"{NOW}"), "timestamp"),
        (_changed(stamp="-1790000000"), "timestamp"),
        (_changed(stamp="9" * 5000), "timestamp"),
        (_changed(stamp=chr(0xFF11) * 10), "timestamp"),
        (_changed(stamp=str(int(NOW) + 1)), "wrong"),
        (_changed(given=GOOD[:-4]), "wrong"),
        (_changed(given=GOOD.lower()), "wrong"),
        (_changed(given="\ud800 é"), "wrong"),
        (_headers(task_id="t-2"), "wrong"),
        (_headers(secret="another"), "wrong"),
        ({"X-Webhook-Timestamp": str(int(NOW)), "X-Signature": GOOD}, "not signed"),
    ],
)
def test_a_wrong_signature_is_refused(headers: dict[str, str], text: str) -> None:
    with pytest.raises(WebhookInvalid, match=text) as caught:
        verify(headers, BODY, SECRET, now=NOW)
    for secret in (SECRET, GOOD):
        assert secret not in str(caught.value)


def test_the_signature_is_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def compare(left: bytes, right: bytes) -> bool:
        calls.append((left, right))
        return left == right

    monkeypatch.setattr("kie.wire.callback.hmac.compare_digest", compare)
    verify(_headers(), BODY, SECRET, now=NOW)
    assert calls == [(GOOD.encode(), GOOD.encode())]


def test_a_replay_is_accepted_within_the_tolerance_only() -> None:
    """The vendor may deliver twice, and no body is signed: the receiver must ask the record anyway."""
    for _ in range(2):
        assert verify(_headers(), BODY, SECRET, now=NOW + 100)
    with pytest.raises(WebhookInvalid):
        verify(_headers(), BODY, SECRET, now=NOW + 400)


@pytest.mark.parametrize("body", [b"", b"[]", b"no", b'{"data":{}}', b'{"data":{"taskId":""}}', "\ud800"])
def test_a_body_that_names_no_task_is_refused(body: Any) -> None:
    with pytest.raises(WebhookInvalid):
        verify(_headers(), body, SECRET, now=NOW)


@pytest.mark.parametrize(
    "body",
    [
        {"data": {"taskId": "t-1"}},
        {"data": {"task_id": "t-1"}},
        {"taskId": "t-1", "data": None},
        {"data": {"taskId": "t-1"}, "taskId": "t-9"},
    ],
)
def test_the_task_is_found_where_each_family_has_it(body: dict[str, Any]) -> None:
    assert verify(_headers(), json.dumps(body), SECRET, now=NOW).task_id == "t-1"


def test_an_odd_task_id_breaks_nothing() -> None:
    with pytest.raises(WebhookInvalid):
        verify_signature(_headers(), "\ud800", SECRET, now=NOW)


# ------------------------------------------------------------------------------------------------------------- receiver


class _Exchange:
    """One call of an ASGI application."""

    def __init__(self, app: KieWebhookApp, scope: dict[str, Any], *messages: dict[str, Any]) -> None:
        self.sent: list[MutableMapping[str, Any]] = []
        self._messages = list(messages)
        asyncio.run(self._run(app, scope))

    async def _run(self, app: KieWebhookApp, scope: dict[str, Any]) -> None:
        async def receive() -> MutableMapping[str, Any]:
            return self._messages.pop(0)

        async def send(message: MutableMapping[str, Any]) -> None:
            self.sent.append(message)

        await app(scope, receive, send)

    @property
    def status(self) -> Any:
        return self.sent[0]["status"]

    @property
    def answer(self) -> Any:
        return json.loads(b"".join(m.get("body", b"") for m in self.sent[1:]))


def _post(app: KieWebhookApp, body: bytes = BODY, headers: dict[str, str] | None = None, pieces: int = 1) -> _Exchange:
    given = _headers(stamp=int(time.time())) if headers is None else headers
    raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in given.items()]
    size = max(1, -(-len(body) // pieces))
    parts = [body[i : i + size] for i in range(0, len(body), size)] or [b""]
    messages = [{"type": "http.request", "body": part, "more_body": i < len(parts) - 1} for i, part in enumerate(parts)]
    return _Exchange(app, {"type": "http", "method": "POST", "path": "/hook", "headers": raw}, *messages)


def test_a_good_callback_reaches_the_handler() -> None:
    seen: list[CallbackHint] = []
    exchange = _post(KieWebhookApp(seen.append, secret=SECRET), pieces=3)
    assert (exchange.status, exchange.answer) == (200, {"code": 200, "msg": "success"})
    assert [hint.task_id for hint in seen] == ["t-1"]
    headers = dict(exchange.sent[0]["headers"])
    assert headers[b"content-type"] == b"application/json"
    assert int(headers[b"content-length"]) == len(exchange.sent[1]["body"])


def test_a_coroutine_is_awaited_before_the_answer() -> None:
    seen: list[CallbackHint] = []

    async def handler(hint: CallbackHint) -> None:
        await asyncio.sleep(0)
        seen.append(hint)

    assert _post(KieWebhookApp(handler, secret=SECRET)).status == 200
    assert len(seen) == 1


def test_a_wrong_signature_is_answered_401_and_told_nobody(caplog: pytest.LogCaptureFixture) -> None:
    seen: list[CallbackHint] = []
    app = KieWebhookApp(seen.append, secret=SECRET)
    with caplog.at_level(logging.WARNING, "kie.webhooks"):
        for headers in ({}, _headers(secret="another", stamp=int(time.time())), _headers(stamp=1)):
            exchange = _post(app, headers=headers)
            assert (exchange.status, exchange.answer["code"]) == (401, 401)
        assert _post(app, b"no json").status == 401
    assert seen == []
    assert SECRET not in caplog.text


@pytest.mark.parametrize("method", ["GET", "PUT", "HEAD", "OPTIONS"])
def test_only_post_is_answered(method: str) -> None:
    app = KieWebhookApp(lambda hint: None, secret=SECRET)
    assert _Exchange(app, {"type": "http", "method": method, "headers": []}).status == 405


def test_a_body_that_is_too_large_is_cut_off() -> None:
    app = KieWebhookApp(lambda hint: None, secret=SECRET)
    piece = {"type": "http.request", "body": b"x" * (LARGEST_BODY // 2 + 1), "more_body": True}
    exchange = _Exchange(app, {"type": "http", "method": "POST", "headers": []}, piece, piece)
    assert exchange.status == 413


def test_a_visitor_who_leaves_gets_no_handler() -> None:
    seen: list[CallbackHint] = []
    app = KieWebhookApp(seen.append, secret=SECRET)
    _Exchange(app, {"type": "http", "method": "POST", "headers": []}, {"type": "http.disconnect"})
    assert seen == []


def test_a_handler_that_fails_is_delivered_to_again(caplog: pytest.LogCaptureFixture) -> None:
    def handler(hint: CallbackHint) -> None:
        raise ValueError(hint.task_id)

    exchange = _post(KieWebhookApp(handler, secret=SECRET))
    assert (exchange.status, exchange.answer["code"]) == (500, 500)
    assert "t-1" in caplog.text


def test_startup_and_shutdown_are_answered() -> None:
    app = KieWebhookApp(lambda hint: None, secret=SECRET)
    exchange = _Exchange(app, {"type": "lifespan"}, {"type": "lifespan.startup"}, {"type": "lifespan.shutdown"})
    assert [m["type"] for m in exchange.sent] == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


def test_sockets_are_left_alone() -> None:
    app = KieWebhookApp(lambda hint: None, secret=SECRET)
    assert _Exchange(app, {"type": "websocket"}, {"type": "websocket.connect"}).sent == [{"type": "websocket.close"}]


def test_the_key_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIE_WEBHOOK_SECRET", SECRET)
    assert _post(KieWebhookApp(lambda hint: None)).status == 200


def test_headers_that_are_no_latin_text_are_refused_not_broken() -> None:
    app = KieWebhookApp(lambda hint: None, secret=SECRET)
    raw = [(b"x-webhook-timestamp", b"\xff\xfe"), (b"x-webhook-signature", b"\xe9")]
    message = {"type": "http.request", "body": BODY}
    assert _Exchange(app, {"type": "http", "method": "POST", "headers": raw}, message).status == 401
