"""What the vendor's pages show, written as calls with keywords, and our own page on types pass the type checkers."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kie.catalogue import Catalogue
from kie.errors import InvalidInput
from kie.wire.prepare import prepare
from tests.support.places import ROOT
from tools.catalogue_import.examples import _input_of, _recorded, _shown_of
from tools.type_stubs.models import collect


@pytest.mark.slow
def test_requests_that_the_vendor_shows_and_the_run_time_takes_pass_the_checker(shared: Path, tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("basedpyright")
    if not program.exists():
        pytest.skip("needs basedpyright, which is not installed")
    folder = shared / "kie-api"
    catalogue, recorded = Catalogue(), _recorded(folder)
    typed = {entry.model.id: entry.model for entry in collect(catalogue)}
    calls = []
    for record in json.loads((folder / "models.json").read_text()):
        model = typed.get(record["id"])
        for shown in _shown_of(record, folder, recorded) if model else ():
            if not shown.whole or model is None or shown.value.get("model", model.id) not in (model.id, None):
                continue
            value = _input_of(record, model.dialect.name, shown.value)
            try:
                sent = prepare(model, value, roles=catalogue.roles).input
            except InvalidInput:
                continue  # a page that contradicts itself; tests/wire/test_examples.py knows of each
            if json.dumps({name: sent[name] for name in value}) != json.dumps(value):
                continue  # likewise: one file in a list, a number as text
            inputs = ", ".join(f"{name}={inner!r}" for name, inner in value.items())
            calls.append(f"    kie.run({model.id!r}, {inputs})")
    assert len(calls) >= 100
    text = "\n".join(["from kie import Kie", "", "", "def shown(kie: Kie) -> None:", *calls, ""])
    (tmp_path / "shown.py").write_text(text)
    (tmp_path / "pyrightconfig.json").write_text(json.dumps({"extraPaths": [str(ROOT / "src")]}))
    command = [str(program), "--project", str(tmp_path), "--pythonpath", sys.executable, "--level", "error"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("checker", ["mypy", "basedpyright"])
def test_the_page_on_types_is_right_for_checkers(checker: str, tmp_path: Path) -> None:
    program = Path(sys.executable).with_name(checker)
    if not program.exists():
        pytest.skip(f"needs {checker}, which is not installed")
    page = (ROOT / "docs" / "typing.md").read_text(encoding="utf-8")
    text = "\n".join(re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL))
    (tmp_path / "page.py").write_text(text)
    source = str(ROOT / "src")
    if checker == "mypy":
        command = ["--strict", "--cache-dir", str(tmp_path / "cache"), "page.py"]
    else:
        settings = {
            "extraPaths": [source],
            "typeCheckingMode": "standard",
            "reportUnnecessaryTypeIgnoreComment": "error",
        }
        (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings))
        command = ["--project", str(tmp_path), "--pythonpath", sys.executable, "--level", "error"]
    environment = {**os.environ, "MYPYPATH": source}
    done = subprocess.run(
        [str(program), *command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert text.count("type: ignore") >= 3
    assert done.returncode == 0, "\n".join(line for line in done.stdout.splitlines() if "note:" not in line)
