"""What the documentation shows works: Python blocks run, commands exist, scripts of examples/ do their work."""

from __future__ import annotations

import importlib
import os
import re
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.docs.pages import JUDGED_ELSEWHERE, Block, blocks, name_of, pages
from tests.support.places import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PYTHON = [page for page in pages() if blocks(page, "python") and name_of(page) not in JUDGED_ELSEWHERE]
COMMANDS = [block for page in pages() for block in blocks(page, "console")]
#: Blocks of all pages that may be shown without being run. A new one needs a good reason.
UNRUN_AT_MOST = 1


#: What makes films or songs takes seconds.
SLOW = ("video.md", "audio.md", "flow-examples.md", "flows.py", "presentation.py", "universal.py")


def _slow(name: str) -> list[pytest.MarkDecorator]:
    return [pytest.mark.slow] if name in SLOW else []


@pytest.mark.parametrize("page", [pytest.param(page, marks=_slow(page.name)) for page in PYTHON], ids=name_of)
def test_python_of_a_page_runs_from_top_to_bottom(page: Path, emulated: Path) -> None:
    namespace: dict[str, Any] = {"__name__": f"example_{page.stem}"}
    for block in blocks(page, "python"):
        if "no-run" not in block.words:  # the newlines make a traceback name the line of the page
            code = compile("\n" * (block.line - 1) + block.text, str(page), "exec")
            exec(code, namespace)
    for thing in namespace.values():
        if callable(getattr(thing, "close", None)) and type(thing).__module__.startswith("kie."):
            thing.close()


def test_few_blocks_are_not_run_and_each_says_why() -> None:
    unrun = [block for page in PYTHON for block in blocks(page, "python") if "no-run" in block.words]
    assert len(unrun) <= UNRUN_AT_MOST
    assert [f"{b.page}:{b.line}" for b in unrun if not b.text.startswith("# not run: ")] == []


def command_lines(block: Block) -> list[list[str]]:
    lines = [line[2:] for line in block.text.replace("\\\n", " ").splitlines() if line.startswith("$ ")]
    return [shlex.split(line, comments=True) for line in lines]


@pytest.mark.parametrize("block", COMMANDS, ids=lambda block: f"{block.page}:{block.line}")
def test_commands_of_a_page_exist_with_their_options(block: Block) -> None:
    lines = command_lines(block)
    assert lines, "a console block without a line that begins with $"
    app: Any = importlib.import_module("kie.cli.app").app
    click = importlib.import_module("click")
    for words in lines:
        assert words[0] == "kie"
        command, context = app, click.Context(app, info_name="kie")
        rest = words[1:]
        while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
            found = command.get_command(context, rest[0])
            assert found is not None, f"{block.page}: kie has no command {rest[0]!r}"
            command, context, rest = found, click.Context(found, parent=context, info_name=rest[0]), rest[1:]
        command.make_parser(context).parse_args(list(rest))  # raises for an option that does not exist


SCRIPTS = {
    "banners.py": ["Boots", "Rain jacket", "-o", "out"],
    "flows.py": ["banner-series", "--max-credits", "40", "-o", "out"],
    "presentation.py": ["Trail bike", "light frame", "disc brakes", "-o", "out"],
    "universal.py": ["nano-banana-2", "prompt=a boat", "aspect_ratio=16:9", "-o", "out"],
}


def test_every_script_is_tried() -> None:
    assert {path.name for path in (ROOT / "examples").glob("*.py")} == set(SCRIPTS)


@pytest.mark.parametrize("script", [pytest.param(name, marks=_slow(name)) for name in sorted(SCRIPTS)])
def test_script_runs_on_the_emulator(script: str, tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", str(ROOT / "examples" / script), *SCRIPTS[script]]
    environment = {**os.environ, "KIE_EMULATED": "1", "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=90, check=False
    )
    assert done.returncode == 0, done.stderr
    made = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert len(made) == {"banners.py": 2, "flows.py": 23, "presentation.py": 4, "universal.py": 1}[script], done.stdout
    assert all(path.stat().st_size > 1000 for path in made)
    assert re.search(r"credits", done.stdout)
