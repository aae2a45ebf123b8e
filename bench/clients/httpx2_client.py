"""httpx2 alone: the usual Python HTTP client without a client of a service."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

NAME = "httpx2"
PACKAGE = "httpx2"
IMPORT = "import httpx2"
CLIENT = "import httpx2; client = httpx2.Client()"
STATUS = "client.get('{url}/api/v1/jobs/recordInfo?taskId=task-1').json()"

_KEY = {"authorization": "Bearer key"}
_BODY = {"model": "nano-banana-pro", "input": {"prompt": "a red bicycle", "aspect_ratio": "16:9"}}


def sync_calls(url: str) -> tuple[Callable[[str], Any], Callable[[], Any], Callable[[], None]]:
    """Return status, submit and close."""
    import httpx2

    client = httpx2.Client(base_url=url, headers=_KEY)

    def status(task_id: str) -> Any:
        return client.get("/api/v1/jobs/recordInfo", params={"taskId": task_id}).json()

    def submit() -> Any:
        return client.post("/api/v1/jobs/createTask", json=_BODY).json()

    return status, submit, client.close


def async_calls(url: str) -> tuple[Callable[[str], Awaitable[Any]], Callable[[], Awaitable[None]]]:
    """Return status and close."""
    import httpx2

    client = httpx2.AsyncClient(base_url=url, headers=_KEY, timeout=60)

    async def status(task_id: str) -> Any:
        return (await client.get("/api/v1/jobs/recordInfo", params={"taskId": task_id})).json()

    return status, client.aclose


def live_task(status: Callable[[str], Any], submit: Callable[[], Any]) -> Any:
    """Return the two answers."""
    created = submit()
    return created, status(created["data"]["taskId"])


def download(url: str, path: Path) -> None:
    """Fetch the file in pieces."""
    import httpx2

    client = _kept.get(url) or _kept.setdefault(url, httpx2.Client())
    digest = hashlib.sha256()
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        with client.stream("GET", f"{url}/file.bin") as response:
            for piece in response.iter_bytes():
                digest.update(piece)
                file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


_kept: dict[str, Any] = {}
