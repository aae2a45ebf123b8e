"""Delivers callbacks: real bodies, real signature, 15 seconds of patience, three tries (CONTRACT §4).

Nothing is sent to hosts that exist for examples only (`*.invalid`, `*.test`, `*.example`, `example.com` and
its like), and redirections are not followed.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import json
import queue
import ssl
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kie.emulator.urls import split

if TYPE_CHECKING:
    from collections.abc import Callable

TIMEOUT = 15.0
TRIES = 3
_THREADS = 4
_SKIPPED = (".invalid", ".test", ".example", "example.com", "example.net", "example.org")


def sign(key: str, task: str, timestamp: int | str) -> str:
    """base64(HMAC-SHA256(key, taskId + "." + timestamp)): what X-Webhook-Signature holds."""
    digest = hmac.new(key.encode(), f"{task}.{timestamp}".encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


@dataclass(frozen=True, slots=True)
class Parcel:
    """One callback to deliver.

    `attempt` counts from 1; `report` is told the HTTP status, 0 when nobody answered.
    """

    url: str
    task: str
    body: Any
    report: Callable[[Parcel, int, float], None]
    attempt: int = 1
    wait: float = 0.0


def skipped(url: str) -> bool:
    """Whether nothing is ever sent to this address."""
    parts = split(url)
    host = (parts.hostname or "").lower()
    reserved = any(host == name.lstrip(".") or host.endswith(f".{name.lstrip('.')}") for name in _SKIPPED)
    return reserved or parts.scheme not in {"http", "https"} or not host


class Courier:
    """Threads which deliver; the callbacks of one task go out in their order."""

    def __init__(self, key: str | None = None) -> None:
        self._key = key
        self._queues: list[queue.Queue[Parcel | None]] = []
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._under_way = 0

    @property
    def busy(self) -> bool:
        """Whether a delivery is under way or waits."""
        return self._under_way > 0

    def send(self, parcel: Parcel) -> None:
        """Puts a callback on its way."""
        with self._lock:
            if not self._threads:
                self._start()
            self._under_way += 1
            lane = int(hashlib.sha256(parcel.task.encode()).hexdigest()[:4], 16) % len(self._queues)
            self._queues[lane].put(parcel)

    def close(self) -> None:
        """Lets the threads end after what they are at."""
        with self._lock:
            for lane in self._queues:
                lane.put(None)
            threads, self._threads, self._queues = self._threads, [], []
        for thread in threads:
            thread.join(timeout=1)

    def _start(self) -> None:
        for number in range(_THREADS):
            lane: queue.Queue[Parcel | None] = queue.Queue()
            thread = threading.Thread(
                target=self._deliver, args=(lane,), name=f"kie-emulator-courier-{number}", daemon=True
            )
            self._queues.append(lane)
            self._threads.append(thread)
            thread.start()

    def _deliver(self, lane: queue.Queue[Parcel | None]) -> None:
        while (parcel := lane.get()) is not None:
            if parcel.wait:
                time.sleep(parcel.wait)
            began = time.monotonic()
            status = self._post(parcel)
            with self._lock:
                self._under_way -= 1
            parcel.report(parcel, status, (time.monotonic() - began) * 1000)

    def headers(self, task: str) -> dict[str, str]:
        """The headers of a delivery; signed when a key is set.

        The timestamp is the wall's: receivers live there.
        """
        held = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "okhttp/3.14.9",
            "X-Emulated-By": "kie",
        }
        if self._key is not None:
            stamp = str(int(time.time()))
            held |= {"X-Webhook-Timestamp": stamp, "X-Webhook-Signature": sign(self._key, task, stamp)}
        return held

    def _post(self, parcel: Parcel) -> int:
        parts = split(parcel.url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        host = parts.hostname or ""
        try:
            connection: http.client.HTTPConnection
            if parts.scheme == "https":
                context = ssl.create_default_context()
                connection = http.client.HTTPSConnection(host, parts.port, timeout=TIMEOUT, context=context)
            else:
                connection = http.client.HTTPConnection(host, parts.port, timeout=TIMEOUT)
        except (ValueError, http.client.InvalidURL):
            return 0
        try:
            data = json.dumps(parcel.body, ensure_ascii=False).encode()
            connection.request("POST", path, body=data, headers=self.headers(parcel.task))
            answer = connection.getresponse()
            answer.read()
            return answer.status
        except (OSError, http.client.HTTPException, UnicodeError):
            return 0
        finally:
            connection.close()
