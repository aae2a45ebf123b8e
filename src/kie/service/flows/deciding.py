"""How a run goes on: from what is known of its items to what is to be done next. Pure; nothing is read or written.

It may be asked again at any time, and by two workers at once: what it decides follows from the rows alone, and each
deed is guarded by the state of the row that it changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kie.errors import InvalidInput
from kie.service.flows.references import Missing, condition, holds, resolve
from kie.service.flows.scope import Item, StepItems, as_links, scope_of
from kie.service.flows.shape import MOST_ITEMS, outputs_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kie.service.flows.declaring import Step
    from kie.service.flows.shape import Shape

__all__ = ["Begin", "Decision", "Known", "decide"]

#: Items that are begun by one decision; the next begins more.
_MOST = 200
_OVER = ("succeeded", "failed", "skipped", "cancelled")


class Known(NamedTuple):
    """What is known of an item.

    Attributes:
        state: "waiting" (for its generation), "working" (a local step), "succeeded", "failed", "skipped", "cancelled".
        tries: how many models were tried before, 0 or 1.
        item: the item with its facts, where it succeeded.
        error: where it failed.

    """

    state: str
    tries: int = 0
    item: Item | None = None
    error: Mapping[str, Any] | None = None


class Begin(NamedTuple):
    """An item is to be begun, or to be left out.

    Attributes:
        step: which step.
        place: which item.
        tries: 0, or 1 where it is tried with another model.
        value: what it is made for, or None where it is done once.
        input: with all references resolved; None where it is skipped.
        why: why it is skipped, or "".
        source: the item whose generation is followed, or None.

    """

    step: str
    place: int
    tries: int
    value: Any
    input: dict[str, Any] | None
    why: str = ""
    source: Item | None = None


class Decision(NamedTuple):
    """What is to be done.

    Attributes:
        begin: items to be begun or skipped.
        counts: how many items each step has, as far as that is known.
        settled: the steps that are over.
        failure: the item that lets the run fail, (step, place), or None.
        over: whether the run has succeeded.
        outputs: what it hands back, where it has; files as `scope.File`.

    """

    begin: tuple[Begin, ...]
    counts: dict[str, int]
    settled: frozenset[str]
    failure: tuple[str, int] | None = None
    over: bool = False
    outputs: dict[str, Any] | None = None


def decide(
    shape: Shape,
    inputs: Mapping[str, Any],
    run: Mapping[str, Any],
    rows: Mapping[str, Mapping[int, Known]],
    only: tuple[str, int] | None = None,
) -> Decision:
    """Decide how a run goes on.

    Args:
        shape: of its flow.
        inputs: with defaults.
        run: what ``${run.…}`` tells.
        rows: what is known of items, by step and place.
        only: begin nothing but the item of this step and place.

    Raises:
        InvalidInput: what the run has brought would make it larger than a run may be.

    """
    return _Decider(shape, inputs, run, rows, only).decide()


class _Decider:
    def __init__(
        self,
        shape: Shape,
        inputs: Mapping[str, Any],
        run: Mapping[str, Any],
        rows: Mapping[str, Mapping[int, Known]],
        only: tuple[str, int] | None,
    ) -> None:
        self._only = only
        self._shape = shape
        self._rows = rows
        self._items: dict[str, StepItems] = {}
        self._scope = scope_of(inputs, self._items, run)
        self._places: dict[str, dict[int, Any]] = {}
        self._complete: set[str] = set()
        self._begin: list[Begin] = []

    def decide(self) -> Decision:
        failure = self._failure()
        for name in self._shape.order:
            self._step(name, self._shape.flow.steps[name], idle=failure is not None)
        settled = frozenset(name for name in self._shape.order if self._settled(name))
        counts = {name: len(places) for name, places in self._places.items() if name in self._complete}
        over = failure is None and not self._begin and len(settled) == len(self._shape.flow.steps)
        return Decision(tuple(self._begin[:_MOST]), counts, settled, failure, over, self._outputs() if over else None)

    def _failure(self) -> tuple[str, int] | None:
        """The first item whose failure is the run's."""
        for name in self._shape.order:
            failure = self._shape.flow.steps[name].on_failure
            for place, known in sorted(self._rows.get(name, {}).items()):
                if known.state == "failed" and not self._again(name, known):
                    means = failure.then if failure.action == "model" else failure.action
                    if means == "fail":
                        return name, place
        return None

    def _again(self, name: str, known: Known) -> bool:
        return self._shape.flow.steps[name].on_failure.action == "model" and known.tries == 0

    # ------------------------------------------------------------------------------------------------------ what is

    def _row(self, name: str, place: int) -> Known | None:
        return self._rows.get(name, {}).get(place)

    def _over(self, name: str, place: int) -> bool:
        """Tell whether an item is over, and what may take its place too; one that there is not is over."""
        if name in self._complete and place not in self._places[name]:
            return True
        known = self._row(name, place)
        if known is None or known.state not in _OVER or (known.state == "failed" and self._again(name, known)):
            return False
        other = self._stand_in(name)
        return known.state != "failed" or other is None or self._over(other, self._place_in(other, place))

    def _stand_in(self, name: str) -> str | None:
        return self._shape.flow.steps[name].on_failure.step

    def _place_in(self, other: str, place: int) -> int:
        return place if self._shape.fan(other) else 0

    def _settled(self, name: str) -> bool:
        return name in self._complete and all(self._over(name, place) for place in self._places[name])

    def _found(self, name: str, place: int) -> Item | None:
        """The item at a place, or the one that takes its place."""
        known = self._row(name, place)
        if known is None:
            return None
        if known.state == "succeeded":
            return known.item
        other = self._stand_in(name)
        return self._found(other, self._place_in(other, place)) if known.state == "failed" and other else None

    # --------------------------------------------------------------------------------------------- what is to be done

    def _step(self, name: str, step: Step, *, idle: bool) -> None:
        places, complete = self._listed(name, step)
        if name in self._shape.on_demand:
            places, complete = self._wanted(name, places, complete=complete)
        self._places[name] = places
        if sum(map(len, self._places.values())) > MOST_ITEMS:
            raise InvalidInput(
                f"{name} would have {len(places)} items, and the run more than {MOST_ITEMS}.",
                hint="What it has made is kept. Begin a new run with fewer.",
            )
        if complete:
            self._complete.add(name)
        whole = all(self._settled(other) for other in self._shape.needs[name].whole)
        for place, value in places.items():
            if self._only is not None and self._only != (name, place):
                continue
            known = self._row(name, place)
            again = known is not None and known.state == "failed" and self._again(name, known)
            if (
                (known is None or again)
                and whole
                and not idle
                and len(self._begin) < _MOST
                and self._ready(name, place)
            ):
                self._begin.append(self._begun(name, step, place, value, tries=1 if again else 0))
        found = {place: item for place in places if (item := self._found(name, place)) is not None}
        self._items[name] = StepItems(found, fan=self._shape.fan(name))

    def _listed(self, name: str, step: Step) -> tuple[dict[int, Any], bool]:
        """The items that a step has, and whether these are all."""
        if not self._shape.fan(name):
            return {0: None}, True
        each = self._shape.each(name)
        if each is not None:
            places = {place: item for place in self._places[each] if (item := self._found(each, place)) is not None}
            return places, self._settled(each)
        if not all(self._settled(other) for other in self._shape.needs[name].whole if self._in_list(step, other)):
            return {}, False
        try:
            found = resolve(step.for_each, self._scope)
        except Missing:
            return {}, True
        return dict(enumerate(found if isinstance(found, list) else [found])), True

    def _in_list(self, step: Step, other: str) -> bool:
        return isinstance(step.for_each, list) or f"steps.{other}" in str(step.for_each)

    def _wanted(self, name: str, places: dict[int, Any], *, complete: bool) -> tuple[dict[int, Any], bool]:
        """Of a step that only stands in for others: the items that failed there."""
        users = self._shape.users[name]
        failed = {
            self._place_in(name, place)
            for user in users
            for place, known in self._rows.get(user, {}).items()
            if known.state == "failed" and not self._again(user, known)
        }
        users_over = all(
            user in self._complete and all(self._ended(user, place) for place in self._places[user]) for user in users
        )
        return {place: value for place, value in places.items() if place in failed}, users_over and complete

    def _ended(self, name: str, place: int) -> bool:
        known = self._row(name, place)
        return known is not None and known.state in _OVER and not (known.state == "failed" and self._again(name, known))

    def _ready(self, name: str, place: int) -> bool:
        """Tell whether the single items are over that an item needs."""
        needs = self._shape.needs[name]
        return all(self._over(other, place) for other in needs.same) and all(
            self._over(other, at) for other, at in needs.places
        )

    def _begun(self, name: str, step: Step, place: int, value: Any, *, tries: int) -> Begin:
        scope = {**self._scope, "index": place, **({step.each_as: value} if self._shape.fan(name) else {})}
        of_item = value.facts.get("item") if isinstance(value, Item) else value
        if step.when is not None and not holds(condition(step.when), scope):
            return Begin(name, place, tries, of_item, None, f"when: {step.when}")
        source = None
        if step.of is not None:
            source = self._found(step.of, place if self._shape.each(name) == step.of else 0)
            if source is None:
                return Begin(name, place, tries, of_item, None, f"{step.of} made nothing to follow")
        shown = as_links if step.run is None else lambda value: value
        try:
            given = resolve(dict(step.input), scope, shown)
            if tries:
                given |= resolve(dict(step.on_failure.input), scope, shown)
        except Missing as missing:
            return Begin(name, place, tries, of_item, None, str(missing))
        return Begin(name, place, tries, of_item, given, source=source)

    def _outputs(self) -> dict[str, Any]:
        found = {}
        for name, value in outputs_of(self._shape.flow, self._shape).items():
            try:
                found[name] = resolve(value, self._scope)
            except Missing:
                found[name] = None
        return found
