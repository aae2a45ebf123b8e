"""Taking a run up again after it has ended. What was paid for and is there is never done again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kie.errors import InvalidInput
from kie.service.flows.deeds import happened
from kie.service.flows.rows import load_run
from kie.service.flows.running import shape_of
from kie.store.work import Statement

if TYPE_CHECKING:
    from kie.service.flows.shape import Shape
    from kie.store.work import Work

__all__ = ["take_up"]


def take_up(run: str, now: float, step: str | None = None, *, failed: bool = False) -> Work[None]:
    """Let a run that has ended go on.

    Items that did not succeed are forgotten, and local steps that come after them; so they are begun anew, under other
    names than before.

    Args:
        run: which.
        now: Unix seconds.
        step: only what failed of this step.
        failed: a run that has succeeded may be taken up too, for the sake of what failed in it.

    Raises:
        InvalidInput: it has not ended, or nothing is left to do.

    """
    found = yield from load_run(run, lock=True)
    allowed = ("succeeded", "failed", "cancelled") if failed else ("failed", "cancelled")
    if found is None or found.state not in allowed:
        state = "not there" if found is None else found.state
        raise InvalidInput(f"{run} is {state}; only what has ended can be taken up again.", field="run")
    given_up = yield Statement("SELECT deleted FROM flow_run WHERE id = ?", (run,))
    if given_up[0][0] is not None:
        raise InvalidInput(
            f"The files of {run} were given up by a rule of retention: it cannot be taken up again.",
            field="run",
            hint="Start a new one.",
        )
    if step is not None and step not in shape_of(found.declaration).flow.steps:
        raise InvalidInput(f"{run} has no step {step!r}.", field="step")
    where, values = (" AND step = ?", (step,)) if step is not None else ("", ())
    rows = yield Statement(
        f"SELECT DISTINCT step FROM flow_item WHERE run = ? AND state IN ('failed', 'cancelled'){where}",  # noqa: S608
        (run, *values),
    )
    if not rows and (failed or found.state == "succeeded"):
        raise InvalidInput(f"Nothing of {run}{f' in {step}' if step else ''} has failed.", field="run")
    touched = {str(name) for (name,) in rows}
    yield Statement(
        f"DELETE FROM flow_item WHERE run = ? AND state IN ('failed', 'cancelled'){where}",  # noqa: S608
        (run, *values),
    )
    shape = shape_of(found.declaration)
    for name in sorted(touched | _after(shape, touched)):
        # What was left out because something was missing gets another chance; what is free is made anew after it.
        again = shape.flow.steps[name].run is not None and name in _after(shape, touched)
        states = "'skipped', 'succeeded'" if again else "'skipped'"
        yield Statement(
            f"DELETE FROM flow_item WHERE run = ? AND step = ? AND state IN ({states})",  # noqa: S608 - our own words
            (run, name),
        )
        if again:
            yield Statement("DELETE FROM flow_file WHERE run = ? AND step = ?", (run, name))
    yield Statement("UPDATE flow_step SET settled = 0 WHERE run = ?", (run,))
    yield Statement(
        "UPDATE flow_run SET state = 'running', ended = NULL, attempt = attempt + 1, worker = '', outputs = NULL,"
        " error = NULL, note = NULL WHERE id = ?",
        (run,),
    )
    yield happened(run, now, "resumed", step)


def _after(shape: Shape, touched: set[str]) -> set[str]:
    """The steps that come after others, directly or not."""
    found = set[str]()
    for name in shape.order:
        if shape.before[name] & (touched | found):
            found.add(name)
    return found
