"""Something that a worker does again and again."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

__all__ = ["BEAT", "Duty", "Restarted"]

#: Seconds between two looks at the database where nothing woke a duty.
BEAT = 0.5


class Duty(Protocol):
    """Sending, asking, storing: each in a loop of its own, and on as many machines as there are workers.

    Attributes:
        name: by which it is woken.

    """

    name: str

    async def step(self) -> float:
        """Do what is due; return the seconds until the next look at the latest, 0 for at once."""
        ...

    async def stop(self) -> None:
        """Take nothing new, and finish what must not be left."""
        ...


@runtime_checkable
class Restarted(Protocol):
    """A duty that has to hear that its worker begins again."""

    def again(self) -> None:
        """Go on after a stop."""
        ...
