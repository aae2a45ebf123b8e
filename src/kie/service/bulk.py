"""Many generations at once: with a few statements for all of them, where one alone has six."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kie.service import ledger, moves
from kie.service.projects import turns
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kie.service.moves import Request
    from kie.store.work import Work

__all__ = ["create_all"]

#: Rows in one statement: both databases take some tens of thousands of values.
_ROWS = 100


def create_all(requests: Sequence[Request], now: float) -> Work[int]:
    """Write generations down and hold their prices, as `moves.create` does for each; returns how many are new.

    Args:
        requests: of one project and caller, and all or none with shared results; each has an id. Whoever asks holds a
            lock under which alone these ids are made.
        now: Unix seconds.

    Raises:
        BudgetExceeded: a budget does not have them together; nothing was written.

    """
    if not requests:
        return 0
    marks = ", ".join("?" * len(requests))
    before = yield Statement(
        f"SELECT id FROM generation WHERE id IN ({marks})",  # noqa: S608 - marks alone
        [request.id for request in requests],
    )
    known = {row[0] for row in before}
    fresh = [request for request in requests if request.id not in known]
    if not fresh:
        return 0
    project, caller, cache = fresh[0].project, fresh[0].caller, fresh[0].cache
    if cache is None:
        rows = yield Statement("SELECT cache FROM project WHERE name = ?", (project,))
        cache = bool(rows and rows[0][0])
    if cache:  # each may find the one before it
        for request in fresh:
            yield from moves.create(request, now)
        return len(fresh)
    tags, _ = yield from turns(project, len(fresh))
    named = [(str(request.id), request) for request in fresh]
    holds = [
        (ledger.Payer(name, project, request.model, request.account, now, caller), request.estimate or 0)
        for name, request in named
    ]
    yield from ledger.hold_all(holds, now)
    made = [moves.row(request, name, now, tag) for (name, request), tag in zip(named, tags, strict=True)]
    yield from _insert(f"INSERT INTO generation ({moves.COLUMNS})", moves.MARKS, made)
    events = [(name, now, "created", "held", None) for name, _ in named]
    yield from _insert("INSERT INTO event (generation, at, name, state, data)", "(?, ?, ?, ?, ?)", events)
    return len(fresh)


def _insert(into: str, marks: str, rows: Sequence[tuple[Any, ...]]) -> Work[None]:
    for start in range(0, len(rows), _ROWS):
        some = rows[start : start + _ROWS]
        yield Statement(f"{into} VALUES {', '.join([marks] * len(some))}", [value for row in some for value in row])
