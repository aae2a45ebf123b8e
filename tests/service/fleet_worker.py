"""One of several workers on one database: works until it is killed."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from kie import AsyncKie
from kie.service import Service
from kie.service.claims import Limits
from tests.service.forking import serve

__all__ = ["work"]


async def work(job: dict[str, Any]) -> None:
    """Work."""
    kie = AsyncKie("a-key", base_url=job["url"])
    kie._core.settings = kie._core.settings._replace(pace=0.1)
    async with Service(
        job["database"],
        kie,
        artefacts=Path(job["folder"]) / "files",
        limits=Limits(*job["limits"]),
        public_url="http://hooks.test.internal",
    ):
        await asyncio.Event().wait()


if __name__ == "__main__":
    serve(work)
