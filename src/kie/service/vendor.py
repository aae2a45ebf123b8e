"""The vendor, as the service sees it: submit once, ask, fetch. Faults are sorted by what they may have cost."""

from __future__ import annotations

import json
import re
from copy import copy
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from kie.client import download, flows
from kie.client.drive import drive_async
from kie.client.limiter import Limiter
from kie.errors import (
    AuthenticationError,
    ConnectionFailed,
    InsufficientCredits,
    KieError,
    RateLimited,
    ServiceError,
    TaskNotFound,
    WebhookInvalid,
)
from kie.service.hooks import PREFIX
from kie.wire.callback import read_callback

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from decimal import Decimal
    from pathlib import Path

    from kie.client.aio import AsyncKie
    from kie.client.core import Job
    from kie.client.download import Downloaded
    from kie.service.claims import Claimed
    from kie.wire.state import TaskState

__all__ = ["Accepted", "NotSent", "Vendor", "owned", "told"]

T = TypeVar("T")

#: In place of a client's number of retries: not even a refusal for frequency is repeated; the queue does that.
_NEVER = -2
#: The code of maintenance: nothing is made, and it passes (CONTRACT §6).
_MAINTENANCE = "455"
#: Refusals that made no task and may pass: what they mean for the account, and seconds until the next attempt.
_PASSING: tuple[tuple[type[KieError], str, float], ...] = (
    (RateLimited, "limit", 10.0),
    (InsufficientCredits, "credits", 60.0),
    (AuthenticationError, "key", 60.0),
    (ConnectionFailed, "vendor", 2.0),
    (ServiceError, "vendor", 5.0),
)


#: Seconds after a key was replaced within which a worker may still have sent with it.
_LATE = 60.0
#: The place of a file that is none of the outputs: the record has no other link for it.
_NO_OUTPUT = 1 << 30
#: What a task may be called: hex digits, a UUID, ``veo_task_…``; nothing that means something in an address.
_TASK = re.compile(r"[A-Za-z0-9_.:-]{1,200}")
#: Seconds by which the vendor's clock may be behind ours.
_EARLIER = 300.0


class Accepted(NamedTuple):
    """The vendor has taken a task; ``state`` is there when the answer was the result itself."""

    task: str
    state: TaskState | None


class NotSent(Exception):
    """Certainly no task was made, and it may be tried again.

    Args:
        error: what was answered.
        why: what it means for the account: "limit", "credits", "key" or "vendor".
        pause: seconds until it may be tried again.

    """

    def __init__(self, error: KieError, why: str, pause: float) -> None:
        super().__init__(str(error))
        self.error = error
        self.why = why
        self.pause = pause


class Vendor:
    """One account at the vendor, over a client's transport.

    Args:
        kie: a client; its own limits and retries are not used.

    """

    def __init__(self, kie: AsyncKie) -> None:
        self._kie = kie
        self.core = copy(kie._core)  # noqa: SLF001 - the same package; the client itself stays as it is
        self.core.settings = self.core.settings._replace(retries=_NEVER)
        self.core.limiter = Limiter(None, concurrency=None)
        self.core.cache = None
        self._transport = kie._transport  # noqa: SLF001
        #: The same account with keys that were replaced since, and until when each was used.
        self._before: tuple[tuple[float, Vendor], ...] = ()

    def using(self, key: str, base_url: str | None, upload_url: str | None) -> Vendor:
        """Return another account of the vendor, over the same transport; addresses by default are the same."""
        from kie.client.core import Core

        own = self.core
        made = copy(self)
        settings = own.settings._replace(
            api_key=key, base_url=base_url or own.settings.base_url, upload_url=upload_url or own.settings.upload_url
        )
        made.core = Core(settings, own.catalogue, own.limiter, None)
        made.core.clock, made.core.wall = own.clock, own.wall
        made._before = ()  # noqa: SLF001 - a copy of this one
        return made

    def before(self, keys: list[tuple[float, Vendor]]) -> Vendor:
        """Return this account, knowing the keys that it had before: Unix seconds until which each was used."""
        made = copy(self)
        made._before = tuple(keys)  # noqa: SLF001 - a copy of this one
        return made

    async def submit(self, row: Claimed, callback: str | None) -> Accepted:
        """Send a generation. Once.

        Raises:
            NotSent: no task was made; it may be tried again.
            KieError: refused for good; or, with ``may_have_spent``, nobody knows.

        """
        from kie.wire.prepare import Prepared

        model = self.core.catalogue.resolve(row.model).model
        try:
            job = await drive_async(
                self._transport, flows.create(self.core, model, Prepared(row.input), None, callback)
            )
        except KieError as error:
            if not error.may_have_spent:
                if getattr(error, "code", None) == _MAINTENANCE:
                    raise NotSent(error, "vendor", 60.0) from error
                for kind, why, pause in _PASSING:
                    if isinstance(error, kind):
                        wanted = getattr(error, "retry_after", None)
                        raise NotSent(error, why, max(wanted or 0.0, pause)) from error
            raise
        state = job.state if job.state is not None and job.state.final else None
        return Accepted(job.id, state)

    async def ask(self, row: Claimed) -> TaskState:
        """Ask for the state of a generation's task."""
        return await self._asked(row, lambda own: own._ask(row))  # noqa: SLF001

    async def _ask(self, row: Claimed) -> TaskState:
        return await drive_async(self._transport, flows.refresh(self.core, self._job(row)))

    async def _asked(self, row: Claimed, call: Callable[[Vendor], Awaitable[T]]) -> T:
        """Ask with the key that the account has now; what was made before with another one, with that one as well.

        The new key may be one of another account of the vendor, which does not know the task; the former one may have
        been deleted there.
        """
        try:
            return await call(self)
        except (AuthenticationError, TaskNotFound):
            for until, former in self._before:
                if row.submitted is None or row.submitted <= until + _LATE:
                    try:
                        return await call(former)
                    except (AuthenticationError, TaskNotFound):
                        continue
            raise

    async def credits(self) -> Decimal:
        """Ask for the balance: free, and it shows whether the vendor can be reached and takes the key."""
        from kie.client.account import read_credits

        return await drive_async(self._transport, read_credits(self.core))

    async def fetch(self, row: Claimed, link: str, index: int | None, folder: Path, memory: int) -> Downloaded:
        """Fetch a file of a generation, into memory or (with more than so many bytes) into a folder.

        A dead link is renewed: by the record, where the file is the output of an index, and by kie.ai's own service.
        """
        place = _NO_OUTPUT if index is None else index
        return await self._asked(row, lambda own: own._fetch(row, link, place, folder, memory))  # noqa: SLF001

    async def _fetch(self, row: Claimed, link: str, index: int, folder: Path, memory: int) -> Downloaded:
        job = self._job(row) if row.task else None
        return await drive_async(self._transport, download.spool(self.core, job, link, folder, index, memory))

    @staticmethod
    def task_of(body: bytes) -> str | None:
        """Tell which task a callback names; None where it names none, or is no callback."""
        try:
            named = read_callback(json.loads(body)).task_id
        except (ValueError, KieError, WebhookInvalid, RecursionError):
            return None
        return named if named is not None and _TASK.fullmatch(named) else None

    def _job(self, row: Claimed) -> Job:
        job = flows.resumed(self.core, row.model, row.task or "")
        job.input = row.input if not job.input else job.input
        return job


def owned(row: Claimed, state: TaskState) -> bool:
    """Tell whether a task can be that of a generation, by the vendor's own record of it.

    The record of most families repeats the request. Where it names a callback address this must be the generation's
    own, which nobody can guess. Where it names none, it must at least not be older than the submission, and not be of
    quite other words.
    """
    text = json.dumps(state.raw, default=str)
    if row.hook in text:
        return True
    if PREFIX in text:
        return False
    raw = state.raw if isinstance(state.raw, dict) else {}
    if not _alike(row.input, raw):
        return False
    created = raw.get("createTime")
    if isinstance(created, (int, float)) and row.submitted is not None:
        return created / 1000 > row.submitted - _EARLIER
    return True


def _alike(sent: dict[str, Any], raw: dict[str, Any]) -> bool:
    """Whether one of the texts that were sent is in the record, where the record repeats any of them."""
    try:
        repeated = json.loads(raw.get("param") or raw.get("paramJson") or "{}")
        repeated = repeated.get("input", repeated)
        repeated = json.loads(repeated) if isinstance(repeated, str) else repeated
    except (TypeError, ValueError, AttributeError, RecursionError):
        return True
    if not isinstance(repeated, dict):
        return True
    texts = {name: text for name, text in sent.items() if isinstance(text, str) and " " in text}
    both = [(text, repeated[name]) for name, text in texts.items() if isinstance(repeated.get(name), str)]
    return not both or any(text.split() == other.split() for text, other in both)


def told(error: BaseException) -> dict[str, Any]:
    """An error as it is kept with a generation."""
    if isinstance(error, KieError):
        held = {"code": getattr(error, "code", None) or type(error).__name__, "message": error.message}
        hint = getattr(error, "hint", None)
        return {**held, "kind": type(error).__name__, **({"hint": hint} if hint else {})}
    return {"code": type(error).__name__, "kind": type(error).__name__, "message": str(error)}
