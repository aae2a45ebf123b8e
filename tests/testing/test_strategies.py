"""Fault scripts for Hypothesis: valid, complete, and small where they matter."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, find, given, settings
from hypothesis import strategies as st

from kie.emulator import DEEDS, STAGES, Emulator, Fault
from kie.testing.strategies import fault_scripts

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., pytest.RunResult]

PLACES = [(stage, deed) for stage in STAGES for deed in DEEDS[stage]]


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(fault_scripts())
def test_an_emulator_takes_every_script(script: list[Fault]) -> None:
    assert len(script) <= 4
    with Emulator(faults=script, clock="frozen", start=0.0) as emulator:
        assert [rule["do"] for rule in emulator.world.faults.to_json()] == [rule.do for rule in script]


@pytest.mark.parametrize(("stage", "deed"), PLACES, ids=str)
def test_everything_that_can_be_done_is_done_and_shrinks_to_one_plain_rule(stage: str, deed: str) -> None:
    found = find(
        fault_scripts(stage, deeds=[deed]),
        lambda script: any((rule.stage, rule.do) == (stage, deed) for rule in script),
        settings=settings(max_examples=500, database=None, derandomize=True),
    )
    (rule,) = found
    assert (rule.nth, rule.times) == (1, 1)
    plain = {"stage": stage, "do": deed, "times": 1}
    assert {name: held for name, held in rule.to_json().items() if name not in {"field", "to", "seconds"}} == plain


def test_a_long_script_shrinks_to_what_matters() -> None:
    def matters(script: list[Fault]) -> bool:
        return any(rule.stage == "media" and rule.do == "truncate" and rule.nth >= 2 for rule in script)

    found = find(
        fault_scripts(max_rules=8), matters, settings=settings(max_examples=5000, database=None, derandomize=True)
    )
    assert found == [Fault("media", "truncate", nth=2, times=1)]


@settings(max_examples=100)
@given(st.data())
def test_stages_deeds_and_numbers_are_kept_to(data: st.DataObject) -> None:
    stages = data.draw(st.sets(st.sampled_from(STAGES), min_size=1))
    low = data.draw(st.integers(0, 2))
    script = data.draw(fault_scripts(stages, low + 1, min_rules=low))
    assert {rule.stage for rule in script} <= stages
    assert low <= len(script) <= low + 1
    assert all(rule.times in {1, 2, 3} for rule in script)


def test_endless_rules_come_only_where_they_are_wished_for() -> None:
    certain = settings(max_examples=500, database=None, derandomize=True)
    find(fault_scripts("poll", endless=True), lambda script: any(rule.times == 0 for rule in script), settings=certain)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"stages": ["polling"]}, "no such stage: polling; there are create, poll"),
        ({"deeds": ["explode"]}, "no such deed: explode; there are "),
        ({"stages": "media", "deeds": ["forge"]}, "none of forge can be done to media"),
    ],
)
def test_what_there_is_not_is_told(arguments: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        fault_scripts(**arguments)


def test_without_hypothesis_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    monkeypatch.delitem(sys.modules, "kie.testing.strategies")
    with pytest.raises(ImportError, match="pip install hypothesis"):
        importlib.import_module("kie.testing.strategies")
