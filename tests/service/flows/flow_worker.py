"""A worker to be killed: asks for a run, always the same one, and works."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from kie import AsyncKie
from kie.service import Service
from kie.service.claims import Limits
from kie.service.flows import dbos_engine  # what a forked worker needs is imported before
from tests.service.flows.flowing import FAN
from tests.service.forking import serve

__all__ = ["THINGS", "dbos_engine"]

#: The second picture fails.
THINGS = ["a fox", "a hen emu:fail=501", "an owl", "a cat"]


async def work(job: dict[str, Any]) -> None:
    """Ask for the run, and work until the end."""
    kie = AsyncKie("a-key", base_url=job["url"])
    kie._core.settings = kie._core.settings._replace(pace=0.01)
    async with Service(
        job["database"],
        kie,
        artefacts=Path(job["folder"]) / "files",
        limits=Limits(10**6, 1.0),
        public_url="http://hooks.test.internal",
    ) as service:
        for number in range(job.get("runs", 1)):
            await service.flows.start(FAN, {"things": THINGS}, idempotency_key=str(number))
        await asyncio.Event().wait()


if __name__ == "__main__":
    serve(work)
