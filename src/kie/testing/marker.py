"""What `@pytest.mark.kie(...)` may say, and how it is read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from _pytest.nodes import Node

#: 2026-01-01 00:00 UTC: virtual time begins there, so that a test sees the same dates on every day.
START = 1_767_225_600.0

#: Arguments that go to the emulator as they are, and what each means.
EMULATOR = {
    "faults": "a pack's name, a path, Fault objects or a list of them",
    "seed": "a number from which ids, waits and media follow (default 0, or --kie-seed)",
    "clock": "'jump' (default), 'frozen', 'scaled:N' or 'real'",
    "credits": "the balance to begin with (default 1000)",
    "quirks": "names of deviations, see `kie emulator --list-quirks`",
    "keys": "the API keys that are accepted (default: any)",
    "strict": "True refuses unknown fields",
    "webhook_key": "callbacks are signed with it",
    "start": "the virtual time to begin with, in seconds since 1970 (default 2026-01-01 UTC)",
    "rate": "(tasks, seconds): new tasks that a key may create (default (20, 10.0); 0 tasks: no limit)",
    "concurrency": "unfinished tasks that a key may have (default: no limit)",
}
#: Arguments that are for the egress guard.
GUARD = {"allow_hosts": "hosts beyond this machine that the test may reach: names, *.names, addresses, networks"}
ARGUMENTS = EMULATOR | GUARD
_SEVERAL = frozenset(("keys", "quirks"))

DESCRIPTION = (
    f"kie({', '.join(f'{name}=…' for name in ARGUMENTS)}): settings of the kie.ai emulator of this test, "
    "and the hosts that it may reach"
)


class WrongMarker(ValueError):
    """A `kie` marker says something that there is not."""


def read(node: Node) -> dict[str, Any]:
    """All that the `kie` markers of a test say together; what stands nearest to the test wins.

    Raises:
        WrongMarker: for an unnamed argument, or a name that is not in ARGUMENTS.
    """
    said: dict[str, Any] = {}
    for mark in node.iter_markers("kie"):
        if mark.args:
            raise WrongMarker(f"@pytest.mark.kie takes named arguments only, not {mark.args[0]!r}.\n{_offer()}")
        if unknown := sorted(mark.kwargs.keys() - ARGUMENTS.keys()):
            raise WrongMarker(f"@pytest.mark.kie has no argument {', '.join(unknown)}.{_near(unknown[0])}\n{_offer()}")
        said = {**mark.kwargs, **said}
    return said


def settings(said: Mapping[str, Any], seed: int | None) -> dict[str, Any]:
    """The arguments of Emulator for what the markers said.

    Args:
        said: What `read` gave.
        seed: The one of the command line, or None. A marker's own goes before it.
    """
    held: dict[str, Any] = {"seed": seed or 0, "clock": "jump", "start": START, "workers": 0}
    held |= {name: value for name, value in said.items() if name in EMULATOR}
    for name in _SEVERAL & held.keys():  # one may stand for a list of one; a text is not a list of letters
        given = held[name]
        held[name] = tuple(given) if isinstance(given, Iterable) and not isinstance(given, str) else (given,)
    return held


def hosts(said: Mapping[str, Any]) -> tuple[str, ...]:
    """The hosts that may be reached.

    Raises:
        WrongMarker: when they are not given as text or as a list of texts.
    """
    given = said.get("allow_hosts") or ()
    found = (given,) if isinstance(given, str) else tuple(given)
    if not all(isinstance(host, str) and host for host in found):
        raise WrongMarker(f"@pytest.mark.kie(allow_hosts=…) takes a list of names, not {given!r}.")
    return found


def _near(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, ARGUMENTS, n=1)
    return f" Did you mean {near[0]}?" if near else ""


def _offer() -> str:
    width = max(map(len, ARGUMENTS))
    return "It takes:\n" + "\n".join(f"  {name:<{width}}  {means}" for name, means in ARGUMENTS.items())
