"""Endpoints, and what they were sent, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kie.cli import amounts
from kie.cli.generations import clock
from kie.cli.lang import t
from kie.cli.screen import Column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kie.cli.session import Session
    from kie.service.notifications.rows import Attempt, Delivery, Endpoint

__all__ = ["MOST", "STATES", "answer", "attempts", "deliveries", "one", "secret", "table"]

#: As the facet has them; the service is not imported for help.
STATES, MOST = ("waiting", "delivered", "failed"), 1000
_COLOURS = {"delivered": "green", "failed": "red"}


def _standing(endpoint: Endpoint) -> str:
    key = f"{endpoint.state}-{endpoint.why}" if endpoint.why else endpoint.state
    return t(f"endpoints.state-{key}")


def table(session: Session, found: Sequence[Endpoint]) -> None:
    """Print endpoints; never a secret."""
    if session.wants_json:
        return
    if not found:
        session.screen.note((t("endpoints.none"), "dim"))
        return
    columns = [
        Column(t("column.id"), fold=False),
        Column(t("column.project")),
        Column(t("endpoints.url")),
        Column(t("endpoints.events")),
        Column(t("column.state")),
    ]
    rows = [
        [
            each.id,
            each.project or t("budget.all"),
            each.url,
            " ".join(each.types) or t("budget.all"),
            _standing(each),
        ]
        for each in found
    ]
    session.screen.table(columns, rows)


def one(session: Session, endpoint: Endpoint) -> None:
    """Print all that is known of an endpoint."""
    say = session.screen
    say.say((endpoint.id, "bold"), f"  {endpoint.url}  ", (_standing(endpoint), "cyan"))
    facts = [
        ("generations.project", endpoint.project or t("budget.all")),
        ("endpoints.events", " ".join(endpoint.types) or t("budget.all")),
        ("endpoints.about", endpoint.description),
        ("generations.created", clock(endpoint.created)),
        ("endpoints.failing", clock(endpoint.failing) if endpoint.failing is not None else ""),
    ]
    say.facts(facts)


def secret(session: Session, text: str) -> None:
    """Print a secret, and what it is for; with ``--json`` it stands in the document alone."""
    if not session.wants_json:
        session.screen.say((text, "bold"))
    session.screen.note(t("endpoints.keep"))


def answer(attempt: Attempt | None) -> str:
    """Return what came of an attempt."""
    if attempt is None:
        return "–"
    what = attempt.error or f"HTTP {attempt.status}"
    return f"{what} ({amounts.seconds(attempt.took)})"


def deliveries(session: Session, found: Sequence[Delivery]) -> None:
    """Print deliveries."""
    if session.wants_json:
        return
    if not found:
        session.screen.note((t("endpoints.no-deliveries"), "dim"))
        return
    columns = [
        Column(t("endpoints.number"), right=True),
        Column(t("column.when")),
        Column(t("endpoints.event")),
        Column(t("endpoints.subject"), fold=False),
        Column(t("column.state")),
        Column(t("endpoints.tries"), right=True),
        Column(t("endpoints.last")),
        Column(t("endpoints.message"), fold=False),
    ]
    rows = [
        [
            str(each.number),
            clock(each.created),
            each.type,
            each.subject or "–",
            t(f"endpoints.delivery-{each.state}"),
            str(each.attempts),
            answer(each.last),
            each.message,
        ]
        for each in found
    ]
    session.screen.table(columns, rows)


def attempts(session: Session, found: Sequence[Attempt]) -> None:
    """Print attempts, with the beginning of what was answered."""
    say = session.screen
    if not found:
        say.note((t("endpoints.no-attempts"), "dim"))
    for each in found:
        right = each.status is not None and 200 <= each.status < 300  # noqa: PLR2004 - what counts as heard
        say.say((f"{clock(each.at)}  ", "dim"), (answer(each), _COLOURS["delivered" if right else "failed"]))
        if each.excerpt:
            say.say("  ", (each.excerpt, "dim"))
