"""An httpx2 client (or httpx: same shape) as a transport: pass ``Kie(transport=httpx2.Client(...))``.

The user's client stays the user's: it is never closed here. Its own default headers, proxies and certificates apply,
and its timeouts where it has any of its own. Its own credentials do not: the API gets the key, and results get none.
"""

from __future__ import annotations

from time import monotonic
from typing import Any

from kie.client.transport import FileBody, HttpReply, HttpRequest, Interrupted, NotDelivered, TransportFailure

__all__ = ["AsyncHttpx2Transport", "Httpx2Transport", "looks_like_httpx"]

#: Names of the exceptions that mean "certainly nothing arrived", in httpx and httpx2 alike. No proxy's error is among
#: them: it may come after the proxy forwarded the request.
_BEFORE = frozenset(("ConnectError", "ConnectTimeout", "PoolTimeout", "UnsupportedProtocol", "InvalidURL"))


def looks_like_httpx(client: object) -> bool:
    """Whether an object is an httpx or httpx2 client, sync or async."""
    return any(base.__module__.partition(".")[0] in ("httpx", "httpx2") for base in type(client).__mro__)


def _sorted(error: Exception) -> TransportFailure | None:
    names = {base.__name__ for base in type(error).__mro__}
    if names & _BEFORE:
        return NotDelivered(f"{type(error).__name__}: {error}"[:300])
    if "TransportError" in names or "StreamError" in names or "DecodingError" in names:
        return Interrupted(f"{type(error).__name__}: {error}"[:300])
    return None


def _built(client: Any, request: HttpRequest, timeout: float | None, *, sync: bool) -> Any:
    headers = list(request.headers)
    body: Any = request.body
    if isinstance(body, FileBody):
        headers.append(("content-length", str(body.size)))
        body = body.pieces() if sync else body.async_pieces()
    seconds = request.timeout if request.timeout is not None else timeout
    options: dict[str, Any] = {} if seconds is None else {"timeout": seconds}
    built = client.build_request(request.method, request.url, headers=headers, content=body, **options)
    if not any(name == "authorization" for name, _ in request.headers):  # where results are is anybody's server
        for name in ("authorization", "cookie"):
            built.headers.pop(name, None)
    return built


def _own(client: Any, timeout: float) -> float | None:
    """Return our timeout for a client that has httpx's own of 5 s: too short for an answer that was paid for."""
    theirs = getattr(client, "timeout", None)
    return timeout if theirs is None or theirs == type(theirs)(5.0) else None


class _Late:
    """Ends the reading of an answer that comes in drops: httpx bounds each read, not their sum."""

    def __init__(self, seconds: float) -> None:
        self._over = monotonic() + seconds

    def check(self) -> None:
        """Raise ``Interrupted`` when the time is over."""
        if monotonic() > self._over:
            raise Interrupted("the answer takes too long")


class Httpx2Transport:
    """Wraps a synchronous client.

    Args:
        client: an ``httpx2.Client``.
        timeout: seconds for a whole exchange with the API.

    """

    def __init__(self, client: Any, timeout: float = 60.0) -> None:
        self._client = client
        self._timeout = timeout
        self._each = _own(client, timeout)

    def send(self, request: HttpRequest) -> HttpReply:
        """Send and read the reply whole; raises ``NotDelivered`` or ``Interrupted``."""
        try:
            late = _Late(request.timeout or self._timeout)
            built = _built(self._client, request, self._each, sync=True)
            response = self._client.send(built, stream=True, auth=None, follow_redirects=False)
            try:
                pieces = []
                for piece in response.iter_bytes():
                    pieces.append(piece)
                    late.check()
            finally:
                response.close()
            return HttpReply(response.status_code, b"".join(pieces), response.headers.get)
        except Exception as error:
            raise _sorted(error) or error from error

    def stream(self, request: HttpRequest) -> _Stream:
        """Send and read the reply in pieces; raises ``NotDelivered`` or ``Interrupted``."""
        try:
            built = _built(self._client, request, self._each, sync=True)
            return _Stream(self._client.send(built, stream=True, auth=None, follow_redirects=False), raw=request.media)
        except Exception as error:
            raise _sorted(error) or error from error

    def close(self) -> None:
        """Leave the client open: it is the user's."""


class _Stream:
    def __init__(self, response: Any, *, raw: bool) -> None:
        self._response = response
        self.status: int = response.status_code
        self.header = response.headers.get
        # As they come: a size would hold a chat back until so much is there.
        self._pieces = response.iter_raw() if raw else response.iter_bytes()

    def read(self) -> bytes:
        """Return the next piece, b"" at the end; raises ``Interrupted``."""
        try:
            return next(self._pieces, b"")
        except Exception as error:
            raise Interrupted(f"{type(error).__name__}: {error}"[:300]) from error

    def close(self) -> None:
        """Close the response."""
        self._response.close()


class AsyncHttpx2Transport:
    """Wraps an asynchronous client.

    Args:
        client: an ``httpx2.AsyncClient``.
        timeout: seconds for a whole exchange with the API.

    """

    def __init__(self, client: Any, timeout: float = 60.0) -> None:
        self._client = client
        self._timeout = timeout
        self._each = _own(client, timeout)

    async def send(self, request: HttpRequest) -> HttpReply:
        """Send and read the reply whole; raises ``NotDelivered`` or ``Interrupted``."""
        try:
            late = _Late(request.timeout or self._timeout)
            built = _built(self._client, request, self._each, sync=False)
            response = await self._client.send(built, stream=True, auth=None, follow_redirects=False)
            try:
                pieces = []
                async for piece in response.aiter_bytes():
                    pieces.append(piece)
                    late.check()
            finally:
                await response.aclose()
            return HttpReply(response.status_code, b"".join(pieces), response.headers.get)
        except Exception as error:
            raise _sorted(error) or error from error

    async def stream(self, request: HttpRequest) -> _AsyncStream:
        """Send and read the reply in pieces; raises ``NotDelivered`` or ``Interrupted``."""
        try:
            built = _built(self._client, request, self._each, sync=False)
            response = await self._client.send(built, stream=True, auth=None, follow_redirects=False)
            return _AsyncStream(response, raw=request.media)
        except Exception as error:
            raise _sorted(error) or error from error

    async def close(self) -> None:
        """Leave the client open: it is the user's."""


class _AsyncStream:
    def __init__(self, response: Any, *, raw: bool) -> None:
        self._response = response
        self.status: int = response.status_code
        self.header = response.headers.get
        self._pieces = response.aiter_raw() if raw else response.aiter_bytes()

    async def read(self) -> bytes:
        """Return the next piece, b"" at the end; raises ``Interrupted``."""
        try:
            return await anext(self._pieces, b"")
        except Exception as error:
            raise Interrupted(f"{type(error).__name__}: {error}"[:300]) from error

    async def close(self) -> None:
        """Close the response."""
        await self._response.aclose()
