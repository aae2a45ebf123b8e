"""What is done to a run, as transactions. Each is guarded by the state that it changes, so it happens once.

The only way to spend money here is `begin`, which writes an item and its generation in one transaction, under a name
that follows from run, attempt, step, place and try: however often it is asked for, there is one of them.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from kie.errors import BudgetExceeded
from kie.ids import named_id, time_of
from kie.service import moves
from kie.service.amounts import to_credits
from kie.service.files.files import rescue
from kie.service.flows.rows import LIVE, RunRow, load_run
from kie.service.flows.scope import as_records
from kie.service.messages import announce
from kie.store.errors import ArtefactsUnavailable
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kie.service.flows.deciding import Begin, Decision
    from kie.service.flows.scope import File
    from kie.store.work import Work

__all__ = [
    "begin",
    "cancel",
    "count",
    "end",
    "generation_id",
    "happened",
    "made",
    "note",
    "settle",
    "spoilt",
    "stop_rows",
    "take",
    "unmade",
]


def generation_id(run: RunRow, step: str, place: int, tries: int) -> str:
    """Return the name of a generation: the same whenever the same item of the same run is begun."""
    said = json.dumps([run.id, run.attempt, step, place, tries])
    rest = int.from_bytes(hashlib.sha256(said.encode()).digest()[:10], "big")
    return named_id("gen", time_of(run.id), rest)


def happened(
    run: str, now: float, name: str, step: str | None = None, place: int | None = None, data: Any = None
) -> Statement:
    """Write an event into the history of a run."""
    return Statement(
        "INSERT INTO flow_event (run, at, name, step, place, data) VALUES (?, ?, ?, ?, ?, ?)",
        (run, now, name, step, place, None if data is None else json.dumps(data)),
    )


def take(run: str, worker: str) -> Work[RunRow | None]:
    """Say who carries a run on; returns it, or None where it has ended."""
    found = yield from load_run(run, lock=True)
    if found is None or found.state not in LIVE:
        return None
    if found.worker != worker:
        yield Statement("UPDATE flow_run SET worker = ? WHERE id = ?", (worker, run))
    return found._replace(worker=worker)


def begin(run: RunRow, what: Begin, model: str, request: moves.Request | None, now: float) -> Work[bool]:
    """Begin an item: with its generation, or (without a request) as a local step.

    Returns:
        Whether it was begun now: False where it was before, or where the run does not go on.

    Raises:
        BudgetExceeded: the project's budget or the run's own limit does not have it; nothing was written.

    """
    found = yield from load_run(run.id, lock=True)
    if found is None or found.state != "running" or found.attempt != run.attempt:
        return False
    state, name = "working", None
    if request is not None:
        state, name = "waiting", generation_id(run, what.step, what.place, what.tries)
    if not (yield from _place(run, what, now, state, model=model, name=name)):
        return False
    if request is not None:
        if run.most is not None:
            yield from _within(run, run.most, request)
        yield from moves.create(request._replace(id=name, flow=run.id), now)
    yield happened(run.id, now, "begun", what.step, what.place, {"generation": name, "model": model})
    if request is None:  # whoever carries the run has it done, also where another that was taken for dead began it
        yield from _ring(run.id, now)
    return True


def spoilt(run: RunRow, what: Begin, error: Mapping[str, Any] | None, now: float) -> Work[bool]:
    """Write down that an item was not begun: with the error that speaks against it, or skipped with the reason.

    One that has failed before stays failed where it cannot be tried with another model.
    """
    found = yield from load_run(run.id, lock=True)
    if found is None or found.state != "running" or found.attempt != run.attempt:
        return False
    state = "skipped" if error is None and not what.tries else "failed"
    why = {"code": "skipped", "message": what.why} if error is None else dict(error)
    if not (yield from _place(run, what, now, state, error=json.dumps(why))):
        return False
    yield happened(run.id, now, state, what.step, what.place, why)
    return True


def _place(
    run: RunRow, what: Begin, now: float, state: str, *, model: str = "", name: str | None = None,
    error: str | None = None,
) -> Work[bool]:  # fmt: skip
    """Write an item's row; False where it stands there already."""
    ended = now if error is not None else None
    if what.tries:
        rows = yield Statement(
            "UPDATE flow_item SET state = ?, tries = ?, generation = coalesce(?, generation), model = ?, error = ?,"
            " ended = ? WHERE run = ? AND step = ? AND place = ? AND tries < ? AND state = 'failed' RETURNING place",
            (state, what.tries, name, model, error, ended, run.id, what.step, what.place, what.tries),
        )
    else:
        rows = yield Statement(
            "INSERT INTO flow_item (run, step, place, state, attempt, tries, value, generation, model, error, began,"
            " ended) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run, step, place) DO NOTHING"
            " RETURNING place",
            (
                run.id,
                what.step,
                what.place,
                state,
                run.attempt,
                what.tries,
                None if what.value is None else json.dumps(as_records(what.value)),
                name,
                model,
                error,
                now,
                ended,
            ),
        )
    return bool(rows)


def _within(run: RunRow, most: int, request: moves.Request) -> Work[None]:
    """Refuse what takes a run above its limit.

    Raises:
        BudgetExceeded: it would.

    """
    rows = yield Statement(
        "SELECT coalesce(sum(coalesce(cost, estimate, 0)), 0) FROM generation WHERE flow = ?",
        (run.id,),
    )
    spent, wanted = int(rows[0][0]), request.estimate
    if wanted is None or spent + wanted > most:
        what = "what has no known price" if wanted is None else f"{to_credits(wanted):f} more"
        raise BudgetExceeded(
            f"{run.id} may cost {to_credits(most):f} credits, {to_credits(spent):f} of them are held or spent;"
            f" this would take {what}.",
            model=request.model,
            code="flow_limit",
        )


def settle(run: str, ended: Iterable[tuple[str, int, str | None, str, Any]], now: float) -> Work[int]:
    """Write down how items have ended whose generations have: (step, place, generation, state, error) of each."""
    changed = 0
    for step, place, generation, state, error in ended:
        rows = yield Statement(
            "UPDATE flow_item SET state = ?, error = ?, ended = ?"
            " WHERE run = ? AND step = ? AND place = ? AND generation = ? AND state = 'waiting' RETURNING place",
            (state, None if error is None else json.dumps(error), now, run, step, place, generation),
        )
        if rows:
            changed += 1
            yield happened(run, now, state, step, place, error)
    return changed


def count(run: RunRow, decision: Decision, now: float) -> Work[None]:
    """Write down how many items steps have, and which steps are over."""
    rows = yield Statement("SELECT step, items, settled FROM flow_step WHERE run = ?", (run.id,))
    for step, items, settled in rows:
        told, over = decision.counts.get(step), int(step in decision.settled)
        if (told, over) != (items, settled):
            yield Statement(
                "UPDATE flow_step SET items = ?, settled = ? WHERE run = ? AND step = ?", (told, over, run.id, step)
            )
            if over and not settled:
                yield happened(run.id, now, "settled", step)


def made(
    run: RunRow,
    step: str,
    place: int,
    files: list[File],
    result: Mapping[str, Any],
    now: float,
    *,
    seen: Mapping[str, float],
) -> Work[bool]:
    """A local step has made its files: they are the item's, unless it was cancelled in the meantime.

    Raises:
        ArtefactsUnavailable: a file of the same content is being removed; see ``files.rescue`` for this and ``seen``.

    """
    if files and (yield from rescue([file.sha256 or "" for file in files], seen)):
        raise ArtefactsUnavailable(
            f"A file that {step} of {run.id} has made is being removed just now.", hint="It is made again by itself."
        )
    rows = yield Statement(
        "UPDATE flow_item SET state = 'succeeded', result = ?, ended = ?"
        " WHERE run = ? AND step = ? AND place = ? AND attempt = ? AND state = 'working' RETURNING place",
        (json.dumps(result), now, run.id, step, place, run.attempt),
    )
    if not rows:
        return False
    for file in files:
        yield Statement(
            "INSERT INTO flow_file (run, step, place, position, sha256, size, type, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (run, step, place, position) DO UPDATE SET sha256 = excluded.sha256, size = excluded.size,"
            " type = excluded.type, at = excluded.at",
            (run.id, step, place, file.position, file.sha256, file.size, file.type, now),
        )
    yield happened(run.id, now, "succeeded", step, place)
    yield from _ring(run.id, now)
    return True


def unmade(run: RunRow, step: str, place: int, error: Mapping[str, Any], now: float) -> Work[bool]:
    """A local step could not be done."""
    rows = yield Statement(
        "UPDATE flow_item SET state = 'failed', error = ?, ended = ?"
        " WHERE run = ? AND step = ? AND place = ? AND attempt = ? AND state = 'working' RETURNING place",
        (json.dumps(error), now, run.id, step, place, run.attempt),
    )
    if rows:
        yield happened(run.id, now, "failed", step, place, error)
        yield from _ring(run.id, now)
    return bool(rows)


def _ring(run: str, now: float) -> Work[None]:
    """Tell whoever carries a run on that there is something to do, by the way that ends of generations take."""
    yield Statement(
        "INSERT INTO outbox (at, kind, target, generation, state) VALUES (?, 'flow', ?, '', 'running')", (now, run)
    )


def note(run: RunRow, text: str | None) -> Work[None]:
    """Write down what a run waits for, where that is not a generation."""
    if text != run.note:
        yield Statement("UPDATE flow_run SET note = ? WHERE id = ?", (text, run.id))


def stop_rows(run: str, now: float) -> Work[None]:
    """Cancel what was not sent yet, and local steps; what was sent is paid for, and goes on.

    What is on its way is cancelled when it comes back: refused, it would be sent again.
    """
    rows = yield Statement(
        "SELECT g.id FROM flow_item i JOIN generation g ON g.id = i.generation"
        " WHERE i.run = ? AND i.state = 'waiting' AND g.cancelled = 0"
        " AND g.state IN ('held', 'submitting', 'uncertain') ORDER BY g.id",
        (run,),
    )
    for (name,) in rows:
        yield from moves.cancel(name, now)
    yield Statement(
        "UPDATE flow_item SET state = 'cancelled', ended = ? WHERE run = ? AND state = 'working'", (now, run)
    )


def cancel(
    run: str, now: float, state: str = "cancelling", error: Mapping[str, Any] | None = None, attempt: int | None = None
) -> Work[bool]:  # fmt: skip
    """Let a run end: nothing new is begun, what was not sent is cancelled.

    False where it ends already, or is not in the attempt that is to end.
    """
    rows = yield Statement(
        "UPDATE flow_run SET state = ?, error = coalesce(?, error), note = NULL WHERE id = ?"
        " AND attempt = coalesce(?, attempt) AND (state = 'running' OR (state = 'failing' AND ? = 'cancelling'))"
        " RETURNING id",
        (state, None if error is None else json.dumps(error), run, attempt, state),
    )
    if not rows:
        return False
    yield happened(run, now, state, data=error)
    yield from stop_rows(run, now)
    yield from _ring(run, now)
    return True


def end(run: RunRow, state: str, outputs: Mapping[str, Any] | None, now: float) -> Work[bool]:
    """A run has ended."""
    rows = yield Statement(
        "UPDATE flow_run SET state = ?, outputs = ?, ended = ?, note = NULL WHERE id = ? AND attempt = ?"
        " AND ended IS NULL RETURNING id",
        (state, None if outputs is None else json.dumps(outputs), now, run.id, run.attempt),
    )
    if rows:
        yield happened(run.id, now, state)
        told = {"id": run.id, "flow": run.flow, "state": state}
        yield from announce("flow.finished", run.project, run.id, told, now)
    return bool(rows)
