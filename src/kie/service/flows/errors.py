"""What is wrong with a flow, all of it at once, each with its place."""

from __future__ import annotations

from typing import NamedTuple

from kie.errors import InvalidInput

__all__ = ["FlowInvalid", "Problem"]


class Problem(NamedTuple):
    """One thing that is wrong.

    Attributes:
        path: where, like ``steps.image.input.prompt``.
        message: what, in a sentence.
        line: of the YAML text, from 1; None for a flow that was declared in Python.

    """

    path: str
    message: str
    line: int | None = None

    def __str__(self) -> str:
        """Tell place and sentence."""
        where = f"line {self.line}: " if self.line is not None else ""
        return f"{where}{self.path + ': ' if self.path else ''}{self.message}"


class FlowInvalid(InvalidInput):
    """A flow cannot be run as it is declared, or with these inputs; nothing was written or sent.

    Attributes:
        problems: all that was found.

    """

    problems: tuple[Problem, ...] = ()

    @classmethod
    def of(cls, name: str, problems: list[Problem]) -> FlowInvalid:
        """Make the error for all that was found."""
        told = "\n".join(f"  {problem}" for problem in problems)
        first = problems[0].path if problems else ""
        what = f"The flow {name or '(without a name)'} is not right:\n{told}"
        return cls(what, field=first, problems=tuple(problems))
