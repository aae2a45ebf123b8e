"""Rules across fields that JSON Schema cannot say, by name; the models' data say which apply and to what."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from kie.errors import InvalidInput

__all__ = ["RULES"]

Rule: TypeAlias = Callable[[Mapping[str, Any], Mapping[str, Any]], None]
_MENTION = re.compile(r"@([A-Za-z_]\w*)")


def _refuse(rule: Mapping[str, Any], field: str, text: str) -> InvalidInput:
    return InvalidInput(f"{field}: {rule.get('message') or text}", field=field)


def _given(value: Any) -> bool:
    return value not in (None, "", [], {})


def _count(value: Any) -> int:
    return len(value) if isinstance(value, (list, tuple)) else int(_given(value))


def _texts(given: Mapping[str, Any], path: str) -> list[str]:
    """Return the texts under ``prompt`` or ``multi_prompt[].prompt``."""
    head, _, tail = path.partition("[].")
    value = given.get(head)
    if not tail:
        return [value] if isinstance(value, str) else []
    return [v[tail] for v in value or () if isinstance(v, Mapping) and isinstance(v.get(tail), str)]


def elements_defined(rule: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    """Every ``@name`` in the prompt must be the name of an element."""
    elements = given.get(rule["elements"]) or ()
    key = rule.get("name", "name")
    names = {e.get(key) for e in elements if isinstance(e, Mapping)}
    prompts = rule["prompt"] if isinstance(rule["prompt"], list) else [rule["prompt"]]
    for path in prompts:
        for text in _texts(given, path):
            for mention in _MENTION.findall(text):
                if mention not in names and not any(isinstance(n, str) and mention.startswith(n) for n in names):
                    known = ", ".join(f"@{n}" for n in sorted(filter(None, names))) or "none"
                    raise _refuse(rule, path, f"@{mention} is not defined in {rule['elements']} (defined: {known}).")


def durations_within(rule: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    """The durations of the shots must lie within limits, and their sum within the total."""
    shots = given.get(rule["items"]) or ()
    key = rule.get("item", "duration")
    values = [float(s[key]) for s in shots if isinstance(s, Mapping) and s.get(key) is not None]
    least, most = rule.get("min"), rule.get("max")
    for index, value in enumerate(values):
        if (least is not None and value < least) or (most is not None and value > most):
            where = f"{rule['items']}[{index}].{key}"
            raise _refuse(rule, where, f"{value:g} s is out of range {least}..{most} s.")
    total = given.get(rule.get("total", ""))
    if values and total is not None and sum(values) > float(total) + 1e-9:
        text = f"the shots take {sum(values):g} s together, more than the {rule['total']} of {float(total):g} s."
        raise _refuse(rule, rule["items"], text)


def images_by_mode(rule: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    """How many images a mode takes, as ``counts: {MODE: [least, most]}``."""
    mode = given.get(rule["mode"])
    limits = rule["counts"].get(mode)
    if limits is None:
        return
    count = _count(given.get(rule["images"]))
    if not limits[0] <= count <= limits[1]:
        wanted = str(limits[0]) if limits[0] == limits[1] else f"{limits[0]} to {limits[1]}"
        raise _refuse(rule, rule["images"], f"{mode} takes {wanted} images, {count} were given.")


def at_most_one_of(rule: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    """Groups of fields that exclude each other."""
    used = [group for group in rule["groups"] if any(_given(given.get(name)) for name in group)]
    if len(used) > 1:
        names = "; ".join(", ".join(n for n in group if _given(given.get(n))) for group in used)
        raise _refuse(rule, used[1][0], f"these exclude each other: {names}.")


def weighted_sum_at_most(rule: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    """A quota over several lists: images + 2 × videos + characters ≤ 7, say."""
    total = sum(weight * _count(given.get(name)) for name, weight in rule["weights"].items())
    if total > rule["most"]:
        parts = " + ".join(n if w == 1 else f"{w} × {n}" for n, w in rule["weights"].items())
        raise _refuse(rule, next(iter(rule["weights"])), f"{parts} may be {rule['most']} at most, it is {total}.")


def one_of_required(rule: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    """At least one of some fields must be given."""
    if not any(_given(given.get(name)) for name in rule["fields"]):
        raise _refuse(rule, rule["fields"][0], f"one of these is needed: {', '.join(rule['fields'])}.")


RULES: dict[str, Rule] = {
    "at_most_one_of": at_most_one_of,
    "durations_within": durations_within,
    "elements_defined": elements_defined,
    "images_by_mode": images_by_mode,
    "one_of_required": one_of_required,
    "weighted_sum_at_most": weighted_sum_at_most,
}
