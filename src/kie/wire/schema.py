"""Values into the type that the model wants, and clear words where that cannot be.

The subset of JSON Schema that the catalogue uses, with coercion: ``5`` becomes ``"5"`` where a model wants text, and
``"5"`` becomes ``5`` where it wants a number.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, Protocol, TypeAlias

from kie.errors import InvalidInput

__all__ = ["FileHook", "Translate", "conform", "nearest"]

#: What to do with a value that stands where the link of a file belongs: returns the value to keep.
FileHook: TypeAlias = Callable[[Any, dict[str, Any], str], Any]


_INT = re.compile(r"[+-]?\d{1,18}")
_FLOAT = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")
_RATIO = re.compile(r"\s*([1-9]\d{0,4})\s*[:x/]\s*([1-9]\d{0,4})\s*")
_TRUE, _FALSE = frozenset(("true", "yes", "on", "1")), frozenset(("false", "no", "off", "0"))
_SHOWN = 60
_HUGE = 2**63
_MOST_LISTED = 24


def nearest(value: object, choices: Sequence[Any]) -> Any:
    """Return the choice that is nearest to a value, or None where none is near."""
    as_number = _number(value)
    numbers = [c for c in choices if _number(c) is not None] if as_number is not None else []
    if numbers and not isinstance(value, str):
        return min(numbers, key=lambda c: abs((_number(c) or 0.0) - (as_number or 0.0)))
    ratio = _ratio(value)
    if ratio is not None:
        ratios = [choice for choice in choices if _ratio(choice) is not None]
        if ratios:
            return min(ratios, key=lambda choice: abs(math.log((_ratio(choice) or 1.0) / ratio)))
    by_text = {str(c).lower(): c for c in choices}
    import difflib

    found = difflib.get_close_matches(shown(value).strip("'").lower(), by_text, n=1, cutoff=0.4)
    if found:
        return by_text[found[0]]
    return min(numbers, key=lambda c: abs((_number(c) or 0.0) - (as_number or 0.0))) if numbers else None


def _ratio(value: object) -> float | None:
    """Return 16:9 as a number; None for what is no ratio."""
    match = _RATIO.fullmatch(value) if isinstance(value, str) else None
    return int(match[1]) / int(match[2]) if match else None


def _sane(value: float | Decimal) -> bool:
    """Whether a number is finite and fits 64 bits: nothing at kie.ai counts further."""
    if isinstance(value, Decimal):
        return value.is_finite() and value.adjusted() < 19 and abs(value) < _HUGE  # noqa: PLR2004 - digits of 64 bits
    return -_HUGE < value < _HUGE  # no NaN is


def _read(value: object) -> int | float | Decimal | None:
    """Return a number as it is, or out of its text; whole ones as int; None for what is none."""
    number: Any = value
    if isinstance(value, str):
        text = value.strip()
        if not _FLOAT.fullmatch(text):
            return None
        number = int(text) if _INT.fullmatch(text) else float(text)
    if isinstance(number, bool) or not isinstance(number, (int, float, Decimal)) or not _sane(number):
        return None
    return int(number) if isinstance(number, Decimal) and number == number.to_integral_value() else number


def _number(value: object) -> float | None:
    """Return a number, also from its text; None for what is none, or is not finite."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal, str)):
        return None
    if isinstance(value, str) and not _FLOAT.fullmatch(value.strip()):
        return None
    try:
        number = float(value)
    except (OverflowError, ValueError):  # an int beyond floats, a signalling NaN
        return None
    return number if math.isfinite(number) else None


def shown(value: object) -> str:
    """Return a value for a message: short, on one line."""
    try:
        text = f"<{len(value)} bytes>" if isinstance(value, (bytes, bytearray)) else repr(value)
    except (ValueError, RecursionError):  # Python writes out no int of more than 4300 digits
        text = f"<{type(value).__name__}>"
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _refuse(path: str, what: str, **details: Any) -> InvalidInput:
    where = f"{path}: " if path else ""
    near = details.get("nearest")
    allowed = details.get("allowed")
    hint = None
    if allowed is not None:
        listed = ", ".join(map(repr, allowed[:_MOST_LISTED])) + (", …" if len(allowed) > _MOST_LISTED else "")
        hint = f"Allowed: {listed}." + (f" Nearest: {near!r}." if near is not None else "")
    elif near is not None:
        hint = f"Nearest: {near!r}."
    return InvalidInput(f"{where}{what}", field=path or None, hint=hint, **details)


class Translate(Protocol):
    """Other words for the values of a field, by its path."""

    def others(self, path: str, value: Any) -> Sequence[Any]:
        """Return other words for a value, best first."""
        ...

    def names(self, path: str, allowed: Sequence[Any]) -> Sequence[str]:
        """Return the words that stand for one of the allowed values."""
        ...


class _Walk:
    """One pass over an input with its schema."""

    def __init__(self, files: FileHook, translate: Translate, *, partial: bool) -> None:
        self.files = files
        self.translate = translate
        self.partial = partial

    def value(self, schema: Mapping[str, Any], value: Any, path: str) -> Any:
        """Return the value in the schema's type.

        Raises:
            InvalidInput: it cannot be.

        """
        if "x-file" in schema:
            value = self.files(value, schema["x-file"], path)
            if not isinstance(value, str):
                return value  # a placeholder: the file is uploaded, its link comes later
        if "const" in schema and value != schema["const"]:
            raise _refuse(path, f"must be {schema['const']!r}", allowed=(schema["const"],), nearest=schema["const"])
        if "enum" in schema:
            return self._choice(schema, value, path)
        kind = schema.get("type")
        if isinstance(kind, list):
            value = self._first(path, value, [{**schema, "type": k} for k in kind])
        elif kind is not None:
            value = _CONVERT[kind](self, schema, value, path)
        for key in ("anyOf", "oneOf"):
            if key in schema and kind is None:
                value = self._first(path, value, schema[key])
        return value

    def _first(self, path: str, value: Any, schemas: Sequence[Mapping[str, Any]]) -> Any:
        error: InvalidInput | None = None
        for schema in schemas:
            try:
                return self.value(schema, value, path)
            except InvalidInput as refused:
                error = error or refused
        assert error is not None  # noqa: S101 - schemas are never empty (checked by the catalogue's own schema)
        raise error

    def _choice(self, schema: Mapping[str, Any], value: Any, path: str) -> Any:
        allowed = schema["enum"]
        if isinstance(value, int) and not _sane(value):  # Python does not even write it out
            raise _refuse(path, f"{shown(value)} is not a choice.", allowed=tuple(allowed), nearest=allowed[-1])
        for candidate in (value, *self.translate.others(path, value)):
            for choice in allowed:
                if type(candidate) is type(choice) and candidate == choice:
                    return choice
            if isinstance(candidate, bool):
                continue
            for choice in allowed:
                if isinstance(choice, bool):
                    if str(candidate).lower() == str(choice).lower():
                        return choice
                elif str(candidate).strip().lower() == str(choice).lower() or (
                    (n := _number(candidate)) is not None and n == _number(choice)
                ):
                    return choice
        if schema.get("x-open"):  # the page is known to name not all of them, and the price does not depend on it
            return _CONVERT[schema.get("type", "string")](self, {}, value, path)
        near = nearest(value, (*allowed, *self.translate.names(path, allowed)))
        raise _refuse(path, f"{shown(value)} is not a choice.", allowed=tuple(allowed), nearest=near)

    # -------------------------------------------------------------------------------------------------- by its type

    def string(self, schema: Mapping[str, Any], value: Any, path: str) -> str:
        """Text, or a number written out."""
        if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool) and _sane(value):
            value = (
                str(int(value)) if value == int(value) else f"{value:f}" if isinstance(value, Decimal) else str(value)
            )
        if not isinstance(value, str):
            raise _refuse(path, f"text is needed, not {type(value).__name__}.")
        try:
            value.encode()
        except UnicodeEncodeError:
            raise _refuse(path, "the text holds characters that cannot be sent (lone surrogates).") from None
        least, most = schema.get("minLength"), schema.get("maxLength")
        if least is not None and len(value) < least:
            raise _refuse(path, f"at least {least} characters are needed, {len(value)} were given.")
        if most is not None and len(value) > most:
            raise _refuse(path, f"at most {most} characters are allowed, {len(value)} were given.")
        if "pattern" in schema and not _compiled(schema["pattern"]).search(value):
            raise _refuse(path, f"{shown(value)} has not the form {schema['pattern']}.")
        return value

    def integer(self, schema: Mapping[str, Any], value: Any, path: str) -> int:
        """Return a whole number, also from its text."""
        number = _read(value)
        if number is not None and number == int(number):
            value = int(number)
        if number is None or not isinstance(value, int):
            raise _refuse(path, f"a whole number is needed, not {shown(value)}.")
        self._range(schema, value, path)
        return value

    def number(self, schema: Mapping[str, Any], value: Any, path: str) -> int | float:
        """Return a number, also from its text; whole ones stay whole."""
        number = _read(value)
        if number is None:
            raise _refuse(path, f"a number is needed, not {shown(value)}.")
        plain = number if isinstance(number, int) else float(number)
        self._range(schema, plain, path)
        return plain

    @staticmethod
    def _range(schema: Mapping[str, Any], value: float, path: str) -> None:
        least, most, step = schema.get("minimum"), schema.get("maximum"), schema.get("multipleOf")
        if (least is not None and value < least) or (most is not None and value > most):
            limits = f"{'' if least is None else least}..{'' if most is None else most}"
            near = least if least is not None and value < least else most
            raise _refuse(path, f"{value} is out of range {limits}.", nearest=near)
        above, below = schema.get("exclusiveMinimum"), schema.get("exclusiveMaximum")
        if (above is not None and value <= above) or (below is not None and value >= below):
            limits = " and ".join(f"{sign} {n}" for sign, n in (("above", above), ("below", below)) if n is not None)
            raise _refuse(path, f"{value} is out of range: {limits}.")
        if step:
            off = (Decimal(str(value)) - Decimal(str(least or 0))) % Decimal(str(step))
            if off and Decimal(str(value)) % Decimal(str(step)):
                raise _refuse(path, f"{value} is not on a step of {step}.")

    def boolean(self, _schema: Mapping[str, Any], value: Any, path: str) -> bool:
        """Return true or false, also from their words."""
        if isinstance(value, bool):
            return value
        word = (
            str(value).strip().lower() if isinstance(value, str) or (isinstance(value, int) and value in (0, 1)) else ""
        )
        if word in _TRUE:
            return True
        if word in _FALSE:
            return False
        raise _refuse(path, f"true or false is needed, not {shown(value)}.", allowed=(True, False))

    def array(self, schema: Mapping[str, Any], value: Any, path: str) -> list[Any]:
        """Return a list; one value alone becomes a list of one."""
        if isinstance(value, str) and value.lstrip()[:1] == "[" and "x-file" not in schema.get("items", {}):
            value = _parsed(value)
        if not isinstance(value, (list, tuple)):
            value = [value]
        least, most = schema.get("minItems"), schema.get("maxItems")
        if least is not None and len(value) < least:
            raise _refuse(path, f"at least {least} are needed, {len(value)} were given.")
        if most is not None and len(value) > most:
            raise _refuse(path, f"at most {most} are allowed, {len(value)} were given.")
        items = schema.get("items", {})
        return [self.value(items, item, f"{path}[{i}]") for i, item in enumerate(value)]

    def object(self, schema: Mapping[str, Any], value: Any, path: str) -> dict[str, Any]:
        """Return an object, its members conformed."""
        if isinstance(value, str) and value.lstrip()[:1] == "{":
            value = _parsed(value)
        if not isinstance(value, Mapping):
            raise _refuse(path, f"an object is needed, not {shown(value)}.")
        fields = schema.get("properties", {})
        open_ = schema.get("additionalProperties", bool(path))
        out: dict[str, Any] = {}
        for name, inner in value.items():
            where = f"{path}.{name}" if path else name
            if name in fields:
                if inner == "" and "x-file" in fields[name] and name not in schema.get("required", ()):
                    out[name] = inner  # the vendor's own examples send "" for a file that is not given
                    continue
                out[name] = self.value(fields[name], inner, where)
            elif open_ is False:
                raise _refuse(
                    where,
                    "there is no such field.",
                    allowed=tuple(fields),
                    nearest=nearest(name, tuple(fields)),
                )
            else:
                out[name] = self.value(open_, inner, where) if isinstance(open_, Mapping) else inner
        if self.partial:
            return out
        for name in schema.get("required", ()):
            if name not in out:
                default = fields.get(name, {}).get("default")
                if default is None or path:
                    raise _refuse(f"{path}.{name}" if path else name, "is needed and was not given.")
                out[name] = json.loads(json.dumps(default)) if isinstance(default, (list, dict)) else default
        _combined(schema, out, path)
        return out


_CONVERT: dict[str, Callable[[_Walk, Mapping[str, Any], Any, str], Any]] = {
    "string": _Walk.string,
    "integer": _Walk.integer,
    "number": _Walk.number,
    "boolean": _Walk.boolean,
    "array": _Walk.array,
    "object": _Walk.object,
    "null": lambda _walk, _schema, value, _path: value,
}


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.DOTALL)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


# -------------------------------------------------------------------------------- across several fields


def _holds(schema: Any, value: Any) -> bool:
    """Whether a value (coerced already) satisfies a schema that speaks of several fields."""
    if isinstance(schema, bool):
        return schema
    if not isinstance(value, Mapping):
        return _fits(schema, value)
    present = {name for name, inner in value.items() if inner not in (None, "", [], {})}
    if any(name not in present for name in schema.get("required", ())):
        return False
    for name, inner in schema.get("properties", {}).items():
        if name in present and not _holds(inner, value[name]):
            return False
    for name, needed in schema.get("dependentRequired", {}).items():
        if name in present and any(other not in present for other in needed):
            return False
    return _logic(schema, value)


def _logic(schema: Mapping[str, Any], value: Any) -> bool:
    if "not" in schema and _holds(schema["not"], value):
        return False
    if "allOf" in schema and not all(_holds(each, value) for each in schema["allOf"]):
        return False
    if "anyOf" in schema and not any(_holds(each, value) for each in schema["anyOf"]):
        return False
    if "oneOf" in schema and sum(_holds(each, value) for each in schema["oneOf"]) != 1:
        return False
    if "if" in schema:
        branch = schema.get("then", True) if _holds(schema["if"], value) else schema.get("else", True)
        return _holds(branch, value)
    return True


def _fits(schema: Mapping[str, Any], value: Any) -> bool:
    """Whether a plain value satisfies a schema; a placeholder of a file satisfies all that is said of its text."""
    if "const" in schema and value != schema["const"]:
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if is_number and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        return False
    if isinstance(value, (list, tuple)):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            return False
        items = schema.get("items")
        if items and not all(_holds(items, item) for item in value):
            return False
    if isinstance(value, str):
        if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
            return False
        if "pattern" in schema and not _compiled(schema["pattern"]).search(value):
            return False
    return _logic(schema, value)


def _combined(schema: Mapping[str, Any], value: dict[str, Any], path: str) -> None:
    """Check what a schema says across the fields of an object.

    Raises:
        InvalidInput: with the schema's ``x-message`` where it has one.

    """
    for name, needed in schema.get("dependentRequired", {}).items():
        if name in value:
            for other in needed:
                if other not in value:
                    raise _refuse(other, f"is needed together with {name!r}.")
    for each in schema.get("allOf", ()):
        if not _holds(each, value):
            raise _refuse(path or _about(each, value), each.get("x-message") or "the values do not go together.")
    for key in ("anyOf", "oneOf"):
        branches = schema.get(key)
        if not branches:
            continue
        count = sum(_holds(branch, value) for branch in branches)
        if count == 0 or (key == "oneOf" and count > 1):
            forms = [" + ".join(b.get("required", ())) or b.get("x-message", "") for b in branches]
            wanted = "; or ".join(dict.fromkeys(f for f in forms if f))
            some = "one of these is needed" if count == 0 else "only one of these can be given"
            raise _refuse(path, schema.get("x-message") or f"{some}: {wanted or 'see the schema'}.")
    if "not" in schema and _holds(schema["not"], value):
        raise _refuse(path, schema["not"].get("x-message") or "these values exclude each other.")
    if "if" in schema and not _logic({k: schema[k] for k in ("if", "then", "else") if k in schema}, value):
        raise _refuse(path or _about(schema, value), schema.get("x-message") or "the values do not go together.")


def _about(rule: Mapping[str, Any], value: Mapping[str, Any]) -> str:
    """Return the field that a rule is about: the first that its consequence names, else that its condition names."""
    for key in ("then", "else", "not", "if"):
        part = rule.get(key)
        if isinstance(part, Mapping):
            for name in (*part.get("required", ()), *part.get("properties", {})):
                if name in value or key == "then":
                    return str(name)
    return ""


def conform(
    schema: Mapping[str, Any],
    value: Mapping[str, Any],
    *,
    files: FileHook,
    translate: Translate,
    partial: bool = False,
) -> dict[str, Any]:
    """Return an input in the types of its schema.

    Args:
        schema: the model's input schema.
        value: the input, native names.
        files: called for each value that stands where the link of a file belongs.
        translate: gives other words for a value that is not among the allowed ones.
        partial: judge only what is given: an estimate of the price needs no prompt.

    Raises:
        InvalidInput: names the field, the allowed values and the nearest one.

    """
    closed = {"additionalProperties": False, **schema} if "additionalProperties" not in schema else schema
    return _Walk(files, translate, partial=partial).object(closed, value, "")
