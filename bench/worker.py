"""One measurement of one client, in this process alone; prints the figures as JSON.

``python bench/worker.py <client> <measurement> <address of the server> <seconds> <tasks>``

CPU is that of this process with all its threads (``time.process_time``): the server's is not in it, and what other jobs
of a shared machine take away disturbs it least.
"""

from __future__ import annotations

import asyncio
import gc
import json
import resource
import sys
import tempfile
import time
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

IN_FLIGHT = 200
_BATCH = 200
_PAGE = resource.getpagesize()

Figures = dict[str, list[float]]


def _repeat(seconds: float, batch: Callable[[], int]) -> Figures:
    """Run batches for so many seconds, at least twice; CPU and wall in µs for one call of each batch."""
    batch()  # the first opens connections and loads what is loaded late
    cpu: list[float] = []
    wall: list[float] = []
    until = time.perf_counter() + seconds
    while len(cpu) < 2 or time.perf_counter() < until:
        gc.collect()
        began, cpu_began = time.perf_counter(), time.process_time()
        calls = batch()
        cpu.append((time.process_time() - cpu_began) / calls * 1e6)
        wall.append((time.perf_counter() - began) / calls * 1e6)
    return {"cpu": cpu, "wall": wall}


def status(client: Any, url: str, seconds: float, _tasks: int, calls: str = "sync_calls") -> Figures:
    """One status call after the other, each for a task known by its id."""
    ask, _, close = getattr(client, calls)(url)

    def batch() -> int:
        for _ in range(_BATCH):
            ask("task-000000000001")
        return _BATCH

    found = _repeat(seconds, batch)
    close()
    return found


def legacy(client: Any, url: str, seconds: float, tasks: int) -> Figures:
    """The same for a model with endpoints of its own; kie only."""
    return status(client, url, seconds, tasks, "legacy_calls")


def submit(client: Any, url: str, seconds: float, _tasks: int) -> Figures:
    """One task created after the other."""
    _, create, close = client.sync_calls(url)

    def batch() -> int:
        for _ in range(_BATCH):
            create()
        return _BATCH

    found = _repeat(seconds, batch)
    close()
    return found


async def _spread(ask: Callable[[str], Awaitable[Any]], total: int) -> None:
    """Ask for ``total`` tasks, always ``IN_FLIGHT`` at once."""
    left = iter(range(total))

    async def one() -> None:
        for number in left:
            await ask(f"task-{number:012d}")

    await asyncio.gather(*(one() for _ in range(IN_FLIGHT)))


def in_flight(client: Any, url: str, seconds: float, _tasks: int) -> Figures:
    """Status calls on an event loop, 200 at once."""
    loop = asyncio.new_event_loop()
    calls = 2 * IN_FLIGHT if seconds >= 1 else IN_FLIGHT
    ask, close = client.async_calls(url)

    def batch() -> int:
        loop.run_until_complete(_spread(ask, calls))
        return calls

    found = _repeat(seconds, batch)
    loop.run_until_complete(close())
    loop.close()
    return found


def polling(client: Any, url: str, _seconds: float, tasks: int) -> Figures:
    """Every one of so many tasks asked for once, 200 at once: seconds, and the peak of memory."""
    ask, close = client.async_calls(url)

    async def main() -> tuple[float, float]:
        await _spread(ask, IN_FLIGHT)
        began, cpu_began = time.perf_counter(), time.process_time()
        await _spread(ask, tasks)
        spent = time.process_time() - cpu_began, time.perf_counter() - began
        await close()
        return spent

    cpu, wall = asyncio.run(main())
    return {"cpu": [cpu], "wall": [wall], "peak_mb": [_peak()]}


def memory(client: Any, url: str, _seconds: float, tasks: int) -> Figures:
    """So many tasks, each submitted and asked for once, all kept: what the process grew by."""
    ask, create, close = client.sync_calls(url)
    kept: list[Any] = [client.live_task(ask, create) for _ in range(50)]
    gc.collect()
    before = _resident()
    kept.extend(client.live_task(ask, create) for _ in range(tasks))
    gc.collect()
    grown = _resident() - before
    assert len(kept) == tasks + 50  # and so they are all alive still
    close()
    return {"mb": [grown], "peak_mb": [_peak()]}


def download(client: Any, url: str, seconds: float, _tasks: int) -> Figures:
    """20 MB into a file, with its sha256: milliseconds for a file."""
    numbers = count()
    with tempfile.TemporaryDirectory(prefix="kie-bench-") as folder:

        def batch() -> int:
            path = Path(folder) / f"{next(numbers)}.png"
            client.download(url, path)
            assert path.stat().st_size == 20 * 1024 * 1024  # or the figure means nothing
            path.unlink()
            return 1

        found = _repeat(seconds, batch)
    return {name: [value / 1000 for value in values] for name, values in found.items()}


def _peak() -> float:
    """Return the peak of resident memory in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def _resident() -> float:
    """Return resident memory in MB; its peak where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * _PAGE / (1 << 20)
    except OSError:
        return _peak()


if __name__ == "__main__":
    _name, _measurement, _url, _seconds_text, _tasks_text = sys.argv[1:]
    _found = globals()[_measurement](import_module(f"clients.{_name}"), _url, float(_seconds_text), int(_tasks_text))
    print(json.dumps(_found))
