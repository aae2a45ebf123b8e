"""``kie batch``: a file of calls."""

from __future__ import annotations

import queue
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kie.cli import amounts, exits
from kie.cli.base import Argument, Number, Option
from kie.cli.batch.journal import Journal
from kie.cli.batch.rows import read_rows
from kie.cli.batch.work import Outcome, Work
from kie.cli.lang import number, plural, t
from kie.cli.options import command, model_option, money_options, out_option
from kie.cli.runner import writable
from kie.errors import BudgetExceeded, InvalidInput

if TYPE_CHECKING:
    from kie.cli.batch.journal import Past
    from kie.cli.batch.rows import Row
    from kie.cli.session import Session

__all__ = ["batch"]

_COLOURS = {"passed": "green", "failed": "red", "unknown": "red bold", "waiting": "yellow", "skipped": "dim"}
_MARKS = {"passed": "✓", "failed": "✗", "unknown": "?", "waiting": "…", "skipped": "–"}


@command(
    "batch",
    Argument(["file"], metavar="FILE"),
    out_option(),
    model_option("opt.batch-model"),
    Option(["--max-credits"], help="opt.batch-max", metavar="NUMBER", type=Number(0)),
    Option(["--concurrency"], help="opt.concurrency", metavar="NUMBER", type=Number(1, whole=True), default=8),
    Option(["--timeout"], help="opt.timeout", metavar="SECONDS", type=Number(0)),
    Option(["--resume"], is_flag=True, help="opt.resume"),
    Option(["--retry-failed"], is_flag=True, help="opt.retry-failed"),
    Option(["--dry-run"], is_flag=True, help="opt.dry-run"),
    *money_options(),
    talks=True,
    examples=("kie batch prompts.jsonl -o out --max-credits 200", "kie batch prompts.jsonl -o out --resume"),
)
def batch(
    session: Session,
    *,
    file: str,
    folder: str,
    model: str | None,
    max_credits: Decimal | None,
    concurrency: int,
    timeout: Any,
    resume: bool,
    retry_failed: bool,
    dry_run: bool,
) -> int:
    """Run every row of a file."""
    path, say = Path(file).expanduser(), session.screen
    rows, faults = read_rows(path, session.catalogue, model)
    if faults:
        return _refused(session, faults, len(rows) + len(faults))
    target = writable(folder)
    place = target / f"{path.stem}.journal.jsonl"
    if place.exists() and place.stat().st_size and not resume and not dry_run:
        raise InvalidInput(t("batch.journal-there", path=place), field="--resume")
    journal = None if dry_run and not place.exists() else Journal(place)
    try:
        past = journal.past if journal else {}
        settled, open_rows = _sorted(rows, past, retry_failed=retry_failed)
        to_send = [row for row in open_rows if not (row.key in past and past[row.key].task_id)]
        estimate = _estimate(session, rows, to_send, len(open_rows) - len(to_send), max_credits)
        if dry_run or journal is None:
            say.document({"dry_run": True, "total": len(rows), "to_send": len(to_send), "estimate": estimate})
            return exits.DONE
        again = _again(file, folder, model)
        done = _worked(
            session,
            Work(session.kie, journal, target, concurrency, None if timeout is None else float(timeout)),
            open_rows,
            past,
            again,
        )
        return _summary(session, [*settled, *(done or ())], place, interrupted=done is None, again=again)
    finally:
        if journal is not None:
            journal.close()


def _refused(session: Session, faults: list[str], total: int) -> int:
    say = session.screen
    say.note(("✗ " + plural("batch.invalid", len(faults)), "red bold"))
    for fault in faults:
        say.note("  " + fault)
    message = plural("batch.invalid", len(faults))
    error = {"type": "InvalidInput", "message": message, "rows": faults, "may_have_spent": False}
    say.document({"error": error, "total": total, "resume": None, "exit_code": exits.USAGE})
    return exits.USAGE


def _sorted(rows: list[Row], past: dict[str, Past], *, retry_failed: bool) -> tuple[list[Outcome], list[Row]]:
    """Divide the rows into those that are settled and those to be worked on."""
    settled, open_rows = [], []
    for row in rows:
        known = past.get(row.key)
        event = known.event if known else ""
        if known is None or event == "refused" or (event == "task" and known.task_id):
            open_rows.append(row)
        elif event == "done":
            settled.append(Outcome(row, "skipped", known.task_id, tuple(known.files)))
        elif event == "failed" and retry_failed:
            known.task_id = ""
            open_rows.append(row)
        elif event == "failed":
            settled.append(Outcome(row, "failed", known.task_id, error=known.error))
        else:  # "sending" without an answer, "unknown", or an answer without a task whose result was not saved
            settled.append(Outcome(row, "unknown", error=known.error or t("batch.cut-off")))
    return settled, open_rows


def _estimate(
    session: Session, rows: list[Row], to_send: list[Row], to_wait: int, limit: Decimal | None
) -> dict[str, Any]:
    """Tell what the rows to be sent will cost, and hold it against the limit.

    Raises:
        BudgetExceeded: it may cost more than the limit, or a price is not known.

    """
    say, currency = session.screen, session.currency
    known = [row.price for row in to_send if row.price is not None]
    low = sum((price.low for price in known), Decimal(0))
    bounded = len(known) == len(to_send) and all(price.high is not None for price in known)
    high = sum((price.high for price in known if price.high is not None), Decimal(0)) if bounded else None
    parts = [plural("batch.rows", len(rows)), plural("batch.to-send", len(to_send))]
    if to_wait:
        parts.append(plural("batch.to-wait", to_wait))
    say.note((", ".join(parts), "bold"))
    if high is None:
        text = t("batch.at-least", low=amounts.money(low, currency))
    elif high == low:
        text = t("batch.cost", cost=amounts.money(high, currency))
    else:
        text = t("batch.range", low=number(f"{low:f}"), high=amounts.money(high, currency))
    say.note(text)
    if limit is not None and to_send and (high is None or high > limit):
        upper = f"{high:f}" if high is not None else t("batch.unbounded")
        raise BudgetExceeded(t("batch.over", high=number(upper), limit=number(limit)), estimate=high, limit=limit)
    return {"low": f"{low:f}", "high": None if high is None else f"{high:f}"}


def _again(file: str, folder: str, model: str | None) -> str:
    import shlex

    words = ["kie", "batch", file, *(["-o", folder] if folder != "." else []), *(["--model", model] if model else [])]
    return shlex.join([*words, "--resume"])


def _worked(session: Session, work: Work, rows: list[Row], past: dict[str, Past], again: str) -> list[Outcome] | None:
    """Work the rows off; return the outcomes, or None after an interruption."""
    say = session.screen
    done: list[Outcome] = []
    live = _live(len(rows))
    bar = live.add_task("", total=len(rows)) if live is not None else None
    try:
        if live is not None:
            say.live = live.console
            live.start()
        work.start(rows, past)
        while len(done) < len(rows):
            try:
                outcome = work.outcomes.get(timeout=0.2)
            except queue.Empty:
                continue
            if isinstance(outcome, BaseException):
                raise outcome
            done.append(outcome)
            _tell(session, outcome)
            if live is not None:
                live.update(bar, advance=1)
    except KeyboardInterrupt:
        if live is not None:
            live.stop()
        say.live = None
        say.note(("✗ " + t("session.interrupted"), "red bold"))
        work.stop()
        say.note("  ", t("session.resume"), " ", (again, "bold"))
        return None
    finally:
        if live is not None:
            live.stop()
        say.live = None
    return done


def _live(total: int) -> Any:
    if not sys.stderr.isatty() or not total:
        return None
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TimeElapsedColumn

    from kie.cli.screen import console

    columns = (SpinnerColumn(style="cyan"), BarColumn(32), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console(stderr=True), transient=True)


def _tell(session: Session, outcome: Outcome) -> None:
    mark, colour = _MARKS[outcome.ending], _COLOURS[outcome.ending]
    text = ", ".join(outcome.files) or outcome.error or ""
    place = t("batch.line", line=outcome.row.line)
    session.screen.note((f"{mark} ", colour), (f"{place}  ", "dim"), outcome.row.model.id, "  ", text)


def _summary(session: Session, outcomes: list[Outcome], place: Path, *, interrupted: bool, again: str) -> int:
    say = session.screen
    count = {ending: sum(o.ending == ending for o in outcomes) for ending in _MARKS}
    spent = sum((o.credits for o in outcomes if o.credits is not None), Decimal(0))
    code = exits.INTERRUPTED if interrupted else _code(count)
    if not interrupted:
        parts: list[Any] = [t("batch.total", total=len(outcomes))]
        for ending, colour in _COLOURS.items():
            if count[ending]:
                parts += [" · ", (f"{t('batch.' + ending)} {count[ending]}", colour)]
        say.say(*parts)
        if spent:
            say.say(t("batch.spent", cost=amounts.money(spent, session.currency)))
        _listed(session, outcomes)
        if count["waiting"] or count["failed"]:
            say.note(t("session.resume"), " ", (again, "bold"))
    say.document(
        {
            "total": len(outcomes),
            **count,
            "interrupted": interrupted,
            "price": amounts.money_record(spent, session.currency),
            "journal": str(place),
            "resume": again,
            "exit_code": code,
            "rows": [
                {
                    "line": o.row.line,
                    "model": o.row.model.id,
                    "ending": o.ending,
                    "task_id": o.task_id or None,
                    "files": list(o.files),
                    "credits": o.credits,
                    "error": o.error,
                }
                for o in sorted(outcomes, key=lambda o: o.row.line)
            ],
        }
    )
    return code


def _code(count: dict[str, int]) -> int:
    if count["failed"]:
        return exits.FAILED
    if count["unknown"]:
        return exits.UNAVAILABLE
    return exits.TIMED_OUT if count["waiting"] else exits.DONE


def _listed(session: Session, outcomes: list[Outcome]) -> None:
    """List what may have been paid for without an answer: a person has to look."""
    unknown = [o for o in outcomes if o.ending == "unknown"]
    if unknown:
        session.screen.note((t("unknown.loud"), "red bold"))
        session.screen.note(t("batch.unknown-lines", lines=", ".join(str(o.row.line) for o in unknown)))
        session.screen.note(t("unknown.what"))
