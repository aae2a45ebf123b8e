"""Fetching the files of what is done, and keeping them: a generation has succeeded when all of them are safe."""

from __future__ import annotations

import asyncio
import json
import logging
from functools import partial
from typing import TYPE_CHECKING

from kie.service import claims, moves
from kie.service.duty import BEAT
from kie.service.machine import Event, State
from kie.service.vendor import told
from kie.store.crash import crash_point

if TYPE_CHECKING:
    from kie.service.claims import Claimed
    from kie.service.context import Context

__all__ = ["Storer"]

_LOG = logging.getLogger("kie.service")
#: Generations whose files are fetched side by side.
_FETCHES = 32


class Storer:
    """Fetches and keeps."""

    name = "store"

    def __init__(self, context: Context) -> None:
        self._context = context
        self._room = asyncio.Semaphore(_FETCHES)
        self._going: set[asyncio.Task[None]] = set()

    async def stop(self) -> None:
        """Nothing must be finished: whoever comes next fetches again."""
        for task in self._going:
            task.cancel()

    async def step(self) -> float:
        """Fetch what is due: what another worker left, or what could not be fetched."""
        now, free = self._context.clock(), _FETCHES - len(self._going)
        if free <= 0:
            return BEAT
        rows = await self._context.database.write(lambda: claims.due((State.STORING,), free, now, self._context.worker))
        for row in rows:
            await self.begin(row)
        return 0.0 if len(rows) == free else BEAT

    async def begin(self, row: Claimed) -> None:
        """Fetch the files of a generation that this worker has claimed."""
        task = asyncio.create_task(self._fetch(row))
        self._going.add(task)
        task.add_done_callback(self._going.discard)

    async def _fetch(self, row: Claimed) -> None:
        async with self._room:
            await self._store(row)

    async def _store(self, row: Claimed) -> None:
        context, result = self._context, row.result or {}
        files: list[tuple[str, int, str, int, str]] = []
        try:
            for index, link in enumerate(result.get("outputs", ())):
                crash_point("before-download")
                crash_point("inside-download", after=0.002)
                target = context.artefacts.incoming() / f"{row.id}-{index}"
                done = await context.accounts.vendor(row.account).fetch(row, link, index, target)
                crash_point("after-download")
                await context.artefacts.put(done.sha256, target)
                crash_point("after-taken")
                files.append(("output", index, done.sha256, done.size, done.content_type))
        except Exception as error:  # noqa: BLE001 - it is paid for: it is fetched again, as long as its link lives
            await self._failed(row, error)
            return
        now = context.clock()
        crash_point("before-stored")
        followers = await context.database.write(partial(moves.stored, row.id, now, files))
        crash_point("after-stored")
        context.tell(row.id)
        for name in followers or ():
            context.tell(name)
        context.wake("feed", "notify", "flow")

    async def _failed(self, row: Claimed, error: Exception) -> None:
        context, now = self._context, self._context.clock()
        pause = min(600.0, 2.0 * 2 ** min(row.attempts, 9))
        if row.expires is not None and now > row.expires:
            why = {**told(error), "hint": "Its links are dead; what the vendor made is paid for, and lost."}
            changes = {"next_at": None, "ended": now, "error": json.dumps(why)}
            await context.database.write(partial(moves.move, row.id, Event.GONE, now, changes, why))
            await context.alert("lost-files", f"The files of {row.id} could not be fetched in time: {error}", row.id)
            context.tell(row.id)
            return
        _LOG.warning("the files of %s could not be stored: %s; again in %.0f s", row.id, error, pause)
        changes = {"attempts": row.attempts + 1, "error": json.dumps(told(error))}
        await context.database.write(partial(moves.postpone, row.id, State.STORING, now + pause, changes))
