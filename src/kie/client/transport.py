"""What carries bytes: a small protocol, so that another HTTP client can be passed in, and tests need no socket.

A transport sorts its failures into two: ``NotDelivered`` (certainly nothing arrived: no address, no connection) and
``Interrupted`` (it may have arrived). That line decides whether a paid request may be sent again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

__all__ = [
    "AsyncByteStream",
    "AsyncTransport",
    "ByteStream",
    "FileBody",
    "HttpReply",
    "HttpRequest",
    "Interrupted",
    "NotDelivered",
    "Transport",
    "TransportFailure",
]

Headers: TypeAlias = tuple[tuple[str, str], ...]
_CHUNK = 1 << 18


class TransportFailure(Exception):
    """A failure below HTTP. Never reaches the user: the core turns it into a ``KieError``."""


class NotDelivered(TransportFailure):
    """Certainly nothing reached the server: no address, connection refused, no TLS, no free connection in time."""


class Interrupted(TransportFailure):
    """The request may have reached the server: reset, timeout, cut while it was sent or answered."""


class FileBody(NamedTuple):
    """A body made of a file between two pieces of text (a multipart form), read in pieces while it is sent.

    Attributes:
        head: what goes before the file.
        path: the file.
        tail: what goes after it.
        size: length of the whole in bytes.

    """

    head: bytes
    path: Path
    tail: bytes
    size: int

    def pieces(self) -> Iterator[bytes]:
        """Return the body in pieces of 256 KiB."""
        yield self.head
        with self.path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk
        yield self.tail

    async def async_pieces(self) -> AsyncIterator[bytes]:
        """Return the body in pieces, for an event loop (reading a local piece takes well under a millisecond)."""
        for piece in self.pieces():
            yield piece


class HttpRequest(NamedTuple):
    """A request, ready to be sent.

    Attributes:
        method: GET or POST.
        url: absolute URL.
        headers: names and values; the key is among them for the API, never for result links.
        body: bytes, a file, or None.
        timeout: seconds for the whole exchange, or None for the transport's default.
        media: whether it fetches a file: no compression, no limit on the whole but on each read.

    """

    method: str
    url: str
    headers: Headers = ()
    body: bytes | FileBody | None = None
    timeout: float | None = None
    media: bool = False

    def __repr__(self) -> str:
        """Show method and address without its query, never the headers: the key is among them."""
        return f"<HttpRequest {self.method} {self.url.partition('?')[0]}>"


class HttpReply(NamedTuple):
    """A reply, read whole.

    Attributes:
        status: HTTP status.
        body: the body, decompressed.
        header: returns the value of a header by name (any case), or None.

    """

    status: int
    body: bytes
    header: Callable[[str], str | None]


class ByteStream(Protocol):
    """A reply whose body comes in pieces."""

    status: int
    header: Callable[[str], str | None]

    def read(self) -> bytes:
        """Return the next piece, b"" at the end."""
        ...

    def close(self) -> None:
        """Give the connection back, or drop it when the body is not read to the end."""
        ...


class AsyncByteStream(Protocol):
    """A reply whose body comes in pieces, for an event loop."""

    status: int
    header: Callable[[str], str | None]

    async def read(self) -> bytes:
        """Return the next piece, b"" at the end."""
        ...

    async def close(self) -> None:
        """Give the connection back, or drop it."""
        ...


@runtime_checkable
class Transport(Protocol):
    """What ``Kie`` needs of an HTTP client. Redirects must not be followed."""

    def send(self, request: HttpRequest) -> HttpReply:
        """Send and read the reply whole; raises ``NotDelivered`` or ``Interrupted``."""
        ...

    def stream(self, request: HttpRequest) -> ByteStream:
        """Send and read the reply in pieces; raises ``NotDelivered`` or ``Interrupted``."""
        ...

    def close(self) -> None:
        """Close what this transport opened itself."""
        ...


@runtime_checkable
class AsyncTransport(Protocol):
    """What ``AsyncKie`` needs of an HTTP client. Redirects must not be followed."""

    async def send(self, request: HttpRequest) -> HttpReply:
        """Send and read the reply whole; raises ``NotDelivered`` or ``Interrupted``."""
        ...

    async def stream(self, request: HttpRequest) -> AsyncByteStream:
        """Send and read the reply in pieces; raises ``NotDelivered`` or ``Interrupted``."""
        ...

    async def close(self) -> None:
        """Close what this transport opened itself."""
        ...


def said(error: Exception) -> str:
    """Return what a fault of a transport says: a user's own may say anything, so less of it is shown."""
    from kie.wire.envelope import excerpt

    return str(error) if isinstance(error, TransportFailure) else f"{type(error).__name__}: {excerpt(str(error))}"
