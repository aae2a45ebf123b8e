"""A generation of the service, for people and as a record."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from kie.cli import amounts
from kie.cli.lang import t

if TYPE_CHECKING:
    from kie.cli.session import Session
    from kie.service.generation import Generation, Happening

__all__ = ["COLOURS", "clock", "happening_record", "record", "tell", "tell_happening"]

COLOURS = {"succeeded": "green", "failed": "red", "uncertain": "red", "cancelled": "yellow"}


def clock(at: float | None) -> str:
    """Return a time for people, in their own zone."""
    return "–" if at is None else time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(at))


def record(session: Session, generation: Generation) -> dict[str, Any]:
    """Return a generation for a JSON document."""
    found = generation._asdict()
    found["state"] = generation.state.value
    found["artefacts"] = [artefact._asdict() for artefact in generation.artefacts]
    found["price"] = amounts.money_record(generation.cost, session.currency)
    return found


def happening_record(happening: Happening) -> dict[str, Any]:
    """Return an entry of a history for a JSON document."""
    return {**happening._asdict(), "state": happening.state.value}


def tell(session: Session, generation: Generation) -> None:
    """Print all that is known of a generation."""
    say = session.screen
    state = generation.state.value
    say.say((generation.id, "bold"), f"  {generation.model}  ", (t(f"state.{state}"), COLOURS.get(state, "cyan")))
    facts = [
        ("generations.project", generation.project),
        ("generations.task", generation.task),
        ("generations.created", clock(generation.created)),
        ("generations.submitted", clock(generation.submitted)),
        ("generations.ended", clock(generation.ended) if generation.ended is not None else None),
        ("generations.estimate", _money(session, generation.estimate)),
        ("generations.held", _money(session, generation.held) if generation.held else None),
        ("generations.cost", _cost(session, generation)),
    ]
    say.facts(facts)
    if generation.error is not None:
        message = f"{generation.error.get('code', '')} {generation.error.get('message', '')}".strip()
        say.say("  ", (message, "red"))
        if generation.error.get("hint"):
            say.say("  ", generation.error["hint"])
    for artefact in generation.artefacts:
        about = f"  {artefact.type}  {amounts.size(artefact.size)}  sha256 {artefact.sha256}"
        say.say("  ", (f"{artefact.role} {artefact.position}", "bold"), (about, "dim"))


def tell_happening(session: Session, happening: Happening) -> None:
    """Print an entry of a history."""
    data = happening.data or {}
    more = data.get("message") or data.get("task") or data.get("source") or ""
    state = happening.state.value
    session.screen.say(
        (f"{clock(happening.at)}  ", "dim"),
        f"{happening.name:<10}  ",
        (t(f"state.{state}"), COLOURS.get(state, "cyan")),
        f"  {more}" if more else "",
    )


def _money(session: Session, credits: Any) -> str | None:  # noqa: A002 - the vendor's word for its money
    return None if credits is None else amounts.money(credits.normalize(), session.currency)


def _cost(session: Session, generation: Generation) -> str | None:
    if generation.cost is None:
        return None
    told = _money(session, generation.cost) or ""
    source = generation.cost_from
    return f"{told} ({t(f'cost.{source}')})" if source else told
