"""One item of a batch as it was written: its model, its input, its options; or why it is none."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from kie.catalogue import Model

__all__ = [
    "DEEPEST",
    "OPTIONS",
    "Bad",
    "Cell",
    "Entry",
    "Line",
    "Refused",
    "entry",
    "parsed",
    "uncelled",
    "with_options",
]

#: What an item may say besides its model and its input.
OPTIONS = ("id", "priority", "max_credits", "callback_url")
_LONGEST_ID = 200
_LONGEST_URL = 2000
_LONGEST_MODEL = 200
_HIGHEST = 1000
#: Lists and objects within one another: no input has so many, and Python's own limit depends on who calls.
DEEPEST = 60
_FLAT = frozenset({str, int, float, bool, type(None)})
#: Characters of a sentence about a line.
_SHOWN = 300


class Cell(str):
    """Text of a CSV cell that begins like JSON: whether it is any depends on the model's input. See `uncelled`."""

    __slots__ = ()


class Line(NamedTuple):
    """An item as it was written; nobody has looked at its input yet.

    Attributes:
        line: its line, from 1; the first one where it has several.
        model: the name of its model, or None where it names none.
        input: its inputs.
        id: the caller's own name for it, or None.
        priority: its own priority, -1000..1000, or None.
        max_credits: the most that it may cost in credits, or None.
        callback_url: where its end is told, or None.

    """

    line: int
    model: str | None
    input: dict[str, Any]
    id: str | None = None
    priority: int | None = None
    max_credits: Decimal | None = None
    callback_url: str | None = None


class Refused(NamedTuple):
    """A line that is no item.

    Attributes:
        line: its number, from 1.
        code: what is wrong, in a word that does not change.
        message: what is wrong, in a sentence.
        field: the input or option at fault, or None.
        about: the part of the sentence that differs from case to case, for translations.

    """

    line: int
    code: str
    message: str
    field: str | None = None
    about: str = ""


Entry: TypeAlias = Line | Refused


class Bad(Exception):
    """What is wrong with a line."""

    def __init__(self, code: str, message: str, field: str | None = None, about: str = "") -> None:
        super().__init__(_short(message))
        self.code, self.field, self.about = code, field and _short(field), _short(about)

    def at(self, line: int) -> Refused:
        """Tell it of a line."""
        return Refused(line, self.code, str(self), self.field, self.about)


def _short(text: str) -> str:
    """Cut what a hostile line wants to have told."""
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        twice, _ = Counter(name for name, _ in pairs).most_common(1)[0]
        raise Bad("twice", f"{twice} is given twice.", twice, twice)
    return made


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no number of JSON")


def _finite(word: str) -> float:
    number = float(word)
    return number if math.isfinite(number) else _no_number(word)


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_no_number, parse_float=_finite)


def parsed(text: str) -> Any:
    """Read JSON strictly: no name twice, no NaN, no half characters.

    Raises:
        Bad: a name is given twice.
        ValueError, RecursionError: it is no JSON.

    """
    value = _DECODER.decode(text)
    if "\\ud" in text or "\\uD" in text:
        json.dumps(value, ensure_ascii=False).encode()  # half a character is a UnicodeEncodeError, a ValueError
    return value


def entry(value: object, line: int, ids: set[str]) -> Entry:
    """Make an item of what a line says: inputs beside a model, or an input with a model and options beside it.

    Args:
        value: what the line holds.
        line: its number.
        ids: of the items before; an id is used once.

    """
    if not isinstance(value, Mapping):
        return Refused(line, "no-object", "An item must be an object.")
    given = dict(value)
    inner = given.get("input")
    try:
        _shallow(given)
        if not isinstance(inner, Mapping):
            options = {"model": given.pop("model")} if "model" in given else {}
            return with_options(line, options, given, ids)
        del given["input"]
        _known(given)
        return with_options(line, given, dict(inner), ids)
    except Bad as bad:
        return bad.at(line)


def _shallow(given: dict[Any, Any]) -> None:
    level: list[Any] = list(given.values())
    for _ in range(DEEPEST):
        held = [each for each in level if type(each) not in _FLAT and isinstance(each, (Mapping, list, tuple))]
        if not held:
            return
        inner = (one for each in held for one in (each.values() if isinstance(each, Mapping) else each))
        level = list({id(one): one for one in inner}.values())  # once each: one may hold itself
    raise Bad("no-json", "This is not JSON: it is nested too deep.", None, "it is nested too deep")


def _known(options: Mapping[Any, Any]) -> None:
    unknown = next((name for name in options if name != "model" and name not in OPTIONS), None)
    if unknown is not None:
        known = ", ".join(("model", "input", *OPTIONS))
        raise Bad("option", f"{unknown}: an item has {known}.", str(unknown), str(unknown))


def with_options(line: int, options: Mapping[str, Any], inputs: dict[str, Any], ids: set[str]) -> Line:
    """Make an item; its id is added to those of the others.

    Raises:
        Bad: an option is not what it should be, or the id was used before.

    """
    model = options.get("model")
    if model is not None and (not isinstance(model, str) or not model.strip() or len(model) > _LONGEST_MODEL):
        raise Bad("option", "model: a name is needed.", "model", "model")
    name = _id(options.get("id"))
    item = Line(
        line,
        model,
        inputs,
        name,
        _priority(options.get("priority")),
        _credits(options.get("max_credits")),
        _url(options.get("callback_url")),
    )
    if name is not None:
        if name in ids:
            raise Bad("same-id", f"The id {name!r} was used before.", "id", name)
        ids.add(name)
    return item


def _id(value: object) -> str | None:
    if value is None:
        return None
    text = str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    if not text.strip() or len(text) > _LONGEST_ID or not text.isprintable():
        raise Bad("option", f"id: a text of 1 to {_LONGEST_ID} characters is needed.", "id", "id")
    return text


def _priority(value: object) -> int | None:
    if value is None:
        return None
    text = str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    digits = text.strip().removeprefix("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 6 and int(digits) <= _HIGHEST):  # noqa: PLR2004
        message = f"priority: a whole number from -{_HIGHEST} to {_HIGHEST} is needed."
        raise Bad("option", message, "priority", "priority")
    return int(text)


def _credits(value: object) -> Decimal | None:
    if value is None:
        return None
    try:
        amount = Decimal(str(value).strip()) if isinstance(value, (str, int, float, Decimal)) else Decimal("NaN")
    except InvalidOperation:
        amount = Decimal("NaN")
    if isinstance(value, bool) or not amount.is_finite() or amount < 0 or amount.adjusted() > 11:  # noqa: PLR2004
        message = "max_credits: a number of credits is needed, 0 or more."
        raise Bad("option", message, "max_credits", "max_credits")
    return amount


def _url(value: object) -> str | None:
    if value is None:
        return None
    known = isinstance(value, str) and value.lower().startswith(("https://", "http://"))
    if not isinstance(value, str) or not known or len(value) > _LONGEST_URL or not value.isprintable() or " " in value:
        message = f"callback_url: an http(s) address of at most {_LONGEST_URL} characters is needed."
        raise Bad("option", message, "callback_url", "callback_url")
    return value


def uncelled(inputs: dict[str, Any], model: Model) -> dict[str, Any]:
    """Read the cells that begin like JSON as such, unless the model's input is a text or they are none."""
    if not any(isinstance(value, Cell) for value in inputs.values()):
        return inputs
    return {name: _uncelled(name, value, model) for name, value in inputs.items()}


def _uncelled(name: str, value: Any, model: Model) -> Any:
    if not isinstance(value, Cell):
        return value
    field = model.fields.get(name) or model.fields.get(model.roles.get(name, name), {})
    if field.get("type") == "string":
        return str(value)
    try:
        return parsed(value)
    except (Bad, ValueError, RecursionError):
        return str(value)
