"""fal-client, the client of fal.ai. It has no setting for a plain http address, so its constant is set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

NAME = "fal-client"
PACKAGE = "fal_client"
IMPORT = "import fal_client"
CLIENT = (
    "import fal_client; fal_client.client.QUEUE_URL_FORMAT = '{url}/'; "
    "client = fal_client.SyncClient(key='key'); client._client"
)
STATUS = "client.status('fal-ai/nano-banana', 'task-1')"

_APP = "fal-ai/nano-banana"
_INPUT = {"prompt": "a red bicycle", "aspect_ratio": "16:9"}


def sync_calls(url: str) -> tuple[Callable[[str], Any], Callable[[], Any], Callable[[], None]]:
    """Return status, submit and close."""
    import fal_client

    fal_client.client.QUEUE_URL_FORMAT = f"{url}/"
    client = fal_client.SyncClient(key="key")
    return (lambda task_id: client.status(_APP, task_id)), (lambda: client.submit(_APP, _INPUT)), lambda: None


def async_calls(url: str) -> tuple[Callable[[str], Awaitable[Any]], Callable[[], Awaitable[None]]]:
    """Return status and close."""
    import fal_client

    fal_client.client.QUEUE_URL_FORMAT = f"{url}/"
    client = fal_client.AsyncClient(key="key")

    async def close() -> None:
        return None

    return (lambda task_id: client.status(_APP, task_id)), close


def live_task(status: Callable[[str], Any], submit: Callable[[], Any]) -> Any:  # noqa: ARG001 - a handle asks for itself
    """Return the handle and the status."""
    handle = submit()
    return handle, handle.status()


download = None
