"""The live run: without --live its cases are not collected; with it, it ends with its results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.referee.live.report import SETTINGS, write

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leaves the cases of the live run alone unless the flag is given."""
    return True if collection_path.parent.name == "live" and SETTINGS not in config.stash else None


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Ends a live run with its results."""
    if SETTINGS in config.stash:
        write(terminalreporter, config.stash[SETTINGS], config.getoption("--live-json"))
