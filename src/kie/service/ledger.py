"""Money: held before, settled after, released when nothing was spent. Entries are only ever added.

The sum of a generation's holds and releases is what is held for it; its settlement is what it cost. Budgets are judged
by what is held and spent together, at the hold, under a lock on the budget.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from kie.errors import BudgetExceeded
from kie.service.amounts import to_credits
from kie.store.work import Statement

if TYPE_CHECKING:
    from decimal import Decimal

    from kie.store.work import Work

__all__ = ["Payer", "balance", "hold", "release", "set_budget", "settle"]


class Payer(NamedTuple):
    """Whose money it is: the generation, its project, model, account, and the day of its hold."""

    generation: str
    project: str
    model: str
    account: str
    created: float

    @property
    def day(self) -> str:
        """The day of the hold, in UTC: what comes back comes back to that day."""
        return day_of(self.created)


def day_of(at: float) -> str:
    """The day in UTC."""
    return datetime.fromtimestamp(at, UTC).date().isoformat()


def set_budget(project: str, span: str, amount: int | None, now: float, model: str = "") -> Work[None]:
    """Set or lift (None) a limit of a project, for one model or all, for each "day" or in "total".

    What was held and spent before counts.
    """
    where = (project, model, span)
    yield Statement("DELETE FROM budget WHERE project = ? AND model = ? AND span = ?", where)
    if amount is None:
        return
    day = day_of(now)
    sql, values = "SELECT coalesce(sum(amount), 0) FROM entry WHERE project = ?", [project]
    if model:
        sql, values = f"{sql} AND model = ?", [*values, model]
    if span == "day":  # money belongs to the day of its hold
        start = datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()
        sql += " AND generation IN (SELECT id FROM generation WHERE project = ? AND created >= ?)"
        rows = yield Statement(sql, (*values, project, start))
    else:
        rows = yield Statement(sql, values)
    yield Statement(
        "INSERT INTO budget (project, model, span, amount, used, day) VALUES (?, ?, ?, ?, ?, ?)",
        (*where, amount, int(rows[0][0]), day),
    )


def hold(payer: Payer, amount: int, now: float) -> Work[None]:
    """Hold an amount.

    The budgets are raised by statements that refuse to go above the limit, so that no two holds can both take the last
    of it, in one transaction or in two.

    Raises:
        BudgetExceeded: a budget of the project does not have it.

    """
    rows = yield Statement(
        "SELECT model, span FROM budget WHERE project = ? AND model IN ('', ?) ORDER BY model, span",
        (payer.project, payer.model),
    )
    for model, span in rows:
        used = "CASE WHEN span = 'total' OR day = ? THEN used ELSE 0 END"
        taken = yield Statement(
            f"UPDATE budget SET used = {used} + ?, day = ?"  # noqa: S608 - our own words
            f" WHERE project = ? AND model = ? AND span = ? AND {used} + ? <= amount RETURNING used",
            (payer.day, amount, payer.day, payer.project, model, span, payer.day, amount),
        )
        if not taken:
            yield from _refuse(payer, model, span, amount)
    yield _entry(payer, "hold", amount, now, "estimate")


def _refuse(payer: Payer, model: str, span: str, amount: int) -> Work[None]:
    rows = yield Statement(
        "SELECT amount, CASE WHEN span = 'total' OR day = ? THEN used ELSE 0 END FROM budget"
        " WHERE project = ? AND model = ? AND span = ?",
        (payer.day, payer.project, model, span),
    )
    limit, used = rows[0]
    what = f"{payer.project}{f' for {model}' if model else ''}, {'today' if span == 'day' else 'in total'}"
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
    yield _entry(payer, "release", -held, now, "settled")
    yield _entry(payer, "settle", cost, now, source)


def balance(account: str | None = None) -> Work[dict[str, Decimal]]:
    """Return what is held and what was spent, of one account or of all."""
    where, values = ("WHERE account = ?", (account,)) if account is not None else ("", ())
    rows = yield Statement(f"SELECT kind, sum(amount) FROM entry {where} GROUP BY kind", values)  # noqa: S608
    sums: dict[str, Any] = dict(rows)
    held = int(sums.get("hold", 0)) + int(sums.get("release", 0))
    return {"held": to_credits(held), "spent": to_credits(int(sums.get("settle", 0)))}


def _spend(payer: Payer, amount: int) -> Work[None]:
    if amount:
        yield Statement(
            "UPDATE budget SET used = used + ? WHERE project = ? AND model IN ('', ?) AND (span = 'total' OR day = ?)",
            (amount, payer.project, payer.model, payer.day),
        )


def _entry(payer: Payer, kind: str, amount: int, now: float, source: str) -> Statement:
    return Statement(
        "INSERT INTO entry (at, kind, project, model, account, generation, amount, source)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (now, kind, payer.project, payer.model, payer.account, payer.generation, amount, source),
    )
