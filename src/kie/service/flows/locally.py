"""What a local step is: something that this package makes of files. Nothing is spent by it; see ``media``."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from kie.errors import InvalidInput
from kie.service.flows import scope
from kie.service.flows.media import declared
from kie.service.flows.references import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["File", "LocalStep", "Made", "local_step"]


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


class LocalStep:
    """A local step.

    Args:
        name: one of ``declared.NAMES``.

    """

    def __init__(self, name: str) -> None:
        self.name = name

    def check(self, given: Mapping[str, Any]) -> None:
        """Check an input, as far as it is known before the run.

        Raises:
            InvalidInput: it does not fit.

        """
        for file in declared.check(self.name, given, _later).files:
            if isinstance(file.source, str):
                raise InvalidInput(
                    f"{self.name}: {file.path}: a file of a step is needed; local steps fetch no links.",
                    field=file.path,
                )

    def run(self, given: Mapping[str, Any], folder: Path) -> Made:
        """Do it, in a process of its own; it may be killed and done again from the beginning.

        Args:
            given: the inputs; `File` where a file was referred to.
            folder: empty, and removed afterwards.

        Raises:
            KieError: it cannot be done, and the step fails with these words. Anything else fails it too.

        """
        from kie.service.flows.media.isolation import isolated

        return isolated(self.name, given, folder)


def _later(value: Any) -> bool:
    """Tell whether the run alone will tell a value; how many files a step makes, too."""
    return value is UNKNOWN or isinstance(value, scope.File)


@cache
def local_step(name: str) -> LocalStep:
    """Return a local step.

    Raises:
        InvalidInput: there is none of this name.

    """
    declared.schema(name)
    return LocalStep(name)
