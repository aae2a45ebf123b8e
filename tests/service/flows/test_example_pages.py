"""The page of local steps names all that there is, with the limits that are checked."""

from __future__ import annotations

import re

import pytest

from kie.service.flows.media.declared import NAMES, schema
from kie.service.flows.media.sizes import NAMED
from tests.support.places import ROOT

PAGE = (ROOT / "docs/guide/flow-examples.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_every_input_of_a_step_stands_in_the_page(name: str) -> None:
    sections = re.split(r"^### ", PAGE, flags=re.MULTILINE)
    (section,) = [section for section in sections if f"`{name}`" in section.partition("\n")[0]]
    for field, rule in schema(name)["properties"].items():
        assert f"`{field}`" in section, field
        default = rule.get("default")
        if default not in (None, False):
            assert re.search(rf"[ `|]{re.escape(str(default))}[ `|,]", section), field
        for choice in rule.get("enum", ()):
            assert f"`{choice}`" in PAGE, choice


def test_every_size_that_has_a_name_stands_in_the_page() -> None:
    for name, (width, height) in NAMED.items():
        assert f"`{name}`" in PAGE
        words = PAGE.replace("\n", " ")
        assert f"`{name}` {width}x{height}" in words or name in ("720p", "1080p")
