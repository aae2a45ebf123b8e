"""Judges the fields of a request as the vendor does: leniently, and in the words that were recorded.

The market answers a bad input with body code 500, the dedicated families with 422 (CONTRACT §6). What can be
read as the right type is accepted ("5" for 5, "true" for true), and unknown fields are ignored unless
`strict` is set.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kie.emulator.facts import Fact

REQUIRED = "This field is required"
NOT_ALLOWED = "{} is not within the range of allowed options"
TOO_LONG = "{} exceeds the maximum length"
WRONG_TYPE = "{} has the wrong type"

#: Required by a page, and absent from requests that were accepted.
NOT_ENFORCED = frozenset({"stemName", "stem_name", "callBackUrl", "calBackUrl", "model"})
#: Required though its page shows a default: recorded refusals (CONTRACT §7, 16).
ENFORCED = frozenset({"voice"})


class Refused(Exception):
    """The vendor would not take this request."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


def check(fact: Fact, inputs: dict[str, Any], *, strict: bool = False) -> None:
    """Raises Refused when a required field is missing or a value is outside of what the vendor takes."""
    for name in fact.required:
        given = inputs.get(name)
        if name in NOT_ENFORCED or not (given is None if name in fact.empty else _missing(given)):
            continue
        if strict or not (_filled(name, fact.fields.get(name, {})) or _unsung(name, inputs)):
            raise Refused(REQUIRED, name)
    if strict:
        unknown = sorted(set(inputs) - set(fact.fields) - {"callBackUrl", "calBackUrl"})
        if unknown and fact.fields:
            raise Refused(f"{unknown[0]} is not a field of this model", unknown[0])
    for name, schema in fact.fields.items():
        value = inputs.get(name)
        if value is not None:
            _check(name, schema, value)


def _filled(name: str, schema: dict[str, Any]) -> bool:
    """Whether the vendor fills a required field that is left out: assumed of choices with a documented default.

    34 current models document fields as required that have a default (`multi_shots` of kling-3.0/video, `quality` of
    seedream/4.5). Clients in wide use leave them out, so a refusal would have been noticed. What is written rather
    than chosen, such as a prompt whose "default" is an example, is not filled.
    """
    chosen = "enum" in schema or schema.get("type") in {"boolean", "integer", "number"}
    return chosen and schema.get("default") is not None and name not in ENFORCED


def _unsung(name: str, inputs: dict[str, Any]) -> bool:
    """Whether this is the prompt of an instrumental song in custom mode, which wants style and title alone."""
    custom = inputs.get("customMode", inputs.get("custom_mode"))
    return name == "prompt" and custom is True and inputs.get("instrumental") is True


def _missing(value: Any) -> bool:
    return value is None or value in ("", [], {})


def _check(name: str, schema: dict[str, Any], value: Any) -> None:
    if value == "" and "minLength" not in schema:
        return  # an empty string counts as left out
    kind = schema.get("type")
    if isinstance(kind, list):
        kind = next((one for one in kind if one != "null"), None)
    checker = _CHECKERS.get(str(kind))
    if checker is not None:
        checker(name, schema, value)
    _enum(name, schema, value)


def _boolean(name: str, _schema: dict[str, Any], value: Any) -> None:
    if str(value).lower() not in {"true", "false", "0", "1"}:
        raise Refused(WRONG_TYPE.format(name), name)


def _string(name: str, schema: dict[str, Any], value: Any) -> None:
    if isinstance(value, dict) or (isinstance(value, list) and len(value) != 1):
        raise Refused(WRONG_TYPE.format(name), name)
    if len(str(value)) > schema.get("maxLength", float("inf")):
        raise Refused(TOO_LONG.format(name), name)


def _object(name: str, schema: dict[str, Any], value: Any) -> None:
    if not isinstance(value, dict):
        raise Refused(WRONG_TYPE.format(name), name)
    for key, inner in schema.get("properties", {}).items():
        if value.get(key) is not None:
            _check(key, inner, value[key])


def _enum(name: str, schema: dict[str, Any], value: Any) -> None:
    allowed = schema.get("enum")
    if allowed and not isinstance(value, list | dict):
        words = {_word(option) for option in allowed}
        if _word(value) not in words:
            raise Refused(NOT_ALLOWED.format(name), name)


def _word(value: Any) -> str:
    """A value as it is compared: 0.5, "0.50" and "0.5" are one, True and "true" too, "jpg" and "jpeg" too."""
    text = str(value).strip().lower()
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        return str(float(text))
    return "jpeg" if text == "jpg" else text


def _number(name: str, schema: dict[str, Any], value: Any) -> None:
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise Refused(WRONG_TYPE.format(name), name) from None
    if number < schema.get("minimum", float("-inf")) or number > schema.get("maximum", float("inf")):
        raise Refused(NOT_ALLOWED.format(name), name)


def _array(name: str, schema: dict[str, Any], value: Any) -> None:
    if not isinstance(value, list):
        if isinstance(value, dict):
            raise Refused(WRONG_TYPE.format(name), name)
        return  # one URL where a list of URLs is meant
    if len(value) > schema.get("maxItems", float("inf")) or len(value) < schema.get("minItems", 0):
        raise Refused(NOT_ALLOWED.format(name), name)
    items = schema.get("items", {})
    for item in value:
        for key in items.get("required", ()) if isinstance(item, dict) else ():
            if item.get(key) is None:
                raise Refused(REQUIRED, f"{name}.{key}")
        _check(name, items, item)


_CHECKERS = {
    "number": _number,
    "integer": _number,
    "array": _array,
    "object": _object,
    "string": _string,
    "boolean": _boolean,
}
