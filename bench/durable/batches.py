"""A batch of 100,000 items: how long it takes to ask for, in how much memory, and how quickly it is fed to the queue.

    python bench/durable/batches.py DATABASE FOLDER [NUMBER]

Nothing is sent: the vendor's part is measured by the others. Prints one JSON object.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from kie import AsyncKie
from kie.service import Service
from kie.service.worker import Worker

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

MODEL = "nano-banana-pro"
#: Items in the queue at a time while the feeding is measured: the most that a batch may have.
WINDOW = 10_000


def memory() -> float:
    """MB that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def cpu() -> float:
    """Seconds of CPU of this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


async def _source(number: int) -> AsyncIterator[bytes]:
    words = "a lighthouse above a stormy sea, in the manner of an old engraving, " * 3
    for start in range(0, number, 500):
        rows = (
            json.dumps({"input": {"prompt": f"{words}{index}"}, "id": f"item-{index}"})
            for index in range(start, start + 500)
        )
        yield ("\n".join(rows) + "\n").encode()


async def measured(database: str, folder: str, number: int = 100_000) -> dict[str, float]:
    """Ask for a batch, and feed as much of it as may be in the queue; returns what was measured.

    Args:
        database: its address; empty.
        folder: for files.
        number: of items.

    """
    kie = AsyncKie("a-key", base_url="http://127.0.0.1:1")
    service = Service(database, kie, artefacts=f"{folder}/files")
    await service.open()
    await service.batch(b'{"prompt": "a warm start"}', MODEL, start=False)
    idle, most, lag = memory(), 0.0, 0.0
    stopped = asyncio.Event()

    async def watch() -> None:
        nonlocal most, lag
        while not stopped.is_set():
            began = time.perf_counter()
            await asyncio.sleep(0.01)
            lag = max(lag, time.perf_counter() - began - 0.01)
            most = max(most, memory())

    watching = asyncio.create_task(watch())
    began, used = time.perf_counter(), cpu()
    made = await service.batch(_source(number), MODEL, window=min(WINDOW, number), start=False)
    created, created_cpu = time.perf_counter() - began, cpu() - used
    stopped.set()
    await watching
    worker = Worker(service.context, [service.batches.feeder])
    await worker.start()
    began, used = time.perf_counter(), cpu()
    await service.batches.resume(made.id)
    wanted = min(WINDOW, number)
    while (await service.batches.get(made.id)).fed < wanted:  # noqa: ASYNC110 - it is what is measured
        await asyncio.sleep(0.02)
    fed, fed_cpu = time.perf_counter() - began, cpu() - used
    began = time.perf_counter()
    await service.batches.pause(made.id)
    paused = time.perf_counter() - began
    began = time.perf_counter()
    await service.batches.resume(made.id)
    resumed = time.perf_counter() - began
    began = time.perf_counter()
    size = 0
    async for page in service.batches.export(made.id):
        size += len(page)
    exported = time.perf_counter() - began
    began = time.perf_counter()
    await service.batches.cancel(made.id)
    cancelled = time.perf_counter() - began
    await worker.stop()
    await service.database.close()
    await kie.close()
    return {
        "items": number,
        "created_s": round(created, 2),
        "created_cpu_ms": round(1000 * created_cpu / number, 3),
        "memory_above_idle_mb": round(most - idle, 1),
        "loop_held_up_ms": round(1000 * lag, 1),
        "fed_per_s": round(wanted / fed),
        "fed_cpu_ms": round(1000 * fed_cpu / wanted, 3),
        "pause_ms": round(1000 * paused, 1),
        "resume_ms": round(1000 * resumed, 1),
        "export_s": round(exported, 2),
        "cancel_s": round(cancelled, 2),
    }


if __name__ == "__main__":
    found = asyncio.run(measured(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 100_000))
    print(json.dumps(found))
