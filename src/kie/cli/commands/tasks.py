"""``kie task`` and ``kie wait``: a task known by its id."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from kie.cli import amounts
from kie.cli.base import Argument, Number, Option
from kie.cli.lang import t
from kie.cli.options import command, model_option, money_options, out_option
from kie.cli.progress import Watch
from kie.cli.runner import fetch, finish, result_record, tell_rate, tell_result, writable
from kie.errors import ModelUnavailable, TaskNotFound

if TYPE_CHECKING:
    from kie.cli.session import Session
    from kie.client.results import Task
    from kie.wire.state import TaskState

__all__ = ["task", "wait"]

#: A model of the most common dialect: its record names the model itself.
_ANY = "nano-banana-2"


def _task(session: Session, task_id: str, model: str | None) -> Task:
    """Return the task of an id; without a model, the record is asked which it is.

    Raises:
        TaskNotFound: no record of that id where most models have theirs.

    """
    if model:
        return session.kie.task(model, task_id)
    if task_id.startswith("veo_task_"):  # ids of the Veo endpoints say so themselves
        return (
            session.kie.task("veo/generate", task_id) if "veo/generate" in session.catalogue else _any(session, task_id)
        )
    return _any(session, task_id)


def _any(session: Session, task_id: str) -> Task:
    found = session.kie.task(_ANY, task_id)
    try:
        state = found.refresh()
    except TaskNotFound as error:
        error.model, error.hint = None, t("task.name-model")
        raise
    name = state.raw.get("model") if isinstance(state.raw, dict) else None
    if isinstance(name, str):
        with contextlib.suppress(ModelUnavailable):
            found = session.kie.task(session.catalogue.resolve(name, retired=True).model.id, task_id)
    return found


@command(
    "task",
    Argument(["task_id"], metavar="ID"),
    model_option("opt.task-model"),
    *money_options(),
    talks=True,
    examples=("kie task 4fc6c89c… --model kling-3.0/video",),
)
def task(session: Session, *, task_id: str, model: str | None) -> int:
    """Ask once for the state of a task."""
    found = _task(session, task_id, model)
    state = found.refresh()
    say = session.screen
    colour = {"succeeded": "green", "failed": "red"}.get(state.state, "cyan")
    share = ""
    if state.progress is not None and not state.final:
        share = " " + t("unit.percent", count=round(state.progress * 100))
    say.say((found.model.id, "bold"), f"  {found.id}  ", (t(f"state.{state.state}") + share, colour))
    for url in state.outputs:
        say.say("  ", url)
    if state.text:
        say.say("  ", state.text)
    if state.error:
        say.say("  ", (f"{state.error.code} {state.error.message}".strip(), "red"))
    if state.credits is not None:
        say.say("  ", amounts.money(state.credits, session.currency))
    say.document(_record(session, found, state))
    return 0


def _record(session: Session, found: Task, state: TaskState) -> dict[str, Any]:
    return {
        "model": found.model.id,
        "task_id": found.id,
        "state": state.state,
        "progress": state.progress,
        "outputs": list(state.outputs),
        "text": state.text,
        "data": state.data,
        "error": state.error._asdict() if state.error else None,
        "price": amounts.money_record(state.credits, session.currency),
    }


@command(
    "wait",
    Argument(["task_id"], metavar="ID"),
    model_option("opt.task-model"),
    out_option(),
    Option(["--timeout"], help="opt.timeout", metavar="SECONDS", type=Number(0)),
    *money_options(),
    talks=True,
    examples=("kie wait 4fc6c89c… --model kling-3.0/video -o out",),
)
def wait(session: Session, *, task_id: str, model: str | None, folder: str, timeout: Any) -> int:
    """Wait for a task and save its results."""
    target = writable(folder)
    found = _task(session, task_id, model)
    session.under_way.append(found)
    with Watch(session.screen, found.model.id) as watch:
        result = finish(session, found, timeout, watch)
    saved = fetch(result, target)
    tell_result(session, result, saved)
    if result.credits is not None:
        tell_rate(session)
    session.screen.document(result_record(session, result, saved))
    return 0
