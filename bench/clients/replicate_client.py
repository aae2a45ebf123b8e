"""replicate, the client of Replicate (the 1.x line)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

NAME = "replicate"
PACKAGE = "replicate"
IMPORT = "import replicate"
CLIENT = "import replicate; client = replicate.Client(api_token='key', base_url='{url}'); client._client"
STATUS = "client.predictions.get('task-1')"

_INPUT = {"prompt": "a red bicycle", "aspect_ratio": "16:9"}


def sync_calls(url: str) -> tuple[Callable[[str], Any], Callable[[], Any], Callable[[], None]]:
    """Return status, submit and close."""
    import replicate

    client = replicate.Client(api_token="key", base_url=url)

    def submit() -> Any:
        return client.predictions.create(version="hidden", input=_INPUT)

    return client.predictions.get, submit, lambda: None


def async_calls(url: str) -> tuple[Callable[[str], Awaitable[Any]], Callable[[], Awaitable[None]]]:
    """Return status and close."""
    import httpx
    import replicate

    client = replicate.Client(api_token="key", base_url=url, timeout=httpx.Timeout(60))

    async def close() -> None:
        return None

    return client.predictions.async_get, close


def live_task(status: Callable[[str], Any], submit: Callable[[], Any]) -> Any:  # noqa: ARG001 - a prediction reloads itself
    """Return the prediction, reloaded once."""
    prediction = submit()
    prediction.reload()
    return prediction


download = None
