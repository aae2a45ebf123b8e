"""A mutation run: each emulated field is renamed in turn, and a check of the client must notice."""

from __future__ import annotations

import json
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.referee import mutants, mutations
from tests.referee.client_suite import Suite
from tests.referee.scenes import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]

UNREAD: list[Json] = json.loads(Path(__file__).with_name("unread.json").read_text(encoding="utf-8"))["entries"]


def _fits(entry: Json, case: str, field: str) -> bool:
    if not fnmatchcase(case, entry["case"]) or any(case.endswith(name) for name in entry.get("but", ())):
        return False
    if "only" in entry and not any(case.endswith(name) for name in entry["only"]):
        return False
    return any(fnmatchcase(field, pattern) for pattern in entry["fields"])


def _together(stage: Stage, cases: dict[str, mutations.Case], survived: list[tuple[str, str]]) -> Iterator[str]:
    """Fields which are told twice, and which nobody misses even when both are gone."""
    for name, field in survived:
        for entry in UNREAD:
            if "with" in entry and _fits(entry, name, field) and name in cases:
                case = cases[name]
                usual = mutations.outcome(case.check)
                if mutations.renamed(stage.ground.line, case, [field, *entry["with"]]) == usual:
                    yield f"{name}: {field} with {entry['with']}"


@pytest.mark.slow
def test_a_check_of_the_client_notices_every_renamed_field_but_for_those_it_does_not_read(
    shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stage = Stage()
    played = [stage.play(scene) for scene in mutants.cast()]
    stage.posted(played)
    try:
        with Suite(stage.ground.base) as suite:
            cases: dict[str, mutations.Case] = {}
            report = mutations.Report()
            for case in mutants.cases(stage, played, suite):
                cases[case.name] = case
                mutations.run(stage.ground.line, [case], report)
            untold = list(_together(stage, cases, report.survived))
            mutants.callbacks(played, suite, report)
    finally:
        stage.close()
    with capsys.disabled():
        print(f"\nmutations: {len(report.killed)} killed, {len(report.survived)} survived", end=" ")  # noqa: T201
    assert len(report.killed) > 600
    unlisted = [pair for pair in report.survived if not any(_fits(entry, *pair) for entry in UNREAD)]
    assert not unlisted, "nobody noticed"
    read = [pair for pair in report.killed if any(_fits(entry, *pair) for entry in UNREAD)]
    assert not read, "read by the client: take it off the list"
    assert not untold, "renamed in both places, and nobody noticed"
    idle = [entry for entry in UNREAD if not any(_fits(entry, *pair) for pair in report.survived)]
    assert not idle, "fits nothing: take it off the list"
