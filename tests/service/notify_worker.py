"""A process that sends notifications until it is killed: ``python -m tests.service.notify_worker DATABASE``."""

from __future__ import annotations

import asyncio
import sys

from tests.service.messenger import House


async def _main(url: str) -> None:
    house = House(url)
    while True:
        await house.notifier.step()
        await asyncio.sleep(0.01)


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1]))
