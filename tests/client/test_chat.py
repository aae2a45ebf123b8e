"""Chat in four forms: whole and in pieces, as it is written, sent once, closed when its reader has had enough."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

import httpx2
import pytest

from kie import (
    AsyncKie,
    ConnectionFailed,
    InsufficientCredits,
    InvalidInput,
    Kie,
    KieError,
    ModelUnavailable,
    RateLimited,
    ServiceError,
    SubmitOutcomeUnknown,
    UnexpectedReply,
)
from kie.client import chat
from kie.client.transport import HttpReply, HttpRequest, Interrupted, NotDelivered
from tests.client.media_stub import Answer, Stub, answer, as_json, chunked
from tests.client.stub import BASE, KEY, Clock, envelope, reply
from tests.client.stub import Stub as Scripted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kie import ChatReply
    from tests.client.media_stub import Script

IMAGE = "https://example.com/cat.png"
SHOWN = {"type": "image_url", "image_url": {"url": IMAGE}}
ASKED: list[dict[str, Any]] = [
    {"role": "system", "content": "Be brief."},
    {"role": "user", "content": [{"type": "text", "text": "What?"}, SHOWN]},
    {"role": "assistant", "content": "A cat."},
    {"role": "user", "content": "Sure?"},
]


class Form(NamedTuple):
    """One of the four forms: what is sent for ``ASKED``, and how "Yes, sure" comes back."""

    model: str
    path: str
    body: dict[str, Any]
    whole: Any
    events: list[Any]


FORMS = {
    "openai": Form(
        "gpt-5-2",
        "/gpt-5-2/v1/chat/completions",
        {"messages": ASKED, "max_tokens": 9},
        {
            "choices": [{"message": {"role": "assistant", "content": "Yes, sure"}, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 7, "completion_tokens": 3},
            "credits_consumed": 0.25,
        },
        [
            {"choices": [{"delta": {"role": "assistant", "content": ""}}]},
            {"choices": [{"delta": {"content": "Yes, "}}]},
            {"choices": [{"delta": {"content": "sure"}}]},
            {"choices": [{"delta": {}, "finish_reason": "stop"}]},
            {"choices": [], "usage": {"prompt_tokens": 7, "completion_tokens": 3}, "credits_consumed": 0.25},
            "[DONE]",
        ],
    ),
    "anthropic": Form(
        "claude-haiku-4-5",
        "/claude/v1/messages",
        {
            "model": "claude-haiku-4-5",
            "system": "Be brief.",
            "max_tokens": 9,
            "messages": [
                {
                    "role": "user",
                    "content": [
                        {"type": "text", "text": "What?"},
                        {"type": "image", "source": {"type": "url", "url": IMAGE}},
                    ],
                },
                {"role": "assistant", "content": "A cat."},
                {"role": "user", "content": "Sure?"},
            ],
        },
        {
            "content": [{"type": "text", "text": "Yes, sure"}],
            "stop_reason": "stop",
            "usage": {"input_tokens": 7, "output_tokens": 3},
            "credits_consumed": 0.25,
        },
        [
            {"type": "message_start", "message": {"usage": {"input_tokens": 7, "output_tokens": 1}}},
            {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
            {"type": "content_block_delta", "delta": {"type": "text_delta", "text": "Yes, "}},
            {"type": "content_block_delta", "delta": {"type": "text_delta", "text": "sure"}},
            {"type": "message_delta", "delta": {"stop_reason": "stop"}, "usage": {"output_tokens": 3}},
            {"type": "message_stop", "credits_consumed": 0.25},
        ],
    ),
    "gemini": Form(
        "gemini-3-flash-v1betamodels",
        "/gemini/v1/models/gemini-3-flash-v1betamodels:streamGenerateContent",
        {
            "systemInstruction": {"parts": [{"text": "Be brief."}]},
            "generationConfig": {"maxOutputTokens": 9},
            "contents": [
                {"role": "user", "parts": [{"text": "What?"}, {"fileData": {"fileUri": IMAGE}}]},
                {"role": "model", "parts": [{"text": "A cat."}]},
                {"role": "user", "parts": [{"text": "Sure?"}]},
            ],
        },
        {
            "candidates": [{"content": {"parts": [{"text": "Yes, sure"}]}, "finishReason": "stop"}],
            "usageMetadata": {"promptTokenCount": 7, "candidatesTokenCount": 3},
            "credits_consumed": 0.25,
        },
        [
            {"candidates": [{"content": {"parts": [{"text": "Yes, "}]}}]},
            {
                "candidates": [{"content": {"parts": [{"text": "sure"}]}, "finishReason": "stop"}],
                "usageMetadata": {"promptTokenCount": 7, "candidatesTokenCount": 3},
                "credits_consumed": 0.25,
            },
        ],
    ),
    "responses": Form(
        "gpt-5-4",
        "/codex/v1/responses",
        {
            "model": "gpt-5-4",
            "instructions": "Be brief.",
            "max_output_tokens": 9,
            "input": [
                {
                    "role": "user",
                    "content": [{"type": "input_text", "text": "What?"}, {"type": "input_image", "image_url": IMAGE}],
                },
                {"role": "assistant", "content": [{"type": "output_text", "text": "A cat."}]},
                {"role": "user", "content": [{"type": "input_text", "text": "Sure?"}]},
            ],
        },
        {
            "output": [{"type": "message", "content": [{"type": "output_text", "text": "Yes, sure"}]}],
            "status": "stop",
            "usage": {"input_tokens": 7, "output_tokens": 3},
            "credits_consumed": 0.25,
        },
        [
            {"type": "response.created", "response": {"status": "in_progress"}},
            {"type": "response.output_text.delta", "delta": "Yes, "},
            {"type": "response.output_text.delta", "delta": "sure"},
            {"type": "response.output_text.done", "text": "Yes, sure"},
            {
                "type": "response.completed",
                "response": {"status": "stop", "usage": {"input_tokens": 7, "output_tokens": 3}},
                "credits_consumed": 0.25,
            },
        ],
    ),
}
OPENAI = FORMS["openai"]


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "backoff", lambda _attempt, base: 0.0)


@pytest.fixture
def stub() -> Iterator[Stub]:
    with Stub() as stub:
        yield stub


@pytest.fixture(params=["pyreqwest", "httpx2"])
def kie(stub: Stub, request: pytest.FixtureRequest) -> Iterator[Kie]:
    with (
        httpx2.Client() as client,
        Kie("k", base_url=stub.url, transport=client if request.param == "httpx2" else None) as kie,
    ):
        yield kie


def sse(events: list[Any]) -> list[bytes]:
    texts = [e if isinstance(e, str) else json.dumps(e, ensure_ascii=False) for e in events]
    return [f"data: {text}\n\n".encode() for text in texts]


def judge(reply: ChatReply) -> None:
    assert (reply.text, reply.finish) == ("Yes, sure", "stop")
    assert (reply.input_tokens, reply.output_tokens, str(reply.credits)) == (7, 3, "0.25")


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_question_is_asked_in_the_form_of_its_model(kie: Kie, stub: Stub, form: Form) -> None:
    stub.on(form.path, as_json(form.whole))
    judge(kie.chat(form.model, ASKED, max_tokens=9))
    (sent,) = stub.seen
    assert sent.json == {**form.body, "stream": False}
    assert sent.headers["authorization"] == "Bearer k"


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_an_answer_comes_in_pieces(kie: Kie, stub: Stub, form: Form) -> None:
    stub.on(form.path, chunked(sse(form.events)))
    assert [chunk.text for chunk in kie.chat(form.model, ASKED, stream=True, max_tokens=9)] == ["Yes, ", "sure"]
    (sent,) = stub.seen
    assert sent.json == {**form.body, "stream": True}
    assert sent.headers["accept"] == "text/event-stream"


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_pieces_may_be_cut_anywhere(kie: Kie, stub: Stub, form: Form) -> None:
    raw = b"".join(sse(form.events)).replace(b"\n", b"\r\n").replace(b"sure", "süß€".encode())
    raw = b": hello\r\nevent: x\r\n" + raw
    stub.on(form.path, chunked(raw[i : i + 1] for i in range(len(raw))))
    assert "".join(chunk.text for chunk in kie.chat(form.model, ASKED, stream=True)) == "Yes, süß€"


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_whole_answer_to_a_wish_for_pieces_is_one_piece(kie: Kie, stub: Stub, form: Form) -> None:
    stub.on(form.path, as_json(form.whole))
    assert [chunk.text for chunk in kie.chat(form.model, "Sure?", stream=True)] == ["Yes, sure"]


def test_pieces_are_handed_on_as_they_are_written(kie: Kie, stub: Stub) -> None:
    go_on = threading.Event()

    def pieces() -> Iterator[bytes]:
        first, *rest = sse(OPENAI.events[1:])
        yield first
        assert go_on.wait(5)  # nothing more is written until the first has been read
        yield from rest

    stub.on(OPENAI.path, chunked(pieces()))
    said = kie.chat(OPENAI.model, "Sure?", stream=True)
    assert next(said).text == "Yes, "
    go_on.set()
    assert [chunk.text for chunk in said] == ["sure"]


def test_to_stop_early_closes_the_connection(kie: Kie, stub: Stub) -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield sse(OPENAI.events[1:2])[0] * 50

    stub.on(OPENAI.path, chunked(endless()))
    for _ in kie.chat(OPENAI.model, "Sure?", stream=True):
        break
    assert stub.dropped.wait(5)


async def both_ways(stub: Stub) -> list[str]:
    async with AsyncKie("k", base_url=stub.url) as kie:
        reply = await kie.chat(OPENAI.model, "Sure?")
        judge(reply)
        stub.on(OPENAI.path, chunked(sse(OPENAI.events)))
        return [chunk.text async for chunk in await kie.chat(OPENAI.model, "Sure?", stream=True)]


def test_the_same_on_an_event_loop(stub: Stub) -> None:
    stub.on(OPENAI.path, as_json(OPENAI.whole))
    assert asyncio.run(both_ways(stub)) == ["Yes, ", "sure"]


# ----------------------------------------------------------------------------------------------------------- faults

# what comes, as which error, whether it may have been paid for, how often it is asked
FAULTS: dict[str, tuple[Script, type[KieError], bool, int]] = {
    "no credits": (as_json({"code": 402, "msg": "not enough", "data": None}), InsufficientCredits, False, 1),
    "no credits, pretty": (answer(200, b'{\n  "code": 402,\n  "msg": "x"\n}\n'), InsufficientCredits, False, 1),
    "bad request": (as_json({"error": {"message": "bad", "code": 400}}, 400), InvalidInput, False, 1),
    "fault": (as_json({"code": 500, "msg": "broken"}), ServiceError, True, 1),
    "too often": (as_json({"code": 429, "msg": "slow down"}), RateLimited, False, 5),
    "page": (answer(200, b"<html>hello</html>"), UnexpectedReply, True, 1),
    "page of a proxy": (answer(404, b"<html>who</html>"), UnexpectedReply, False, 1),
    "gateway": (answer(502, b"<html>bad</html>"), UnexpectedReply, True, 1),
    "cut before the head": (Answer((b"HTTP/1.1 200",)), SubmitOutcomeUnknown, True, 1),
    "nothing at all": (Answer(()), SubmitOutcomeUnknown, True, 1),
    "cut": (answer(200, b'{"choices": [', length=99), SubmitOutcomeUnknown, True, 1),
}


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "pieces"])
@pytest.mark.parametrize(("script", "kind", "spent", "times"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_an_error_of_its_kind_and_not_asked_twice(
    kie: Kie, stub: Stub, script: Script, kind: type[KieError], times: int, *, spent: bool, stream: bool
) -> None:
    stub.on(OPENAI.path, script)
    with pytest.raises(kind) as caught:
        list(kie.chat(OPENAI.model, "Sure?", stream=True)) if stream else kie.chat(OPENAI.model, "Sure?")
    assert caught.value.model == OPENAI.model
    assert caught.value.may_have_spent is spent
    assert len(stub.seen) == times


def test_a_stream_that_breaks_off_leaves_the_outcome_open(kie: Kie, stub: Stub) -> None:
    stub.on(OPENAI.path, chunked(sse(OPENAI.events[:2]), ended=False))
    said: list[str] = []
    with pytest.raises(SubmitOutcomeUnknown) as caught:
        said.extend(chunk.text for chunk in kie.chat(OPENAI.model, "Sure?", stream=True))
    assert caught.value.endpoint == f"POST {OPENAI.path}"
    assert len(stub.seen) == 1


@pytest.mark.parametrize(
    "event",
    [
        {"error": {"message": "overloaded"}},
        {"type": "error", "message": "overloaded"},
        {"code": 500, "msg": "overloaded"},
        {"code": 429, "msg": "overloaded"},
    ],
)
def test_a_fault_within_a_stream_does_not_ask_again(kie: Kie, stub: Stub, event: Any) -> None:
    stub.on(OPENAI.path, chunked(sse([OPENAI.events[1], event])))
    said = kie.chat(OPENAI.model, "Sure?", stream=True)
    assert next(said).text == "Yes, "
    with pytest.raises((ServiceError, RateLimited)):
        list(said)
    assert len(stub.seen) == 1  # what has been said would be said, and paid for, twice


def test_what_was_refused_for_frequency_is_asked_again(kie: Kie, stub: Stub) -> None:
    stub.on(OPENAI.path, as_json({"code": 429, "msg": "slow down"}), as_json(OPENAI.whole))
    judge(kie.chat(OPENAI.model, "Sure?"))


def test_a_refusal_is_waited_out_as_the_server_asks(clock: Clock) -> None:
    """By its header, also on a gateway's page; a longer one is handed on."""
    good = reply(OPENAI.whole)
    for refusal in (envelope(429, "slow", retry_after="33"), reply(b"<html>slow", 429, retry_after="33")):
        for stream in (False, True):
            kie = Kie(KEY, base_url=BASE, transport=Scripted(refusal, refusal, good))
            begun = clock.now
            if stream:
                assert [chunk.text for chunk in kie.chat(OPENAI.model, "Sure?", stream=True)] == ["Yes, sure"]
            else:
                judge(kie.chat(OPENAI.model, "Sure?"))
            assert 66 <= clock.now - begun < 67
    kie = Kie(KEY, base_url=BASE, transport=Scripted(envelope(429, "slow", retry_after="1000"), good))
    with pytest.raises(RateLimited) as caught:
        kie.chat(OPENAI.model, "Sure?")
    assert caught.value.retry_after == 1000


class Odd(Scripted):
    """A transport whose stream breaks in a way of its own."""

    def __init__(self, fault: Exception, *, late: bool) -> None:
        super().__init__(reply(OPENAI.whole))
        self.fault, self.late = fault, late

    def send(self, request: HttpRequest) -> HttpReply:
        self.log.append(request)
        raise self.fault

    def stream(self, request: HttpRequest) -> Any:
        self.log.append(request)
        if not self.late:
            raise self.fault

        def read() -> bytes:
            raise self.fault

        def close() -> None:
            raise OSError("closed already")

        return SimpleNamespace(status=200, header=lambda _: None, read=read, close=close)


@pytest.mark.parametrize("fault", [OSError("cable"), NotDelivered("closed"), Interrupted("cut")])
def test_a_fault_of_any_kind_after_the_question_went_out_leaves_the_outcome_open(
    clock: Clock, fault: Exception
) -> None:
    odd = Odd(fault, late=True)
    with pytest.raises(SubmitOutcomeUnknown) as caught:
        list(Kie(KEY, base_url=BASE, transport=odd).chat(OPENAI.model, "Sure?", stream=True))
    assert caught.value.may_have_spent
    assert len(odd.log) == 1
    if isinstance(fault, NotDelivered):
        return
    for stream in (False, True):
        odd = Odd(fault, late=False)
        with pytest.raises(SubmitOutcomeUnknown):
            list(Kie(KEY, base_url=BASE, transport=odd).chat(OPENAI.model, "Sure?", stream=stream))  # type: ignore[arg-type]
        assert len(odd.log) == 1


@pytest.mark.parametrize("body", [b"", b"\n\n", b": hello\n\n", b"data: [DONE]\n\n"])
def test_a_stream_of_nothing_is_no_answer(clock: Clock, body: bytes) -> None:
    kie = Kie(KEY, base_url=BASE, transport=Scripted(reply(body)))
    with pytest.raises(UnexpectedReply) as caught:
        list(kie.chat(OPENAI.model, "Sure?", stream=True))
    assert caught.value.may_have_spent


def test_a_last_line_without_its_end_is_said_too(clock: Clock) -> None:
    kie = Kie(KEY, base_url=BASE, transport=Scripted(reply(b"".join(sse(OPENAI.events)).rstrip())))
    assert "".join(chunk.text for chunk in kie.chat(OPENAI.model, "Sure?", stream=True)) == "Yes, sure"
    last = b"data: " + json.dumps({"choices": [{"delta": {"content": "!"}}]}).encode()
    kie = Kie(KEY, base_url=BASE, transport=Scripted(reply(last)))
    assert [chunk.text for chunk in kie.chat(OPENAI.model, "Sure?", stream=True)] == ["!"]


def test_a_long_answer_may_take_longer_than_one_exchange(stub: Stub) -> None:
    """Its pieces are waited for one by one: an answer that is written for minutes is not cut off."""

    def slowly() -> Iterator[bytes]:
        for piece in sse(OPENAI.events[1:2]) * 6:
            time.sleep(0.15)
            yield piece

    stub.on(OPENAI.path, chunked(slowly()))
    with Kie("k", base_url=stub.url, timeout=0.5) as kie:
        assert len(list(kie.chat(OPENAI.model, "Sure?", stream=True))) == 6

    async def run() -> int:
        async with AsyncKie("k", base_url=stub.url, timeout=0.5) as kie:
            return len([chunk async for chunk in await kie.chat(OPENAI.model, "Sure?", stream=True)])

    stub.on(OPENAI.path, chunked(slowly()))
    assert asyncio.run(run()) == 6


def test_an_answer_that_stops_is_not_waited_for_without_end(stub: Stub) -> None:
    over = threading.Event()

    def stops() -> Iterator[bytes]:
        yield sse(OPENAI.events[1:2])[0]
        over.wait(10)

    stub.on(OPENAI.path, chunked(stops()))
    with Kie("k", base_url=stub.url, timeout=0.3) as kie, pytest.raises(SubmitOutcomeUnknown):
        list(kie.chat(OPENAI.model, "Sure?", stream=True))
    over.set()
    assert len(stub.at(OPENAI.path)) == 1


def test_an_exception_thrown_into_the_pieces_closes_the_connection(stub: Stub, kie: Kie) -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield sse(OPENAI.events[1:2])[0] * 50

    stub.on(OPENAI.path, chunked(endless()))
    pieces: Any = kie.chat(OPENAI.model, "Sure?", stream=True)._pieces
    next(pieces)
    with pytest.raises(ZeroDivisionError):
        pieces.throw(ZeroDivisionError())
    assert stub.dropped.wait(5)


def test_a_question_that_cannot_be_delivered_has_cost_nothing() -> None:
    with Stub() as stub:
        url = stub.url
    with Kie("k", base_url=url, retries=1) as kie, pytest.raises(ConnectionFailed) as caught:
        kie.chat(OPENAI.model, "Sure?")
    assert not caught.value.may_have_spent


@pytest.mark.parametrize("messages", [[], 7, [{"role": "user"}], ["hello"], [{"role": "user", "content": 7}]])
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_messages_that_are_none_are_not_sent(kie: Kie, stub: Stub, form: Form, messages: Any) -> None:
    with pytest.raises(InvalidInput):
        kie.chat(form.model, messages)
    with pytest.raises(ModelUnavailable):
        kie.chat("nano-banana-2", "Sure?")
    assert stub.seen == []
