"""Chat in four forms: one kind of message in, one kind of reply out."""

from __future__ import annotations

import contextlib
import json
from decimal import Decimal
from typing import Any

import pytest

from kie.catalogue.files import default_catalogue
from kie.errors import InvalidInput, KieError, ModelUnavailable, UnexpectedReply
from kie.wire.build import path_of
from kie.wire.chat import ChatReader, chat_body

MODELS = {
    "openai": "gpt-5-2",
    "anthropic": "claude-sonnet-5",
    "gemini": "gemini-3-5-flash",
    "responses": "gpt-5-5",
}
MESSAGES = [
    {"role": "system", "content": "Be brief."},
    {
        "role": "user",
        "content": [
            {"type": "text", "text": "What is it?"},
            _IMAGE := {"type": "image_url", "image_url": {"url": "https://cdn.example.com/a.png"}},
        ],
    },
    {"role": "assistant", "content": "A fox."},
    {"role": "user", "content": "Sure?"},
]
LINK = "https://cdn.example.com/a.png"


def _model(form: str) -> Any:
    return default_catalogue().entry(MODELS[form])


def _body(form: str, messages: Any = "Hi", **options: Any) -> dict[str, Any]:
    return chat_body(_model(form), messages, stream=options.pop("stream", False), options=options)


def test_openai_takes_messages_as_they_are() -> None:
    assert _body("openai", MESSAGES, max_tokens=5) == {"messages": MESSAGES, "max_tokens": 5, "stream": False}


def test_anthropic_takes_the_system_text_apart_and_always_a_limit() -> None:
    body = _body("anthropic", MESSAGES, temperature=0.1)
    assert body["model"] == "claude-sonnet-5"
    assert body["system"] == "Be brief."
    assert body["max_tokens"] == 4096
    assert body["temperature"] == 0.1
    assert [m["role"] for m in body["messages"]] == ["user", "assistant", "user"]
    assert body["messages"][0]["content"] == [
        {"type": "text", "text": "What is it?"},
        {"type": "image", "source": {"type": "url", "url": LINK}},
    ]
    assert body["messages"][1]["content"] == "A fox."


def test_gemini_takes_contents_and_a_configuration() -> None:
    body = _body("gemini", MESSAGES, max_tokens=5, temperature=0.1, top_p=0.9, generationConfig={"topK": 3})
    assert body["systemInstruction"] == {"parts": [{"text": "Be brief."}]}
    assert [c["role"] for c in body["contents"]] == ["user", "model", "user"]
    assert body["contents"][0]["parts"] == [{"text": "What is it?"}, {"fileData": {"fileUri": LINK}}]
    assert body["generationConfig"] == {"topK": 3, "maxOutputTokens": 5, "temperature": 0.1, "topP": 0.9}
    assert "max_tokens" not in body
    assert "model" not in body


def test_responses_take_items_and_instructions() -> None:
    body = _body("responses", MESSAGES, max_tokens=5, tools=[])
    assert body["model"] == "gpt-5-5"
    assert body["instructions"] == "Be brief."
    assert body["max_output_tokens"] == 5
    assert body["tools"] == []
    assert body["input"][0]["content"] == [
        {"type": "input_text", "text": "What is it?"},
        {"type": "input_image", "image_url": LINK},
    ]
    assert body["input"][1]["content"] == [{"type": "output_text", "text": "A fox."}]


@pytest.mark.parametrize("form", MODELS)
def test_a_text_is_a_message_of_the_user(form: str) -> None:
    body = _body(form, "Hi", stream=True)
    assert body["stream"] is True
    said = json.dumps(body)
    assert '"Hi"' in said
    assert '"user"' in said
    assert _body(form, "Hi", seed=None) == _body(form, "Hi")


@pytest.mark.parametrize("form", MODELS)
@pytest.mark.parametrize("messages", [[], [{"role": "user"}], [{"content": "x"}], [{}], ["x"], [3], 5, [None]])
def test_messages_that_are_none_are_refused(form: str, messages: Any) -> None:
    with pytest.raises(InvalidInput, match="messages"):
        _body(form, messages)


@pytest.mark.parametrize("form", MODELS)
@pytest.mark.parametrize("content", [None, 5, {"type": "text"}, [None], [{"type": "text", "text": None}]])
def test_odd_content_never_breaks_anything(form: str, content: Any) -> None:
    with contextlib.suppress(InvalidInput):
        _body(form, [{"role": "system", "content": content}, {"role": "user", "content": content}])


def test_a_model_that_makes_pictures_does_not_chat() -> None:
    with pytest.raises(ModelUnavailable, match="chat"):
        chat_body(default_catalogue().entry("z-image"), "Hi", stream=False, options={})


def test_a_field_demanded_without_a_meaning_is_sent_empty() -> None:
    """[31] grok's page demands a field `test` and says nothing of it."""
    for name in ("grok-4-5", "grok-4-6"):
        body = chat_body(default_catalogue().entry(name), "Hi", stream=False, options={})
        assert body["model"] == name
        assert set(default_catalogue().entry(name).required) <= set(body)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("gpt-5-2", "/gpt-5-2/v1/chat/completions"),
        ("gemini-3.1-pro", "/gemini-3.1-pro/v1/chat/completions"),
        ("gemini-3-5-flash-openai", "/gemini-3-5-flash-openai/v1/chat/completions"),
        ("claude-sonnet-5", "/claude/v1/messages"),
        ("gemini-3-5-flash", "/gemini/v1/models/gemini-3-5-flash:streamGenerateContent"),
        ("gpt-5-5", "/codex/v1/responses"),
        ("gpt-5-codex", "/api/v1/responses"),
        ("grok-4-5", "/grok/v1/responses"),
        ("kimi-k3", "/openai/v1/responses"),
    ],
)
def test_each_model_has_its_path(name: str, path: str) -> None:
    model = default_catalogue().entry(name)
    assert path_of(model.submit["path"], model) == path


# -------------------------------------------------------------------------------------------------------------- answers

WHOLE: dict[str, Any] = {
    "openai": {
        "id": "x",
        "choices": [{"index": 0, "message": {"role": "assistant", "content": "A fox."}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 8, "completion_tokens": 1, "total_tokens": 115},
        "credits_consumed": 0.25,
    },
    "anthropic": {
        "type": "message",
        "role": "assistant",
        "content": [
            {"type": "thinking", "thinking": "Hm"},
            {"type": "text", "text": "A "},
            {"type": "text", "text": "fox."},
        ],
        "stop_reason": "stop",
        "usage": {"input_tokens": 8, "output_tokens": 1},
        "credits_consumed": 0.25,
    },
    "gemini": {
        "candidates": [
            {"content": {"role": "model", "parts": [{"text": "A "}, {"text": "fox."}]}, "finishReason": "stop"}
        ],
        "usageMetadata": {"promptTokenCount": 8, "candidatesTokenCount": 1, "thinkingTokenCount": 90},
        "credits_consumed": 0.25,
    },
    "responses": {
        "object": "response",
        "status": "stop",
        "output": [{"type": "reasoning"}, {"type": "message", "content": [{"type": "output_text", "text": "A fox."}]}],
        "usage": {"input_tokens": 8, "output_tokens": 1},
        "credits_consumed": 0.25,
    },
}
STREAM: dict[str, list[Any]] = {
    "openai": [
        {"choices": [{"delta": {"role": "assistant"}}]},
        {"choices": [{"delta": {"content": "A "}}]},
        {"choices": [{"delta": {"content": "fox."}, "finish_reason": "stop"}]},
        {"choices": [], "usage": {"prompt_tokens": 8, "completion_tokens": 1}, "credits_consumed": 0.25},
    ],
    "anthropic": [
        {"type": "message_start", "message": {"usage": {"input_tokens": 8, "output_tokens": 0}}},
        {"type": "content_block_delta", "delta": {"type": "text_delta", "text": "A "}},
        {"type": "content_block_delta", "delta": {"type": "text_delta", "text": "fox."}},
        {"type": "message_delta", "delta": {"stop_reason": "stop"}, "usage": {"output_tokens": 1}},
        {"type": "message_stop", "credits_consumed": 0.25},
    ],
    "gemini": [
        {"candidates": [{"content": {"parts": [{"text": "A "}]}}]},
        {
            "candidates": [{"content": {"parts": [{"text": "fox."}]}, "finishReason": "stop"}],
            "usageMetadata": {"promptTokenCount": 8, "candidatesTokenCount": 1},
            "credits_consumed": 0.25,
        },
    ],
    "responses": [
        {"type": "response.created", "response": {"status": "in_progress"}},
        {"type": "response.output_text.delta", "delta": "A "},
        {"type": "response.function_call_arguments.delta", "delta": "not text"},
        {"type": "response.output_text.delta", "delta": "fox."},
        {"type": "response.output_text.done", "text": "A fox."},
        {
            "type": "response.completed",
            "response": {"status": "stop", "usage": {"input_tokens": 8, "output_tokens": 1}},
            "credits_consumed": 0.25,
        },
    ],
}


@pytest.mark.parametrize("form", MODELS)
def test_a_whole_answer_is_read(form: str) -> None:
    reply = ChatReader(_model(form)).whole(200, json.dumps(WHOLE[form]).encode())
    assert (reply.text, reply.finish, reply.input_tokens, reply.output_tokens) == ("A fox.", "stop", 8, 1)
    assert reply.credits == Decimal("0.25")
    assert reply.model == MODELS[form]
    assert reply.raw == WHOLE[form]


def test_a_list_of_pieces_is_one_answer() -> None:
    reply = ChatReader(_model("gemini")).whole(200, json.dumps(STREAM["gemini"]).encode())
    assert (reply.text, reply.output_tokens) == ("A fox.", 1)


@pytest.mark.parametrize("form", MODELS)
@pytest.mark.parametrize("size", [1, 7, 10_000])
@pytest.mark.parametrize("end", [b"\n\n", b"\r\n\r\n"])
def test_a_stream_is_read_however_it_is_cut(form: str, size: int, end: bytes) -> None:
    wire = (
        b": hello"
        + end
        + b"".join(b"event: x" + end[: len(end) // 2] + b"data: " + json.dumps(e).encode() + end for e in STREAM[form])
    )
    wire += b"data: [DONE]" + end
    reader = ChatReader(_model(form))
    chunks = [chunk for i in range(0, len(wire), size) for chunk in reader.feed(wire[i : i + size])]
    reply = reader.end(200)
    assert [chunk.text for chunk in chunks] == ["A ", "fox."]
    assert (reply.text, reply.finish, reply.input_tokens, reply.output_tokens) == ("A fox.", "stop", 8, 1)
    assert reply.credits == Decimal("0.25")


def test_the_last_event_needs_no_line_end() -> None:
    reader = ChatReader(_model("openai"))
    reader.feed(b'data: {"choices":[{"delta":{"content":"Hi"}}]}')
    assert reader.end(200).text == "Hi"


def test_an_answer_of_tools_alone_is_an_answer() -> None:
    body = {"choices": [{"message": {"content": None, "tool_calls": [{}]}, "finish_reason": "tool_calls"}]}
    reply = ChatReader(_model("openai")).whole(200, json.dumps(body).encode())
    assert (reply.text, reply.finish) == ("", "tool_calls")


ERRORS = [
    (200, {"code": 401, "msg": "Unauthorized"}, "AuthenticationError"),
    (200, {"code": 402, "msg": "Top up", "data": None}, "InsufficientCredits"),
    (200, {"code": 429, "msg": "Slow down.", "data": None}, "RateLimited"),
    (200, {"code": 404, "msg": "Not Found", "data": None}, "ModelUnavailable"),
    (200, {"code": 422, "msg": "The model is not supported", "data": None}, "ModelUnavailable"),
    (200, {"code": 500, "msg": "Server exception", "data": None}, "ServiceError"),
    (401, {"type": "error", "error": {"type": "authentication_error", "message": "no"}}, "AuthenticationError"),
    (200, {"hello": "world"}, "UnexpectedReply"),
]


@pytest.mark.parametrize("form", MODELS)
@pytest.mark.parametrize(("status", "body", "kind"), ERRORS, ids=lambda v: v if isinstance(v, str) else json.dumps(v))
@pytest.mark.parametrize("streamed", [False, True])
def test_an_error_comes_as_an_envelope_also_instead_of_a_stream(
    form: str, status: int, body: Any, kind: str, *, streamed: bool
) -> None:
    reader = ChatReader(_model(form))
    wire = json.dumps(body, indent=1).encode()
    if streamed:
        reader.feed(wire)
    with pytest.raises(KieError) as caught:
        _ = reader.end(status) if streamed else reader.whole(status, wire)
    assert type(caught.value).__name__ == kind
    assert caught.value.model == MODELS[form]


@pytest.mark.parametrize(
    "event",
    [
        {"error": {"message": "overloaded"}},
        {"error": "overloaded"},
        {"type": "error", "error": {"message": "overloaded"}},
        {"type": "error"},
        {"code": 500, "msg": "overloaded"},
    ],
)
def test_an_error_within_a_stream_is_raised(event: Any) -> None:
    reader = ChatReader(_model("anthropic"))
    with pytest.raises(KieError):
        reader.feed(b"data: " + json.dumps(event).encode() + b"\n\n")


def test_a_stream_that_holds_a_page_is_no_answer() -> None:
    reader = ChatReader(_model("openai"))
    reader.feed(b"<html>502</html>\n")
    with pytest.raises(UnexpectedReply):
        reader.end(502)


def test_a_line_without_an_end_is_refused() -> None:
    reader = ChatReader(_model("openai"))
    with pytest.raises(UnexpectedReply, match="without an end"):
        reader.feed(b"data: " + b"x" * (17 << 20))
