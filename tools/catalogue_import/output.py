"""Writes JSON so that people can read it and a diff stays small: what fits on a line stands on one."""

from __future__ import annotations

import json
from typing import Any

__all__ = ["dumps"]

_WIDTH = 110


def dumps(value: Any) -> str:
    """Return the JSON text of a value, indented, with short objects and arrays of scalars on one line."""
    return _render(value, 0, 0) + "\n"


def _flat(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _is_scalar(value: Any) -> bool:
    return not isinstance(value, (dict, list))


def _render(value: Any, depth: int, used: int) -> str:
    """Render at an indentation; ``used`` is what stands before the value on its line."""
    if _is_scalar(value) or not value:
        return _flat(value)
    flat = _flat(value)
    if 2 * depth + used + len(flat) + 1 <= _WIDTH:
        return flat
    inner = "  " * (depth + 1)
    if isinstance(value, list) and all(map(_is_scalar, value)):
        return "[\n" + _wrapped([_flat(v) for v in value], inner) + "\n" + "  " * depth + "]"
    if isinstance(value, dict):
        rows = [f"{inner}{_flat(key)}: {_render(item, depth + 1, len(_flat(key)) + 2)}" for key, item in value.items()]
        opened, closed = "{}"
    else:
        rows = [inner + _render(item, depth + 1, 0) for item in value]
        opened, closed = "[]"
    return opened + "\n" + ",\n".join(rows) + "\n" + "  " * depth + closed


def _wrapped(items: list[str], indent: str) -> str:
    lines: list[str] = []
    for position, item in enumerate(items):
        text = item + ("," if position < len(items) - 1 else "")
        if lines and len(lines[-1]) + 1 + len(text) <= _WIDTH:
            lines[-1] += " " + text
        else:
            lines.append(indent + text)
    return "\n".join(lines)
