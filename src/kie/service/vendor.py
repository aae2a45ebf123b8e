"""The vendor, as the service sees it: submit once, ask, fetch. Faults are sorted by what they may have cost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

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
    WebhookInvalid,
)
from kie.wire.callback import read_callback

if TYPE_CHECKING:
    from pathlib import Path

    from kie.client.aio import AsyncKie
    from kie.client.core import Job
    from kie.client.download import Downloaded
    from kie.service.claims import Claimed
    from kie.wire.state import TaskState

__all__ = ["Accepted", "NotSent", "Vendor"]

#: In place of a client's number of retries: not even a refusal for frequency is repeated; the queue does that.
_NEVER = -2
#: Seconds after which a submission that certainly did not count is tried again, by the kind of the refusal.
_PAUSES: tuple[tuple[type[KieError], float], ...] = (
    (RateLimited, 10.0),
    (InsufficientCredits, 60.0),
    (AuthenticationError, 60.0),
    (ConnectionFailed, 2.0),
    (ServiceError, 5.0),
)


class Accepted(NamedTuple):
    """The vendor has taken a task; ``state`` is there when the answer was the result itself."""

    task: str
    state: TaskState | None


class NotSent(Exception):
    """Certainly no task was made, and it may be tried again after ``pause`` seconds."""

    def __init__(self, error: KieError, pause: float) -> None:
        super().__init__(str(error))
        self.error = error
        self.pause = pause


class Vendor:
    """One account at the vendor, over a client's transport.

    Args:
        kie: a client; its own limits and retries are not used.

    """

    def __init__(self, kie: AsyncKie) -> None:
        from copy import copy

        self._kie = kie
        self.core = copy(kie._core)  # noqa: SLF001 - the same package; the client itself stays as it is
        self.core.settings = self.core.settings._replace(retries=_NEVER)
        self.core.limiter = Limiter(None, concurrency=None)
        self.core.cache = None
        self._transport = kie._transport  # noqa: SLF001

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
                for kind, pause in _PAUSES:
                    if isinstance(error, kind):
                        wanted = getattr(error, "retry_after", None)
                        raise NotSent(error, max(wanted or 0.0, pause)) from error
            raise
        state = job.state if job.state is not None and job.state.final else None
        return Accepted(job.id, state)

    async def ask(self, row: Claimed) -> TaskState:
        """Ask for the state of a generation's task."""
        return await drive_async(self._transport, flows.refresh(self.core, self._job(row)))

    async def fetch(self, row: Claimed, link: str, index: int, target: Path) -> Downloaded:
        """Fetch a file of a generation; a dead link is renewed."""
        job = self._job(row) if row.task else None
        return await drive_async(self._transport, download.save(self.core, job, link, target, index))

    @staticmethod
    def task_of(body: bytes) -> str | None:
        """Tell which task a callback names; None where it names none, or is no callback."""
        try:
            return read_callback(json.loads(body)).task_id
        except (ValueError, KieError, WebhookInvalid, RecursionError):
            return None

    def _job(self, row: Claimed) -> Job:
        job = flows.resumed(self.core, row.model, row.task or "")
        job.input = row.input if not job.input else job.input
        return job


def told(error: BaseException) -> dict[str, Any]:
    """An error as it is kept with a generation."""
    if isinstance(error, KieError):
        held = {"code": getattr(error, "code", None) or type(error).__name__, "message": error.message}
        hint = getattr(error, "hint", None)
        return {**held, "kind": type(error).__name__, **({"hint": hint} if hint else {})}
    return {"code": type(error).__name__, "kind": type(error).__name__, "message": str(error)}
