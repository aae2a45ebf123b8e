"""An httpx2 client (or httpx: same shape) as a transport: pass ``Kie(transport=httpx2.Client(...))``.

The user's client stays the user's: it is never closed here. Its own default headers, proxies and certificates apply.
"""

from __future__ import annotations

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


def _built(client: Any, request: HttpRequest, *, sync: bool) -> Any:
    headers = list(request.headers)
    body: Any = request.body
    if isinstance(body, FileBody):
        headers.append(("content-length", str(body.size)))
        body = body.pieces() if sync else body.async_pieces()
    options: dict[str, Any] = {} if request.timeout is None else {"timeout": request.timeout}
    return client.build_request(request.method, request.url, headers=headers, content=body, **options)


class Httpx2Transport:
    """Wraps a synchronous client.

    Args:
        client: an ``httpx2.Client``.

    """

    def __init__(self, client: Any) -> None:
        self._client = client

    def send(self, request: HttpRequest) -> HttpReply:
        """Send and read the reply whole; raises ``NotDelivered`` or ``Interrupted``."""
        try:
            response = self._client.send(_built(self._client, request, sync=True), follow_redirects=False)
            return HttpReply(response.status_code, response.content, response.headers.get)
        except Exception as error:
            raise _sorted(error) or error from error

    def stream(self, request: HttpRequest) -> _Stream:
        """Send and read the reply in pieces; raises ``NotDelivered`` or ``Interrupted``."""
        try:
            built = _built(self._client, request, sync=True)
            return _Stream(self._client.send(built, stream=True, follow_redirects=False))
        except Exception as error:
            raise _sorted(error) or error from error

    def close(self) -> None:
        """Leave the client open: it is the user's."""


class _Stream:
    def __init__(self, response: Any) -> None:
        self._response = response
        self.status: int = response.status_code
        self.header = response.headers.get
        self._pieces = response.iter_bytes()  # as they come: a size would hold a chat back until so much is there

    def read(self) -> bytes:
        """Return the next piece, b"" at the end; raises ``Interrupted``."""
        try:
            return next(self._pieces, b"")
        except Exception as error:
            raise _sorted(error) or error from error

    def close(self) -> None:
        """Close the response."""
        self._response.close()


class AsyncHttpx2Transport:
    """Wraps an asynchronous client.

    Args:
        client: an ``httpx2.AsyncClient``.

    """

    def __init__(self, client: Any) -> None:
        self._client = client

    async def send(self, request: HttpRequest) -> HttpReply:
        """Send and read the reply whole; raises ``NotDelivered`` or ``Interrupted``."""
        try:
            response = await self._client.send(_built(self._client, request, sync=False), follow_redirects=False)
            return HttpReply(response.status_code, response.content, response.headers.get)
        except Exception as error:
            raise _sorted(error) or error from error

    async def stream(self, request: HttpRequest) -> _AsyncStream:
        """Send and read the reply in pieces; raises ``NotDelivered`` or ``Interrupted``."""
        try:
            built = _built(self._client, request, sync=False)
            return _AsyncStream(await self._client.send(built, stream=True, follow_redirects=False))
        except Exception as error:
            raise _sorted(error) or error from error

    async def close(self) -> None:
        """Leave the client open: it is the user's."""


class _AsyncStream:
    def __init__(self, response: Any) -> None:
        self._response = response
        self.status: int = response.status_code
        self.header = response.headers.get
        self._pieces = response.aiter_bytes()

    async def read(self) -> bytes:
        """Return the next piece, b"" at the end; raises ``Interrupted``."""
        try:
            return await anext(self._pieces, b"")
        except Exception as error:
            raise _sorted(error) or error from error

    async def close(self) -> None:
        """Close the response."""
        await self._response.aclose()
