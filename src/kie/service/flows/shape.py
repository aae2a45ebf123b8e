"""What follows from a flow's declaration alone: who refers to whom, and in which order steps can be done."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from kie.service.flows.references import Path, Reference, condition, references, split

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kie.service.flows.declaring import Flow, Step

__all__ = ["MOST_ITEMS", "Needs", "Shape", "outputs_of", "used_paths"]

#: Items of one run, over all its steps.
MOST_ITEMS = 10_000


class Needs(NamedTuple):
    """What an item of a step waits for.

    Attributes:
        whole: steps of which every item must have ended.
        same: steps of which the item at the same place must have ended.
        places: single items, (step, place), that must have ended.

    """

    whole: frozenset[str]
    same: frozenset[str]
    places: frozenset[tuple[str, int]]


def _each_of(step: Step) -> str | None:
    """Return the step over whose items a ``for_each`` goes (``${steps.images}``), or None."""
    each = step.for_each
    if not isinstance(each, str) or "${" not in each:
        return None
    parts = split(each)
    if len(parts) != 1 or not isinstance(parts[0], Reference) or len(parts[0].paths) != 1:
        return None
    path = parts[0].paths[0]
    if path.head == "steps" and len(path.rest) == 1 and isinstance(path.rest[0], str) and not path.indexed:
        return path.rest[0]
    return None


def used_paths(step: Step) -> Iterator[tuple[str, Path]]:
    """Find the paths of a step's references, each with the key under which it stands.

    Raises:
        Malformed: one cannot be read.

    """
    held = (("input", step.input), ("for_each", step.for_each), ("on_failure.input", step.on_failure.input))
    for key, value in held:
        for place, reference in references(value, key):
            for path in reference.paths:
                yield place, path
    if step.when is not None:
        for path in condition(step.when).reference.paths:
            yield "when", path


class Shape:
    """A flow with what follows from it. Its references must be readable."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow

    @cached_property
    def needs(self) -> dict[str, Needs]:
        """What the items of each step wait for."""
        return {name: self._needs(name, step) for name, step in self.flow.steps.items()}

    def _needs(self, me: str, step: Step) -> Needs:
        whole, same, places = set[str](), set[str](), set[tuple[str, int]]()
        each = self.each(me)
        for key, path in used_paths(step):
            if path.head != "steps" or not path.rest or (key == "for_each" and each is not None):
                continue
            name, nth = str(path.rest[0]), path.rest[1] if len(path.rest) > 1 else None
            if nth == "[index]":
                same.add(name)
            elif isinstance(nth, int):
                places.add((name, nth))
            else:
                whole.add(name)
        if step.of is not None and step.of != each:
            whole.add(step.of)
        if each is not None:
            same.add(each)
        return Needs(frozenset(whole), frozenset(same), frozenset(places))

    def fan(self, name: str) -> bool:
        """Tell whether a step is done for each item of a list: by a ``for_each``, or because it follows such a one."""
        seen = set()
        while (step := self.flow.steps.get(name)) is not None and name not in seen:
            if step.for_each is not None:
                return True
            if step.of is None:
                return False
            seen.add(name)
            name = step.of
        return False

    def each(self, name: str) -> str | None:
        """Return the step for whose items a step is done, or None."""
        step = self.flow.steps[name]
        if step.for_each is None:
            return step.of if step.of is not None and self.fan(step.of) else None
        return _each_of(step)

    @cached_property
    def before(self) -> dict[str, frozenset[str]]:
        """The steps that a step refers to, those that may take the place of one among them."""
        found = {}
        for name, needs in self.needs.items():
            direct = needs.whole | needs.same | {step for step, _ in needs.places}
            found[name] = frozenset(direct | self._stand_ins(direct))
        return found

    def _stand_ins(self, names: set[str] | frozenset[str]) -> set[str]:
        """The steps that may take the place of others, and of these in their turn."""
        steps, found = self.flow.steps, set[str]()
        while names:
            others = {step.on_failure.step for name in names if (step := steps.get(name)) is not None}
            names = {other for other in others if other is not None} - found
            found |= names
        return found

    @cached_property
    def users(self) -> dict[str, frozenset[str]]:
        """The steps for whose items a step stands in when they fail (``use``)."""
        found: dict[str, frozenset[str]] = dict.fromkeys(self.flow.steps, frozenset())
        for name, step in self.flow.steps.items():
            if step.on_failure.step in found:
                found[step.on_failure.step] |= {name}
        return found

    @cached_property
    def on_demand(self) -> frozenset[str]:
        """The steps that are done only when another fails: nothing else refers to them."""
        direct: set[str] = set()
        for needs in self.needs.values():
            direct |= needs.whole | needs.same | {step for step, _ in needs.places}
        for path in self.output_paths:
            if path.head == "steps" and path.rest:
                direct.add(str(path.rest[0]))
        return frozenset(name for name, users in self.users.items() if users and name not in direct)

    @cached_property
    def output_paths(self) -> tuple[Path, ...]:
        """The paths that the flow's outputs hold."""
        return tuple(path for _, reference in references(dict(self.flow.outputs)) for path in reference.paths)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The steps, each after those it refers to; shorter than all steps where some wait for each other."""
        # One that stands in for others comes after them.
        left = {name: self.before[name] | self.users[name] for name in self.flow.steps}
        done: list[str] = []
        while ready := [name for name, others in left.items() if left.keys().isdisjoint(others)]:
            for name in ready:
                done.append(name)
                del left[name]
        return tuple(done)

    @cached_property
    def last(self) -> tuple[str, ...]:
        """The steps that no other refers to."""
        used = frozenset[str]().union(*self.before.values())
        return tuple(name for name in self.flow.steps if name not in used and name not in self.on_demand)

    def circle(self) -> tuple[str, ...]:
        """The steps that wait for each other, or none."""
        return tuple(name for name in self.flow.steps if name not in self.order)


def outputs_of(flow: Flow, shape: Shape) -> dict[str, Any]:
    """The outputs of a flow: as declared, or the files of its last steps."""
    return dict(flow.outputs) or {name: f"${{steps.{name}.outputs}}" for name in shape.last}
