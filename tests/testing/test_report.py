"""The verdict as an assertion, the end of a run, the report, seeds; alone and distributed."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from kie.emulator import Emulator
from kie.testing import assert_client_ok, assert_spend
from kie.testing.report import shown_usd, summary, total, write

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., pytest.RunResult]
    RunApart = Callable[..., subprocess.CompletedProcess[str]]

SOURCE = """
import json
import urllib.request
import pytest
from kie.emulator import Fault

def create(server, **more):
    body = {"model": "nano-banana-2", "input": {"prompt": "a boat"}, **more}
    request = urllib.request.Request(
        server.url + "/api/v1/jobs/createTask",
        json.dumps(body).encode(),
        {"Authorization": "Bearer " + server.api_key, "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)["data"]["taskId"]
    except OSError:
        return None

@pytest.mark.parametrize("number", range(6))
def test_many(kie_emulator_server, number):
    for _ in range(number):
        create(kie_emulator_server)

def test_nothing():
    pass

def test_seed(kie_emulator):
    assert kie_emulator.world.seed == 5

@pytest.mark.kie(seed=8)
def test_own_seed(kie_emulator):
    assert kie_emulator.world.seed == 8
"""

TWICE = f"""
{SOURCE}

@pytest.mark.kie(faults=Fault("create", "reset-after"))
def test_careless(kie_emulator_server, assert_client_ok):
    assert create(kie_emulator_server) is None
    create(kie_emulator_server)
    assert_client_ok()

@pytest.mark.kie(faults=Fault("create", "reset-after"))
def test_indulged(kie_emulator_server, assert_client_ok):
    create(kie_emulator_server)
    create(kie_emulator_server)
    assert_client_ok(ignore=["paid-twice", "lost-a-task"])
    with pytest.raises(ValueError, match="paid-twice"):
        assert_client_ok(ignore="paid-thrice")
"""


def test_a_careless_client_is_found_out(run: Run) -> None:
    result = run(TWICE, "--kie-seed", "5")
    result.assert_outcomes(passed=10, failed=1)
    text = result.stdout.str()
    assert re.search(r"error paid-twice: .+\n.*→ ", text)
    assert "To put up with it: assert_client_ok(ignore=['" in text
    assert "POST /api/v1/jobs/createTask -> cut (reset-after)" in text
    assert re.search(r"findings on the client: .*paid-twice 2x", text)


def test_assertions_are_functions_too() -> None:
    with Emulator() as emulator:
        assert assert_spend(emulator, max=0) == Decimal(0)
        assert_client_ok(emulator)


@pytest.mark.slow
@pytest.mark.parametrize("processes", ["0", "2"])
def test_the_end_of_a_run_tells_what_it_would_have_cost(
    run_apart: RunApart, pytester: pytest.Pytester, processes: str
) -> None:
    done = run_apart(SOURCE, "-n", processes, "--kie-seed", "5", "--kie-report", "out/kie.json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "these tests would have cost 120 credits = $0.60 (8 tests, 15 tasks)" in done.stdout
    assert "kie: seed 5" in done.stdout
    report = json.loads((pytester.path / "out" / "kie.json").read_text())
    assert report["total"] == {
        "tests": 8,
        "tasks": 15,
        "requests": 15,
        "credits": "120",
        "usd": "0.6",
        "findings": report["total"]["findings"],
    }
    assert [one["credits"] for one in report["tests"]] == ["0", "8", "16", "24", "32", "40", "0", "0"]
    assert [one["seed"] for one in report["tests"]] == [5, 5, 5, 5, 5, 5, 8, 5]


def test_the_end_of_a_run_that_used_nothing_says_nothing(run: Run) -> None:
    result = run("def test_it(): pass")
    assert "would have cost" not in result.stdout.str()
    assert "kie: seed" not in result.stdout.str()


def test_a_report_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "could not be written" in write(str(tmp_path / "file" / "x.json"), [], None)


def test_amounts_add_up_and_are_told_in_full() -> None:
    used = [
        {"test": "a", "tasks": 1, "requests": 2, "credits": "0.5", "usd": "0.0025", "findings": []},
        {"test": "b", "tasks": 0, "requests": 0, "credits": "0.5", "usd": "0.0025", "findings": []},
    ]
    assert total(used)["credits"] == "1"
    assert summary(used) == ["these tests would have cost 1 credit = $0.005 (2 tests, 1 task)"]
    assert [shown_usd(Decimal(text)) for text in ("2.06", "2.0600", "0", "100", "0.0025")] == [
        "2.06",
        "2.06",
        "0.00",
        "100.00",
        "0.0025",
    ]
