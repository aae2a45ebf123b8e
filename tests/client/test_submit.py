"""A create is sent once, or certainly did not arrive. Whatever happens on the way."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import pickle
import traceback
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from kie import AsyncKie, Kie, ResultCache, errors
from kie.client.httpx2 import Httpx2Transport
from kie.client.pyreqwest import AsyncPyreqwestTransport, PyreqwestTransport
from kie.client.transport import HttpReply, HttpRequest, Interrupted, NotDelivered
from tests.client.stub import BASE, KEY, LINK, MODEL, Server, Stub, created, envelope, record, refused_port, reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.client.stub import Clock, Step

INPUT = {"prompt": "x"}
CALLBACK = "https://hooks.example.com/kie"
AFTER_DELIVERY = ("reset", "fin", "truncate", "garbage", "html502", "html200", "gzip", "hang")


def _submit(shell: str, url: str, *, count: int = 1, callback_url: str | None = None) -> list[str]:
    """Submit over a real socket through one of the four transports; returns the task ids."""
    timeout = 0.4
    if shell == "pyreqwest":
        with Kie(KEY, base_url=url, timeout=timeout, retries=1) as kie:
            return [kie.submit(MODEL, INPUT, callback_url=callback_url).id for _ in range(count)]
    if shell == "httpx2":
        with httpx2.Client(timeout=timeout) as client, Kie(KEY, base_url=url, transport=client, retries=1) as kie:
            return [kie.submit(MODEL, INPUT, callback_url=callback_url).id for _ in range(count)]

    async def run() -> list[str]:
        if shell == "async httpx2":
            client = httpx2.AsyncClient(timeout=timeout)
            async with client, AsyncKie(KEY, base_url=url, transport=client, retries=1) as kie:
                return [(await kie.submit(MODEL, INPUT, callback_url=callback_url)).id for _ in range(count)]
        async with AsyncKie(KEY, base_url=url, timeout=timeout, retries=1) as kie:
            return [(await kie.submit(MODEL, INPUT, callback_url=callback_url)).id for _ in range(count)]

    return asyncio.run(run())


shells = pytest.mark.parametrize("shell", ["pyreqwest", "httpx2", "async pyreqwest", "async httpx2"])


@shells
@pytest.mark.parametrize("fault", AFTER_DELIVERY)
def test_fault_after_delivery(shell: str, fault: str) -> None:
    """The request arrived and no usable answer came: one POST, and an error that says what is at stake."""
    with Server(fault) as server:
        with pytest.raises(errors.SubmitOutcomeUnknown) as caught:
            _submit(shell, server.url, callback_url=CALLBACK)
        assert server.posts == 1
    error = caught.value
    assert error.may_have_spent
    assert error.callback_url == CALLBACK
    assert error.endpoint == "POST /api/v1/jobs/createTask"
    assert KEY not in repr(error) + str(error) + repr(error.__cause__)


@shells
def test_connection_cut_while_kept(shell: str) -> None:
    """The second create meets a connection that dies under it: it is not sent a third time."""
    with Server("stale") as server:
        with pytest.raises(errors.SubmitOutcomeUnknown):
            _submit(shell, server.url, count=2)
        assert server.posts == 2


@shells
def test_redirect_is_not_followed(shell: str) -> None:
    """A redirect would carry the key and the order elsewhere."""
    with Server("307") as server:
        with pytest.raises(errors.KieError):
            _submit(shell, server.url)
        assert server.paths == ["/api/v1/jobs/createTask"]


@shells
def test_refused_then_accepted(shell: str) -> None:
    """A refusal for frequency created nothing: the same order is sent again."""
    with Server("429") as server:
        assert _submit(shell, server.url) == ["t3"]
        assert server.posts == 3


@shells
def test_nobody_listens(shell: str) -> None:
    """Without a connection nothing was spent, and the error says so."""
    with pytest.raises(errors.ConnectionFailed) as caught:
        _submit(shell, f"http://127.0.0.1:{refused_port()}")
    assert not caught.value.may_have_spent


def test_header_that_is_no_text() -> None:
    """Bytes of no encoding in a header are no reason to stumble."""
    with Server("odd429") as server:
        request = HttpRequest("POST", server.url + "/", body=b"{}")
        assert PyreqwestTransport().send(request).header("retry-after") is None
        assert asyncio.run(AsyncPyreqwestTransport().send(request)).header("retry-after") is None
        with httpx2.Client() as client:
            assert Httpx2Transport(client).send(request).status == 429


def test_kept_connection_closed_by_the_server() -> None:
    """A kept connection that the server closed while it was idle is replaced, not taken for a fault."""
    with Server("idle") as server, Kie(KEY, base_url=server.url, timeout=2) as kie:
        import time

        ids = []
        for _ in range(3):
            ids.append(kie.submit(MODEL, INPUT).id)
            time.sleep(0.03)
        assert ids == ["t1", "t2", "t3"]


# -------------------------------------------------------------------------------------------------- in memory


def _kie(*script: Any, **options: Any) -> tuple[Kie, Stub]:
    stub = Stub(*script)
    return Kie(KEY, base_url=BASE, transport=stub, **options), stub


def test_not_delivered_is_repeated(clock: Clock) -> None:
    """What certainly did not arrive is sent again, so often, with pauses."""
    kie, stub = _kie(NotDelivered("refused"), NotDelivered("refused"), created())
    assert kie.submit(MODEL, INPUT).id == "t1"
    assert stub.posts == 3
    assert len(clock.slept) == 2

    kie, stub = _kie(NotDelivered("refused"), retries=2)
    with pytest.raises(errors.ConnectionFailed):
        kie.submit(MODEL, INPUT)
    assert stub.posts == 3


def test_unknown_outcome_says_all(clock: Clock) -> None:
    """The error identifies the request, survives pickling, and the task can be adopted."""
    kie, stub = _kie(Interrupted("reset"), record())
    with pytest.raises(errors.SubmitOutcomeUnknown) as caught:
        kie.submit(MODEL, INPUT, callback_url=CALLBACK)
    error = pickle.loads(pickle.dumps(caught.value))
    assert stub.posts == 1
    assert isinstance(stub.log[0].body, bytes)
    assert error.body_sha256 == hashlib.sha256(stub.log[0].body).hexdigest()
    assert error.submitted_at == clock.now
    assert (error.endpoint, error.callback_url, error.model) == ("POST /api/v1/jobs/createTask", CALLBACK, MODEL)
    assert error.may_have_spent
    assert kie.task(MODEL, "t1").wait().outputs[0].url == LINK


@pytest.mark.parametrize("status", [200, 429])
@pytest.mark.parametrize("wanted", ["7", "7.5"])
def test_retry_after_is_honoured(clock: Clock, status: int, wanted: str) -> None:
    """A refusal for frequency, in the body or as HTTP status, is waited out as long as told."""
    kie, stub = _kie(envelope(429, "too fast", status=status, retry_after=wanted), created())
    assert kie.submit(MODEL, INPUT).id == "t1"
    assert stub.posts == 2
    assert sum(clock.slept) == pytest.approx(float(wanted))


def test_refusals_are_bounded(clock: Clock) -> None:
    """Neither refusals without end nor an absurd demand keep the caller."""
    kie, stub = _kie(envelope(429, "too fast", status=429))
    with pytest.raises(errors.RateLimited) as caught:
        kie.submit(MODEL, INPUT)
    assert stub.posts == 7
    assert not caught.value.may_have_spent
    assert sum(clock.slept) < 150

    kie, stub = _kie(envelope(429, "too fast", retry_after="86400"))
    before = clock.now
    with pytest.raises(errors.RateLimited) as caught:
        kie.submit(MODEL, INPUT)
    assert (stub.posts, caught.value.retry_after, clock.now) == (1, 86400, before)


def test_refused_by_a_gateway(clock: Clock) -> None:
    """A page with HTTP 429 comes of a gateway, and is a refusal like another, for orders and questions."""
    page = reply(b"<html>Slow down</html>", 429, retry_after="3")
    kie, stub = _kie(page, created(), page, record())
    assert kie.run(MODEL, INPUT).outputs[0].url == LINK
    assert stub.posts == 2
    kie, _ = _kie(page)
    with pytest.raises(errors.RateLimited, match="Slow down") as caught:
        kie.submit(MODEL, INPUT)
    assert caught.value.retry_after == 3
    assert not caught.value.may_have_spent


def test_retry_after_as_a_date(clock: Clock) -> None:
    """The header may hold a date; one that is past means now."""
    from email.utils import formatdate

    kie, _ = _kie(envelope(429, retry_after=formatdate(clock.now + 9, usegmt=True)), created())
    kie.submit(MODEL, INPUT)
    assert sum(clock.slept) == pytest.approx(9)

    before = clock.now
    kie, _ = _kie(envelope(429, retry_after=formatdate(clock.now - 900, usegmt=True)), created())
    kie.submit(MODEL, INPUT)
    assert clock.now == pytest.approx(before, abs=1e-3)


@pytest.mark.parametrize(
    ("code", "message", "kind", "may_have_spent"),
    [
        (401, "Unauthorized", "AuthenticationError", False),
        (402, "Credits insufficient", "InsufficientCredits", False),
        (429, "Credits insufficient", "InsufficientCredits", False),
        (433, "Sub-key usage exceeds limit", "AuthenticationError", False),
        (455, "Service unavailable", "ModelUnavailable", False),
        (505, "Feature disabled", "ModelUnavailable", False),
        (422, "aspect_ratio is not within the range of allowed options", "InvalidInput", False),
        (500, "aspect_ratio is not within the range of allowed options", "InvalidInput", False),
        (500, "Internal Error, please try again later", "ServiceError", True),
    ],
)
@pytest.mark.usefixtures("clock")
def test_refusals(code: int, message: str, kind: str, may_have_spent: bool) -> None:  # noqa: FBT001 - a table
    """Each code has its error, and none is sent again."""
    for status in (200, code):
        kie, stub = _kie(envelope(code, message, status=status))
        with pytest.raises(getattr(errors, kind)) as caught:
            kie.submit(MODEL, INPUT)
        assert stub.posts == 1
        assert (caught.value.code, caught.value.model) == (str(code), MODEL)
        assert caught.value.may_have_spent is may_have_spent


@pytest.mark.parametrize(
    "body",
    [
        {"code": 200, "data": {"taskId": "t1"}},
        {"code": 200, "data": {"task_id": "t1"}},
        {"code": 200, "data": {"recordId": "t1"}},
        {"code": 200, "taskId": "t1"},
        {"code": 200, "task_id": "t1"},
        {"code": 500, "msg": "Internal Error", "data": {"taskId": "t1"}},
    ],
)
def test_task_id(body: dict[str, Any]) -> None:
    """The id is found in five places, and beside an error code: that task may have been paid for."""
    kie, _ = _kie(reply(body))
    assert kie.submit(MODEL, INPUT).id == "t1"


@pytest.mark.parametrize("body", [{"code": 200, "data": {}}, {"code": 200, "data": None}, {}, [], None, {"data": 7}])
def test_no_task_id(body: Any) -> None:
    """Success without a task: it may exist all the same."""
    kie, stub = _kie(reply(body))
    with pytest.raises(errors.SubmitOutcomeUnknown):
        kie.submit(MODEL, INPUT)
    assert stub.posts == 1


@pytest.mark.parametrize("name", ["callBackUrl", "callback_url"])
def test_callback_among_the_inputs(name: str) -> None:
    """A callback address among the inputs goes where it belongs, and is known to the task."""
    kie, stub = _kie(created())
    task = kie.submit(MODEL, {"prompt": "x", name: CALLBACK})
    assert task.callback_url == CALLBACK
    assert isinstance(stub.log[0].body, bytes)
    body = json.loads(stub.log[0].body)
    assert body["callBackUrl"] == CALLBACK
    assert body["input"] == INPUT


def test_callback_that_is_no_address() -> None:
    """Nothing is sent with a callback that can never come."""
    kie, stub = _kie(created())
    for bad in ("hooks.example.com", "ftp://hooks.example.com", ""):
        with pytest.raises(errors.InvalidInput):
            kie.submit(MODEL, INPUT, callback_url=bad)
    assert not stub.log


def test_max_credits() -> None:
    """A budget that does not cover the estimate stops the order; one that does lets it pass."""
    kie, stub = _kie(created())
    price = kie.price(MODEL, prompt="x", resolution="1K")
    assert price is not None
    assert price.high is not None
    with pytest.raises(errors.BudgetExceeded) as caught:
        kie.submit(MODEL, {"prompt": "x", "resolution": "1K"}, max_credits=float(price.high) - 0.5)
    assert not stub.log
    assert not caught.value.may_have_spent
    kie.submit(MODEL, {"prompt": "x", "resolution": "1K"}, max_credits=str(price.high))
    for bad in ("plenty", float("nan")):
        with pytest.raises(errors.KieError):
            kie.submit(MODEL, INPUT, max_credits=bad)
    assert stub.posts == 1


@pytest.mark.parametrize("no_id", ["", "null", "NONE", 0, False, None, [], {}])
@pytest.mark.usefixtures("clock")
def test_what_is_no_task_id(no_id: Any) -> None:
    """A word for nothing is no task: beside an error code it would hide the error."""
    kie, stub = _kie(envelope(402, "Credits insufficient", {"taskId": no_id}))
    with pytest.raises(errors.InsufficientCredits):
        kie.submit(MODEL, INPUT)
    assert stub.posts == 1


# ------------------------------------------------------------------------------------------------------- cache


def test_cache(clock: Clock) -> None:
    """An identical request costs nothing again, until its links are about to die."""
    kie, stub = _kie(created("t1"), record(), created("t2"), record(), created("t3"), record(), cache=True)
    first = kie.run(MODEL, INPUT)
    again = kie.run(MODEL, {"prompt": "x"})
    assert (stub.posts, again.task.id, again.outputs[0].url) == (1, first.task.id, LINK)
    assert kie.run(MODEL, {"prompt": "y"}).task.id == "t2"
    clock.now += kie.models[MODEL].lifetime
    assert kie.run(MODEL, INPUT).task.id == "t3"


@pytest.mark.usefixtures("clock")
def test_cache_keeps_successes_alone() -> None:
    """A failed task, and one that nobody waited for, is no answer to the next request."""
    kie, stub = _kie(created("t1"), record("fail", failCode="500", failMsg="no"), created("t2"), cache=True)
    with pytest.raises(errors.TaskFailed):
        kie.run(MODEL, INPUT)
    assert kie.submit(MODEL, INPUT).id == "t2"
    assert kie.submit(MODEL, INPUT).id == "t2"
    assert stub.posts == 3


@pytest.mark.usefixtures("clock")
def test_cache_forgets_the_least_used() -> None:
    """The cache is bounded."""
    kie, stub = _kie(*[step for i in range(4) for step in (created(f"t{i}"), record())], cache=ResultCache(size=2))
    for prompt in ("a", "b", "a", "c", "a", "b"):
        kie.run(MODEL, {"prompt": prompt})
    assert stub.posts == 4


# ------------------------------------------------------------------------------------------- interruption and the key


def test_ctrl_c(caplog: pytest.LogCaptureFixture) -> None:
    """Ctrl-C during a create goes on, and leaves a word of what may exist."""
    kie, stub = _kie(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        kie.submit(MODEL, INPUT, callback_url=CALLBACK)
    assert stub.posts == 1
    assert "may have been paid" in caplog.text
    assert CALLBACK in caplog.text


def test_cancelled(caplog: pytest.LogCaptureFixture) -> None:
    """A cancelled create is cancelled, with the same word."""

    class Never:
        async def send(self, request: HttpRequest) -> HttpReply:
            assert request.method == "POST"
            await asyncio.Event().wait()
            raise AssertionError

        async def stream(self, request: HttpRequest) -> Any:
            raise AssertionError(request)

        async def close(self) -> None:
            pass

    async def run() -> None:
        async with AsyncKie(KEY, base_url=BASE, transport=Never()) as kie:
            async with asyncio.timeout(0.02):
                await kie.submit(MODEL, INPUT)

    with pytest.raises(TimeoutError):
        asyncio.run(run())
    assert "may have been paid" in caplog.text


ANSWERS: list[Step] = [
    lambda request: reply(repr(request.headers).encode(), 502),
    lambda request: reply(repr(request.headers).encode(), 403),
    lambda request: envelope(401, f"bad key: {dict(request.headers)}"),
    lambda request: envelope(500, f"Internal: Bearer {KEY}"),
    lambda request: envelope(429, f"too fast: Bearer {KEY}"),
    lambda request: envelope(404, f"task not found: Bearer {KEY}"),
    envelope(401, f"{KEY} is wrong"),
    envelope(500, f"unknown <{KEY}>", {"who": KEY}),
    reply(f"<html>{KEY}".encode(), 502),
    reply(f"<html>{KEY}".encode(), 403),
    RuntimeError("hook"),
]


@pytest.mark.parametrize("answer", ANSWERS, ids=range(len(ANSWERS)))
@pytest.mark.usefixtures("clock")
def test_the_key_appears_nowhere(answer: Any, caplog: pytest.LogCaptureFixture) -> None:
    """Not in a repr, an error, a log or a pickle; not even where the server echoes the request's headers."""
    caplog.set_level(logging.DEBUG)
    kie, stub = _kie(answer, retries=1)
    shown = repr(kie) + repr(kie._core.settings) + repr(vars(kie))
    for call in (lambda: kie.submit(MODEL, INPUT), kie.credits, lambda: kie.task(MODEL, "t").refresh()):
        with pytest.raises(errors.KieError) as caught:
            call()
        error = caught.value
        shown += repr(error) + str(error) + repr(vars(error)) + repr(pickle.dumps(error))
        shown += repr(error.__cause__) + repr(vars(error.__cause__) if error.__cause__ else "")
        shown += repr(error.__traceback__) + "".join(traceback.format_exception(error))
    chat = kie.chat("gpt-5-2", "hello", stream=True)
    more: list[Callable[[], object]] = [
        lambda: kie.chat("gpt-5-2", "hello"),
        lambda: list(chat),
        lambda: kie.upload(b"GIF89a"),
    ]
    for ask in more:
        with pytest.raises(errors.KieError) as caught:
            ask()
        shown += repr(caught.value) + str(caught.value) + repr(vars(caught.value))
    shown += repr(stub.log)
    assert any(KEY in value for _, value in stub.log[0].headers)
    assert KEY not in shown + caplog.text
