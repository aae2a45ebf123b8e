"""One emulator for all pages, and the files that their examples speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image

from kie.client import opening
from kie.emulator import Emulator

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Shared:
    """A served emulator which no client closes."""

    def __init__(self, url: str) -> None:
        self.url = url

    def close(self) -> None:
        """Stay: the next page needs it."""


@pytest.fixture(scope="session")
def shared_emulator() -> Iterator[Shared]:
    with Emulator(clock="jump", credits=1_000_000, rate=(100_000, 10.0)) as emulator, emulator.serve() as server:
        yield Shared(server.url)


@pytest.fixture
def emulated(shared_emulator: Shared, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Every ``Kie()`` works on the shared emulator, in a folder with a few pictures; returns the folder."""
    monkeypatch.setenv("KIE_EMULATED", "1")
    monkeypatch.setattr(opening, "_emulator", lambda: shared_emulator)
    monkeypatch.chdir(tmp_path)
    for number, name in enumerate(("cat.png", "dress.png")):
        Image.effect_mandelbrot((512, 512), (-2, -1.5 + number / 10, 1, 1.5), 60).convert("RGB").save(name)
    mask = Image.new("L", (512, 512), 0)
    mask.paste(255, (128, 0, 384, 200))
    mask.save("mask.png")
    return tmp_path
