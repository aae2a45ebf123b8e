"""Delivers callbacks: real bodies, real signature, 15 seconds of patience, three tries (CONTRACT §4).

Nothing is sent to hosts that exist for examples only (`*.invalid`, `*.test`, `*.example`, `example.com` and
its like), and redirections are not followed.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import math
import queue
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

from kie.emulator.sending.connections import TIMEOUT, Connections
from kie.emulator.urls import split

TRIES = 3
#: Threads that deliver.
LANES = 4
#: Signs what is signed wrongly.
WRONG_KEY = "not-the-key-of-this-account"
#: Seconds by which a stale signature is old.
_STALE = 86400
_SKIPPED = (".invalid", ".test", ".example", "example.com", "example.net", "example.org")


def sign(key: str, task: str, timestamp: int | str) -> str:
    """base64(HMAC-SHA256(key, taskId + "." + timestamp)): what X-Webhook-Signature holds."""
    digest = hmac.new(key.encode(), f"{task}.{timestamp}".encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


@dataclass(frozen=True, slots=True)
class Parcel:
    """One callback to deliver.

    `report` is told the HTTP status, 0 when nobody answered, and the milliseconds it took. `attempt` counts from 1;
    `at` is the virtual time at which it was sent.
    """

    url: str
    task: str
    body: Any
    report: Callable[[Parcel, int, float], None]
    attempt: int = 1
    at: float = 0.0
    model: str = ""
    fault: str = ""
    key: str | None = None  # signed with this instead of the account's
    rule: int | None = None  # the number of the rule behind `fault`
    signed: str = ""  # wrongly: "wrong-key", "missing", "garbled" or "stale"
    text: str = ""  # sent instead of the body
    lane: str = ""  # goes out in order with the callbacks of this task instead of its own


#: Takes the place of HTTP: gets address, headers and body of a callback, gives back a status.
Receiver = Callable[[str, dict[str, str], bytes], int]


def skipped(url: str) -> bool:
    """Whether nothing is ever sent to this address."""
    parts = split(url)
    host = (parts.hostname or "").lower()
    reserved = any(host == name.lstrip(".") or host.endswith(f".{name.lstrip('.')}") for name in _SKIPPED)
    return reserved or parts.scheme not in {"http", "https"} or not host


class Courier:
    """Threads which deliver; the callbacks of one task go out in their order.

    Args:
        key: Signs every callback; None signs none.
        receiver: Takes all callbacks in this process; None sends them over HTTP.
        lanes: How many callbacks may be under way at once; 1 keeps them all in the order in which they were sent.
    """

    def __init__(self, key: str | None = None, receiver: Receiver | None = None, lanes: int = LANES) -> None:
        self.key = key
        self._receiver = receiver
        self._many = lanes
        self._lanes: list[queue.SimpleQueue[tuple[int, Parcel] | None]] = []
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._arrived = threading.Condition(self._lock)
        self._numbers = count()
        self._under_way: dict[int, float] = {}
        #: Called after every delivery.
        self.wake: Callable[[], None] = lambda: None

    def oldest(self) -> float:
        """The virtual time at which the oldest callback that is under way was sent; infinite when there is none."""
        with self._lock:
            return min(self._under_way.values(), default=math.inf)

    def settle(self, seconds: float = TIMEOUT + 1) -> None:
        """Blocks until a callback that is under way has arrived; at most as long as a receiver may take."""
        with self._arrived:
            if self._under_way:
                self._arrived.wait(seconds)

    def send(self, parcel: Parcel) -> None:
        """Puts a callback on its way."""
        with self._lock:
            if not self._threads:
                self._start()
            number = next(self._numbers)
            self._under_way[number] = parcel.at
            lane = zlib.crc32((parcel.lane or parcel.task).encode()) % len(self._lanes)
            self._lanes[lane].put((number, parcel))

    def close(self) -> None:
        """Lets the threads end after what they are at."""
        with self._lock:
            for lane in self._lanes:
                lane.put(None)
            threads, self._threads, self._lanes = self._threads, [], []
        for thread in threads:
            thread.join(timeout=1)

    def _start(self) -> None:
        for number in range(self._many):
            lane: queue.SimpleQueue[tuple[int, Parcel] | None] = queue.SimpleQueue()
            thread = threading.Thread(
                target=self._deliver, args=(lane,), name=f"kie-emulator-courier-{number}", daemon=True
            )
            self._lanes.append(lane)
            self._threads.append(thread)
            thread.start()

    def _deliver(self, lane: queue.SimpleQueue[tuple[int, Parcel] | None]) -> None:
        with Connections() as connections:
            while (held := lane.get()) is not None:
                number, parcel = held
                began = time.monotonic()
                status = self._post(parcel, connections)
                parcel.report(parcel, status, (time.monotonic() - began) * 1000)
                with self._arrived:
                    del self._under_way[number]
                    self._arrived.notify_all()
                self.wake()

    def headers(self, task: str, key: str | None = None, signed: str = "") -> dict[str, str]:
        """The headers of a delivery; signed when there is a key, or wrongly as `signed` says.

        The timestamp is the wall's: receivers live there.
        """
        held = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "okhttp/3.14.9",
            "X-Emulated-By": "kie",
        }
        secret = WRONG_KEY if signed == "wrong-key" else key if key is not None else self.key
        if secret is None and signed == "garbled":
            secret = WRONG_KEY
        if secret is None or signed == "missing":
            return held
        stamp = str(int(time.time()) - (_STALE if signed == "stale" else 0))
        signature = sign(secret, task, stamp)
        if signed == "garbled":
            signature = signature[1:-1]
        return held | {"X-Webhook-Timestamp": stamp, "X-Webhook-Signature": signature}

    def _post(self, parcel: Parcel, connections: Connections) -> int:
        if parcel.fault == "drop":
            return 0
        data = parcel.text.encode() or json.dumps(parcel.body, ensure_ascii=False).encode()
        headers = self.headers(parcel.task, parcel.key, parcel.signed)
        if self._receiver is None:
            return connections.post(parcel.url, headers, data)
        try:
            return self._receiver(parcel.url, headers, data)
        except Exception:  # noqa: BLE001 - a receiver that breaks is a receiver that did not answer
            return 0
