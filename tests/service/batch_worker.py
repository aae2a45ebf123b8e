"""A worker to be killed: asks for a batch, always the same one, and works."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from pathlib import Path
from typing import Any

from kie import AsyncKie
from kie.errors import InvalidInput
from kie.service import Service
from kie.service.batches import feeding
from kie.service.batches import filling as batch_filling
from kie.service.claims import Limits
from tests.service.forking import serve

__all__ = ["source"]

MODEL = "nano-banana-pro"
batch_filling.CHUNK = 7
batch_filling.READING = 2.0
feeding._PICKS = 10


def source(number: int) -> bytes:
    """Items, of which every fifth fails, and every tenth is none."""
    rows = []
    for index in range(number):
        prompt = f"fox {index} emu:fail=501" if index % 5 == 4 else f"fox {index}"
        rows.append(json.dumps({"prompt": prompt} if index % 10 else {"prompts": prompt}))
    return "\n".join(rows).encode()


async def work(job: dict[str, Any]) -> None:
    """Ask for the batch, and work until the end; the service's clock runs ``speed`` times as fast as the wall's."""
    speed, began = job["speed"], job["began"]
    kie = AsyncKie("a-key", base_url=job["url"])
    kie._core.settings = kie._core.settings._replace(pace=0.01)
    async with Service(
        job["database"],
        kie,
        artefacts=Path(job["folder"]) / "files",
        limits=Limits(10**6, 1.0),
        public_url="http://hooks.test.internal",
        clock=lambda: began + (time.time() - began) * speed,
    ) as service:
        await service.set_budget("default", "total", 10**6)
        while True:
            # Someone may read it, have died over it, or have taken it from us, who were too slow for the quick clock.
            with contextlib.suppress(InvalidInput):
                batch = await service.batch(source(job["number"]), MODEL, idempotency_key="one", window=job["window"])
                if batch.state != "reading":
                    break
            await asyncio.sleep(0.02)
        await asyncio.Event().wait()


if __name__ == "__main__":
    serve(work)
