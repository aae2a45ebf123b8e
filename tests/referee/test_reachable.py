"""Every documented code, state and flag can be had from the emulator: by a request, a quirk or a fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.referee import reachable, scenes, shapes, vendor

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
def test_every_documented_form_is_reachable_but_for_those_listed_with_a_reason(shared: Path) -> None:
    wanted = reachable.documented()
    assert len(wanted) > 600
    shown = reachable.of_scenes(scenes.played().values()) | reachable.of_others() | reachable.of_4k()
    shown |= reachable.by_failures() | reachable.by_refused_callbacks() | reachable.by_age()
    for quirk in ("states-documented", "failed-at-creation"):
        shown |= reachable.of_scenes(scenes.played(quirk).values())
    shown |= reachable.of_answers(reachable.by_faults(wanted - shown))
    listed = reachable.unreachable()
    assert not wanted - shown - listed.keys()
    assert not listed.keys() & shown, "can be had: take it off the list"
    assert listed.keys() <= wanted, "no document lists it any more"


def test_refusals_have_the_keys_of_the_documented_ones(shared: Path) -> None:
    """The documents show refusals with and without data; on the wire all but 401 have it (CONTRACT §2.1)."""
    examples = {
        (page.endpoint, int(reply.status)): example
        for page in vendor.pages()
        for reply in page.replies
        for example in reply.examples
        if reply.status != "200" and not page.chat
    }
    assert len(examples) > 50
    answers = reachable.by_faults({(endpoint, "HTTP", status) for endpoint, status in examples})
    for (endpoint, _, status), answer in answers.items():
        assert answer.status == status
        gaps = set(shapes.differences(shapes.shape(examples[endpoint, status]), shapes.shape(answer.body)))
        without_data = {("data", "absent", "null"), ("data", "null", "absent")}
        assert gaps <= without_data, (endpoint, status, gaps)
        assert ("data" in answer.body) == (status != 401 or "upload" in endpoint)
