"""Callbacks: what is sent when, what is tried again after a refusal, and what is sent once more on demand."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from kie.emulator.faults.deeds import WORDS
from kie.emulator.faults.forgery import forged
from kie.emulator.faults.rule import Moment
from kie.emulator.records import callbacks, documented
from kie.emulator.records.parts import compact
from kie.emulator.sending.courier import TRIES, Courier, Parcel, skipped

if TYPE_CHECKING:
    from collections.abc import Collection

    from kie.emulator.clock import Clock
    from kie.emulator.faults.tally import Faults, Strike
    from kie.emulator.journal import Journal
    from kie.emulator.results.files import Files
    from kie.emulator.tasks import Task

#: Virtual seconds between the first and the second try of a callback; between the second and the third twice that.
RETRY = 30.0


class Deliveries:
    """Sends the callbacks of tasks through a courier, and writes each try down."""

    def __init__(self, clock: Clock, courier: Courier, journal: Journal, faults: Faults, files: Files) -> None:
        self._clock = clock
        self._courier = courier
        self._journal = journal
        self._faults = faults
        self._files = files
        #: Callbacks that wait for the next one to the same address, by number.
        self._held: dict[int, Parcel] = {}
        self._number = 0
        self.quirks: Collection[str] = ()
        clock.horizon = lambda: courier.oldest() + RETRY
        clock.settle = courier.settle
        clock.deeds["send"] = self._send
        clock.deeds["release"] = self._release

    def notify(self, task: Task, at: float) -> None:
        """Tells the address of a task about its present state, as far as its family does."""
        body = self._body(task)
        if body is None or skipped(task.callback):
            return
        parcel = self._parcel(task, body, at)
        strike = self._faults.strike(_moment(task, body)) if self._faults.awaits("callback", task.id) else None
        if strike is None:
            self._out(parcel)
        elif strike.rule.do == "forge":
            false, body, signed = forged(task, strike, self._files, at)
            lie = replace(self._parcel(false, body, at), signed=signed, lane=parcel.task)
            self._out(replace(lie, fault="forge", rule=strike.index))
            self._out(parcel)
        else:
            self._mislead(strike, replace(parcel, fault=strike.rule.do, rule=strike.index))

    def again(self, task: Task) -> bool:
        """Sends the latest callback of a task once more; False when there is none to be sent."""
        body = self._body(task)
        if body is None or skipped(task.callback):
            return False
        self._courier.send(self._parcel(task, body, self._clock.now()))
        return True

    def _body(self, task: Task) -> dict[str, Any] | None:
        """What is posted about a task now, as the quirks want it."""
        body = callbacks.body(task) if task.callback else None
        return None if body is None else documented.callback(task, body, self.quirks)

    def clear(self) -> None:
        """Forgets what is held back."""
        self._held.clear()

    def _parcel(self, task: Task, body: dict[str, Any], at: float) -> Parcel:
        named = task.id if task.operation != "veo/4k" else str(task.inputs.get("taskId"))
        return Parcel(task.callback, named, body, self._delivered, at=at, model=task.model or task.operation)

    def _mislead(self, strike: Strike, parcel: Parcel) -> None:
        """What a fault makes of a callback."""
        fault = strike.rule
        if fault.do == "drop":
            self._courier.send(parcel)  # it is lost there, so that it is written down in its turn
        elif fault.do == "delay" and fault.pause:
            self._plan(replace(parcel, at=parcel.at + fault.pause))
        elif fault.do == "reorder":
            self._hold(parcel, fault.pause)
        elif fault.do == "malformed":
            text = compact(parcel.body)
            self._out(replace(parcel, text=text[: len(text) * 2 // 3]))
        elif fault.do == "bad-signature":
            modes = fault.to.split() or [mode for mode in WORDS["bad-signature"] if mode != "stale"]
            self._out(replace(parcel, signed=strike.dice().choice(modes)))
        else:
            self._out(parcel)
            if fault.do == "duplicate":
                self._out(parcel)

    def _out(self, parcel: Parcel) -> None:
        """Sends a callback, and behind it those that were to come after the next one to the same address."""
        self._courier.send(parcel)
        for number in [number for number, held in self._held.items() if held.url == parcel.url]:
            self._courier.send(replace(self._held.pop(number), at=parcel.at, lane=parcel.lane or parcel.task))

    def _hold(self, parcel: Parcel, seconds: float) -> None:
        """Keeps a callback until another one has gone to the same address, and no longer than `seconds`."""
        if any(held.url == parcel.url for held in self._held.values()):
            self._out(parcel)
            return
        self._number += 1
        self._held[self._number] = parcel
        self._clock.plan(parcel.at + seconds, "release", self._number)

    def _release(self, at: float, number: int) -> None:
        if (parcel := self._held.pop(number, None)) is not None:
            self._courier.send(replace(parcel, at=at))

    def _delivered(self, parcel: Parcel, status: int, ms: float) -> None:
        """Writes a try down, and plans the next one when it was refused."""
        self._write(parcel, parcel.at, status, ms)
        if not 200 <= status < 300 and parcel.attempt < TRIES and parcel.fault != "drop":
            at = parcel.at + RETRY * parcel.attempt
            later = replace(parcel, attempt=parcel.attempt + 1, at=at)
            self._plan(later)

    def _plan(self, parcel: Parcel) -> None:
        """Sends a callback when its time has come; what is planned is data, so that it can be saved."""
        held = {item.name: getattr(parcel, item.name) for item in fields(parcel) if item.name != "report"}
        self._clock.plan(parcel.at, "send", held)

    def _send(self, _at: float, held: dict[str, Any]) -> None:
        parcel = Parcel(report=self._delivered, **held)
        if parcel.attempt == 1:
            self._out(parcel)
        else:
            self._courier.send(parcel)

    def _write(self, parcel: Parcel, at: float, status: int, ms: float) -> None:
        self._journal.write(
            at=at,
            way="out",
            stage="callback",
            method="POST",
            path=parcel.url,
            status=status,
            task=parcel.task,
            model=parcel.model,
            fault=parcel.fault,
            rule=parcel.rule,
            attempt=parcel.attempt,
            ms=round(ms, 2),
            request=parcel.text or parcel.body,
        )


def _moment(task: Task, body: dict[str, Any]) -> Moment:
    return Moment(
        "callback",
        text=lambda: f"{task.callback} {task.operation} {compact(body)}",
        models=(task.model, task.operation, task.operation.partition(":")[2]),
        key=task.key,
        task=task.id,
    )
