"""A run as it is asked for and shown: what it is made of, what each step has come to, what it cost."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from kie.errors import InvalidInput
from kie.ids import new_id
from kie.service.amounts import to_credits, to_units
from kie.service.flows.deeds import happened
from kie.service.flows.mapping import credits_of, priority_of, to_mapping
from kie.service.flows.rows import read
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kie.service.flows.declaring import Flow
    from kie.service.flows.estimating import Estimate
    from kie.service.flows.shape import Shape
    from kie.store.work import Work

__all__ = [
    "Asking",
    "Run",
    "RunEvent",
    "RunItem",
    "RunStep",
    "asking",
    "insert",
    "list_runs",
    "read_events",
    "read_run",
]

_ENDED = ("succeeded", "failed", "cancelled")


class RunItem(NamedTuple):
    """An item of a step. Times are Unix seconds.

    Attributes:
        place: which item, from 0.
        state: "waiting" (its generation says for what), "working" (a local step), "succeeded", "failed", "skipped" or
            "cancelled".
        generation: its generation, or None.
        generation_state: the state of that.
        model: the catalogue's id, or the name of a local step.
        value: what it was made for, or None where the step is done once.
        cost: credits, or None as long as that is not known.
        error: "code", "message" and what to do, where it failed or was skipped.
        began: when.
        ended: when, or None.

    """

    place: int
    state: str
    generation: str | None
    generation_state: str | None
    model: str
    value: Any
    cost: Decimal | None
    error: dict[str, Any] | None
    began: float
    ended: float | None


class RunStep(NamedTuple):
    """A step of a run.

    Attributes:
        name: as declared.
        kind: "generation", "follow-up" or "local".
        state: "pending", "running", "succeeded", "failed" (an item failed), "skipped" or "cancelled".
        total: how many items it has, or None as long as that is not known.
        items: those that were begun.
        cost: credits of all items, as far as known.

    """

    name: str
    kind: str
    state: str
    total: int | None
    items: tuple[RunItem, ...]
    cost: Decimal


class Run(NamedTuple):
    """A run of a flow. Times are Unix seconds, amounts credits.

    Attributes:
        id: ours, ordered by time.
        flow: the flow's name.
        project: whose budget pays.
        state: "running", "failing" or "cancelling" (what was sent is waited for), "succeeded", "failed", "cancelled".
        created: when it was asked for.
        ended: when it ended, or None.
        inputs: with defaults.
        outputs: what it hands back, by name, once it has succeeded; files as records with ``url``, ``sha256``,
            ``type``, ``size``, ``step``, ``place``.
        error: why it failed, with ``step``, ``place`` and ``generation``.
        note: what it waits for, where that is not a generation (a budget), or None.
        low: the estimate: the least, if nothing fails.
        high: the most, or None where that is not known.
        limit: the credits that it may hold and spend, or None.
        cost: what it did cost so far.
        held: what is held for it now.
        steps: as declared, in their order; empty in a list of runs.

    """

    id: str
    flow: str
    project: str
    state: str
    created: float
    ended: float | None
    inputs: dict[str, Any]
    outputs: dict[str, Any] | None
    error: dict[str, Any] | None
    note: str | None
    low: Decimal
    high: Decimal | None
    limit: Decimal | None
    cost: Decimal
    held: Decimal
    steps: tuple[RunStep, ...] = ()

    @property
    def final(self) -> bool:
        """Whether it has ended."""
        return self.state in _ENDED


class RunEvent(NamedTuple):
    """One entry of a run's history.

    Attributes:
        number: ascending over all runs.
        run: whose.
        at: Unix seconds.
        name: "created", "begun", "succeeded", "failed", "skipped", "cancelled", "settled" (a step), "failing",
            "cancelling", "resumed".
        step: which step, or None for the run itself.
        place: which item, or None for the step or the run itself.
        data: what else is known, or None.

    """

    number: int
    run: str
    at: float
    name: str
    step: str | None
    place: int | None
    data: dict[str, Any] | None


class Asking(NamedTuple):
    """A run that is asked for."""

    flow: Flow
    shape: Shape
    inputs: dict[str, Any]
    estimate: Estimate
    project: str
    caller: str
    priority: int
    limit: Decimal | None
    idempotency: str | None


def asking(
    flow: Flow, shape: Shape, inputs: dict[str, Any], estimate: Estimate, options: Mapping[str, Any]
) -> Asking:  # fmt: skip
    """Put together what is asked for; the lower of the flow's limit and the caller's holds.

    Raises:
        InvalidInput: an option is none.

    """
    limits = [flow.max_credits] if flow.max_credits is not None else []
    if (given := options.get("max_credits")) is not None:
        most = credits_of(given)
        if most is None:
            raise InvalidInput(f"max_credits={str(given)[:60]!r} is not a number of credits.", field="max_credits")
        limits.append(most)
    priority = priority_of(options.get("priority") or 0)
    if priority is None:
        raise InvalidInput("priority is not a whole number from -100 to 100.", field="priority")
    return Asking(
        flow,
        shape,
        inputs,
        estimate,
        options.get("project") or "default",
        options.get("caller") or "",
        priority,
        min(limits) if limits else None,
        options.get("idempotency_key"),
    )


def insert(asked: Asking, now: float) -> Work[str]:
    """Write a run down; the same idempotency key of the same project returns the same run.

    Raises:
        InvalidInput: the key was used for another flow or other inputs.

    """
    declaration, inputs = json.dumps(to_mapping(asked.flow)), json.dumps(asked.inputs)
    if asked.idempotency is not None:
        rows = yield Statement(
            "SELECT id, declaration, inputs FROM flow_run WHERE project = ? AND idempotency = ?",
            (asked.project, asked.idempotency),
        )
        if rows:
            if (rows[0][1], rows[0][2]) != (declaration, inputs):
                raise InvalidInput(
                    f"The idempotency key {asked.idempotency!r} was used for another run ({rows[0][0]}).",
                    field="idempotency_key",
                )
            return str(rows[0][0])
    name, told = new_id("run"), asked.estimate
    yield Statement(
        "INSERT INTO flow_run (id, flow, declaration, project, caller, inputs, idempotency, state, created, priority,"
        " low, high, most) VALUES (?, ?, ?, ?, ?, ?, ?, 'running', ?, ?, ?, ?, ?)",
        (
            name,
            asked.flow.name,
            declaration,
            asked.project,
            asked.caller,
            inputs,
            asked.idempotency,
            now,
            asked.priority,
            to_units(told.low),
            None if told.high is None else to_units(told.high),
            None if asked.limit is None else to_units(asked.limit),
        ),
    )
    for position, step in enumerate(asked.shape.order):
        yield Statement(
            "INSERT INTO flow_step (run, step, position, kind) VALUES (?, ?, ?, ?)",
            (name, step, position, asked.flow.steps[step].kind),
        )
    yield happened(name, now, "created")
    return name


_RUN = (
    "r.id, r.flow, r.project, r.state, r.created, r.ended, r.inputs, r.outputs, r.error, r.note, r.low, r.high, r.most,"
    " coalesce((SELECT sum(g.cost) FROM generation g WHERE g.flow = r.id), 0),"
    " coalesce((SELECT sum(g.held) FROM generation g WHERE g.flow = r.id), 0)"
)


def read_run(name: str) -> Work[Run | None]:
    """Read a run with its steps."""
    rows = yield Statement(f"SELECT {_RUN} FROM flow_run r WHERE r.id = ?", (name,))  # noqa: S608 - our own names
    if not rows:
        return None
    steps = yield Statement("SELECT step, kind, items, settled FROM flow_step WHERE run = ? ORDER BY position", (name,))
    items = yield Statement(
        "SELECT i.step, i.place, i.state, i.generation, g.state, i.model, i.value, g.cost, i.error, i.began, i.ended"
        " FROM flow_item i LEFT JOIN generation g ON g.id = i.generation WHERE i.run = ? ORDER BY i.step, i.place",
        (name,),
    )
    found: dict[str, list[RunItem]] = {}
    for step, place, state, generation, inner, model, value, cost, error, began, ended in items:
        told = None if cost is None else to_credits(cost)
        made = RunItem(place, state, generation, inner, model, read(value), told, read(error), began, ended)
        found.setdefault(step, []).append(made)
    run = _run(rows[0])
    return run._replace(steps=tuple(_step(run, row, found.get(row[0], [])) for row in steps))


def _step(run: Run, row: tuple[Any, ...], items: list[RunItem]) -> RunStep:
    name, kind, total, settled = row
    cost = sum((item.cost for item in items if item.cost is not None), Decimal(0))
    states = {item.state for item in items}
    if states & {"waiting", "working"}:
        state = "running"
    elif "failed" in states:
        state = "failed"
    elif settled:
        state = "succeeded" if "succeeded" in states else "skipped"
    elif run.final or "cancelled" in states:
        state = "cancelled"
    else:
        state = "running" if items else "pending"
    return RunStep(name, kind, state, total, tuple(items), cost)


def _run(row: tuple[Any, ...]) -> Run:
    (name, flow, project, state, created, ended, inputs, outputs, error, note, *amounts) = row
    low, high, most, cost, held = (None if each is None else to_credits(int(each)) for each in amounts)
    zero = Decimal(0)
    told = (read(inputs), read(outputs), read(error), note)
    return Run(name, flow, project, state, created, ended, *told, low or zero, high, most, cost or zero, held or zero)


def list_runs(asked: Mapping[str, str | None], after: str, limit: int) -> Work[list[Run]]:
    """Read runs, newest first, without their steps."""
    given = {name: value for name, value in asked.items() if value is not None}
    where = "".join(f" AND r.{name} = ?" for name in given)
    rows = yield Statement(
        f"SELECT {_RUN} FROM flow_run r WHERE (? = '' OR r.id < ?){where} ORDER BY r.id DESC LIMIT ?",  # noqa: S608
        (after, after, *given.values(), limit),
    )
    return [_run(row) for row in rows]


def read_events(run: str, after: int = 0) -> Work[list[RunEvent]]:
    """Read the history of a run, from after an entry's number on."""
    rows = yield Statement(
        "SELECT number, run, at, name, step, place, data FROM flow_event WHERE run = ? AND number > ? ORDER BY number",
        (run, after),
    )
    return [RunEvent._make((*row[:6], read(row[6]))) for row in rows]
