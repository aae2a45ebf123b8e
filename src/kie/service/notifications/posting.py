"""One POST to a guarded address: no redirect, no proxy, no credentials, a limit to everything that comes back.

Over the standard library: a connection is opened to the very address that the guard has judged, and TLS is held
against the name (with SNI). A client that resolves names by itself would leave a gap between judging and connecting,
and one that pins a name does so for as long as the client lives. Each POST has a connection of its own.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
import ssl
import time
from functools import cache
from ipaddress import ip_address
from typing import TYPE_CHECKING, NamedTuple

from kie.service.notifications.guard import AddressRefused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kie.service.notifications.guard import Address, Guard, Target

__all__ = ["EXCERPT", "TIMEOUT", "Answer", "Poster"]

#: Seconds for all of it: name, connection, TLS, request and the first of the answer (Standard Webhooks: 15 to 30).
TIMEOUT = 15.0
#: Seconds for the connection to one of a name's addresses, before the next is tried.
_CONNECT = 5.0
#: Seconds in which the answer's body may follow its head; its words are for the log alone.
_BODY = 1.0
#: Bytes of an answer's head, and of its body, that are read.
_HEAD, _READ = 32 * 1024, 4096
#: Characters of an answer's body that are kept.
EXCERPT = 500
#: Digits of a length that is worth reading as a number.
_DIGITS = 10
#: Interim answers (100, 103) that are passed over.
_INTERIM = 4

_STATUS = re.compile(rb"HTTP/1\.[01] ([1-9]\d\d)(?: [^\r\n]*)?\r?")
_END = re.compile(rb"\r?\n\r?\n")


class Answer(NamedTuple):
    """How a POST ended.

    Attributes:
        status: HTTP status; None where no answer came.
        error: why none came, in a few words; "" where one did.
        retry_after: the header ``Retry-After`` as it was sent, or None.
        excerpt: the beginning of the answer's body, printable.
        took: seconds.

    """

    status: int | None
    error: str = ""
    retry_after: str | None = None
    excerpt: str = ""
    took: float = 0.0

    @property
    def taken(self) -> bool:
        """Whether the receiver has it: 200 to 299, and nothing else."""
        return self.status is not None and 200 <= self.status < 300  # noqa: PLR2004


class Poster:
    """Sends to guarded addresses.

    Args:
        guard: judges them.
        timeout: seconds for each POST.
        tls: for tests; the system's authorities are trusted where None.

    """

    def __init__(self, guard: Guard, *, timeout: float = TIMEOUT, tls: ssl.SSLContext | None = None) -> None:
        self.guard = guard
        self._timeout = timeout
        self._tls = tls

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Send once. Whatever goes wrong is told in the answer; only a cancellation is raised."""
        began = time.monotonic()
        try:
            async with asyncio.timeout(self._timeout):
                answer = await self._post(self.guard.read(url), headers, body)
        except AddressRefused as refused:
            answer = Answer(None, refused.message)
        except TimeoutError:
            answer = Answer(None, f"no answer within {self._timeout:g} s")
        except ssl.SSLCertVerificationError as error:
            answer = Answer(None, f"its certificate does not hold: {error.verify_message}")
        except ssl.SSLError as error:
            answer = Answer(None, f"TLS failed: {error.reason or error}")
        except _Unreadable as error:
            answer = Answer(None, str(error))
        except OSError as error:
            answer = Answer(None, f"no connection: {error.strerror or error}")
        except Exception as error:  # noqa: BLE001 - whatever a receiver does, it is a failure of its own
            answer = Answer(None, f"{type(error).__name__}: {error}")
        return answer._replace(took=time.monotonic() - began)

    async def _post(self, target: Target, headers: Mapping[str, str], body: bytes) -> Answer:
        from kie import __version__

        connection = await _connected(await self.guard.addresses(target), target.port)
        context = (self._tls or _tls()) if target.secure else None
        reader, writer = await asyncio.open_connection(
            sock=connection, ssl=context, server_hostname=target.host if context else None, limit=_HEAD
        )
        try:
            lines = {
                "Host": target.origin,
                "User-Agent": f"kie/{__version__}",
                "Accept": "*/*",
                "Connection": "close",
                "Content-Type": "application/json",
                "Content-Length": str(len(body)),
                **headers,
            }
            head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
            writer.write(f"POST {target.path} HTTP/1.1\r\n{head}\r\n".encode("ascii") + body)
            # The answer is waited for at once: who refuses a request may do so before it has read all of it.
            return await _answer(reader)
        finally:
            writer.transport.abort()  # nothing is owed to who has answered, and nothing is waited for


class _Unreadable(Exception):
    """What came is no answer of HTTP/1."""


@cache
def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    return context


async def _connected(addresses: tuple[Address, ...], port: int) -> socket.socket:
    """Connect to the first of the addresses that takes it."""
    loop = asyncio.get_running_loop()
    fault: OSError = OSError("no address")
    for address in addresses:
        family = socket.AF_INET6 if address.version == 6 else socket.AF_INET  # noqa: PLR2004
        try:
            made = socket.socket(family, socket.SOCK_STREAM)
        except OSError as error:  # a host without IPv6
            fault = error
            continue
        try:
            made.settimeout(0)
            async with asyncio.timeout(_CONNECT):
                await loop.sock_connect(made, (str(address), port))
            if ip_address(made.getpeername()[0]) == address:
                return made
            fault = OSError("connected to another address than the one that was judged")
        except TimeoutError:
            fault = OSError(f"{address} does not answer")
        except OSError as error:
            fault = error
        except BaseException:
            made.close()
            raise
        made.close()
    raise fault


async def _answer(reader: asyncio.StreamReader) -> Answer:
    """Read an answer, as far as it concerns us."""
    held = b""
    for _ in range(_INTERIM):
        while (end := _END.search(held)) is None:
            if len(held) > _HEAD:
                raise _Unreadable(f"the head of the answer is longer than {_HEAD} bytes")
            piece = await reader.read(_READ)
            if not piece:
                raise _Unreadable("the connection was closed without an answer")
            held += piece
        head, held = held[: end.start()], held[end.end() :]
        first, *lines = head.split(b"\n")
        status = _STATUS.fullmatch(first)
        if status is None:
            raise _Unreadable("what came is no answer of HTTP/1")
        if not 100 <= int(status[1]) < 200:  # noqa: PLR2004
            break
    else:
        raise _Unreadable("only interim answers came")
    found = {}
    for line in lines:
        name, _, value = line.partition(b":")
        found[name.strip().lower()] = value.strip()
    text = bytearray(held)
    chunked = found.get(b"transfer-encoding", b"").lower().endswith(b"chunked")
    length = found.get(b"content-length", b"")
    most = min(_READ, int(length)) if length.isdigit() and len(length) < _DIGITS and not chunked else _READ
    with contextlib.suppress(TimeoutError, OSError):
        async with asyncio.timeout(_BODY):
            while len(text) < most and not (chunked and text.endswith(b"\r\n0\r\n\r\n")):
                piece = await reader.read(most - len(text))
                if not piece:
                    break
                text += piece
    retry = found.get(b"retry-after")
    return Answer(
        int(status[1]),
        retry_after=None if retry is None else _printable(retry)[:100],
        excerpt=_printable(_joined(bytes(text)) if chunked else bytes(text[:most]))[:EXCERPT],
    )


def _joined(raw: bytes) -> bytes:
    """Put chunks together, as many as are there."""
    text = b""
    while raw:
        size, mark, raw = raw.partition(b"\r\n")
        try:
            length = int(size.partition(b";")[0], 16) if mark else 0
        except ValueError:
            break
        if length <= 0:
            break
        text, raw = text + raw[:length], raw[length + 2 :]
    return text


def _printable(raw: bytes) -> str:
    """Make text that a database and a terminal take."""
    return "".join(letter if letter.isprintable() else " " for letter in raw.decode("utf-8", "replace")).strip()
