"""A run on paper: every step with every item, as far as it is known, and what is wrong with it.

The same references are resolved by the same code as in a run; what only the run will tell is `UNKNOWN`, files are
stand-ins for links. So a check before the start sees what the run will ask for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kie.errors import KieError, ModelUnavailable
from kie.service.flows import locally
from kie.service.flows.asking import Asked, follow, judge
from kie.service.flows.errors import Problem
from kie.service.flows.references import UNKNOWN, Missing, Mistaken, Node, condition, holds, references, resolve
from kie.service.flows.scope import FACTS, File, Item, StepItems, as_links, scope_of
from kie.service.flows.shape import MOST_ITEMS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kie.client.core import Core
    from kie.money import Price
    from kie.service.flows.declaring import Step
    from kie.service.flows.shape import Shape

__all__ = ["Plan", "Planned", "plan"]

#: Problems that are told; more of them help nobody.
_TOLD = 20


class Planned(NamedTuple):
    """An item of a step, on paper.

    Attributes:
        step: which step.
        place: which item, from 0.
        model: the catalogue's id, "" for a local step.
        certain: whether it is done if nothing fails; False where a condition is not known yet, or when it stands in.
        price: what it may cost; None where no price is known, or for a local step.
        other: the price with the model that it is tried again with, or None.

    """

    step: str
    place: int
    model: str
    certain: bool
    price: Price | None
    other: Price | None


class Plan(NamedTuple):
    """A run on paper.

    Attributes:
        items: all that may be done.
        problems: what is wrong.
        uncounted: steps whose number of items only the run will tell; one item stands for all.

    """

    items: tuple[Planned, ...]
    problems: tuple[Problem, ...]
    uncounted: frozenset[str]


class _Some(list[Any], Node):
    """Files of which only the run will tell how many they are; there is one of every number."""

    def __init__(self, step: str, place: int, *, local: bool) -> None:
        super().__init__([_stand_in(step, place, 0, local=local)])
        self._of = (step, place, local)

    def find(self, part: str | int) -> Any:
        step, place, local = self._of
        return _stand_in(step, place, part, local=local) if isinstance(part, int) else None


def _stand_in(step: str, place: int, position: int, *, local: bool) -> File:
    link = None if local else f"https://example.com/{step}/{place}/{position}"
    return File(step, place, position, link)


def plan(shape: Shape, core: Core, inputs: Mapping[str, Any]) -> Plan:
    """Plan a run. The flow must have readable references, no circle, and refer to nothing that is not there.

    Args:
        shape: of the flow.
        core: catalogue and prices.
        inputs: as `inputs.take` returns them.

    """
    return _Planner(shape, core, inputs).plan()


class _Planner:
    def __init__(self, shape: Shape, core: Core, inputs: Mapping[str, Any]) -> None:
        self._shape = shape
        self._core = core
        self._steps: dict[str, StepItems] = {}
        self._scope = scope_of(inputs, self._steps, {"id": UNKNOWN, "project": UNKNOWN, "flow": shape.flow.name})
        self._models: dict[str, str] = {}
        self._items: list[Planned] = []
        self._problems: list[Problem] = []
        self._uncounted: set[str] = set()

    def plan(self) -> Plan:
        for name in self._shape.order:
            step = self._shape.flow.steps[name]
            places = self._places(name, step)
            if len(self._items) + len(places) > MOST_ITEMS:
                self._wrong(f"steps.{name}", f"The run would have more than {MOST_ITEMS} items.")
                break
            certain = name not in self._shape.on_demand
            done = {place: self._item(name, step, place, item, certain=certain) for place, item in places.items()}
            kept = {place: item for place, item in done.items() if item is not None}
            self._steps[name] = StepItems(kept, fan=self._shape.fan(name))
        else:
            for name, value in self._shape.flow.outputs.items():
                self._tried(f"outputs.{name}", value, self._scope)
        return Plan(tuple(self._items), tuple(self._problems[:_TOLD]), frozenset(self._uncounted))

    def _tried(self, where: str, value: Any, scope: Mapping[str, Any]) -> None:
        """Tell of a reference whose value can never be there."""
        try:
            resolve(value, scope)
        except Mistaken as error:
            self._wrong(where, f"{error}.")
        except Missing:
            return

    def _wrong(self, path: str, message: str) -> None:
        problem = Problem(path, message, self._shape.flow.places.get(path))
        if problem not in self._problems:
            self._problems.append(problem)

    def _places(self, name: str, step: Step) -> dict[int, Any]:
        if not self._shape.fan(name):
            return {0: None}
        each = self._shape.each(name)
        if each is not None:
            if each in self._uncounted:
                self._uncounted.add(name)
            return dict(self._steps[each].items)
        try:
            found = resolve(step.for_each, self._scope)
        except Mistaken as error:
            self._wrong(f"steps.{name}.for_each", f"{error}.")
            found = UNKNOWN
        except Missing:
            found = UNKNOWN
        if isinstance(found, list):
            # How many files, or items of an uncounted step, there are, only the run will tell.
            if any(path.head == "steps" for _, each in references(step.for_each) for path in each.paths):
                self._uncounted.add(name)
            return dict(enumerate(found))
        if found is not UNKNOWN:
            self._wrong(f"steps.{name}.for_each", f"A list is needed, not {type(found).__name__}.")
        self._uncounted.add(name)
        return {0: UNKNOWN}

    def _item(self, name: str, step: Step, place: int, item: Any, *, certain: bool) -> Item | None:
        scope = {**self._scope, "index": place, **({step.each_as: item} if self._shape.fan(name) else {})}
        if step.when is not None:
            asked = condition(step.when)
            self._tried(f"steps.{name}.when", str(asked.reference), scope)
            if self._known(asked.reference, scope):
                if not holds(asked, scope):
                    return None
            else:
                certain = False
        try:
            given = resolve(dict(step.input), scope, as_links if step.run is None else lambda value: value)
        except Mistaken as error:
            self._wrong(f"steps.{name}.input", f"{error}.")
            return None
        except Missing:
            return None
        model = self._judged(name, step, place, given, scope, certain=certain)
        facts = dict.fromkeys(FACTS, UNKNOWN) | {
            "outputs": _Some(name, place, local=step.run is not None),
            "item": item.facts["item"] if isinstance(item, Item) else item,
            "index": place,
            "model": model,
        }
        return Item(name, place, facts)

    def _known(self, reference: Any, scope: Mapping[str, Any]) -> bool:
        known = not any(path.head == "steps" for path in reference.paths)
        try:
            return known and resolve(str(reference), scope) is not UNKNOWN
        except Missing:
            return known

    def _judged(
        self, name: str, step: Step, place: int, given: dict[str, Any], scope: Mapping[str, Any], *, certain: bool
    ) -> str:
        where = f"steps.{name}"
        if step.run is not None:
            try:
                locally.local_step(step.run).check(given)
            except KieError as error:
                self._wrong(_at(where, error), error.message)
            self._items.append(Planned(name, place, "", certain, None, None))
            return ""
        try:
            asked = self._asked(step, given)
            model, price = judge(self._core, asked)
            self._limited(step, price, model.id)
        except KieError as error:
            self._wrong(_at(where, error), _words(error))
            return step.model or ""
        other = None
        failure = step.on_failure
        if failure.model is not None:
            try:
                more = resolve(dict(failure.input), scope, as_links)
                second, other = judge(self._core, Asked(failure.model, {**given, **more}))
                self._limited(step, other, second.id)
            except Mistaken as error:
                self._wrong(f"{where}.on_failure.input", f"{error}.")
            except Missing:
                pass
            except KieError as error:
                self._wrong(f"{where}.on_failure", _words(error))
        self._items.append(Planned(name, place, model.id, certain, price, other))
        return model.id

    def _asked(self, step: Step, given: dict[str, Any]) -> Asked:
        if step.follow_up is None:
            return Asked(step.model or "", given)
        sources = self._steps[step.of or ""].items
        source = next((str(item.facts["model"]) for item in sources.values()), "")
        return follow(self._core, source, step.follow_up, "task", given)

    def _limited(self, step: Step, price: Price | None, model: str) -> None:
        self._core.check_budget(self._core.catalogue.resolve(model, retired=True).model, price, step.max_credits)


def _at(where: str, error: KieError) -> str:
    field = "model" if isinstance(error, ModelUnavailable) else getattr(error, "field", None)
    return f"{where}.{field}" if field in ("run", "model") else f"{where}.input.{field}" if field else where


def _words(error: KieError) -> str:
    return f"{error.message} {error.hint}" if error.hint else error.message
