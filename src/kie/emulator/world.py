"""Everything that the emulator holds; what happens in it: a task is created, a task is asked for.

All changes happen under one lock. The state machine of `tasks` decides; here its effects are carried out.
"""

from __future__ import annotations

import hashlib
import random
import threading
import uuid
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kie.emulator.clock import Clock
from kie.emulator.families import FAMILIES, Operation, operation
from kie.emulator.faults import failures
from kie.emulator.faults.spells import read_spells
from kie.emulator.faults.tally import Faults, Strike
from kie.emulator.http import TOO_MANY
from kie.emulator.journal import Journal
from kie.emulator.money import pricing
from kie.emulator.money.keys import Key, Keys
from kie.emulator.money.ledger import Ledger
from kie.emulator.quirks import known
from kie.emulator.results.cache import Cache
from kie.emulator.results.files import Files
from kie.emulator.results.maker import Maker
from kie.emulator.results.products import make
from kie.emulator.results.shapes import layers, sources
from kie.emulator.results.studio import Renderer, Studio
from kie.emulator.sending.courier import LANES, Courier, Receiver
from kie.emulator.sending.delivery import Deliveries
from kie.emulator.tasks import Effect, Event, Failure, State, Step, Task, advance, plan
from kie.emulator.urls import host

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kie.emulator.facts import Fact
    from kie.emulator.faults.script import Scripts

MESSAGES = {
    400: "Your prompt was flagged by Website as violating content policies.",
    422: "The input or output was flagged as sensitive",
    451: "Failed to fetch the image",
    500: "Internal Error, Please try again later.",
    501: "Generation failed",
}

OVER_LIMIT = "Sub-key usage exceeds limit"


class Refusal(Exception):
    """A request that is answered with an error code in the body."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(f"{code} {message}")
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for when a task is created."""

    operation: str
    model: str
    inputs: dict[str, Any]
    callback: str = ""
    key: str = ""
    base: str = ""
    fails: Failure | None = None
    strike: Strike | None = None


class World:
    """The state of one emulator. See `Emulator` for the arguments."""

    def __init__(
        self,
        *,
        seed: int = 0,
        clock: str = "jump",
        credits: Decimal = Decimal(1000),  # noqa: A002 - the vendor's word
        webhook_key: str | None = None,
        quirks: Iterable[str] = (),
        faults: Scripts = (),
        start: float | None = None,
        workers: int = 2,
        renderer: Renderer | None = None,
        watermark: bool = False,
        rate: tuple[int, float] = (20, 10.0),
        concurrency: int | None = None,
        keys: Iterable[str | Key] | None = None,
        receiver: Receiver | None = None,
        cache: Path | None = None,
    ) -> None:
        self.quirks = known(quirks)
        self.seed = seed
        self.lock = threading.RLock()
        self.clock = Clock(clock, self.lock, start)
        # Where time stands still between requests, callbacks keep one order: what happened can be repeated exactly.
        self.courier = Courier(webhook_key, receiver, 1 if receiver is not None or clock == "frozen" else LANES)
        self.courier.wake = self.clock.wake
        self.journal = Journal()
        self.faults = Faults(faults, seed, self.clock.now)
        self.studio = Studio(workers, renderer)
        self.files = Files(self.studio, self.clock.now, Cache(cache))
        self.files.watermark = watermark
        self.deliveries = Deliveries(self.clock, self.courier, self.journal, self.faults, self.files)
        self.deliveries.quirks = self.quirks
        self.keys = Keys(keys, rate, concurrency, self.clock.now)
        self._credits = Decimal(credits)
        self.ledger = Ledger(self._credits, self.clock.now())
        self.tasks: dict[str, Task] = {}
        #: What may be done once only: WAV files by task and song.
        self.once: set[tuple[str, ...]] = set()
        #: The 4K tasks by the id of their video and its index.
        self.ultra_hd: dict[tuple[str, int], str] = {}
        self._songs: dict[str, str] = {}
        self._numbers: dict[str, int] = {}
        self.clock.deeds["task"] = self._happen

    # -------------------------------------------------------------------------------------------------- names

    def token(self, purpose: str) -> str:
        """The next 32 hex digits for a purpose: the same for the same seed and order."""
        with self.lock:
            number = self._numbers.get(purpose, 0)
            self._numbers[purpose] = number + 1
        return hashlib.sha256(f"{self.seed}:{purpose}:{number}".encode()).hexdigest()[:32]

    def _task_id(self, form: str) -> str:
        token = self.token("task")
        return str(uuid.UUID(token)) if form == "uuid" else token

    # ----------------------------------------------------------------------------------------------- creation

    def admit(self, key: str) -> None:
        """Counts one creation of a key; raises Refusal when there are too many."""
        with self.lock:
            self.clock.run_due()
            if not self.keys.admit(key):
                # So that in `jump` the time comes at which the key may create again.
                self.clock.plan(self.keys.opens(key), "nothing")
                raise Refusal(429, TOO_MANY)

    def create(self, order: Order, fact: Fact | None) -> Task:
        """Holds the price and sets a task going; raises Refusal when credits are short."""
        job = operation(order.operation)
        with self.lock:
            self.clock.run_due()
            now = self.clock.now()
            price = Decimal(0) if fact is None else pricing.price(fact, order.inputs, layers(order.inputs))
            if not self.keys.affords(order.key, price):
                raise Refusal(433, OVER_LIMIT)
            name = self._task_id(FAMILIES[job.family].ids)
            if not self.ledger.hold(now, name, price, key=f"…{order.key[-4:]}", note=order.model or order.operation):
                raise Refusal(self._short(job), "Credits insufficient")
            seed = int(hashlib.sha256(f"{self.seed}:{name}".encode()).hexdigest()[:8], 16) >> 1
            given = str(order.inputs.get("seed", order.inputs.get("seeds", "")))  # a number or, for imagen4, a string
            if given.isdecimal() and 0 < int(given) < 2**63:
                seed = int(given)
            failure = order.fails or self._failure(order, job)
            task = Task(
                id=name,
                operation=order.operation,
                model=order.model,
                inputs=order.inputs,
                created=now,
                seed=seed,
                plan=self._plan(job, name, order.strike, fails=failure is not None),
                callback=order.callback,
                key=order.key,
                base=order.base,
                price=price,
                failure=failure,
            )
            self.tasks[name] = task
            self.keys.begin(order.key, name, price)
            self.faults.bind(name, read_spells(order.inputs))
            for step in task.plan:
                self._schedule(name, now, step)
            return task

    def _short(self, job: Operation) -> int:
        legacy = job.kind == "music" and job.family != "market"
        return 429 if legacy and "no-funds-documented" not in self.quirks else 402

    def _schedule(self, name: str, created: float, step: Step) -> None:
        self.clock.plan(created + step.after, "task", name, step.event.value)

    def _plan(self, job: Operation, name: str, strike: Strike | None, *, fails: bool) -> tuple[Step, ...]:
        deed = strike.rule.do if strike is not None else ""
        if deed == "stuck":
            return ()
        low, high = job.latency
        seconds = random.Random(f"{self.seed}:{name}:latency").uniform(low, high)
        if strike is not None and deed == "slow":
            seconds = strike.rule.seconds if strike.rule.seconds is not None else seconds * 10
        stages = job.stages
        if job.family == "market":
            stages = ("queue", "start") if "states-documented" in self.quirks else ()
        elif job.family == "runway" and "states-documented" in self.quirks:
            stages = ("queue", "start")
        return plan(seconds, stages=stages, fails=fails)

    def _failure(self, order: Order, job: Operation) -> Failure | None:
        """Why this task will fail, if it will."""
        if order.strike is not None and order.strike.rule.do == "fail":
            rule = order.strike.rule
            return failures.choose(job, order.strike.dice(), rule.code, rule.message)
        if order.model == "elevenlabs/sound-effect-v2" and "sound-effect-v2-works" not in self.quirks:
            return Failure(500, MESSAGES[500])
        if any(skipped_host(url) for url in sources(order.inputs)):
            return Failure(451, MESSAGES[451])
        audio = str(order.inputs.get("audioId") or "")
        if order.operation == "generate/extend" and audio not in self._songs:
            return Failure(500, MESSAGES[500])
        return None

    # ------------------------------------------------------------------------------------------------- change

    def _happen(self, at: float, name: str, event: Event | str) -> None:
        event = Event(event)
        task = self.tasks.get(name)
        if task is None:
            return
        if event in {Event.FIRST, Event.FINISH} and not task.state.done:
            try:
                task = self._publish(task, at)
            except Exception as wrong:  # noqa: BLE001 - a request nobody thought of must not stop the clock
                failure = Failure(500, f"The emulator could not make this: {type(wrong).__name__} {wrong}")
                task, event = replace(task, failure=failure), Event.FAIL
        changed, effects = advance(task, event, at)
        self.tasks[name] = changed
        for effect in effects:
            if effect is Effect.SETTLE:
                self.ledger.settle(at, name)
            elif effect is Effect.RETURN:
                self.ledger.give_back(at, name)
            elif effect is Effect.NOTIFY:
                self.deliveries.notify(changed, at)
        if changed.state.done and effects:
            self.keys.end(task.key, name, returned=changed.state is State.FAIL)

    def _publish(self, task: Task, at: float) -> Task:
        """The task with its outcome; made once, though Suno shows it in two steps."""
        if task.outcome is not None:
            return task
        outcome = make(task, Maker(self.files, self.tasks.get, at, self.has_song))
        for song in outcome.songs:
            self._songs[song["id"]] = task.id
        return replace(task, outcome=outcome)

    # ------------------------------------------------------------------------------------------------- asking

    def poll(self, name: str) -> Task | None:
        """A task as it is now; in `jump`, a task that is not done moves time to the next event first."""
        with self.lock:
            self.clock.run_due()
            task = self.tasks.get(name)
            if task is not None and not task.state.done and self.clock.mode == "jump":
                self.clock.jump()
            return self.tasks.get(name)

    def wait_until(self, at: float) -> bool:
        """Whether `at` has come; in `jump`, asking makes it come."""
        with self.lock:
            if self.clock.now() < at and self.clock.mode == "jump":
                self.clock.jump_to(at)
            return self.clock.now() >= at

    def has_song(self, audio_id: str) -> Task | None:
        """The task which made a song."""
        return self.tasks.get(self._songs.get(audio_id, ""))

    def reset(self) -> None:
        """Back to the beginning: same seed, same credits, nothing created."""
        with self.lock:
            self.clock.clear()
            self.tasks.clear()
            self.once.clear()
            self.ultra_hd.clear()
            self.files.clear()
            self.journal.clear()
            self.keys.clear()
            self.faults.clear()
            self.deliveries.clear()
            self._songs.clear()
            self._numbers.clear()
            self.ledger = Ledger(self._credits, self.clock.now())

    def close(self) -> None:
        """Ends threads and processes."""
        self.clock.close()
        self.courier.close()
        self.studio.close()
        self.files.close()


def skipped_host(url: str) -> bool:
    """Whether a source's host cannot exist, so that fetching it fails."""
    return host(url).endswith(".invalid")
