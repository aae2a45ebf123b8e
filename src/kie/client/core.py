"""What both clients share: settings, catalogue, limiter, caches. Holds state, does no I/O."""

from __future__ import annotations

import time
from collections import OrderedDict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kie.client._core import Composer, fingerprint
from kie.errors import BudgetExceeded, InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kie.catalogue import Catalogue, Model
    from kie.client.limiter import Limiter
    from kie.client.settings import Settings
    from kie.client.uploaded import UploadedFile
    from kie.money import Price
    from kie.wire.prepare import Prepared
    from kie.wire.state import TaskState

__all__ = ["Core", "Job", "ResultCache"]


class Job:
    """A task as the client knows it: what ``Task`` and ``AsyncTask`` wrap.

    Attributes:
        model: the model.
        id: the vendor's task id; "" where an immediate answer came without one.
        input: the input as sent; empty for a task that was resumed from its id.
        callback_url: the callback address given at submission, or None.
        created: whether this process created it (then a record may be missing for a moment).
        started: monotonic seconds of the submission, or of the resumption.
        started_at: Unix seconds of the same.
        price: the estimate made before submission, or None.
        token: the place in the limiter, 0 for none.
        state: the last state seen, or None.
        ended: monotonic seconds when the end was seen, or None.
        seen: whether the vendor has shown a record yet.

    """

    __slots__ = (
        "callback_url",
        "created",
        "ended",
        "id",
        "input",
        "model",
        "on_end",
        "polls",
        "price",
        "seen",
        "settling_since",
        "started",
        "started_at",
        "state",
        "token",
    )

    def __init__(
        self,
        model: Model,
        id: str,
        input: dict[str, Any],
        callback_url: str | None = None,
        *,
        created: bool = False,
        started: float = 0.0,
        started_at: float = 0.0,
        price: Price | None = None,
        token: int = 0,
        state: TaskState | None = None,
        ended: float | None = None,
    ) -> None:
        self.model = model
        self.id = id
        self.input = input
        self.callback_url = callback_url
        self.created = created
        self.started = started
        self.started_at = started_at
        self.price = price
        self.token = token
        self.state = state
        self.ended = ended
        self.seen = False
        self.on_end: Callable[[], None] | None = None
        self.settling_since: float | None = None
        self.polls = 0


class ResultCache:
    """Keeps finished tasks by the content of their request.

    Args:
        size: how many are kept; the least recently used go first.
        ttl: seconds that one is good for; by default the life of a result link less a day.

    """

    def __init__(self, size: int = 256, ttl: float | None = None) -> None:
        self._size = size
        self._ttl = ttl
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        from threading import Lock

        self._lock = Lock()

    def get(self, key: str) -> Job | None:
        """Return the finished task of a request, or None."""
        with self._lock:
            job = self._jobs.get(key)
            if job is None:
                return None
            life = self._ttl if self._ttl is not None else max(60.0, job.model.lifetime - 86400)
            if time.time() - job.started_at > life:
                del self._jobs[key]
                return None
            self._jobs.move_to_end(key)
            return job

    def put(self, key: str, job: Job) -> None:
        """Keep a finished task."""
        with self._lock:
            self._jobs[key] = job
            self._jobs.move_to_end(key)
            while len(self._jobs) > self._size:
                self._jobs.popitem(last=False)


class Core:
    """The state of a client.

    Args:
        settings: addresses, key, timing.
        catalogue: the models.
        limiter: the vendor's limits.
        cache: finished tasks by content, or None.

    """

    def __init__(self, settings: Settings, catalogue: Catalogue, limiter: Limiter, cache: ResultCache | None) -> None:
        self.settings = settings
        self.catalogue = catalogue
        self.limiter = limiter
        self.cache = cache
        self.composer = Composer(settings)
        self.uploaded: dict[str, UploadedFile] = {}
        self.clock = time.monotonic
        self.wall = time.time

    def prepare(
        self, name: str, given: Mapping[str, Any], extra: Mapping[str, Any] | None = None
    ) -> tuple[Model, Prepared, str | None]:
        """Resolve a model's name and make its input; returns model, input and a notice for the user.

        Raises:
            ModelUnavailable: no such model, or it is retired.
            InvalidInput: the input does not fit.

        """
        from kie.wire.prepare import prepare

        found = self.catalogue.resolve(name)
        roles = self.catalogue.roles
        return (
            found.model,
            prepare(found.model, given, preset=found.preset, roles=roles, extra=extra),
            found.notice,
        )

    def estimate(self, model: Model, prepared: Prepared) -> Price | None:
        """Estimate the price of a prepared input."""
        return model.price(**prepared.input)

    def price(self, name: str, given: Mapping[str, Any]) -> Price | None:
        """Estimate the price of a call; inputs that do not bear on it may be left out.

        Raises:
            ModelUnavailable, InvalidInput: as for a call, but nothing is missing.

        """
        from kie.wire.prepare import prepare

        found = self.catalogue.resolve(name)
        prepared = prepare(found.model, given, preset=found.preset, roles=self.catalogue.roles, partial=True)
        return found.model.price(**prepared.input)

    def check_budget(self, model: Model, price: Price | None, limit: Decimal | float | str | None) -> None:
        """Refuse what may cost more than ``limit`` credits.

        Raises:
            BudgetExceeded: the estimate is above the limit, or there is none.
            InvalidInput: the limit is no number.

        """
        if limit is None:
            return
        try:
            most = Decimal(str(limit))
        except ArithmeticError:
            most = Decimal("NaN")
        if most.is_nan():
            raise InvalidInput(f"max_credits={limit!r} is not a number of credits.", field="max_credits")
        if price is None:
            raise BudgetExceeded(
                f"No price is published for {model.id}, so it cannot be held within {most} credits.",
                model=model.id,
                limit=most,
            )
        if not price.within(most):
            upper = price.high if price.high is not None else "an unknown number of"
            raise BudgetExceeded(
                f"It may cost {upper} credits, more than the limit of {most}.",
                model=model.id,
                estimate=price.credits,
                limit=most,
            )

    def fingerprint(self, model: Model, inputs: Mapping[str, Any], nth: int = 0) -> str:
        """Return the hash of a request's content."""
        return fingerprint(f"{model.id} {nth}" if nth else model.id, inputs)
