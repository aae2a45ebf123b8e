"""``kie spend`` and ``kie budget``: what the service's ledger says."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from kie.cli import amounts, times
from kie.cli.base import Argument, Choice, Group, Option
from kie.cli.lang import number, t
from kie.cli.options import command, lang_option, money_options
from kie.cli.runner import tell_rate
from kie.cli.screen import Column
from kie.cli.stores import emulated_option, on_service
from kie.errors import InvalidInput
from kie.money import CREDIT_USD, credits_of

if TYPE_CHECKING:
    from kie.cli.session import Session
    from kie.service.service import Service
    from kie.service.spending import Budget, Spent

__all__ = ["budget", "list_", "set_", "spend"]

_AT = "kie.cli.commands.spend:"
#: As ``service.spending.WAYS`` has them; the service is not imported for help.
_WAYS = ("day", "model", "project", "account", "caller")


@command(
    "spend",
    Option(["--by"], type=Choice(_WAYS), metavar="WAY", help="opt.spend-by", default="day"),
    Option(["--since"], metavar="DATE", help="opt.spend-since", default="30d"),
    Option(["--project"], metavar="NAME", help="opt.project"),
    emulated_option(),
    *money_options(),
    examples=("kie spend", "kie spend --by model --since 2026-11-01", "kie spend --by project --since 7d --json"),
)
def spend(session: Session, *, by: str, since: str, project: str | None) -> int:
    """Show what was spent."""
    from kie.service import spending

    begin = times.since(since, datetime.now(UTC))

    async def find(service: Service) -> tuple[list[Spent], Decimal]:
        read = service.database.read
        found = await read(partial(spending.spent, by, begin.timestamp(), project))
        return found, await read(partial(spending.held, project))

    found, held = on_service(session, find)
    say, currency = session.screen, session.currency
    total = spending.Spent(
        t("column.total"),
        sum(each.generations for each in found),
        sum((each.credits for each in found), Decimal(0)),
        sum((each.usd for each in found), Decimal(0)),
    )
    columns = [
        Column(t(f"column.{by}")),
        Column(t("column.generations"), right=True),
        Column(t("column.credits"), right=True),
        Column("USD", right=True),
        *([Column(currency.code, right=True)] if currency.code != "USD" else []),
    ]
    if not say.wants_document:
        if found:
            say.table(columns, [_row(session, each) for each in (*found, total)], total=True)
        say.note((t("spend.period", since=begin.date().isoformat()), "dim"))
        if held:
            say.note((t("spend.held", amount=amounts.money(held.normalize(), currency)), "dim"))
        tell_rate(session)
    say.document(
        {
            "by": by,
            "since": begin.isoformat(),
            "project": project,
            "rows": [_record(session, each) for each in found],
            "total": {**_record(session, total), "name": None},
            "held": amounts.money_record(held, currency),
        }
    )
    return 0


def _worth(each: Spent) -> Decimal:
    """The credits that its dollars are today: what prices are shown by."""
    return each.usd / CREDIT_USD


def _row(session: Session, each: Spent) -> list[str]:
    currency = session.currency
    cells = [each.name or "–", str(each.generations), number(f"{each.credits.normalize():f}")]
    cells.append(number(f"{each.usd:.2f}"))
    if currency.code != "USD":
        cells.append(number(f"{currency.of(_worth(each)):.2f}"))
    return cells


def _record(session: Session, each: Spent) -> dict[str, Any]:
    money = amounts.money_record(_worth(each), session.currency)
    credits_ = f"{each.credits.normalize():f}"
    return {"name": each.name, "generations": each.generations, **money, "credits": credits_}


budget = Group(
    name="budget",
    help="budget.help",
    prefix="budget.",
    places={"list": _AT + "list_", "set": _AT + "set_"},
    sections={"help.commands": ("list", "set")},
    params=[lang_option()],
)


@command("budget.list", emulated_option(), name="list")
def list_(session: Session) -> int:
    """List all budgets."""
    from kie.service import spending

    today = datetime.now(UTC).date().isoformat()
    found = on_service(session, lambda service: service.database.read(partial(spending.budgets, today)))
    say = session.screen
    if found and not say.wants_document:
        columns = [
            Column(t("column.project")),
            Column(t("column.caller")),
            Column(t("column.model")),
            Column(t("column.span")),
            Column(t("column.used"), right=True),
            Column(t("column.limit"), right=True),
        ]
        say.table(columns, [_cells(each) for each in found])
    if not found:
        say.note((t("budget.none"), "dim"))
    say.document({"budgets": [_plain(each) for each in found]})
    return 0


def _cells(each: Budget) -> list[str]:
    whose = [value or t("budget.all") for value in (each.project, each.caller, each.model)]
    return [
        *whose,
        t(f"budget.{each.span}"),
        number(f"{each.used.normalize():f}"),
        number(f"{each.limit.normalize():f}"),
    ]


def _plain(each: Budget) -> dict[str, Any]:
    return {**each._asdict(), "limit": f"{each.limit.normalize():f}", "used": f"{each.used.normalize():f}"}


@command(
    "budget.set",
    Argument(["credits_"], metavar="CREDITS"),
    Option(["--per"], type=Choice(("day", "total")), metavar="SPAN", help="opt.budget-per", default="day"),
    Option(["--project"], metavar="NAME", help="opt.budget-project", default=""),
    Option(["--model"], metavar="MODEL", help="opt.budget-model", default=""),
    Option(["--caller"], metavar="NAME", help="opt.budget-caller", default=""),
    emulated_option(),
    name="set",
    examples=("kie budget set 500 --project shop", "kie budget set none --project shop"),
)
def set_(session: Session, *, credits_: str, per: str, project: str, model: str, caller: str) -> int:
    """Set a budget, or lift it."""
    amount = None if credits_ == "none" else credits_of(credits_)
    if credits_ != "none" and (amount is None or amount < 0):
        wrong = "budget.amount" if amount is None else "usage.negative"
        raise InvalidInput(t(wrong, value=credits_), field="CREDITS")
    known = session.catalogue.resolve(model).model.id if model else ""
    on_service(session, lambda service: service.set_budget(project, per, amount, known, caller))
    whose = ", ".join(name for name in (project, caller, known) if name) or t("budget.all")
    told = t("budget.lifted") if amount is None else amounts.in_credits(amount)
    session.screen.say((whose, "bold"), f"  {t(f'budget.{per}')}  {told}")
    limit = None if amount is None else f"{amount.normalize():f}"
    session.screen.document({"project": project, "caller": caller, "model": known, "span": per, "limit": limit})
    return 0
