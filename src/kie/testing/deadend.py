"""An HTTP proxy that leads nowhere: it reads who is asked for, tells, and refuses."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

#: Seconds that a caller has for its first line.
_PATIENCE = 2.0
_MOST = 8192


class DeadEnd:
    """The proxy, on a free port of this machine. Its thread begins with it and ends with `close`.

    Args:
        asked: Is told host and port of each request; returns the words of the refusal.
    """

    def __init__(self, asked: Callable[[str, int], str | None]) -> None:
        self._asked = asked
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.settimeout(None)
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="kie-testing-dead-end", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Ends it; the port is free again."""
        self._closed = True
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits for a caller, on Linux
        with contextlib.suppress(OSError), socket.socket() as knock:  # and elsewhere
            knock.settimeout(0.2)
            knock.connect(self._socket.getsockname())
        self._socket.close()
        self._thread.join(timeout=_PATIENCE + 1)

    def _run(self) -> None:
        while not self._closed:
            try:
                caller, _ = self._socket.accept()
            except OSError:
                return
            with caller, contextlib.suppress(OSError):
                caller.settimeout(_PATIENCE)
                self._refuse(caller)

    def _refuse(self, caller: socket.socket) -> None:
        data = b""
        while b"\r\n\r\n" not in data and len(data) < _MOST:
            piece = caller.recv(_MOST)
            if not piece:
                break
            data += piece
        words = data.partition(b"\r\n")[0].decode("ascii", "replace").split()
        if len(words) < 2:  # noqa: PLR2004 - method and target
            return
        host, port = target(words[0], words[1])
        text = ((self._asked(host, port) if host else None) or "no such way").encode()
        head = f"HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nContent-Length: {len(text)}\r\n"
        caller.sendall(f"{head}Connection: close\r\n\r\n".encode() + text)


def target(method: str, place: str) -> tuple[str, int]:
    """Host and port of a proxy request: `CONNECT host:443` or `GET http://host/path`; ("", 0) for anything else."""
    with contextlib.suppress(ValueError):
        parts = urlsplit(f"//{place}" if method == "CONNECT" else place)
        if parts.hostname:
            return parts.hostname, parts.port or (443 if parts.scheme == "https" or method == "CONNECT" else 80)
    return "", 0
