"""Dataclasses to JSON and back, by their annotations: nothing in the JSON chooses what is made of it.

What is annotated Any keeps tuples, bytes and decimals by a tag. Whatever does not fit its annotation raises ValueError,
with the place where it stands.
"""

from __future__ import annotations

import base64
import binascii
from collections import deque
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

#: Levels to which a value may be nested.
_DEEPEST = 200
_PLAIN = (bool, int, float, str)


def pack(value: Any, depth: int = 0) -> Any:
    """A value as JSON. What is nested deeper than 200 levels becomes null.

    Raises:
        ValueError: for what cannot be said in JSON.
    """
    if depth > _DEEPEST:
        return None
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, _PLAIN):
        return value
    if isinstance(value, Decimal):
        return {"$decimal": str(value)}
    if isinstance(value, bytes | bytearray):
        return {"$bytes": base64.b64encode(value).decode()}
    return _packed_many(value, depth + 1)


def _packed_many(value: Any, depth: int) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {held.name: pack(getattr(value, held.name), depth) for held in fields(value) if held.init}
    if isinstance(value, dict):
        if all(isinstance(name, str) and not name.startswith("$") for name in value):
            return {name: pack(held, depth) for name, held in value.items()}
        return {"$map": [[pack(name, depth), pack(held, depth)] for name, held in value.items()]}
    if isinstance(value, tuple):
        return {"$tuple": [pack(held, depth) for held in value]}
    if isinstance(value, list | deque):
        return [pack(held, depth) for held in value]
    if isinstance(value, set | frozenset):
        return [pack(held, depth) for held in sorted(value)]
    raise ValueError(f"{type(value).__name__} cannot be saved")


def unpack(kind: Any, data: Any, place: str = "snapshot") -> Any:
    """A value of an annotation from what `pack` made of it.

    Raises:
        ValueError: when the data do not fit.
    """
    if kind is Any:
        return _loose(data, place, 0)
    origin = get_origin(kind)
    if origin in {Union, UnionType}:
        return _either(get_args(kind), data, place)
    if origin is not None:
        return _many(origin, get_args(kind), data, place)
    if is_dataclass(kind):
        return _whole(kind, data, place)
    return _single(kind, data, place)


def _single(kind: Any, data: Any, place: str) -> Any:
    if kind in {NoneType, None} and data is None:
        return None
    if kind is float and isinstance(data, int | float) and not isinstance(data, bool):
        try:
            return float(data)
        except OverflowError:
            raise ValueError(f"{place}: too great a number") from None
    if kind is int and isinstance(data, int) and not isinstance(data, bool):
        return data
    if kind in {bool, str} and type(data) is kind:
        return data
    if kind in {Decimal, bytes}:
        held = _loose(data, place, 0)
        if isinstance(held, kind):
            return held
    if isinstance(kind, type) and issubclass(kind, Enum):
        try:
            return kind(data)
        except ValueError:
            raise ValueError(f"{place}: {data!r} is no {kind.__name__}") from None
    raise ValueError(f"{place}: {getattr(kind, '__name__', kind)} expected")


def _either(kinds: tuple[Any, ...], data: Any, place: str) -> Any:
    if data is None and NoneType in kinds:
        return None
    for kind in kinds:
        if kind is not NoneType:
            try:
                return unpack(kind, data, place)
            except ValueError:
                if kind is kinds[-1] or (kinds[-1] is NoneType and kind is kinds[-2]):
                    raise
    raise ValueError(f"{place}: a value expected")


def _many(origin: Any, kinds: tuple[Any, ...], data: Any, place: str) -> Any:
    """A container. `data` is a list, a tagged tuple, or for a dict an object or a tagged map."""
    if origin is dict:
        pairs = _pairs(data, place)
        return {unpack(kinds[0], key, place): unpack(kinds[1], held, f"{place}.{key}") for key, held in pairs}
    if origin is tuple and isinstance(data, dict) and set(data) == {"$tuple"}:
        data = data["$tuple"]
    if not isinstance(data, list):
        raise ValueError(f"{place}: a list expected")  # noqa: TRY004 - one kind for all
    if origin is tuple and not (len(kinds) == 2 and kinds[1] is Ellipsis):
        if len(kinds) != len(data):
            raise ValueError(f"{place}: {len(kinds)} values expected, not {len(data)}")
        return tuple(
            unpack(kind, held, f"{place}[{at}]") for at, (kind, held) in enumerate(zip(kinds, data, strict=True))
        )
    return origin(unpack(kinds[0], held, f"{place}[{at}]") for at, held in enumerate(data))


def _pairs(data: Any, place: str) -> list[tuple[Any, Any]]:
    if isinstance(data, dict) and set(data) != {"$map"}:
        return list(data.items())
    if isinstance(data, dict) and isinstance(data["$map"], list):
        pairs = data["$map"]
        if all(isinstance(pair, list) and len(pair) == 2 for pair in pairs):
            return [(pair[0], pair[1]) for pair in pairs]
    raise ValueError(f"{place}: an object expected")


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _whole(kind: Any, data: Any, place: str) -> Any:
    if not isinstance(data, dict):
        raise ValueError(f"{place}: an object expected")  # noqa: TRY004 - one kind for all
    known = {held.name: held for held in fields(kind) if held.init}
    if unknown := sorted(set(data) - set(known)):
        raise ValueError(f"{place}: {kind.__name__} has no {unknown[0]!r}")
    for name, held in known.items():
        if name not in data and held.default is MISSING and held.default_factory is MISSING:
            raise ValueError(f"{place}: {name} is missing")
    return kind(**{name: unpack(_hints(kind)[name], held, f"{place}.{name}") for name, held in data.items()})


def _loose(data: Any, place: str, depth: int) -> Any:
    if depth > 2 * _DEEPEST:
        raise ValueError(f"{place}: nested too deeply")
    if isinstance(data, list):
        return [_loose(held, place, depth + 1) for held in data]
    if not isinstance(data, dict):
        return data
    tag = next(iter(data)) if len(data) == 1 else ""
    if not isinstance(tag, str) or not tag.startswith("$"):
        if any(name.startswith("$") for name in data):
            raise ValueError(f"{place}: an unknown tag")
        return {name: _loose(held, place, depth + 1) for name, held in data.items()}
    held = data[tag]
    try:
        if tag == "$decimal" and isinstance(held, str):
            amount = Decimal(held)
            return amount if amount.is_finite() else _refuse(place, "an amount that is not finite")
        if tag == "$bytes" and isinstance(held, str):
            return base64.b64decode(held, validate=True)
    except (InvalidOperation, binascii.Error):
        raise ValueError(f"{place}: not a {tag[1:]}") from None
    if tag == "$tuple" and isinstance(held, list):
        return tuple(_loose(inner, place, depth + 1) for inner in held)
    if tag == "$map":
        try:
            return {
                _loose(name, place, depth + 1): _loose(inner, place, depth + 1) for name, inner in _pairs(data, place)
            }
        except TypeError:
            raise ValueError(f"{place}: a name that cannot be one") from None
    raise ValueError(f"{place}: an unknown tag {tag!r}")


def _refuse(place: str, words: str) -> Any:
    raise ValueError(f"{place}: {words}")
