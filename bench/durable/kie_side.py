"""The job by ``kie.service``: generations are created, called back, fetched and settled."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import time
from typing import TYPE_CHECKING, Any

from ingress import serving
from meter import cpu, latency, memory

from kie import AsyncKie
from kie.service import Service
from kie.service.claims import Limits
from kie.service.machine import State
from kie.store.work import Statement

if TYPE_CHECKING:
    from kie.store.work import Rows, Work

MODEL, PROMPT = "nano-banana-pro", "a lighthouse above a stormy sea"
LIMITS = Limits(1000, 0.1)
#: What waits is a long video: nothing of it is due while it is measured, as long as callbacks come.
LONG, LONG_INPUT = "kling-2.6/text-to-video", {"duration": "10", "sound": False, "aspect_ratio": "16:9"}


async def _create(service: Service, number: int, each: float = 0.0, *, long: bool = False) -> None:
    """Create so many: as many as go at once, or one in so many seconds."""
    slots = asyncio.Semaphore(200)

    async def one(index: int) -> None:
        async with slots:
            model, given = (LONG, LONG_INPUT) if long else (MODEL, {})
            await service.create(model, {**given, "prompt": f"{PROMPT}, {index}"})

    if each:
        began = time.perf_counter()
        creations = []
        for index in range(number):
            await asyncio.sleep(max(0.0, began + index * each - time.perf_counter()))
            creations.append(asyncio.create_task(one(index)))
        await asyncio.gather(*creations)
        return
    for start in range(0, number, 1000):
        await asyncio.gather(*(one(index) for index in range(start, min(number, start + 1000))))


async def _until(service: Service, state: State, number: int) -> None:
    while (await service.counts()).get(state, 0) < number:  # noqa: ASYNC110 - other loads would wake us
        await asyncio.sleep(0.1)


def _ends() -> Work[Rows]:
    sql = "SELECT g.hook, e.at FROM generation g JOIN event e ON e.generation = g.id WHERE e.name = 'stored'"
    return (yield Statement(f"{sql} ORDER BY e.number"))


async def run(database: str, folder: str, url: str, number: int, each: float) -> dict[str, float]:
    """So many generations from the call to the file."""
    called: dict[str, float] = {}
    async with AsyncKie("a-key", base_url=url) as kie, serving(called) as (address, hand_over):
        service = Service(database, kie, artefacts=f"{folder}/files", limits=LIMITS, public_url=address)
        hand_over(service.hooks)
        async with service:
            began, used = time.perf_counter(), cpu()
            await _create(service, number, each)
            await _until(service, State.SUCCEEDED, number)
            wall, used = time.perf_counter() - began, cpu() - used
            ahead = service.context.clock() - time.time()  # the service's own clock
            rows = await service.database.read(_ends)
            waits = [at - ahead - called[hook] for hook, at in rows if hook in called]
    return {"per_second": number / wall, "cpu_ms": used / number * 1000, **latency(waits)}


async def waiting(database: str, folder: str, url: str, number: int) -> dict[str, float]:
    """So many generations wait: what they hold of memory above an idle service, and what share of a core they take."""
    async with AsyncKie("a-key", base_url=url) as kie, serving({}) as (address, hand_over):
        service = Service(database, kie, artefacts=f"{folder}/files", limits=LIMITS, public_url=address)
        hand_over(service.hooks)
        async with service:
            await _create(service, 1000)  # whatever is loaded and kept by the first of them; and callbacks come
            await _until(service, State.SUCCEEDED, 1000)
            await asyncio.sleep(2)
            idle = memory()
            await _create(service, number, long=True)
            await _until(service, State.WAITING, number)
            await asyncio.sleep(2)
            began, used = time.perf_counter(), cpu()
            await asyncio.sleep(10)
            share = (cpu() - used) / (time.perf_counter() - began)
            return {"mb": memory() - idle, "idle_mb": idle, "core": share * 100}


async def main(what: str, *given: Any) -> dict[str, float]:
    """Measure."""
    database, folder, url, number = given[0], given[1], given[2], int(given[3])
    if what == "waiting":
        return await waiting(database, folder, url, number)
    return await run(database, folder, url, number, float(given[4]) if what == "steady" else 0.0)


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    print(json.dumps(asyncio.run(main(*sys.argv[1:]))))
