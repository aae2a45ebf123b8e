"""The job by ``kie.service``: so many generations are created, called back, fetched and settled."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import resource
import sys
import time
from pathlib import Path
from statistics import quantiles

from ingress import serving

from kie import AsyncKie
from kie.service import Service
from kie.service.claims import Limits
from kie.service.machine import State

MODEL, INPUT = "nano-banana-pro", {"prompt": "a lighthouse above a stormy sea"}
LIMITS = Limits(10**6, 1.0)


def cpu() -> float:
    """Seconds of CPU of this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def memory() -> float:
    """MB that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


async def end_to_end(database: str, folder: str, url: str, number: int) -> dict[str, float]:
    """So many generations from the call to the file; how long each took from its callback on."""
    kie = AsyncKie("a-key", base_url=url)
    called: dict[str, float] = {}
    async with serving(called) as (address, hand_over):
        service = Service(database, kie, artefacts=f"{folder}/files", limits=LIMITS, public_url=address)
        hand_over(service.hooks)
        async with service:
            began, used = time.perf_counter(), cpu()
            slots = asyncio.Semaphore(200)

            async def one(index: int) -> None:
                async with slots:
                    await service.create(MODEL, {"prompt": f"{INPUT['prompt']}, {index}"})

            await asyncio.gather(*map(one, range(number)))
            while (await service.counts()).get(State.SUCCEEDED, 0) < number:
                await asyncio.sleep(0.05)
            wall, used = time.perf_counter() - began, cpu() - used

            def ends():  # type: ignore[no-untyped-def]
                from kie.store.work import Statement

                return (
                    yield Statement(
                        "SELECT g.hook, e.at FROM generation g JOIN event e ON e.generation = g.id WHERE e.name = 'stored'"
                    )
                )

            rows = await service.database.read(ends)
            # Two clocks: what the service's is ahead of ours is taken off.
            ahead = service.context.clock() - time.time()
            waits = [(at - ahead - called[hook]) * 1000 for hook, at in rows if hook in called]
    await kie.close()
    cuts = quantiles(waits, n=100)
    return {"per_second": number / wall, "cpu_ms": used / number * 1000, "p50_ms": cuts[49], "p99_ms": cuts[98], "mb": memory()}


async def waiting(database: str, folder: str, url: str, number: int) -> dict[str, float]:
    """So many generations wait: what they hold of memory above an idle service, and what share of a core they take."""
    kie = AsyncKie("a-key", base_url=url)
    service = Service(database, kie, artefacts=f"{folder}/files", limits=LIMITS, public_url="http://127.0.0.1:9")
    async with service:
        await service.create(MODEL, INPUT)  # whatever is loaded with the first
        await asyncio.sleep(3)
        idle = memory()
        slots = asyncio.Semaphore(200)

        async def one(index: int) -> None:
            async with slots:
                await service.create(MODEL, {"prompt": f"{INPUT['prompt']}, {index}"})

        for start in range(0, number, 1000):
            await asyncio.gather(*(one(index) for index in range(start, min(number, start + 1000))))
        while (await service.counts()).get(State.WAITING, 0) < number:
            await asyncio.sleep(0.2)
        await asyncio.sleep(2)
        began, used = time.perf_counter(), cpu()
        await asyncio.sleep(10)
        share = (cpu() - used) / (time.perf_counter() - began)
        held = memory() - idle
    await kie.close()
    return {"mb": held, "core": share * 100, "idle_mb": idle}


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    what = {"end_to_end": end_to_end, "waiting": waiting}[sys.argv[1]]
    print(json.dumps(asyncio.run(what(sys.argv[2], sys.argv[3], sys.argv[4], int(sys.argv[5])))))  # noqa: T201
