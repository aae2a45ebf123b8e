"""Fetching the files of what is done, and keeping them: a generation has succeeded when all of them are safe.

Small files pass through memory and go to the disk together; large ones go to a nameless file first. While the store
cannot take files nothing is fetched, and nothing is sent either: what would be paid for could not be kept.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import random
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from kie.client.sniff import family
from kie.errors import DownloadFailed, KieError
from kie.service import claims, moves
from kie.service.context import noted
from kie.service.duty import BEAT
from kie.service.files import files
from kie.service.files.facts import by_header, of_record
from kie.service.files.files import OUTPUT, Kept, worth_a_preview
from kie.service.files.media.process import Media
from kie.service.machine import State
from kie.service.vendor import told
from kie.store.crash import crash_point
from kie.store.errors import ArtefactsUnavailable
from kie.store.work import Statement

if TYPE_CHECKING:
    from pathlib import Path

    from kie.client.download import Downloaded
    from kie.service.claims import Claimed
    from kie.service.context import Context
    from kie.service.files.facts import Facts
    from kie.service.vendor import Vendor
    from kie.store.work import Work

__all__ = ["Storer"]

_LOG = logging.getLogger("kie.service")
#: Generations whose files are fetched side by side, and how many may wait for that.
_FETCHES, _WAITING = 32, 256
#: Bytes of a file that pass through memory.
_MEMORY = 1 << 20
#: Seconds between two looks whether the store is well: while it is, and while it is not.
_WELL, _ILL = 60.0, 5.0
#: Attempts for which a file of another kind than the model makes is taken for a fault that passes.
_DOUBTED = 2
#: Attempts for which a file besides the outputs keeps its generation waiting.
_BESIDES = 3
#: How often a content that was removed meanwhile is put again in one attempt.
_AGAIN = 3
_FAMILIES = {"image": "image", "video": "video", "audio": "audio", "music": "audio"}
_HALT = "artefacts"


class _Wanted(NamedTuple):
    role: str
    position: int
    link: str


class Storer:
    """Fetches and keeps.

    Args:
        context: of the service.
        previews: whether thumbnails and waveforms are to be made of what is stored.

    """

    name = "store"

    def __init__(self, context: Context, *, previews: bool = True) -> None:
        self._context = context
        self._previews = previews
        self._media = Media()
        self._room = asyncio.Semaphore(_FETCHES)
        self._going: dict[str, asyncio.Task[None]] = {}
        self._renewed = self._checked = context.clock()
        self._well: bool | None = None
        self._incoming: Path | None = None
        context.halts[_HALT] = "The artefact store was not looked at yet."

    async def stop(self) -> None:
        """Nothing must be finished: whoever comes next fetches again."""
        going = list(self._going.values())
        for task in going:
            task.cancel()
        await asyncio.gather(*going, return_exceptions=True)
        await self._media.close()

    async def step(self) -> float:
        """Fetch what is due: what another worker left, or what could not be fetched."""
        now = self._context.clock()
        await self._renew(now)
        if not await self._is_well(now):
            return min(BEAT, claims.LEASE / 3)
        free = _FETCHES - len(self._going)
        if free <= 0:
            return min(BEAT, claims.LEASE / 3)
        rows = await self._context.database.write(lambda: claims.due((State.STORING,), free, now, self._context.worker))
        for row in rows:
            await self.begin(row)
        return 0.0 if len(rows) == free else min(BEAT, claims.LEASE / 3)

    async def begin(self, row: Claimed) -> None:
        """Fetch the files of a generation that this worker has claimed."""
        if row.id in self._going:
            return
        if self._well is False or len(self._going) >= _WAITING:
            now = self._context.clock()
            pause = 0.0 if self._well else _ILL
            await self._context.database.write(partial(moves.postpone, row.id, State.STORING, now + pause))
            return
        task = asyncio.create_task(self._fetch(row), name=f"storing {row.id}")
        self._going[row.id] = task
        task.add_done_callback(lambda _: self._going.pop(row.id, None))
        task.add_done_callback(noted)

    # ------------------------------------------------------------------------------------------- the store's health

    async def _is_well(self, now: float) -> bool:
        if self._well is not None and now - self._checked < (_WELL if self._well else _ILL):
            return self._well
        try:
            await self._context.artefacts.check()
            self._incoming = self._context.artefacts.incoming()
        except ArtefactsUnavailable as error:
            await self._ails(error)
            return False
        self._checked = now
        if not self._well:
            self._context.halts.pop(_HALT, None)
            if self._well is False:
                _LOG.warning("files can be put into %s again", self._context.artefacts.name)
                await self._context.database.write(partial(_now, now))
            self._well = True
            self._context.wake("send", "preview")
        return True

    async def _ails(self, error: ArtefactsUnavailable) -> None:
        """Nothing can be kept: nothing more is fetched, and nothing is paid for, until it can."""
        self._checked = self._context.clock()
        first, self._well = self._well is not False, False
        self._context.halts[_HALT] = error.message
        if first:
            await self._context.alert("artefacts", f"{error.message} Nothing is sent until it can. {error.hint or ''}")

    async def _renew(self, now: float) -> None:
        """Keep what is being fetched: a large file takes longer than a lease."""
        if self._going and not 0 <= now - self._renewed < claims.LEASE / 3:
            self._renewed = now
            await self._context.database.write(partial(_renewed, list(self._going), now, self._context.worker))

    # ------------------------------------------------------------------------------------------------ one generation

    async def _fetch(self, row: Claimed) -> None:
        async with self._room:
            try:
                await self._store(row)
            except ArtefactsUnavailable as error:
                await self._ails(error)
                await self._postpone(row, error, _ILL * random.uniform(1, 2), row.attempts)  # noqa: S311
            except Exception as error:  # noqa: BLE001 - it is paid for: it is fetched again, as long as its link lives
                await self._failed(row, error)

    async def _store(self, row: Claimed) -> None:
        context, result = self._context, row.result or {}
        wanted = [_Wanted(OUTPUT, number, link) for number, link in enumerate(result.get("outputs") or ())]
        for role, links in (result.get("extras") or {}).items():
            wanted += [_Wanted(role, number, link) for number, link in enumerate(links)]
        seen: dict[str, float] = {}
        lost: dict[str, float | None] = {}
        for _ in range(_AGAIN):
            kept = await self._all(row, wanted)
            there = [got for got in kept if got is not None]
            missing = [f"{each.role} {each.position}" for each, got in zip(wanted, kept, strict=True) if got is None]
            now = context.clock()
            crash_point("before-stored")
            work = partial(_stored, row.id, there, now, seen, {"missing": missing} if missing else None)
            lost, followers = await context.database.write(partial(work, previews=self._previews))
            if not lost:
                break
            seen |= {digest: at for digest, at in lost.items() if at is not None}
            if None in lost.values():  # being removed just now: it is fetched again when that is over
                await self._postpone(row, None, 1.0, row.attempts)
                return
        else:
            await self._postpone(row, None, 1.0, row.attempts)
            return
        crash_point("after-stored")
        context.tell(row.id)
        for name in followers or ():
            context.tell(name)
        context.wake("feed", "notify", "flow")
        if self._previews and any(each.role == OUTPUT and worth_a_preview(each.facts, each.size) for each in there):
            context.wake("preview")

    async def _all(self, row: Claimed, wanted: list[_Wanted]) -> list[Kept | None]:
        """Fetch files side by side; None for one besides the outputs that cannot be had."""
        if len(wanted) == 1:
            return [await self._one(row, wanted[0])]
        done = await asyncio.gather(*(self._one(row, each) for each in wanted), return_exceptions=True)
        kept: list[Kept | None] = []
        for each, outcome in zip(wanted, done, strict=True):
            if isinstance(outcome, DownloadFailed) and each.role != OUTPUT and row.attempts >= _BESIDES:
                _LOG.warning("%s goes without its %s: %s", row.id, each.role, outcome)
                kept.append(None)
            elif isinstance(outcome, BaseException):
                raise outcome
            else:
                kept.append(outcome)
        return kept

    async def _one(self, row: Claimed, wanted: _Wanted) -> Kept:
        """Fetch a file, find out what it is, and put it into the store."""
        artefacts = self._context.artefacts
        crash_point("before-download")
        crash_point("inside-download", after=0.002)
        vendor = self._vendor(row)
        position = wanted.position if wanted.role == OUTPUT else None
        folder = self._incoming or artefacts.incoming()
        try:
            done = await vendor.fetch(row, wanted.link, position, folder, _MEMORY)
        except OSError as error:
            raise ArtefactsUnavailable(
                f"What is fetched cannot be written: {error.strerror or error}.",
                hint=f"Make room on the disk of {artefacts.name}: what waits goes on by itself then.",
            ) from error
        crash_point("after-download")
        try:
            facts = await self._facts(row, wanted, done)
            await artefacts.put(done.sha256, done.path if done.path is not None else done.data or b"")
        finally:
            if done.path is not None:
                with contextlib.suppress(OSError):
                    done.path.unlink(missing_ok=True)
        crash_point("after-taken")
        return Kept(wanted.role, wanted.position, done.sha256, done.size, facts)

    def _vendor(self, row: Claimed) -> Vendor:
        """Tell by whom files are fetched: as long as a link lives that takes no key, which may not be here any more."""
        try:
            return self._context.accounts.vendor(row.account)
        except KieError as error:
            _LOG.warning("the files of %s are fetched without its account: %s", row.id, error)
            return self._context.accounts.vendor("")

    async def _facts(self, row: Claimed, wanted: _Wanted, done: Downloaded) -> Facts:
        content: bytes | Path = done.path if done.path is not None else done.data or b""
        facts = by_header(content, done.content_type)
        if family(facts.type) in ("video", "audio"):
            facts = of_record(facts.type, await self._looked(content, facts.type))
        kind = self._context.core.catalogue.resolve(row.model, retired=True).model.kind
        expected, found = _FAMILIES.get(kind), family(facts.type)
        if wanted.role == OUTPUT and expected and found in _FAMILIES.values() and found != expected:
            if row.attempts < _DOUBTED:
                raise DownloadFailed(f"{facts.type} came, and {row.model} makes {expected}.", model=row.model)
            _LOG.warning("%s of %s is %s, again and again: it is kept as it is", row.id, row.model, facts.type)
        return facts

    async def _looked(self, content: bytes | Path, kind: str) -> dict[str, Any]:
        """Ask the media process, which reads files."""
        if not isinstance(content, bytes):
            return await self._media.look(content, kind)
        path = self._context.artefacts.incoming() / f".kie-{os.urandom(8).hex()}.part"
        try:
            await asyncio.to_thread(path.write_bytes, content)
            return await self._media.look(path, kind)
        except OSError:
            return {}
        finally:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)

    # ---------------------------------------------------------------------------------------------------- what fails

    async def _failed(self, row: Claimed, error: Exception) -> None:
        context, now = self._context, self._context.clock()
        if row.expires is not None and now > row.expires:
            why = {**told(error), "hint": "Its links are dead; what the vendor made is paid for, and lost."}
            changes = {"next_at": None, "ended": now, "error": json.dumps(why)}
            await context.database.write(partial(moves.gone, row.id, now, changes, why))
            await context.alert("lost-files", f"The files of {row.id} could not be fetched in time: {error}", row.id)
            context.tell(row.id)
            return
        await self._postpone(row, error, min(600.0, 2.0 * 2 ** min(row.attempts, 9)), row.attempts + 1)

    async def _postpone(self, row: Claimed, error: Exception | None, pause: float, attempts: int) -> None:
        changes: dict[str, Any] = {"attempts": attempts}
        if error is not None:
            _LOG.warning("the files of %s could not be stored: %s; again in %.0f s", row.id, error, pause)
            changes["error"] = json.dumps(told(error))
        until = self._context.clock() + pause
        await self._context.database.write(partial(moves.postpone, row.id, State.STORING, until, changes))


def _stored(
    name: str,
    kept: list[Kept],
    now: float,
    seen: dict[str, float],
    data: dict[str, Any] | None,
    *,
    previews: bool,
) -> Work[tuple[dict[str, float | None], list[str] | None]]:
    """All files are safe, unless a content was removed meanwhile; see ``files.rescue``."""
    lost = (yield from files.rescue([each.digest for each in kept], seen)) if kept else {}
    if lost:
        return lost, None
    return {}, (yield from moves.stored(name, now, kept, data, previews=previews))


def _renewed(names: list[str], now: float, worker: str) -> Work[None]:
    for name in names:
        yield Statement(
            "UPDATE generation SET lease = ?, next_at = ? WHERE id = ? AND state = 'storing' AND worker = ?"
            " AND lease IS NOT NULL",
            (now + claims.LEASE, now + claims.LEASE, name, worker),
        )


def _now(now: float) -> Work[None]:
    """Let all that waits for the store be fetched."""
    yield Statement(
        "UPDATE generation SET next_at = ? WHERE state = 'storing' AND lease IS NULL AND next_at > ?", (now, now)
    )
