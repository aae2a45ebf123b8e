"""What a client hands out: tasks, results, outputs. Blocking and awaited forms side by side, one method for one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from kie.client import download, flows

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from decimal import Decimal
    from pathlib import Path
    from typing import Protocol, TypeVar

    from kie.catalogue.model import Model
    from kie.client.core import Core, Job
    from kie.client.effects import Flow
    from kie.money import Price
    from kie.wire.state import TaskState

    T = TypeVar("T")

    class Shell(Protocol):
        """What a blocking object needs of its client."""

        _core: Core

        def _drive(self, flow: Flow[T]) -> T: ...

        def _iterate(self, flow: Flow[Any]) -> Iterator[Any]: ...

    class AsyncShell(Protocol):
        """What an awaited object needs of its client."""

        _core: Core

        async def _drive(self, flow: Flow[T]) -> T: ...

        def _iterate(self, flow: Flow[Any]) -> AsyncIterator[Any]: ...


__all__ = ["AsyncOutput", "AsyncResult", "AsyncTask", "Output", "Result", "Task"]

_ID = 50
_SAFE = str.maketrans(dict.fromkeys('/\\:*?"<>| @', "-"))


class _OutputFacts:
    """What both forms of an output know without asking."""

    def __init__(self, job: Job | None, url: str, index: int) -> None:
        self._job = job
        self._index = index
        #: The link; renewed when the old one was found dead.
        self.url = url
        #: sha256 of the content, once it was downloaded.
        self.sha256: str | None = None
        #: Size in bytes, once it was downloaded.
        self.size: int | None = None
        #: Media type by the bytes, once it was downloaded.
        self.content_type: str | None = None

    @property
    def expires_at(self) -> float | None:
        """Unix seconds when kie.ai removes the file, by its documents; None where nothing is known."""
        if self._job is None:
            return None
        state = self._job.state
        ended = None
        if state is not None and isinstance(state.raw, dict):
            stamp = state.raw.get("completeTime")
            ended = stamp / 1000 if isinstance(stamp, (int, float)) and 1e12 < stamp < 1e13 else None  # noqa: PLR2004
        return (ended or self._job.started_at) + self._job.model.lifetime

    @property
    def _stem(self) -> str:
        if self._job is None:
            return "result"
        model, task = self._job.model.id.translate(_SAFE)[:50], self._job.id.translate(_SAFE)
        if len(task) > _ID or not task.isascii():  # cut, two tasks could get one name, and one file
            import hashlib

            task = f"{task[:12]}-{hashlib.sha256(self._job.id.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
        return f"{model}-{task}-{self._index + 1}"

    def _learn(self, done: download.Downloaded) -> None:
        self.sha256, self.size, self.content_type = done.sha256, done.size, done.content_type
        self.url = done.url or self.url

    def __repr__(self) -> str:
        """Show the link without its query."""
        return f"<{type(self).__name__} {self.url.partition('?')[0]}>"


class Output(_OutputFacts):
    """A result at kie.ai, downloaded when it is asked for.

    Attributes:
        url: the link.
        sha256, size, content_type: known after a download.

    """

    def __init__(self, kie: Shell, job: Job | None, url: str, index: int = 0) -> None:
        super().__init__(job, url, index)
        self._core, self._drive = kie._core, kie._drive  # noqa: SLF001 - the client's inner parts

    def save(self, target: str | os.PathLike[str] = ".") -> Path:
        """Download into a file, whole or not at all; returns its path.

        Args:
            target: a file, or a folder in which a name is made from model, task and media type.

        Raises:
            DownloadFailed: it could not be fetched whole, also after resuming and renewing its link.

        """
        done = self._drive(download.save(self._core, self._job, self.url, target, self._index, self._stem))
        self._learn(done)
        assert done.path is not None  # noqa: S101 - what was saved has a path
        return done.path

    def bytes(self) -> bytes:
        """Download into memory.

        Raises:
            DownloadFailed: it could not be fetched whole.

        """
        done = self._drive(download.fetch(self._core, self._job, self.url, self._index))
        self._learn(done)
        return done.data or b""

    def renew(self) -> str:
        """Ask kie.ai for a fresh link; returns it.

        Raises:
            DownloadFailed: there is none: the result has expired.

        """
        self.url = self._drive(download.renew(self._core, self._job, self.url, self._index))
        return self.url


class AsyncOutput(_OutputFacts):
    """A result at kie.ai, downloaded when it is asked for; see ``Output``."""

    def __init__(self, kie: AsyncShell, job: Job | None, url: str, index: int = 0) -> None:
        super().__init__(job, url, index)
        self._core, self._drive = kie._core, kie._drive  # noqa: SLF001 - the client's inner parts

    async def save(self, target: str | os.PathLike[str] = ".") -> Path:
        """Download into a file, whole or not at all; see ``Output.save``."""
        done = await self._drive(download.save(self._core, self._job, self.url, target, self._index, self._stem))
        self._learn(done)
        assert done.path is not None  # noqa: S101 - what was saved has a path
        return done.path

    async def bytes(self) -> bytes:
        """Download into memory; see ``Output.bytes``."""
        done = await self._drive(download.fetch(self._core, self._job, self.url, self._index))
        self._learn(done)
        return done.data or b""

    async def renew(self) -> str:
        """Ask kie.ai for a fresh link; see ``Output.renew``."""
        self.url = await self._drive(download.renew(self._core, self._job, self.url, self._index))
        return self.url


class _TaskFacts:
    """What both forms of a task know without asking."""

    def __init__(self, job: Job) -> None:
        self._job = job

    @property
    def id(self) -> str:
        """The vendor's task id: all that is needed to resume."""
        return self._job.id

    @property
    def model(self) -> Model:
        """The model."""
        return self._job.model

    @property
    def callback_url(self) -> str | None:
        """The callback address of this submission, or None."""
        return self._job.callback_url

    @property
    def price(self) -> Price | None:
        """The estimate made before submission, or None."""
        return self._job.price

    @property
    def state(self) -> TaskState | None:
        """The last state seen; ``refresh`` asks for a new one."""
        return self._job.state

    def __repr__(self) -> str:
        """Show model, id and the last state seen."""
        state = self._job.state.state if self._job.state else "not asked yet"
        return f"<{type(self).__name__} {self._job.model.id} {self._job.id} ({state})>"


class Task(_TaskFacts):
    """A task at kie.ai."""

    def __init__(self, kie: Shell, job: Job) -> None:
        super().__init__(job)
        self._kie = kie

    def refresh(self) -> TaskState:
        """Ask once for the state.

        Raises:
            TaskNotFound: kie.ai knows no such task.
            KieError: of the kind that the answer stands for.

        """
        return self._kie._drive(flows.refresh(self._kie._core, self._job))  # noqa: SLF001

    def wait(self, timeout: float | None = None) -> Result:
        """Wait for the end and return the result.

        Args:
            timeout: seconds; None waits for the model's own deadline.

        Raises:
            TaskFailed: the task failed.
            TaskTimeout: the time passed first; the task goes on, and ``wait`` can be called again.

        """
        state = self._kie._drive(flows.wait(self._kie._core, self._job, timeout))  # noqa: SLF001
        return Result(self._kie, self, state)

    def events(self, timeout: float | None = None) -> Iterator[TaskState]:
        """Yield each change of state or progress until the end; a failure is the last event.

        Raises:
            TaskTimeout: the time passed first.

        """
        return self._kie._iterate(flows.events(self._kie._core, self._job, timeout))  # noqa: SLF001


class AsyncTask(_TaskFacts):
    """A task at kie.ai; see ``Task``."""

    def __init__(self, kie: AsyncShell, job: Job) -> None:
        super().__init__(job)
        self._kie = kie

    async def refresh(self) -> TaskState:
        """Ask once for the state; see ``Task.refresh``."""
        return await self._kie._drive(flows.refresh(self._kie._core, self._job))  # noqa: SLF001

    async def wait(self, timeout: float | None = None) -> AsyncResult:
        """Wait for the end and return the result; see ``Task.wait``."""
        state = await self._kie._drive(flows.wait(self._kie._core, self._job, timeout))  # noqa: SLF001
        return AsyncResult(self._kie, self, state)

    def events(self, timeout: float | None = None) -> AsyncIterator[TaskState]:
        """Yield each change of state or progress until the end; see ``Task.events``."""
        return self._kie._iterate(flows.events(self._kie._core, self._job, timeout))  # noqa: SLF001


def _cost(job: Job) -> Decimal | None:
    if job.state is not None and job.state.credits is not None:
        return job.state.credits
    return job.price.low if job.price is not None and job.price.exact else None


class _ResultFacts:
    """What both forms of a result hold."""

    def __init__(self, task: Task | AsyncTask, state: TaskState) -> None:
        self.state = state
        self._job = task._job  # noqa: SLF001
        self._jobs = [self._job]

    @property
    def text(self) -> str | None:
        """The result where it is text."""
        return self.state.text

    @property
    def data(self) -> Any:
        """The structured result (notes, words with times, a status), or None."""
        return self.state.data

    @property
    def model(self) -> Model:
        """The model."""
        return self._job.model

    @property
    def task_ids(self) -> tuple[str, ...]:
        """The ids of the tasks that made it: one, unless a helper made several for a ``count``."""
        return tuple(job.id for job in self._jobs)

    @property
    def credits(self) -> Decimal | None:
        """What it cost in credits: as the vendor reports it, else by exact price rules, else None."""
        costs = [_cost(job) for job in self._jobs]
        known = [cost for cost in costs if cost is not None]
        return sum(known[1:], known[0]) if known and len(known) == len(costs) else None

    @property
    def elapsed(self) -> float:
        """Seconds from submission (or resumption) to the end that was seen."""
        ended = max(job.ended or job.started for job in self._jobs)
        return max(0.0, ended - self._job.started)


class Result(_ResultFacts):
    """What a finished task made.

    Attributes:
        task: the task.
        state: its final state.
        outputs: the files it made.
        extras: further files by name ("cover", "stream", "original", …).

    """

    def __init__(self, kie: Shell, task: Task, state: TaskState) -> None:
        super().__init__(task, state)
        self.task = task
        self.outputs = [Output(kie, self._job, url, i) for i, url in enumerate(state.outputs)]
        self.extras = {name: [Output(kie, None, url) for url in urls] for name, urls in state.extras.items()}

    def save(self, folder: str | os.PathLike[str] = ".") -> list[Path]:
        """Download all outputs into a folder; returns the paths.

        Raises:
            DownloadFailed: one could not be fetched whole.

        """
        return [output.save(f"{os.fspath(folder)}{os.sep}") for output in self.outputs]

    def _join(self, more: Result) -> None:
        """Take in the result of another task of the same call."""
        self.outputs.extend(more.outputs)
        self._jobs.extend(more._jobs)

    def __repr__(self) -> str:
        """Show model, task and how many outputs there are."""
        return f"<Result of {self.task.id} ({self.model.id}): {len(self.outputs)} output(s)>"


class AsyncResult(_ResultFacts):
    """What a finished task made; see ``Result``."""

    def __init__(self, kie: AsyncShell, task: AsyncTask, state: TaskState) -> None:
        super().__init__(task, state)
        self.task = task
        self.outputs = [AsyncOutput(kie, self._job, url, i) for i, url in enumerate(state.outputs)]
        self.extras = {name: [AsyncOutput(kie, None, url) for url in urls] for name, urls in state.extras.items()}

    async def save(self, folder: str | os.PathLike[str] = ".") -> list[Path]:
        """Download all outputs into a folder; see ``Result.save``."""
        return [await output.save(f"{os.fspath(folder)}{os.sep}") for output in self.outputs]

    def _join(self, more: AsyncResult) -> None:
        """Take in the result of another task of the same call."""
        self.outputs.extend(more.outputs)
        self._jobs.extend(more._jobs)

    def __repr__(self) -> str:
        """Show model, task and how many outputs there are."""
        return f"<AsyncResult of {self.task.id} ({self.model.id}): {len(self.outputs)} output(s)>"
