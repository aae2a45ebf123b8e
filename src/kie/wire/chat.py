"""Chat in four forms (OpenAI, Anthropic, Gemini, OpenAI responses): one kind of message in, one kind of reply out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from kie.errors import InvalidInput, ModelUnavailable, UnexpectedReply
from kie.money import credits_of
from kie.wire.envelope import excerpt, failure, open_envelope, parse_json
from kie.wire.paths import compile_path, first_value

if TYPE_CHECKING:
    from decimal import Decimal

    from kie.catalogue.model import Model
    from kie.wire.paths import Getter

__all__ = ["ChatChunk", "ChatReader", "ChatReply", "chat_body"]

Messages: TypeAlias = "str | Sequence[Mapping[str, Any]]"
_LONGEST_LINE = 16 << 20


@dataclass(frozen=True, slots=True)
class ChatChunk:
    """A piece of a streamed answer.

    Attributes:
        text: the text that is new.
        raw: the event as it came.

    """

    text: str
    raw: Any = None


@dataclass(frozen=True, slots=True)
class ChatReply:
    """An answer, whole.

    Attributes:
        text: what was said, "" where only tools are called.
        finish: why it ended, in the provider's word, or None.
        input_tokens: tokens read, as told, or None.
        output_tokens: tokens written, as told, or None.
        credits: what it cost, as told, or None.
        model: id of the model.
        raw: the provider's body, or the events of a stream.

    """

    text: str
    finish: str | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    credits: Decimal | None = None
    model: str = ""
    raw: Any = field(default=None, repr=False)


def _normal(messages: Messages) -> list[dict[str, Any]]:
    if isinstance(messages, str):
        messages = [{"role": "user", "content": messages}]
    if not isinstance(messages, Sequence):
        raise InvalidInput(f"messages: a text or a list is needed, not {type(messages).__name__}.", field="messages")
    out = []
    for i, message in enumerate(messages):
        where = f"messages[{i}]"
        if not isinstance(message, Mapping) or not isinstance(message.get("role"), str):
            raise InvalidInput(f"{where}: an object with role and content is needed.", field=where)
        if "content" not in message and "tool_calls" not in message:  # who calls a tool need not say anything
            raise InvalidInput(f"{where}: an object with role and content is needed.", field=where)
        content = message.get("content")
        if content is not None and not isinstance(content, (str, Mapping, Sequence)):
            raise InvalidInput(
                f"{where}.content: a text or a list of parts is needed, not {type(content).__name__}.",
                field=f"{where}.content",
            )
        out.append({"content": None, **message})
    if not out:
        raise InvalidInput("messages: at least one is needed.", field="messages")
    return out


def _parts(content: Any) -> list[dict[str, Any]]:
    """Return content as OpenAI's list of parts."""
    if content is None:
        return []
    if isinstance(content, str):
        return [{"type": "text", "text": content}]
    parts = [content] if isinstance(content, Mapping) else content
    return [dict(part) if isinstance(part, Mapping) else {"type": "text", "text": str(part)} for part in parts]


def _split_system(messages: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    system = [m for m in messages if m["role"] in ("system", "developer")]
    text = "\n\n".join(str(p.get("text") or "") for m in system for p in _parts(m["content"]))
    return text, [m for m in messages if m["role"] not in ("system", "developer")]


def _link(part: Mapping[str, Any]) -> str | None:
    image = part.get("image_url")
    return image.get("url") if isinstance(image, Mapping) else image if isinstance(image, str) else None


def _openai(messages: list[dict[str, Any]], options: dict[str, Any], _chat: Mapping[str, Any]) -> dict[str, Any]:
    return {"messages": messages, **options}


def _anthropic(messages: list[dict[str, Any]], options: dict[str, Any], chat: Mapping[str, Any]) -> dict[str, Any]:
    system, rest = _split_system(messages)

    def part(p: dict[str, Any]) -> dict[str, Any]:
        link = _link(p)
        return {"type": "image", "source": {"type": "url", "url": link}} if link else p

    turned = [
        {
            **m,
            "content": m["content"] if isinstance(m["content"], str) else [part(p) for p in _parts(m["content"])],
        }
        for m in rest
    ]
    body: dict[str, Any] = {
        "messages": turned,
        "max_tokens": options.pop("max_tokens", chat.get("max_tokens", 4096)),
        **options,
    }
    if system:
        body["system"] = system
    return body


def _gemini(messages: list[dict[str, Any]], options: dict[str, Any], _chat: Mapping[str, Any]) -> dict[str, Any]:
    system, rest = _split_system(messages)

    def part(p: dict[str, Any]) -> dict[str, Any]:
        link = _link(p)
        if link:
            return {"fileData": {"fileUri": link}}
        return {"text": p["text"]} if "text" in p else p

    contents = [
        {
            "role": "model" if m["role"] == "assistant" else "user",
            "parts": [part(p) for p in _parts(m["content"])],
        }
        for m in rest
    ]
    body: dict[str, Any] = {"contents": contents}
    if system:
        body["systemInstruction"] = {"parts": [{"text": system}]}
    config = dict(options.pop("generationConfig", {}))
    for ours, theirs in (
        ("max_tokens", "maxOutputTokens"),
        ("temperature", "temperature"),
        ("top_p", "topP"),
    ):
        if ours in options:
            config[theirs] = options.pop(ours)
    if config:
        body["generationConfig"] = config
    return {**body, **options}


def _responses(messages: list[dict[str, Any]], options: dict[str, Any], _chat: Mapping[str, Any]) -> dict[str, Any]:
    system, rest = _split_system(messages)

    def part(p: dict[str, Any], role: str) -> dict[str, Any]:
        link = _link(p)
        if link:
            return {"type": "input_image", "image_url": link}
        return {"type": "output_text" if role == "assistant" else "input_text", "text": p["text"]} if "text" in p else p

    items = [{"role": m["role"], "content": [part(p, m["role"]) for p in _parts(m["content"])]} for m in rest]
    body: dict[str, Any] = {"input": items}
    if system:
        body["instructions"] = system
    if "max_tokens" in options:
        body["max_output_tokens"] = options.pop("max_tokens")
    return {**body, **options}


_FORMS: dict[str, Callable[[list[dict[str, Any]], dict[str, Any], Mapping[str, Any]], dict[str, Any]]] = {
    "openai": _openai,
    "anthropic": _anthropic,
    "gemini": _gemini,
    "responses": _responses,
}


def chat_body(model: Model, messages: Messages, *, stream: bool, options: Mapping[str, Any]) -> dict[str, Any]:
    """Make the body of a chat request.

    Args:
        model: a chat model.
        messages: a text, or messages in OpenAI's form (role, content; parts of type text and image_url).
        stream: whether the answer is to come in pieces.
        options: further fields (``max_tokens``, ``temperature``, ``tools``, ``response_format``, …); the first two
            get the form's own names, all others are sent as they are.

    Raises:
        InvalidInput: the messages are none.
        ModelUnavailable: the model does not chat.

    """
    chat = model.dialect.raw.get("chat")
    if chat is None:
        raise ModelUnavailable(
            f"{model.id} is no chat model.", model=model.id, hint="`kie models --category chat` lists them."
        )
    given = {name: value for name, value in options.items() if value is not None}
    body = _FORMS[chat["form"]](_normal(messages), given, chat)
    if chat["form"] in ("anthropic", "responses"):
        body = {"model": model.wire_id, **body}
    fields = model.fields
    for name in model.required:  # a field that the vendor demands and documents no meaning of
        if name not in body and not fields.get(name):
            body[name] = ""
    body["stream"] = stream
    return body


class ChatReader:
    """Reads the answer, whole or in pieces.

    Args:
        model: the chat model.

    """

    def __init__(self, model: Model) -> None:
        raw = model.dialect.raw
        chat = raw["chat"]
        self._model = model.id
        self._text = _compiled(raw.get("text"))
        self._delta = _compiled(chat.get("delta"))
        self._types = frozenset(chat.get("delta_types", ()))
        self._finish = _compiled(chat.get("finish"))
        usage = chat.get("usage", {})
        self._input, self._output = _compiled(usage.get("input")), _compiled(usage.get("output"))
        self._credits = _compiled(raw.get("credits"))
        self._buffer = b""
        self._said: list[str] = []
        self._events: list[Any] = []
        self._seen: dict[str, Any] = {}
        self.bare = b""

    @property
    def begun(self) -> bool:
        """Whether events of a stream have come."""
        return bool(self._events)

    def whole(self, status: int, body: bytes) -> ChatReply:
        """Read an answer that came at once.

        Raises:
            KieError: of the kind that an error's envelope stands for.

        """
        envelope = open_envelope(status, body)
        if envelope.wrapped or envelope.code != "200":
            raise failure(envelope.code, envelope.message, model=self._model, creating=True)
        pieces = envelope.body if isinstance(envelope.body, list) else [envelope.body]
        texts: list[str] = []
        for piece in pieces:
            texts.extend(t for get in self._text for t in get(piece) if isinstance(t, str))
            self._look(piece)
        if not isinstance(envelope.body, (dict, list)) or (not texts and not self._seen):
            raise UnexpectedReply(
                "The answer holds no message.", model=self._model, excerpt=excerpt(body), may_have_spent=True
            )
        return self._reply("".join(texts), envelope.body)

    def feed(self, piece: bytes) -> list[ChatChunk]:
        """Take a piece of a stream of events; returns what is new.

        Raises:
            KieError: an error came instead of, or within, the stream.

        """
        self._buffer += piece
        if len(self._buffer) > _LONGEST_LINE:
            raise UnexpectedReply("The stream holds a line without an end.", model=self._model, may_have_spent=True)
        *lines, self._buffer = self._buffer.replace(b"\r\n", b"\n").split(b"\n")
        return [chunk for line in lines for chunk in self._line(line)]

    def _line(self, line: bytes) -> list[ChatChunk]:
        line = line.strip()
        if not line or line.startswith((b":", b"event:", b"id:", b"retry:")):
            return []
        if not line.startswith(b"data:"):
            self.bare += line  # no event: an envelope with an error, sent as plain JSON
            return []
        data = line[5:].strip()
        if data == b"[DONE]":
            return []
        event = parse_json(data)
        self._events.append(event)
        inner = event.get("error") if isinstance(event, dict) else None
        if inner or (isinstance(event, dict) and event.get("type") == "error"):
            message = inner.get("message") if isinstance(inner, dict) else inner
            raise failure("500", str(message or "the stream broke off"), model=self._model, creating=True)
        if isinstance(event, dict) and "code" in event and "msg" in event and event["code"] not in (200, "200"):
            raise failure(str(event["code"]), str(event["msg"]), model=self._model, creating=True)
        self._look(event)
        if self._types and (not isinstance(event, dict) or str(event.get("type")) not in self._types):
            return []
        texts = [t for get in self._delta for t in get(event) if isinstance(t, str) and t]
        self._said.extend(texts)
        return [ChatChunk(text, event) for text in texts]

    def _look(self, piece: Any) -> None:
        for name, getters in (
            ("finish", self._finish),
            ("input", self._input),
            ("output", self._output),
            ("credits", self._credits),
        ):
            value = first_value(getters, piece)
            if value is not None:
                self._seen[name] = value

    def end(self, status: int) -> ChatReply:
        """Return the whole answer at the end of a stream.

        Raises:
            KieError: the stream was none: an error's envelope, or a page.

        """
        tail, self._buffer = self._buffer, b""
        self._line(tail)
        if self.bare and not self._events:
            return self.whole(status, self.bare)
        return self._reply("".join(self._said), self._events)

    def _reply(self, text: str, raw: Any) -> ChatReply:
        finish = self._seen.get("finish")
        return ChatReply(
            text=text,
            finish=str(finish) if finish is not None else None,
            input_tokens=_count(self._seen.get("input")),
            output_tokens=_count(self._seen.get("output")),
            credits=credits_of(self._seen.get("credits")),
            model=self._model,
            raw=raw,
        )


def _count(value: Any) -> int | None:
    amount = credits_of(value)
    return None if amount is None else int(amount)


def _compiled(paths: Any) -> tuple[Getter, ...]:
    return tuple(compile_path(path) for path in paths or ())
