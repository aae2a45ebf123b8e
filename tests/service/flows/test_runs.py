"""Runs of flows against the emulator: chains, fans, failures, cancelling, taking up again."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tests.service.support import PRICE, Ground

if TYPE_CHECKING:
    from pathlib import Path

CHAIN = """
name: chain
inputs:
  what: text
steps:
  image:
    model: nano-banana-pro
    input: {prompt: "${inputs.what}"}
  video:
    model: veo-3-1
    input:
      prompt: it moves
      first_frame: ${steps.image.outputs[0]}
  sharp:
    follow_up: 1080p
    of: video
  longer:
    follow_up: extend
    of: video
    input: {prompt: it goes on}
outputs:
  film: ${steps.sharp.outputs[0]}
"""


def test_a_chain(database: str, tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            run = await service.flows.start(CHAIN, {"what": "a fox"})
            assert run.state == "running"
            done = await service.flows.wait(run.id, 30)
            print(done)
            assert done.state == "succeeded", done
            print([e async for e in service.flows.events(run.id)])
            print(await service.flows.estimate(CHAIN, {"what": "a fox"}), ground.spent())

    asyncio.run(go())
