"""The same job as one DBOS workflow for each generation, which waits parked for its callback.

It is written as its documentation has it: each thing that is done is a step. Killed inside its first step it would pay
again when it is recovered; that is not what is measured here.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from dbos import DBOS, SetWorkflowID
from ingress import serving
from meter import cpu, latency, memory

from kie import AsyncKie
from kie.client.limiter import Limiter

MODEL, PROMPT = "nano-banana-pro", "a lighthouse above a stormy sea"
#: The client keeps the vendor's limit of 2 a second by itself: not here.
UNLIMITED = Limiter(None, concurrency=None)
LONG, LONG_INPUT = "kling-2.6/text-to-video", {"duration": "10", "sound": False, "aspect_ratio": "16:9"}

kie: AsyncKie
address = ""
waits = False
files = Path()
ended: dict[str, float] = {}


@DBOS.step()
async def submit(name: str, prompt: str) -> str:
    """Create the task."""
    model, given = (LONG, LONG_INPUT) if waits else (MODEL, {})
    return (await kie.submit(model, {**given, "prompt": prompt}, callback_url=f"{address}/hooks/kie/{name}")).id


@DBOS.step()
async def keep(name: str, task: str) -> str:
    """Read its record, and fetch its file."""
    result = await kie.task(MODEL, task).wait(timeout=30)
    content = await result.outputs[0].bytes()
    await asyncio.to_thread((files / name).write_bytes, content)
    return hashlib.sha256(content).hexdigest()


@DBOS.workflow()
async def generation(name: str, prompt: str) -> str:
    """One generation."""
    task = await submit(name, prompt)
    await DBOS.recv_async("callback", timeout_seconds=3600)
    digest = await keep(name, task)
    ended[name] = time.time()
    return digest


class Ingress:
    """Takes callbacks: the message is committed before the answer."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request."""
        while (await receive()).get("more_body"):
            pass
        name = scope["path"].rpartition("/")[2]
        await DBOS.send_async(name, "called", "callback")
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"ok"})


async def _start(first: int, end: int, each: float = 0.0) -> list[Any]:
    handles = []
    began = time.perf_counter()
    for index in range(first, end):
        if each:
            await asyncio.sleep(max(0.0, began + index * each - time.perf_counter()))
        name = f"generation-{index}"
        with SetWorkflowID(name):
            handles.append(await DBOS.start_workflow_async(generation, name, f"{PROMPT}, {index}"))
    return handles


async def main(what: str, database: str, folder: str, url: str, count: str, pause: str = "0") -> dict[str, float]:
    """Measure."""
    global kie, address, files, waits  # noqa: PLW0603 - workflows are functions of a module
    waits = what == "waiting"
    number, files = int(count), Path(folder)
    called: dict[str, float] = {}
    DBOS(
        config={
            "name": "bench",
            "system_database_url": database.replace("postgresql://", "postgresql+psycopg://"),
            "log_level": "ERROR",
            "application_version": "1",
        }
    )
    DBOS.launch()
    async with AsyncKie("a-key", base_url=url, limiter=UNLIMITED) as kie, serving(called) as (address, hand_over):
        hand_over(Ingress())
        began, used = time.perf_counter(), cpu()
        if what == "waiting":
            await _start(0, 50)
            await asyncio.sleep(2)
            idle = memory()
            await _start(50, number)
            await asyncio.sleep(5)
            began, used = time.perf_counter(), cpu()
            await asyncio.sleep(10)
            share = (cpu() - used) / (time.perf_counter() - began)
            return {"mb": memory() - idle, "idle_mb": idle, "core": share * 100}
        handles = await _start(0, number, float(pause) if what == "steady" else 0.0)
        await asyncio.gather(*(handle.get_result() for handle in handles))
        wall, used = time.perf_counter() - began, cpu() - used
    waits = [at - called[name] for name, at in ended.items()]
    return {"per_second": number / wall, "cpu_ms": used / number * 1000, **latency(waits)}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main(*sys.argv[1:]))), flush=True)
    os._exit(0)  # parked workflows are not waited for
