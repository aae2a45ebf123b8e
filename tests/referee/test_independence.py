"""The referee knows neither side from inside: not the client, and of the emulator its public face alone."""

from __future__ import annotations

import ast
from pathlib import Path

import kie.emulator

HERE = Path(__file__).parent
#: The one file that knows the client: checks which the mutation run repeats.
CLIENT_SUITE = "client_suite.py"


def _imports(file: Path, beginning: str = "kie") -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{name.name}" for name in node.names}
    return {name for name in found if name == beginning or name.startswith(f"{beginning}.")}


def test_the_referee_imports_nothing_but_the_emulators_public_face() -> None:
    public = {"kie.emulator"} | {f"kie.emulator.{name}" for name in kie.emulator.__all__}
    files = {file: _imports(file) for file in HERE.rglob("*.py")}
    assert len(files) > 25
    assert {
        str(file): names - public for file, names in files.items() if file.name != CLIENT_SUITE and names - public
    } == {}


def test_the_checks_of_the_client_are_used_by_the_mutation_run_alone() -> None:
    users = {file.name for file in HERE.rglob("*.py") if _imports(file, "tests.referee.client_suite")}
    assert users == {"mutants.py", "test_mutations.py"}
