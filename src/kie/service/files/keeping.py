"""How long things are kept: rules, and the transactions by which files are given up.

They are those of generations, and those that local steps of flows have made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kie.errors import InvalidInput, TaskNotFound
from kie.service.files import files
from kie.service.machine import ENDED, State
from kie.service.transitions import happened
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kie.store.work import Work

__all__ = ["DAY", "Due", "Rule", "due", "expired", "give_up", "lift", "rules", "write"]

DAY = 86_400.0
_COLUMNS = "project, kind, state, days, forget, starred"


class Rule(NamedTuple):
    """How long the files of some generations are kept. Of several rules that fit, the one for fewer of them holds.

    A rule for a project goes before one for a kind, and that before one for a state. Rules without a kind hold for what
    local steps of flows have made, too, from the end of their run on.

    Attributes:
        days: after the end of a generation, 0 or more; None keeps its files for ever.
        project: of which; "" for all.
        kind: of model: "image", "video", "audio", "music", "text" or "data"; "" for all.
        state: "succeeded", "failed" or "cancelled"; "" for all.
        forget: whether the request (its prompt) and the text of the result are emptied too.
        starred: whether it holds for generations with a star as well.

    """

    days: float | None
    project: str = ""
    kind: str = ""
    state: str = ""
    forget: bool = False
    starred: bool = False

    @property
    def rank(self) -> int:
        """How narrow it is."""
        return 4 * bool(self.project) + 2 * bool(self.kind) + bool(self.state)


class Due(NamedTuple):
    """What a rule would give up now.

    Attributes:
        rule: the rule.
        generations: how many.
        files: how many, previews and extras included; some contents may be referred to by others still.
        size: bytes of these.

    """

    rule: Rule
    generations: int
    files: int
    size: int


def write(rule: Rule) -> Work[None]:
    """Set a rule; it replaces the one for the same project, kind and state."""
    yield Statement(
        f"INSERT INTO retention ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (project, kind, state)"  # noqa: S608
        " DO UPDATE SET days = excluded.days, forget = excluded.forget, starred = excluded.starred",
        (rule.project, rule.kind, rule.state, rule.days, int(rule.forget), int(rule.starred)),
    )


def lift(project: str, kind: str, state: str) -> Work[bool]:
    """Remove a rule; False where there was none."""
    rows = yield Statement(
        "DELETE FROM retention WHERE project = ? AND kind = ? AND state = ? RETURNING days", (project, kind, state)
    )
    return bool(rows)


def rules() -> Work[list[Rule]]:
    """Read all rules, the narrowest first."""
    rows = yield Statement(f"SELECT {_COLUMNS} FROM retention ORDER BY project, kind, state")  # noqa: S608 - our own
    found = [Rule(row[3], row[0], row[1], row[2], bool(row[4]), bool(row[5])) for row in rows]
    return sorted(found, key=lambda rule: -rule.rank)


def due(now: float, models: Callable[[str], Sequence[str]]) -> Work[list[Due]]:
    """Tell what the rules would give up now.

    Args:
        now: Unix seconds.
        models: returns the ids of the models of a kind.

    """
    known = yield from rules()
    found = []
    for rule in known:
        if rule.days is None:
            continue
        where, values = _where(rule, known, now, models)
        rows = yield Statement(
            "SELECT count(DISTINCT g.id), count(a.id), coalesce(sum(a.size), 0) FROM generation g"  # noqa: S608 - own
            f" LEFT JOIN artefact a ON a.generation = g.id WHERE {where}",
            values,
        )
        generations, many, size = (int(number) for number in rows[0])
        if not rule.kind:
            where, values = _where(rule, known, now, models, runs=True)
            rows = yield Statement(
                "SELECT count(f.sha256), coalesce(sum(f.size), 0) FROM flow_run g"  # noqa: S608 - our own names
                f" JOIN flow_file f ON f.run = g.id WHERE {where}",
                values,
            )
            many, size = many + int(rows[0][0]), size + int(rows[0][1])
        found.append(Due(rule, generations, many, size))
    return found


def expired(most: int, now: float, models: Callable[[str], Sequence[str]]) -> Work[int]:
    """Give up the files of some generations whose time is over; returns of how many."""
    known = yield from rules()
    done = 0
    for rule in known:
        if rule.days is None or done >= most:
            continue
        where, values = _where(rule, known, now, models)
        rows = yield Statement(
            f"SELECT g.id FROM generation g WHERE {where} ORDER BY g.ended LIMIT ?{{locked}}",  # noqa: S608 - our own
            (*values, most - done),
        )
        for (name,) in rows:
            yield from give_up(str(name), now, forget=rule.forget)
        done += len(rows)
        if not rule.kind and done < most:
            where, values = _where(rule, known, now, models, runs=True)
            rows = yield Statement(
                f"SELECT g.id FROM flow_run g WHERE {where} ORDER BY g.ended LIMIT ?{{locked}}",  # noqa: S608 - our own
                (*values, most - done),
            )
            for (run,) in rows:
                yield from _give_up_run(str(run), now, forget=rule.forget)
            done += len(rows)
    return done


def give_up(name: str, now: float, *, forget: bool) -> Work[list[str]]:
    """Let a generation that has ended refer to no files any more; returns their contents.

    What nothing else refers to is removed some minutes later. The row stays for the ledger.

    Raises:
        TaskNotFound: there is none of this name.
        InvalidInput: it has not ended.

    """
    rows = yield Statement("SELECT state, batch, item FROM generation WHERE id = ?{for_update}", (name,))
    if not rows:
        raise TaskNotFound(f"There is no generation {name!r}.", task_id=name)
    state, batch, item = rows[0]
    if State(state) not in ENDED:
        raise InvalidInput(
            f"{name} is {state}: only what has ended can be deleted.",
            field="id",
            hint="Cancel it while it waits for its turn, or wait for its end.",
        )
    gone = yield Statement("DELETE FROM artefact WHERE generation = ? RETURNING sha256", (name,))
    digests = [str(row[0]) for row in gone]
    yield from files.doom(digests, now)
    yield Statement("UPDATE generation SET deleted = coalesce(deleted, ?) WHERE id = ?", (now, name))
    if forget:
        yield Statement("UPDATE generation SET input = '{}', result = NULL, notify = NULL WHERE id = ?", (name,))
        yield Statement("UPDATE event SET data = NULL WHERE generation = ?", (name,))
        if batch is not None:
            yield Statement(
                "UPDATE batch_item SET input = NULL, name = NULL WHERE batch = ? AND position = ? AND generation = ?"
                " AND state <> 'failed'",  # what may be tried again is needed
                (batch, item, name),
            )
    yield happened(name, now, "deleted", state, {"files": len(digests), "forgotten": forget})
    return digests


def _give_up_run(run: str, now: float, *, forget: bool) -> Work[None]:
    """Let a run that has ended refer to nothing that its local steps have made; it cannot be taken up again."""
    gone = yield Statement("DELETE FROM flow_file WHERE run = ? RETURNING sha256", (run,))
    yield from files.doom([str(row[0]) for row in gone], now)
    yield Statement("UPDATE flow_run SET deleted = ? WHERE id = ?", (now, run))
    if forget:
        yield Statement("UPDATE flow_run SET inputs = '{}', outputs = NULL WHERE id = ?", (run,))
        yield Statement("UPDATE flow_item SET value = NULL, result = NULL WHERE run = ?", (run,))
        yield Statement("UPDATE flow_event SET data = NULL WHERE run = ?", (run,))


def _where(
    rule: Rule, known: Sequence[Rule], now: float, models: Callable[[str], Sequence[str]], *, runs: bool = False
) -> tuple[str, tuple[Any, ...]]:
    """Return the condition for what a rule gives up now: what fits it, and no narrower rule.

    Runs of flows are of no kind, and have no stars.
    """
    days = rule.days or 0.0
    condition, values = _fits(rule, models)
    where = f"g.ended IS NOT NULL AND g.deleted IS NULL AND g.ended <= ? AND {condition}"
    held: list[Any] = [now - days * DAY, *values]
    if not rule.starred and not runs:
        where += " AND g.starred = 0"
    for other in known:
        if other.rank > rule.rank and not (runs and other.kind):
            condition, values = _fits(other, models)
            where += f" AND NOT ({condition})"
            held += values
    return where, tuple(held)


def _fits(rule: Rule, models: Callable[[str], Sequence[str]]) -> tuple[str, list[Any]]:
    parts, values = ["1 = 1"], []
    for column, value in (("project", rule.project), ("state", rule.state)):
        if value:
            parts.append(f"g.{column} = ?")
            values.append(value)
    if rule.kind:
        named = list(models(rule.kind)) or [""]
        parts.append(f"g.model IN ({', '.join('?' * len(named))})")
        values += named
    return " AND ".join(parts), values
