"""Chat in its four forms, whole and streamed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from tests.emulator.support import Served

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "title": {"type": "string", "maxLength": 20},
        "mood": {"enum": ["calm", "wild"]},
        "scenes": {"type": "array", "minItems": 3, "items": {"$ref": ""}},
    },
    "required": ["title", "mood", "scenes"],
}
SCHEMA["properties"]["scenes"]["items"] = {
    "type": "object",
    "properties": {"seconds": {"type": "integer", "minimum": 2, "maximum": 4}},
    "required": ["seconds"],
}
WEATHER: dict[str, Any] = {
    "name": "get_weather", "description": "The weather of a city",
    "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
}  # fmt: skip


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with Served() as served:
        yield served


def _events(served: Served, path: str, body: dict[str, Any]) -> list[Any]:
    answer = served.client.call("POST", path, body)
    assert answer.headers["content-type"].startswith("text/event-stream")
    lines = [line[6:] for line in answer.data.decode().split("\n") if line.startswith("data: ")]
    return [line if line == "[DONE]" else json.loads(line) for line in lines]


def test_openai(served: Served) -> None:
    body = {"messages": [{"role": "user", "content": "Describe a lighthouse"}], "stream": False}
    whole = served.client.post("/gpt-5-2/v1/chat/completions", body)
    text = whole["choices"][0]["message"]["content"]
    assert "lighthouse" in text
    assert "emulated" in text
    assert whole["usage"]["total_tokens"] == whole["usage"]["prompt_tokens"] + whole["usage"]["completion_tokens"]
    assert whole["credits_consumed"] > 0
    events = _events(served, "/gpt-5-2/v1/chat/completions", {**body, "stream": True})
    assert events[-1] == "[DONE]"
    assert "".join(event["choices"][0]["delta"].get("content", "") for event in events[:-1]) == text
    assert events[-2]["usage"]["completion_tokens"] > 0


def test_anthropic(served: Served) -> None:
    body = {
        "model": "claude-sonnet-4-6",
        "messages": [{"role": "user", "content": [{"type": "text", "text": "a lighthouse"}]}],
    }
    whole = served.client.post("/claude/v1/messages", {**body, "stream": False})
    assert whole["type"] == "message"
    text = whole["content"][0]["text"]
    events = _events(served, "/claude/v1/messages", {**body, "stream": True})
    assert [events[0]["type"], events[-1]["type"]] == ["message_start", "message_stop"]
    assert "".join(event["delta"]["text"] for event in events if event["type"] == "content_block_delta") == text


def test_gemini(served: Served) -> None:
    path = "/gemini/v1/models/gemini-3-5-flash:streamGenerateContent"
    body = {"contents": [{"role": "user", "parts": [{"text": "a lighthouse"}]}]}
    whole = served.client.post(path, body)
    text = whole["candidates"][0]["content"]["parts"][0]["text"]
    assert "lighthouse" in text
    events = _events(served, path, {**body, "stream": True})
    assert "".join(event["candidates"][0]["content"]["parts"][0]["text"] for event in events) == text


def test_responses(served: Served) -> None:
    body = {"model": "gpt-5-4", "input": "a lighthouse", "stream": False}
    whole = served.client.post("/codex/v1/responses", body)
    assert whole["status"] == "completed"
    text = whole["output"][0]["content"][0]["text"]
    *events, end = _events(served, "/codex/v1/responses", {**body, "stream": True})
    assert end == "[DONE]"
    assert "".join(event["delta"] for event in events if event["type"] == "response.output_text.delta") == text
    assert events[-1]["type"] == "response.completed"


def test_schemas_are_honoured(served: Served) -> None:
    ask = [{"role": "user", "content": "Plan a film about a lighthouse"}]
    form = {"type": "json_schema", "json_schema": {"name": "plan", "schema": SCHEMA}}
    whole = served.client.post(
        "/gpt-5-2/v1/chat/completions", {"messages": ask, "stream": False, "response_format": form}
    )
    jsonschema.validate(json.loads(whole["choices"][0]["message"]["content"]), SCHEMA)
    body = {"contents": [{"parts": [{"text": "Plan"}]}], "generationConfig": {"responseSchema": SCHEMA}}
    whole = served.client.post("/gemini/v1/models/gemini-3-5-flash:generateContent", body)
    jsonschema.validate(json.loads(whole["candidates"][0]["content"]["parts"][0]["text"]), SCHEMA)


def test_tools_are_called(served: Served) -> None:
    ask = [{"role": "user", "content": "What is the weather in Omsk?"}]
    tools = [{"type": "function", "function": WEATHER}]
    whole = served.client.post("/gpt-5-2/v1/chat/completions", {"messages": ask, "stream": False, "tools": tools})
    call = whole["choices"][0]["message"]["tool_calls"][0]
    assert call["function"]["name"] == "get_weather"
    jsonschema.validate(json.loads(call["function"]["arguments"]), WEATHER["parameters"])
    assert whole["choices"][0]["finish_reason"] == "tool_calls"
    ask += [whole["choices"][0]["message"], {"role": "tool", "tool_call_id": call["id"], "content": "snow"}]
    after = served.client.post("/gpt-5-2/v1/chat/completions", {"messages": ask, "stream": False, "tools": tools})
    assert after["choices"][0]["finish_reason"] == "stop"
    tool = {"name": WEATHER["name"], "input_schema": WEATHER["parameters"], "description": "The weather"}
    body = {"model": "claude-sonnet-4-6", "messages": ask[:1], "tools": [tool]}
    assert served.client.post("/claude/v1/messages", body)["content"][0]["type"] == "tool_use"


def test_errors_come_in_the_envelope(served: Served) -> None:
    answer = served.client.call("POST", "/gpt-5-2/v1/chat/completions", {"messages": []})
    assert (answer.status, answer.body["code"]) == (200, 422)
    assert (
        served.client.post("/claude/v1/messages", {"model": "nothing", "messages": [{"content": "x"}]})["code"] == 422
    )
    nobody = type(served.client)(served.client.url, "")
    assert nobody.call("POST", "/anthropic/v1/messages", {}).status == 401
