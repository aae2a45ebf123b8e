"""The face of the service: generations are asked for, looked at, waited for."""

from __future__ import annotations

import json
import time
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from kie.errors import InvalidInput, TaskNotFound, TaskTimeout
from kie.service import ledger, moves
from kie.service.amounts import to_units
from kie.service.claims import Limits
from kie.service.generation import COLUMNS, Generation, Happening, happenings, load, read
from kie.service.hooks import Hooks
from kie.service.machine import Event, State
from kie.service.vendor import Vendor
from kie.service.worker import Worker
from kie.store.artefacts import FolderArtefacts
from kie.store.opening import open_database
from kie.store.work import Statement

if TYPE_CHECKING:
    import os
    from collections.abc import AsyncIterator, Callable, Mapping
    from typing import Self

    from kie.client.aio import AsyncKie
    from kie.money import Price
    from kie.store.database import Database
    from kie.store.work import Work

__all__ = ["Service"]


class Service:
    """Durable generations, in this process or in others that share the database.

    Args:
        database: an address (see ``store.open_database``), or a database that is open.
        kie: the client whose key pays.
        artefacts: the folder for files.
        public_url: where the vendor's callbacks reach the ingress; None works by polling alone.
        limits: of the vendor's key.
        account: a name for that key, under which its money is written down.
        wall: tells Unix seconds; for tests.

    """

    def __init__(
        self,
        database: str | Database,
        kie: AsyncKie,
        *,
        artefacts: str | os.PathLike[str] = "kie-files",
        public_url: str | None = None,
        limits: Limits | None = None,
        account: str = "default",
        wall: Callable[[], float] = time.time,
    ) -> None:
        self.database = open_database(database) if isinstance(database, str) else database
        self.vendor = Vendor(kie)
        self.artefacts = FolderArtefacts(artefacts)
        self.account = account
        self._wall = wall
        self.hooks = Hooks(self.database, self._wake, wall)
        self.worker = Worker(
            self.database, self.vendor, self.artefacts, account, limits or Limits(), public_url=public_url, wall=wall
        )

    def _wake(self) -> None:
        self.worker.wake()

    async def start(self) -> None:
        """Begin to work on generations in this process."""
        await self.worker.start()

    async def close(self) -> None:
        """Stop working; what is under way is given back, and the database closed."""
        await self.worker.stop()
        await self.database.close()

    async def __aenter__(self) -> Self:
        """Begin to work."""
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop."""
        await self.close()

    def estimate(self, model: str, input: Mapping[str, Any]) -> Price | None:
        """Estimate a price; nothing is sent. None where no price is known.

        Raises:
            ModelUnavailable, InvalidInput: as for ``create``.

        """
        return self.vendor.core.price(model, input)

    async def create(
        self,
        model: str,
        input: Mapping[str, Any],
        *,
        project: str = "default",
        priority: int = 0,
        idempotency_key: str | None = None,
        max_credits: Decimal | float | str | None = None,
    ) -> Generation:
        """Ask for a generation: its input is checked, its price held, and it is on the disk when this returns.

        Args:
            model: id or any other name of a model.
            input: inputs by role or native name; files as links.
            project: whose budget pays.
            priority: higher goes first.
            idempotency_key: the same key of the same project returns the same generation.
            max_credits: refuse what may cost more.

        Raises:
            ModelUnavailable, InvalidInput: the request is none; nothing was written.
            BudgetExceeded: the project's budget, or ``max_credits``, does not have it.

        """
        core = self.vendor.core
        found, prepared, _ = core.prepare(model, input)
        if prepared.files:
            raise InvalidInput("Files must be uploaded before: pass their links.", field=prepared.files[0].path)
        price = core.estimate(found, prepared)
        core.check_budget(found, price, max_credits)
        most = None if price is None else to_units(price.high if price.high is not None else price.low)
        request = moves.Request(
            project,
            found.id,
            json.dumps(prepared.input, ensure_ascii=False),
            core.fingerprint(found, prepared.input, 0),
            self.account,
            most,
            priority,
            idempotency_key,
        )
        now = self._wall()
        name, _ = await self.database.write(lambda: moves.create(request, now))
        self.worker.wake()
        return await self.get(name)

    async def get(self, name: str) -> Generation:
        """Return a generation.

        Raises:
            TaskNotFound: there is none of this name.

        """
        found = await self.database.read(lambda: load(name))
        if found is None:
            raise TaskNotFound(f"There is no generation {name!r}.", task_id=name)
        return found

    async def list(
        self, *, project: str | None = None, state: str | None = None, model: str | None = None, after: str = "",
        limit: int = 100,
    ) -> list[Generation]:  # fmt: skip
        """Return generations, newest first, from before ``after`` on. Files are not told; see ``get``."""
        asked = {"project": project, "state": state, "model": model}
        given = {name: value for name, value in asked.items() if value is not None}
        where = "".join(f" AND {name} = ?" for name in given)

        def work() -> Work[list[Generation]]:
            rows = yield Statement(
                f"SELECT {COLUMNS} FROM generation WHERE (? = '' OR id < ?){where} ORDER BY id DESC LIMIT ?",  # noqa: S608
                (after, after, *given.values(), limit),
            )
            return [read(row) for row in rows]

        return await self.database.read(work)

    async def cancel(self, name: str) -> Generation:
        """Cancel a generation that was not sent yet; one that was is paid for, and goes on."""
        now = self._wall()
        await self.get(name)
        await self.database.write(lambda: moves.cancel(name, now))
        return await self.get(name)

    async def wait(self, name: str, timeout: float | None = None) -> Generation:
        """Wait for the end of a generation.

        Raises:
            TaskTimeout: it goes on, and can be waited for again.

        """
        until = None if timeout is None else time.monotonic() + timeout
        while True:
            generation = await self.get(name)
            if generation.final:
                return generation
            left = None if until is None else until - time.monotonic()
            if left is not None and left <= 0:
                what = f"{name} is {generation.state} after {timeout:g} s."
                raise TaskTimeout(what, task_id=name, model=generation.model)
            await self.worker.changed(name, min(1.0, left if left is not None else 1.0))

    async def events(self, name: str, after: int = 0) -> AsyncIterator[Happening]:
        """Tell the history of a generation, and what happens until its end."""
        while True:
            final = (await self.get(name)).final
            for happening in await self.database.read(partial(happenings, name, after)):
                after = happening.number
                yield happening
            if final:
                return
            await self.worker.changed(name, 1.0)

    async def resolve(self, name: str, *, task: str | None = None, again: bool = False) -> Generation:
        """Settle an uncertain generation by hand: adopt a task, send it again, or (neither) leave it.

        Raises:
            InvalidInput: it is not uncertain.

        """
        now = self._wall()

        def work() -> Work[bool]:
            if task is not None:
                changes = {"task": task, "next_at": now, "error": None}
                return (yield from moves.move(name, Event.ADOPTED, now, changes, {"task": task, "by": "a person"}))
            if again:
                return (yield from moves.move(name, Event.REQUEUED, now, {"next_at": now, "error": None}))
            error = {"code": "dismissed", "message": "Settled by hand: no task was found.", "kind": "Dismissed"}
            return (yield from moves.fail(name, Event.DISMISSED, now, error))

        if not await self.database.write(work):
            raise InvalidInput(f"{name} is not uncertain.", field="id")
        self.worker.wake()
        return await self.get(name)

    async def balance(self) -> dict[str, Decimal]:
        """Return the credits that are held and that were spent, as our ledger has them."""
        return await self.database.read(lambda: ledger.balance(self.account))

    async def set_budget(self, project: str, span: str, credits: Decimal | int | None, model: str = "") -> None:  # noqa: A002
        """Limit what a project may hold and spend in each "day" or in "total", for a model or all; None lifts it."""
        amount, now = None if credits is None else to_units(Decimal(credits)), self._wall()
        await self.database.write(lambda: ledger.set_budget(project, span, amount, now, model))

    async def counts(self) -> dict[State, int]:
        """Return how many generations are in each state."""

        def work() -> Work[dict[State, int]]:
            rows = yield Statement("SELECT state, count(*) FROM generation GROUP BY state")
            return {State(state): int(number) for state, number in rows}

        return await self.database.read(work)
