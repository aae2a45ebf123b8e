"""What carries flows durably, as the rest of the service sees it: small enough to be replaced.

An engine calls `Carrier.advance` for a run again and again until it is over, also after the process that did so was
killed, and `Carrier.work` for each local step that it is told of. Both may be called more than once: what they do to
the ledger is guarded there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kie.service.flows.running import Turn

__all__ = ["Carrier", "FlowEngine", "Journey"]


class Journey(NamedTuple):
    """What an engine carries: a run, from its beginning or from where a person has taken it up again."""

    run: str
    attempt: int

    def __str__(self) -> str:
        """Its name in the engine."""
        return f"{self.run}:{self.attempt}"


class Carrier(Protocol):
    """What an engine calls."""

    async def advance(self, journey: Journey) -> Turn:
        """Do all that can be done for a run now."""

    async def work(self, journey: Journey, step: str, place: int) -> None:
        """Do a local step."""


class FlowEngine(Protocol):
    """What carries runs. Its methods are called from the service's event loop."""

    async def start(self, journey: Journey) -> None:
        """Carry a run, from its beginning or (where the engine knows it already) from where it was.

        The second is how a run is taken over from a worker that is dead, and how one goes on that the engine has
        given up.
        """

    async def send(self, run: str) -> None:
        """Something has happened to a run that this process carries; one that it does not carry is no fault."""

    def carries(self, run: str) -> bool:
        """Tell whether a run is carried by this process now."""

    async def status(self, journey: Journey) -> str | None:
        """Tell the engine's own word for how far a run is, or None where it knows none."""

    async def forget(self, journeys: Sequence[Journey]) -> None:
        """Remove the engine's records of runs that have ended."""

    async def close(self) -> None:
        """Carry nothing any further in this process; whoever comes next takes over."""
