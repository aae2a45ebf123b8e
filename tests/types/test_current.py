"""The generated types: current, true to the run time, and free of cost there."""

import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest

import kie
import kie.types
from kie.catalogue import Catalogue
from kie.wire.prepare import prepare
from tests.support.places import ROOT
from tools.make_types import FILES, made
from tools.type_stubs.models import Keywords, collect

CATALOGUE = Catalogue()
STUB = ROOT / "src" / "kie" / "client" / "_typed.pyi"


@cache
def entries() -> tuple[Keywords, ...]:
    return tuple(collect(CATALOGUE))


def choices(annotation: Any) -> Iterator[Any]:
    """The values of every Literal inside an annotation, but not of those in nested objects."""
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    for part in get_args(annotation):
        if not isinstance(part, (str, int)):
            yield from choices(part)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_generated_file_is_current(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == made(path), "run `python tools/make_types.py`"


def test_check_says_that_all_is_current() -> None:
    command = [sys.executable, str(ROOT / "tools" / "make_types.py"), "--check"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_every_model_that_can_be_run_and_whose_inputs_are_known_has_its_overloads() -> None:
    runnable = {
        name
        for name in CATALOGUE
        if (model := CATALOGUE.entry(name)).dialect.shape in ("task", "immediate", "follow-up")
        and model.standing != "retired"
        and (model.fields or model.schema.get("additionalProperties") is not True)
    }
    assert {entry.model.id for entry in entries()} == runnable
    stub = STUB.read_text(encoding="utf-8")
    assert stub.count("def run(") == stub.count("def submit(") == len(entries()) + 1


def test_every_name_leads_to_the_model_whose_inputs_it_is_given() -> None:
    wrong = {
        name: entry.model.id
        for entry in entries()
        for name in entry.names
        if CATALOGUE.resolve(name).model.id != entry.model.id
    }
    assert wrong == {}


def test_no_name_has_two_overloads() -> None:
    names = [name for entry in entries() for name in entry.names]
    assert len(names) == len(set(names))


def test_every_choice_is_one_that_the_run_time_takes() -> None:
    asked, refused = 0, []
    for entry in entries():
        for name, annotation in get_type_hints(getattr(kie.types, entry.name)).items():
            for value in choices(annotation):
                asked += 1
                try:
                    prepare(entry.model, {name: value}, roles=CATALOGUE.roles, partial=True)
                except kie.InvalidInput as error:
                    refused.append((entry.model.id, name, value, str(error)))
    assert refused == []
    assert asked > 1000


def test_every_choice_of_the_catalogue_is_offered() -> None:
    missing = []
    for entry in entries():
        hints = get_type_hints(getattr(kie.types, entry.name))
        for name, schema in entry.model.fields.items():
            wanted = {value for value in schema.get("enum", ()) if not isinstance(value, float)}
            missing += [(entry.model.id, name, value) for value in wanted - set(choices(hints[name]))]
    assert missing == []


def test_helper_models_resolve_and_are_not_retired() -> None:
    for union in ("Image", "Video", "Speech", "Sound", "Music", "Upscale", "Background", "Chat"):
        ids = get_args(getattr(kie.types, f"{union}Model"))
        assert ids
        assert all(CATALOGUE.resolve(name) for name in ids)


def test_types_cost_nothing_at_run_time() -> None:
    code = (
        "import sys, kie; kie.Kie; kie.AsyncKie; "
        "print(sorted(m for m in sys.modules if m in ('kie.types', 'kie.client._typed')), kie.Kie.__mro__[1:])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] (<class 'object'>,)"
    assert not STUB.with_suffix(".py").exists()


@pytest.mark.parametrize("client", [kie.Kie, kie.AsyncKie])
def test_run_and_submit_keep_their_signature_and_words(client: type) -> None:
    for name in ("run", "submit"):
        method = getattr(client, name)
        assert method.__qualname__ == f"{client.__name__}.{name}"
        assert "Args:" in method.__doc__


@pytest.mark.slow
@pytest.mark.parametrize("checker", [("mypy", "tests/typing"), ("basedpyright",)], ids=lambda words: words[0])
def test_checkers_agree_on_the_typing_tests(checker: tuple[str, ...], tmp_path: Path) -> None:
    program = Path(sys.executable).with_name(checker[0])
    if not program.exists():
        pytest.skip(f"needs {checker[0]}, which is not installed")
    cache_folder = ["--cache-dir", str(tmp_path)] if checker[0] == "mypy" else []
    command = [str(program), *cache_folder, *checker[1:]]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, "\n".join(line for line in done.stdout.splitlines() if "note:" not in line)
