"""Plain data ↔ a flow. What has the wrong shape is told, all of it, with its place."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from kie.service.flows.declaring import TYPES, Flow, Input, OnFailure, Step
from kie.service.flows.errors import FlowInvalid, Problem
from kie.service.flows.yaml_text import fits, read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["credits_of", "priority_of", "read_flow", "to_flow", "to_mapping"]

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")
_FLOW = ("name", "description", "inputs", "steps", "outputs", "max_credits")
_STEP = (
    "model", "follow_up", "of", "run", "input", "for_each", "as", "when", "on_failure", "priority", "max_credits",
)  # fmt: skip
_INPUT = ("type", "default", "choices", "of", "fields", "help", "most", "least", "needed")
_FAILURE = ("use", "model", "input", "then")
#: Names that references use for something else.
_TAKEN = ("inputs", "steps", "index", "run", "or")
_PRIORITY = 100
_MOST_CREDITS = 10**9
#: Steps of a flow: to check very many that refer to one another takes long, and they are wanted by nobody.
_MOST_STEPS = 500


def read_flow(text: str) -> Flow:
    """Read a flow from YAML.

    Raises:
        FlowInvalid: it is none; every problem is told with its line.

    """
    data, places = read_yaml(text)
    return to_flow(data, places)


def to_flow(data: Any, places: Mapping[str, int] | None = None) -> Flow:
    """Make a flow of plain data.

    Raises:
        FlowInvalid: it has not the shape of one.

    """
    return _Reader(places or {}).flow(data)


def credits_of(value: Any) -> Decimal | None:
    """Return a number of credits, from 0 to a milliard; None where it is none."""
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if not isinstance(value, bool) and found.is_finite() and 0 <= found <= _MOST_CREDITS else None


def priority_of(value: Any) -> int | None:
    """Return a priority, -100 to 100; None where it is none."""
    right = isinstance(value, int) and not isinstance(value, bool) and -_PRIORITY <= value <= _PRIORITY
    return value if right else None


class _Reader:
    def __init__(self, places: Mapping[str, int]) -> None:
        self._places = places
        self._problems: list[Problem] = []

    def _wrong(self, path: str, message: str) -> None:
        self._problems.append(Problem(path, message, self._places.get(path)))

    def _known(self, data: Mapping[str, Any], allowed: tuple[str, ...], path: str) -> None:
        for name in data:
            if name not in allowed:
                self._wrong(f"{path}.{name}" if path else str(name), f"Unknown; possible: {', '.join(allowed)}.")

    def _record(self, value: Any, path: str) -> dict[str, Any]:
        if value is None:
            return {}
        if isinstance(value, dict) and all(isinstance(name, str) for name in value):
            return value
        self._wrong(path, "Names with values are needed here.")
        return {}

    def _text(self, value: Any, path: str) -> str | None:
        if value is None or isinstance(value, str):
            return value
        self._wrong(path, "A text is needed.")
        return None

    def _credits(self, value: Any, path: str) -> Decimal | None:
        if value is None:
            return None
        found = credits_of(value)
        if found is None:
            self._wrong(path, f"{str(value)[:60]!r} is not a number of credits.")
        return found

    def flow(self, data: Any) -> Flow:
        if not isinstance(data, dict):
            raise FlowInvalid.of("", [Problem("", "A flow is names with values: name, inputs, steps, …", 1)])
        if not fits(data):
            raise FlowInvalid.of("", [Problem("", "It has too many values, or they lie too deep in one another.")])
        self._known(data, _FLOW, "")
        name = data.get("name")
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            self._wrong("name", "A name is needed: a letter, then letters, digits, - and _, 64 at most.")
            name = ""
        inputs = {
            word: self.input(inner, f"inputs.{word}")
            for word, inner in self._record(data.get("inputs"), "inputs").items()
            if self._named(word, f"inputs.{word}")
        }
        steps = {
            word: self._step(inner, f"steps.{word}")
            for word, inner in self._record(data.get("steps"), "steps").items()
            if self._named(word, f"steps.{word}")
        }
        if not steps and not self._problems:
            self._wrong("steps", "There is none.")
        if len(steps) > _MOST_STEPS:
            self._wrong("steps", f"{len(steps)} steps; {_MOST_STEPS} are allowed.")
        flow = Flow(
            name,
            steps,
            inputs,
            self._record(data.get("outputs"), "outputs"),
            self._text(data.get("description"), "description") or "",
            self._credits(data.get("max_credits"), "max_credits"),
            dict(self._places),
        )
        if self._problems:
            raise FlowInvalid.of(name, self._problems)
        return flow

    def _named(self, word: str, path: str) -> bool:
        if _WORD.fullmatch(word):
            return True
        self._wrong(path, "A name is a letter, then letters, digits and _, 64 at most.")
        return False

    def input(self, data: Any, path: str) -> Input:
        if isinstance(data, str):
            data = {"type": data}
        elif isinstance(data, list):
            data = {"type": "list", "of": data[0] if len(data) == 1 else None}
        given = self._record(data, path)
        if given and "type" not in given and not set(given) <= set(_INPUT):
            given = {"type": "record", "fields": given}  # the short form: fields with their types
        self._known(given, _INPUT, path)
        kind = given.get("type", "list" if "of" in given else "record" if "fields" in given else "text")
        if kind not in TYPES:
            self._wrong(f"{path}.type", f"{kind!r} is no type; possible: {', '.join(TYPES)}.")
            kind = "text"
        choices = given.get("choices") or []
        if not isinstance(choices, list):
            self._wrong(f"{path}.choices", "A list is needed.")
            choices = []
        counts = {word: given.get(word) for word in ("most", "least")}
        for word, count in counts.items():
            if count is not None and (not isinstance(count, int) or isinstance(count, bool) or count < 0):
                self._wrong(f"{path}.{word}", "A whole number from 0 is needed.")
                counts[word] = None
        fields = self._record(given.get("fields"), f"{path}.fields")
        return Input(
            kind,
            given.get("default"),
            given.get("needed", "default" not in given) is True,
            tuple(choices),
            self.input(given["of"], f"{path}.of") if given.get("of") is not None else None,
            {word: self.input(inner, f"{path}.fields.{word}") for word, inner in fields.items()},
            self._text(given.get("help"), f"{path}.help") or "",
            counts["most"],
            counts["least"] or 0,
        )

    def _step(self, data: Any, path: str) -> Step:
        given = self._record(data, path)
        self._known(given, _STEP, path)
        texts = {
            word: self._text(given.get(word), f"{path}.{word}")
            for word in ("model", "follow_up", "of", "run", "as", "when")
        }
        kinds = [word for word in ("model", "follow_up", "run") if given.get(word) is not None]
        if len(kinds) != 1:
            self._wrong(path, "A step has exactly one of model, follow_up (with of) and run.")
        if (given.get("follow_up") is None) != (given.get("of") is None):
            self._wrong(path, "follow_up and of belong together.")
        called = texts["as"] or "item"
        if not _WORD.fullmatch(called) or called in _TAKEN:
            self._wrong(f"{path}.as", f"{called!r} cannot be the name of an item.")
        if given.get("as") is not None and given.get("for_each") is None:
            self._wrong(f"{path}.as", "It names the item of a for_each, and there is none.")
        priority = priority_of(given.get("priority", 0))
        if priority is None:
            self._wrong(f"{path}.priority", f"A whole number from -{_PRIORITY} to {_PRIORITY} is needed.")
            priority = 0
        return Step(
            texts["model"],
            texts["follow_up"],
            texts["of"],
            texts["run"],
            self._record(given.get("input"), f"{path}.input"),
            given.get("for_each"),
            called,
            texts["when"],
            self._failure(given.get("on_failure"), f"{path}.on_failure"),
            priority,
            self._credits(given.get("max_credits"), f"{path}.max_credits"),
        )

    def _failure(self, data: Any, path: str) -> OnFailure:
        if data is None or data in ("fail", "skip"):
            return OnFailure(data or "fail")
        if not isinstance(data, dict) or ("use" in data) == ("model" in data):
            self._wrong(path, "fail, skip, {use: step} or {model: other, …} is needed.")
            return OnFailure()
        self._known(data, _FAILURE, path)
        then = data.get("then", "fail")
        if then not in ("fail", "skip"):
            self._wrong(f"{path}.then", "fail or skip is needed.")
            then = "fail"
        return OnFailure(
            "use" if "use" in data else "model",
            self._text(data.get("use"), f"{path}.use"),
            self._text(data.get("model"), f"{path}.model"),
            self._record(data.get("input"), f"{path}.input"),
            then,
        )


def to_mapping(flow: Flow) -> dict[str, Any]:
    """Make plain data of a flow, from which `to_flow` makes the same flow again."""
    return _without(
        {
            "name": flow.name,
            "description": flow.description,
            "inputs": {name: _input(each) for name, each in flow.inputs.items()},
            "steps": {name: _of_step(step) for name, step in flow.steps.items()},
            "outputs": dict(flow.outputs),
            "max_credits": _number(flow.max_credits),
        }
    )


def _input(each: Input) -> dict[str, Any]:
    told: dict[str, Any] = {"type": each.type, "help": each.help, "most": each.most}
    if not each.needed:
        told["needed"] = False
    if each.least:
        told["least"] = each.least
    if each.choices:
        told["choices"] = list(each.choices)
    if each.of is not None:
        told["of"] = _input(each.of)
    if each.fields:
        told["fields"] = {name: _input(inner) for name, inner in each.fields.items()}
    return {**_without(told), **({"default": each.default} if each.default is not None else {})}


def _of_step(step: Step) -> dict[str, Any]:
    told: dict[str, Any] = {
        "model": step.model,
        "follow_up": step.follow_up,
        "of": step.of,
        "run": step.run,
        "input": dict(step.input),
        "for_each": step.for_each,
        "as": step.each_as if step.for_each is not None and step.each_as != "item" else None,
        "when": step.when,
        "priority": step.priority or None,
        "max_credits": _number(step.max_credits),
    }
    failure = step.on_failure
    if failure.action == "use":
        told["on_failure"] = {"use": failure.step}
    elif failure.action == "model":
        told["on_failure"] = _without({"model": failure.model, "input": dict(failure.input), "then": failure.then})
    elif failure.action != "fail":
        told["on_failure"] = failure.action
    return _without(told)


def _number(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"


def _without(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value not in (None, "", {})}
