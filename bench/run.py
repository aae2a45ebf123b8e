"""``make bench``: kie beside the clients of other services and beside bare HTTP clients, in one run.

Every measurement of every client has a process of its own; the clients take turns, round after round, so that what else
the machine does falls on all of them. Judged is the least CPU over the rounds; medians are shown beside it.

::

    make bench                       all of it, some five minutes
    make bench BENCH=--quick         under a minute: fewer rounds, the long measurements for few clients
    make bench BENCH=--docs          and write table and plot into docs/
    make bench BENCH="--only kie_client,pyreqwest_client --measure status,in_flight"
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import subprocess
import sys
import time
from datetime import UTC, datetime
from importlib import import_module, metadata
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import clients
import report

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "out" / "bench"
#: How many tasks "polling" and "memory" have: for the clients that are quick enough, and for the others, whose figures
#: are then scaled up.
TASKS, TASKS_OF_SLOW = 10_000, 2_000
QUICK_ENOUGH = ("kie_client", "pyreqwest_client")
SPAWNED = ("import", "first", "answer")
CALLED = ("status", "legacy", "submit", "in_flight", "download", "polling", "memory")

Samples = dict[str, dict[str, dict[str, list[float]]]]


def _environment() -> dict[str, str]:
    """Return an environment without settings that would steer a client, and with bytecode kept."""
    dropped = ("KIE_", "FAL_", "OPENAI_", "REPLICATE_", "RUNWAY", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "PYTHON")
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(dropped)}
    return {**kept, "NO_PROXY": "*", "PYTHONWARNINGS": "ignore"}


@contextlib.contextmanager
def _server(env: dict[str, str]) -> Iterator[str]:
    command = [sys.executable, str(HERE / "server.py")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.communicate("", timeout=10)


def _spawn(code: str, env: dict[str, str]) -> tuple[float, float]:
    """Run a statement in a new interpreter; CPU and wall in milliseconds, start and end of the interpreter included."""
    began = time.perf_counter()
    pid = os.posix_spawn(sys.executable, [sys.executable, "-c", code], env)
    _, status, used = os.wait4(pid, 0)
    wall = time.perf_counter() - began
    if status:
        raise SystemExit(f"bench: this failed in a new interpreter:\n  {code}")
    return (used.ru_utime + used.ru_stime) * 1000, wall * 1000


def _statement(client: Any, measurement: str, url: str) -> str:
    if measurement == "import":
        return str(client.IMPORT)
    made = client.CLIENT.format(url=url)
    return f"{made}\n{client.STATUS.format(url=url)}" if measurement == "answer" else made


def _called(name: str, measurement: str, url: str, seconds: float, env: dict[str, str]) -> dict[str, list[float]]:
    tasks = TASKS if name in QUICK_ENOUGH else TASKS_OF_SLOW
    command = [sys.executable, str(HERE / "worker.py"), name, measurement, url, str(seconds), str(tasks)]
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False, timeout=300)
    if done.returncode:
        raise SystemExit(f"bench: {measurement} of {name} failed:\n{done.stderr}")
    found: dict[str, list[float]] = json.loads(done.stdout)
    if measurement in ("polling", "memory"):
        scaled = {k: [v * TASKS / tasks for v in values] for k, values in found.items() if k != "peak_mb"}
        return scaled if tasks != TASKS else found
    return found


def _measurable(name: str, client: Any, measurement: str) -> bool:
    if measurement == "legacy":
        return hasattr(client, "legacy_calls")
    if measurement == "download":
        return client.download is not None
    if measurement in SPAWNED:
        return bool(client.IMPORT)
    if measurement in ("in_flight", "polling"):
        return client.async_calls is not None
    return client.sync_calls is not None and name != "sockets"


def _measure(names: list[str], wanted: set[str], *, quick: bool) -> Samples:
    rounds, seconds = (1, 0.2) if quick else (3, 1.0)
    spawns = {"import": 8 if quick else 4, "first": 2 if quick else 3, "answer": 1 if quick else 3}  # in each round
    wanted = wanted - {"answer"} if quick else wanted
    env = _environment()
    modules = {name: import_module(f"clients.{name}") for name in names}
    samples: Samples = {}

    def note(measurement: str, name: str, found: dict[str, list[float]]) -> None:
        kept = samples.setdefault(measurement, {}).setdefault(name, {})
        for key, values in found.items():
            kept.setdefault(key, []).extend(values)

    with _server(env) as url:
        for client in modules.values():  # bytecode is written, libraries come into the page cache
            if client.IMPORT and wanted & set(SPAWNED):
                _spawn(_statement(client, "answer", url), env)
        for number in range(rounds):
            for measurement in (m for m in SPAWNED if m in wanted):
                for turn in range(spawns[measurement]):
                    empty = _spawn("pass", env)
                    note(measurement, "empty", {"cpu": [empty[0]], "wall": [empty[1]]})
                    for name, client in modules.items():
                        skipped = quick and turn % 2 and name not in QUICK_ENOUGH
                        if _measurable(name, client, measurement) and not skipped:
                            cpu, wall = _spawn(_statement(client, measurement, url), env)
                            note(measurement, name, {"cpu": [cpu], "wall": [wall]})
                print(f"  round {number + 1} of {rounds}: {measurement}", file=sys.stderr)
            for measurement in (m for m in CALLED if m in wanted):
                heavy = measurement in (("submit", "polling", "memory") if quick else ("polling", "memory"))
                for name, client in modules.items():
                    if not _measurable(name, client, measurement):
                        continue
                    if heavy and ((quick or number) and name not in QUICK_ENOUGH):
                        continue
                    note(measurement, name, _called(name, measurement, url, seconds, env))
                print(f"  round {number + 1} of {rounds}: {measurement}", file=sys.stderr)
    return samples


def _summed_up(samples: Samples) -> dict[str, dict[str, dict[str, dict[str, float]]]]:
    """Return least and median of every figure; for new interpreters, over the empty one."""
    out: dict[str, dict[str, dict[str, dict[str, float]]]] = {}
    for measurement, by_name in samples.items():
        empty = by_name.get("empty")
        for name, figures in by_name.items():
            for key, values in figures.items():
                least, middle = min(values), median(values)
                if empty is not None and name != "empty":
                    least, middle = least - min(empty[key]), middle - median(empty[key])
                record = {"min": round(least, 2), "median": round(middle, 2), "samples": len(values)}
                out.setdefault(measurement, {}).setdefault(name, {})[key] = record
    return out


def _version(package: str) -> str:
    try:
        return metadata.version(package) if package else ""
    except metadata.PackageNotFoundError:
        return ""


def main() -> int:
    """Measure, print, write; 1 where a target is missed and ``--strict`` is given."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="under a minute: one round, the long ones for few")
    parser.add_argument("--only", default=",".join(clients.ALL), help="modules of bench/clients, with commas")
    parser.add_argument("--measure", default=",".join(SPAWNED + CALLED), help="measurements, with commas")
    parser.add_argument("--docs", action="store_true", help="write table and plot into docs/ too")
    parser.add_argument("--strict", action="store_true", help="exit with 1 where a target is missed")
    options = parser.parse_args()
    names = options.only.split(",")
    wanted = set(options.measure.split(","))
    if unknown := (wanted - set(SPAWNED + CALLED)) | (set(names) - set(clients.ALL)):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    began = time.perf_counter()
    figures = _summed_up(_measure(names, wanted, quick=options.quick))
    modules = {name: import_module(f"clients.{name}") for name in names}
    run = {
        "date": datetime.now(UTC).date().isoformat(),
        "mode": "quick" if options.quick else "full",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "seconds": round(time.perf_counter() - began),
        "clients": {name: {"name": m.NAME, "version": _version(m.PACKAGE)} for name, m in modules.items()},
        "figures": figures,
    }
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "bench.json").write_text(json.dumps(run, indent=1) + "\n", encoding="utf-8")
    (OUT / "bench.md").write_text(report.markdown(run), encoding="utf-8")
    (OUT / "bench.svg").write_text(report.plot(run), encoding="utf-8")
    print(report.text(run))
    print(f"\nWritten: {', '.join(str(p.relative_to(HERE.parent)) for p in sorted(OUT.glob('bench.*')))}")
    if options.docs:
        report.into_docs(run, HERE.parent / "docs")
    return int(options.strict and not report.all_met(run))


if __name__ == "__main__":
    raise SystemExit(main())
