"""A vendor as quick as one can be, in a process of its own: it makes tasks, calls back, and serves a small file.

It speaks the market's dialect over HTTP/1.1 from bytes made beforehand, so that what is measured is who asks. Prints
its address on the first line, and ends when its standard input closes. ``GET /stats`` tells what was made.

    python bench/durable/upstream.py SECONDS     how long an image takes; a video goes on for ever
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from collections import deque
from itertools import count
from urllib.parse import urlsplit

#: 2 kB that begin as a PNG does.
FILE = b"\x89PNG\r\n\x1a\n" + bytes(2040)

_ids = count(1)


def _plain(body: bytes, kind: str = "application/json", status: str = "200 OK") -> bytes:
    return f"HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body


class Upstream:
    """Tasks, and the callbacks that are to be sent."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.url = ""
        self.made: dict[str, float] = {}
        self.asked = 0
        self.senders: dict[str, Sender] = {}

    def answer(self, method: str, path: str, body: bytes) -> bytes:
        """Answer one request."""
        if method == "POST":
            return self._create(json.loads(body))
        if path.startswith("/file/"):
            return _plain(FILE + path.encode(), "image/png")
        if path == "/stats":
            return _plain(json.dumps({"made": len(self.made), "asked": self.asked}).encode())
        if "/credit" in path:
            return _plain(b'{"code":200,"msg":"success","data":1000000}')
        self.asked += 1
        return self._record(path.rpartition("taskId=")[2])

    def _create(self, order: dict[str, str]) -> bytes:
        task = f"task_{next(_ids)}"
        loop, long = asyncio.get_running_loop(), "video" in order["model"]
        self.made[task] = loop.time() + (1e9 if long else self.seconds)
        callback = order.get("callBackUrl")
        if callback and not long:
            loop.call_later(self.seconds, self._send, callback, task)
        return _plain(json.dumps({"code": 200, "msg": "success", "data": {"taskId": task}}).encode())

    def _record(self, task: str) -> bytes:
        if task not in self.made:
            return _plain(b'{"code":422,"msg":"recordInfo is null","data":null}')
        done = asyncio.get_running_loop().time() >= self.made[task]
        record = {
            "taskId": task,
            "model": "nano-banana-pro",
            "state": "success" if done else "generating",
            "param": "{}",
            "resultJson": json.dumps({"resultUrls": [f"{self.url}/file/{task}.png"]}) if done else "",
            "failCode": None,
            "failMsg": None,
            "createTime": 1_900_000_000_000,
            "completeTime": None,
            "creditsConsumed": 18,
        }
        return _plain(json.dumps({"code": 200, "msg": "success", "data": record}).encode())

    def _send(self, callback: str, task: str) -> None:
        place = urlsplit(callback)
        body = json.dumps({"code": 200, "msg": "success", "data": {"taskId": task, "state": "success"}}).encode()
        request = (
            f"POST {place.path} HTTP/1.1\r\nhost: {place.netloc}\r\ncontent-type: application/json\r\n"
            f"content-length: {len(body)}\r\n\r\n"
        ).encode() + body
        self.senders.setdefault(place.netloc, Sender(place.hostname or "", place.port or 80)).send(request)


class Sender:
    """Sends callbacks over a few connections that stay open."""

    def __init__(self, host: str, port: int) -> None:
        self._place = host, port
        self._queue: deque[bytes] = deque()
        self._free = 16
        self._going: set[asyncio.Task[None]] = set()  # a task that nobody holds may be collected in the middle

    def send(self, request: bytes) -> None:
        """Send one as soon as a connection is free."""
        self._queue.append(request)
        if self._free:
            self._free -= 1
            task = asyncio.create_task(self._work())
            self._going.add(task)
            task.add_done_callback(self._going.discard)

    async def _work(self) -> None:
        reader, writer = await asyncio.open_connection(*self._place)
        try:
            while self._queue:
                writer.write(self._queue.popleft())
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
                await reader.readexactly(length)
        finally:
            self._free += 1
            writer.close()


async def _connection(upstream: Upstream, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            method, path, _ = head.split(b" ", 2)
            body, lowered = b"", head.lower()
            if b"content-length:" in lowered:
                body = await reader.readexactly(int(lowered.partition(b"content-length:")[2].split(b"\r\n", 1)[0]))
            writer.write(upstream.answer(method.decode(), path.decode(), body))
    writer.close()


async def main(seconds: str) -> None:
    """Serve until the standard input closes."""
    upstream = Upstream(float(seconds))
    server = await asyncio.start_server(lambda r, w: _connection(upstream, r, w), "127.0.0.1", 0)
    upstream.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    print(upstream.url, flush=True)
    await asyncio.to_thread(sys.stdin.read)
    os._exit(0)  # connections are not waited for


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
