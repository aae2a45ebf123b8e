"""The face of the service: generations are asked for, looked at, waited for."""

from __future__ import annotations

import contextlib
import json
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from kie.client.aio import AsyncKie
from kie.errors import AuthenticationError, InvalidInput, TaskNotFound
from kie.service import beating, ledger, moves
from kie.service.accounts.accounts import Accounts
from kie.service.accounts.balances import Watch
from kie.service.accounts.sealing import Sealer
from kie.service.accounts.signatures import Signatures
from kie.service.amounts import to_units
from kie.service.asking import Asker
from kie.service.batches.batches import Batches
from kie.service.beating import Beater
from kie.service.clock import Clock
from kie.service.context import Context
from kie.service.files.previews import Previewer
from kie.service.files.retention import Retention
from kie.service.files.storing import Storer
from kie.service.flows.facet import Flows
from kie.service.generation import COLUMNS, Generation, Happening, happenings, load, read
from kie.service.hooks import Hooks
from kie.service.machine import State
from kie.service.notifications.endpoints import Endpoints
from kie.service.notifications.guard import allowing
from kie.service.notifications.posting import Poster
from kie.service.projects import set_project
from kie.service.receiving import Receiver
from kie.service.sending import Sender
from kie.service.settings import ServiceSettings, opened_database
from kie.service.waiting import until_final
from kie.service.worker import Worker
from kie.store.artefacts import open_artefacts
from kie.store.errors import StoreError
from kie.store.work import Statement

if TYPE_CHECKING:
    import os
    from collections.abc import AsyncIterator, Callable, Mapping
    from typing import Self

    from kie.money import Price
    from kie.service.batches.batch import Batch
    from kie.service.batches.sources import Source
    from kie.service.claims import Limits
    from kie.service.duty import Duty
    from kie.service.notifications.guard import Guard
    from kie.store.artefacts import ArtefactStore
    from kie.store.database import Database
    from kie.store.work import Work

__all__ = ["Service"]

#: In the place of a key where there is none: nothing is sent with it.
_NO_KEY = "none"


class Service:
    """Durable generations, in this process or in others that share the database.

    ``Service()`` takes everything from the settings, as the commands do.

    Args:
        database: an address (see ``store.open_database``), or a database that is open; None takes it, and all else that
            is not given, from ``KIE_DATABASE_URL``, ``KIE_ARTEFACTS_URL``, ``KIE_PUBLIC_URL``, ``KIE_MASTER_KEY``,
            ``KIE_NOTIFY_ALLOW``, ``KIE_PREVIEWS`` and ``KIE_WEBHOOK_SECRET``.
        kie: the client whose key pays, unless further accounts are added; None makes one from ``KIE_API_KEY``, or on an
            emulator of its own with ``KIE_EMULATED``, and closes it with the service.
        artefacts: where files lie: a folder, an address (see ``store.open_artefacts``), or a store that is open; by
            default the folder ``kie-files``.
        public_url: where the vendor's callbacks reach the ingress; None works by polling alone.
        limits: of the client's key; by default 20 creations in 10 s, or what was set for its account.
        account: a name for that key, under which its money is written down; "" where the client has none, and the
            accounts that are stored do all the work.
        sealer: seals and opens what is secret in the database, such as the keys of further accounts.
        previews: whether thumbnails and waveforms are made of what is stored.
        webhook_secret: with which the vendor signs the callbacks of accounts that have no secret of their own: others
            are refused. None checks only those of accounts that have one.
        guard: says where notifications may go; by default to the public internet alone, over TLS.
        clock: tells Unix seconds; for tests. By default a clock of its own that nobody sets.

    Raises:
        StoreUnavailable: the database cannot be reached.
        StoreError: an address is none, or the database is of a newer version.
        InvalidInput: a setting is not usable.

    """

    def __init__(
        self,
        database: str | Database | None = None,
        kie: AsyncKie | None = None,
        *,
        artefacts: str | os.PathLike[str] | ArtefactStore | None = None,
        public_url: str | None = None,
        limits: Limits | None = None,
        account: str = "default",
        sealer: Sealer | None = None,
        previews: bool = True,
        webhook_secret: str | None = None,
        guard: Guard | None = None,
        clock: Callable[[], float] | None = None,
    ) -> None:
        if database is None:
            settings = ServiceSettings.of_environment()
            database = settings.database_url
            artefacts, public_url = artefacts or settings.artefacts_url, public_url or settings.public_url
            previews = previews and settings.previews
            webhook_secret = webhook_secret or settings.webhook_secret
            sealer, guard = sealer or Sealer(settings.master_keys()), guard or allowing(settings.notify_allow)
        self._own: AsyncKie | None = None
        if kie is None:
            kie = self._own = _client()
            account = account if kie._core.settings.api_key != _NO_KEY else ""  # noqa: SLF001 - the same package
        self.database = opened_database(database) if isinstance(database, str) else database
        self.artefacts = open_artefacts(artefacts or "kie-files")
        clock, sealer = clock or Clock(), sealer or Sealer()
        self.accounts = Accounts(self.database, kie, limits, account, sealer, clock)
        self.context = Context(
            self.database,
            self.artefacts,
            self.accounts,
            self.accounts.vendor(account).core,
            public_url.rstrip("/") if public_url else None,
            clock,
            sealer=sealer,
        )
        self._previews = previews
        self.retention = Retention(self.context)
        self.endpoints = Endpoints(self.context, Poster(guard) if guard is not None else None)
        self.batches = Batches(self.context, check=self.endpoints.check_callback)
        self.flows = Flows(self.context, self.prepare)
        self.worker = Worker(self.context, self._duties())
        self.hooks = Hooks(
            self.database,
            lambda: self.context.wake("receive"),
            self.context.clock,
            lambda: self._receiver.receive if self.worker.running else None,
            Signatures(self.database, sealer, webhook_secret, clock).refuse,
        )
        self._open = False

    def _duties(self) -> list[Duty]:
        storer = Storer(self.context, previews=self._previews)
        asker = Asker(self.context, storer)
        sender, receiver = Sender(self.context, asker), Receiver(self.context, asker)
        self._receiver = receiver
        facets: list[Duty] = [self.batches.feeder, self.endpoints.notifier, self.flows.duty, self.retention.sweeper]
        if self._previews:
            facets.append(Previewer(self.context))
        return [Beater(self.context), receiver, sender, asker, storer, Watch(self.context), *facets]

    async def open(self) -> None:
        """Make ready, without beginning to work: the time of the service is set, and its accounts are read."""
        if self._open:
            return
        clock = self.context.clock
        if isinstance(clock, Clock):
            clock.set(clock() + await clock.behind(self.database.now, 5))
        back = await self.database.write(lambda: beating.began(clock()))
        if back:
            await self.context.alert("clock", f"The clock was set back by {back:.0f} s since the last worker ended.")
        await self.accounts.open(clock())
        self._open = True

    async def start(self) -> None:
        """Begin to work on generations in this process.

        Raises:
            AuthenticationError: there is no key to work with, neither in the settings nor in the database.

        """
        await self.open()
        if self._own is not None and not self.accounts.names():
            raise AuthenticationError(
                "There is no API key.",
                hint="Set KIE_API_KEY, or add one with `kie keys add`; KIE_EMULATED=1 needs none.",
            )
        await beating.bury_own(self.database, self.context.clock())
        await self.worker.start()

    async def stop(self) -> None:
        """Stop working in this process: what was sent is waited for, the rest is given back."""
        if self.worker.running:
            await self.worker.stop()
            now = self.context.clock()
            with contextlib.suppress(StoreError):
                await self.database.write(lambda: beating.leave(self.context.worker, now))

    async def close(self) -> None:
        """Stop working, and close the database."""
        await self.stop()
        await self.artefacts.close()
        await self.database.close()
        if self._own is not None:
            await self._own.close()

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
        return self.context.core.price(self.accounts.meant(model), input)

    async def create(
        self,
        model: str,
        input: Mapping[str, Any],
        *,
        project: str = "default",
        priority: int = 0,
        idempotency_key: str | None = None,
        max_credits: Decimal | float | str | None = None,
        **options: Any,
    ) -> Generation:
        """Ask for a generation: its input is checked, its price held, and it is on the disk when this returns.

        Args:
            model: id or any other name of a model; or a kind ("image", "video", "speech", "sound", "music") for the
                default model of an account.
            input: inputs by role or native name; files as links.
            project: whose budget pays.
            priority: -1000..1000; higher goes first.
            idempotency_key: the same key of the same project returns the same generation.
            max_credits: refuse what may cost more.
            options: ``account`` (whose key is to pay), ``notify`` (an address that is told of the end), ``caller``
                (whose budget counts besides), ``cache`` (whether an identical request's result may be used; by default
                as the project has it).

        Raises:
            ModelUnavailable, InvalidInput: the request is none; nothing was written.
            BudgetExceeded: the project's budget, or ``max_credits``, does not have it.

        """
        if options.get("account"):
            await self.accounts.show(options["account"])
        await self.open()
        now = self.context.clock()
        await self.accounts.active(now)  # what is set of them may have changed
        request = self.prepare(
            model,
            input,
            project=project,
            priority=priority,
            idempotency=idempotency_key,
            max_credits=max_credits,
            **options,
        )

        def work() -> Work[Generation | None]:
            name, _ = yield from moves.create(request, now)
            return (yield from load(name))

        made = await self.database.write(work)
        assert made is not None  # noqa: S101 - it was written just now
        self.context.wake("send")
        return made

    def prepare(
        self,
        model: str,
        input: Mapping[str, Any],
        *,
        max_credits: Decimal | float | str | None = None,
        project: str = "default",
        account: str = "",
        **options: Any,
    ) -> moves.Request:
        """Check an input and estimate its price, as ``create`` does, without writing anything down.

        ``options`` are further fields of ``moves.Request``.

        Raises:
            ModelUnavailable, InvalidInput, BudgetExceeded: as for ``create``.

        """
        if options.get("notify"):
            self.endpoints.check_callback(options["notify"])
        if not -1000 <= (priority := options.get("priority", 0)) <= 1000:  # noqa: PLR2004 - told in the sentence
            raise InvalidInput(f"A priority is -1000 to 1000, not {priority}.", field="priority")
        core = self.context.core
        found, prepared, _ = core.prepare(self.accounts.meant(model, account), input)
        if prepared.files:
            raise InvalidInput(
                "Files must be uploaded before: pass their links.",
                field=prepared.files[0].path,
                hint="`(await kie.upload(path)).url` is one, for three days.",
            )
        price = core.estimate(found, prepared)
        core.check_budget(found, price, max_credits)
        most = None if price is None else to_units(price.high if price.high is not None else price.low)
        text, mark = json.dumps(prepared.input, ensure_ascii=False), core.fingerprint(found, prepared.input, 0)
        return moves.Request(project, found.id, text, mark, account, most, **options)

    async def batch(
        self,
        source: Source,
        model: str | None = None,
        defaults: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> Batch:
        """Ask for many generations as one; see ``batches.create``."""
        await self.open()
        return await self.batches.create(source, model, defaults, **options)

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

    async def delete(self, name: str, *, forget: bool = False) -> Generation:
        """Delete the files of a generation that has ended; see ``Retention.delete``."""
        await self.retention.delete(name, forget=forget)
        return await self.get(name)

    async def cancel(self, name: str) -> Generation:
        """Cancel a generation that was not sent yet; one that was is paid for, and goes on."""
        now = self.context.clock()
        await self.get(name)
        await self.database.write(lambda: moves.cancel(name, now))
        return await self.get(name)

    async def wait(self, name: str, timeout: float | None = None) -> Generation:
        """Wait for the end of a generation.

        Raises:
            TaskTimeout: it goes on, and can be waited for again.

        """
        return await until_final(self.context, name, self.get, timeout)

    async def events(self, name: str, after: int = 0) -> AsyncIterator[Happening]:
        """Tell the history of a generation, and what happens until its end."""
        while True:
            final = (await self.get(name)).final
            for happening in await self.database.read(partial(happenings, name, after)):
                after = happening.number
                yield happening
            if final:
                return
            await self.context.changed(name, 1.0)

    async def resolve(self, name: str, *, task: str | None = None, again: bool = False) -> Generation:
        """Settle an uncertain generation by hand: adopt a task, send it again, or (neither) leave it.

        Raises:
            InvalidInput: it is not uncertain.

        """
        work = partial(moves.resolve, name, self.context.clock(), task=task, again=again)
        if not await self.database.write(work):
            raise InvalidInput(f"{name} is not uncertain.", field="id")
        self.context.wake("send", "ask")
        return await self.get(name)

    async def balance(self, account: str | None = None) -> dict[str, Decimal]:
        """Return the credits that are "held" and "spent", as our ledger has them, of one account or of all."""
        return await self.database.read(lambda: ledger.balance(account))

    async def set_budget(
        self,
        project: str,
        span: str,
        credits: Decimal | int | None,  # noqa: A002
        model: str = "",
        caller: str = "",
    ) -> None:
        """Limit what may be held and spent in each "day" or in "total"; None lifts the limit.

        Args:
            project: whose; "" for all projects together.
            span: "day" (in UTC) or "total".
            credits: the limit.
            model: for one model; "" for all together.
            caller: for one caller's key; "" for all together.

        """
        amount, now = None if credits is None else to_units(Decimal(credits)), self.context.clock()
        await self.database.write(lambda: ledger.set_budget(project, span, amount, now, model, caller))

    async def set_project(self, project: str, *, weight: int | None = None, cache: bool | None = None) -> None:
        """Set how a project is served.

        Args:
            project: its name.
            weight: its share of the queue beside the others', 1..1000.
            cache: whether its identical requests share one result.

        Raises:
            InvalidInput: the weight is out of range.

        """
        if weight is not None and not 1 <= weight <= 1000:  # noqa: PLR2004 - told in the sentence
            raise InvalidInput(f"A project's weight is 1 to 1000, not {weight}.", field="weight")

        work = partial(set_project, project, weight, cache)
        await self.database.write(work)

    async def counts(self) -> dict[State, int]:
        """Return how many generations are in each state."""

        def work() -> Work[dict[State, int]]:
            rows = yield Statement("SELECT state, count(*) FROM generation GROUP BY state")
            return {State(state): int(number) for state, number in rows}

        return await self.database.read(work)


def _client() -> AsyncKie:
    """A client of the settings; one without a key where these have none."""
    try:
        return AsyncKie()
    except AuthenticationError:
        return AsyncKie(_NO_KEY, emulated=False)
