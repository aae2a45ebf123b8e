"""Backup and restore: the rows of one moment, the files that they name, and what a restored row can no longer be.

A row that says ``submitting`` was on its way when the backup was made, and what became of it is not known: it becomes
``uncertain``; its callback brings it back. One that says ``held`` may have been sent *after* the backup was made, and
batches, flows and schedules may have asked for more since. So it becomes ``uncertain`` too, and these are stopped,
unless a person says that nothing has worked on that database since, as when it moves to another one.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import tempfile
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from kie.service.batches import orders as batch_orders
from kie.service.flows import deeds
from kie.service.machine import Event
from kie.service.transitions import move
from kie.store.archive import ArchiveReader, BackupInvalid
from kie.store.backup import NotEmpty, Restoration, write_rows
from kie.store.errors import ArtefactMissing, StoreError
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kie.store.archive import ArchiveWriter, Member
    from kie.store.artefacts import ArtefactStore
    from kie.store.side import Side
    from kie.store.work import Work

__all__ = ["Backup", "Restored", "Settled", "make_backup", "restore"]

_PIECE = 256 * 1024
#: Bytes of a file that are kept in memory while it is checked; what is larger lies on the disk meanwhile.
_IN_MEMORY = 8 * 1024 * 1024
_RESTORED = {
    "submitting": {
        "code": "outcome_unknown",
        "message": "It was on its way when the backup was made: a task may exist, and be paid for.",
    },
    "held": {
        "code": "outcome_unknown",
        "message": "It waited for its turn when the backup was made; it may have been sent since, and be paid for.",
    },
}
#: Where the engine of flows keeps its records: a schema of Postgres, or a file beside that of SQLite.
FLOWS = "kie_flows"
#: Seconds after which a worker that shows no sign of life is dead for certain.
_DEAD = 60.0
#: Said of what would ask for more: it may have done so since, and what is asked for twice is paid for twice.
_PAUSED = "It was restored from a backup: what it had not begun then may have been sent since."
_OFF = "It was restored from a backup, and is switched off: it may have done its work since."
_HINT = "Its callback brings it back by itself; or settle it with `kie resolve`."


class Backup(NamedTuple):
    """What was written.

    Attributes:
        rows: how many of each table.
        files: how many files of generations.
        bytes: how many bytes these have.
        missing: digests of files that rows name and that are not, or not whole, in the artefact store.

    """

    rows: dict[str, int]
    files: int
    bytes: int
    missing: tuple[str, ...]


class Settled(NamedTuple):
    """What was stopped, since it may have gone on after the backup was made.

    Attributes:
        uncertain: generations of which it is not known any more whether they were sent.
        batches: that were paused; ``batches.resume`` lets one go on.
        flows: runs that are cancelled; ``flows.resume`` takes one up again.
        schedules: of flows, which were switched off.

    """

    uncertain: int
    batches: int
    flows: int
    schedules: int


class Restored(NamedTuple):
    """What was restored.

    Attributes:
        rows: how many of each table.
        files: how many files were put into the artefact store, or were there already.
        settled: what was stopped.
        made: when the backup was made, in Unix seconds, or None.

    """

    rows: dict[str, int]
    files: int
    settled: Settled
    made: float | None


async def make_backup(
    url: str,
    target: IO[bytes],
    now: float,
    artefacts: ArtefactStore | None = None,
    progress: Callable[[int], None] | None = None,
) -> Backup:
    """Write a backup, while the service may go on working.

    Args:
        url: of the database, whose tables are left as they are.
        target: a file or pipe that is written to from beginning to end.
        now: Unix seconds, told in the backup.
        artefacts: the store of the files, to have them in the backup too; None leaves them out.
        progress: told the number of files that were written so far.

    Raises:
        StoreError, StoreUnavailable: the database or the store cannot be read; the backup is not whole.
        OSError: ``target`` cannot be written.

    """
    from kie import __version__

    about = {"made": now, "by": f"kie {__version__}", "files": artefacts is not None}
    archive, serials, digests = await asyncio.to_thread(
        write_rows, url, target, about, _names_file if artefacts is not None else None
    )
    missing: list[str] = []
    with digests:
        if artefacts is not None:
            for digest in _once(digests):
                if not await _add_file(archive, artefacts, digest):
                    missing.append(digest)
                elif progress is not None:
                    progress(archive.files)
    await asyncio.to_thread(archive.end, {"serials": serials, "missing": len(missing)})
    return Backup(archive.rows, archive.files, archive.bytes, tuple(missing))


def _names_file(table: str, column: str) -> bool:
    """Whether the values of a column are digests of files."""
    return table in ("artefact", "flow_file") and column == "sha256"


def _once(digests: IO[str]) -> Iterator[str]:
    """Each digest once: 32 bytes of memory for each, so that even a million are no burden."""
    seen: set[bytes] = set()
    digests.seek(0)
    for line in digests:
        digest = line.strip()
        if bytes.fromhex(digest) not in seen:
            seen.add(bytes.fromhex(digest))
            yield digest


async def _add_file(archive: ArchiveWriter, artefacts: ArtefactStore, digest: str) -> bool:
    """Add a file after it was read whole and found to be what its name says; False where it is not there so."""
    found, size = hashlib.sha256(), 0
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as staged:
        try:
            async for piece in artefacts.read(digest):
                found.update(piece)
                size += len(piece)
                await asyncio.to_thread(staged.write, piece)
        except ArtefactMissing:
            return False
        if found.hexdigest() != digest:
            return False
        staged.seek(0)
        await asyncio.to_thread(archive.file, digest, staged, size)
    return True


async def restore(
    url: str,
    source: IO[bytes],
    now: float,
    artefacts: ArtefactStore | None = None,
    *,
    replace: bool = False,
    send_queued: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Restored:
    """Fill a database from a backup, of whichever kind of database that was.

    Files are put first as they come; the rows are there when all of the backup has proved sound, or not at all.

    Args:
        url: of the database: an empty one, or with ``replace`` one that is given up.
        source: the backup.
        now: Unix seconds.
        artefacts: where files of the backup go; None leaves them where they are.
        replace: take away what the database holds.
        send_queued: nothing has worked on the backed-up database since: what waited for its turn may be sent, and
            batches, flows and schedules go on.
        progress: told the number of files that were read so far.

    Raises:
        BackupInvalid: the file is no backup, is damaged or was cut off.
        NotEmpty: the database holds something.
        StoreError, StoreUnavailable: the database or the store cannot be written.

    """
    reader = await asyncio.to_thread(ArchiveReader, source)
    files = 0
    with contextlib.ExitStack() as stack:
        filling = await asyncio.to_thread(Restoration, url, reader.manifest, partial(_idle, now), replace=replace)
        stack.callback(filling.close)
        parts = iter(reader)
        while (part := await asyncio.to_thread(next, parts, None)) is not None:
            if part.kind == "rows":
                await asyncio.to_thread(filling.add, part)
            elif artefacts is not None:
                await _put_file(artefacts, part)
                files += 1
                if progress is not None:
                    progress(files)
        if filling.rows != {name: many for name, many in reader.end.get("rows", {}).items() if many}:
            raise BackupInvalid("The backup has not as many rows as it says; nothing was changed.", field="file")

        def settle(side: Side) -> Work[Settled]:
            return _settle(side, now, send_queued=send_queued)

        settled = await asyncio.to_thread(filling.finish, reader.end.get("serials", {}), settle)
    await asyncio.to_thread(_forget_flows, url)
    made = reader.manifest.get("made")
    return Restored(filling.rows, files, settled, made if isinstance(made, (int, float)) else None)


async def _put_file(artefacts: ArtefactStore, part: Member) -> None:
    """Put a file into the store, unless it is there."""
    if await artefacts.size(part.name) is not None:
        return
    folder = await asyncio.to_thread(artefacts.incoming)
    with tempfile.NamedTemporaryFile(dir=folder, prefix="restore-", delete=False) as staged:
        path = Path(staged.name)
        try:
            found = await asyncio.to_thread(_copied, part, staged)
            if found != part.name:
                raise BackupInvalid(f"The file {part.name} of the backup is damaged.", field="file")
            staged.close()
            await artefacts.put(part.name, path)
        finally:
            await asyncio.to_thread(path.unlink, missing_ok=True)


def _copied(part: Member, target: IO[bytes]) -> str:
    found = hashlib.sha256()
    while piece := part.content.read(_PIECE):
        found.update(piece)
        target.write(piece)
    return found.hexdigest()


def _forget_flows(url: str) -> None:
    """On SQLite too, the engine of flows begins anew."""
    scheme, _, rest = url.partition("://")
    if scheme == "sqlite":
        file = Path(rest.removeprefix("/")).expanduser().absolute()
        for ending in ("", "-wal", "-shm"):
            file.with_name(f"{file.stem}-flows{file.suffix}{ending}").unlink(missing_ok=True)


def _idle(now: float, side: Side) -> None:
    """See that nobody works on a database that is to be replaced."""
    if "worker" not in side.ours():
        return
    alive = side.execute("SELECT host, pid FROM worker WHERE beat > ? ORDER BY beat DESC", (now - _DEAD,))
    if alive:
        host, pid = alive[0]
        raise NotEmpty(
            f"A worker is at work on the database (process {pid} on {host}); nothing was changed.",
            hint=f"Stop it, and wait {_DEAD:.0f} seconds if it was killed.",
        )


def _settle(side: Side, now: float, *, send_queued: bool) -> Work[Settled]:
    """Give all leases back; let what may have been sent be uncertain, and stop what would send more by itself."""
    for table in side.ours():
        if "lease" in side.columns(table):
            yield Statement(f"UPDATE {table} SET lease = NULL WHERE lease IS NOT NULL")  # noqa: S608 - our own names
    yield Statement("DELETE FROM worker")  # they work, if they do, on the database that was backed up
    if side.kind == "postgres":  # what the engine of flows remembers is of other rows; it begins anew where these are
        yield Statement(f"DROP SCHEMA IF EXISTS {FLOWS} CASCADE")
    uncertain = yield from _doubt("submitting", now)
    if send_queued:
        return Settled(uncertain, 0, 0, 0)
    uncertain += yield from _doubt("held", now)
    batches = flows = 0
    rows = yield Statement("SELECT id FROM batch WHERE state IN ('running', 'paused') ORDER BY id")
    for (name,) in rows:
        batches += yield from batch_orders.pause(name, "asked", _PAUSED, now)
    rows = yield Statement("SELECT id FROM flow_run WHERE ended IS NULL ORDER BY id")
    for (name,) in rows:
        flows += yield from deeds.cancel(name, now)
    off = yield Statement(
        "UPDATE flow_schedule SET enabled = 0, error = ? WHERE enabled = 1 AND flow IS NOT NULL RETURNING name",
        (json.dumps({"code": "restored", "message": _OFF}),),
    )
    return Settled(uncertain, batches, flows, len(off))


def _doubt(state: str, now: float) -> Work[int]:
    """Let all generations of a state be uncertain; returns how many they are."""
    error = _RESTORED[state] | {"hint": _HINT}
    rows = yield Statement("SELECT id FROM generation WHERE state = ? ORDER BY id", (state,))
    for (name,) in rows:
        if state == "held":
            yield from move(name, Event.CLAIMED, now, {}, {"by": "restore"})
        changes = {"next_at": None, "error": json.dumps(error)}
        if not (yield from move(name, Event.LOST, now, changes, error)):
            raise StoreError(f"{name} could not be made uncertain.")
    return len(rows)
