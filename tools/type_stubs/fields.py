"""The schema of one field → the annotation of a keyword, and a comment with its limits."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kie.catalogue import Model

__all__ = ["Annotator", "camel", "limits", "literal"]

#: Words of the roles' vocabulary that are offered where the model spells the value in another way; the run time knows
#: more (``16x9``, ``landscape``), but a list of choices ought to stay short.
_PLAIN = re.compile(r"\d+:\d+|auto|\d+p|\d+K")
_WHOLE = re.compile(r"-?(0|[1-9]\d{0,8})")
#: Roles whose value is a number, whatever the model's field is: a number is written out where text is wanted.
_NUMERIC_ROLES = ("integer", "number")
_PLURAL = "list of files"


def camel(text: str) -> str:
    """Turn words into the name of a class: ``kling-3.0/video`` → ``Kling30Video``."""
    words = re.split(r"[^0-9A-Za-z]+", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", text))
    return "".join(word[:1].upper() + word[1:] for word in words)


def literal(values: Iterable[Any]) -> str:
    """Return ``Literal[...]`` of the values, each once, texts before numbers."""
    found = dict.fromkeys((type(value) is int, value) for value in values)
    shown = [
        (json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value))
        for _, value in sorted(found, key=lambda pair: pair[0])
    ]
    return f"Literal[{', '.join(shown)}]"


def limits(schema: Mapping[str, Any]) -> str:
    """Return the limits of a field in a few words; facts which a type cannot say."""
    out: list[str] = []
    if schema.get("deprecated"):
        out.append("deprecated")
    if "default" in schema:
        shown = json.dumps(schema["default"], ensure_ascii=False)
        out.append(f"default {shown}" if len(shown) <= 24 else "has a default")
    for least, most, unit in (
        ("minimum", "maximum", ""),
        ("minLength", "maxLength", " characters"),
        ("minItems", "maxItems", " items"),
    ):
        low, high = schema.get(least), schema.get(most)
        if low is not None or high is not None:
            span = f"at most {high}" if low is None else f"from {low}" if high is None else f"{low} to {high}"
            out.append(f"{span}{unit}")
    if "multipleOf" in schema:
        out.append(f"steps of {schema['multipleOf']}")
    file = schema.get("x-file") or schema.get("items", {}).get("x-file")
    if file:
        most = f", at most {file['max_mb']:g} MB" if file.get("max_mb") else ""
        kind = file.get("kind", "any")
        out.append(("any file" if kind == "any" else f"{kind} file") + most)
    return ", ".join(out)


class Annotator:
    """Makes the annotations of one model's fields; collects the nested objects on the way.

    Args:
        model: the model.
        name: the name of its class; nested objects are named after it.
        vocabulary: the roles with the translations of their values (``Catalogue.roles``).

    Attributes:
        nested: the classes of nested objects, by name, in the order in which they were met.

    """

    def __init__(self, model: Model, name: str, vocabulary: Mapping[str, Any]) -> None:
        self._model = model
        self._name = name
        self._vocabulary = vocabulary
        self.nested: dict[str, list[tuple[str, str, bool, str]]] = {}

    def field(self, name: str) -> str:
        """Return the annotation of a native field."""
        schema = self._model.fields[name]
        roles = [role for role, target in self._model.roles.items() if target == name]
        found = self._type(schema, name, name, numeric=any(self._kind(role) in _NUMERIC_ROLES for role in roles))
        # `duration="5"` is what many models want; it ought to be right for those that want a number, too.
        return f"{found} | str" if "duration" in roles and found in ("int", "float") else found

    def role(self, role: str, target: str) -> str | None:
        """Return the annotation of a role, or None where its target is not a field."""
        base, _, index = target.partition("[")
        schema = self._model.fields.get(base)
        if schema is None:
            return None
        if index:
            return self._type(schema.get("items", {}), base, base, numeric=False)
        if self._kind(role) == _PLURAL and "x-file" in schema:
            return "Files"  # a list of one is unwrapped
        return self.field(base)

    def _kind(self, role: str) -> str:
        return str(self._vocabulary.get("roles", {}).get(role, {}).get("type", ""))

    def _choices(self, schema: Mapping[str, Any], path: str) -> list[Any]:
        """Return the allowed values, in every spelling that a Literal can say and the run time takes."""
        values = list(schema["enum"])
        extra: list[Any] = []
        for value in values:
            if isinstance(value, str) and _WHOLE.fullmatch(value):
                extra.append(int(value))
            elif isinstance(value, (int, float)) and not isinstance(value, bool):
                extra.append(str(value))
        allowed = set(map(str, values))
        folded = {text.lower() for text in allowed}
        for word, to in self._words(path).items():
            known = allowed.intersection(map(str, to if isinstance(to, list) else (to,)))
            if known and word.lower() not in folded:
                extra.append(word)
        return values + extra

    def _words(self, path: str) -> dict[str, Any]:
        """Return the words of the vocabulary for a field's values: plain ratios and sizes, and names of voices."""
        base, _, member = path.rpartition(".")
        roles = [member] if base else [role for role, to in self._model.roles.items() if to.partition("[")[0] == path]
        tables = self._vocabulary.get("roles", {})
        return {
            word.title() if role == "voice" else word: to  # any case will do; names are written with capitals
            for role in roles
            for word, to in tables.get(role, {}).get("values", {}).items()
            if role == "voice" or _PLAIN.fullmatch(word)
        }

    def _type(self, schema: Mapping[str, Any], path: str, label: str, *, numeric: bool) -> str:
        if "x-file" in schema:
            return "FileLike"
        if "const" in schema:
            return literal([schema["const"]])
        if "enum" in schema:
            values = self._choices(schema, path)
            told = [value for value in values if not isinstance(value, float)]
            out = literal(told) if told else ""
            if len(told) < len(values):
                out = f"{out} | float" if out else "float"
            if schema.get("x-open"):
                out += " | str" if any(isinstance(v, str) for v in schema["enum"]) else " | int"
            return out
        kind = schema.get("type")
        if isinstance(kind, list):
            found = " | ".join(self._plain(k, schema, path, label, numeric=numeric) for k in kind).split(" | ")
            return " | ".join(t for t in dict.fromkeys(found) if not (t == "int" and "float" in found))
        return self._plain(kind, schema, path, label, numeric=numeric)

    def _plain(self, kind: Any, schema: Mapping[str, Any], path: str, label: str, *, numeric: bool) -> str:
        if kind == "string":
            return "str | float" if numeric else "str"
        if kind == "array":
            return self._array(schema.get("items", {}), path, label)
        if kind == "object":
            return self._object(schema, label) if schema.get("properties") else "Mapping[str, Any]"
        return {"integer": "int", "number": "float", "boolean": "bool"}.get(str(kind), "Any")

    def _array(self, items: Mapping[str, Any], path: str, label: str) -> str:
        if "x-file" in items:
            return "Files"
        inner = self._type(items, path, label, numeric=False)
        if items.get("type") == "array" or inner == "str":  # a text is a sequence of texts, and stands for one
            return f"Sequence[{inner}]"
        return f"{inner} | Sequence[{inner}]"

    def _object(self, schema: Mapping[str, Any], label: str) -> str:
        name = f"{self._name.removesuffix('Input')}{camel(label)}"
        while name in self.nested:
            name += "_"
        self.nested[name] = []
        required = schema.get("required", ())
        self.nested[name] = [
            (key, self._type(inner, f"{label}.{key}", f"{label}_{key}", numeric=False), key in required, limits(inner))
            for key, inner in schema["properties"].items()
        ]
        return name
