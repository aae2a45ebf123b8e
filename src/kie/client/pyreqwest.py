"""The default transport: pyreqwest (Rust's reqwest), the one with the least CPU a call and the quickest import."""

from __future__ import annotations

import sys
import threading
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from kie.client.transport import FileBody, HttpReply, HttpRequest, Interrupted, NotDelivered, TransportFailure

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyreqwest.client import Client, SyncClient
    from pyreqwest.response import Response, SyncResponse

__all__ = ["AsyncPyreqwestTransport", "PyreqwestTransport"]

_CONNECT = 15.0
_READ = 60.0
#: Seconds that a stream may last in all; each of its reads is bounded by the client's timeout.
_STREAM = 3600.0
#: Bytes of a body that opening it waits for. None: a chat is shown as it is written, a cut file keeps what came.
_AHEAD = 0
_B = TypeVar("_B")


def _loaded() -> None:
    """Import pyreqwest in a thread that does not end.

    Seen with pyreqwest 0.15.1: when the thread that imported it first has ended, its next use in another one kills the
    process (segmentation fault). A server's worker thread may well be the first to call.
    """
    if "pyreqwest.client" in sys.modules:
        return
    if threading.current_thread() is threading.main_thread():
        import pyreqwest.client  # noqa: F401
    else:
        there = threading.Event()

        def keep() -> None:
            try:
                import pyreqwest.client  # noqa: F401
            finally:
                there.set()
            threading.Event().wait()

        threading.Thread(target=keep, daemon=True, name="kie-pyreqwest").start()
        there.wait()


def _kind(request: HttpRequest) -> str:
    return "api" if not request.media else "files" if request.body is None else "uploads"


def _configured(builder: _B, kind: str, timeout: float) -> _B:
    """Set what all kinds of client have in common, and how long each waits."""
    b: Any = builder
    # Well below the whole: what ends while connecting was certainly not delivered, and can be told from the rest.
    b = b.follow_redirects(enable=False).referer(enable=False)
    b = b.connect_timeout(timedelta(seconds=min(_CONNECT, timeout / 2)))
    b = b.default_cookie_store(enable=False).user_agent("kie-python")
    if kind == "files":
        b = b.gzip(enable=False).brotli(enable=False).zstd(enable=False).deflate(enable=False)
        b = b.read_timeout(timedelta(seconds=min(timeout, _READ)))
    elif kind == "api":  # an upload says itself how long it may take: the reading of its answer begins with the sending
        b = b.timeout(timedelta(seconds=timeout)).read_timeout(timedelta(seconds=timeout))
    built: _B = b
    return built


def _sorted(error: BaseException) -> TransportFailure | None:
    """Tell whether a failed request may have been delivered; None for what is no failure of the transport."""
    from pyreqwest import exceptions as e

    if isinstance(error, (e.PoolTimeoutError, e.BuilderError)):
        return NotDelivered(_said(error))
    if isinstance(error, (e.ConnectError, e.ConnectTimeoutError)) and _while_connecting(error):
        return NotDelivered(_said(error))
    if isinstance(error, e.PyreqwestError):
        return Interrupted(_said(error))
    return None


def _broken(error: BaseException) -> TransportFailure | None:
    """Return the failure of a reply that had begun: whatever it is called, the request was delivered."""
    found = _sorted(error)
    return Interrupted(str(found)) if isinstance(found, NotDelivered) else found


def _check_open(*, closed: bool) -> None:
    """Refuse to send on a closed client. One that is closed meanwhile is another matter: the request is on its way."""
    if closed:
        raise NotDelivered("the client is closed")


def _while_connecting(error: BaseException) -> bool:
    """Tell whether no connection came about: a reset of one that stood is called a ConnectError too, after the request.

    Seen with pyreqwest 0.15: the causes name the phase, "client error (Connect)" or "client error (SendRequest)".
    """
    causes = (getattr(error, "details", None) or {}).get("causes") or ()
    return any(str(cause.get("message", "")) == "client error (Connect)" for cause in causes)


def _said(error: BaseException) -> str:
    causes = (getattr(error, "details", None) or {}).get("causes") or ()
    last = causes[-1]["message"] if causes else ""
    return f"{type(error).__name__}: {last or error}"[:300]


def _started(client: Any, request: HttpRequest, pieces: Callable[[FileBody], Any], *, stream: bool = False) -> Any:
    builder = client.request(request.method, request.url)
    if request.headers:
        builder = builder.headers(request.headers)
    body = request.body
    if isinstance(body, FileBody):
        builder = builder.header("content-length", str(body.size)).body_stream(pieces(body))
    elif body is not None:
        builder = builder.body_bytes(body)
    if request.timeout is not None:
        builder = builder.timeout(timedelta(seconds=request.timeout))
    elif stream and not request.media:
        builder = builder.timeout(timedelta(seconds=_STREAM))  # in place of the bound on a whole exchange
    return builder


class _Header:
    """Looks headers up; one that is no text, which pyreqwest refuses to read, is as good as none."""

    def __init__(self, get: Callable[[str], str | None]) -> None:
        self._get = get

    def __call__(self, name: str) -> str | None:
        """Return the value of a header, or None."""
        try:
            return self._get(name)
        except ValueError:
            return None


class PyreqwestTransport:
    """Sends through pools of their own for the API, files and uploads; opened at the first call; for any thread.

    Args:
        timeout: seconds for a whole exchange with the API; for files, for each read.

    """

    def __init__(self, timeout: float = 60.0) -> None:
        self._timeout = timeout
        self._lock = threading.Lock()
        self._closed = False
        self._clients: dict[str, SyncClient] = {}

    def _client(self, request: HttpRequest) -> SyncClient:
        kind = _kind(request)
        client = self._clients.get(kind)
        if client is None:
            _loaded()
            from pyreqwest.client import SyncClientBuilder

            with self._lock:
                client = self._clients.get(kind)
                if client is None:
                    client = self._clients[kind] = _configured(SyncClientBuilder(), kind, self._timeout).build()
        return client

    def send(self, request: HttpRequest) -> HttpReply:
        """Send and read the reply whole; raises ``NotDelivered`` or ``Interrupted``."""
        _check_open(closed=self._closed)
        try:
            client = self._client(request)
            response = _started(client, request, FileBody.pieces).build().send()
            return HttpReply(response.status, bytes(response.bytes()), _Header(response.get_header))
        except Exception as error:
            raise _sorted(error) or error from error

    def stream(self, request: HttpRequest) -> _Stream:
        """Send and read the reply in pieces; raises ``NotDelivered`` or ``Interrupted``."""
        _check_open(closed=self._closed)
        try:
            started = _started(self._client(request), request, FileBody.pieces, stream=True)
            return _Stream(started.streamed_read_buffer_limit(_AHEAD).build_streamed())
        except Exception as error:
            raise _sorted(error) or error from error

    def close(self) -> None:
        """Close all pools."""
        self._closed = True
        for client in list(self._clients.values()):
            client.close()


class _Stream:
    """A reply in pieces."""

    def __init__(self, request: Any) -> None:
        self._request = request
        self._response: SyncResponse = request.__enter__()
        self.status = self._response.status
        self.header = _Header(self._response.get_header)
        self._reader = self._response.body_reader

    def read(self) -> bytes:
        """Return the next piece, b"" at the end; raises ``Interrupted``."""
        try:
            piece = self._reader.read_chunk()
        except Exception as error:
            raise _broken(error) or error from error
        return b"" if piece is None else bytes(piece)

    def close(self) -> None:
        """Drop the connection or give it back."""
        self._request.__exit__(None, None, None)


def _cancellations() -> int:
    """Return how often the running task was cancelled."""
    import asyncio

    task = asyncio.current_task()
    return task.cancelling() if task is not None else 0


def _heed(before: int) -> None:
    """Raise the cancellation that came while something was awaited.

    Seen with pyreqwest 0.15: one that comes in the moment in which the answer does is swallowed by its coroutines.
    """
    if _cancellations() > before:
        import asyncio

        raise asyncio.CancelledError


class AsyncPyreqwestTransport:
    """The same for an event loop.

    Args:
        timeout: seconds for a whole exchange with the API; for files, for each read.

    """

    def __init__(self, timeout: float = 60.0) -> None:
        self._timeout = timeout
        self._closed = False
        self._clients: dict[str, Client] = {}

    def _client(self, request: HttpRequest) -> Client:
        kind = _kind(request)
        client = self._clients.get(kind)
        if client is None:
            _loaded()
            from pyreqwest.client import ClientBuilder

            client = self._clients[kind] = _configured(ClientBuilder(), kind, self._timeout).build()
        return client

    async def send(self, request: HttpRequest) -> HttpReply:
        """Send and read the reply whole; raises ``NotDelivered`` or ``Interrupted``."""
        _check_open(closed=self._closed)
        before = _cancellations()
        try:
            client = self._client(request)
            response = await _started(client, request, FileBody.async_pieces).build().send()
            reply = HttpReply(response.status, bytes(await response.bytes()), _Header(response.get_header))
            _heed(before)
            return reply
        except Exception as error:
            raise _sorted(error) or error from error

    async def stream(self, request: HttpRequest) -> _AsyncStream:
        """Send and read the reply in pieces; raises ``NotDelivered`` or ``Interrupted``."""
        _check_open(closed=self._closed)
        before = _cancellations()
        try:
            started = _started(self._client(request), request, FileBody.async_pieces, stream=True)
            streamed = started.streamed_read_buffer_limit(_AHEAD).build_streamed()
            stream = _AsyncStream(streamed, await streamed.__aenter__())
            try:
                _heed(before)
            except BaseException:
                await stream.close()
                raise
            return stream
        except Exception as error:
            raise _sorted(error) or error from error

    async def close(self) -> None:
        """Close all pools."""
        self._closed = True
        for client in list(self._clients.values()):
            await client.close()


class _AsyncStream:
    """A reply in pieces."""

    def __init__(self, request: Any, response: Response) -> None:
        self._request = request
        self.status = response.status
        self.header = _Header(response.get_header)
        self._reader = response.body_reader

    async def read(self) -> bytes:
        """Return the next piece, b"" at the end; raises ``Interrupted``."""
        before = _cancellations()
        try:
            piece = await self._reader.read_chunk()
            _heed(before)
        except Exception as error:
            raise _broken(error) or error from error
        return b"" if piece is None else bytes(piece)

    async def close(self) -> None:
        """Drop the connection or give it back."""
        await self._request.__aexit__(None, None, None)
