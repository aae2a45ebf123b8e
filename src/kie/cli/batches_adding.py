"""A file that becomes a batch of the service: checked whole, priced, asked for, and waited for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kie.cli import amounts, exits
from kie.cli import batches_told as told
from kie.cli.carrying import Waiting, lives, see_through, tell_carried
from kie.cli.flows.told import between
from kie.cli.lang import plural, t
from kie.cli.records import plain
from kie.cli.runner import tell_rate
from kie.cli.stores import again, on_service
from kie.cli.values import inputs_of
from kie.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from kie.cli.session import Session
    from kie.cli.stages import Stage
    from kie.service.batches.batch import Batch
    from kie.service.service import Service

__all__ = ["Adding", "follow"]

#: Lines that are told, of those that are no request.
_TOLD = 20
#: Why a batch is paused that does not go on by itself.
_STUCK = ("asked", "limit")


class Adding:
    """A file that is to become a batch.

    Args:
        session: of the command.
        source: the path of the file, or its content.
        model: of rows that name none.
        inputs: ``key=value``: inputs of rows that do not give them.
        kind: "jsonl" or "csv", or None.
        partial: lines that are no request do not hold the others up; otherwise nothing is asked for.
        hold: nothing is sent until the batch is resumed.
        cache: whether results of identical requests may be used; otherwise the project says.
        options: further ones of ``Batches.create``.

    """

    def __init__(
        self,
        session: Session,
        source: str | bytes,
        *,
        model: str | None,
        inputs: tuple[str, ...],
        kind: Any,
        partial: bool,
        hold: bool,
        cache: bool,
        **options: Any,
    ) -> None:
        self._session, self._source, self._kind = session, source, kind
        self._model, self._partial, self.hold = model, partial, hold
        self._defaults = inputs_of(inputs)
        self._options = {**options, "cache": True if cache else None}

    def estimated(self) -> int:
        """Tell what it would cost; nothing is written."""
        session = self._session
        found = on_service(
            session,
            lambda service: service.batches.estimate(self._source, self._model, self._defaults, kind=self._kind),
        )
        told.estimate(session, found)
        tell_rate(session)
        prices = {name: amounts.money_record(getattr(found, name), session.currency) for name in ("low", "high")}
        code = exits.USAGE if found.refused and not self._partial else exits.DONE
        session.screen.document({"dry_run": True, **plain(found), **prices, "exit_code": code})
        return code

    async def added(self, service: Service) -> Batch:
        """Ask for it. It is sent when all lines are requests, or that does not matter.

        Raises:
            InvalidInput: some line is none; nothing is left of it.

        """
        await service.open()
        before = service.context.clock()
        held = self.hold or not self._partial
        batch = await service.batch(
            self._source, self._model, self._defaults, kind=self._kind, start=not held, **self._options
        )
        fresh = batch.created >= before  # an idempotency key may have brought one that was asked for before
        if batch.refused and fresh:
            await self._tell_refused(service, batch)
            if not self._partial:
                await service.batches.cancel(batch.id)
                await service.batches.remove(batch.id)
                what = plural("batches.refused", batch.refused)
                raise InvalidInput(f"{what} {t('batches.nothing-asked')}", field="FILE", hint=t("batches.or-partial"))
        if held and not self.hold and fresh:
            batch = await service.batches.resume(batch.id)
        price = between(self._session, batch.estimate.low, batch.estimate.high)
        self._session.screen.note((batch.id, "bold"), f"  {plural('batches.items', batch.items)}, {price}")
        return batch

    async def _tell_refused(self, service: Service, batch: Batch) -> None:
        found = await service.batches.items(batch.id, state="refused", limit=_TOLD)
        wrong = [(item.line, str((item.error or {}).get("message", ""))) for item in found]
        told.faults(self._session, wrong, batch.refused)

    def left(self) -> int:
        """Ask for it, and say who works on it."""

        async def go(service: Service) -> tuple[Batch, bool]:
            return await self.added(service), await lives(service)

        batch, carried = on_service(self._session, go)
        session, say = self._session, self._session.screen
        if not session.wants_json:
            say.say(batch.id)
        if batch.state.value == "paused":
            back = again(session, f"kie batches resume {batch.id}")
            say.note(t("batches.to-start"), " ", (back, "bold"))
        else:
            back = again(session, f"kie batches wait {batch.id}")
            tell_carried(session, "batches.carried", carried=carried)
            say.note("  ", t("batches.to-wait"), " ", (back, "bold"))
        tell_rate(session)
        code = exits.FAILED if batch.refused else exits.DONE
        say.document({**plain(batch), "carried": carried, "resume": back, "exit_code": code})
        return code


def follow(
    session: Session, begin: Callable[[Service], Awaitable[Batch]], timeout: Any, *, asks: bool = True
) -> int:  # fmt: skip
    """See a batch through; return the exit code. ``asks``: see `Waiting`."""

    async def started(service: Service) -> str:
        return (await begin(service)).id

    async def look(service: Service, name: str) -> tuple[bool, list[Stage]]:
        batch = await service.batches.get(name)
        return batch.final or batch.why in _STUCK, [told.stage(batch)]

    async def done(service: Service, name: str) -> int:
        batch = await service.batches.get(name)
        told.one(session, batch)
        tell_rate(session)
        _advise(session, batch)
        code = _code(batch)
        session.screen.document({**plain(batch), "exit_code": code})
        return code

    back = "kie batches wait {}"
    return see_through(session, Waiting(started, look, done, back, "batches.to-wait", timeout, asks))


def _advise(session: Session, batch: Batch) -> None:
    """Say what can be done with a batch now."""
    advice = [("save", f"save {batch.id} -o DIR"), ("export", f"export {batch.id}")] if batch.succeeded else []
    if batch.why in _STUCK:
        more = f" --max-credits {batch.estimate.high or batch.estimate.low:f}" if batch.why == "limit" else ""
        advice = [("start", f"resume {batch.id}{more}")]
    for what, command in advice:
        line = again(session, f"kie batches {command}")
        session.screen.note("  ", t(f"batches.to-{what}"), " ", (line, "bold"))


def _code(batch: Batch) -> int:
    if batch.why == "limit":
        return exits.ACCOUNT
    bad = batch.failed or batch.refused or batch.cancelled or not batch.final
    return exits.FAILED if bad else exits.DONE
