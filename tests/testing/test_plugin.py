"""The plugin among others: it costs next to nothing where it is not used, and can be left out."""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from kie.testing import marker

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    import pytest

    Run = Callable[..., pytest.RunResult]
    RunApart = Callable[..., subprocess.CompletedProcess[str]]

HEAVY = "('kie.emulator', 'kie.client', 'kie.testing.guard', 'kie.testing.served', 'kie.testing.report', 'numpy')"


def test_pytest_finds_it_by_its_entry_point() -> None:
    assert [found.value for found in entry_points(group="pytest11", name="kie")] == ["kie.testing.plugin"]


def test_a_run_that_does_not_use_it_loads_nothing_heavy(run_apart: RunApart) -> None:
    done = run_apart(
        f"""
        import os
        import socket
        import sys

        BEFORE = socket.socket.connect

        def test_it(pytestconfig):
            assert pytestconfig.pluginmanager.has_plugin("kie")
            heavy = [name for name in {HEAVY} if name in sys.modules]
            assert heavy == []
            assert "connect" not in vars(socket.socket)
            assert not any("127.0.0.1" in held for name, held in os.environ.items() if "PROXY" in name.upper())
        """,
        "-p",
        "no:xdist",
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_can_be_left_out(run_apart: RunApart) -> None:
    done = run_apart(
        """
        import sys

        def test_it(pytestconfig):
            assert not pytestconfig.pluginmanager.has_plugin("kie")
            assert "kie" not in sys.modules
        """,
        "-p",
        "no:kie",
        "-p",
        "no:xdist",
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_works_with_strict_markers_and_importlib(run: Run) -> None:
    run(
        """
        import pytest

        @pytest.mark.kie(seed=1)
        def test_it(kie_emulator_server):
            pass
        """,
        "--strict-markers",
        "--import-mode=importlib",
    ).assert_outcomes(passed=1)


def test_markers_and_fixtures_are_told_of(run: Run) -> None:
    text = run("", "--markers").stdout.str()
    assert all(f"{name}=" in text for name in marker.ARGUMENTS)
    text = run("", "--fixtures").stdout.str()
    for name in (
        "kie_emulator",
        "kie_emulator_server",
        "kie_client",
        "kie_async_client",
        "assert_spend",
        "assert_client_ok",
    ):
        assert f"\n{name} -- " in text


def test_marker_names_are_arguments_of_the_emulator() -> None:
    import inspect

    from kie.emulator import Emulator

    known = set(inspect.signature(Emulator).parameters)
    assert set(marker.EMULATOR) <= known
    assert set(marker.settings({}, 3)) <= known
    assert marker.settings({}, 3)["seed"] == 3
    assert marker.settings({"seed": 0}, 3)["seed"] == 0


def test_other_kinds_of_tests_go_on_working(run: Run) -> None:
    run(
        '''
        """
        >>> 1 + 1
        2
        """
        import unittest

        class Old(unittest.TestCase):
            def test_it(self):
                pass

            @unittest.skip("not now")
            def test_not(self):
                pass
        ''',
        "--doctest-modules",
        "--kie-no-network",
    ).assert_outcomes(passed=2, skipped=1)


def test_what_is_not_installed_is_told(run: Run) -> None:
    result = run(
        """
        import sys
        import pytest

        @pytest.fixture(autouse=True)
        def without(monkeypatch):
            monkeypatch.setitem(sys.modules, "kie.emulator.serving.server", None)

        def test_it(kie_emulator_server):
            pass
        """
    )
    result.assert_outcomes(errors=1)
    assert "pip install 'kie[emulator]'" in result.stdout.str()
