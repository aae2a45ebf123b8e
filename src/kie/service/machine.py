"""What can become of a generation: a table of transitions. Each is one transaction, with its event.

    held ──claimed──> submitting ──accepted──> waiting ──done──> storing ──stored──> succeeded
     ^ │               │    │ │                │  │                 │
     │ │               │    │ └──refused──┐    │  └─failed─┐        └──gone──> failed
     │ └─reused─────── │ ── │ ─────────── │ ── │ ───────── │ ─────────────────> succeeded
     └───returned──────┘    v             v    v           v
                        uncertain ─────> failed          failed
                            │  ^
                 adopted    │  └──overdue── waiting
                 (callback) v
                          waiting

A submission may be answered after a person has sent its generation again, and a callback of the first attempt may
come then: so what is ``held`` once more can be accepted and adopted too.

``requested`` is a generation that is not written yet: it is created as ``held``, or not at all.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

__all__ = ["ENDED", "TRANSITIONS", "Event", "State", "Transition"]


class State(StrEnum):
    """Where a generation is."""

    HELD = "held"  # its price is held; it waits for its turn
    SUBMITTING = "submitting"  # it may be on its way to the vendor: from here on money may be spent
    WAITING = "waiting"  # the vendor works on it
    STORING = "storing"  # it is done, its files are being fetched
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNCERTAIN = "uncertain"  # only evidence leads out: a callback, the vendor's record, or a person


ENDED = frozenset({State.SUCCEEDED, State.FAILED, State.CANCELLED})


class Event(StrEnum):
    """What happens to it."""

    CLAIMED = "claimed"
    ACCEPTED = "accepted"
    ANSWERED = "answered"  # the answer to the submission was the result itself
    REFUSED = "refused"
    RETURNED = "returned"
    LOST = "lost"
    ADOPTED = "adopted"
    OVERDUE = "overdue"
    DONE = "done"
    FAILED = "failed"
    STORED = "stored"
    GONE = "gone"
    CANCELLED = "cancelled"
    DISMISSED = "dismissed"  # a person says that there is no task, and that it is to be left
    REQUEUED = "requeued"  # a person says that there is no task, and that it is to be sent again
    REUSED = "reused"  # an identical request has brought the result


class Transition(NamedTuple):
    """From which states an event leads where."""

    before: frozenset[State]
    after: State


def _from(*before: State, to: State) -> Transition:
    return Transition(frozenset(before), to)


TRANSITIONS: dict[Event, Transition] = {
    Event.CLAIMED: _from(State.HELD, to=State.SUBMITTING),
    Event.ACCEPTED: _from(State.SUBMITTING, State.UNCERTAIN, State.HELD, to=State.WAITING),
    Event.ANSWERED: _from(State.SUBMITTING, State.UNCERTAIN, State.HELD, to=State.STORING),
    Event.REFUSED: _from(State.SUBMITTING, State.UNCERTAIN, to=State.FAILED),  # an answer may come late
    Event.RETURNED: _from(State.SUBMITTING, State.UNCERTAIN, to=State.HELD),
    Event.LOST: _from(State.SUBMITTING, to=State.UNCERTAIN),
    Event.ADOPTED: _from(State.SUBMITTING, State.UNCERTAIN, State.HELD, to=State.WAITING),
    Event.OVERDUE: _from(State.WAITING, to=State.UNCERTAIN),
    Event.DONE: _from(State.WAITING, State.UNCERTAIN, to=State.STORING),
    Event.FAILED: _from(State.WAITING, State.UNCERTAIN, to=State.FAILED),
    Event.STORED: _from(State.STORING, to=State.SUCCEEDED),
    Event.GONE: _from(State.STORING, to=State.FAILED),
    Event.CANCELLED: _from(State.HELD, to=State.CANCELLED),
    Event.DISMISSED: _from(State.UNCERTAIN, to=State.FAILED),
    Event.REQUEUED: _from(State.UNCERTAIN, to=State.HELD),
    Event.REUSED: _from(State.HELD, to=State.SUCCEEDED),
}
