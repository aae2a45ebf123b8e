"""``kie backup`` and ``kie restore``: the service's rows and files, in one file."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from kie.cli import amounts
from kie.cli.base import Argument, Option
from kie.cli.generations import clock
from kie.cli.lang import plural, t
from kie.cli.options import command
from kie.cli.stores import emulated_option, settings_of
from kie.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from kie.cli.session import Session
    from kie.service.backup import Backup, Restored
    from kie.store.artefacts import ArtefactStore

__all__ = ["backup", "restore"]


@command(
    "backup",
    Argument(["file"], metavar="FILE"),
    Option(["--files"], is_flag=True, help="opt.backup-files"),
    Option(["--force"], is_flag=True, help="opt.backup-force"),
    emulated_option(),
    examples=("kie backup kie.tar", "kie backup kie.tar --files", "kie backup - | ssh host 'cat > kie.tar'"),
)
def backup(session: Session, *, file: str, files: bool, force: bool) -> int:
    """Write a backup."""
    from kie.service.backup import make_backup
    from kie.service.settings import shown
    from kie.store.artefacts import open_artefacts

    settings, say = settings_of(session), session.screen
    place = None if file == "-" else Path(file)
    if place is None and session.wants_json:
        raise InvalidInput(t("backup.one-stdout"), field="FILE")
    if place is not None and place.exists() and not force:
        raise InvalidInput(t("backup.exists", path=place), field="FILE")

    async def go(target: IO[bytes]) -> Backup:
        store = open_artefacts(settings.artefacts_url) if files else None
        try:
            return await make_backup(settings.database_url, target, time.time(), store)
        finally:
            await _shut(store)

    if place is None:
        done = asyncio.run(go(sys.stdout.buffer))
        sys.stdout.buffer.flush()
    else:
        done = _beside(place, go)
    many = sum(done.rows.values())
    say.note(
        ("✓ ", "green"), t("backup.done", database=shown(settings.database_url)), "  ", plural("backup.rows", many)
    )
    if files:
        say.note("  ", plural("backup.files", done.files), f"  {amounts.size(done.bytes)}")
    if done.missing:
        say.warn(plural("backup.missing", len(done.missing)))
        for digest in done.missing[:10]:
            say.note("  " + digest)
    say.document({"file": place, **done._asdict()})
    return 0


def _beside(place: Path, go: Callable[[IO[bytes]], Coroutine[Any, Any, Backup]]) -> Backup:
    """Write a file that is whole, or not there: it may hold what nobody else should read."""
    beside = place.with_name(place.name + ".part")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as target:
            done = asyncio.run(go(target))
            target.flush()
            os.fsync(target.fileno())
        beside.replace(place)
    except OSError as error:
        raise InvalidInput(f"{place}: {error.strerror or error}", field="FILE") from error
    finally:
        beside.unlink(missing_ok=True)
    return done


@command(
    "restore",
    Argument(["file"], metavar="FILE"),
    Option(["--replace"], is_flag=True, help="opt.restore-replace"),
    Option(["--send-queued"], is_flag=True, help="opt.restore-queued"),
    emulated_option(),
    examples=(
        "kie restore kie.tar",
        "KIE_DATABASE_URL=postgresql://kie@db/kie kie restore kie.tar --send-queued",
    ),
)
def restore(session: Session, *, file: str, replace: bool, send_queued: bool) -> int:
    """Fill an empty database from a backup."""
    from kie.service import backup as module
    from kie.service.settings import shown
    from kie.store.artefacts import open_artefacts

    settings, say = settings_of(session), session.screen

    async def go(source: IO[bytes]) -> Restored:
        store = open_artefacts(settings.artefacts_url)
        try:
            return await module.restore(
                settings.database_url, source, time.time(), store, replace=replace, send_queued=send_queued
            )
        finally:
            await _shut(store)

    try:
        if file == "-":
            done = asyncio.run(go(sys.stdin.buffer))
        else:
            with Path(file).open("rb") as source:
                done = asyncio.run(go(source))
    except OSError as error:
        raise InvalidInput(f"{file}: {error.strerror or error}", field="FILE") from error
    many = sum(done.rows.values())
    database = shown(settings.database_url)
    say.say(("✓ ", "green"), t("restore.done", database=database, made=clock(done.made)))
    say.say("  ", plural("backup.rows", many), ", ", plural("backup.files", done.files))
    if done.settled.uncertain:
        say.warn(plural("restore.uncertain", done.settled.uncertain))
    for what in ("batches", "flows", "schedules"):
        many = getattr(done.settled, what)
        if many:
            say.warn(t(f"restore.{what}", count=many))
    say.document({"database": database, **done._asdict(), "settled": done.settled._asdict()})
    return 0


async def _shut(store: ArtefactStore | None) -> None:
    if store is not None:
        await store.close()
