"""Small pictures of what is stored: a thumbnail of an image or a video, a waveform of a sound.

They are made after a generation has succeeded, by a process of low priority: no end of a generation waits for them, and
none fails by them. Files of the same content share one.
"""

from __future__ import annotations

import hashlib
import json
import logging
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from kie.client.sniff import family
from kie.service.files import files
from kie.service.files.facts import Facts, by_header, of_record
from kie.service.files.files import OUTPUT, THUMBNAIL, WAVEFORM, Kept
from kie.service.files.media.process import Media
from kie.service.transitions import happened
from kie.store.errors import ArtefactMissing, ArtefactsUnavailable
from kie.store.work import Statement

if TYPE_CHECKING:
    from pathlib import Path

    from kie.service.context import Context
    from kie.store.work import Work

__all__ = ["Previewer"]

_LOG = logging.getLogger("kie.service")
#: Files that are claimed at once; they are looked at one after the other.
_MOST = 8
#: Seconds for which a claim holds, and between two looks where nothing woke the duty.
_LEASE, _PAUSE = 300.0, 30.0
#: How often a file is looked at whose worker ended each time.
_LOOKS = 3
#: How often a preview whose content was removed meanwhile is put again.
_AGAIN = 3


class _Due(NamedTuple):
    digest: str
    type: str
    size: int
    looks: int


class Previewer:
    """Makes previews.

    Args:
        context: of the service.

    """

    name = "preview"

    def __init__(self, context: Context) -> None:
        self._context = context
        self._media = Media()

    async def stop(self) -> None:
        """What was begun is begun again by whoever comes next, when the claim has run out."""
        await self._media.close()

    async def step(self) -> float:
        """Look at what was stored last."""
        now = self._context.clock()
        due = await self._context.database.write(partial(_claim, now))
        for each in due:
            try:
                await self._look(each)
            except ArtefactMissing:  # it was deleted meanwhile
                await self._context.database.write(partial(_done, each.digest))
            except ArtefactsUnavailable as error:
                _LOG.info("no previews for now: %s", error)
                return _PAUSE
        return 0.0 if len(due) == _MOST else _PAUSE

    async def _look(self, due: _Due) -> None:
        context, facts, made = self._context, None, None
        if due.looks < _LOOKS:
            async with context.artefacts.local(due.digest) as path:
                facts = await self._facts(path, due)
                made = await self._media.preview(path, facts.type)
        kept, content = None, b""
        if made is not None:
            kind, content = made
            digest = hashlib.sha256(content).hexdigest()
            role = THUMBNAIL if family(kind) == "image" else WAVEFORM
            kept = Kept(role, 0, digest, len(content), by_header(content, kind))
        seen: dict[str, float] = {}
        for _ in range(_AGAIN):
            if kept is not None:
                await context.artefacts.put(kept.digest, content)
            work = partial(_looked, due.digest, facts, kept, context.clock(), seen)
            lost, names = await context.database.write(work)
            for name in names:
                context.tell(name)
            if not lost or None in lost.values():
                return
            seen |= {digest: at for digest, at in lost.items() if at is not None}

    async def _facts(self, path: Path, due: _Due) -> Facts:
        facts = by_header(path, due.type)
        if facts.known:
            return facts
        return of_record(facts.type, await self._media.look(path, facts.type))


def _claim(now: float) -> Work[list[_Due]]:
    """Claim contents: all rows of one are looked at together."""
    rows = yield Statement(
        "SELECT id, sha256, type, size, looks FROM artefact WHERE preview_at <= ? ORDER BY preview_at LIMIT ?{locked}",
        (now, _MOST),
    )
    for name, *_ in rows:
        yield Statement(
            "UPDATE artefact SET preview_at = ?, looks = looks + 1 WHERE id = ?",
            (now + _LEASE, name),
        )
    return list({row[1]: _Due(*row[1:]) for row in rows}.values())


def _done(digest: str) -> Work[None]:
    yield Statement("UPDATE artefact SET preview_at = NULL WHERE sha256 = ? AND preview_at IS NOT NULL", (digest,))


def _looked(
    digest: str, facts: Facts | None, kept: Kept | None, now: float, seen: dict[str, float]
) -> Work[tuple[dict[str, float | None], list[str]]]:
    """Write down what was found, at all that has this content.

    Returns why it was not (see ``files.rescue``), or the generations that have a preview now.
    """
    if kept is not None and (lost := (yield from files.rescue([kept.digest], seen))):
        later = "UPDATE artefact SET preview_at = ? WHERE sha256 = ? AND preview_at > ?"
        yield Statement(later, (now + _PAUSE, digest, now))
        return lost, []
    yield from _done(digest)
    if facts is not None and facts.known:
        more: Any = json.dumps(dict(facts.more)) if facts.more else None
        yield Statement(
            "UPDATE artefact SET type = ?, width = ?, height = ?, duration = ?, facts = ? WHERE sha256 = ?"
            " AND width IS NULL AND duration IS NULL",
            (facts.type, facts.width, facts.height, facts.duration, more, digest),
        )
    if kept is None:
        return {}, []
    rows = yield Statement(
        "SELECT a.generation, a.position, g.state FROM artefact a JOIN generation g ON g.id = a.generation"
        " WHERE a.sha256 = ? AND a.role = ? ORDER BY a.generation, a.position{for_update}",
        (digest, OUTPUT),
    )
    for name, position, state in rows:
        yield from files.insert(name, [kept._replace(position=position)], now)
        yield happened(name, now, "previewed", state, {"role": kept.role, "position": position})
    return {}, sorted({str(row[0]) for row in rows})
