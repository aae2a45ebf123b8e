"""DBOS Transact behind our interface. It is imported when the first run is to be carried, and not before.

What DBOS does here: it remembers which runs are under way, does each until it is over, and goes on after a crash from
the last recorded step. What it does not do: it knows nothing of money. Its steps insert ledger rows under names that
are always the same, and whatever it does again changes nothing.

Waiting is done without it. A run that waits in ``DBOS.recv`` is polled for on SQLite, once a second each: 300 of them
took 9.5 % of a core where nothing happened (DBOS 3.4.0, 2026-11-21). So a run waits for an event of this process, which
`FlowDuty` sets when the outbox tells of an end, and looks at the ledger again after some minutes whatever happens.

One DBOS runs in a process. It has a database of its own: on SQLite a file beside the service's, in WAL mode and synced
with every commit, which DBOS itself does not see to; on Postgres the schema ``kie_flows`` of the service's database.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from dbos import DBOS, Serializer, SetWorkflowID

from kie.service.flows.engine import Journey
from kie.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence
    from concurrent.futures import Future

    from dbos import DBOSConfig

    from kie.service.flows.engine import Carrier
    from kie.service.flows.running import Turn
    from kie.store.database import Database

__all__ = ["DbosEngine"]

_LOG = logging.getLogger("kie.service")
#: All processes carry the same runs, whatever version of this package they are: what changes is guarded by the ledger.
_VERSION = "kie-1"
SCHEMA = "kie_flows"
#: Local steps that are done side by side in one process: they are heavy.
_SIDE_BY_SIDE = 2
#: Seconds after a failure until the next attempt, doubled each time, and the most of them.
_PAUSE, _LONGEST = 0.5, 30.0
#: What DBOS says of a run that it will not carry any more.
_OVER = ("SUCCESS", "ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED")

_lock = threading.Lock()
_current: DbosEngine | None = None


class _Json(Serializer):
    """Records as JSON: DBOS's own way, pickle, runs what it reads."""

    def serialize(self, data: Any) -> str:
        """Write."""
        return json.dumps(data, default=repr)

    def deserialize(self, serialized_data: str) -> Any:
        """Read."""
        return json.loads(serialized_data)

    def name(self) -> str:
        """Name the form in the records."""
        return "kie_json"


class _Connection(sqlite3.Connection):
    """A connection that loses nothing when the power fails, and does not wait for the disk more than it must."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "journal_size_limit = 67108864"):
            self.execute(f"PRAGMA {pragma}")
        if sqlite3.sqlite_version_info < (3, 42):
            # From Python 3.12 on DBOS takes it for granted that SQLite tells parts of seconds, as it does from 3.42 on.
            self.create_function("unixepoch", -1, lambda *_: time.time())


class DbosEngine:
    """See `engine.FlowEngine`.

    Args:
        carrier: what is called, in the event loop of the service.
        worker: the name of this process; no other has it, also not the same one after a restart.

    """

    def __init__(self, carrier: Carrier, worker: str) -> None:
        self._carrier = carrier
        self._worker = worker
        self._service = asyncio.get_running_loop()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._bells: dict[str, asyncio.Event] = {}
        self._fresh: set[str] = set()
        self._room = asyncio.Semaphore(_SIDE_BY_SIDE)
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    async def launch(self, database: Database) -> None:
        """Begin to carry.

        Raises:
            StoreError: another service of this process carries flows, or the engine's database cannot be opened.

        """
        global _current  # noqa: PLW0603 - DBOS is one for a process, and so is this
        with _lock:
            if _current is not None:
                raise StoreError("Another service of this process carries flows; one process can do that for one.")
            _current = self
        try:
            await asyncio.to_thread(self._launch, database)
        except BaseException as error:
            await self._destroyed()  # one that was launched in part is launched by no second attempt
            if isinstance(error, Exception):
                raise StoreError(f"The database of flows cannot be opened: {error}") from error
            raise

    def _launch(self, database: Database) -> None:
        logging.getLogger("dbos").addHandler(logging.NullHandler())  # with a handler, DBOS writes to no console
        config: dict[str, Any] = {
            "name": "kie",
            "executor_id": self._worker,
            "application_version": _VERSION,
            "log_level": "ERROR",
            "enable_otlp": False,
            "serializer": _Json(),
            "sys_db_pool_size": 4,
            "max_executor_threads": 8,
            "scheduler_polling_interval_sec": 3600.0,
            **self._place(database),
        }
        made = DBOS(config=cast("DBOSConfig", config))
        DBOS.launch()
        # DBOS's own loop, where also the runs go on that it takes from its queue. A run that is started outside of a
        # loop would hold a thread for as long as it lasts, and count as failed when the process is stopped.
        self._loop = made._background_event_loop.target_loop()  # noqa: SLF001 - DBOS is pinned

    def _place(self, database: Database) -> dict[str, Any]:
        if database.kind == "postgres":
            url: str = database._url  # type: ignore[attr-defined]  # noqa: SLF001 - the same package
            return {"system_database_url": url, "dbos_system_schema": SCHEMA}
        path: str = database._path  # type: ignore[attr-defined]  # noqa: SLF001 - the same package
        if path == ":memory:":
            self._folder = tempfile.TemporaryDirectory(prefix="kie-flows-")
            path = f"{self._folder.name}/kie.db"
        file = Path(path).expanduser().absolute()
        return {
            "system_database_url": f"sqlite:///{file.with_name(f'{file.stem}-flows{file.suffix}')}",
            "db_engine_kwargs": {"connect_args": {"factory": _Connection}},
        }

    async def start(self, journey: Journey) -> None:
        """Carry a run from its beginning, or from where it was."""
        status = await self.status(journey)
        if status in _OVER:  # DBOS could not write down how far it was (its disk was full), and gave it up
            await self.forget([journey])
        if status is None or status in _OVER:
            await self._there(self._begin(journey))
        else:  # it is put into DBOS's own queue, from which one worker takes it
            await asyncio.to_thread(DBOS.resume_workflows, [str(journey)])

    async def _begin(self, journey: Journey) -> None:
        with SetWorkflowID(str(journey)):
            await DBOS.start_workflow_async(_run, journey.run, journey.attempt)

    async def _there(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Do something in the event loop of DBOS."""
        if self._loop is None:
            work.close()
            raise StoreError("Flows are not carried in this process.")
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))

    def carries(self, run: str) -> bool:
        """Tell whether a run is carried by this process now."""
        return run in self._bells

    async def send(self, run: str) -> None:
        """Ring for a run."""
        if self._loop is not None and run in self._bells:
            self._loop.call_soon_threadsafe(self._ring, run)

    def _ring(self, run: str) -> None:
        if run in self._bells:
            self._bells[run].set()

    async def status(self, journey: Journey) -> str | None:
        """Tell DBOS's word."""
        found = await asyncio.to_thread(DBOS.get_workflow_status, str(journey))
        return None if found is None else str(found.status)

    async def forget(self, journeys: Sequence[Journey]) -> None:
        """Remove DBOS's records of runs."""
        await asyncio.to_thread(DBOS.delete_workflows, [str(journey) for journey in journeys])

    async def close(self) -> None:
        """Stop."""
        await self._destroyed()
        if self._folder is not None:
            self._folder.cleanup()

    @staticmethod
    async def _destroyed() -> None:
        global _current  # noqa: PLW0603 - see above
        try:
            await asyncio.to_thread(DBOS.destroy)
        finally:
            with _lock:
                _current = None

    # ------------------------------------------------------------------------------- called by DBOS, in its own loop

    async def _here(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Do something in the event loop of the service."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._service))

    async def _advance(self, run: str, attempt: int) -> dict[str, Any]:
        journey = Journey(run, attempt)
        pause = _PAUSE
        while True:
            try:
                turn: Turn = await self._here(self._carrier.advance(journey))
            except Exception:  # noqa: BLE001 - the database is away, say: the run goes on when it is back
                _LOG.exception("%s could not be carried on; again in %.1f s", journey, pause)
                await asyncio.sleep(pause)
                pause = min(_LONGEST, pause * 2)
            else:
                self._fresh.add(run)
                return {"over": turn.over, "pause": turn.pause, "jobs": [list(job) for job in turn.jobs]}

    async def _carry(self, run: str, attempt: int) -> None:
        bell = self._bells[run] = asyncio.Event()
        jobs: dict[tuple[str, int], Future[None]] = {}
        try:
            while True:
                bell.clear()
                turn = await DBOS.run_step_async({"name": "kie.flow.advance"}, self._advance, run, attempt)
                if turn["over"]:
                    return
                if run in self._fresh:  # what is told again from DBOS's records is neither done nor waited for again
                    self._fresh.discard(run)
                    self._employ(Journey(run, attempt), jobs, {(step, place) for step, place in turn["jobs"]})
                    await self._heard(bell, turn["pause"])
        finally:
            self._employ(Journey(run, attempt), jobs, set())
            if self._bells.get(run) is bell:
                del self._bells[run]

    def _employ(
        self, journey: Journey, jobs: dict[tuple[str, int], Future[None]], wanted: set[tuple[str, int]]
    ) -> None:  # fmt: skip
        """Have the local steps of a run done that are wanted, and no others."""
        for job in [job for job in jobs if job not in wanted or jobs[job].done()]:
            jobs.pop(job).cancel()
        for step, place in sorted(wanted - set(jobs)):
            work = self._job(journey, step, place)
            jobs[step, place] = asyncio.run_coroutine_threadsafe(work, self._service)

    @staticmethod
    async def _heard(bell: asyncio.Event, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await bell.wait()
        except TimeoutError:
            return

    async def _job(self, journey: Journey, step: str, place: int) -> None:
        """Do a local step, in the event loop of the service."""
        pause = _PAUSE
        while True:
            try:
                async with self._room:
                    await self._carrier.work(journey, step, place)
            except Exception:  # noqa: BLE001 - the database or the artefact store is away
                _LOG.exception("%s: %s could not be done; again in %.1f s", journey, step, pause)
                await asyncio.sleep(pause)
                pause = min(_LONGEST, pause * 2)
            else:
                return


def _engine() -> DbosEngine:
    if _current is None:
        raise StoreError("Flows are not carried in this process.")
    return _current


@DBOS.workflow(name="kie.flow.run", max_recovery_attempts=1_000_000)
async def _run(run: str, attempt: int) -> None:
    await _engine()._carry(run, attempt)  # noqa: SLF001 - the same module
