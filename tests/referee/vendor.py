"""What the vendor's documents show: example requests, response schemas and examples, callbacks, recorded exchanges.

Read from ../shared/kie-api alone. Nothing here knows the client, its catalogue, or the emulator's inside.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import yaml

from tests.support.places import SHARED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Json = dict[str, Any]

KIE_API = SHARED / "kie-api"
CREATE_TASK = "/api/v1/jobs/createTask"
RECORD_INFO = "/api/v1/jobs/recordInfo"
#: The dates of the three folders of OpenAPI files (CONTRACT §0).
DATES = {"openapi": "2026-04-29", "openapi-2026-08": "2026-08-19", "openapi-2026-10-unified": "2026-10"}
_DEEPEST = 6
RECORDINGS = "apicity-har-2026-05"


@dataclass(frozen=True, slots=True)
class Reply:
    """A documented answer: the HTTP status under which the page puts it, its schema and its examples."""

    status: str
    schema: Json
    examples: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One documented operation. `requests` are the whole bodies that the page shows, by the examples' names."""

    document: str
    date: str
    method: str
    path: str
    schema: Json
    requests: dict[str, Any] = field(default_factory=dict)
    multipart: bool = False
    replies: tuple[Reply, ...] = ()
    callbacks: tuple[Reply, ...] = ()

    @property
    def endpoint(self) -> str:
        """As "POST /api/v1/veo/generate"."""
        return f"{self.method} {self.path}"

    @property
    def chat(self) -> bool:
        """Whether it is a chat page: a stream or a provider's raw body is answered."""
        return any(part in self.path for part in ("/v1/chat/completions", "/v1/messages", "/responses", "/models/"))


@dataclass(frozen=True, slots=True)
class Exchange:
    """One recorded request and its answer."""

    file: str
    at: str
    method: str
    url: str
    body: Any
    status: int
    answer: Any

    @property
    def path(self) -> str:
        """The path without host and query."""
        return "/" + self.url.split("/", 3)[-1].split("?")[0]

    @property
    def endpoint(self) -> str:
        """As "GET /api/v1/jobs/recordInfo"."""
        return f"{self.method} {self.path}"

    @property
    def query(self) -> str:
        """What follows the question mark."""
        return self.url.partition("?")[2]


@cache
def pages() -> tuple[Page, ...]:
    """All documented operations of the three folders."""
    return tuple(page for folder, date in DATES.items() for page in _folder(KIE_API / folder, date))


def _folder(folder: Path, date: str) -> Iterator[Page]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for file in sorted(folder.rglob("*.yaml")):
        document = yaml.load(file.read_text(encoding="utf-8"), loader)
        for path, operations in document["paths"].items():
            for method, operation in operations.items():
                whole = _expanded(operation, document)
                yield _page(str(file.relative_to(KIE_API)), date, method.upper(), path, whole)


def _expanded(value: Any, document: Json, depth: int = 0) -> Any:
    """The same with references within the document followed; a schema that holds itself ends after a few turns."""
    if isinstance(value, list):
        return [_expanded(item, document, depth) for item in value]
    if not isinstance(value, dict):
        return value
    reference = value.get("$ref")
    if isinstance(reference, str) and reference.startswith("#/"):
        target: Any = document if depth < _DEEPEST else {}
        for part in reference[2:].split("/"):
            target = target.get(part, {})
        return _expanded(target, document, depth + 1)
    return {name: _expanded(held, document, depth) for name, held in value.items()}


def _page(document: str, date: str, method: str, path: str, operation: Json) -> Page:
    content: dict[str, Json] = operation.get("requestBody", {}).get("content", {})
    kind = next(iter(content), "")
    held = content.get(kind, {})
    schema: Json = held.get("schema") or {}
    return Page(
        document=document,
        date=date,
        method=method,
        path=path,
        schema=schema,
        requests={name: body for name, body in _examples(held).items() if isinstance(body, dict)},
        multipart=kind.startswith("multipart/"),
        replies=tuple(_replies(operation.get("responses", {}))),
        callbacks=tuple(
            reply
            for called in operation.get("callbacks", {}).values()
            for methods in called.values()
            for inner in methods.values()
            for reply in _callback(inner)
        ),
    )


def _examples(content: Json) -> dict[str, Any]:
    """The whole bodies in a content object, by name."""
    found = {"example": content["example"]} if "example" in content else {}
    for name, held in (content.get("examples") or {}).items():
        if isinstance(held, dict) and "value" in held:
            found[str(name)] = held["value"]
    return found


def _replies(responses: Json) -> Iterator[Reply]:
    for status, response in responses.items():
        content = response.get("content") or {}
        held = content.get("application/json")
        if held is not None:
            yield Reply(str(status), held.get("schema") or {}, tuple(_examples(held).values()))
        elif "text/event-stream" in content:  # its schema is that of a line, its example that of a whole answer
            texts = _examples(content["text/event-stream"]).values()
            yield Reply(str(status), {}, tuple(json.loads(text) if isinstance(text, str) else text for text in texts))


def _callback(operation: Json) -> Iterator[Reply]:
    held = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if held is not None:
        yield Reply("callback", held.get("schema") or {}, tuple(_examples(held).values()))


# ---------------------------------------------------------------------------------------------------- models.json


@cache
def inventory() -> tuple[Json, ...]:
    """The entries of models.json."""
    held: list[Json] = json.loads((KIE_API / "models.json").read_text(encoding="utf-8"))
    return tuple(held)


def spoken(entry: Json) -> Json | None:
    """The request that the examples of an entry's fields make together; None when none has an example."""
    body = _from_fields(entry.get("input_schema") or {})
    if not body:
        return None
    if entry["endpoint"].split(" (")[0] == f"POST {CREATE_TASK}":
        return {"model": entry["id"], "input": body}
    return body


def _from_fields(schema: Json) -> Json:
    """Every field that has an example; a required one without example gets its default or first choice."""
    required = set(schema.get("required") or ())
    body: Json = {}
    for name, held in (schema.get("properties") or {}).items():
        if "example" in held or held.get("examples"):
            body[name] = held["example"] if "example" in held else held["examples"][0]
        elif name in required:
            body[name] = _stopgap(held)
    shown = any("example" in held or held.get("examples") for held in (schema.get("properties") or {}).values())
    return body if shown else {}


def least(schema: Json) -> Json:
    """A body with no more than what a schema requires."""
    held = _stopgap(schema)
    return held if isinstance(held, dict) else {}


def _stopgap(schema: Json) -> Any:
    """A value that a schema allows."""
    if "default" in schema:
        return schema["default"]
    if schema.get("enum"):
        return schema["enum"][0]
    if schema.get("type") == "array":
        items = schema.get("items") or {}
        return [_stopgap(items) for _ in range(max(1, schema.get("minItems", 1)))]
    if schema.get("type") == "object":
        names = schema.get("required") or ()
        return {name: _stopgap((schema.get("properties") or {}).get(name, {})) for name in names}
    plain: Json = {"integer": schema.get("minimum", 1), "number": schema.get("minimum", 1), "boolean": False}
    if schema.get("type") in plain:
        return plain[schema["type"]]
    return "https://files.example.com/a.png" if schema.get("format") == "uri" else "A red boat on a quiet lake"


# ----------------------------------------------------------------------------------------------------- recordings


@cache
def exchanges() -> tuple[Exchange, ...]:
    """All recorded exchanges of the folder of 2026-03-05 to 2026-04-30."""
    found = []
    for file in sorted((KIE_API / "responses" / RECORDINGS).glob("*.json")):
        for held in json.loads(file.read_text(encoding="utf-8")):
            asked, told = held["request"], held["response"]
            name, at = file.stem, held["at"][:10]
            found.append(Exchange(name, at, asked["method"], asked["url"], asked["body"], told["status"], told["body"]))
    return tuple(found)
