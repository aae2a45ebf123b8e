"""What every test of the client gets."""

import asyncio
from types import SimpleNamespace

import pytest

from kie.client import core, drive
from tests.client.stub import Clock


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A virtual clock under every client that is made in the test: nothing sleeps."""
    made = Clock()
    pause = asyncio.sleep

    async def sleep(seconds: float) -> None:
        if seconds > 0:
            made.sleep(seconds)
        await pause(0)

    monkeypatch.setattr(core, "time", SimpleNamespace(monotonic=made, time=made))
    monkeypatch.setattr(drive, "time", SimpleNamespace(sleep=made.sleep))
    monkeypatch.setattr(asyncio, "sleep", sleep)
    return made
