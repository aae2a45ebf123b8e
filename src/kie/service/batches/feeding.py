"""The duty that feeds batches into the queue: a window of each is generations, the rest are rows.

So a hundred thousand items neither fill the queue nor hold the money of a hundred thousand generations. A batch is
looked at when some of its generations have ended, and now and then.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from kie.errors import BudgetExceeded
from kie.service import moves
from kie.service.batches import moves as batch_moves
from kie.service.batches import orders as batch_orders
from kie.service.batches.batch import BatchState, load_batch
from kie.service.batches.filling import remove
from kie.service.batches.moves import Full
from kie.service.duty import BEAT
from kie.store.crash import crash_point

if TYPE_CHECKING:
    from kie.service.batches.moves import Due, Pick
    from kie.service.context import Context

__all__ = ["Feeder"]

#: Ends that are counted in one transaction; batches that are looked at in one step.
_ENDS, _BATCHES = 500, 8
#: Items that become generations in one transaction.
_PICKS = 250
#: Items that are cancelled in one transaction.
_SWEPT = 2000
#: Seconds until a batch is looked at again that a person paused, and that money holds back.
_PARKED, _POOR = 1.0, 10.0
#: Seconds after which the counts of a batch are held against its rows.
_CHECK = 300.0


class Feeder:
    """Feeds batches, and counts the ends of their items."""

    name = "feed"

    def __init__(self, context: Context) -> None:
        self._context = context
        self._stopping = False

    async def stop(self) -> None:
        """Begin nothing new; what was begun is a transaction, or was not."""
        self._stopping = True

    async def step(self) -> float:
        """Count what has ended, and fill what has room."""
        self._stopping = False  # a worker may be started again
        now = self._context.clock()
        ended, batches = await self._context.database.write(lambda: batch_moves.settle(_ENDS, now))
        for name in batches:
            self._context.tell(name)
        if ended:
            crash_point("after-batch-settled")
        due = await self._context.database.write(lambda: batch_moves.due(_BATCHES, now))
        for batch in due:
            await self._look(batch)
        return 0.0 if ended == _ENDS or len(due) == _BATCHES else BEAT

    async def _look(self, batch: Due) -> None:
        database, now = self._context.database, self._context.clock()
        name = batch.id
        again: float | None = now + batch_moves.LOOK
        if batch.state is BatchState.READING:  # whoever read it is gone
            if batch.idempotency is None:
                await database.write(lambda: remove(name, BatchState.READING))
            again = None
        elif batch.state is BatchState.CANCELLING:
            await self.sweep(name)
            again = now + _PARKED
        elif batch.why == "asked":
            await database.write(lambda: batch_orders.park(name, now))
            again = now + (_PARKED if batch.fed else batch_moves.LOOK)
        else:
            if now - batch.checked > _CHECK:
                await database.write(lambda: batch_moves.recount(name, now))
            if await self._feed(batch):
                again = now + _POOR
        await database.write(lambda: batch_moves.look_again(name, again))
        self._context.tell(name)

    async def sweep(self, name: str) -> None:
        """Cancel all of a batch that was not sent."""
        database, going = self._context.database, True
        while going:
            now = self._context.clock()
            going, held = await database.write(partial(batch_orders.sweep, name, _SWEPT, now))
            await asyncio.gather(*(database.write(partial(moves.cancel, each, now)) for each in held))

    async def _feed(self, batch: Due) -> bool:
        """Fill the window of a batch; returns whether money holds it back."""
        database, name = self._context.database, batch.id
        if batch.fed and await database.read(batch_moves.broke):
            await self._pause(name, "credits", "The vendor's account has no credits left; it goes on when it has.")
            return True
        if batch.why == "credits":
            now = self._context.clock()
            await database.write(lambda: batch_orders.resume(name, now, only="credits"))  # a person may have paused it
            self._context.wake("send")
        most = 1 if batch.why == "budget" else _PICKS  # whether there is something again is asked with one
        while not self._stopping:
            picks, limited = await database.read(partial(batch_moves.pick, name, most))
            if not picks:
                return limited and await self._limited(name)
            try:
                await self._create(name, picks)
            except Full:
                return False
            except BudgetExceeded as short:
                await self._pause(name, "budget", short.message)
                return True
            self._context.wake("send")
            most = _PICKS
        return False

    async def _create(self, name: str, picks: list[Pick]) -> None:
        """Make generations of items; where there is no money for all, of as many from the first on as there is for.

        Raises:
            BudgetExceeded: for some items there is none.
            Full: the batch does not run any more, or has reached its limit.

        """
        now = self._context.clock()
        try:
            await self._context.database.write(lambda: batch_moves.feed(name, picks, now))
        except BudgetExceeded:
            if len(picks) == 1:
                raise
            half = len(picks) // 2
            await self._create(name, picks[:half])
            await self._create(name, picks[half:])
        crash_point("after-batch-fed")

    async def _limited(self, name: str) -> bool:
        """The limit of the batch holds it back: until something ends, or for good."""
        found = await self._context.database.read(lambda: load_batch(name))
        if found is None or found.fed:
            return False
        words = f"Its limit of {found.max_credits:f} credits does not have the next item; raise it to go on."
        await self._pause(name, "limit", words)
        return True

    async def _pause(self, name: str, why: str, words: str) -> None:
        now = self._context.clock()
        if await self._context.database.write(lambda: batch_orders.pause(name, why, words, now)):
            await self._context.alert("batch", f"The batch {name} is paused: {words}", batch=name, why=why)
