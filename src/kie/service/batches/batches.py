"""Batches: up to a hundred thousand items asked for as one, in JSONL, CSV or objects."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
from functools import partial
from typing import TYPE_CHECKING, Any

from kie.errors import InvalidInput, TaskNotFound
from kie.ids import new_id
from kie.service.batches import orders as batch_orders
from kie.service.batches import rows as batch_rows
from kie.service.batches.batch import FINAL, BatchEvent, BatchState, estimate_of, items_of, load_batch
from kie.service.batches.export import exported
from kie.service.batches.feeding import Feeder
from kie.service.batches.filling import chunks, counted, fill, mixed, remove
from kie.service.batches.judging import Judge, repriced
from kie.service.batches.rows import limit_of, options_of
from kie.service.waiting import until_final
from kie.store.errors import StoreError
from kie.wire.prepare import translate_names

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping
    from decimal import Decimal

    from kie.service.batches.batch import Batch, BatchItem, Estimate
    from kie.service.batches.reading import Kind, ReadLimits
    from kie.service.batches.sources import Source
    from kie.service.context import Context

__all__ = ["Batches"]

#: Items that are generations at a time: a window, so that neither the queue nor what is held grows with the batch.
WINDOW = 1000
#: Below 0, so that what somebody waits for goes first.
PRIORITY = -10
#: Items that are retried in one transaction.
_RETRIED = 200
#: Lines that are no request of which an estimate tells what is wrong.
_FAULTS = 20


class Batches:
    """The batches of a service.

    Args:
        context: of the service.
        limits: what is refused unread.
        check: raises a KieError for a callback address that nothing may be sent to.

    """

    def __init__(
        self, context: Context, limits: ReadLimits | None = None, check: Callable[[str], None] | None = None
    ) -> None:
        self._context = context
        self._limits = limits
        self._check = check
        self.feeder = Feeder(context)

    async def create(
        self,
        source: Source,
        model: str | None = None,
        defaults: Mapping[str, Any] | None = None,
        *,
        project: str = "default",
        name: str = "",
        max_credits: Decimal | float | str | None = None,
        start: bool = True,
        idempotency_key: str | None = None,
        priority: int = PRIORITY,
        window: int = WINDOW,
        caller: str = "",
        cache: bool | None = None,
        kind: Kind | None = None,
    ) -> Batch:
        """Ask for many generations: each is read, checked and estimated, and all are on the disk when this returns.

        A line that is no request is kept apart as a refused item; the others are not held up by it. Nothing is sent
        before all have been read.

        Args:
            source: a path; the content as bytes; an open file; or whatever gives pieces of it, or objects. JSONL has an
                item on each line: inputs beside a ``model``, or ``input`` with ``model``, ``id``, ``priority``,
                ``max_credits`` and ``callback_url``. CSV has the same names, and those of inputs, in its first row.
            model: of items that name none; or a kind, as for ``Service.create``.
            defaults: inputs of items that do not give them.
            project: whose budget pays.
            name: for people.
            max_credits: what the batch may hold and spend in all; then it pauses.
            start: False leaves it paused, to be looked at before ``resume``.
            idempotency_key: the same key of the same project returns the same batch, and goes on reading one that was
                broken off; the source must be the same.
            priority: of its items, -1000..1000; higher goes first, single generations have 0.
            window: items that are in the queue at a time, 1..10000.
            caller: whose budget counts besides.
            cache: whether an identical request's result may be used; None leaves it to the project.
            kind: "jsonl" or "csv"; None tells by the name of the file, or by the first character.

        Raises:
            InvalidInput: the whole cannot be read, has no items, or too many; nothing is left of it.
            ModelUnavailable: there is no such ``model``.

        """
        asked = options_of(
            project=project,
            name=name,
            max_credits=max_credits,
            priority=priority,
            window=window,
            caller=caller,
            cache=cache,
        )
        judge = await self._judge(model, defaults, limited=max_credits is not None)
        mark = hashlib.sha256(repr((model, sorted((defaults or {}).items()), kind)).encode("utf-8", "backslashreplace"))
        now, fresh, database = self._context.clock(), new_id("bat"), self._context.database
        begun = await database.write(lambda: batch_rows.begin(fresh, mark.hexdigest(), idempotency_key, asked, now))
        if begun.known:
            if not begun.busy and await self._mixture(source, kind) != begun.digest:
                raise InvalidInput("The idempotency key was used for a batch with other items.", field="source")
            return await self.get(begun.id)
        try:
            await fill(self._context, begun.id, source, judge, kind=kind, limits=self._limits, start=start)
        except BaseException as error:
            if isinstance(error, InvalidInput) and error.field == "idempotency_key":
                raise  # another has gone on reading it, since nobody seemed to: it is theirs now
            kept = idempotency_key is not None and (begun.resumed or not isinstance(error, InvalidInput))
            with contextlib.suppress(StoreError):  # then the feeder removes it
                if kept:
                    await database.write(lambda: batch_rows.let_go(begun.id))
                else:
                    await database.write(lambda: remove(begun.id, BatchState.READING))
            raise
        return await self.get(begun.id)

    async def _judge(self, model: str | None, defaults: Mapping[str, Any] | None, *, limited: bool) -> Judge:
        core, meant = self._context.core, self._context.accounts.meant
        await self._context.accounts.active(self._context.clock())  # what is set of them may have changed
        if model is not None:
            translate_names(core.catalogue.resolve(meant(model)).model, defaults or {})
        return Judge(core, model, defaults, limited=limited, check=self._check, meant=meant)

    async def _mixture(self, source: Source, kind: Kind | None) -> str:
        mixture = ""
        async for chunk in chunks(source, kind, self._limits):
            mixture = mixed(mixture, chunk)
        return mixture

    async def estimate(
        self,
        source: Source,
        model: str | None = None,
        defaults: Mapping[str, Any] | None = None,
        *,
        kind: Kind | None = None,
    ) -> Estimate:
        """Tell what a batch would cost, and how many of its lines are no request; nothing is written down.

        Raises:
            InvalidInput, ModelUnavailable: as for ``create``.

        """
        judge, sums, refused = await self._judge(model, defaults, limited=False), dict[str, list[int]](), 0
        faults: list[tuple[int, str]] = []
        async for chunk in chunks(source, kind, self._limits):
            judged = await asyncio.to_thread(judge.all, chunk)
            sums = counted(sums, judged)
            wrong = [each for each in judged if each.state == "refused"]
            refused += len(wrong)
            told = wrong[: _FAULTS - len(faults)]
            faults += [(each.line, str(json.loads(each.error or "{}").get("message", ""))) for each in told]
        return estimate_of(json.dumps(sums))._replace(refused=refused, faults=tuple(faults))

    async def get(self, name: str) -> Batch:
        """Return a batch.

        Raises:
            TaskNotFound: there is none of this name.

        """
        found = await self._context.database.read(lambda: load_batch(name))
        if found is None:
            raise TaskNotFound(f"There is no batch {name!r}.", task_id=name)
        return found

    async def items(self, name: str, *, state: str | None = None, after: int = -1, limit: int = 100) -> list[BatchItem]:
        """Return items in the order of their lines, from after a position on.

        Args:
            name: the batch.
            state: of the items, or of their generations ("uncertain"); None for all.
            after: a position, from 0.
            limit: how many at most.

        Raises:
            TaskNotFound: there is no such batch.

        """
        await self.get(name)
        return await self._context.database.read(lambda: items_of(name, state, after, limit))

    async def list(
        self, *, project: str | None = None, state: str | None = None, after: str = "", limit: int = 100
    ) -> list[Batch]:
        """Return batches, newest first, from before ``after`` on."""
        return await self._context.database.read(lambda: batch_rows.batches(project, state, after, limit))

    async def pause(self, name: str) -> Batch:
        """Send nothing more of a batch, also of what is in the queue; what was sent goes on."""
        await self.get(name)
        now = self._context.clock()
        words = "Paused by a person."
        await self._context.database.write(lambda: batch_rows.paused(name, words, now))
        return await self._told(name)

    async def resume(self, name: str, *, max_credits: Decimal | float | str | None = None) -> Batch:
        """Go on with a batch that is paused, or was not started.

        Args:
            name: the batch.
            max_credits: its new limit; None leaves it as it is.

        Raises:
            TaskNotFound: there is no such batch.
            InvalidInput: it is being read, or has ended; or a limit cannot hold for items of it.

        """
        batch = await self.get(name)
        if batch.state not in (BatchState.PAUSED, BatchState.RUNNING):
            raise InvalidInput(f"The batch {name} is {batch.state}: it cannot be resumed.", field="id")
        now, limit = self._context.clock(), limit_of(max_credits)
        if limit is not None and batch.estimate.unknown:
            raise InvalidInput(
                f"The batch {name} has items whose highest price is not known: they cannot be held within a limit.",
                field="max_credits",
            )
        await self._context.database.write(lambda: batch_orders.resume(name, now, limit))
        self._context.wake("send", "feed")
        return await self._told(name)

    async def cancel(self, name: str) -> Batch:
        """Cancel what was not sent yet; what was is paid for, and goes on. One that is being read is removed.

        Raises:
            TaskNotFound: there is no such batch.

        """
        batch = await self.get(name)
        if batch.state is BatchState.READING:
            await self._context.database.write(lambda: remove(name, BatchState.READING))
            return batch._replace(state=BatchState.CANCELLED)
        now = self._context.clock()
        if await self._context.database.write(lambda: batch_orders.cancel(name, now)):
            await self.feeder.sweep(name)
            self._context.wake("feed")
        return await self._told(name)

    async def remove(self, name: str) -> None:
        """Forget a batch that has ended; its generations stay.

        Raises:
            TaskNotFound: there is no such batch.
            InvalidInput: it has not ended.

        """
        batch = await self.get(name)
        if not await self._context.database.write(lambda: remove(name, *FINAL)):
            raise InvalidInput(f"The batch {name} is {batch.state}: cancel it first.", field="id")

    async def retry_failed(self, name: str) -> Batch:
        """Try failed items again, each as a new generation; also those refused for a price that fits now.

        What is uncertain is not touched: a task may exist, and be paid for.

        Raises:
            TaskNotFound: there is no such batch.
            InvalidInput: it is being read or cancelled.

        """
        batch, context, after, total = await self.get(name), self._context, -1, 0
        if batch.state in (BatchState.READING, BatchState.CANCELLING):
            raise InvalidInput(f"The batch {name} is {batch.state}: it has nothing to try again yet.", field="id")
        while found := await context.database.read(partial(batch_rows.retryable, name, after, _RETRIED)):
            after = found[-1].position
            limited = batch.max_credits is not None
            chosen = [one for each in found if (one := repriced(each, context.core, limited=limited)) is not None]
            total += await context.database.write(partial(batch_orders.again, name, chosen, context.clock()))
        if total:
            now = context.clock()
            await context.database.write(lambda: batch_rows.noted(name, now, "retried", {"items": total}))
            context.wake("feed")
        return await self._told(name)

    def export(self, name: str, format: str = "jsonl", *, state: str | None = None) -> AsyncIterator[bytes]:
        """Tell what became of the items, a page at a time: state, model, generation, cost, error, files, links.

        Args:
            name: the batch.
            format: "jsonl" or "csv".
            state: of the items that are told; None for all.

        Raises:
            TaskNotFound: there is no such batch.
            InvalidInput: the format is none of these.

        """
        return exported(self._context, name, format, state)

    async def wait(self, name: str, timeout: float | None = None) -> Batch:
        """Wait for the end of a batch.

        Raises:
            TaskTimeout: it goes on, and can be waited for again.

        """
        return await until_final(self._context, name, self.get, timeout)

    async def events(self, name: str, after: int = 0) -> AsyncIterator[BatchEvent]:
        """Tell the history of a batch from after an event's number on, and what happens until its end.

        Between what is kept stand events named "progress", with the counts.

        Raises:
            TaskNotFound: there is no such batch.

        """
        before: Any = None
        while True:
            batch = await self.get(name)
            for event in await self._context.database.read(partial(batch_rows.events, name, after)):
                after = event.number
                yield event
            counts = {count: getattr(batch, count) for count in batch_rows.COUNTS}
            if counts != before:
                before = counts
                yield BatchEvent(after, name, self._context.clock(), "progress", counts)
            if batch.final:
                return
            await self._context.changed(name, 1.0)

    async def _told(self, name: str) -> Batch:
        self._context.tell(name)
        return await self.get(name)
