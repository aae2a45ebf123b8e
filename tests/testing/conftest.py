"""Runs of pytest within these tests: in this process, or in one of their own with a fresh interpreter."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

pytest_plugins = ["pytester"]

#: pytester forgets what a run in this process has imported, and compiled modules do not bear being loaded twice.
for name in (
    *("numpy.random", "PIL.Image", "PIL.ImageFont", "pyreqwest.client", "pyreqwest.exceptions", "uvicorn"),
    *("kie.client.aio", "kie.client.pyreqwest", "kie.client.sync", "kie.emulator.media"),
):
    importlib.import_module(name)


@pytest.fixture
def run(pytester: pytest.Pytester) -> Callable[..., pytest.RunResult]:
    """Runs the source of a test file with options, in this process; warnings are errors."""

    def runs(source: str, *options: str) -> pytest.RunResult:
        pytester.makepyfile(source)
        # Plugins of the outer run which do not like to be entered twice, or have nothing to do here.
        return pytester.runpytest_inprocess("-p", "no:xdist", "-p", "no:timeout", "-W", "error", *options)

    return runs


@pytest.fixture
def run_apart(pytester: pytest.Pytester) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs it in a process of its own, where the plugin comes by its entry point."""

    def runs(source: str, *options: str) -> subprocess.CompletedProcess[str]:
        path = pytester.makepyfile(source)
        environment = {name: held for name, held in os.environ.items() if not name.startswith(("PYTEST_", "KIE_"))}
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-W", "error", *options, path.name],
            cwd=pytester.path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )

    return runs
