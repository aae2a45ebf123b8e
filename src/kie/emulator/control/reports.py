"""The control endpoints that report: verdict, journal as a HAR, the bill, the whole state, conformance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kie.emulator.control import conformance as known
from kie.emulator.control.har import export
from kie.emulator.control.routes import WrongRequest, number_of
from kie.emulator.control.snapshot import load, save
from kie.emulator.http import Response
from kie.emulator.money.bill import make_bill
from kie.emulator.verdict import judge
from kie.emulator.verdict.evidence import gather

if TYPE_CHECKING:
    from kie.emulator.http import Request
    from kie.emulator.world import World


def verdict(world: World, request: Request) -> dict[str, Any]:
    """What is to be said of the client; `ignore` names findings to leave out, with commas between them."""
    ignored = [name for name in request.query.get("ignore", "").split(",") if name]
    try:
        return judge(gather(world), ignored).to_json()
    except ValueError as wrong:
        raise WrongRequest(str(wrong)) from None


def har(world: World, request: Request) -> dict[str, Any]:
    """The journal as a HAR: notes after number `since`, the latest `limit` of them, of a `stage` and a `task`."""
    since = number_of(request, "since", 0, most=10**12)
    stage, task = request.query.get("stage", ""), request.query.get("task", "")
    chosen = [
        note
        for note in world.journal.notes()
        if note.number > since and (not stage or note.stage == stage) and (not task or note.task == task)
    ]
    return export(chosen[-number_of(request, "limit", 10**6, 1) :])


def bill(world: World, _request: Request) -> Response:
    """What the calls would have cost, as text."""
    return Response(200, f"{make_bill(world.ledger)}\n".encode(), "text/plain; charset=utf-8")


def snapshot(world: World, _request: Request) -> Response:
    """The whole state as one document."""
    try:
        return Response(200, save(world))
    except TimeoutError as wrong:
        raise WrongRequest(str(wrong), 409) from None


def restore(world: World, request: Request) -> dict[str, Any]:
    """Goes on from the document in the body."""
    try:
        load(world, request.body)
    except ValueError as wrong:
        raise WrongRequest(str(wrong)) from None
    except TimeoutError as wrong:
        raise WrongRequest(str(wrong), 409) from None
    return {"restored": True, "tasks": len(world.tasks)}


def conformance(world: World, _request: Request) -> dict[str, Any]:
    """What the emulator does and how that is known."""
    return known.report(world.quirks)


def conformance_page(world: World, _request: Request) -> Response:
    """The same as a page in Markdown."""
    return Response(200, known.markdown(world.quirks).encode(), "text/markdown; charset=utf-8")
