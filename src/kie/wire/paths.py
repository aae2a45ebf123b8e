"""Paths into replies: ``response.resultUrls[]``, compiled once, forgiving about JSON inside strings.

A path is a list of keys with dots between them. ``key[]`` goes on for each element of a list; ``*Url`` and
``(vocal|bass)Url`` match several keys; ``**`` at the end collects every link at any depth; the empty path is the record
itself. Where a key is looked up in a *string*, the string is taken for JSON (kie.ai nests JSON in strings, at times
twice; a list of links comes as the text ``[http://…, http://…]`` in one document).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, TypeAlias

__all__ = ["Getter", "compile_path", "first_text", "first_value", "is_link", "links", "parse_nested"]

Getter: TypeAlias = Callable[[Any], list[Any]]

#: Keys under which a link is never a result of its own, for the search at any depth.
_NOT_RESULTS = re.compile(
    r"(?i)(origin|source|stream|callback|call_back|image_?url$|cover|watermark|firstframe|lastframe|first_frame|last_frame)"
)
_DEPTH = 12


def is_link(value: object) -> bool:
    """Whether the value is an http(s) link."""
    return isinstance(value, str) and value[:8].lower().startswith(("http://", "https://"))


def parse_nested(value: Any) -> Any:
    """Parse JSON out of a string, up to three layers deep; what is no JSON comes back as it is."""
    for _ in range(3):
        if not isinstance(value, str):
            return value
        text = value.strip()
        if text[:1] not in ("{", "[", '"'):
            return value
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            if text.startswith("[") and text.endswith("]"):  # "[http://a, http://b]": typed so in one document
                return [part.strip().strip("\"'") for part in text[1:-1].split(",") if part.strip()]
            return value
    return value


def _step(key: str, *, each: bool) -> Callable[[list[Any]], list[Any]]:
    """Go from values to what lies under ``key`` in each of them."""
    if "*" in key or "(" in key:
        pattern = re.compile(key.replace("*", ".*"))

        def look(value: Any) -> list[Any]:
            if isinstance(value, str):
                value = parse_nested(value)
            return [v for k, v in value.items() if pattern.fullmatch(k)] if isinstance(value, dict) else []
    elif key:

        def look(value: Any) -> list[Any]:
            if isinstance(value, str):
                value = parse_nested(value)
            if isinstance(value, dict):
                found = value.get(key)
                return [] if found is None else [found]
            return []
    else:

        def look(value: Any) -> list[Any]:
            return [value]

    if not each:
        return lambda values: [found for value in values for found in look(value)]

    def spread(values: list[Any]) -> list[Any]:
        out: list[Any] = []
        for value in values:
            for found in look(value):
                inner = parse_nested(found) if isinstance(found, str) else found
                if isinstance(inner, list):
                    out.extend(inner)
                elif inner is not None:
                    out.append(inner)
        return out

    return spread


def _every_link(value: Any, depth: int = 0) -> Iterator[str]:
    if depth > _DEPTH:
        return
    value = parse_nested(value) if isinstance(value, str) and not is_link(value) else value
    if is_link(value):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if not _NOT_RESULTS.search(key):
                yield from _every_link(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _every_link(inner, depth + 1)


@lru_cache(maxsize=512)
def compile_path(path: str) -> Getter:
    """Turn a path into a function from a record to the list of values found there (empty where nothing is).

    The common form, one plain key after another, takes a short way: a status call reads half a dozen of them.
    """
    deep = path.endswith("**")
    parts = [part for part in path.removesuffix("**").rstrip(".").split(".") if part]
    if not deep and not any(c in path for c in "[*("):
        keys = tuple(parts)

        def plain(value: Any) -> list[Any]:
            for key in keys:
                if isinstance(value, str):
                    value = parse_nested(value)
                if not isinstance(value, dict):
                    return []
                value = value.get(key)
            return [] if value is None else [value]

        return plain
    steps = [_step(part.removesuffix("[]"), each=part.endswith("[]")) for part in parts]

    first, each = parts[0].removesuffix("[]") if parts else "", bool(parts) and parts[0].endswith("[]")
    plain_first = first if first and not any(c in first for c in "*(") else None
    alone = each or len(parts) + deep == 1  # then what is empty counts as found, as it does further down

    def walk(value: Any) -> list[Any]:
        if plain_first is not None and type(value) is dict:  # a task under way has no result yet: most end here
            found = value.get(plain_first)
            if found is None or (not found and not alone):
                return []
        values = [value]
        for step in steps:
            values = step(values)
            if not values:
                return values
        if deep:
            return list(dict.fromkeys(link for found in values for link in _every_link(found)))
        return values

    return walk


def links(getters: tuple[Getter, ...], record: object) -> tuple[str, ...]:
    """Collect the links of the first path that has any, without repeats, in order."""
    for get in getters:
        found = get(record)
        if found:
            out: dict[str, None] = {}
            for value in found:
                inner = parse_nested(value) if isinstance(value, str) and not is_link(value) else value
                for link in inner if isinstance(inner, list) else (inner,):
                    if is_link(link):
                        out[link] = None
            if out:
                return tuple(out)
    return ()


def first_value(getters: tuple[Getter, ...], record: object) -> Any:
    """Return the first value that is there and not empty, else None."""
    for get in getters:
        for value in get(record):
            if value is not None and value != "":
                return value
    return None


def first_text(getters: tuple[Getter, ...], record: object) -> str | None:
    """Return the first value that is there, as text; numbers become text, objects compact JSON."""
    value = first_value(getters, record)
    if value is None:
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004 - exact as an int
        return str(int(value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list, bool)) else str(value)
