"""A worker to be killed: asks for so many generations, and works."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

from kie import AsyncKie
from kie.service import Service
from kie.service.claims import Limits
from tests.service.forking import serve

__all__ = ["MODEL"]

MODEL = "nano-banana-pro"


def prompt(index: int) -> str:
    """What a generation asks for: every fifth fails."""
    return f"fox {index} emu:fail=501" if index % 5 == 4 else f"fox {index}"


async def work(job: dict[str, Any]) -> None:
    """Ask for so many generations, and work until the end.

    The service's clock runs ``speed`` times as fast as the wall's, so that leases and pauses are short.
    """
    speed, began = job.get("speed", 1.0), job.get("began", 0.0)
    kie = AsyncKie("a-key", base_url=job["url"])
    kie._core.settings = kie._core.settings._replace(pace=0.01)
    async with Service(
        job["database"],
        kie,
        artefacts=Path(job["folder"]) / "files",
        limits=Limits(80, 10.0),
        public_url="http://hooks.test.internal",
        clock=lambda: began + (time.time() - began) * speed,
    ) as service:
        await service.set_budget("default", "total", 10**6)
        number = job["number"]
        for start in range(0, number, 100):
            indices = range(start, min(number, start + 100))
            await asyncio.gather(
                *(service.create(MODEL, {"prompt": prompt(i)}, idempotency_key=str(i)) for i in indices)
            )
        await asyncio.Event().wait()


if __name__ == "__main__":
    serve(work)
