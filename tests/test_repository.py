"""The repository itself: lock files, links, changelog, text files, what goes into the wheel."""

import ast
import re
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import kie
from tests.support.places import ROOT

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PROJECT = PYPROJECT["project"]
LOCKS = ("base", "dev", "docs", "bench")
REQUIREMENTS = ROOT / "requirements"


@cache
def tracked() -> tuple[Path, ...]:
    """All files of the repository, also those not committed yet, without what is ignored."""
    if not (ROOT / ".git").exists():
        pytest.skip("needs a git checkout")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout.split("\0")
    return tuple(path for name in names if name and (path := ROOT / name).is_file())


def texts() -> dict[str, str]:
    """The tracked text files, by their name in the repository."""
    blobs = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in tracked()}
    return {name: blob.decode() for name, blob in blobs.items() if b"\0" not in blob}


def asked(name: str) -> set[str]:
    """The requirements of an .in file, and of those that it includes."""
    out: set[str] = set()
    for line in (REQUIREMENTS / f"{name}.in").read_text().splitlines():
        text = line.partition("#")[0].strip()
        if text.startswith("-r "):
            out |= asked(text.removeprefix("-r ").removesuffix(".in"))
        elif text:
            out.add(text)
    return out


def distribution(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def test_requirements_say_what_the_package_asks_for() -> None:
    assert asked("base") == set(PROJECT["dependencies"])
    extras = PROJECT["optional-dependencies"]
    for name in ("emulator", "server"):
        assert set(extras[name]) <= asked("dev"), f"extra {name}"
    assert extras["all"] == ["kie[emulator,server]"]


@pytest.mark.parametrize("name", LOCKS)
def test_lock_holds_every_requirement_with_hashes_and_no_host(name: str) -> None:
    lock = (REQUIREMENTS / f"{name}.txt").read_text()
    entries = [entry for entry in re.split(r"\n(?=[a-z0-9])", lock) if not entry.startswith("#")]
    assert {distribution(line) for line in asked(name)} <= {distribution(entry) for entry in entries}
    assert all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"https?:|://|@ |--(extra-)?index|--find-links|file:", lock)


def test_no_file_knows_the_machine_it_was_made_on() -> None:
    homes = {str(ROOT), str(ROOT.parent), str(Path.home())} - {"/", tempfile.gettempdir()}
    own_path = re.compile(r"(?<![\w.])(" + "|".join(map(re.escape, sorted(homes))) + ")/")
    assert [name for name, text in texts().items() if own_path.search(text)] == []


def test_no_file_holds_a_key() -> None:
    key = re.compile(r"sk-[A-Za-z0-9]{20,}|API_KEY[\"' ]*[:=][\"' ]*[0-9a-f]{32}")
    assert [name for name, text in texts().items() if key.search(text)] == []


def test_text_files_are_tidy() -> None:
    untidy = []
    for name, text in texts().items():
        if name != "LICENSE" and re.search(r"[ \t]+$", text, re.MULTILINE):
            untidy.append(f"{name}: a space at the end of a line")
        if "\r" in text or (text and not text.endswith("\n")):
            untidy.append(f"{name}: lines end otherwise than in one newline")
        if "\t" in text and Path(name).suffix in {".py", ".md", ".toml", ".yml", ".json", ".in"}:
            untidy.append(f"{name}: a tab")
    assert untidy == []


def test_links_between_documents_lead_somewhere() -> None:
    dead = []
    for path in (path for path in tracked() if path.suffix == ".md"):
        for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text()):
            file = target.partition("#")[0]
            if file and not re.match(r"[a-z]+:", file) and not (path.parent / file).exists():
                dead.append(f"{path.relative_to(ROOT)}: {target}")
    assert dead == []


def pages(nav: list[Any]) -> set[str]:
    """The pages of a navigation, which is a list of pages, {title: page} and {title: navigation}."""
    targets = [target for entry in nav for target in (entry.values() if isinstance(entry, dict) else [entry])]
    lists = (pages(target) for target in targets if isinstance(target, list))
    return {target for target in targets if isinstance(target, str)}.union(*lists)


def test_every_page_of_the_documentation_is_in_its_navigation() -> None:
    docs = ROOT / "docs"
    there = {path.relative_to(docs).as_posix() for path in docs.rglob("*.md")}
    assert pages(tomllib.loads((ROOT / "zensical.toml").read_text())["project"]["nav"]) == there


def test_changelog_speaks_of_this_version() -> None:
    headings = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    shape = re.compile(r"\[(Unreleased|\d+\.\d+\.\d+)\]( - \d{4}-\d{2}-\d{2})?")
    assert all(shape.fullmatch(heading) for heading in headings)
    assert headings[0] == "[Unreleased]" or headings[0].startswith(f"[{kie.__version__}] - ")


def test_make_help_tells_of_every_target() -> None:
    text = (ROOT / "Makefile").read_text()
    phony = re.findall(r"^\.PHONY: (.*)$", text, re.MULTILINE)[0].split()
    told = re.findall(r"^([a-z-]+):.*## ", text, re.MULTILINE)
    assert set(phony) - {"demo"} == set(told)  # `demo` is another name of `run`


def imports_at_the_top(tree: ast.Module) -> set[str]:
    """The names of the modules that are imported when a module is."""
    out: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.Import):
            out |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            out |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return out


def test_emulator_is_imported_only_when_one_is_started() -> None:
    package = ROOT / "src" / "kie"
    outside = (path for path in package.rglob("*.py") if package / "emulator" not in path.parents)
    eager = [
        path.relative_to(ROOT).as_posix()
        for path in outside
        if any(name.startswith("kie.emulator") for name in imports_at_the_top(ast.parse(path.read_text())))
    ]
    assert eager == []


@pytest.mark.slow
def test_wheel_and_sdist_carry_the_data(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if name.startswith("kie/")}
        assert any(name.endswith("licenses/LICENSE") for name in archive.namelist())
    source = ROOT / "src"
    wanted = {path.relative_to(source).as_posix() for path in tracked() if source in path.parents}
    assert packed == wanted
    assert "kie/py.typed" in packed
    assert list(tmp_path.glob("*.tar.gz"))
