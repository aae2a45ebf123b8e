"""All that is public is documented, and the two READMEs say the same."""

from __future__ import annotations

import inspect
import re

import kie
from kie import errors, webhooks
from kie.cli.app import SECTIONS
from kie.client.settings import KNOWN
from tests.docs.pages import blocks, pages, prose
from tests.support.places import ROOT
from tools import make_reference

REFERENCE = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "reference").glob("*.md"))


def test_every_public_name_is_in_the_reference() -> None:
    headings = set(re.findall(r"^## (\S+)$", REFERENCE, re.MULTILINE))
    public = {*kie.__all__, *errors.__all__, *webhooks.__all__} - {"TOLERANCE"}
    assert public - headings == set()


def test_every_public_method_is_in_the_reference() -> None:
    headings = set(re.findall(r"^### (\S+)$", REFERENCE, re.MULTILINE))
    kinds = [getattr(kie, name) for name in kie.__all__ if inspect.isclass(getattr(kie, name))]
    kinds = [kind for kind in kinds if not issubclass(kind, BaseException)]
    wanted = {f"{kind.__name__}.{name}" for kind in kinds for name, _ in make_reference.members(kind)}
    assert wanted - headings == set()
    assert {"Kie.run", "AsyncKie.run", "Task.wait", "Output.save", "Result.credits"} <= wanted


def test_reference_is_what_the_docstrings_say() -> None:
    stale = [
        name
        for name, spec in make_reference.pages().items()
        if (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8") != make_reference.page(spec)
    ]
    assert stale == [], "run: python tools/make_reference.py"


def test_guide_tells_of_every_method_of_the_client() -> None:
    guides = "\n".join(path.read_text() for path in pages() if "reference" not in path.parts)
    methods = [name for name, value in make_reference.members(kie.Kie) if inspect.isfunction(value)]
    assert [name for name in methods if name != "close" and f".{name}(" not in guides] == []


def test_guide_tells_of_every_error_with_its_money() -> None:
    page = (ROOT / "docs" / "guide" / "errors.md").read_text(encoding="utf-8")
    told = re.findall(
        r"^### (\w+)\n\n.+?\n\n- Money spent: (.+?)\n- What to do: .+?\n\n", page, re.MULTILINE | re.DOTALL
    )
    assert len(told) == len(dict(told))
    assert {name for name, _ in told} == set(errors.__all__) - {"KieError"}
    assert all(re.search(r"\bno\b|maybe|yes|paid for", money) for _, money in told)
    assert re.findall(r"[├└]── (\w+)", page) == re.findall(r"[├└]── (\w+)", errors.__doc__ or "")


def test_every_setting_is_documented() -> None:
    table = (ROOT / "docs" / "guide" / "settings.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(KIE_\w+)`", table, re.MULTILINE)) == KNOWN


def test_settings_named_anywhere_exist() -> None:
    assert set(re.findall(r"\bKIE_[A-Z_]+\b", prose())) <= KNOWN


def test_commands_named_in_the_prose_exist() -> None:
    commands = {name for names in SECTIONS.values() for name in names}
    named = set(re.findall(r"`kie ([a-z]+)\b", prose()))
    assert named <= commands


def test_the_two_readmes_have_the_same_form() -> None:
    english, russian = ROOT / "README.md", ROOT / "README.ru.md"
    texts = [path.read_text(encoding="utf-8") for path in (english, russian)]
    for pattern in (r"^#+(?= )", r"^- ", r"^\| ", r"^```\w+$", r"\]\((?!README)([^)]+)\)"):
        first, second = (re.findall(pattern, text, re.MULTILINE) for text in texts)
        assert first == second, pattern
    for language in ("python", "console"):
        first, second = (
            [re.sub(r'"[^"]*"|#.*', "…", block.text) for block in blocks(path, language)] for path in (english, russian)
        )
        assert first == second


def test_docs_fetch_nothing_from_elsewhere() -> None:
    remote = [
        path.name for path in pages() if re.search(r"!\[[^\]]*\]\(https?:|<(img|script|link)\b", path.read_text())
    ]
    assert remote == []
