"""POSTs over connections that are kept open, for a thread that sends many callbacks to few receivers."""

from __future__ import annotations

import http.client
import ssl
from typing import TYPE_CHECKING, Self

from kie.emulator.urls import split

if TYPE_CHECKING:
    from types import TracebackType

#: Seconds for which a receiver is waited for (CONTRACT §4).
TIMEOUT = 15.0
_MOST = 8


class Connections:
    """Open connections by scheme, host and port. For one thread. Redirections are not followed."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, str, int | None], http.client.HTTPConnection] = {}

    def post(self, url: str, headers: dict[str, str], data: bytes) -> int:
        """The status of the answer; 0 when there was none."""
        parts = split(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            place = (parts.scheme, parts.hostname or "", parts.port)
            kept = self._open.pop(place, None)
            if kept is not None:
                try:
                    return self._exchange(place, kept, path, headers, data)
                except (ConnectionError, http.client.BadStatusLine):
                    kept.close()  # the receiver had closed it in the meantime: once more on a fresh one
            return self._exchange(place, _connect(*place), path, headers, data)
        except (OSError, http.client.HTTPException, ValueError):
            return 0

    def _exchange(
        self,
        place: tuple[str, str, int | None],
        connection: http.client.HTTPConnection,
        path: str,
        headers: dict[str, str],
        data: bytes,
    ) -> int:
        try:
            connection.request("POST", path, body=data, headers=headers)
            answer = connection.getresponse()
            answer.read()
        except BaseException:
            connection.close()
            raise
        if answer.will_close or len(self._open) >= _MOST:
            connection.close()
        else:
            self._open[place] = connection
        return answer.status

    def close(self) -> None:
        """Closes all connections."""
        while self._open:
            self._open.popitem()[1].close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _connect(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    if scheme == "https":
        return http.client.HTTPSConnection(host, port, timeout=TIMEOUT, context=ssl.create_default_context())
    return http.client.HTTPConnection(host, port, timeout=TIMEOUT)
