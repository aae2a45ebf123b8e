"""What a flow may ask of its shell. A flow is a generator: it yields an effect and is sent the outcome.

::

    reply = yield request            # HttpRequest → HttpReply, or NotDelivered / Interrupted is thrown in
    yield Sleep(2.0)
    data = yield Run(lambda: path.read_bytes())      # blocking work: a thread for AsyncKie
    stream = yield Open(request); piece = yield Read(stream); yield Close(stream)
    yield Emit(event)                # for flows that the user iterates over
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar

if TYPE_CHECKING:
    from kie.client.transport import HttpRequest

__all__ = ["Close", "Effect", "Emit", "Flow", "Open", "Read", "Run", "Sleep"]

T = TypeVar("T")


class Sleep(NamedTuple):
    """Pause for so many seconds."""

    seconds: float


class Run(NamedTuple):
    """Run a function that blocks; its result is sent back."""

    function: Callable[[], Any]


class Open(NamedTuple):
    """Send a request whose reply is read in pieces; the stream is sent back."""

    request: HttpRequest


class Read(NamedTuple):
    """Read the next piece of a stream."""

    stream: Any


class Close(NamedTuple):
    """Close a stream."""

    stream: Any


class Emit(NamedTuple):
    """Hand a value to whoever iterates over the flow."""

    value: Any


Effect: TypeAlias = "HttpRequest | Sleep | Run | Open | Read | Close | Emit"
#: A flow that returns ``T``.
Flow: TypeAlias = Generator[Effect, Any, T]
