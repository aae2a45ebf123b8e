"""What was spent, by day, model, project, account or caller: sums over the ledger, in credits and dollars."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from kie.service.amounts import MILLION, to_credits
from kie.store.work import Statement

if TYPE_CHECKING:
    from kie.store.work import Work

__all__ = ["WAYS", "Budget", "Spent", "budgets", "held", "spent"]

_DAY = 86_400.0
#: Rounding does for both databases what floor does; what is nearer to midnight than this many days is of the next day.
_EDGE = 0.5 - 1e-9
#: By what sums are made, and how an entry tells it.
WAYS = {
    "day": f"round(at / {_DAY} - {_EDGE:.9f})",
    "model": "model",
    "project": "project",
    "account": "account",
    "caller": "caller",
}


class Spent(NamedTuple):
    """A sum.

    Attributes:
        name: the day (ISO, in UTC), model, project, account or caller.
        generations: how many were settled.
        credits: what they cost, with what was adjusted since.
        usd: the same in dollars, at the rate of the time of each.

    """

    name: str
    generations: int
    credits: Decimal
    usd: Decimal


class Budget(NamedTuple):
    """A limit. An empty project, caller or model stands for all.

    Attributes:
        project, caller, model: what it is for.
        span: "day" (in UTC) or "total".
        limit: credits.
        used: what of it is held or spent, today or in all.

    """

    project: str
    caller: str
    model: str
    span: str
    limit: Decimal
    used: Decimal


def spent(way: str, since: float, project: str | None = None) -> Work[list[Spent]]:
    """Sum up what was spent: days from the first on, all else by its amount, the largest first.

    Args:
        way: a key of ``WAYS``.
        since: Unix seconds; what was settled before is left out.
        project: of one project, or None for all.

    """
    name, where = WAYS[way], "" if project is None else " AND project = ?"
    rows = yield Statement(
        f"SELECT {name}, sum(CASE WHEN kind = 'settle' THEN 1 ELSE 0 END), sum(amount), sum(amount * rate)"  # noqa: S608
        f" FROM entry WHERE kind IN ('settle', 'adjust') AND at >= ?{where} GROUP BY {name}",
        (since, *(() if project is None else (project,))),
    )
    found = [
        Spent(_named(way, row[0]), int(row[1]), to_credits(int(row[2])), Decimal(int(row[3])) / MILLION / MILLION)
        for row in rows
    ]
    return sorted(found, key=lambda each: each.name if way == "day" else (-each.credits, each.name))


def held(project: str | None = None) -> Work[Decimal]:
    """Return the credits that are held now, for what is not finished."""
    where, values = ("", ()) if project is None else (" AND project = ?", (project,))
    rows = yield Statement(
        "SELECT coalesce(sum(held), 0) FROM generation"  # noqa: S608 - our own words
        f" WHERE state IN ('held', 'submitting', 'waiting', 'uncertain'){where}",
        values,
    )
    return to_credits(int(rows[0][0]))


def budgets(today: str) -> Work[list[Budget]]:
    """Return all budgets.

    Args:
        today: the day in UTC, ISO: a budget of a day that has gone is unused.

    """
    rows = yield Statement(
        "SELECT project, caller, model, span, amount, CASE WHEN span = 'total' OR day = ? THEN used ELSE 0 END"
        " FROM budget ORDER BY project, caller, model, span",
        (today,),
    )
    return [
        Budget(str(project), str(caller), str(model), str(span), to_credits(int(limit)), to_credits(int(used)))
        for project, caller, model, span, limit, used in rows
    ]


def _named(way: str, value: Any) -> str:
    return datetime.fromtimestamp(float(value) * _DAY, UTC).date().isoformat() if way == "day" else str(value)
