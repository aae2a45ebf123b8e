"""What the control endpoints are made of: a route, what it is asked with, and what is wrong with that."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kie.emulator.http import Response, reply

if TYPE_CHECKING:
    from kie.emulator.http import Request
    from kie.emulator.world import World

#: Given the world, the request, and the names of the path by keyword; gives a response, or what becomes JSON.
Teller = Callable[..., Any]


class WrongRequest(Exception):
    """A request that a control endpoint cannot carry out: `status` and a sentence that says why."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Route:
    """One control endpoint.

    `path` is what stands behind `/__emulator/`; `{name}` in it is a part without a slash, `{name:path}` one that may
    have some. `slow` is one that may take long (it renders, or waits for callbacks) and must not hold up the rest.
    """

    method: str
    path: str
    tell: Teller
    slow: bool = False
    pattern: re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        parts = re.split(r"\{(\w+(?::path)?)\}", self.path)
        whole = [re.escape(part) if number % 2 == 0 else _group(part) for number, part in enumerate(parts)]
        object.__setattr__(self, "pattern", re.compile("".join(whole)))

    def answer(self, world: World, request: Request, names: dict[str, str]) -> Response:
        """The response to a request which this route fits."""
        try:
            told = self.tell(world, request, **names)
        except WrongRequest as wrong:
            return reply({"error": str(wrong)}, wrong.status)
        return told if isinstance(told, Response) else reply(told)


def _group(name: str) -> str:
    word, _, kind = name.partition(":")
    return f"(?P<{word}>{'.+' if kind else '[^/]+'})"


def body_of(request: Request) -> dict[str, Any]:
    """The body as an object; an empty one for no body. Raises WrongRequest for anything else."""
    body = request.json() if request.body else {}
    if body is None:
        raise WrongRequest("the body must be a JSON object")
    return body


def number_of(request: Request, name: str, default: int, least: int = 0, most: int = 1_000_000) -> int:
    """A whole number of the query string. Raises WrongRequest when it is none, or not within the bounds."""
    text = request.query.get(name, "")
    if not text:
        return default
    if not re.fullmatch(r"[0-9]{1,12}", text) or not least <= int(text) <= most:
        raise WrongRequest(f"{name} must be a whole number from {least} to {most}")
    return int(text)


def seconds_of(value: Any) -> float:
    """Seconds of virtual time. Raises WrongRequest unless it is a number from 0 to ten years."""
    try:
        seconds = float(value)
    except (TypeError, ValueError):
        seconds = math.nan
    if not 0 <= seconds <= 10 * 366 * 86400:
        raise WrongRequest("seconds must be a number from 0 to 316224000 (ten years)")
    return seconds
