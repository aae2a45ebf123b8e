"""What the emulated chat models say: something short about the question, in the form that was asked for."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random

_LONGEST_ECHO = 240


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the last words, the length of all words, and what form the answer shall have."""

    text: str
    history: int = 0
    pictures: int = 0
    schema: dict[str, Any] | None = None
    tools: list[dict[str, Any]] = field(default_factory=list)
    forced: bool = False
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said, or the tool that is called.

    Tokens of the question (`asked`) and of the answer (`spent`).
    """

    text: str
    asked: int
    spent: int
    tool: str = ""
    arguments: dict[str, Any] = field(default_factory=dict)


def tokens(text: str) -> int:
    """A count of tokens: about four letters each."""
    return max(1, round(len(text) / 4))


def answer(question: Question, dice: random.Random) -> Answer:
    """The answer to a question."""
    asked = max(1, question.history // 4) + 258 * question.pictures
    tool = _wanted(question)
    if tool is not None:
        schema = tool.get("parameters") or tool.get("input_schema") or tool.get("parametersJsonSchema") or {}
        arguments = fill(schema, question.text, dice)
        arguments = arguments if isinstance(arguments, dict) else {}
        return Answer("", asked, tokens(json.dumps(arguments)), str(tool["name"]), arguments)
    if question.schema is not None:
        text = json.dumps(fill(question.schema, question.text, dice), ensure_ascii=False)
        return Answer(text, asked, tokens(text))
    text = _say(question)
    return Answer(text, asked, tokens(text))


def _wanted(question: Question) -> dict[str, Any] | None:
    """The tool to call: the one that the question is about, or the first one when a call is demanded."""
    if not question.tools or question.answered:
        return None
    words = set(re.findall(r"[a-z]{4,}", question.text.lower()))
    for tool in question.tools:
        about = set(re.findall(r"[a-z]{4,}", f"{tool['name']} {tool.get('description', '')}".lower().replace("_", " ")))
        if words & about:
            return tool
    return question.tools[0] if question.forced else None


def _say(question: Question) -> str:
    text = " ".join(question.text.split())
    echo = text if len(text) <= _LONGEST_ECHO else f"{text[:_LONGEST_ECHO]}…"
    seen = (
        f" I was given {question.pictures} picture{'s' * (question.pictures > 1)} with it." if question.pictures else ""
    )
    if re.search(r"\b(hello|hi|hey|привет)\b", text.lower()):
        return f"Hello! This is the emulated model of kie; nobody thinks here. You wrote: “{echo}”.{seen}"
    if question.answered:
        return "The tool has answered; this is the emulated model of kie, and it takes note of that."
    return f"This is an emulated answer from kie, made without a model. You asked: “{echo}”.{seen}"


def fill(schema: Any, about: str, dice: random.Random, depth: int = 0) -> Any:
    """A value that fits a JSON Schema: types, enums, required fields, ranges and lengths."""
    if not isinstance(schema, dict) or depth > 8:
        return None
    if "const" in schema:
        return schema["const"]
    if schema.get("enum"):
        return dice.choice(schema["enum"])
    for name in ("anyOf", "oneOf", "allOf"):
        if schema.get(name):
            return fill(schema[name][0], about, dice, depth + 1)
    return _typed(schema, about, dice, depth)


def _typed(schema: dict[str, Any], about: str, dice: random.Random, depth: int) -> Any:
    """A value of the schema's type."""
    kind = schema.get("type")
    kind = kind[0] if isinstance(kind, list) else kind
    kind = str(kind or ("object" if "properties" in schema else "object" if depth == 0 else "string")).lower()
    if kind == "object":
        held = schema.get("properties") or {}
        return {name: fill(inner, about, dice, depth + 1) for name, inner in held.items()} or {"answer": about[:80]}
    if kind == "array":
        number = max(int(schema.get("minItems", 2)), 1)
        return [fill(schema.get("items") or {"type": "string"}, about, dice, depth + 1) for _ in range(number)]
    low = float(schema.get("minimum", 1))
    high = float(schema.get("maximum", low + 9))
    plain: dict[str, Any] = {
        "integer": lambda: dice.randint(int(low), int(high)),
        "number": lambda: round(dice.uniform(low, high), 2),
        "boolean": lambda: dice.random() < 0.5,
        "null": lambda: None,
    }
    return plain.get(kind, lambda: _words(schema, about, dice))()


def _words(schema: dict[str, Any], about: str, dice: random.Random) -> str:
    words = re.findall(r"[^\W_]+", about) or ["emulated"]
    start = dice.randrange(len(words))
    text = " ".join(words[start : start + 6])
    text = text[: int(schema.get("maxLength", 80))]
    return text.ljust(int(schema.get("minLength", 0)), ".")
