"""The other side of every measurement: a small HTTP/1.1 server on loopback, in a process of its own.

It answers at once, from bytes made beforehand, in the shapes of five services, and serves one file of 20 MB. Its CPU is
never counted. Started by ``run.py``; prints its address on the first line, and ends when its standard input closes.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import sys
import tempfile
from itertools import count
from pathlib import Path

FILE_SIZE = 20 * 1024 * 1024
#: A task id that begins so has ended: its record carries the link of the file.
DONE = "done"

_ids = count(1)


def _plain(status: str, body: bytes, kind: str = "application/json") -> bytes:
    return f"HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body


def _reply(record: object) -> bytes:
    return _plain("200 OK", json.dumps(record, separators=(",", ":")).encode())


def _replies(url: str) -> dict[str, bytes]:
    """Make the replies; ``TASK_ID`` in them is replaced by the id that was asked for, or by a new one."""
    kie = {
        "taskId": "TASK_ID",
        "model": "nano-banana-pro",
        "state": "generating",
        "param": json.dumps({"model": "nano-banana-pro", "input": {"prompt": "a red bicycle"}}),
        "resultJson": "",
        "failCode": None,
        "failMsg": None,
        "costTime": None,
        "completeTime": None,
        "createTime": 1_793_000_000_000,
        "progress": 40,
    }
    done = {
        **kie,
        "state": "success",
        "resultJson": json.dumps({"resultUrls": [f"{url}/file.bin"]}),
        "costTime": 20_000,
        "completeTime": 1_793_000_020_000,
        "creditsConsumed": 18,
    }
    veo = {
        "taskId": "TASK_ID",
        "paramJson": json.dumps({"prompt": "a red bicycle", "model": "veo3_fast"}),
        "completeTime": None,
        "createTime": 1_793_000_000_000,
        "response": None,
        "successFlag": 0,
        "errorCode": None,
        "errorMessage": "",
        "fallbackFlag": False,
    }
    fal = {
        "status": "IN_PROGRESS",
        "request_id": "TASK_ID",
        "response_url": f"{url}/fal-ai/nano-banana/requests/TASK_ID",
        "status_url": f"{url}/fal-ai/nano-banana/requests/TASK_ID/status",
        "cancel_url": f"{url}/fal-ai/nano-banana/requests/TASK_ID/cancel",
        "queue_position": 0,
        "logs": None,
        "metrics": {},
    }
    replicate = {
        "id": "TASK_ID",
        "model": "google/nano-banana",
        "version": "hidden",
        "status": "processing",
        "input": {"prompt": "a red bicycle"},
        "output": None,
        "logs": "",
        "error": None,
        "metrics": None,
        "created_at": "2026-11-01T10:00:00.000Z",
        "started_at": "2026-11-01T10:00:01.000Z",
        "completed_at": None,
        "urls": {"get": f"{url}/v1/predictions/TASK_ID", "cancel": f"{url}/v1/predictions/TASK_ID/cancel"},
    }
    runway = {
        "id": "TASK_ID",
        "createdAt": "2026-11-01T10:00:00.000Z",
        "status": "RUNNING",
        "progress": 0.4,
        "estimatedCost": {"credits": 5},
    }
    openai = {
        "id": "TASK_ID",
        "object": "video",
        "created_at": 1_793_000_000,
        "completed_at": None,
        "expires_at": None,
        "error": None,
        "model": "sora-2",
        "progress": 40,
        "prompt": "a red bicycle",
        "remixed_from_video_id": None,
        "seconds": "4",
        "size": "720x1280",
        "status": "in_progress",
    }
    created = _reply({"code": 200, "msg": "success", "data": {"taskId": "TASK_ID"}})
    return {
        "GET /api/v1/jobs/recordInfo": _reply({"code": 200, "msg": "success", "data": kie}),
        "GET done": _reply({"code": 200, "msg": "success", "data": done}),
        "GET /api/v1/veo/record-info": _reply({"code": 200, "msg": "success", "data": veo}),
        "POST /api/v1/jobs/createTask": created,
        "POST /api/v1/veo/generate": created,
        "GET /fal-ai": _reply(fal),
        "POST /fal-ai": _reply({**fal, "status": "IN_QUEUE"}),
        "GET /v1/predictions": _reply(replicate),
        "POST /v1/predictions": _reply({**replicate, "status": "starting"}),
        "GET /v1/tasks": _reply(runway),
        "POST /v1/text_to_image": _reply({"id": "TASK_ID", "estimatedCost": {"credits": 5}}),
        "GET /v1/videos": _reply(openai),
        "POST /v1/videos": _reply({**openai, "status": "queued", "progress": 0}),
    }


class _Protocol(asyncio.Protocol):
    """One connection."""

    def __init__(self, replies: dict[str, bytes], file: Path) -> None:
        self._replies = replies
        self._file = file
        self._buffer = b""
        self._sending: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self._transport: asyncio.WriteTransport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        """Answer every request that is there whole."""
        buffer = self._buffer + data if self._buffer else data
        while True:
            end = buffer.find(b"\r\n\r\n")
            if end < 0:
                break
            head = buffer[:end]
            length = 0
            if not head.startswith(b"GET"):
                lower = head.lower()
                at = lower.find(b"content-length:")
                if at >= 0:
                    length = int(lower[at + 15 :].split(b"\r\n", 1)[0])
                elif b"chunked" in lower:
                    closing = buffer.find(b"0\r\n\r\n", end)
                    if closing < 0:
                        break
                    length = closing + 5 - end - 4
            if len(buffer) < end + 4 + length:
                break
            self._answer(head)
            buffer = buffer[end + 4 + length :]
        self._buffer = buffer

    def _answer(self, head: bytes) -> None:
        method, target, _ = head.split(b"\r\n", 1)[0].decode("ascii").split(" ", 2)
        path, _, query = target.partition("?")
        if path == "/file.bin":
            self._sending = asyncio.get_running_loop().create_task(self._send_file(head))
            return
        parts = path.split("/")
        if query:  # …?taskId=…
            task_id = query.rpartition("=")[2]
        elif method == "GET":
            task_id = parts[-2] if parts[-1] == "status" else parts[-1]
        else:
            task_id = f"task-{next(_ids):012d}"
        if task_id.startswith(DONE):
            key = "GET done"
        elif path.startswith("/api/"):
            key = f"{method} {path}"
        else:
            key = f"{method} /{'/'.join(parts[1:3])}" if parts[1] == "v1" else f"{method} /{parts[1]}"
        reply = self._replies.get(key)
        if reply is None:
            self._transport.write(_plain("404 Not Found", f'{{"code":404,"msg":"no {key}"}}'.encode()))
            return
        made = reply.replace(b"TASK_ID", task_id.encode())
        if len(made) != len(reply):  # the id has another length than its place: so has the body
            body = made.partition(b"\r\n\r\n")[2]
            made = _plain("200 OK", body)
        self._transport.write(made)

    async def _send_file(self, head: bytes) -> None:
        first, last, status = 0, FILE_SIZE - 1, "200 OK"
        at = head.lower().find(b"range: bytes=")
        extra = ""
        if at >= 0:
            start, _, stop = head[at + 13 :].split(b"\r\n", 1)[0].decode().partition("-")
            first, last, status = int(start), int(stop or last), "206 Partial Content"
            extra = f"content-range: bytes {first}-{last}/{FILE_SIZE}\r\n"
        size = last - first + 1
        self._transport.write(
            f'HTTP/1.1 {status}\r\ncontent-type: image/png\r\naccept-ranges: bytes\r\netag: "bench"\r\n{extra}'
            f"content-length: {size}\r\n\r\n".encode()
        )
        with contextlib.suppress(ConnectionError), self._file.open("rb") as file:
            await asyncio.get_running_loop().sendfile(self._transport, file, first, size)


async def _serve(folder: Path) -> None:
    file = folder / "file.bin"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + random.Random(1).randbytes(FILE_SIZE - 8))
    loop = asyncio.get_running_loop()
    replies: dict[str, bytes] = {}
    server = await loop.create_server(lambda: _Protocol(replies, file), "127.0.0.1", 0, backlog=1024)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    replies.update(_replies(url))
    print(url, flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="kie-bench-") as name:
        asyncio.run(_serve(Path(name)))
