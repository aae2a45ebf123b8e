"""A generation as it is read from the database."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from kie.service.amounts import to_credits
from kie.service.files.files import more
from kie.service.machine import ENDED, State
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from kie.store.work import Work

__all__ = ["Artefact", "Generation", "Happening", "load"]


_NO_FACTS: Mapping[str, Any] = {}


class Artefact(NamedTuple):
    """A file of a finished generation, in the artefact store.

    Attributes:
        id: its name.
        role: "output", the name of an extra ("cover", "stream"), or what was made of an output: "thumbnail" (a WebP of
            at most 512 pixels a side), "waveform" (JSON: "duration" in seconds and "peaks" from 0 to 255).
        position: which of its role, from 0; a thumbnail and a waveform have that of their output.
        sha256: of its content, in hex: where it lies in the store.
        size: bytes.
        type: media type by the bytes, not by what the host claimed.
        width: pixels, as it is to be shown; None where there are none, or the file could not be understood.
        height: pixels.
        duration: seconds; None as for ``width``.
        facts: what else is known: "frame_rate", "sample_rate" (Hz), "channels", "codec", "audio_codec", "characters",
            "lines".

    """

    id: str
    role: str
    position: int
    sha256: str
    size: int
    type: str
    width: int | None = None
    height: int | None = None
    duration: float | None = None
    facts: Mapping[str, Any] = _NO_FACTS


class Happening(NamedTuple):
    """One entry of a generation's history.

    Attributes:
        number: ascending over all generations.
        generation: whose.
        at: Unix seconds.
        name: a word of ``machine.Event``, or "created", "progress".
        state: the state after it.
        data: what else is known, or None.

    """

    number: int
    generation: str
    at: float
    name: str
    state: State
    data: dict[str, Any] | None


class Generation(NamedTuple):
    """A generation. Times are Unix seconds, amounts credits.

    Attributes:
        id: ours, ordered by time.
        project: whose budget pays.
        model: the catalogue's id.
        input: as it is sent.
        state: see ``machine.State``.
        task: the vendor's id, once it is known.
        created: when it was asked for.
        submitted: when it was sent, or None.
        ended: when it ended, or None.
        estimate: what it was to cost, or None where no price is known.
        held: what is held for it now.
        cost: what it did cost, or None as long as that is not known.
        cost_from: where the cost is known from: "reported" by the vendor, the price "rule", the account's "balance";
            "reused" from another generation; or "unknown" (then it counts as nothing).
        progress: 0..1, or None.
        result: links, text and data of the vendor's record, once it is done.
        error: "code", "message" and what to do, when it failed or is uncertain.
        polls: how often the vendor was asked.
        artefacts: its files, outputs first.
        starred: whether rules of retention spare it, unless they say otherwise.
        deleted: when its files were removed, or None.

    """

    id: str
    project: str
    model: str
    input: dict[str, Any]
    state: State
    task: str | None
    created: float
    submitted: float | None
    ended: float | None
    estimate: Decimal | None
    held: Decimal
    cost: Decimal | None
    cost_from: str | None
    progress: float | None
    result: dict[str, Any] | None
    error: dict[str, Any] | None
    polls: int
    artefacts: tuple[Artefact, ...] = ()
    starred: bool = False
    deleted: float | None = None

    @property
    def outputs(self) -> tuple[Artefact, ...]:
        """The files that the model has made, without what was made of them."""
        return tuple(each for each in self.artefacts if each.role == "output")

    @property
    def final(self) -> bool:
        """Whether it has ended."""
        return self.state in ENDED


COLUMNS = (
    "id, project, model, input, state, task, created, submitted, ended, estimate, held, cost, cost_from, progress,"
    " result, error, polls, starred, deleted"
)


def read(row: tuple[Any, ...], artefacts: tuple[Artefact, ...] = ()) -> Generation:
    """Make a generation of a row of COLUMNS."""
    (id_, project, model, given, state, task, created, submitted, ended, estimate, held, *rest) = row
    cost, cost_from, progress, result, error, polls, starred, deleted = rest
    return Generation(
        id_,
        project,
        model,
        json.loads(given),
        State(state),
        task,
        created,
        submitted,
        ended,
        None if estimate is None else to_credits(estimate),
        to_credits(held),
        None if cost is None else to_credits(cost),
        cost_from,
        progress,
        None if result is None else json.loads(result),
        None if error is None else json.loads(error),
        polls,
        artefacts,
        bool(starred),
        deleted,
    )


def load(name: str) -> Work[Generation | None]:
    """Read one generation with its files."""
    rows = yield Statement(f"SELECT {COLUMNS} FROM generation WHERE id = ?", (name,))  # noqa: S608 - our own names
    if not rows:
        return None
    if rows[0][4] != State.SUCCEEDED:  # files are written down with that
        return read(rows[0])
    files = yield Statement(
        "SELECT id, role, position, sha256, size, type, width, height, duration, facts FROM artefact"
        " WHERE generation = ? ORDER BY CASE WHEN role = 'output' THEN 0 ELSE 1 END, role, position",
        (name,),
    )
    return read(rows[0], tuple(Artefact._make((*file[:9], more(file[9]))) for file in files))


def happenings(name: str, after: int = 0) -> Work[list[Happening]]:
    """Read the history of one generation, from after an entry's number on."""
    rows = yield Statement(
        "SELECT number, generation, at, name, state, data FROM event WHERE generation = ? AND number > ?"
        " ORDER BY number",
        (name, after),
    )
    told = [None if row[5] is None else json.loads(row[5]) for row in rows]
    return [Happening._make((*row[:4], State(row[4]), data)) for row, data in zip(rows, told, strict=True)]
