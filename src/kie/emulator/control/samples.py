"""What can be created by hand: the models, and for each an input that is accepted, made from the vendor's schema."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kie.emulator import facts
from kie.emulator.api.validation import NOT_ENFORCED, Refused, check
from kie.emulator.control.routes import WrongRequest
from kie.emulator.families import OPERATIONS
from kie.emulator.money import pricing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kie.emulator.facts import Fact
    from kie.emulator.http import Request
    from kie.emulator.world import World

Json = dict[str, Any]

CREATE = "/api/v1/jobs/createTask"
_PROMPTS = ("prompt", "text", "content", "lyrics", "description")
_FILE = re.compile(r"url|image|video|audio|frame|file|clip", re.IGNORECASE)
_TASK = re.compile(r"task_?id|audio_?id|voice_?id|index", re.IGNORECASE)


def models(_world: World, _request: Request) -> list[Json]:
    """All that makes something new: id, kind, job, the path it is posted to, and what it costs as composed here."""
    return [_entry(name, fact, path) for name, fact, path in _offered()]


def sample(_world: World, _request: Request, model: str) -> Json:
    """One of them with a body that may be posted to its path; `prompt` names the field that takes the words."""
    for name, fact, path in _offered():
        if name == model:
            inputs = compose(fact)
            body = {"model": name, "input": inputs} if path == CREATE else inputs
            return {**_entry(name, fact, path), "prompt": prompt_field(fact), "body": body}
    raise WrongRequest("no such model", 404)


def _entry(name: str, fact: Fact, path: str) -> Json:
    price = str(pricing.price(fact, compose(fact)))
    return {"id": name, "kind": fact.kind, "task": fact.task, "path": path, "price": price}


def _offered() -> Iterator[tuple[str, Fact, str]]:
    for name, fact in facts.models().items():
        if fact.standing != "retired" and not _follows(fact):
            yield name, fact, CREATE
    for name, operation in OPERATIONS.items():
        if not operation.parent and (own := operation.fact) is not None and not _follows(own):
            yield name, own, operation.path


def _follows(fact: Fact) -> bool:
    """Whether it works on an earlier task, so that nothing composed here can be right."""
    try:
        check(fact, compose(fact))
    except Refused:
        return True
    return any(_TASK.search(name) for name in fact.required)


def prompt_field(fact: Fact) -> str:
    """The field that takes the words; "" when there is none. Where no field is known it is `prompt`."""
    if not fact.fields:
        return "prompt"
    return next((name for name in _PROMPTS if fact.fields.get(name, {}).get("type") == "string"), "")


def compose(fact: Fact) -> Json:
    """The required fields with values that the vendor takes, and the words' field."""
    words = prompt_field(fact)
    names = [name for name in fact.required if name not in {"callBackUrl", "calBackUrl"}]
    if words and words not in names:
        names.insert(0, words)
    held = {name: _value(name, fact.fields.get(name, {})) for name in names}
    if "model" in fact.fields and "model" in NOT_ENFORCED and fact.path:
        held["model"] = _value("model", fact.fields["model"])
    return held


def _value(name: str, schema: Json) -> Any:
    if schema.get("default") not in (None, "", []):
        return schema["default"]
    if schema.get("enum"):
        return schema["enum"][0]
    kind: Any = schema.get("type")
    kind = next((one for one in kind if one != "null"), None) if isinstance(kind, list) else kind
    if kind in {"number", "integer"}:
        return max(schema.get("minimum", 1), min(5, schema.get("maximum", 5)))
    if kind == "boolean":
        return False
    if kind == "array":
        return [_value(name, schema.get("items", {})) for _ in range(max(1, schema.get("minItems", 1)))]
    if kind == "object":
        inner: Json = schema.get("properties") or {}
        return {key: _value(key, inner.get(key, {})) for key in schema.get("required", inner)}
    return _text(name, schema)


def _text(name: str, schema: Json) -> str:
    if name in _PROMPTS:
        return "a red kite over the sea at dawn"[: schema.get("maxLength", 100)]
    if schema.get("format") == "uri" or _FILE.search(name):
        low = name.lower()
        ending = "mp4" if "video" in low or "clip" in low else "mp3" if re.search("audio|voice|upload", low) else "png"
        return f"https://example.com/a-red-kite.{ending}"
    return name.replace("_", " ")
