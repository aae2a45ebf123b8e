"""What is paid for is paid for once and never lost, whatever a transport, a server or a caller does."""

from __future__ import annotations

import asyncio
import math
import time
from typing import TYPE_CHECKING, Any

import pytest

from kie import AsyncKie, Kie, errors
from kie.client.limiter import Limiter
from kie.client.transport import Interrupted, NotDelivered
from tests.client.media_stub import Answer
from tests.client.media_stub import Stub as MediaStub
from tests.client.stub import (
    BASE,
    KEY,
    LINK,
    MODEL,
    AsyncStub,
    Clock,
    Server,
    Step,
    Stub,
    created,
    envelope,
    record,
    reply,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kie.client.transport import HttpRequest
    from tests.client.media_stub import Script

INPUT = {"prompt": "x"}


def _kie(*script: Step, **options: Any) -> tuple[Kie, Stub]:
    stub = Stub(*script)
    return Kie(KEY, base_url=BASE, transport=stub, **options), stub


@pytest.mark.parametrize("code", [422, 429, 430, 500])
def test_a_task_beside_any_code_is_taken(clock: Clock, code: int) -> None:
    """Also beside a refusal for frequency, after which it would have been made once more."""
    kie, stub = _kie(envelope(code, "busy", {"taskId": "t7"}), created("t8"))
    assert kie.submit(MODEL, INPUT).id == "t7"
    assert stub.posts == 1
    kie, stub = _kie(envelope(code, "busy", {"taskId": "t7"}, status=429), created("t8"))
    assert kie.submit(MODEL, INPUT).id == "t7"
    assert stub.posts == 1


@pytest.mark.parametrize("fault", [OSError("cable"), RuntimeError("hook"), ValueError("?"), AttributeError("bug")])
def test_what_a_transport_did_not_sort_leaves_the_outcome_open(clock: Clock, fault: Exception) -> None:
    kie, stub = _kie(fault, created())
    with pytest.raises(errors.SubmitOutcomeUnknown) as caught:
        kie.submit(MODEL, INPUT)
    assert stub.posts == 1
    assert caught.value.may_have_spent
    assert caught.value.__cause__ is fault

    async def run() -> None:
        inner = AsyncStub(fault, created())
        with pytest.raises(errors.SubmitOutcomeUnknown):
            await AsyncKie(KEY, base_url=BASE, transport=inner).submit(MODEL, INPUT)
        assert len(inner.log) == 1

    asyncio.run(run())


def test_what_a_transport_did_not_sort_ends_no_wait(clock: Clock) -> None:
    kie, stub = _kie(created(), OSError("cable"), record(), retries=0)
    assert kie.run(MODEL, INPUT).outputs[0].url == LINK
    assert stub.posts == 1


def test_a_hook_of_the_users_httpx_client_loses_no_task() -> None:
    httpx2 = pytest.importorskip("httpx2")

    def hook(response: Any) -> None:
        raise RuntimeError("seen")

    with Server() as server, httpx2.Client(event_hooks={"response": [hook]}) as client:
        kie = Kie(KEY, base_url=server.url, transport=client)
        with pytest.raises(errors.SubmitOutcomeUnknown):
            kie.submit(MODEL, INPUT)
        assert server.posts == 1


def _delivered(server: Server) -> None:
    while not server.posts:
        time.sleep(0.005)


def test_a_client_closed_meanwhile_leaves_the_outcome_open() -> None:
    """Another thread closes the client while the answer is awaited: the request was delivered."""
    import threading

    with Server("hang") as server:
        kie = Kie(KEY, base_url=server.url, retries=2)

        def close() -> None:
            _delivered(server)
            kie.close()

        closing = threading.Thread(target=close)
        closing.start()
        with pytest.raises(errors.SubmitOutcomeUnknown):
            kie.submit(MODEL, INPUT)
        closing.join()
        assert server.posts == 1


def test_an_async_client_closed_meanwhile_leaves_the_outcome_open() -> None:
    async def run() -> None:
        kie = AsyncKie(KEY, base_url=server.url, retries=2)
        task = asyncio.create_task(kie.submit(MODEL, INPUT))
        await asyncio.to_thread(_delivered, server)
        await kie.close()
        with pytest.raises(errors.SubmitOutcomeUnknown):
            await task

    with Server("hang") as server:
        asyncio.run(run())
        assert server.posts == 1


def test_a_closed_client_sends_nothing(clock: Clock) -> None:
    with Server() as server:
        kie = Kie(KEY, base_url=server.url, retries=1)
        kie.credits()
        kie.close()
        with pytest.raises(errors.ConnectionFailed) as caught:
            kie.submit(MODEL, INPUT)
        assert not caught.value.may_have_spent
        assert server.posts == 0


def test_the_grace_begins_when_the_create_was_sent(clock: Clock) -> None:
    """Refusals and full limits before it take their time; the record may be missing after it all the same."""
    refused = envelope(429, retry_after="40")
    kie, stub = _kie(refused, created(), envelope(422, "recordInfo is null"), record())
    begun = clock.now
    task = kie.submit(MODEL, INPUT)
    assert clock.now - begun >= 40
    assert task.refresh().state == "queued"
    result = task.wait()
    assert result.outputs[0].url == LINK
    assert result.elapsed < 40
    assert stub.posts == 2


@pytest.mark.parametrize("odd", [math.nan, object(), "\ud800", b"bytes", {1, 2}])
@pytest.mark.parametrize("cache", [False, True])
def test_what_json_cannot_say_is_refused_and_keeps_no_place(odd: Any, cache: bool) -> None:  # noqa: FBT001
    limiter = Limiter()
    kie, stub = _kie(created(), limiter=limiter, cache=cache)
    with pytest.raises(errors.InvalidInput):
        kie.submit(MODEL, INPUT, extra={"x": odd})
    assert not stub.log
    assert limiter.under_way == 0


def test_half_a_letter_in_a_prompt_is_refused() -> None:
    kie, stub = _kie(created())
    with pytest.raises(errors.InvalidInput):
        kie.submit(MODEL, {"prompt": "a \udc9f cat"})
    assert not stub.log


# ------------------------------------------------------------------------------------------------- bounded, not longer


@pytest.mark.parametrize("timeout", [math.nan, math.inf, "60"])
def test_a_timeout_that_is_none_is_refused_before_anything_is_paid(clock: Clock, timeout: Any) -> None:
    calls: list[Callable[[Kie], object]] = [
        lambda kie: kie.run(MODEL, INPUT, timeout=timeout),
        lambda kie: kie.image("x", timeout=timeout),
    ]
    for call in calls:
        kie, stub = _kie(created(), record())
        with pytest.raises(errors.InvalidInput) as caught:
            call(kie)
        assert caught.value.field == "timeout"
        assert stub.posts == 0
    kie, _ = _kie(record("waiting"))
    with pytest.raises(errors.InvalidInput):
        kie.task(MODEL, "t1").wait(timeout)

    async def run() -> None:
        inner = AsyncStub(created(), record())
        kie = AsyncKie(KEY, base_url=BASE, transport=inner)
        with pytest.raises(errors.InvalidInput):
            await kie.run(MODEL, INPUT, timeout=timeout)
        with pytest.raises(errors.InvalidInput):
            await kie.image("x", timeout=timeout)
        assert not inner.log

    asyncio.run(run())


@pytest.mark.parametrize(
    "fault",
    [
        NotDelivered("refused"),
        Interrupted("reset"),
        reply(b"<html>", 502),
        envelope(500, "Internal Error"),
        envelope(429),
        envelope(429, retry_after="100"),
        envelope(429, retry_after="10000"),
        envelope(503, status=503, retry_after="100"),
    ],
)
@pytest.mark.parametrize("timeout", [0, 5, 40])
def test_a_wait_ends_when_it_was_to_end(clock: Clock, fault: Any, timeout: float) -> None:
    """Repetitions, and pauses that the server asks for, do not carry it over its deadline."""
    kie, _ = _kie(created(), fault)
    task = kie.submit(MODEL, INPUT)
    begun = clock.now
    with pytest.raises(errors.TaskTimeout) as caught:
        task.wait(timeout)
    assert clock.now - begun <= timeout + 0.01
    assert caught.value.task_id == "t1"


def test_an_answer_is_not_waited_for_much_longer_than_the_deadline(clock: Clock) -> None:
    asked: list[float | None] = []

    def hang(request: HttpRequest) -> Any:
        asked.append(request.timeout)
        clock.sleep(request.timeout or 0)
        raise Interrupted("timeout")

    kie, _ = _kie(created(), hang, timeout=50)
    task = kie.submit(MODEL, INPUT)
    begun = clock.now
    with pytest.raises(errors.TaskTimeout):
        task.wait(20)
    assert clock.now - begun <= 25.01
    assert all(seconds is not None and 5 <= seconds <= 20 for seconds in asked)


def test_an_outage_of_any_length_within_the_deadline_loses_nothing(clock: Clock) -> None:
    """Twenty minutes without a network, for a video that was paid for."""
    begun = clock.now

    def answer(request: HttpRequest) -> Any:
        if clock.now - begun < 1000:
            raise NotDelivered("no network")
        return record()

    kie, stub = _kie(created(), answer)
    assert kie.run("kling-3.0/video", prompt="x", duration="5", mode="std", timeout=1200).outputs[0].url == LINK
    assert stub.posts == 1


def test_a_server_that_was_never_there_is_told_early(clock: Clock) -> None:
    kie, _ = _kie(NotDelivered("refused"))
    begun = clock.now
    with pytest.raises(errors.ConnectionFailed):
        kie.task(MODEL, "t1").wait(3600)
    assert clock.now - begun < 600


def test_a_safe_call_waits_as_the_server_asks(clock: Clock) -> None:
    kie, _ = _kie(envelope(503, status=503, retry_after="30"), envelope(data=5))
    begun = clock.now
    assert kie.credits() == 5
    assert clock.now - begun >= 30


def test_an_interrupted_run_leaves_a_word_of_its_task(clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    kie, _ = _kie(created("t42"), KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        kie.run(MODEL, INPUT)
    assert "t42" in caplog.text
    caplog.clear()

    async def run() -> None:
        inner = AsyncStub(created("t43"), asyncio.CancelledError())
        await AsyncKie(KEY, base_url=BASE, transport=inner).run(MODEL, INPUT)

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(run())
    assert "t43" in caplog.text


# ----------------------------------------------------------------------------------------------- clients of the user's


def _dripping() -> Script:
    """Answer in drops that never end: each read is quick, the whole is not."""

    def drops() -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n"
        for _ in range(500):
            time.sleep(0.02)
            yield b" "

    return lambda _seen: Answer(drops())


@pytest.mark.parametrize("kind", ["pyreqwest", "httpx2"])
def test_an_answer_in_drops_is_not_waited_for_without_end(kind: str) -> None:
    httpx2 = pytest.importorskip("httpx2")

    async def run() -> None:
        async with httpx2.AsyncClient() as client:
            used = client if kind == "httpx2" else None
            kie = AsyncKie(KEY, base_url=stub.url, timeout=0.3, transport=used)
            with pytest.raises(errors.SubmitOutcomeUnknown):
                await kie.submit(MODEL, INPUT)
            await kie.close()

    with MediaStub() as stub:
        stub.on("/api/v1/jobs/createTask", _dripping())
        begun = time.monotonic()
        with httpx2.Client() as client:
            kie = Kie(KEY, base_url=stub.url, timeout=0.3, transport=client if kind == "httpx2" else None)
            with pytest.raises(errors.SubmitOutcomeUnknown):
                kie.submit(MODEL, INPUT)
            kie.close()
        asyncio.run(run())
        assert time.monotonic() - begun < 4
        assert len(stub.seen) == 2


def test_an_httpx_client_waits_as_long_as_it_was_told() -> None:
    """As long as ours where it has httpx's default, which is short for a paid answer; else as long as its own."""
    httpx2 = pytest.importorskip("httpx2")
    seen: list[Any] = []

    def answer(request: Any) -> Any:
        seen.append(request.extensions["timeout"]["read"])
        return httpx2.Response(200, json={"code": 200, "msg": "", "data": 5})

    transport = httpx2.MockTransport(answer)
    for own, wanted in (({}, 44.0), ({"timeout": 7.0}, 7.0)):
        with httpx2.Client(transport=transport, **own) as client:
            Kie(KEY, base_url=BASE, timeout=44, transport=client).credits()
        assert seen.pop() == wanted
