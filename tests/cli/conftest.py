"""Every test in an empty folder, in English, without pauses between tries."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from kie.client import drive


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drive, "time", SimpleNamespace(sleep=lambda _: None))
