"""A flow is checked whole before anything is spent: names, references, circles, models, inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kie.service.flows.errors import FlowInvalid, Problem
from kie.service.flows.inputs import check_input, take
from kie.service.flows.planning import Plan, plan
from kie.service.flows.references import INDEX, Malformed, Path, references
from kie.service.flows.scope import FACTS
from kie.service.flows.shape import Shape, used_paths
from kie.wire.schema import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kie.client.core import Core
    from kie.service.flows.declaring import Flow, Input, Step

__all__ = ["check"]

#: What ``${run.…}`` can tell.
RUN = ("id", "flow", "project")


def check(flow: Flow, core: Core, given: Mapping[str, Any] | None = None) -> tuple[Shape, dict[str, Any], Plan]:
    """Check a flow, with the inputs of a run or without; returns its shape, the inputs with defaults, and the plan.

    Args:
        flow: as declared.
        core: catalogue and prices.
        given: inputs by name; None checks the flow alone, as far as that goes.

    Raises:
        FlowInvalid: every problem that was found, with its line where the flow was read from a text.

    """
    shape = Shape(flow)
    problems = list(_declared(flow)) or list(_referred(flow, shape))
    if not problems:
        inputs, wrong = take(flow.inputs, given)
        if not wrong:
            planned = plan(shape, core, inputs)
            if not planned.problems:
                return shape, inputs, planned
            wrong = list(planned.problems)
        problems = wrong
    raise FlowInvalid.of(flow.name, [problem._replace(line=_line(flow, problem.path)) for problem in problems])


def _line(flow: Flow, path: str) -> int | None:
    """The line of a path, or of what it lies in."""
    while path:
        if path in flow.places:
            return flow.places[path]
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return None


def _declared(flow: Flow) -> Iterator[Problem]:
    """Problems of the declaration that leave references unreadable, or are none of references."""
    for name, each in flow.inputs.items():
        if each.default is not None:
            wrong: list[Problem] = []
            check_input(each, each.default, f"inputs.{name}.default", wrong)
            yield from wrong
    for name, step in flow.steps.items():
        try:
            list(used_paths(step))
        except Malformed as error:
            yield Problem(f"steps.{name}", f"{error}.")
        for other in (step.of, step.on_failure.step):
            if other is not None and (other not in flow.steps or other == name):
                yield Problem(f"steps.{name}", f"There is no other step {other!r}.{_near(other, flow.steps)}")
    try:
        list(references(dict(flow.outputs)))
    except Malformed as error:
        yield Problem("outputs", f"{error}.")


def _near(word: str, possible: Mapping[str, Any] | tuple[str, ...]) -> str:
    names = tuple(possible)
    near = nearest(word, names)
    return f" Nearest: {near!r}." if near else f" Possible: {', '.join(names) or 'none'}."


def _referred(flow: Flow, shape: Shape) -> Iterator[Problem]:
    """Problems of references, and steps that wait for each other."""
    for name, step in flow.steps.items():
        for key, path in used_paths(step):
            wrong = _judged(flow, shape, path, name if key != "for_each" else None, whole=key == "for_each")
            if wrong:
                yield Problem(f"steps.{name}.{key}", wrong)
        if step.of is not None and flow.steps[step.of].run is not None:
            yield Problem(f"steps.{name}.of", f"{step.of} is a local step; only a generation can be followed.")
        stand_in = step.on_failure.step
        if stand_in is not None and shape.fan(stand_in) and not shape.fan(name):
            yield Problem(f"steps.{name}.on_failure", f"{stand_in} is done for each item of a list, {name} only once.")
        if step.on_failure.model is not None and step.kind != "generation":
            yield Problem(f"steps.{name}.on_failure", "Only a generation can be tried with another model.")
    for name, reference in references(dict(flow.outputs), "outputs"):
        for path in reference.paths:
            wrong = _judged(flow, shape, path, None)
            if wrong:
                yield Problem(name, wrong)
    circle = shape.circle() if not _unknown_steps(flow, shape) else ()
    if circle:
        yield Problem(f"steps.{circle[0]}", f"These steps wait for each other: {', '.join(circle)}.")


def _unknown_steps(flow: Flow, shape: Shape) -> bool:
    return any(name not in flow.steps for names in shape.before.values() for name in names)


def _judged(flow: Flow, shape: Shape, path: Path, within: str | None, *, whole: bool = False) -> str | None:
    """Return what is wrong with a path, or None."""
    step = flow.steps[within] if within is not None and shape.fan(within) else None
    if path.head == "inputs":
        return _into_inputs(flow.inputs, path)
    if path.head == "steps":
        return _into_steps(flow, shape, path, step, whole=whole)
    if path.head == "run":
        return None if path.rest[:1] and path.rest[0] in RUN else f"{path}: run has {', '.join(RUN)}."
    if step is not None and path.head == INDEX:
        return None if not path.rest else f"{path}: index is a number."
    if step is not None and path.head == step.each_as:
        return _into_item(flow, shape, path, str(within))
    possible = ("inputs", "steps", "run", *((step.each_as, INDEX) if step is not None else ()))
    return f"{path}: nothing is called {path.head!r} here.{_near(path.head, possible)}"


def _into_inputs(inputs: Mapping[str, Input], path: Path) -> str | None:
    if not path.rest:
        return f"{path}: which input? {', '.join(inputs) or 'There is none.'}"
    name = str(path.rest[0])
    if name not in inputs:
        return f"{path}: there is no input {name!r}.{_near(name, inputs)}"
    return _into_input(inputs[name], path, path.rest[1:])


def _into_input(each: Input | None, path: Path, rest: tuple[str | int, ...]) -> str | None:
    for part in rest:
        if each is None:
            return None
        if isinstance(part, int) or part == "[index]":
            if each.type != "list":
                return f"{path}: {each.type} has no places."
            each = each.of
        elif each.type != "record":
            return f"{path}: {each.type} has no {part!r}."
        elif each.fields:
            if part not in each.fields:
                return f"{path}: there is no {part!r}.{_near(part, each.fields)}"
            each = each.fields[part]
        else:
            return None
    return None


def _into_steps(flow: Flow, shape: Shape, path: Path, within: Step | None, *, whole: bool) -> str | None:
    if not path.rest or str(path.rest[0]) not in flow.steps:
        name = str(path.rest[0]) if path.rest else ""
        return f"{path}: there is no step {name!r}.{_near(name, flow.steps)}"
    name, rest = str(path.rest[0]), path.rest[1:]
    if rest and (isinstance(rest[0], int) or rest[0] == "[index]"):
        if not shape.fan(name):
            return f"{path}: {name} is done once and has no places."
        if rest[0] == "[index]" and within is None:
            return f"{path}: [index] stands for the place of a for_each, and there is none."
        rest = rest[1:]
    elif not rest and whole:
        return None if shape.fan(name) else f"{path}: {name} is done once; a list is needed."
    return _fact(path, rest)


def _fact(path: Path, rest: tuple[str | int, ...]) -> str | None:
    if not rest:
        return f"{path}: what of it? {', '.join(FACTS)}."
    if rest[0] not in FACTS:
        return f"{path}: a step has no {rest[0]!r}.{_near(str(rest[0]), FACTS)}"
    return None


def _into_item(flow: Flow, shape: Shape, path: Path, within: str) -> str | None:
    """What is wrong with a path that begins at the item of a ``for_each``."""
    each = shape.each(within)
    if each is None:
        found = _list_input(flow, flow.steps[within])
        return _into_input(found, path, path.rest) if found is not None else None
    if path.rest[:1] != ("item",):
        return _fact(path, path.rest)
    source, seen = each, set[str]()
    while source in flow.steps and source not in seen and (before := shape.each(source)) is not None:
        seen.add(source)  # what goes round in a circle, or is not there, is told elsewhere
        source = before
    found = _list_input(flow, flow.steps[source]) if source in flow.steps else None
    return _into_input(found, path, path.rest[1:]) if found is not None else None


def _list_input(flow: Flow, step: Step) -> Input | None:
    """The declaration of the items that a step is done for, where they come from an input."""
    for _, reference in references(step.for_each):
        path = reference.paths[0]
        if len(reference.paths) == 1 and path.head == "inputs" and len(path.rest) == 1:
            return flow.inputs[str(path.rest[0])].of if str(path.rest[0]) in flow.inputs else None
    return None
