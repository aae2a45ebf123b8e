"""The only code that sends a paid request: once for each claim, and never again by itself."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import math
from functools import partial
from typing import TYPE_CHECKING

from kie.errors import KieError
from kie.service import claims, moves
from kie.service.claims import AHEAD, Claimed
from kie.service.context import noted
from kie.service.duty import BEAT
from kie.service.hooks import PREFIX
from kie.service.machine import Event
from kie.service.vendor import NotSent, told
from kie.store.crash import crash_point
from kie.store.errors import StoreError

if TYPE_CHECKING:
    from kie.service.accounts.accounts import Account
    from kie.service.asking import Asker
    from kie.service.context import Context

__all__ = ["Sender"]

_LOG = logging.getLogger("kie.service")

#: Requests of an account that are under way at once: few, so that few outcomes are open when the vendor goes down.
_LEAST, _MOST = 8, 32
#: How often a submission is tried that the vendor refuses with a fault of its own, or for maintenance: for a day.
_TRIES = {"ServiceError": 12, "ModelUnavailable": 150}
#: Faults in a row after which the vendor is asked for something that is free before it is sent anything again.
_DOUBT = 3
#: Seconds of the first and the longest pause of an account whose vendor is down.
_REST, _LONGEST = 5.0, 300.0
#: Seconds by which a request may miss its time before the limit is told so, and before it is given back.
_LATE, _TOO_LATE = 0.05, 2.0
#: Seconds until what one account may not pay for is sent with another.
_ELSEWHERE = 1.0
#: Seconds that an answer is thought to take at least, before the quickest tells; and by how much that is forgotten.
_QUICK, _SLOWER = 0.1, 1.02
#: Kinds of refusals of which somebody should know.
_TOLD = frozenset({"credits", "key"})


class Sender:
    """Claims what may be sent, and sends it."""

    name = "send"

    def __init__(self, context: Context, asker: Asker) -> None:
        self._context = context
        self._asker = asker
        self._going: dict[str, set[asyncio.Task[None]]] = {}
        self._stopping = False
        self._quickest = _QUICK
        self._more: set[str] = set()  # accounts that may have more to send than there was room for
        self._missed: dict[str, list[tuple[float, float]]] = {}  # times of which their limits are to hear
        self._lock = asyncio.Lock()

    def again(self) -> None:
        """Claim again, after a stop."""
        self._stopping = False

    async def stop(self) -> None:
        """Claim nothing more, and wait for the answers: they are worth money."""
        self._stopping = True
        async with self._lock:  # what is being claimed just now is sent
            pass
        while going := [task for tasks in self._going.values() for task in tasks]:
            await asyncio.gather(*going, return_exceptions=True)
        for account in list(self._missed):  # for those who go on
            await self._told(account, self._missed.pop(account))

    async def step(self) -> float:
        """Send what the limits allow."""
        async with self._lock:
            if self._stopping or self._context.halts:
                return BEAT
            now, pause = self._context.clock(), BEAT
            for account in await self._context.accounts.active(now):
                pause = min(pause, await self._send(account))
            return pause

    async def _send(self, account: Account) -> float:
        going = self._going.setdefault(account.name, set())
        limits = account.limits
        room = min(_MOST, max(_LEAST, int(limits.creates / limits.window))) - len(going)
        if account.paused_why is not None:  # it was refused, or worse, and nothing was taken since: one finds out
            room = 0 if going else 1
            if room and account.faults >= _DOUBT and not await self._reachable(account):
                return BEAT
        missed = self._missed.pop(account.name, [])
        if room <= 0:
            self._more.add(account.name)
            await self._told(account.name, missed)
            return BEAT  # the end of a request wakes us
        crash_point("before-claim")
        turn = await self._context.database.write(  # the time is told when its turn has come: that may take a while
            lambda: claims.submissions(account.name, limits, room, self._context.clock(), self._context.worker, missed)
        )
        (self._more.add if len(turn.rows) == room else self._more.discard)(account.name)
        for row in turn.rows:  # begun before anything else can fail: a row that was claimed is sent
            self._begin(going, row)
        if turn.rows:
            crash_point("after-claim")
        if turn.opens is not None:
            return max(0.0, turn.opens - AHEAD - self._context.clock())
        return BEAT

    def _begin(self, going: set[asyncio.Task[None]], row: Claimed) -> None:
        task = asyncio.create_task(self._submit(row), name=f"sending {row.id}")
        going.add(task)

        def ended(task: asyncio.Task[None]) -> None:
            going.discard(task)
            noted(task)
            if row.account in self._more:
                self._context.wake("send")

        task.add_done_callback(ended)

    async def _reachable(self, account: Account) -> bool:
        """Ask for something free before money is put at stake again."""
        context = self._context
        try:
            await context.accounts.vendor(account.name).credits()
        except Exception as error:  # noqa: BLE001 - whatever it is, nothing is sent
            _LOG.info("the vendor still cannot be reached with %s: %s", account.name, error)
            await self._rest(account.name, "vendor", account.faults + 1)
            return False
        return True

    async def _rest(self, account: str, why: str, faults: int, pause: float = 0.0) -> bool:
        """Send nothing with an account for a while; returns whether that is news."""
        wait = max(pause, min(_LONGEST, _REST * 2 ** max(0, faults - _DOUBT)) if faults >= _DOUBT else 0.0)
        return await self._context.accounts.pause(account, self._context.clock() + wait, why, faults)

    async def _faulted(self, row: Claimed, why: str, pause: float = 0.0) -> bool:
        """Note a refusal or a fault; after some of them in a row the account rests. Returns whether that is news."""
        faults = self._context.accounts.get(row.account).faults + 1
        return await self._rest(row.account, why, faults if why == "vendor" else 0, pause)

    async def _submit(self, row: Claimed) -> None:
        context = self._context
        try:
            vendor = context.accounts.vendor(row.account)
        except KieError:  # its key was taken away a moment ago
            await self._give_back(row)
            return
        with contextlib.suppress(KieError):  # then it is asked for after a minute; the catalogue may know it no more
            await self._asker.know([row])
        await asyncio.sleep(max(0.0, row.at - context.clock()))
        counted, missed = row.at, context.clock() - row.at
        if missed > _TOO_LATE:
            await self._give_back(row)
            return
        if missed > _LATE:
            counted = context.clock()
            try:
                await context.database.write(partial(claims.late, row.account, [(row.at, counted)]))
            except StoreError:  # what cannot be counted is not sent
                await self._give_back(row)
                return
        public = context.accounts.get(row.account).callback or context.public_url
        callback = f"{public}{PREFIX}{row.hook}" if public else None
        crash_point("before-post")
        crash_point("inside-post", after=0.03)
        try:
            accepted = await vendor.submit(row, callback)
        except NotSent as refused:
            await self._returned(row, refused)
            crash_point("after-refusal")
        except KieError as error:
            if error.may_have_spent:
                await self._lost(row, error)
            else:
                now = context.clock()
                await context.insist(
                    row.id, partial(moves.fail, row.id, Event.REFUSED, now, told(error), sends=row.sends)
                )
        except Exception as error:  # noqa: BLE001 - whatever it is, a task may exist
            await self._lost(row, error)
        else:
            answered = context.clock()
            crash_point("after-post")
            if accepted.state is not None:
                await self._asker.ended(row, accepted.state, Event.ANSWERED, accepted.task)
            else:
                await self._accepted(row, accepted.task)
                crash_point("after-accepted")
            await context.accounts.well(row.account)
            self._arrived(row.account, counted, answered)
        context.tell(row.id)

    async def _accepted(self, row: Claimed, task: str) -> None:
        now = self._context.clock()
        changes = self._asker.wait_for(row, now) | {"submitted": now}
        work = partial(moves.accepted, row.id, Event.ACCEPTED, task, now, changes, row.sends)
        if not await self._context.insist(row.id, work, task):
            await self._asker.second(row, task)

    def _arrived(self, account: str, counted: float, answered: float) -> None:
        """See that the limit hears of a request that may have come to the vendor later than it allows for.

        It was as much later as its answer took longer than the quickest: connections are opened, machines are busy.
        There is no hurry: it matters when the window ends.
        """
        took = answered - counted
        late = took - min(took, self._quickest)
        self._quickest = min(took, self._quickest * _SLOWER)
        if late > claims.MARGIN / 3 * self._context.accounts.get(account).limits.window:
            self._missed.setdefault(account, []).append((counted, counted + late))

    async def _told(self, account: str, missed: list[tuple[float, float]]) -> None:
        """Tell a limit of times that were missed; what cannot be told is counted as it was planned."""
        if missed:
            with contextlib.suppress(StoreError):
                await self._context.database.write(partial(claims.late, account, missed))

    async def _give_back(self, row: Claimed) -> None:
        """Too late for its time: it is sent at another."""
        now = self._context.clock()
        changes, data = {"next_at": now}, {"code": "late"}
        await self._context.insist(row.id, partial(moves.returned, row.id, now, changes, data, row.sends))

    async def _returned(self, row: Claimed, refused: NotSent) -> None:
        now, why = self._context.clock(), told(refused.error)
        if row.attempts + 1 >= _TRIES.get(type(refused.error).__name__, math.inf):
            work = partial(moves.fail, row.id, Event.REFUSED, now, why, sends=row.sends)
        else:
            again = now + min(600.0, refused.pause * 2 ** min(row.attempts, 8))
            if refused.why in _TOLD and any(
                each.name != row.account for each in await self._context.accounts.active(now)
            ):
                again = now + _ELSEWHERE
            changes = {"next_at": again, "attempts": row.attempts + 1}
            work = partial(moves.returned, row.id, now, changes, why, row.sends)
        await self._context.insist(row.id, work)
        news = await self._faulted(row, refused.why, 0.0 if refused.why == "vendor" else refused.pause)
        if news and refused.why in _TOLD:
            await self._context.alert(
                refused.why, f"The account {row.account} is refused: {why['message']}", row.id, account=row.account
            )
            self._context.wake("balances")

    async def _lost(self, row: Claimed, error: BaseException) -> None:
        now, why = self._context.clock(), told(error)
        changes = {"next_at": None, "error": json.dumps(why)}
        _LOG.warning("%s of %s is uncertain: %s", row.id, row.model, why["message"])
        work = partial(moves.move, row.id, Event.LOST, now, changes, why, sends=row.sends)
        await self._context.insist(row.id, work)
        crash_point("after-lost")
        await self._context.alert("uncertain", f"{row.id} may exist as a task: {why['message']}", row.id)
        await self._faulted(row, "vendor")
