"""What a local step is: a named function of this package that makes files out of files. Nothing is spent by it.

Each lives in a module of its own in ``kie.service.flows.local``, which is named as the step is (``join`` is
``local/join.py``) and holds:

``INPUTS``
    its inputs by name, in the form of a flow's (`declaring.Input`). A file, or a list of files, has the type ``link``
    or ``list`` of ``link``.
``run(given, folder)``
    does it, in a thread, and returns `Made`. It may be killed and done again from the beginning.

Modules whose names begin with ``_`` are no steps.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from kie.errors import InvalidInput
from kie.service.flows.inputs import take
from kie.service.flows.references import UNKNOWN
from kie.wire.schema import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kie.service.flows.declaring import Input

__all__ = ["File", "LocalStep", "Made", "judge_local", "local_step", "local_steps"]


class File(NamedTuple):
    """A stored file, as a local step is given it in the place of a link.

    Attributes:
        path: where it can be read for as long as the step runs; it must not be changed.
        type: media type by its bytes.
        step: the step that made it.
        place: of the item that it was made for, 0 where there is one only.
        position: which file of that item, from 0.

    """

    path: Path
    type: str
    step: str
    place: int
    position: int


class Made(NamedTuple):
    """What a local step made.

    Attributes:
        files: in their order, within the folder that it was given.
        text: a text that it made, or None.
        data: facts for later steps and for people, as JSON can hold them, or None.

    """

    files: tuple[Path, ...] = ()
    text: str | None = None
    data: dict[str, Any] | None = None


class LocalStep(Protocol):
    """A module of ``kie.service.flows.local``."""

    INPUTS: Mapping[str, Input]

    def run(self, given: Mapping[str, Any], folder: Path) -> Made:
        """Do it.

        Args:
            given: the inputs, checked and with defaults; `File` where a file was referred to, text for a link that was
                written out.
            folder: empty, and removed afterwards.

        Raises:
            KieError: it cannot be done, and the step fails with these words. Anything else fails it too.

        """
        ...


@cache
def local_steps() -> tuple[str, ...]:
    """The names of all local steps."""
    try:
        found = files("kie.service.flows.local").iterdir()
        names = (re.fullmatch(r"([a-z][a-z0-9_]*)\.py", file.name) for file in found)
        return tuple(sorted(name[1] for name in names if name))
    except ModuleNotFoundError:
        return ()


@cache
def local_step(name: str) -> LocalStep:
    """Return a local step.

    Raises:
        KeyError: there is none of this name.

    """
    if name not in local_steps():
        raise KeyError(name)
    module: Any = import_module(f"kie.service.flows.local.{name}")
    step: LocalStep = module
    return step


def judge_local(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Check the input of a local step, as far as it is known; returns it with defaults.

    Raises:
        InvalidInput: there is no such step, or the input does not fit.

    """
    try:
        declared = local_step(name).INPUTS
    except KeyError:
        near = nearest(name, local_steps())
        raise InvalidInput(
            f"There is no local step {name!r}.{f' Nearest: {near!r}.' if near else ''}",
            field="run",
            allowed=local_steps(),
            nearest=near,
        ) from None
    later = {field: value for field, value in given.items() if value is UNKNOWN}
    now = {field: value for field, value in given.items() if value is not UNKNOWN}
    taken, problems = take(declared, now)
    wrong = next((problem for problem in problems if problem.path.removeprefix("inputs.") not in later), None)
    if wrong is not None:
        field = wrong.path.removeprefix("inputs.")
        raise InvalidInput(f"{name}: {field}: {wrong.message}", field=field)
    return {**taken, **later}
