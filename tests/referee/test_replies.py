"""Answers and callbacks fit the vendor's schemas and examples, but for what is listed with a reason."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from tests.referee import judging, reachable, shapes
from tests.referee.scenes import played

if TYPE_CHECKING:
    from pathlib import Path


def test_every_reply_and_callback_fits_the_documents_but_for_the_known_differences(shared: Path) -> None:
    found = defaultdict(list)
    for scene in played().values():
        for finding in judging.findings(scene):
            found[finding].append(scene.name)
    known = judging.deviations()
    assert not {finding: names for finding, names in found.items() if finding not in known}
    assert not known.keys() - found.keys(), "no longer needed: take it off the list"


def _others(*quirks: str) -> tuple[set[str], set[judging.Finding]]:
    judged = set()
    found = set()
    for endpoint, answer in reachable.others(*quirks):
        described = judging.page(endpoint)
        assert described is not None, endpoint
        (reply,) = (reply for reply in described.replies if reply.status == "200")
        good = answer.code == 200
        for place, rule, _ in shapes.flaws(reply.schema, answer.body, examples=reply.examples, done=good):
            found.add((endpoint, place, rule))
        judged.add(endpoint)
    return judged, found


def test_answers_given_at_once_fit_the_documents_but_for_what_was_recorded_otherwise(shared: Path) -> None:
    judged, found = _others()
    assert len(judged) >= 10
    assert found == judging.AT_ONCE
    assert _others("credit-documented", "style-documented")[1] == set()


def test_enough_is_judged(shared: Path) -> None:
    scenes = played().values()
    assert len(scenes) >= 40
    assert sum(judging.page(f"POST {scene.create}") is not None for scene in scenes) >= 20
    assert sum(judging.page(f"GET {scene.query}") is not None for scene in scenes) >= 35
    for scene in scenes:
        assert {"waiting", "success", "fail", "absent"} <= scene.polls.keys(), scene.name


@pytest.mark.slow
def test_each_quirk_that_the_list_names_gives_the_documented_form(shared: Path) -> None:
    known = judging.deviations()
    for quirk in sorted({entry["quirk"] for entry in known.values() if "quirk" in entry}):
        switched = {finding for finding, entry in known.items() if entry.get("quirk") == quirk}
        left = {finding for scene in played(quirk).values() for finding in judging.findings(scene)}
        assert not switched & left, f"{quirk} does not give the documented form"
