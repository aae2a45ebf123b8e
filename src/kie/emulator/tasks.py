"""What can become of a task: a pure function (task, event, now) -> (task, effects).

The function knows no clock, no account and no file: whoever calls it carries the effects out. A finished task
takes no further event, and a task never goes back; so money is settled or returned exactly once.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Any


class State(IntEnum):
    """How far a task is; the order is that in which states follow each other."""

    WAITING = 0
    QUEUING = 1
    GENERATING = 2
    TEXT = 3  # Suno: the words are there
    FIRST = 4  # Suno: the first of two songs is there
    SUCCESS = 5
    FAIL = 6

    @property
    def done(self) -> bool:
        """Whether nothing will change any more."""
        return self in {State.SUCCESS, State.FAIL}


class Event(StrEnum):
    """What happens to a task."""

    QUEUE = "queue"
    START = "start"
    TEXT = "text"
    FIRST = "first"
    FINISH = "finish"
    FAIL = "fail"


_LEADS_TO = {
    Event.QUEUE: State.QUEUING,
    Event.START: State.GENERATING,
    Event.TEXT: State.TEXT,
    Event.FIRST: State.FIRST,
    Event.FINISH: State.SUCCESS,
    Event.FAIL: State.FAIL,
}


class Effect(StrEnum):
    """What a change of state asks for, in this order."""

    SETTLE = "settle"  # what was held is spent
    RETURN = "return"  # what was held comes back
    NOTIFY = "notify"  # call the client back


_EFFECTS: dict[Event, tuple[Effect, ...]] = {
    Event.TEXT: (Effect.NOTIFY,),
    Event.FIRST: (Effect.NOTIFY,),
    Event.FINISH: (Effect.SETTLE, Effect.NOTIFY),
    Event.FAIL: (Effect.RETURN, Effect.NOTIFY),
}


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a task failed: the vendor's code and its words."""

    code: int = 501
    message: str = "Internal Error, Please try again later."


@dataclass(frozen=True, slots=True)
class Step:
    """An event, and how many seconds after the task's creation it happens."""

    after: float
    event: Event


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a finished task has to show. Records and callbacks of each family are made from it."""

    urls: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    songs: tuple[dict[str, Any], ...] = ()
    object: dict[str, Any] | None = None
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Task:
    """One task. `operation` names an entry of families.OPERATIONS; times are seconds since 1970."""

    id: str
    operation: str
    model: str
    inputs: dict[str, Any]
    created: float
    seed: int
    plan: tuple[Step, ...] = ()
    callback: str = ""
    key: str = ""
    base: str = ""
    price: Decimal = Decimal(0)
    state: State = State.WAITING
    finished: float | None = None
    failure: Failure | None = None
    outcome: Outcome | None = None

    @property
    def expected(self) -> float:
        """Seconds from creation to the end, as planned; 0 when the task is stuck."""
        return self.plan[-1].after if self.plan else 0.0

    def progress(self, now: float) -> float:
        """How much of the planned time has passed, from 0 to 1; 1 only on success."""
        if self.state is State.SUCCESS:
            return 1.0
        if not self.expected or self.state is State.FAIL:
            return 0.0
        return min(0.99, max(0.0, (now - self.created) / self.expected))


def advance(task: Task, event: Event, now: float) -> tuple[Task, tuple[Effect, ...]]:
    """The task after `event` at `now`, and what is to be done; (task, ()) when the event comes too late."""
    state = _LEADS_TO[event]
    if task.state.done or state <= task.state:
        return task, ()
    if event is Event.FAIL:
        task = replace(task, failure=task.failure or Failure())
    return replace(task, state=state, finished=now if state.done else None), _EFFECTS.get(event, ())


def plan(seconds: float, *, stages: tuple[str, ...] = (), fails: bool = False) -> tuple[Step, ...]:
    """The events of a task that takes `seconds`. `stages` may hold queue, start, text and first."""
    shares = {"queue": 0.05, "start": 0.15, "text": 0.3, "first": 0.7}
    last = Event.FAIL if fails else Event.FINISH
    steps = [Step(round(seconds * shares[stage], 3), Event(stage)) for stage in stages]
    if fails:
        steps = [step for step in steps if step.event is not Event.FIRST]
    return (*steps, Step(round(seconds, 3), last))
