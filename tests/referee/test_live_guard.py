"""A live run happens when it is asked for, and only then; it spends what it may. No real API is asked here."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from decimal import Decimal
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from kie.emulator import Fault
from tests.referee.live import options, probes
from tests.referee.live.budget import Budget, OverBudgetError
from tests.referee.wire import Ground
from tests.support.places import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEY = "a-live-key-of-nobody"


@pytest.fixture
def posing() -> Iterator[Ground]:
    """An emulator that poses as the real API."""
    with Ground(clock="jump", keys=[KEY], credits=500) as ground:
        yield ground


def _pytest(url: str, *arguments: str, key: str = KEY) -> subprocess.CompletedProcess[str]:
    """pytest in a process of its own, as a developer would call it, with that address in the place of the real one."""
    environment = {name: held for name, held in os.environ.items() if not name.startswith("KIE_")}
    environment |= {"KIE_BASE_URL": url, **({"KIE_API_KEY": key} if key else {})}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "tests/referee/live", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=100, check=False)


def _live(ground: Ground, report: Path, *arguments: str) -> tuple[int, Any]:
    told = ("-n", "0", "--live", "--live-pause", "0", "--live-json", str(report))
    done = _pytest(ground.base, *told, *arguments)
    assert report.is_file(), done.stdout + done.stderr
    return done.returncode, json.loads(report.read_text(encoding="utf-8"))


def _cost(ground: Ground) -> Decimal:
    return Decimal(500) - ground.emulator.balance


# ------------------------------------------------------------------------------------------------- not by accident


def test_without_the_flag_nothing_is_collected_and_nobody_is_asked() -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        nobody.settimeout(0.2)
        done = _pytest(f"http://127.0.0.1:{nobody.getsockname()[1]}", "-n", "0")
        with pytest.raises(TimeoutError):
            nobody.accept()
    assert done.returncode == pytest.ExitCode.NO_TESTS_COLLECTED, done.stdout
    assert "test_bought" not in done.stdout


@pytest.mark.slow
def test_without_the_flag_a_named_case_is_not_run_either() -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        nobody.settimeout(0.2)
        done = _pytest(f"http://127.0.0.1:{nobody.getsockname()[1]}", "-n", "0", "tests/referee/live/test_live.py")
        with pytest.raises(TimeoutError):
            nobody.accept()
    assert "passed" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "key", "words"),
    [
        (("-n", "0", "--live"), "", "--live needs the key in KIE_API_KEY"),
        (("-n", "2", "--live"), KEY, "--live needs -n 0"),
    ],
)
def test_a_live_run_without_key_or_in_several_processes_does_not_begin(
    arguments: tuple[str, ...], key: str, words: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        nobody.settimeout(0.2)
        done = _pytest(f"http://127.0.0.1:{nobody.getsockname()[1]}", *arguments, key=key)
        with pytest.raises(TimeoutError):
            nobody.accept()
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert words in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("budget_rub", "much", "--budget-rub must be a number"),
        ("budget_rub", "nan", "must be numbers"),
        ("max_price_rub", "-1", "must not be negative"),
        ("rub_per_usd", "0", "the rate must be above 0"),
    ],
)
def test_limits_that_make_no_sense_are_refused(name: str, value: str, words: str) -> None:
    given = {"max_price_rub": "1", "budget_rub": "10", "rub_per_usd": "80", "live_pause": "5", name: value}
    config = SimpleNamespace(option=SimpleNamespace(numprocesses=0), getoption=given.__getitem__)
    with pytest.raises(pytest.UsageError, match=words):
        options.settings(config, {"KIE_API_KEY": KEY})


def test_the_real_addresses_are_the_default_and_an_emulator_takes_uploads_itself() -> None:
    given = {"max_price_rub": "1", "budget_rub": "10", "rub_per_usd": "80", "live_pause": "5"}
    config = SimpleNamespace(option=SimpleNamespace(numprocesses=0), getoption=given.__getitem__)
    real = options.settings(config, {"KIE_API_KEY": KEY})
    assert (real.api, real.uploads) == (options.API, options.UPLOADS)
    assert (real.budget.max_price_rub, real.budget.budget_rub) == (Decimal(1), Decimal(10))
    posed = options.settings(config, {"KIE_API_KEY": KEY, "KIE_BASE_URL": "http://127.0.0.1:9"})
    assert posed.api == posed.uploads == "http://127.0.0.1:9"


# ------------------------------------------------------------------------------------------------------- within limits


@pytest.mark.slow
def test_the_defaults_buy_what_costs_at_most_a_rouble(posing: Ground, tmp_path: Path) -> None:
    code, told = _live(posing, tmp_path / "live.json")
    assert code == 0, told
    cheap = [one for one in probes.purchases() if one.credits <= Decimal("2.5")]
    assert told["failed"] == 0
    assert told["passed"] == len(probes.FREE) + len(cheap)
    assert told["total"] == told["passed"] + told["skipped"] == len(probes.FREE) + len(probes.purchases())
    assert all("over the price cap" in case["why"] for case in told["cases"] if case["result"] == "skipped")
    assert Decimal(told["spent_credits"]) == _cost(posing) == sum(one.credits for one in cheap)
    assert Decimal(told["spent_rub"]) <= 10


@pytest.mark.slow
@pytest.mark.slow
def test_free_probes_come_first_and_the_cheapest_models_after_them(posing: Ground, tmp_path: Path) -> None:
    _, told = _live(posing, tmp_path / "live.json", "--max-price-rub", "5", "--budget-rub", "100")
    ran = [case["case"] for case in told["cases"] if case["result"] == "passed"]
    assert ran == [f"test_free[{name}]" for name in probes.FREE] + [
        f"test_bought[{one.model}]" for one in probes.purchases()
    ]


@pytest.mark.slow
@pytest.mark.slow
def test_a_budget_ends_the_buying_and_not_the_run(posing: Ground, tmp_path: Path) -> None:
    _, told = _live(posing, tmp_path / "live.json", "--budget-rub", "1")
    assert told["failed"] == 0
    assert Decimal("0.5") < Decimal(told["spent_rub"]) <= 1
    assert _cost(posing) * Decimal("0.4") <= 1
    assert any("over the budget" in case["why"] for case in told["cases"])


@pytest.mark.slow
@pytest.mark.parametrize("limit", ["--budget-rub", "--max-price-rub"])
def test_with_nothing_to_spend_only_what_is_free_is_done(limit: str, posing: Ground, tmp_path: Path) -> None:
    _, told = _live(posing, tmp_path / "live.json", limit, "0")
    assert (told["passed"], told["failed"]) == (len(probes.FREE), 0)
    assert _cost(posing) == 0
    assert not [note for note in posing.emulator.journal() if note.path.endswith("createTask") and note.code == 200]


@pytest.mark.slow
@pytest.mark.slow
def test_a_dearer_rouble_buys_less(posing: Ground, tmp_path: Path) -> None:
    _, told = _live(posing, tmp_path / "live.json", "--rub-per-usd", "200")
    bought = [case["case"] for case in told["cases"] if case["result"] == "passed" and "bought" in case["case"]]
    assert bought == [f"test_bought[{one.model}]" for one in probes.purchases() if one.credits <= 1]


@pytest.mark.slow
@pytest.mark.slow
def test_a_task_that_fails_is_told_by_name_and_counted(posing: Ground, tmp_path: Path) -> None:
    posing.emulator.add_fault(Fault("create", "fail", model="z-image", times=0))
    code, told = _live(posing, tmp_path / "live.json")
    assert code == 1
    (failed,) = [case for case in told["cases"] if case["result"] == "failed"]
    assert failed["case"] == "test_bought[z-image]"
    assert Decimal(told["spent_credits"]) >= _cost(posing)


@pytest.mark.slow
def test_the_key_is_told_nowhere(posing: Ground, tmp_path: Path) -> None:
    done = _pytest(posing.base, "-n", "0", "--live", "--live-pause", "0", "--budget-rub", "0")
    assert "total 25, passed 11" in done.stdout
    assert KEY not in done.stdout + done.stderr


# -------------------------------------------------------------------------------------------------------- the budget


def test_a_budget_counts_what_was_expected_or_measured_whichever_is_more() -> None:
    budget = Budget(Decimal(1), Decimal(2), Decimal(80))
    budget.allow(Decimal("2.5"))
    budget.pay(Decimal("0.5"), Decimal(3))
    assert budget.spent_rub == Decimal("1.2")
    budget.pay(Decimal("0.5"), Decimal(0))
    assert budget.spent_rub == Decimal("1.4")
    with pytest.raises(OverBudgetError, match="over the budget"):
        budget.allow(Decimal("2.5"))
    with pytest.raises(OverBudgetError, match="over the price cap"):
        budget.allow(Decimal("2.6"))


def test_no_credit_comes_back_by_a_strange_balance() -> None:
    budget = Budget()
    budget.pay(Decimal(0), Decimal(-5))
    assert budget.spent_credits == 0
