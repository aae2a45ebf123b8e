"""A run as it stands in the database: its own row, its steps and items, and what their generations have come to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from kie.service.amounts import to_credits
from kie.service.flows.deciding import Known
from kie.service.flows.scope import File, Item, from_records
from kie.service.machine import ENDED
from kie.store.work import Statement

if TYPE_CHECKING:
    from kie.store.work import Work

__all__ = ["LIVE", "ItemRow", "RunRow", "knowledge", "load_items", "load_run", "read"]

#: States of a run that has not ended.
LIVE = ("running", "failing", "cancelling")


class RunRow(NamedTuple):
    """A run, as it is carried on."""

    id: str
    flow: str
    declaration: str
    project: str
    caller: str
    inputs: str
    state: str
    created: float
    attempt: int
    worker: str
    priority: int
    most: int | None
    error: str | None
    note: str | None


_RUN = "id, flow, declaration, project, caller, inputs, state, created, attempt, worker, priority, most, error, note"


class ItemRow(NamedTuple):
    """An item of a step, with what its generation has come to.

    Attributes:
        ended_as: the state of its generation where that has ended, else None.
        task: the vendor's task, also of the generation whose result it uses.
        account: whose key made that task.

    """

    step: str
    place: int
    state: str
    tries: int
    value: Any
    generation: str | None
    model: str
    local: dict[str, Any] | None
    error: dict[str, Any] | None
    ended_as: str | None
    result: dict[str, Any] | None
    task: str | None
    account: str
    cost: int | None
    files: tuple[File, ...]


def load_run(name: str, *, lock: bool = False) -> Work[RunRow | None]:
    """Read a run, and lock it until the end of the transaction if asked to."""
    rows = yield Statement(f"SELECT {_RUN} FROM flow_run WHERE id = ?{'{for_update}' if lock else ''}", (name,))  # noqa: S608
    return RunRow._make(rows[0]) if rows else None


def load_items(run: str, now: float) -> Work[list[ItemRow]]:
    """Read the items of a run, in order. Files whose links have died by ``now`` have none."""
    rows = yield Statement(
        "SELECT i.step, i.place, i.state, i.tries, i.value, i.generation, i.model, i.result, i.error, g.state,"
        " g.result, g.error, coalesce(g.task, s.task), coalesce(s.account, g.account, ''), g.cost,"
        " CASE WHEN coalesce(s.expires, g.expires) <= ? THEN 1 ELSE 0 END FROM flow_item i"
        " LEFT JOIN generation g ON g.id = i.generation LEFT JOIN generation s ON s.id = g.source"
        " WHERE i.run = ? ORDER BY i.step, i.place",
        (now, run),
    )
    made = yield Statement(
        "SELECT i.step, i.place, a.position, a.sha256, a.size, a.type, i.generation FROM flow_item i"
        " JOIN artefact a ON a.generation = i.generation AND a.role = 'output' WHERE i.run = ?"
        " ORDER BY a.position",
        (run,),
    )
    local = yield Statement(
        "SELECT step, place, position, sha256, size, type FROM flow_file WHERE run = ? ORDER BY position", (run,)
    )
    files: dict[tuple[str, int], dict[int, File]] = {}
    for step, place, position, digest, size, kind, generation in (*made, *((*row, None) for row in local)):
        file = File(step, place, position, None, digest, int(size), kind, generation)
        files.setdefault((step, place), {})[position] = file
    found = [_item(row, files.get((row[0], row[1]), {})) for row in rows]
    known = {file.name: file for row in found for file in row.files}
    return [row._replace(value=from_records(row.value, known)) for row in found]


def _item(row: tuple[Any, ...], stored: dict[int, File]) -> ItemRow:
    step, place, state, tries, value, generation, model, local, error, ended, result, why, *rest = row
    task, account, cost, dead = rest
    made = read(result)
    links: list[str] = (made or {}).get("outputs", [])
    files = [
        stored.get(position, File(step, place, position, generation=generation))._replace(url=None if dead else link)
        for position, link in enumerate(links)
    ]
    files += [file for position, file in sorted(stored.items()) if position >= len(links)]
    return ItemRow(
        step,
        place,
        state,
        tries,
        read(value),
        generation,
        model,
        read(local),
        read(error) or read(why),
        ended if ended in ENDED else None,
        made,
        task,
        account,
        cost,
        tuple(files),
    )


def read(text: str | None) -> Any:
    """Read JSON as it stands in a column; None where nothing does."""
    return None if text is None else json.loads(text)


def knowledge(items: list[ItemRow]) -> dict[str, dict[int, Known]]:
    """Return what is known of the items, as decisions are made from it.

    An item whose generation has ended counts as ended, whether or not that was written down yet.
    """
    found: dict[str, dict[int, Known]] = {}
    for row in items:
        state = row.ended_as if row.state == "waiting" and row.ended_as is not None else row.state
        item = Item(row.step, row.place, _facts(row)) if state == "succeeded" else None
        found.setdefault(row.step, {})[row.place] = Known(state, row.tries, item, row.error)
    return found


def _facts(row: ItemRow) -> dict[str, Any]:
    made = row.result if row.generation is not None else row.local
    made = made or {}
    return {
        "outputs": list(row.files),
        "text": made.get("text"),
        "texts": made.get("texts") or ([made["text"]] if made.get("text") is not None else []),
        "data": made.get("data"),
        "extras": made.get("extras") or {},
        "task": row.task,
        "cost": None if row.cost is None else to_credits(row.cost),
        "item": row.value,
        "index": row.place,
        "model": row.model,
        "account": row.account,
        "generation": row.generation,
    }
