"""What `from kie import Kie` loads. No clock: what must not be there is named; `make bench` measures the time."""

import json
import subprocess
import sys

import pytest

#: Modules of the standard library that cost milliseconds each and that few calls need.
_LATE = {
    "asyncio",
    "dataclasses",
    "difflib",
    "email",
    "hashlib",
    "inspect",
    "ipaddress",
    "logging",
    "pathlib",
    "random",
    "tempfile",
    "urllib.parse",
    "uuid",
}


def _loaded(statement: str) -> set[str]:
    """Return the modules that a new interpreter has after a statement, less those that it starts with."""
    told = "import json; print(json.dumps(sorted(set(sys.modules) - before)))"
    code = f"import sys; before = set(sys.modules); {statement}; {told}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def test_the_package_itself_loads_next_to_nothing() -> None:
    assert {name for name in _loaded("import kie") if name.startswith("kie.")} == set()


@pytest.mark.parametrize("name", ["Kie", "AsyncKie"])
def test_a_client_is_imported_without_what_few_calls_need(name: str) -> None:
    loaded = _loaded(f"from kie import {name}")
    assert loaded & _LATE == set()
    assert not any(module.startswith(("pyreqwest", "httpx", "kie.emulator", "kie.cli.")) for module in loaded)


def test_a_blocking_client_works_without_an_event_loop() -> None:
    loaded = _loaded("from kie import Kie; Kie('key', base_url='http://localhost:9').models['nano-banana-pro']")
    assert loaded & {"asyncio", "dataclasses", "email", "logging", "tempfile"} == set()
