"""What these tests stand on: a scripted transport, a clock nobody waits for, and a server that misbehaves."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import struct
import threading
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from kie.client import core, drive
from kie.client.transport import HttpReply, HttpRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Self

MODEL = "nano-banana-pro"
"""An ordinary market model: one required input, a price, images as its result."""

KEY = "0123456789abcdef0123456789abcdef"
"""The key that the tests look for where it must not be."""

BASE = "http://127.0.0.1:9"
"""An address where nobody listens."""

LINK = "https://files.example.com/a.png"

Step: TypeAlias = "HttpReply | BaseException | Callable[[HttpRequest], HttpReply]"


def reply(body: Any = None, status: int = 200, **headers: str) -> HttpReply:
    """Make a reply; a body that is not bytes is dumped as JSON. Names of headers are written with underscores."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return HttpReply(status, data, lambda name: named.get(name.lower()))


def envelope(
    code: int | str = 200, msg: str = "success", data: Any = None, status: int = 200, **headers: str
) -> HttpReply:
    """Make a reply in the vendor's envelope."""
    return reply({"code": code, "msg": msg, "data": data}, status, **headers)


def created(task_id: str = "t1") -> HttpReply:
    """Make the answer to a create that went well."""
    return envelope(data={"taskId": task_id})


def record(state: str = "success", **fields: Any) -> HttpReply:
    """Make the answer to a query of a market task."""
    made: dict[str, Any] = {"taskId": "t1", "state": state}
    if state == "success":
        made["resultJson"] = json.dumps({"resultUrls": [LINK]})
    return envelope(data=made | fields)


class StubStream:
    """A reply in one piece."""

    def __init__(self, whole: HttpReply) -> None:
        self.status = whole.status
        self.header = whole.header
        self.left = whole.body

    def read(self) -> bytes:
        """Return what is left."""
        piece, self.left = self.left, b""
        return piece

    def close(self) -> None:
        """Do nothing."""


class Stub:
    """A transport that plays a script; its last step is played again and again.

    Attributes:
        log: the requests that came.

    """

    def __init__(self, *script: Step) -> None:
        self.script = list(script)
        self.log: list[HttpRequest] = []

    def send(self, request: HttpRequest) -> HttpReply:
        """Play the next step."""
        self.log.append(request)
        step = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if isinstance(step, BaseException):
            raise step
        return step if isinstance(step, HttpReply) else step(request)

    def stream(self, request: HttpRequest) -> StubStream:
        """Play the next step, as a stream."""
        return StubStream(self.send(request))

    def close(self) -> None:
        """Do nothing."""

    @property
    def posts(self) -> int:
        """How many requests were POSTs."""
        return sum(request.method == "POST" for request in self.log)


class AsyncStubStream:
    """A reply in one piece, for an event loop."""

    def __init__(self, inner: StubStream) -> None:
        self.status = inner.status
        self.header = inner.header
        self._inner = inner

    async def read(self) -> bytes:
        """Return what is left."""
        return self._inner.read()

    async def close(self) -> None:
        """Do nothing."""


class AsyncStub:
    """The same for an event loop."""

    def __init__(self, *script: Step) -> None:
        self.inner = Stub(*script)
        self.log = self.inner.log

    async def send(self, request: HttpRequest) -> HttpReply:
        """Play the next step."""
        await asyncio.sleep(0)
        return self.inner.send(request)

    async def stream(self, request: HttpRequest) -> AsyncStubStream:
        """Play the next step, as a stream."""
        return AsyncStubStream(self.inner.stream(request))

    async def close(self) -> None:
        """Do nothing."""


class Clock:
    """Time that passes only where somebody sleeps.

    Attributes:
        now: seconds, of the monotonic and of the wall clock alike.
        slept: the pauses, in order.

    """

    def __init__(self) -> None:
        self.now = 1_800_000_000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        """Return the time."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let time pass; however short, no pause takes no time at all."""
        assert seconds >= 0
        self.slept.append(seconds)
        self.now += max(seconds, 1e-6)


@contextlib.contextmanager
def virtual() -> Iterator[Clock]:
    """Put a virtual clock under every client that is made meanwhile: nothing sleeps."""
    clock = Clock()
    pause, here = asyncio.sleep, threading.get_ident()

    async def sleep(seconds: float) -> None:
        if threading.get_ident() != here:  # a server that another test left running keeps its own time
            await pause(seconds)
            return
        if seconds > 0:
            clock.sleep(seconds)
        await pause(0)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(core, "time", SimpleNamespace(monotonic=clock, time=clock))
        patch.setattr(drive, "time", SimpleNamespace(sleep=clock.sleep))
        patch.setattr(asyncio, "sleep", sleep)
        yield clock


# ------------------------------------------------------------------------------------------------------ real sockets

_RESET = struct.pack("ii", 1, 0)  # linger for 0 s: close() sends RST instead of FIN


class Server:
    """A server on the loopback interface whose every fault is one of real sockets.

    Args:
        fault: what happens to POSTs: "", "reset", "fin", "truncate", "garbage" (no HTTP), "html502", "html200", "gzip"
            (which it is not), "hang", "429", "odd429" (with a header that is no text), "307",
            "stale" (the second POST of a connection is cut without an answer) or "idle" (each connection is closed
            after its answer, though it was to be kept).

    """

    def __init__(self, fault: str = "") -> None:
        self.fault = fault
        self.posts = 0
        self.gets: list[bytes] = []
        self.paths: list[str] = []
        self._over = threading.Event()
        self._open: list[socket.socket] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._run, daemon=True).start()

    def __enter__(self) -> Self:
        """Return the server."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close all sockets."""
        self._over.set()
        for one in (self._listening, *self._open):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _run(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            self._open.append(connection)
            threading.Thread(target=self._guarded, args=(connection,), daemon=True).start()

    def _guarded(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            for number, (method, path) in enumerate(_requests(connection), 1):
                self.paths.append(path)
                if method == "POST":
                    self.posts += 1
                if method != "POST":
                    connection.sendall(_http(b'{"code":200,"msg":"success","data":5}'))
                elif not self._post(connection, number):
                    return

    def _post(self, connection: socket.socket, number: int) -> bool:
        """Answer, or not; returns whether the connection goes on."""
        fault = self.fault
        if fault == "reset":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        elif fault == "truncate":
            connection.sendall(b'HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{"code":200')
        elif fault == "garbage":
            connection.sendall(b"SSH-2.0-OpenSSH_9.6\r\n")
        elif fault == "hang":
            self._over.wait(20)
        if fault in ("reset", "fin", "truncate", "garbage", "hang") or (fault == "stale" and number > 1):
            return False
        if fault == "html502":
            connection.sendall(_http(b"<html>bad gateway</html>", "502 Bad Gateway"))
        elif fault == "html200":
            connection.sendall(_http(b"<html>welcome</html>"))
        elif fault == "gzip":
            connection.sendall(_http(b"no gzip at all", extra=b"content-encoding: gzip\r\n"))
        elif fault == "odd429":
            connection.sendall(_http(b"", "429 Too Many Requests", b"retry-after: \xff\xfe\r\n"))
        elif fault == "307":
            connection.sendall(_http(b"", "307 Temporary Redirect", b"location: /elsewhere\r\n"))
        elif fault == "429" and self.posts < 3:
            refusal = b'{"code":429,"msg":"Your call frequency is too high.","data":null}'
            connection.sendall(_http(refusal, extra=b"retry-after: 0\r\n"))
        else:
            connection.sendall(_http(b'{"code":200,"msg":"success","data":{"taskId":"t%d"}}' % self.posts))
        return fault != "idle"


def _http(body: bytes, status: str = "200 OK", extra: bytes = b"") -> bytes:
    head = f"HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n"
    return head.encode() + extra + b"\r\n" + body


def _requests(connection: socket.socket) -> Iterator[tuple[str, str]]:
    """Read request after request; yields method and path once the body is there."""
    file = connection.makefile("rb")
    while line := file.readline():
        method, path, _ = line.decode("latin-1").split(" ", 2)
        length = 0
        while (field := file.readline().strip()) != b"":
            name, _, value = field.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        file.read(length)
        yield method, path


def refused_port() -> int:
    """Return a port where nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


__all__ = [
    "BASE",
    "KEY",
    "LINK",
    "MODEL",
    "AsyncStub",
    "Clock",
    "Server",
    "Stub",
    "created",
    "envelope",
    "record",
    "refused_port",
    "reply",
    "virtual",
]
