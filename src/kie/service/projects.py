"""Projects: how they share the queue, and whether their identical requests share results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kie.store.work import Statement

if TYPE_CHECKING:
    from kie.store.work import Work

__all__ = ["set_project", "turns"]

#: By how much a project's turn in the queue moves on with each generation, divided by its weight.
_TURN = 1_000_000


def turns(project: str, number: int = 1) -> Work[tuple[list[int], bool]]:
    """Return the turns of a project's next generations, and whether the project shares results.

    Start-time fair queueing: a project's turns follow one another, and begin where the queue is: so who has not asked
    for anything has no credit for it, and who asks for a thousand things is not before who asks for one.
    """
    span = number * _TURN
    rows = yield Statement(
        "INSERT INTO project (name, tag) VALUES (?, coalesce((SELECT tag FROM project WHERE name = ''), 0) + ?)"
        " ON CONFLICT (name) DO UPDATE SET tag = ? * (? / project.weight) + CASE WHEN project.tag < excluded.tag - ?"
        " THEN excluded.tag - ? ELSE project.tag END RETURNING tag, cache, weight",
        (project, span, number, _TURN, span, span),
    )
    last, cache, weight = rows[0]
    return [int(last) - before * (_TURN // int(weight)) for before in reversed(range(number))], bool(cache)


def set_project(project: str, weight: int | None, cache: bool | None) -> Work[None]:  # noqa: FBT001 - None leaves it
    """Set how a project is served; None leaves what was set."""
    yield Statement("INSERT INTO project (name) VALUES (?) ON CONFLICT (name) DO NOTHING", (project,))
    for column, value in (("weight", weight), ("cache", None if cache is None else int(cache))):
        if value is not None:
            yield Statement(f"UPDATE project SET {column} = ? WHERE name = ?", (value, project))  # noqa: S608
