"""The page that lists the differences is current, and names what the lists of the referee name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.referee import judging, threeway
from tools import make_differences

if TYPE_CHECKING:
    from pathlib import Path


def test_the_page_is_current(shared: Path) -> None:
    assert make_differences.TARGET.read_text(encoding="utf-8") == make_differences.render(), (
        "run python tools/make_differences.py"
    )


def test_every_known_difference_is_on_the_page(shared: Path) -> None:
    told = {
        (endpoint, row.place) for endpoint, side in threeway.sides().items() for row in threeway.rows(endpoint, side)
    }
    nested = {(endpoint, place) for endpoint, place, _ in judging.deviations() if ".json." not in place}
    assert nested <= told
