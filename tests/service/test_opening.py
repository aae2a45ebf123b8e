"""``Service()`` takes what it needs from the settings."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from kie.errors import AuthenticationError
from kie.service import Service
from kie.service.machine import State

if TYPE_CHECKING:
    from pathlib import Path

    from tests.service.support import Ground

pytestmark = pytest.mark.slow


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    for name in ("KIE_API_KEY", "KIE_BASE_URL", "KIE_EMULATED", "KIE_DATABASE_URL", "KIE_ARTEFACTS_URL"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_database_files_and_key_are_those_of_the_settings(
    settings: pytest.MonkeyPatch, tmp_path: Path, ground: Ground
) -> None:
    settings.setenv("KIE_API_KEY", "a-key")
    settings.setenv("KIE_BASE_URL", ground.url)
    settings.setenv("KIE_DATABASE_URL", f"sqlite:///{tmp_path}/other/kie.db")
    settings.setenv("KIE_ARTEFACTS_URL", str(tmp_path / "stored"))

    async def go() -> None:
        async with Service() as service:
            ground.emulator.advance(0)
            made = await service.create("nano-banana-pro", {"prompt": "a fox"})
            done = await service.wait(made.id, 60)
            assert done.state is State.SUCCEEDED
            digest = done.artefacts[0].sha256
        assert (tmp_path / "other" / "kie.db").is_file()
        assert (tmp_path / "stored" / digest[:2] / digest).is_file()
        assert ground.creations() == 1

    asyncio.run(go())


def test_without_a_key_one_can_look_but_not_work(settings: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings.setenv("KIE_DATABASE_URL", f"sqlite:///{tmp_path}/kie.db")

    async def go() -> None:
        service = Service()
        try:
            await service.open()
            assert await service.list() == []
            with pytest.raises(AuthenticationError, match="no API key"):
                await service.start()
        finally:
            await service.close()

    asyncio.run(go())
