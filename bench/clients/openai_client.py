"""openai, the client of OpenAI: its videos, which are tasks too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

NAME = "openai"
PACKAGE = "openai"
IMPORT = "import openai"
CLIENT = "import openai; client = openai.OpenAI(api_key='key', base_url='{url}/v1')"
STATUS = "client.videos.retrieve('task-1')"


def sync_calls(url: str) -> tuple[Callable[[str], Any], Callable[[], Any], Callable[[], None]]:
    """Return status, submit and close."""
    import openai

    client = openai.OpenAI(api_key="key", base_url=f"{url}/v1")

    def submit() -> Any:
        return client.videos.create(model="sora-2", prompt="a red bicycle", seconds="4", size="1280x720")

    return client.videos.retrieve, submit, client.close


def async_calls(url: str) -> tuple[Callable[[str], Awaitable[Any]], Callable[[], Awaitable[None]]]:
    """Return status and close."""
    import openai

    client = openai.AsyncOpenAI(api_key="key", base_url=f"{url}/v1")
    return client.videos.retrieve, client.close


def live_task(status: Callable[[str], Any], submit: Callable[[], Any]) -> Any:
    """Return the two answers."""
    created = submit()
    return created, status(created.id)


download = None
