"""Every example request of the vendor's documents is accepted, but for those that are listed with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.referee import examples
from tests.referee.parents import Parents
from tests.referee.wire import Ground

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def ground() -> Iterator[Ground]:
    with Ground() as ground:
        yield ground


@pytest.fixture(scope="module")
def parents(ground: Ground) -> Parents:
    return Parents(ground)


@pytest.mark.parametrize(
    ("which", "number"),
    [(examples.shown, 340), (examples.composed, 190), (examples.least, 49)],
    ids=["whole requests on pages", "examples of fields together", "required fields of 2026-10"],
)
def test_every_documented_example_is_accepted(
    which: Callable[[], Iterator[examples.Example]], number: int, ground: Ground, parents: Parents, shared: Path
) -> None:
    listed = examples.refused()
    tried = [example for example in which() if example.name not in listed]
    assert len(tried) >= number
    answers = {example.name: (example, examples.send(ground, parents, example)) for example in tried}
    wrong = {
        name: answer.data[:300] for name, (example, answer) in answers.items() if not examples.taken(example, answer)
    }
    assert not wrong


def test_each_refusal_on_the_list_is_still_needed_and_answers_its_code(
    ground: Ground, parents: Parents, shared: Path
) -> None:
    known = {example.name: example for which in (examples.shown, examples.composed) for example in which()}
    for name, entry in examples.refused().items():
        assert name in known, f"{name} is in no document any more"
        answer = examples.send(ground, parents, known[name])
        assert (answer.status, answer.code) == (200, entry["code"]), (name, answer.data)
        assert len(entry["why"]) > 20
        assert entry["date"] >= "2026-04-29"
