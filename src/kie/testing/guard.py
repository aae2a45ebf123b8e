"""The egress guard: while it stands, this process reaches no further than this machine.

Python's sockets are stopped where they name an address: connecting, sending to somebody, looking a name up. Programs
and libraries that do not use them (Rust, Go, curl) are led by the usual environment variables to a proxy of the guard's
own, which refuses, and remembers who was asked for. What heeds neither is not caught.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from kie.testing.addresses import Allowed
from kie.testing.deadend import DeadEnd

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType

#: Threads of the emulator itself: a callback to an address elsewhere is not sent, and that is not the test's fault.
_EMULATOR = "kie-emulator"
_PROXIES = ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy")
_FREE = ("NO_PROXY", "no_proxy")
_OTHERS = ("ALL_PROXY", "all_proxy")
_LOCAL = "localhost,127.0.0.1,::1"


class NetworkBlocked(OSError):
    """A test reached for the network beyond this machine. An OSError, so that code under test treats it as one."""


class Attempt(NamedTuple):
    """Somebody reached for a host.

    `way` is what they called, such as "connect" or "getaddrinfo"; port is 0 where there was none.
    """

    host: str
    port: int
    way: str

    def __str__(self) -> str:
        """Host and port, and how it was reached for."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}{f':{self.port}' if self.port else ''} ({self.way})"


class Guard:
    """Keeps this process on this machine while it is entered; puts everything back when it is left.

    Args:
        hosts: What may be reached all the same: names, patterns with `*`, addresses, networks.
    """

    def __init__(self, hosts: Iterable[str] = ()) -> None:
        self._allowed = Allowed(hosts)
        self._attempts: list[Attempt] = []
        self._lock = threading.Lock()
        self._undo: list[Callable[[], None]] = []

    def take(self) -> list[Attempt]:
        """What was reached for since the last time this was asked; each once."""
        with self._lock:
            found, self._attempts = list(dict.fromkeys(self._attempts)), []
        return found

    def __enter__(self) -> Self:
        try:
            self._guard_sockets()
            self._guard_names()
            self._guard_others()
        except BaseException:
            self._put_back()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._put_back()

    def _put_back(self) -> None:
        while self._undo:
            self._undo.pop()()

    def _check(self, host: Any, port: Any, way: str) -> None:
        name = host.decode("ascii", "replace") if isinstance(host, (bytes, bytearray)) else str(host)
        may = self._allowed.may_reach if way in {"connect", "sendto", "sendmsg"} else self._allowed.may_resolve
        if not may(name):
            raise self._blocked(name, port, way)

    def _blocked(self, host: str, port: Any, way: str) -> NetworkBlocked:
        attempt = Attempt(host, port if isinstance(port, int) else _number(port), way)
        if not threading.current_thread().name.startswith(_EMULATOR):
            with self._lock:
                self._attempts.append(attempt)
        return NetworkBlocked(told([attempt]))

    # ------------------------------------------------------------------------------------------------ Python

    def _guard_sockets(self) -> None:
        kind: Any = socket.socket
        check = self._check

        def judged(sock: Any, address: Any, way: str) -> None:
            if sock.family in {socket.AF_INET, socket.AF_INET6} and isinstance(address, tuple) and address:
                check(address[0], address[1] if len(address) > 1 else 0, way)

        connect, connect_ex, sendto, sendmsg = (
            kind.connect,
            kind.connect_ex,
            kind.sendto,
            getattr(kind, "sendmsg", None),
        )

        def guarded_connect(self: Any, address: Any, /) -> None:
            judged(self, address, "connect")
            connect(self, address)

        def guarded_connect_ex(self: Any, address: Any, /) -> Any:
            judged(self, address, "connect")
            return connect_ex(self, address)

        def guarded_sendto(self: Any, data: Any, /, *rest: Any) -> Any:
            if rest:
                judged(self, rest[-1], "sendto")
            return sendto(self, data, *rest)

        self._replace(kind, "connect", guarded_connect)
        self._replace(kind, "connect_ex", guarded_connect_ex)
        self._replace(kind, "sendto", guarded_sendto)
        if sendmsg is not None:

            def guarded_sendmsg(
                self: Any, buffers: Any, ancdata: Any = (), flags: int = 0, address: Any = None, /
            ) -> Any:
                if address is None:
                    return sendmsg(self, buffers, ancdata, flags)
                judged(self, address, "sendmsg")
                return sendmsg(self, buffers, ancdata, flags, address)

            self._replace(kind, "sendmsg", guarded_sendmsg)

    def _guard_names(self) -> None:
        check, allowed = self._check, self._allowed
        getaddrinfo = socket.getaddrinfo

        def guarded_getaddrinfo(host: Any, port: Any, *rest: Any, **named: Any) -> Any:
            if host is None:
                return getaddrinfo(host, port, *rest, **named)
            check(host, port, "getaddrinfo")
            found = getaddrinfo(host, port, *rest, **named)
            name = host.decode() if isinstance(host, (bytes, bytearray)) else str(host)
            if allowed.may_reach(name):
                allowed.resolved(str(entry[4][0]) for entry in found)
            return found

        self._replace(socket, "getaddrinfo", guarded_getaddrinfo)
        for way in ("gethostbyname", "gethostbyname_ex", "gethostbyaddr"):
            self._replace(socket, way, self._looked_up(way))

    def _looked_up(self, way: str) -> Callable[[Any], Any]:
        ask = getattr(socket, way)
        allowed = self._allowed

        def guarded(host: Any, /) -> Any:
            self._check(host, 0, way)
            found = ask(host)
            if allowed.may_reach(str(host)):
                allowed.resolved([found] if isinstance(found, str) else found[2])
            return found

        return guarded

    def _replace(self, place: Any, name: str, guarded: Any) -> None:
        """Puts `guarded` there until the guard is left: what was inherited is inherited again."""
        own = name in vars(place)
        before = vars(place).get(name)
        setattr(place, name, guarded)
        self._undo.append(lambda: setattr(place, name, before) if own else delattr(place, name))

    # ------------------------------------------------------------------------------------------------ others

    def _guard_others(self) -> None:
        dead_end = DeadEnd(self._asked)
        self._undo.append(dead_end.close)
        free = ",".join([_LOCAL, *(host.removeprefix("*") for host in self._allowed.hosts if host != "*")])
        wanted: dict[str, str | None] = dict.fromkeys(_PROXIES, dead_end.url)
        wanted |= dict.fromkeys(_FREE, "*" if "*" in self._allowed.hosts else free) | dict.fromkeys(_OTHERS)
        before = {name: os.environ.get(name) for name in wanted}
        opener = _opener()
        self._undo.append(lambda: _keep_opener(opener))
        self._undo.append(lambda: _environ(before))
        _environ(wanted)
        _keep_opener(None)

    def _asked(self, host: str, port: int) -> str | None:
        """What the proxy answers to a request; None when the host may be reached, but not by this way."""
        if self._allowed.may_reach(host):
            return None
        return str(self._blocked(host, port, "by proxy"))


def told(attempts: Iterable[Attempt]) -> str:
    """The attempts in words, with what can be done."""
    attempts = list(attempts)
    hosts = list(dict.fromkeys(attempt.host for attempt in attempts))
    return (
        f"this test reached for {', '.join(map(str, attempts))}, beyond this machine. Point the client at the emulator "
        "(kie_emulator_server sets KIE_BASE_URL and KIE_UPLOAD_URL), or allow it: "
        f"@pytest.mark.kie(allow_hosts={hosts})"
    )


def _number(port: Any) -> int:
    text = port.decode("ascii", "replace") if isinstance(port, bytes) else str(port)
    return int(text) if text.isdecimal() else {"http": 80, "https": 443}.get(text, 0)


def _opener() -> Any:
    """What `urllib.request.urlopen` works with: it reads the proxies once, at its first use in a process."""
    module = sys.modules.get("urllib.request")
    return None if module is None else vars(module)["_opener"]


def _keep_opener(opener: Any) -> None:
    module = sys.modules.get("urllib.request")
    if module is not None:
        vars(module)["_opener"] = opener


def _environ(values: dict[str, str | None]) -> None:
    for name, value in values.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
