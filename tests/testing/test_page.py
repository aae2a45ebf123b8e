"""The tests that the documentation shows pass, all of them in one file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kie.testing import marker
from tests.docs.pages import blocks
from tests.support.places import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    Run = Callable[..., pytest.RunResult]

PAGE = ROOT / "docs" / "emulator" / "testing.md"


def test_the_tests_that_are_shown_pass(run: Run) -> None:
    shown = [block.text for block in blocks(PAGE, "python")]
    number = sum(text.count("def test_") for text in shown)
    assert number >= 8
    run("\n".join(shown)).assert_outcomes(passed=number)


def test_every_argument_and_option_is_told_of() -> None:
    page = PAGE.read_text(encoding="utf-8")
    rows = " ".join(re.findall(r"^\| (`.+?`) \|", page, re.MULTILINE))
    assert {name for name in marker.ARGUMENTS if f"`{name}`" not in rows} == set()
    for option in ("--kie-report FILE", "--kie-seed N", "--kie-no-network", "-p no:kie"):
        assert f"`{option}`" in rows
