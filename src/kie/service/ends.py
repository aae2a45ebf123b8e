"""Who is told of the end of a generation: it is written down in the transaction of the end itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kie.service.machine import State
from kie.service.messages import LISTENED, listening
from kie.store.work import Statement

if TYPE_CHECKING:
    from kie.store.work import Work

__all__ = ["RETURNED", "Ended", "tell"]

#: What a transition returns, so that nothing has to be read again.
RETURNED = f"project, model, account, caller, created, batch, flow, notify, {LISTENED}"


class Ended(NamedTuple):
    """A generation that has come to a state of which others are told; ``listened`` where there are endpoints at all."""

    name: str
    state: State
    project: str
    model: str
    account: str
    caller: str
    created: float
    batch: str | None
    flow: str | None
    notify: str | None
    listened: bool


def tell(ended: Ended, now: float) -> Work[None]:
    """Write down who is to be told: the batch, the flow, those who asked for a notification."""
    targets = [("notify", ended.notify)]
    if ended.state is not State.UNCERTAIN:  # the others wait for its end
        targets += [("batch", ended.batch), ("flow", ended.flow)]
    for kind, target in targets:
        if target is not None:
            yield Statement(
                "INSERT INTO outbox (at, kind, target, generation, state) VALUES (?, ?, ?, ?, ?)",
                (now, kind, target, ended.name, ended.state.value),
            )
    if ended.listened:
        yield listening(ended.name, ended.project, ended.state.value, now)
