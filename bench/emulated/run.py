"""``make bench``, second part: the emulator under load, its memory, and what its files cost.

The emulator runs in a process of its own, as `kie emulator` does, and is asked over loopback.

::

    python bench/emulated/run.py             three rounds
    python bench/emulated/run.py --quick     one round, fewer pictures
    python bench/emulated/run.py --docs      and write table and plot into docs/
    python bench/emulated/run.py --strict    exit with 1 where a target is missed
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean, median, quantiles
from typing import Any

import media
import report
from load import Load
from serving import served

HERE = Path(__file__).resolve().parent
OUT = HERE.parent.parent / "out" / "bench"
CREATE, RECORD = "/api/v1/jobs/createTask", "/api/v1/jobs/recordInfo?taskId="
IMAGE = {"model": "nano-banana-pro", "input": {"prompt": "a lighthouse above a stormy sea"}}
VIDEO = {
    "model": "kling-2.6/text-to-video",
    "input": {"prompt": "a city at night", "duration": "5", "sound": False, "aspect_ratio": "16:9"},
}
TASKS = 500


def _order(number: int) -> dict[str, Any]:
    order = VIDEO if number % 5 == 0 else IMAGE
    return {**order, "input": {**order["input"], "prompt": f"{order['input']['prompt']}, {number}"}}


async def creates(tasks: int) -> dict[str, float]:
    """How many tasks a second are created, and what one costs the emulator's process."""
    with served("--clock", "frozen") as emulator:
        async with Load(emulator.url) as load:
            requests = [load.request("POST", CREATE, _order(number)) for number in range(tasks)]
            if json.loads(await load.ask(requests[0]))["code"] != 200:
                raise SystemExit("bench: the emulator refuses the task")
            before, began = emulator.cpu(), time.perf_counter()
            await asyncio.gather(*(load.ask(request) for request in requests))
            wall = time.perf_counter() - began
            return {"per_second": tasks / wall, "cpu_us": (emulator.cpu() - before) / tasks * 1e6}


async def responsiveness(seconds: float) -> dict[str, Any]:
    """The times of calls while nothing else happens, and while pictures and videos are rendered; with 500 tasks."""
    with served("--clock", "jump") as emulator:
        async with Load(emulator.url) as load, Load(emulator.url, 8) as files:
            made = [load.request("POST", CREATE, _order(number)) for number in range(TASKS)]
            names = [json.loads(body)["data"]["taskId"] for body in await asyncio.gather(*map(load.ask, made))]
            asked = [load.request("GET", RECORD + name) for name in names]
            links = []
            for request in asked:
                record = json.loads(await load.ask(request))["data"]
                while not record["resultJson"]:
                    record = json.loads(await load.ask(request))["data"]
                links.append(json.loads(record["resultJson"])["resultUrls"][0])

            async def paced() -> list[float]:
                load.times.clear()
                end, number = time.perf_counter() + seconds, 0
                while time.perf_counter() < end:
                    some = (asked + made)[number % len(asked) :][:4]
                    await asyncio.gather(*map(load.ask, some))
                    number += 7
                    await asyncio.sleep(0.02)
                return list(load.times)

            idle = await paced()
            paths = iter(link.removeprefix(emulator.url) for link in links)

            async def fetch() -> None:
                while not enough.is_set() and (path := next(paths, "")):
                    await files.ask(files.request("GET", path))

            enough = asyncio.Event()
            fetching = [asyncio.create_task(fetch()) for _ in range(8)]
            while len(files.times) < 8:  # noqa: ASYNC110 - until the rendering processes are up
                await asyncio.sleep(0.01)
            before = len(files.times)
            busy = await paced()
            rendered = len(files.times) - before
            enough.set()
            await asyncio.gather(*fetching)
            return {
                "idle_ms": idle,
                "busy_ms": busy,
                "idle_p99": quantiles(idle, n=100)[98],
                "busy_p50": median(busy),
                "busy_p99": quantiles(busy, n=100)[98],
                "rendered": float(rendered),
                "peak_mb": emulator.peak(),
                "worker_mb": max(emulator.peak_of_workers(), default=0.0),
            }


async def settling() -> dict[str, float]:
    """Seconds from the last creation of 500 video tasks until all of their signed callbacks have come."""
    command = [sys.executable, str(HERE / "receiver.py"), str(TASKS)]
    receiver = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: ASYNC220 - before anything runs
    assert receiver.stdout is not None
    try:
        hook = f"http://127.0.0.1:{int(receiver.stdout.readline())}/hook"
        with served("--clock", "jump", "--webhook-key", "secret") as emulator:
            async with Load(emulator.url, 32) as load:
                body = {**VIDEO, "callBackUrl": hook}
                began = (await _clock(load))["now"]
                request = load.request("POST", CREATE, body)
                await asyncio.gather(*(load.ask(request) for _ in range(TASKS)))
                since = time.perf_counter()
                line = await asyncio.to_thread(receiver.stdout.readline)
                wall = time.perf_counter() - since
                if line != "all\n":
                    raise SystemExit("bench: not all callbacks came")
                passed = (await _clock(load))["now"] - began
                return {"wall": wall, "virtual": passed, "peak_mb": emulator.peak()}
    finally:
        receiver.kill()
        receiver.wait()


async def _clock(load: Load) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(await load.ask(load.request("GET", "/__emulator/clock")))
    return found


def main() -> int:
    """Measure, print, write; 1 where a target is missed and ``--strict`` is given."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("quick", "docs", "strict"):
        parser.add_argument(f"--{name}", action="store_true")
    options = parser.parse_args()
    rounds = 1 if options.quick else 3
    began = time.perf_counter()
    figures: dict[str, Any] = {}
    for number in range(rounds):
        for name, found in (
            ("creates", asyncio.run(creates(1000 if options.quick else 3000))),
            ("responsiveness", asyncio.run(responsiveness(2.0 if options.quick else 4.0))),
            ("settling", asyncio.run(settling())),
        ):
            for key, value in found.items():
                figures.setdefault(name, {}).setdefault(key, []).append(value)
            print(f"  round {number + 1} of {rounds}: {name}", file=sys.stderr)
    figures["media"] = {
        name: {"mean": mean(times), "most": max(times)} for name, times in media.measure(quick=options.quick)
    }
    run = {
        "date": datetime.now(UTC).date().isoformat(),
        "mode": "quick" if options.quick else "full",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "seconds": round(time.perf_counter() - began),
        "figures": figures,
    }
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "emulator.json").write_text(json.dumps(run, indent=1) + "\n", encoding="utf-8")
    (OUT / "emulator.md").write_text(report.markdown(run), encoding="utf-8")
    (OUT / "emulator.svg").write_text(report.plot(run), encoding="utf-8")
    print(report.text(run))
    print("\nWritten: out/bench/emulator.json, emulator.md, emulator.svg")
    if options.docs:
        report.into_docs(run, HERE.parent.parent / "docs")
    return int(options.strict and not report.all_met(run))


if __name__ == "__main__":
    raise SystemExit(main())
