"""The same job by procrastinate, a queue of jobs in Postgres: one job submits, another fetches after the callback."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import Any

import procrastinate
from ingress import serving
from meter import cpu, latency

from kie import AsyncKie
from kie.client.limiter import Limiter

MODEL, PROMPT = "nano-banana-pro", "a lighthouse above a stormy sea"
#: The client keeps the vendor's limit of 2 a second by itself: not here.
UNLIMITED = Limiter(None, concurrency=None)

connector = procrastinate.PsycopgConnector(conninfo=sys.argv[2] if len(sys.argv) > 2 else "")
app = procrastinate.App(connector=connector)
kie: AsyncKie
address = ""
files = Path()
tasks: dict[str, str] = {}
ended: dict[str, float] = {}


@app.task(name="submit")
async def submit(name: str, prompt: str) -> None:
    """Create the task; its id is kept in a table."""
    made = await kie.submit(MODEL, prompt=prompt, callback_url=f"{address}/hooks/kie/{name}")
    await connector.execute_query_async(
        "INSERT INTO bench_generation (name, task) VALUES (%(name)s, %(task)s)", name=name, task=made.id
    )


@app.task(name="finish")
async def finish(name: str) -> None:
    """Read the record, and fetch the file."""
    row = await connector.execute_query_one_async("SELECT task FROM bench_generation WHERE name = %(name)s", name=name)
    result = await kie.task(MODEL, row["task"]).wait(timeout=30)
    content = await result.outputs[0].bytes()
    await asyncio.to_thread((files / name).write_bytes, content)
    await connector.execute_query_async(
        "UPDATE bench_generation SET state = 'succeeded' WHERE name = %(name)s", name=name
    )
    ended[name] = time.time()


class Ingress:
    """Takes callbacks: the job is committed before the answer."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request."""
        while (await receive()).get("more_body"):
            pass
        await finish.defer_async(name=scope["path"].rpartition("/")[2])
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"ok"})


async def main(what: str, _: str, folder: str, url: str, count: str, pause: str = "0") -> dict[str, float]:
    """Measure."""
    global kie, address, files
    number, each, files = int(count), float(pause) if what == "steady" else 0.0, Path(folder)
    called: dict[str, float] = {}
    async with (
        AsyncKie("a-key", base_url=url, limiter=UNLIMITED) as kie,
        serving(called) as (address, hand_over),
        app.open_async(),
    ):
        await app.schema_manager.apply_schema_async()
        await connector.execute_query_async(
            "CREATE TABLE bench_generation (name TEXT PRIMARY KEY, task TEXT NOT NULL, state TEXT)"
        )
        hand_over(Ingress())
        worker = asyncio.create_task(
            app.run_worker_async(concurrency=50, install_signal_handlers=False, listen_notify=True)
        )
        began, used = time.perf_counter(), cpu()
        for index in range(number):
            if each:
                await asyncio.sleep(max(0.0, began + index * each - time.perf_counter()))
            await submit.defer_async(name=f"generation-{index}", prompt=f"{PROMPT}, {index}")
        while len(ended) < number:  # noqa: ASYNC110 - seldom enough
            await asyncio.sleep(0.05)
        wall, used = time.perf_counter() - began, cpu() - used
        worker.cancel()
        await asyncio.gather(worker, return_exceptions=True)
    waits = [at - called[name] for name, at in ended.items()]
    return {"per_second": number / wall, "cpu_ms": used / number * 1000, **latency(waits)}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main(*sys.argv[1:]))))
