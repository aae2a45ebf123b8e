"""``kie``, as it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

NAME = "kie"
PACKAGE = "kie"
IMPORT = "from kie import Kie"
CLIENT = "from kie import Kie; client = Kie('key', base_url='{url}')"
STATUS = "client.task('nano-banana-pro', 'task-1').refresh()"
ASYNC_IMPORT = "from kie import AsyncKie"

MODEL = "nano-banana-pro"
LEGACY = "veo3_fast"


def _limiter() -> Any:
    from kie import Limiter

    return Limiter(creates=None, concurrency=None)


def sync_calls(url: str, model: str = MODEL) -> tuple[Callable[[str], Any], Callable[[], Any], Callable[[], None]]:
    """Return status, submit and close."""
    from kie import Kie

    client = Kie("key", base_url=url, limiter=_limiter())

    def status(task_id: str) -> Any:
        return client.task(model, task_id).refresh()

    def submit() -> Any:
        return client.submit(model, prompt="a red bicycle", aspect_ratio="16:9")

    return status, submit, client.close


def legacy_calls(url: str) -> tuple[Callable[[str], Any], Callable[[], Any], Callable[[], None]]:
    """Return the same for a model with endpoints of its own."""
    return sync_calls(url, LEGACY)


def refresh_call(url: str) -> tuple[Callable[[str], Any], Callable[[], None]]:
    """Return the refresh of one task that is kept, as a wait does it."""
    from kie import Kie

    client = Kie("key", base_url=url, limiter=_limiter())
    task = client.task(MODEL, "task-1")
    return lambda _: task.refresh(), client.close


def async_calls(url: str) -> tuple[Callable[[str], Awaitable[Any]], Callable[[], Awaitable[None]]]:
    """Return status and close."""
    from kie import AsyncKie

    client = AsyncKie("key", base_url=url, limiter=_limiter())

    async def status(task_id: str) -> Any:
        return await client.task(MODEL, task_id).refresh()

    return status, client.close


def live_task(status: Callable[[str], Any], submit: Callable[[], Any]) -> Any:  # noqa: ARG001 - a task asks for itself
    """Return a task that was submitted and asked for once."""
    task = submit()
    task.refresh()
    return task


def download(url: str, path: Path) -> None:
    """Fetch the file of a finished task."""
    from kie import Kie

    if _kept.get("url") != url:
        _kept.update(url=url, output=Kie("key", base_url=url).task(MODEL, "done-1").wait().outputs[0])
    _kept["output"].save(path)


_kept: dict[str, Any] = {}
