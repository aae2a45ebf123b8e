"""Identical requests share a result: one that is stored already, or that is still being made.

A follower is ``held`` without a time at which it may be sent. When the generation that it follows succeeds it gets the
same files and costs nothing; when that one fails, the first follower is sent in its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kie.ids import new_id
from kie.service import ledger
from kie.service.machine import Event, State
from kie.service.transitions import move
from kie.store.work import Statement

if TYPE_CHECKING:
    from kie.store.work import Work

__all__ = ["abandon", "leader", "share"]


def leader(project: str, fingerprint: str) -> Work[tuple[str, State] | None]:
    """Find the generation whose result an identical request may use, and lock it until the end of the transaction.

    One whose files were removed since is none.
    """
    rows = yield Statement(
        "SELECT id, state FROM generation WHERE project = ? AND fingerprint = ? AND source IS NULL AND cancelled = 0"
        " AND state IN ('held', 'submitting', 'waiting', 'storing', 'succeeded')"
        " ORDER BY id DESC LIMIT 1{for_update}",
        (project, fingerprint),
    )
    if not rows:
        return None
    name, state = str(rows[0][0]), State(rows[0][1])
    if state is State.SUCCEEDED:
        whole = yield Statement(
            "SELECT 1 FROM generation g WHERE g.id = ? AND g.result IS NOT NULL AND"
            " (g.result LIKE '{\"outputs\": []%' OR EXISTS"
            " (SELECT 1 FROM artefact a WHERE a.generation = g.id AND a.role = 'output'))",
            (name,),
        )
        if not whole:
            return None
    return name, state


def share(name: str, now: float) -> Work[list[str]]:
    """Give the result of a generation that has succeeded to all that follow it; returns these."""
    rows = yield Statement(
        "SELECT id, project, model, account, created, caller, held FROM generation"
        " WHERE source = ? AND state = 'held' ORDER BY id{for_update}",
        (name,),
    )
    for follower, project, model, account, created, caller, held in rows:
        changes = {"next_at": None, "ended": now, "held": 0, "cost": 0, "cost_from": "reused", "progress": 1.0}
        if not (yield from move(follower, Event.REUSED, now, changes, {"source": name})):
            continue
        payer = ledger.Payer(follower, project, model, account, created, caller)
        yield from ledger.release(payer, int(held), now, "reused")
        yield from _copy(name, follower, now)
    return [str(row[0]) for row in rows]


def _copy(name: str, follower: str, now: float) -> Work[None]:
    """Let a follower refer to the same files."""
    yield Statement(
        "UPDATE generation SET result = (SELECT result FROM generation WHERE id = ?) WHERE id = ?", (name, follower)
    )
    files = yield Statement("SELECT id FROM artefact WHERE generation = ? ORDER BY role, position", (name,))
    for (artefact,) in files:
        yield Statement(
            "INSERT INTO artefact (id, generation, position, role, sha256, size, type, at, width, height, duration,"
            " facts) SELECT ?, ?, position, role, sha256, size, type, ?, width, height, duration, facts FROM artefact"
            " WHERE id = ?"
            " ON CONFLICT (generation, role, position) DO NOTHING",
            (new_id("art"), follower, now, artefact),
        )


def abandon(name: str, now: float) -> Work[None]:
    """A generation brings no result: the first that follows it is sent in its place, and the others follow that one."""
    rows = yield Statement(
        "SELECT id FROM generation WHERE source = ? AND state = 'held' ORDER BY id{for_update}", (name,)
    )
    if not rows:
        return
    first = rows[0][0]
    yield Statement("UPDATE generation SET source = NULL, next_at = ? WHERE id = ?", (now, first))
    if len(rows) > 1:
        yield Statement("UPDATE generation SET source = ? WHERE source = ? AND state = 'held'", (first, name))
