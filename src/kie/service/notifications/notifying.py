"""The duty that tells users: it makes messages of the outbox, and sends what is due.

What is delivered is delivered at least once, in no promised order: a receiver drops what it has by ``webhook-id``.
"""

from __future__ import annotations

import asyncio
import logging
import random
from typing import TYPE_CHECKING

from kie.service import messages
from kie.service.accounts.seal_errors import MasterKeyMissing, SealingError
from kie.service.accounts.sealing import place
from kie.service.duty import BEAT
from kie.service.notifications import deliveries
from kie.service.notifications.signing import headers, key_of, new_secret
from kie.store.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from kie.service.accounts.sealing import Sealed
    from kie.service.context import Context
    from kie.service.notifications.deliveries import Due, Recorded
    from kie.service.notifications.posting import Answer, Poster

__all__ = ["Courier", "Notifier"]

_LOG = logging.getLogger("kie.service")

#: Deliveries that one process sends side by side.
_MOST = 128
#: Rows of the outbox that are taken at once.
_TAKEN = 500
#: Seconds between two sweeps.
_SWEEP = 3600.0
#: Seconds that a receiver has for its answer when this process ends.
_GRACE = 5.0
#: Seconds after which a delivery is looked at again that could not be signed.
_UNSIGNED = 300.0


class Courier:
    """Signs deliveries, sends them, and writes down what came of it.

    Args:
        context: of the service; its sealer opens the signing secrets.
        poster: sends.
        chance: tells a number from 0 to 1; for tests.

    """

    def __init__(self, context: Context, poster: Poster, chance: Callable[[], float] = random.random) -> None:
        self.context = context
        self.poster = poster
        self._chance = chance
        self._unsigned: set[str] = set()  # endpoints of which it was told that nothing can be signed for them

    def seal(self, name: str, secret: str | None = None) -> Sealed:
        """Seal a signing secret for its row; a new one where none is given.

        Raises:
            MasterKeyMissing: there is no master key.

        """
        return self.context.sealer.seal(place("signing_secret", name, "blob"), (secret or new_secret()).encode())

    def opened(self, name: str, sealed: Sealed) -> str:
        """Open a signing secret.

        Raises:
            SealingError: it does not open.

        """
        return self.context.sealer.open(place("signing_secret", name, "blob"), sealed).decode()

    async def send(self, due: Due, *, once: bool = False) -> tuple[Answer | None, Recorded]:
        """Send a delivery that was claimed; no answer where it could not be signed.

        Raises:
            StoreUnavailable: what came of it could not be written; it will be sent again.

        """
        try:
            keys = self._keys(due)
        except SealingError as error:
            _LOG.error("The notification %s cannot be signed, and waits: %s", due.message, error)
            if due.endpoint not in self._unsigned:
                self._unsigned.add(due.endpoint)
                text = f"Notifications to the endpoint {due.endpoint} cannot be signed, and wait: {error.message}"
                await self.context.alert("master-key", text, endpoint=due.endpoint)
            until = self.context.clock() + _UNSIGNED
            await self.context.database.write(lambda: deliveries.give_back(due, until))
            return None, deliveries.Recorded("waiting", until)
        signed = headers(keys, due.message, int(self.context.wall()), due.body)
        answer = await self.poster.post(due.url, signed, due.body)
        now, chance = self.context.clock(), self._chance()
        recorded = await self.context.database.write(lambda: deliveries.record(due, answer, now, chance, once=once))
        if recorded.disabled:
            _LOG.warning("The endpoint %s is disabled: %s", due.endpoint, recorded.disabled)
        return answer, recorded

    def _keys(self, due: Due) -> list[bytes]:
        """Open the secrets; one that does not open is left out as long as another does."""
        keys, fault = [], SealingError("It has no signing secret.")
        for name, sealed in due.secrets:
            try:
                keys.append(key_of(self.opened(name, sealed)))
            except SealingError as error:
                fault = error
        if not keys:
            raise fault
        return keys


class Notifier:
    """A duty: see the module.

    Args:
        courier: sends.

    """

    name = "notify"

    def __init__(self, courier: Courier) -> None:
        self._courier = courier
        self._context = courier.context
        self._lanes: dict[str, int] = {}
        self._served: dict[str, int] = {}  # lanes with something due: at which turn something was claimed of it last
        self._turn = 0
        self._crowded = False  # whether some lane waits for a place
        self._going: set[asyncio.Task[None]] = set()
        self._swept = 0.0
        self._stopping = False

    async def step(self) -> float:
        """Make messages of the outbox, and begin to send what is due."""
        now = self._context.clock()
        if now - self._swept >= _SWEEP and not await self._context.database.write(lambda: deliveries.sweep(now)):
            self._swept = now  # nothing old is left
        more = await self._fan_out(now)
        found = await self._context.database.read(deliveries.lanes)
        later = min((at - now for _, at in found if at > now), default=BEAT)
        self._served = {lane: self._served.get(lane, 0) for lane, at in found if at <= now}
        self._crowded = False
        # Where there is no room for all, whoever was served longest ago comes first: not the longest queue.
        for lane in sorted(self._served, key=self._served.__getitem__):
            places = _MOST - len(self._going)
            self._crowded = places == 0
            room = min(deliveries.PER_LANE - self._lanes.get(lane, 0), places)
            if room > 0 and not self._stopping:
                self._turn += 1
                self._served[lane] = self._turn
                for due in await self._claim(lane, room, now):
                    self._begin(due)
        return 0.0 if more else min(later, BEAT)

    def again(self) -> None:
        """Go on after a stop."""
        self._stopping = False

    async def stop(self) -> None:
        """Take nothing new, and wait a little for what is being sent; the rest is sent again when its lease ends."""
        self._stopping = True
        if self._going:
            _, left = await asyncio.wait(self._going, timeout=_GRACE)
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)

    async def _fan_out(self, now: float) -> bool:
        seal = self._courier.seal if self._context.sealer.key_id else None
        taken, unsigned = await self._context.database.write(lambda: messages.fan_out(seal, _TAKEN, now))
        for name in unsigned:
            _LOG.error("The callback address of %s is not served: %s", name, _NO_KEY)
        return taken == _TAKEN

    async def _claim(self, lane: str, most: int, now: float) -> list[Due]:
        return await self._context.database.write(lambda: deliveries.claim(lane, most, now))

    def _begin(self, due: Due) -> None:
        self._lanes[due.lane] = self._lanes.get(due.lane, 0) + 1
        task = asyncio.create_task(self._run(due), name=f"kie-notify-{due.number}")
        self._going.add(task)
        task.add_done_callback(self._going.discard)

    async def _run(self, due: Due) -> None:
        """Send one delivery, and then what is due in its lane, unless others may wait for this place."""
        try:
            following: list[Due] = [due]
            while following:
                await self._courier.send(following[0])
                if self._stopping or self._crowded:
                    self._context.wake(self.name)
                    break
                following = await self._claim(due.lane, 1, self._context.clock())
        except StoreUnavailable as error:
            _LOG.warning("What came of a notification could not be written; it is sent again: %s", error)
        except Exception:  # noqa: BLE001 - its lease runs out, and it is sent again
            _LOG.exception("The notification %s could not be sent", due.message)
        finally:
            self._lanes[due.lane] -= 1
            if not self._lanes[due.lane]:
                del self._lanes[due.lane]


_NO_KEY = MasterKeyMissing("there is no master key to seal a signing secret with; set KIE_MASTER_KEY.")
