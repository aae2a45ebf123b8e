"""Flows, their prices and their runs, for people."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kie.cli import amounts
from kie.cli.generations import COLOURS, clock
from kie.cli.lang import number, plural, t
from kie.cli.screen import Column
from kie.cli.stages import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from kie.cli.session import Session
    from kie.service.flows.declaring import Flow, Input
    from kie.service.flows.estimating import Estimate
    from kie.service.flows.runs import Run, RunEvent, RunStep

__all__ = ["between", "declaration", "estimate", "event", "files_of", "run", "runs", "stages", "type_of"]

_ENDED = ("succeeded", "failed", "skipped", "cancelled")
_LONGEST = 60


def type_of(wanted: Input) -> str:
    """Return the type of an input in words, such as ``list of text``."""
    inner = f" {t('flows.of')} {type_of(wanted.of)}" if wanted.of is not None else ""
    fields = f" ({', '.join(wanted.fields)})" if wanted.fields else ""
    return f"{wanted.type}{inner}{fields}"


def declaration(session: Session, flow: Flow) -> None:
    """Print what a flow takes, does and hands back."""
    say = session.screen
    say.say((flow.name, "bold"), f"  {flow.description}" if flow.description else "")
    if session.wants_json:
        return
    if flow.inputs:
        columns = [Column(t("column.input")), Column(t("column.type")), Column(t("column.default")), Column("")]
        rows = [[name, type_of(each), _default(each), _help(each)] for name, each in flow.inputs.items()]
        say.table(columns, rows)
        say.say()
    rows = [
        [name, step.model or step.follow_up or step.run or "", t("flows.each") if step.for_each is not None else ""]
        for name, step in flow.steps.items()
    ]
    say.table([Column(t("flows.step")), Column(t("flows.what")), Column("")], rows)
    if flow.outputs:
        say.say((t("flows.outputs") + "  ", "dim"), ", ".join(flow.outputs))
    if flow.max_credits is not None:
        say.say((t("flows.limit") + "  ", "dim"), amounts.in_credits(flow.max_credits))


def _default(each: Input) -> str:
    if each.needed and each.default is None:
        return t("flows.needed")
    text = each.default if isinstance(each.default, str) else json.dumps(each.default, ensure_ascii=False)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _help(each: Input) -> str:
    choices = ", ".join(map(str, each.choices))
    return "; ".join(part for part in (each.help, choices) if part)


def _amount(amount: Decimal | None) -> str:
    return "?" if amount is None else number(f"{amount.normalize():f}")


def between(session: Session, low: Decimal, high: Decimal | None) -> str:
    """Return what something may cost."""
    if high is None:
        return t("amount.from", low=amounts.money(low, session.currency))
    if low == high:
        return amounts.money(low, session.currency)
    return t("amount.range", low=number(f"{low.normalize():f}"), high=amounts.money(high, session.currency))


def estimate(session: Session, found: Estimate) -> None:
    """Print what a run may cost, by step."""
    say = session.screen
    if session.wants_json:
        return
    columns = [
        Column(t("flows.step")),
        Column(t("flows.items"), right=True),
        Column(t("flows.low"), right=True),
        Column(t("flows.high"), right=True),
        Column(""),
    ]
    rows = [
        [each.step, f"{each.items}{'+' if each.open else ''}", _amount(each.low), _amount(each.high), each.note]
        for each in found.steps
    ]
    say.table(columns, [*rows, [t("column.total"), "", _amount(found.low), _amount(found.high), ""]], total=True)
    say.say((between(session, found.low, found.high), "bold"))


def runs(session: Session, found: Sequence[Run]) -> None:
    """Print runs, one line each."""
    columns = [
        Column(t("column.id"), fold=False),
        Column(t("column.created")),
        Column(t("flows.flow")),
        Column(t("column.project")),
        Column(t("column.state")),
        Column(t("column.credits"), right=True),
    ]
    rows = [
        [each.id, clock(each.created), each.flow, each.project, t(f"state.{each.state}"), _amount(each.cost)]
        for each in found
    ]
    session.screen.table(columns, rows)


def run(session: Session, found: Run) -> None:
    """Print all that is known of a run: steps, what went wrong, what came out."""
    say = session.screen
    say.say((found.id, "bold"), f"  {found.flow}  ", (t(f"state.{found.state}"), COLOURS.get(found.state, "cyan")))
    facts = [
        ("generations.project", found.project),
        ("generations.created", clock(found.created)),
        ("generations.ended", clock(found.ended) if found.ended is not None else ""),
        ("generations.estimate", between(session, found.low, found.high)),
        ("flows.limit", amounts.in_credits(found.limit) if found.limit is not None else ""),
        ("generations.held", amounts.money(found.held.normalize(), session.currency) if found.held else ""),
        ("generations.cost", amounts.money(found.cost.normalize(), session.currency)),
    ]
    say.facts(facts)
    if found.note:
        say.say("  ", (found.note, "yellow"))
    if found.error is not None:
        say.say("  ", (str(found.error.get("message", "")), "red"))
    if found.steps and not session.wants_json:
        columns = [
            Column(t("flows.step")),
            Column(t("column.state")),
            Column(t("flows.items"), right=True),
            Column(t("column.credits"), right=True),
        ]
        say.table(columns, [[s.name, t(f"state.{s.state}"), _count(s), _amount(s.cost)] for s in found.steps])
    _faults(session, found)
    for name, value in (found.outputs or {}).items():
        _output(session, name, value)


def _count(step: RunStep) -> str:
    done = sum(item.state in _ENDED for item in step.items)
    return f"{done}/{'?' if step.total is None else step.total}"


def _faults(session: Session, found: Run) -> None:
    for step in found.steps:
        for item in step.items:
            if item.error is not None and item.state == "failed":
                place = f"{step.name}[{item.place}]"
                where = f"  {item.generation}" if item.generation else ""
                session.screen.say("  ", (place, "red"), f"  {item.error.get('message', '')}", (where, "dim"))


def files_of(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the records of files in what a run hands back, in their order."""
    if isinstance(value, dict) and "step" in value and "place" in value:
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from files_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from files_of(inner)


def _output(session: Session, name: str, value: Any) -> None:
    files = list(files_of(value))
    if not files:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        session.screen.say((name, "bold"), f"  {text}")
        return
    types = ", ".join(dict.fromkeys(str(each.get("type") or "?") for each in files))
    size = amounts.size(sum(each.get("size") or 0 for each in files))
    session.screen.say((name, "bold"), f"  {plural('flows.files', len(files))}  ", (f"{types}  {size}", "dim"))


def stages(found: Run) -> list[Stage]:
    """Return the steps that were begun, as parts of the whole."""
    return [
        Stage(
            step.name,
            t(f"state.{step.state}"),
            sum(item.state in _ENDED for item in step.items),
            step.total,
            amounts.in_credits(step.cost.normalize()) if step.cost else "",
        )
        for step in found.steps
        if step.state != "pending"
    ]


def event(session: Session, found: RunEvent) -> None:
    """Print an entry of a history."""
    data = found.data or {}
    place = "" if found.place is None else f"[{found.place}]"
    more = data.get("message") or data.get("generation") or data.get("model") or ""
    session.screen.say((f"{clock(found.at)}  ", "dim"), f"{found.name:<11} {found.step or ''}{place}  ", (more, "dim"))
