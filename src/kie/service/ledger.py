"""Money: held before, settled after, released when nothing was spent. Entries are only ever added.

The sum of a generation's holds and releases is what is held for it; its settlements and adjustments are what it cost.
Budgets are judged by what is held and spent together, at the hold, under a lock on the budget.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from kie.errors import BudgetExceeded
from kie.money import CREDIT_USD
from kie.service.amounts import MILLION, to_credits
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from kie.store.work import Work

__all__ = ["RATE", "Payer", "adjust", "balance", "hold", "hold_all", "release", "set_budget", "settle"]

#: What a credit costs when an entry is written, in millionths of a dollar.
RATE = int(CREDIT_USD * MILLION)


class Payer(NamedTuple):
    """Whose money it is: the generation, its project, model, account, caller, and the time of its hold."""

    generation: str
    project: str
    model: str
    account: str
    created: float
    caller: str = ""

    @property
    def day(self) -> str:
        """The day of the hold, in UTC: what comes back comes back to that day."""
        return day_of(self.created)


def day_of(at: float) -> str:
    """The day in UTC."""
    return datetime.fromtimestamp(at, UTC).date().isoformat()


#: The budgets that a generation is under: of its project, caller and model, and those that are for all of them.
_UNDER = "project IN ('', ?) AND caller IN ('', ?) AND model IN ('', ?)"


def set_budget(
    project: str, span: str, amount: int | None, now: float, model: str = "", caller: str = ""
) -> Work[None]:
    """Set or lift (None) a limit for each "day" or in "total"; an empty project, model or caller stands for all.

    What was held and spent before counts.
    """
    where = (project, caller, model, span)
    yield Statement("DELETE FROM budget WHERE project = ? AND caller = ? AND model = ? AND span = ?", where)
    if amount is None:
        return
    day, sql, values = day_of(now), "SELECT coalesce(sum(amount), 0) FROM entry WHERE amount <> 0", list[Any]()
    for column, value in (("project", project), ("caller", caller), ("model", model)):
        if value:
            sql, values = f"{sql} AND {column} = ?", [*values, value]
    if span == "day":  # money belongs to the day of its hold
        start = datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()
        sql += " AND generation IN (SELECT id FROM generation WHERE created >= ?)"
        values.append(start)
    rows = yield Statement(sql, values)
    yield Statement(
        "INSERT INTO budget (project, caller, model, span, amount, used, day) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*where, amount, int(rows[0][0]), day),
    )


def hold(payer: Payer, amount: int, now: float) -> Work[None]:
    """Hold an amount.

    The budgets are raised by statements that refuse to go above the limit, so that no two holds can both take the last
    of it, in one transaction or in two.

    Raises:
        BudgetExceeded: a budget does not have it.

    """
    yield from _take(payer, amount)
    yield _entry(payer, "hold", amount, now, "estimate")


def hold_all(holds: Sequence[tuple[Payer, int]], now: float) -> Work[None]:
    """Hold amounts of one project and caller, with a few statements for all of them.

    Raises:
        BudgetExceeded: a budget does not have them together.

    """
    sums: dict[str, tuple[Payer, int]] = {}
    for payer, amount in holds:
        sums[payer.model] = payer, sums.get(payer.model, (payer, 0))[1] + amount
    for model in sorted(sums):
        yield from _take(*sums[model])
    rows = [_values(payer, "hold", amount, now, "estimate") for payer, amount in holds]
    for start in range(0, len(rows), _ROWS):
        yield _entries(*rows[start : start + _ROWS])


def _take(payer: Payer, amount: int) -> Work[None]:
    """Take an amount out of all budgets that concern it."""
    rows = yield Statement(
        f"SELECT project, caller, model, span FROM budget WHERE {_UNDER} ORDER BY project, caller, model, span",  # noqa: S608
        (payer.project, payer.caller, payer.model),
    )
    for where in rows:
        used = "CASE WHEN span = 'total' OR day = ? THEN used ELSE 0 END"
        taken = yield Statement(
            f"UPDATE budget SET used = {used} + ?, day = ?"  # noqa: S608 - our own words
            " WHERE project = ? AND caller = ? AND model = ? AND span = ?"
            f" AND {used} + ? <= amount RETURNING used",
            (payer.day, amount, payer.day, *where, payer.day, amount),
        )
        if not taken:
            yield from _refuse(payer, where, amount)


def _refuse(payer: Payer, where: tuple[Any, ...], amount: int) -> Work[None]:
    rows = yield Statement(
        "SELECT amount, CASE WHEN span = 'total' OR day = ? THEN used ELSE 0 END FROM budget"
        " WHERE project = ? AND caller = ? AND model = ? AND span = ?",
        (payer.day, *where),
    )
    (limit, used), (project, caller, model, span) = rows[0], where
    whose = " and ".join(filter(None, (project, f"the caller {caller}" if caller else ""))) or "all projects"
    what = f"{whose}{f' for {model}' if model else ''}, {'today' if span == 'day' else 'in total'}"
    raise BudgetExceeded(
        f"The budget of {what} is {to_credits(limit):f} credits, {to_credits(used):f} of it are held or spent;"
        f" this would take {to_credits(amount):f}.",
        model=payer.model,
        hint="Raise the budget, or wait until what is held is released.",
    )


def release(payer: Payer, held: int, now: float, why: str) -> Work[None]:
    """Give back what is held; nothing was spent."""
    yield from _spend(payer, -held)
    yield _entry(payer, "release", -held, now, why)


def settle(payer: Payer, held: int, cost: int, now: float, source: str) -> Work[None]:
    """Put what it cost in the place of what was held."""
    yield from _spend(payer, cost - held)
    yield _entries(_values(payer, "release", -held, now, "settled"), _values(payer, "settle", cost, now, source))


def adjust(payer: Payer, amount: int, now: float, source: str) -> Work[None]:
    """Correct what a settled generation cost, by what was found out later."""
    yield from _spend(payer, amount)
    yield _entry(payer, "adjust", amount, now, source)


def balance(account: str | None = None) -> Work[dict[str, Decimal]]:
    """Return what is held and what was spent, of one account or of all.

    What is held for a generation that was not sent yet belongs to no account, unless it is bound to one.
    """
    if account is None:
        rows = yield Statement("SELECT kind, sum(amount) FROM entry GROUP BY kind")
        sums: dict[str, Any] = dict(rows)
        held = int(sums.get("hold", 0)) + int(sums.get("release", 0))
        spent = int(sums.get("settle", 0)) + int(sums.get("adjust", 0))
    else:
        rows = yield Statement(
            "SELECT coalesce(sum(amount), 0) FROM entry WHERE account = ? AND kind IN ('settle', 'adjust')", (account,)
        )
        spent = int(rows[0][0])
        rows = yield Statement(
            "SELECT coalesce(sum(held), 0) FROM generation WHERE account = ?"
            " AND state IN ('held', 'submitting', 'waiting', 'uncertain')",
            (account,),
        )
        held = int(rows[0][0])
    return {"held": to_credits(held), "spent": to_credits(spent)}


def _spend(payer: Payer, amount: int) -> Work[None]:
    if amount:
        yield Statement(
            f"UPDATE budget SET used = used + ? WHERE {_UNDER} AND (span = 'total' OR day = ?)",  # noqa: S608
            (amount, payer.project, payer.caller, payer.model, payer.day),
        )


_INSERT = "INSERT INTO entry (at, kind, project, model, account, caller, generation, amount, source, rate)"
_MARKS = f"({', '.join('?' * 10)})"
#: Entries in one statement.
_ROWS = 100


def _entry(payer: Payer, kind: str, amount: int, now: float, source: str) -> Statement:
    return _entries(_values(payer, kind, amount, now, source))


def _entries(*rows: tuple[Any, ...]) -> Statement:
    return Statement(f"{_INSERT} VALUES {', '.join([_MARKS] * len(rows))}", [value for row in rows for value in row])


def _values(payer: Payer, kind: str, amount: int, now: float, source: str) -> tuple[Any, ...]:
    return (
        now,
        kind,
        payer.project,
        payer.model,
        payer.account,
        payer.caller,
        payer.generation,
        amount,
        source,
        RATE,
    )
