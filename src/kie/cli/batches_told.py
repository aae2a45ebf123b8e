"""Batches of the service and their items, for people."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from kie.cli import amounts
from kie.cli.files import whole
from kie.cli.flows.told import between
from kie.cli.generations import COLOURS, clock
from kie.cli.lang import number, plural, t
from kie.cli.screen import Column
from kie.cli.stages import Stage
from kie.cli.stores import again

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from decimal import Decimal
    from pathlib import Path

    from kie.cli.session import Session
    from kie.service.batches.batch import Batch, BatchEvent, BatchItem, Estimate

__all__ = [
    "EXPORTED",
    "ITEMS",
    "STATES",
    "counts",
    "estimate",
    "events",
    "exported",
    "items",
    "one",
    "stage",
    "standing",
    "table",
]

#: As the facet has them; the service is not imported for help.
STATES = ("reading", "running", "paused", "cancelling", "done", "cancelled")
EXPORTED = ("ready", "fed", "succeeded", "failed", "cancelled", "refused")
ITEMS = (*EXPORTED, "uncertain")
_COLOURS = {**COLOURS, "done": "green", "paused": "yellow", "refused": "red"}


def standing(batch: Batch) -> str:
    """Return the state of a batch, and why it is paused."""
    why = f" ({t(f'batches.why-{batch.why}')})" if batch.why else ""
    return t(f"state.{batch.state.value}") + why


def counts(batch: Batch) -> str:
    """Return how many items there are in each state that has any."""
    parts = [f"{t(f'state.{name}')} {many}" for name in EXPORTED if (many := getattr(batch, name))]
    return ", ".join([plural("batches.items", batch.items), *parts])


def table(session: Session, found: Sequence[Batch]) -> None:
    """Print batches, one line each."""
    if session.wants_json:
        return
    if not found:
        session.screen.note((t("batches.none"), "dim"))
        return
    columns = [
        Column(t("column.id"), fold=False),
        Column(t("column.created")),
        Column(t("batches.name")),
        Column(t("column.project")),
        Column(t("column.state")),
        Column(t("batches.ended"), right=True),
        Column(t("batches.bad"), right=True),
        Column(t("column.credits"), right=True),
    ]
    rows = [
        [
            each.id,
            clock(each.created),
            each.name or "–",
            each.project,
            standing(each),
            f"{over(each)}/{each.items}",
            str(each.failed + each.refused),
            _amount(each.spent),
        ]
        for each in found
    ]
    session.screen.table(columns, rows)


def over(batch: Batch) -> int:
    """Return how many items have ended."""
    return batch.succeeded + batch.failed + batch.cancelled + batch.refused


def one(session: Session, batch: Batch) -> None:
    """Print all that is known of a batch."""
    say = session.screen
    state = batch.state.value
    say.say(
        (batch.id, "bold"), f"  {batch.name}  " if batch.name else "  ", (standing(batch), _COLOURS.get(state, "cyan"))
    )
    facts = [
        ("generations.project", batch.project),
        ("generations.created", clock(batch.created)),
        ("generations.ended", clock(batch.ended) if batch.ended is not None else ""),
        ("batches.counts", counts(batch)),
        ("generations.estimate", between(session, batch.estimate.low, batch.estimate.high)),
        ("flows.limit", amounts.in_credits(batch.max_credits) if batch.max_credits is not None else ""),
        ("generations.held", amounts.money(batch.held.normalize(), session.currency) if batch.held else ""),
        ("batches.spent", amounts.money(batch.spent.normalize(), session.currency)),
    ]
    say.facts(facts)
    if batch.words:
        say.say("  ", (batch.words, "yellow"))
    if batch.failed or batch.refused:
        state = "failed" if batch.failed else "refused"
        say.note("  ", t("batches.see"), " ", (again(session, f"kie batches items {batch.id} --state {state}"), "bold"))


def _amount(amount: Decimal | None) -> str:
    return "?" if amount is None else number(f"{amount.normalize():f}")


def estimate(session: Session, found: Estimate) -> None:
    """Print what items will cost, by model."""
    say = session.screen
    if session.wants_json:
        return
    columns = [
        Column(t("column.model")),
        Column(t("flows.items"), right=True),
        Column(t("flows.low"), right=True),
        Column(t("flows.high"), right=True),
    ]
    rows = [[name, str(each.items), _amount(each.low), _amount(each.high)] for name, each in found.models.items()]
    if rows:
        say.table(columns, rows)
    say.say((f"{plural('batches.items', found.items)}: {between(session, found.low, found.high)}", "bold"))
    if found.refused:
        say.note((plural("batches.refused", found.refused), "red"))
        faults(session, found.faults, found.refused)


def faults(session: Session, found: Sequence[tuple[int, str]], number: int) -> None:
    """Print what is wrong with lines that are no request: the first of so many."""
    for line, message in found:
        session.screen.note("  " + t("batch.fault", line=line, error=message))
    if number > len(found):
        session.screen.note("  …")


def items(session: Session, found: Sequence[BatchItem]) -> None:
    """Print items; what is wrong with one follows it."""
    say = session.screen
    if not found:
        say.note((t("batches.no-items"), "dim"))
    if session.wants_json:
        return
    for each in found:
        state = each.progress if each.progress is not None and each.state.value == "fed" else each.state.value
        name = f"  {each.id}" if each.id else ""
        what = "  ".join(part for part in (each.model, each.generation) if part)
        cost = f"  {amounts.in_credits(each.cost.normalize())}" if each.cost else ""
        head = t("batch.line", line=each.line)
        say.say((head, "bold"), f"{name}  ", (t(f"state.{state}"), _COLOURS.get(state, "cyan")), f"  {what}{cost}")
        if each.error is not None:
            say.say("  ", (str(each.error.get("message", "")), "red"))


def events(session: Session, found: Sequence[BatchEvent]) -> None:
    """Print a history."""
    for each in found:
        more = each.data.get("words") or ", ".join(f"{key} {value}" for key, value in each.data.items() if value)
        session.screen.say((f"{clock(each.at)}  ", "dim"), f"{each.name:<10} ", (str(more), "dim"))


def stage(batch: Batch) -> Stage:
    """Return a batch as a part that is seen while it is under way."""
    parts = [f"{t(f'state.{name}')} {many}" for name in ("failed", "refused", "fed") if (many := getattr(batch, name))]
    if batch.spent:
        parts.append(amounts.in_credits(batch.spent.normalize()))
    return Stage(batch.name or batch.id, standing(batch), over(batch), batch.items, ", ".join(parts))


async def exported(pages: AsyncIterator[bytes], path: Path) -> int:
    """Write pages to a file, whole or not at all, or to standard output ("-"); returns how many bytes."""
    if str(path) == "-":
        return await _copied(pages, sys.stdout.buffer)
    with whole(path) as file:
        return await _copied(pages, file)


async def _copied(pages: AsyncIterator[bytes], file: Any) -> int:
    number = 0
    async for page in pages:
        file.write(page)
        number += len(page)
    file.flush()
    return number
