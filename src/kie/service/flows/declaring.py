"""The model of a flow: what YAML and Python both become."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

__all__ = ["TYPES", "Flow", "Input", "OnFailure", "Step"]

#: The types of an input.
TYPES = ("text", "number", "integer", "boolean", "link", "list", "record")


@dataclass(frozen=True, slots=True)
class Input:
    """An input of a flow or of a local step.

    Attributes:
        type: one of `TYPES`.
        default: taken where none is given; ``needed`` says whether there is one.
        needed: whether it must be given.
        choices: the values that are allowed, or none for any.
        of: what a list holds.
        fields: what a record holds, by name.
        help: a sentence for people.
        most: letters of a text, items of a list.
        least: items of a list.

    """

    type: str = "text"
    default: Any = None
    needed: bool = True
    choices: tuple[Any, ...] = ()
    of: Input | None = None
    fields: Mapping[str, Input] = field(default_factory=dict)
    help: str = ""
    most: int | None = None
    least: int = 0


@dataclass(frozen=True, slots=True)
class OnFailure:
    """What the failure of a step means.

    Attributes:
        action: "fail", "skip", "use" or "model".
        step: whose items take its place ("use").
        model: with which it is tried again ("model").
        input: what is replaced for that model.
        then: what the failure of that means: "fail" or "skip".

    """

    action: str = "fail"
    step: str | None = None
    model: str | None = None
    input: Mapping[str, Any] = field(default_factory=dict)
    then: str = "fail"


@dataclass(frozen=True, slots=True)
class Step:
    """A step: a generation (``model``), a follow-up (``follow_up`` and ``of``), or a local step (``run``).

    Values of ``input`` and ``for_each`` may hold references, ``${…}``; see `references`.

    Attributes:
        model: id or any other name of a model.
        follow_up: "1080p", "4k", "extend" or "wav".
        of: the step whose generation is followed.
        run: name of a local step.
        input: inputs by name.
        for_each: a reference to a list, or a list; None for a step that is done once.
        each_as: what the item is called in references (``as`` in YAML).
        when: a condition, or None.
        on_failure: what a failure means.
        priority: -100 to 100; higher goes first.
        max_credits: refuse a generation that may cost more.

    """

    model: str | None = None
    follow_up: str | None = None
    of: str | None = None
    run: str | None = None
    input: Mapping[str, Any] = field(default_factory=dict)
    for_each: Any = None
    each_as: str = "item"
    when: str | None = None
    on_failure: OnFailure = field(default_factory=OnFailure)
    priority: int = 0
    max_credits: Decimal | None = None

    @property
    def kind(self) -> str:
        """Tell which of the three: "generation", "follow-up" or "local"."""
        return "local" if self.run is not None else "follow-up" if self.follow_up is not None else "generation"


@dataclass(frozen=True, slots=True)
class Flow:
    """A declared flow.

    Attributes:
        name: letters, digits, "-" and "_".
        steps: by name.
        inputs: by name.
        outputs: references by name; empty for what every step made that no other refers to.
        description: a sentence for people.
        max_credits: refuse a run that may cost more.
        places: the lines of a YAML text, by path ("steps.image.input.prompt"); empty for one declared in Python.

    """

    name: str
    steps: Mapping[str, Step]
    inputs: Mapping[str, Input] = field(default_factory=dict)
    outputs: Mapping[str, Any] = field(default_factory=dict)
    description: str = ""
    max_credits: Decimal | None = None
    places: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)
