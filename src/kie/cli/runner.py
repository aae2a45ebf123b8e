"""Submit, watch, save, tell: what every command that makes something does."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kie.cli import amounts
from kie.cli.lang import t
from kie.cli.progress import Watch
from kie.cli.session import resume_command
from kie.cli.shapes import shape_of
from kie.errors import InvalidInput, KieError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from kie.cli.session import Session
    from kie.client.results import Output, Result, Task

__all__ = [
    "Saved",
    "Sending",
    "fetch",
    "finish",
    "made",
    "result_record",
    "send",
    "tell_rate",
    "tell_result",
    "writable",
]


@dataclass(frozen=True)
class Sending:
    """How a task is sent and waited for: the options of ``kie run`` and its kind."""

    folder: str = "."
    no_wait: bool = False
    timeout: float | None = None
    max_credits: Decimal | None = None
    callback_url: str | None = None


@dataclass(frozen=True)
class Saved:
    """A result on disk."""

    output: Output
    path: Path
    shape: str
    name: str = ""


def writable(folder: str) -> Path:
    """Make the folder for results before anything is paid for.

    Raises:
        InvalidInput: it cannot be made or written to.

    """
    import os

    path = Path(folder).expanduser()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidInput(t("run.folder", path=path, error=error.strerror or error), field="-o") from None
    if not os.access(path, os.W_OK):
        raise InvalidInput(t("run.folder", path=path, error=t("run.not-writable")), field="-o")
    return path


def send(session: Session, model: str, inputs: Mapping[str, Any], sending: Sending, watch: Watch) -> Task:
    """Submit once; until the task is known, an interruption says that credits may have been spent."""
    session.submitting = model
    try:
        task = session.kie.submit(model, inputs, callback_url=sending.callback_url, max_credits=sending.max_credits)
    except KieError:
        session.submitting = None
        raise
    session.under_way.append(task)
    session.submitting = None
    watch.sent(task)
    return task


def finish(session: Session, task: Task, timeout: float | None, watch: Watch) -> Result:
    """Watch a task until it ends.

    Raises:
        TaskFailed, TaskTimeout: as for ``Task.wait``.

    """
    if not (task.state is not None and task.state.final):
        for state in task.events(None if timeout is None else float(timeout)):
            watch.show(state)
    session.under_way.remove(task)
    return task.wait(0)  # the end was seen, so this only reads it


def fetch(result: Result, folder: Path) -> list[Saved]:
    """Save all outputs into a folder.

    Raises:
        DownloadFailed: with the ids to resume by.

    """
    saved = []
    try:
        for output in result.outputs:
            path = output.save(f"{folder}/")
            saved.append(Saved(output, path, shape_of(path)))
    except KieError as error:
        raise error.about(model=result.model.id, task_id=result.task.id) from None
    return saved


def made(session: Session, model: str, inputs: Mapping[str, Any], sending: Sending, times: int = 1) -> int:
    """Make something and tell of it; return the exit code."""
    folder = writable(sending.folder)
    say = session.screen
    found = session.catalogue.resolve(model)
    if found.notice:
        say.note((found.notice, "dim"))
    kie = session.kie
    price, line = None, ""
    with contextlib.suppress(KieError):  # what is wrong with the input the submission says, with all that is missing
        price = kie.price(model, inputs)
        line = " · " + amounts.price_line(price, session.currency) + (f" × {times}" if times > 1 else "")
    say.note((found.model.id, "bold"), line)
    results: list[Result] = []
    records: list[dict[str, Any]] = []
    with Watch(
        say, found.model.id, amounts.in_credits(price.low) if price is not None and price.exact else ""
    ) as watch:
        tasks = [send(session, model, inputs, sending, watch) for _ in range(times)]
        if not sending.no_wait:
            results = [finish(session, task, sending.timeout, watch) for task in tasks]
    if sending.no_wait:
        records.extend(_told_without_waiting(session, task) for task in tasks)
    for result in results:
        saved = fetch(result, folder)
        tell_result(session, result, saved)
        records.append(result_record(session, result, saved))
    if any(result.credits is not None for result in results):
        tell_rate(session)
    say.document(records[0] if times == 1 else {"results": records})
    return 0


def _told_without_waiting(session: Session, task: Task) -> dict[str, Any]:
    say, model = session.screen, task.model.id
    resume = resume_command(model, task.id, session.folder)
    say.say(t("session.task", model=model, task=task.id))
    say.say(t("session.resume"), " ", (resume, "bold"))
    if session.kie.emulated:
        say.warn(t("run.emulator-ends"))
    return {"model": model, "task_id": task.id, "state": "submitted", "resume": resume}


def tell_result(session: Session, result: Result, saved: list[Saved]) -> None:
    """Print what was made, where it lies and what it cost."""
    say = session.screen
    say.note(("✓ ", "green bold"), t("run.done", time=amounts.seconds(result.elapsed)))
    for each in saved:
        shape = f"  {each.shape}" if each.shape else ""
        say.say("  ", (str(each.path), "bold"), (f"{shape}  {amounts.size(each.output.size)}", "dim"))
    if result.text:
        say.say(result.text)
    elif not saved and result.data is not None:
        import json

        say.say(json.dumps(result.data, ensure_ascii=False, indent=2))
    if result.credits is not None:
        say.say("  ", amounts.money(result.credits, session.currency))


def tell_rate(session: Session) -> None:
    """Say where the rate of the currency is our assumption."""
    note = amounts.rate_note(session.currency)
    if note:
        session.screen.note(("  " + note, "dim"))


def result_record(session: Session, result: Result, saved: list[Saved]) -> dict[str, Any]:
    """Return a result for a JSON document."""
    return {
        "model": result.model.id,
        "task_id": result.task.id,
        "state": result.state.state,
        "elapsed": round(result.elapsed, 3),
        "emulated": session.kie.emulated,
        "price": amounts.money_record(result.credits, session.currency),
        "outputs": [
            {
                "path": str(each.path),
                "url": each.output.url,
                "size": each.output.size,
                "content_type": each.output.content_type,
                "sha256": each.output.sha256,
                "shape": each.shape or None,
                "expires_at": each.output.expires_at,
            }
            for each in saved
        ],
        "extras": {name: [output.url for output in outputs] for name, outputs in result.extras.items()},
        "text": result.text,
        "data": None if saved else result.data,
    }
