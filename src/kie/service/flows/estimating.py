"""What a run may cost, before it is started: the sum over all steps and their items."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kie.money import Price
    from kie.service.flows.planning import Plan, Planned
    from kie.service.flows.shape import Shape

__all__ = ["Estimate", "StepEstimate", "estimate"]

_ZERO = Decimal(0)


class StepEstimate(NamedTuple):
    """What a step may cost, in credits.

    Attributes:
        step: its name.
        items: how many it has; at least, where ``open``.
        low: the least that all of them cost.
        high: the most, or None where that is not known.
        open: whether only the run will tell how many there are.
        note: what is not known, in a few words, or "".

    """

    step: str
    items: int
    low: Decimal
    high: Decimal | None
    open: bool
    note: str


class Estimate(NamedTuple):
    """What a run may cost, in credits.

    Attributes:
        low: the least, if nothing fails.
        high: the most, or None where that is not known.
        steps: by step; local steps cost nothing and are left out.

    """

    low: Decimal
    high: Decimal | None
    steps: tuple[StepEstimate, ...]

    @property
    def unknown(self) -> tuple[str, ...]:
        """What is not known, in a sentence for each step."""
        return tuple(f"{step.step}: {step.note}" for step in self.steps if step.note)

    def within(self, limit: Decimal) -> bool:
        """Tell whether it surely stays within so many credits."""
        return self.high is not None and self.high <= limit


def estimate(shape: Shape, planned: Plan) -> Estimate:
    """Sum a plan up."""
    steps = []
    for name in shape.order:
        items = [item for item in planned.items if item.step == name and item.model]
        if items:
            steps.append(_step(name, items, uncounted=name in planned.uncounted))
    return Estimate(
        sum((step.low for step in steps), _ZERO),
        _sum(step.high for step in steps),
        tuple(steps),
    )


def _step(name: str, items: list[Planned], *, uncounted: bool) -> StepEstimate:
    notes = []
    if any(item.price is None for item in items):
        notes.append(f"no price is published for {', '.join(sorted({i.model for i in items if i.price is None}))}")
    elif any(item.price is not None and item.price.high is None for item in items):
        notes.append("no upper bound is known")
    if uncounted:
        notes.append("only the run will tell how many items there are")
    if not all(item.certain for item in items):
        notes.append("it may not be needed")
    low = sum((item.price.low for item in items if item.price is not None and item.certain), _ZERO)
    high = None if uncounted else _sum(_most(item.price, item.other) for item in items)
    return StepEstimate(name, len(items), low, high, uncounted, "; ".join(notes))


def _most(price: Price | None, other: Price | None) -> Decimal | None:
    if price is None or price.high is None:
        return None
    if other is None:
        return price.high
    return None if other.high is None else max(price.high, other.high)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    total = _ZERO
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total
