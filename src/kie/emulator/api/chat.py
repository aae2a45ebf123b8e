"""The chat endpoints in their four forms, whole and streamed.

Nothing here thinks: the answer says that it is emulated and repeats what the question was about. A JSON
schema that is asked for is honoured, a tool that must be called is called, and usage and credits are
reported.
"""

from __future__ import annotations

import json
import random
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from kie.emulator import facts
from kie.emulator.api.responder import Answer, Question, answer
from kie.emulator.http import Request, Response, error, reply
from kie.emulator.records.parts import number
from kie.emulator.world import Refusal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from kie.emulator.world import World

Json = dict[str, Any]

#: Under /api/v1 (the form of 2025) the body names the model.
_OPENAI = re.compile(r"/([\w.\-]+)/v1/chat/completions")
_GEMINI = re.compile(r"/gemini/v1(?:beta)?/models/([\w.\-]+):(streamGenerateContent|generateContent)")
_RESPONSES = frozenset({"/codex/v1/responses", "/api/v1/responses", "/grok/v1/responses", "/openai/v1/responses"})
_ANTHROPIC = frozenset({"/claude/v1/messages", "/anthropic/v1/messages"})
_CENT = Decimal("0.01")
#: What Anthropic's usage holds beside the counts, on the page.
_CACHES: Json = {
    "cache_creation": {"ephemeral_1h_input_tokens": 0, "ephemeral_5m_input_tokens": 0},
    "cache_creation_input_tokens": 0,
    "cache_read_input_tokens": 0,
    "inference_geo": "not_available",
    "service_tier": "standard",
}


def style_of(path: str) -> tuple[str, str] | None:
    """The form and the model (if the path names it) of a chat path; None for other paths."""
    if found := _OPENAI.fullmatch(path):
        return "openai", found[1] if found[1] != "api" else ""
    if found := _GEMINI.fullmatch(path):
        return "gemini", found[1]
    if path in _RESPONSES:
        return "responses", ""
    return ("anthropic", "") if path in _ANTHROPIC else None


class Chat:
    """Answers chats."""

    def __init__(self, world: World) -> None:
        self._world = world

    def respond(self, request: Request) -> Response:
        """POST to any chat path; errors come in the envelope, with HTTP 200."""
        try:
            return self._respond(request)
        except Refusal as refusal:
            return error(refusal.code, refusal.message)

    def _respond(self, request: Request) -> Response:
        """Raises Refusal."""
        style, named = style_of(request.path) or ("openai", "")
        body = request.json()
        if body is None:
            raise Refusal(400, "Request body is not valid JSON")
        model = named or str(body.get("model") or "")
        if not model:
            raise Refusal(422, "Invalid model")
        fact = facts.chat(model) or facts.chat(f"{model}-openai")
        if fact is None and not model.startswith(("gpt", "claude", "gemini", "grok", "kimi", "deepseek")):
            raise Refusal(422, "The model is not supported")
        question = _read(style, body)
        if question is None:
            raise Refusal(422, "This field is required")
        said = answer(question, random.Random(f"{self._world.seed}:{question.text}"))
        cost = self._cost(fact, said)
        if not self._world.ledger.charge(self._world.clock.now(), cost, key=f"…{request.key[-4:]}", note=model):
            raise Refusal(402, "Credits insufficient")
        whole = _WRITERS[style](model, said, self._world.token("chat"), int(self._world.clock.now()))
        whole["credits_consumed"] = number(cost)
        if style == "anthropic" and "chat-usage-documented" in self._world.quirks:
            whole["usage"] |= _CACHES
        if style == "responses" and body.get("reasoning"):
            whole["output"].insert(0, {"type": "reasoning", "id": f"rs_{whole['id'][5:]}", "summary": []})
        if not _streams(style, request, body):
            return reply(whole)
        events = list(_STREAMS[style](whole, said))
        return Response(200, type="text/event-stream;charset=UTF-8", stream=_send(events), value=whole)

    def _cost(self, fact: facts.Fact | None, said: Answer) -> Decimal:
        rates = fact.price["credits"] if fact is not None and fact.price is not None else {"input": 50, "output": 300}
        tokens = Decimal(said.asked) * Decimal(str(rates.get("input", 50)))
        tokens += Decimal(said.spent) * Decimal(str(rates.get("output", 300)))
        return max(_CENT, (tokens / 1_000_000).quantize(_CENT, rounding=ROUND_HALF_UP))


async def _send(events: list[bytes]) -> AsyncIterator[bytes]:
    for event in events:
        yield event


def _streams(style: str, request: Request, body: Json) -> bool:
    """Whether the answer is streamed: OpenAI's form by default (CONTRACT §8), the others when asked to."""
    if style == "gemini":
        return "alt" in request.query or bool(body.get("stream"))
    return bool(body.get("stream", style in {"openai", "responses"}))


# -------------------------------------------------------------------------------------------------- questions


def _text(content: Any) -> str:
    """The words in a message's content, in whatever form."""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return " ".join(part for part in (_text(item) for item in content) if part)
    if isinstance(content, dict):
        for name in ("text", "content", "parts", "output"):
            if name in content:
                return _text(content[name])
    return ""


def _pictures(content: Any) -> int:
    if isinstance(content, list):
        return sum(_pictures(item) for item in content)
    if isinstance(content, dict):
        kind = str(content.get("type", ""))
        if (
            "image" in kind
            or "file" in kind
            or "inlineData" in content
            or "inline_data" in content
            or "fileData" in content
        ):
            return 1
        return _pictures(content.get("content") or content.get("parts"))
    return 0


def _read(style: str, body: Json) -> Question | None:
    """What is asked; None when there is no message at all."""
    if style == "gemini":
        turns = body.get("contents") or []
        settings = body.get("generationConfig") or {}
        schema = settings.get("responseSchema") or settings.get("responseJsonSchema")
        tools = [tool for held in body.get("tools") or [] for tool in held.get("functionDeclarations") or []]
    elif style == "responses":
        given = body.get("input")
        turns = [{"role": "user", "content": given}] if isinstance(given, str) else given or []
        schema = ((body.get("text") or {}).get("format") or {}).get("schema")
        tools = [tool for tool in body.get("tools") or [] if tool.get("type") == "function"]
    else:
        turns = body.get("messages") or []
        form = body.get("response_format") or {}
        schema = (form.get("json_schema") or {}).get("schema") or ({} if form.get("type") == "json_object" else None)
        tools = [tool.get("function", tool) for tool in body.get("tools") or [] if isinstance(tool, dict)]
    if not turns or not all(isinstance(turn, dict) for turn in turns):
        return None
    asked = [turn for turn in turns if turn.get("role", "user") == "user"] or turns
    last = turns[-1]
    results = (
        last.get("role") == "tool"
        or last.get("type") == "function_call_output"
        or "tool_result" in str(last.get("content"))[:200]
    )
    choice = body.get("tool_choice")
    forced = choice in ("required", "any") or (isinstance(choice, dict) and choice.get("type") != "auto")
    return Question(
        text=_text(asked[-1]),
        history=sum(len(_text(turn)) for turn in turns) + len(_text(body.get("system") or body.get("instructions"))),
        pictures=_pictures(asked[-1].get("content") or asked[-1].get("parts")),
        schema=schema,
        tools=[tool for tool in tools if isinstance(tool, dict) and tool.get("name")],
        forced=forced,
        answered=results,
    )


# ---------------------------------------------------------------------------------------------------- answers


def _openai(model: str, said: Answer, name: str, at: int) -> Json:
    message: Json = {"role": "assistant", "content": said.text}
    if said.tool:
        call = {"name": said.tool, "arguments": json.dumps(said.arguments, ensure_ascii=False)}
        message = {
            "role": "assistant",
            "content": None,
            "tool_calls": [{"id": f"call_{name[:16]}", "type": "function", "function": call}],
        }
    usage = {
        "prompt_tokens": said.asked,
        "completion_tokens": said.spent,
        "total_tokens": said.asked + said.spent,
        "completion_tokens_details": {"audio_tokens": 0, "text_tokens": said.spent, "reasoning_tokens": 0},
    }
    choice = {"index": 0, "message": message, "finish_reason": "tool_calls" if said.tool else "stop"}
    return {
        "id": f"chatcmpl-{name[:24]}",
        "object": "chat.completion",
        "created": at,
        "model": model,
        "choices": [choice],
        "usage": usage,
    }


def _anthropic(model: str, said: Answer, name: str, _at: int) -> Json:
    content: list[Json] = [{"type": "text", "text": said.text}]
    if said.tool:
        call = {"type": "tool_use", "id": f"toolu_{name[:24]}", "name": said.tool, "input": said.arguments}
        content = [{**call, "caller": {"type": "direct"}}]
    return {
        "id": f"msg_{name[:8]}-{name[8:12]}-{name[12:16]}-{name[16:20]}-{name[20:32]}",
        "type": "message",
        "role": "assistant",
        "model": model,
        "content": content,
        "stop_reason": "tool_use" if said.tool else "end_turn",
        "usage": {"input_tokens": said.asked, "output_tokens": said.spent},
    }


def _gemini(model: str, said: Answer, name: str, _at: int) -> Json:
    part: Json = {"text": said.text}
    if said.tool:
        call = {"name": said.tool, "args": said.arguments, "id": name[:8]}
        part = {"functionCall": call, "thoughtSignature": name}
    return {
        "candidates": [{"content": {"role": "model", "parts": [part]}, "finishReason": "STOP"}],
        "modelVersion": model,
        "usageMetadata": {
            "promptTokenCount": said.asked,
            "candidatesTokenCount": said.spent,
            "totalTokenCount": said.asked + said.spent,
            "thoughtsTokenCount": 0,
        },
        "responseId": name[:22],
    }


def _responses(model: str, said: Answer, name: str, at: int) -> Json:
    item: Json = {
        "type": "message",
        "id": f"msg_{name[:24]}",
        "role": "assistant",
        "status": "completed",
        "content": [{"type": "output_text", "text": said.text, "annotations": []}],
    }
    if said.tool:
        item = {
            "type": "function_call",
            "id": f"fc_{name[:24]}",
            "call_id": f"call_{name[:16]}",
            "name": said.tool,
            "arguments": json.dumps(said.arguments, ensure_ascii=False),
            "status": "completed",
        }
    return {
        "id": f"resp_{name[:24]}",
        "object": "response",
        "created_at": at,
        "model": model,
        "status": "completed",
        "output": [item],
        "usage": {
            "input_tokens": said.asked,
            "output_tokens": said.spent,
            "total_tokens": said.asked + said.spent,
            "input_tokens_details": {"cached_tokens": 0},
            "output_tokens_details": {"reasoning_tokens": 0},
        },
    }


_WRITERS = {"openai": _openai, "anthropic": _anthropic, "gemini": _gemini, "responses": _responses}


# ---------------------------------------------------------------------------------------------------- streams


def _data(value: Any) -> bytes:
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n".encode()


def _event(kind: str, value: Json) -> bytes:
    return f"event: {kind}\n".encode() + _data({"type": kind, **value})


def _pieces(text: str) -> list[str]:
    return re.findall(r"\S+\s*|\s+", text)


def _stream_openai(whole: Json, said: Answer) -> Iterator[bytes]:
    head = {key: whole[key] for key in ("id", "created", "model")} | {"object": "chat.completion.chunk"}

    def chunk(delta: Json, finish: str | None = None, **more: Any) -> bytes:
        return _data({**head, "choices": [{"index": 0, "delta": delta, "finish_reason": finish}], **more})

    yield chunk({"role": "assistant", "content": ""})
    if said.tool:
        call = whole["choices"][0]["message"]["tool_calls"][0]
        yield chunk({"tool_calls": [{"index": 0, **call}]})
    else:
        for piece in _pieces(said.text):
            yield chunk({"content": piece})
    yield chunk(
        {},
        whole["choices"][0]["finish_reason"],
        usage=whole["usage"],
        credits_consumed=whole["credits_consumed"],
    )
    yield b"data: [DONE]\n\n"


def _stream_anthropic(whole: Json, said: Answer) -> Iterator[bytes]:
    message = {**whole, "content": [], "stop_reason": None, "usage": {**whole["usage"], "output_tokens": 0}}
    message.pop("credits_consumed")
    yield _event("message_start", {"message": message})
    if said.tool:
        block = {**whole["content"][0], "input": {}}
        yield _event("content_block_start", {"index": 0, "content_block": block})
        delta = {"type": "input_json_delta", "partial_json": json.dumps(said.arguments, ensure_ascii=False)}
        yield _event("content_block_delta", {"index": 0, "delta": delta})
    else:
        yield _event("content_block_start", {"index": 0, "content_block": {"type": "text", "text": ""}})
        for piece in _pieces(said.text):
            yield _event("content_block_delta", {"index": 0, "delta": {"type": "text_delta", "text": piece}})
    yield _event("content_block_stop", {"index": 0})
    stop: Json = {"stop_reason": whole["stop_reason"], "stop_sequence": None}
    usage = {"usage": whole["usage"], "credits_consumed": whole["credits_consumed"]}
    yield _event("message_delta", {"delta": stop, **usage})
    yield _event("message_stop", {})


def _stream_gemini(whole: Json, said: Answer) -> Iterator[bytes]:
    if said.tool:
        yield _data(whole)
        return
    head = {"modelVersion": whole["modelVersion"], "responseId": whole["responseId"]}
    for piece in _pieces(said.text):
        yield _data({"candidates": [{"content": {"role": "model", "parts": [{"text": piece}]}, "index": 0}], **head})
    last = {"candidates": [{"content": {"role": "model", "parts": [{"text": ""}]}, "finishReason": "STOP", "index": 0}]}
    yield _data(
        {
            **last,
            **head,
            "usageMetadata": whole["usageMetadata"],
            "credits_consumed": whole["credits_consumed"],
        }
    )


def _stream_responses(whole: Json, said: Answer) -> Iterator[bytes]:
    *thoughts, item = whole["output"]
    begun = {**whole, "status": "in_progress", "output": []}
    yield _event("response.created", {"response": begun})
    yield _event("response.in_progress", {"response": begun})
    for index, thought in enumerate(thoughts):
        yield _event("response.output_item.added", {"output_index": index, "item": thought})
        yield _event("response.output_item.done", {"output_index": index, "item": thought})
    at = len(thoughts)
    place = {"output_index": at, "item_id": item["id"]}
    if said.tool:
        yield _event("response.output_item.added", {"output_index": at, "item": {**item, "arguments": ""}})
        yield _event("response.function_call_arguments.delta", {**place, "delta": item["arguments"]})
        yield _event("response.function_call_arguments.done", {**place, "arguments": item["arguments"]})
    else:
        part, place = item["content"][0], {**place, "content_index": 0}
        yield _event("response.output_item.added", {"output_index": at, "item": {**item, "content": []}})
        yield _event("response.content_part.added", {**place, "part": {**part, "text": ""}})
        for piece in _pieces(said.text):
            yield _event("response.output_text.delta", {**place, "delta": piece})
        yield _event("response.output_text.done", {**place, "text": said.text})
        yield _event("response.content_part.done", {**place, "part": part})
    yield _event("response.output_item.done", {"output_index": at, "item": item})
    yield _event("response.completed", {"response": whole})
    yield b"data: [DONE]\n\n"


_STREAMS = {
    "openai": _stream_openai,
    "anthropic": _stream_anthropic,
    "gemini": _stream_gemini,
    "responses": _stream_responses,
}
