"""``kie demo``: an image, a video, a spoken sentence and a piece of music, by the way that every call goes."""

from __future__ import annotations

import sys
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from kie.cli import amounts, exits
from kie.cli.base import Option
from kie.cli.lang import number, t
from kie.cli.options import command, money_options, out_option
from kie.cli.progress import Watch
from kie.cli.runner import Sending, finish, send, writable
from kie.cli.screen import Column
from kie.cli.shapes import shape_of
from kie.client.helpers import Call, helper

if TYPE_CHECKING:
    from pathlib import Path

    from kie.cli.session import Session
    from kie.client.results import Result
    from kie.money import Price

__all__ = ["demo"]


class _Work(NamedTuple):
    """Attributes: the helper's name, its arguments by role."""

    kind: str
    given: dict[str, Any]


#: What is made. The prompts are the demonstration's own and stay English, for every model reads that.
_WORKS = (
    _Work(
        "image", {"prompt": "a red bicycle leaning on a white wall by the sea, morning light", "aspect_ratio": "16:9"}
    ),
    _Work(
        "video",
        {
            "prompt": "waves roll onto a sandy beach at sunset",
            "aspect_ratio": "16:9",
            "duration": 5,
            "resolution": "720p",
        },
    ),
    _Work("speech", {"text": "Hello! This sentence was spoken by a voice that was asked for in one line of code."}),
    _Work("music", {"prompt": "slow lo-fi with a warm piano and soft drums"}),
)


class _Made(NamedTuple):
    """A finished work."""

    kind: str
    result: Result
    path: Path
    shape: str


@command(
    "demo",
    out_option("opt.demo-out"),
    Option(["--yes"], is_flag=True, help="opt.yes"),
    *money_options(),
    talks=True,
    examples=("kie demo -o out", "kie demo --emulated --rate 92.50"),
)
def demo(session: Session, *, folder: str, yes: bool) -> int:
    """Make one of each kind and show what came out."""
    say = session.screen
    target = writable(folder)
    own_address = session.base_url or session.environment.get("KIE_BASE_URL")
    if not session.has_key and not own_address:
        session.emulated = True
        say.note((t("demo.no-key"), "dim"))
    kie = session.kie
    calls = [helper(kie._core, work.kind, None, work.given) for work in _WORKS]  # noqa: SLF001 - as kie.image() does
    prices = [kie.price(call.model, call.inputs) for call in calls]
    total = sum((price.credits for price in prices if price is not None), Decimal(0))
    if not kie.emulated and not _agreed(session, calls, prices, total, yes=yes):
        return exits.USAGE
    before = kie.credits()
    done: list[_Made] = []
    for work, call, price in zip(_WORKS, calls, prices, strict=True):
        name = t(f"demo.{work.kind}")
        with Watch(say, name, amounts.in_credits(price.credits) if price else "") as watch:
            task = send(session, call.model, call.inputs, Sending(folder), watch)
            result = finish(session, task, None, watch)
        done.append(_kept(work.kind, result, target))
        path = done[-1].path
        say.note(
            ("✓ ", "green bold"), f"{name}: ", (str(path), "bold"), (f"  {amounts.size(path.stat().st_size)}", "dim")
        )
    after = kie.credits()
    _table(session, done, before, after)
    say.document(_record(session, done, before, after))
    return 0


def _agreed(session: Session, calls: list[Call], prices: list[Price | None], total: Decimal, *, yes: bool) -> bool:
    """Tell the price of the demonstration on a real account, and have it agreed to."""
    say = session.screen
    for call, price in zip(calls, prices, strict=True):
        say.note(f"  {call.model}: {amounts.price_line(price, session.currency)}")
    say.note((t("demo.real", total=amounts.money(total, session.currency)), "yellow bold"))
    if yes:
        return True
    if sys.stdin.isatty() and not session.wants_json:
        answer = click.prompt(t("demo.ask"), default="", show_default=False, err=True, prompt_suffix=" ")
        if answer.strip().lower() in t("demo.yes-words").split(","):
            return True
    say.note(t("demo.not-agreed"))
    error = {"type": "NotAgreed", "message": t("demo.not-agreed"), "may_have_spent": False}
    say.document({"error": error, "resume": None, "exit_code": exits.USAGE, "credits": total})
    return False


def _kept(kind: str, result: Result, folder: Path) -> _Made:
    """Save the first output under a plain name; an earlier demonstration's is replaced."""
    saved = result.outputs[0].save(f"{folder}/")
    path = saved.replace(folder / f"demo-{kind}{saved.suffix}")
    return _Made(kind, result, path, shape_of(path))


def _table(session: Session, done: list[_Made], before: Decimal, after: Decimal) -> None:
    say, currency = session.screen, session.currency
    columns = [
        Column(t("column.file"), style="bold"),
        Column(t("column.shape")),
        Column(t("column.model"), style="cyan"),
        Column(t("column.credits"), right=True),
        Column("USD", right=True),
        Column(currency.code, right=True),
    ]
    rows = []
    total = Decimal(0)
    for made in done:
        credits_ = made.result.credits or Decimal(0)
        total += credits_
        rows.append((made.path.name, made.shape, made.result.model.id, *_amounts(session, credits_)))
    rows.append((t("column.total"), "", "", *_amounts(session, total)))
    say.say()
    say.table(columns, rows, total=True)
    taken = before - after
    say.say(t("demo.balance", before=_plain(before), after=_plain(after), taken=amounts.money(taken, currency)))
    if taken != total:
        say.warn(t("demo.differs", taken=_plain(taken), told=_plain(total)))
    if session.kie.emulated:
        say.say((t("demo.emulated"), "dim"))
    note = amounts.rate_note(currency)
    if note:
        say.say((note, "dim"))


def _amounts(session: Session, credits_: Decimal) -> tuple[str, str, str]:
    amount = session.currency.of(credits_)
    return _plain(credits_), amounts.dollars(credits_), number(f"{amount:f}")


def _plain(amount: Decimal) -> str:
    return number(f"{amount.normalize():f}")


def _record(session: Session, done: list[_Made], before: Decimal, after: Decimal) -> dict[str, Any]:
    total = sum((made.result.credits or Decimal(0) for made in done), Decimal(0))
    return {
        "emulated": session.kie.emulated,
        "works": [
            {
                "kind": made.kind,
                "path": str(made.path),
                "shape": made.shape or None,
                "size": made.path.stat().st_size,
                "model": made.result.model.id,
                "task_id": made.result.task.id,
                "elapsed": round(made.result.elapsed, 3),
                "price": amounts.money_record(made.result.credits, session.currency),
            }
            for made in done
        ],
        "total": amounts.money_record(total, session.currency),
        "balance": {"before": f"{before:f}", "after": f"{after:f}", "taken": f"{before - after:f}"},
    }
