"""Rows of files: what a generation refers to, and what nothing may refer to any more.

A content is removed in steps, so that it cannot be lost to a generation that stores the same just then. With the last
row that may refer to it, it becomes ``doomed``. Later than any transaction lasts, a sweep looks whether a row refers to
it: if none does it is ``removing``, then it is removed, then ``removed``, which stays written for a day. Whoever wants
to refer to a content looks here in the same transaction: what is doomed is rescued; what is being removed is waited
for; what was removed is put once more, *after* that was seen. See ``rescue``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from kie.client.sniff import family
from kie.ids import new_id
from kie.service.files.media.looking import EDGE, SHOWN, SMALL
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kie.service.files.facts import Facts
    from kie.store.work import Work

__all__ = [
    "OUTPUT",
    "REFERRING",
    "THUMBNAIL",
    "WAVEFORM",
    "Kept",
    "doom",
    "insert",
    "more",
    "referred",
    "removed",
    "rescue",
    "worth_a_preview",
]

#: The tables whose rows refer to contents, each by its column sha256.
REFERRING = ("artefact", "flow_file")
OUTPUT, THUMBNAIL, WAVEFORM = "output", "thumbnail", "waveform"


class Kept(NamedTuple):
    """A file that is safe in the store.

    Attributes:
        role: "output", the name of an extra, "thumbnail" or "waveform".
        position: which of its role, from 0; that of the output of which it is a preview.
        digest: SHA-256 of its content.
        size: bytes.
        facts: what is known of it.

    """

    role: str
    position: int
    digest: str
    size: int
    facts: Facts


def insert(generation: str, kept: Iterable[Kept], now: float, *, previews: bool = False) -> Work[None]:
    """Let a generation refer to files; those that are worth it get a preview later."""
    for role, position, digest, size, facts in kept:
        due = now if previews and role == OUTPUT and worth_a_preview(facts, size) else None
        yield Statement(
            "INSERT INTO artefact (id, generation, position, role, sha256, size, type, at, width, height, duration,"
            " facts, preview_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (generation, role, position) DO NOTHING",
            (
                new_id("art"),
                generation,
                position,
                role,
                digest,
                size,
                facts.type,
                now,
                facts.width,
                facts.height,
                facts.duration,
                json.dumps(facts.more) if facts.more else None,
                due,
            ),
        )


def worth_a_preview(facts: Facts, size: int) -> bool:
    """Whether a small picture of a file would tell more than the file itself."""
    kind = family(facts.type)
    if kind == "image":
        if facts.width is None or facts.height is None:
            return facts.type not in SHOWN or facts.type == "image/avif"  # a header that is none is no picture
        return max(facts.width, facts.height) > EDGE or size > SMALL or facts.type not in SHOWN
    return kind in ("video", "audio") and facts.type != "audio/midi"


def rescue(digests: Sequence[str], seen: Mapping[str, float]) -> Work[dict[str, float | None]]:
    """See, before rows refer to contents, that these are there to stay.

    Args:
        digests: contents that were put.
        seen: those of which this worker knew, before it put them, that they had been removed: and when.

    Returns:
        Nothing where all are there. Else the contents that may be gone: when they were removed (to be put again), or
        None where they are being removed just now (to be waited for).

    """
    marks = ", ".join("?" * len(digests))
    rows = yield Statement(
        f"SELECT sha256, state, at FROM doomed WHERE sha256 IN ({marks}) ORDER BY sha256{{for_update}}",  # noqa: S608
        tuple(digests),
    )
    if not rows:
        return {}
    lost = {
        digest: None if state == "removing" else at
        for digest, state, at in rows
        if state == "removing" or (state == "removed" and seen.get(digest) != at)
    }
    if not lost:
        for digest, _, _ in rows:
            yield Statement("DELETE FROM doomed WHERE sha256 = ?", (digest,))
    return lost


def removed(digests: Sequence[str]) -> Work[dict[str, float]]:
    """Return which contents were removed, and when: what ``rescue`` is to be told of those that are put after this."""
    marks = ", ".join("?" * len(digests))
    rows = yield Statement(
        f"SELECT sha256, at FROM doomed WHERE state = 'removed' AND sha256 IN ({marks})",  # noqa: S608 - marks alone
        tuple(digests),
    )
    return {str(digest): float(at) for digest, at in rows}


def referred(digests: Sequence[str]) -> Work[set[str]]:
    """Return to which of these contents a row refers, of whatever table."""
    marks = ", ".join("?" * len(digests))
    found: set[str] = set()
    for table in REFERRING:
        rows = yield Statement(
            f"SELECT DISTINCT sha256 FROM {table} WHERE sha256 IN ({marks})",  # noqa: S608 - our own names
            tuple(digests),
        )
        found |= {str(row[0]) for row in rows}
    return found


def doom(digests: Iterable[str], now: float) -> Work[None]:
    """Note contents to which rows referred, or of which no row is known: unless one still does, they are removed."""
    for digest in sorted(set(digests)):
        yield Statement(
            "INSERT INTO doomed (sha256, at, state) VALUES (?, ?, 'doomed') ON CONFLICT (sha256) DO UPDATE"
            " SET at = excluded.at, state = 'doomed', tries = 0 WHERE doomed.state = 'removed'",
            (digest, now),
        )


def more(text: Any) -> dict[str, Any]:
    """Read what else is known of a file."""
    return json.loads(text) if text else {}
