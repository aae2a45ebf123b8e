"""``make bench``, third part: the durable service beside a workflow engine and a queue of jobs doing the same.

Each side is a process of its own with a database of its own, and asks the same upstream over loopback through the same
client. They take turns, so that what else the machine does falls on all of them.

::

    python bench/durable/run.py             three rounds, some six minutes
    python bench/durable/run.py --quick     one round, fewer generations
    python bench/durable/run.py --docs      and write table and plots into docs/
    python bench/durable/run.py --strict    exit with 1 where a target is missed
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT))

import polling  # noqa: E402
import report  # noqa: E402

from tests.support import postgres_server  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

OUT = ROOT / "out" / "bench"
#: Sides: name, program, database, generations of a full run and of a quick one.
SIDES = (
    ("kie, SQLite", "kie_side.py", "sqlite", 3000, 1000),
    ("kie, Postgres", "kie_side.py", "postgres", 3000, 1000),
    ("DBOS, SQLite", "dbos_side.py", "sqlite", 300, 100),
    ("DBOS, Postgres", "dbos_side.py", "postgres", 300, 100),
    ("procrastinate, Postgres", "procrastinate_side.py", "postgres", 600, 200),
)
#: Seconds that a task takes, and between two creations where the delay after a callback is measured.
TASK, EACH = "0.05", 0.02
WAITING = {"kie, SQLite": 50_000, "kie, Postgres": 50_000, "DBOS, SQLite": 1_000, "DBOS, Postgres": 1_000}

Samples = dict[str, dict[str, dict[str, list[float]]]]


@contextlib.contextmanager
def _upstream(seconds: str, env: dict[str, str]) -> Iterator[str]:
    command = [sys.executable, str(HERE / "upstream.py"), seconds]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.communicate("", timeout=10)


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KIE_", "DBOS_"))}
    return {**kept, "NO_PROXY": "*", "PYTHONWARNINGS": "ignore"}


def _measure(
    place: str, side: tuple[str, str, str, int, int], server: str | None, what: str, number: int
) -> dict[str, float]:
    _, program, kind, *_ = side
    env = _environment()
    with contextlib.ExitStack() as stack:
        folder = tempfile.mkdtemp(dir=place)
        url = stack.enter_context(_upstream(TASK, env))
        if kind == "sqlite":
            database = f"sqlite:///{folder}/bench.db"
        else:
            assert server is not None
            database = stack.enter_context(postgres_server.database(server))
        command = [sys.executable, str(HERE / program), what, database, folder, url, str(number), str(EACH)]
        done = subprocess.run(command, capture_output=True, text=True, env=env, check=False, timeout=1800)
        if done.returncode:
            raise SystemExit(f"bench: {what} of {side[0]} failed:\n{done.stderr[-3000:]}")
        found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        return found


def measure(place: str, server: str | None, *, quick: bool) -> Samples:
    """Let the sides take turns, in folders of a place that are removed when all is done.

    A file system may take long to make files where many were removed a moment ago: that is nobody's fault here.
    """
    samples: Samples = {}

    def note(what: str, name: str, found: dict[str, float]) -> None:
        kept = samples.setdefault(name, {}).setdefault(what, {})
        for key, value in found.items():
            kept.setdefault(key, []).append(value)
        figures = ", ".join(f"{key} {value:,.1f}" for key, value in found.items())
        print(f"  {name:24} {what:8} {figures}", file=sys.stderr, flush=True)

    sides = [side for side in SIDES if server is not None or side[2] == "sqlite"]
    for _ in range(1 if quick else 3):
        for side in sides:
            note("flood", side[0], _measure(place, side, server, "flood", side[4] if quick else side[3]))
        for side in sides:
            note("steady", side[0], _measure(place, side, server, "steady", 100 if quick else 300))
    for side in sides:
        if side[0] in WAITING:
            number = WAITING[side[0]] // (10 if quick else 1)
            found = _measure(place, side, server, "waiting", number)
            note("waiting", side[0], {"number": number, **found})
    return samples


def main() -> None:
    """Measure, print, and write down."""
    options = argparse.ArgumentParser(description="The durable service beside DBOS and procrastinate.")
    options.add_argument("--quick", action="store_true", help="one round, fewer generations")
    options.add_argument("--docs", action="store_true", help="write table and plots into docs/")
    options.add_argument("--strict", action="store_true", help="exit with 1 where a target is missed")
    given = options.parse_args()
    began, programs = time.perf_counter(), postgres_server.binaries()
    if programs is None:
        print("No PostgreSQL here: its sides are left out (`make postgres` brings it).", file=sys.stderr)
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(postgres_server.running(programs, 200)) if programs is not None else None
        place = stack.enter_context(tempfile.TemporaryDirectory(prefix="kie-bench-"))
        samples = measure(place, server, quick=given.quick)
    asked = polling.simulate(tasks=8_000 if given.quick else 40_000)
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("kie", "dbos", "procrastinate", "psycopg"))
    about = (
        f"{datetime.now(UTC):%Y-%m-%d}, CPython {platform.python_version()}, {platform.system()} {platform.machine()},"
        f" {os.cpu_count()} cores, {'quick' if given.quick else 'full'} run of {time.perf_counter() - began:.0f} s;"
        f" {versions}."
    )
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "durable.json").write_text(json.dumps({"about": about, "samples": samples, "polling": asked}, indent=1))
    table, missed = report.table(samples, asked)
    text = f"{about}\n\n{table}\n"
    print(text)
    (OUT / "durable.md").write_text(text)
    report.plots(samples, asked, OUT)
    if given.docs:
        report.into_docs(text, samples, asked, ROOT / "docs")
    if missed:
        print("Missed: " + "; ".join(missed), file=sys.stderr)
        if given.strict:
            raise SystemExit(1)


if __name__ == "__main__":
    main()
