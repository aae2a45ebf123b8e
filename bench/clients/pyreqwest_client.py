"""pyreqwest alone: what the network and the JSON cost without a client of a service."""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

NAME = "raw pyreqwest"
PACKAGE = "pyreqwest"
IMPORT = "from pyreqwest.client import SyncClientBuilder"
CLIENT = "import json; from pyreqwest.client import SyncClientBuilder; client = SyncClientBuilder().build()"
STATUS = "json.loads(bytes(client.get('{url}/api/v1/jobs/recordInfo?taskId=task-1').build().send().bytes()))"

_KEY = "Bearer key"
_BODY = {"model": "nano-banana-pro", "input": {"prompt": "a red bicycle", "aspect_ratio": "16:9"}}


def sync_calls(url: str) -> tuple[Callable[[str], Any], Callable[[], Any], Callable[[], None]]:
    """Return status, submit and close."""
    from pyreqwest.client import SyncClientBuilder

    client = SyncClientBuilder().build()

    def status(task_id: str) -> Any:
        asked = client.get(f"{url}/api/v1/jobs/recordInfo?taskId={task_id}").header("authorization", _KEY)
        return json.loads(bytes(asked.build().send().bytes()))

    def submit() -> Any:
        posted = client.post(f"{url}/api/v1/jobs/createTask").header("authorization", _KEY).body_json(_BODY)
        return json.loads(bytes(posted.build().send().bytes()))

    return status, submit, client.close


def async_calls(url: str) -> tuple[Callable[[str], Awaitable[Any]], Callable[[], Awaitable[None]]]:
    """Return status and close."""
    from pyreqwest.client import ClientBuilder

    client = ClientBuilder().build()

    async def status(task_id: str) -> Any:
        asked = client.get(f"{url}/api/v1/jobs/recordInfo?taskId={task_id}").header("authorization", _KEY)
        return json.loads(bytes(await (await asked.build().send()).bytes()))

    return status, client.close


def live_task(status: Callable[[str], Any], submit: Callable[[], Any]) -> Any:
    """Return the two answers."""
    created = submit()
    return created, status(created["data"]["taskId"])


def download(url: str, path: Path) -> None:
    """Fetch the file in pieces."""
    from pyreqwest.client import SyncClientBuilder

    client = _kept.get(url) or _kept.setdefault(url, SyncClientBuilder().build())
    digest = hashlib.sha256()
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        with client.get(f"{url}/file.bin").build_streamed() as response:
            reader = response.body_reader
            while (piece := reader.read_chunk()) is not None:
                digest.update(piece)
                file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


_kept: dict[str, Any] = {}
