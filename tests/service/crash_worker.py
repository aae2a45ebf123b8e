"""A worker to be killed: asks for so many generations, and works until all have come to rest."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from kie import AsyncKie
from kie.service import Service
from kie.service.claims import Limits
from kie.service.machine import ENDED, State

MODEL = "nano-banana-pro"


async def main(database: str, folder: str, url: str, number: int) -> None:
    """Run."""
    kie = AsyncKie("a-key", base_url=url)
    kie._core.settings = kie._core.settings._replace(pace=0.01)
    limits = Limits(10**6, 1.0)
    async with Service(
        database, kie, artefacts=Path(folder) / "files", limits=limits, public_url="http://hooks.test.internal"
    ) as service:
        prompts = ["a fox emu:fail=501" if index % 5 == 4 else "a fox" for index in range(number)]
        await asyncio.gather(
            *(service.create(MODEL, {"prompt": p}, idempotency_key=str(i)) for i, p in enumerate(prompts))
        )
        quiet = 0
        while quiet < 5:
            counts = await service.counts()
            at_rest = sum(many for state, many in counts.items() if state in ENDED or state is State.UNCERTAIN)
            quiet = quiet + 1 if at_rest == number else 0
            await asyncio.sleep(0.05)
    await kie.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])))
