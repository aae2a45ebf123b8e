"""Every reply of the tables is read to the right state, in every dialect."""

from __future__ import annotations

import pytest

from kie.catalogue.files import DATA, default_catalogue
from tests.wire.bodies import families, market, others, suno, words
from tests.wire.cases import Case, faults

CASES: list[Case] = [*words.CASES, *market.CASES, *families.CASES, *suno.CASES, *others.CASES]
DIALECTS = sorted(path.stem for path in (DATA / "dialects").glob("*.json") if not path.stem.startswith("chat-"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_reply_is_read_as_it_is_meant(case: Case) -> None:
    assert faults(case) == []


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_has_a_case_for_every_state(dialect: str) -> None:
    record = default_catalogue().dialect(dialect)
    cases = [case for case in CASES if case.dialect == dialect]
    states = {case.state for case in cases}
    raised = {case.raises for case in cases}
    assert "succeeded" in states
    assert raised
    if record.shape == "task":
        assert states & {"queued", "running"}
        assert "failed" in states
        assert {"TaskNotFound", "AuthenticationError", "ServiceError"} <= raised


def test_names_of_cases_are_unique_within_a_dialect() -> None:
    seen = [(case.dialect, case.name) for case in CASES]
    assert sorted({name for name in seen if seen.count(name) > 1}) == []
