"""The price of a call out of its inputs: tiers by condition, times a quantity, plus extras. Decimal all through.

What an input leaves open counts as its schema default; where there is none the price becomes a range over all tiers
that can still apply.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, Any

from kie.money import Price, credits_of

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Estimator"]

_ONE = Decimal(1)
_MILLION = Decimal(1_000_000)
_UNKNOWN = object()


class Estimator:
    """Reads a model's ``price`` record.

    Args:
        record: unit, tiers, quantity, extras, source and date (see CONTRIBUTING).
        schema: the model's input schema, for defaults.

    """

    def __init__(self, record: dict[str, Any], schema: dict[str, Any]) -> None:
        self._record = record
        self._fields: dict[str, Any] = schema.get("properties") or {}

    def price(self, inputs: dict[str, Any]) -> Price | None:
        """Estimate the price of a call with these inputs, native names.

        Returns:
            None where no tier can apply.

        """
        record = self._record
        notes = [record["note"]] if record.get("note") else []
        tokens = record.get("tokens")
        if tokens:
            return self._by_tokens(tokens, inputs, notes)
        tiers = self._tiers(inputs)
        if not tiers:
            return None
        low_n, high_n = self._quantity(inputs, notes)
        extra_low, extra_high = self._extras(inputs)
        low = min(tiers) * low_n + extra_low
        top = None if high_n is None or extra_high is None else max(tiers) * high_n + extra_high
        return self._made(low, top, notes)

    def _made(self, low: Decimal, high: Decimal | None, notes: Iterable[str]) -> Price:
        record = self._record
        return Price(
            low=_plain(low),
            high=None if high is None else _plain(high),
            unit=record["unit"],
            note="; ".join(notes),
            source=record.get("source", ""),
            date=record.get("date", ""),
        )

    def _value(self, name: str, inputs: dict[str, Any]) -> Any:
        if name.startswith("#"):
            return bool(inputs.get(name[1:]))
        value = inputs.get(name)
        if value is None:
            value = self._fields.get(name, {}).get("default", _UNKNOWN)
        return value

    def _tiers(self, inputs: dict[str, Any]) -> list[Decimal]:
        """Return the credits of all tiers that can apply: one where the inputs decide."""
        out: list[Decimal] = []
        for tier in self._record.get("tiers", ()):
            sure = possible = True
            for name, wanted in tier.get("when", {}).items():
                value = self._value(name, inputs)
                if value is _UNKNOWN:
                    sure = False
                elif not _same(value, wanted):
                    possible = False
                    break
            if possible:
                out.append(Decimal(tier["credits"]))
                if sure:
                    break
        return out

    def _quantity(self, inputs: dict[str, Any], notes: list[str]) -> tuple[Decimal, Decimal | None]:
        rule = self._record.get("quantity")
        if not rule:
            return _ONE, _ONE
        if "fixed" in rule:
            amount = Decimal(str(rule["fixed"]))
            return amount, amount
        if "chars" in rule:
            return self._chars(rule, inputs, notes)
        name = rule.get("field") or rule.get("count")
        value = self._value(name, inputs)
        amount_or_none = None if value is _UNKNOWN else credits_of(value)
        if amount_or_none is not None and amount_or_none > 0:
            amount = amount_or_none * Decimal(str(rule.get("times", 1)))
            if any(inputs.get(other) for other in rule.get("plus_seconds_of", ())):
                return amount, None
            return amount, amount
        if "count" in rule:
            return _ONE, _ONE
        schema = self._fields.get(name, {})
        choices = [c for c in (credits_of(v) for v in schema.get("enum", ())) if c is not None and c > 0]
        low = min(choices) if choices else credits_of(schema.get("minimum")) or _ONE
        high = max(choices) if choices else credits_of(schema.get("maximum"))
        if high is None:
            notes.append(f"per {self._record['unit']}: the total depends on what is put in")
        return max(low, _ONE), high

    def _chars(self, rule: dict[str, Any], inputs: dict[str, Any], notes: list[str]) -> tuple[Decimal, Decimal | None]:
        def amount(chars: int) -> Decimal:
            units = Decimal(chars) / Decimal(rule.get("per", 1))
            return max(units.to_integral_value(ROUND_CEILING), _ONE) if rule.get("round") == "up" else units

        texts = [text for path in rule["chars"] for text in _texts(inputs, path)]
        if texts:
            told = amount(sum(map(len, texts)))
            return told, told
        longest = [self._fields.get(path, {}).get("maxLength") for path in rule["chars"]]
        if all(longest):
            return amount(0), amount(sum(longest))
        notes.append(f"per {self._record['unit']}: the total depends on the text")
        return amount(0), None

    def _extras(self, inputs: dict[str, Any]) -> tuple[Decimal, Decimal | None]:
        low = high = Decimal(0)
        for extra in self._record.get("add", ()):
            each = Decimal(extra["credits"])
            value = inputs.get(extra["field"])
            count = len(value) if isinstance(value, (list, tuple)) else int(value is not None)
            beyond = max(0, count - int(extra.get("after", 0)))
            low += each * beyond
            high += each * beyond
        return low, high

    def _by_tokens(self, tokens: dict[str, str], inputs: dict[str, Any], notes: list[str]) -> Price:
        spent = {name: credits_of(inputs.get(f"{name}_tokens")) for name in tokens}
        if any(value is not None for value in spent.values()):
            nothing = Decimal(0)
            total = sum((Decimal(tokens[n]) * max(v or nothing, nothing) / _MILLION for n, v in spent.items()), nothing)
            return self._made(total, total, notes)
        rates = ", ".join(f"{name} {rate}" for name, rate in tokens.items())
        return self._made(Decimal(0), None, [*notes, f"credits per million tokens: {rates}"])


def _plain(amount: Decimal) -> Decimal:
    """Drop trailing zeros without going to exponents (12.00 → 12, never 1.2E+1)."""
    normal = amount.normalize()
    return normal.quantize(_ONE) if normal == normal.to_integral_value() else normal


def _same(value: Any, wanted: Any) -> bool:
    """Whether a value is (one of) the wanted: 5 and "5" are the same, so are true and "true", 1k and 1K."""
    if isinstance(wanted, list):
        return any(_same(value, each) for each in wanted)
    if isinstance(value, bool) or isinstance(wanted, bool):
        return isinstance(value, (bool, str)) and str(value).lower() == str(wanted).lower()
    left, right = credits_of(value), credits_of(wanted)
    if left is not None and right is not None:
        return left == right
    return isinstance(value, str) and value.strip().lower() == str(wanted).lower()


def _texts(inputs: Any, path: str) -> list[str]:
    """Return the texts under a path like ``dialogue[].text``."""
    values: list[Any] = [inputs]
    for part in path.split("."):
        key, each = part.removesuffix("[]"), part.endswith("[]")
        found = [v.get(key) for v in values if isinstance(v, dict)]
        values = [x for v in found if isinstance(v, (list, tuple)) for x in v] if each else found
    return [v for v in values if isinstance(v, str)]
