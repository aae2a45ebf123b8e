"""All rows of a database into an archive and back, into either kind of database.

So a backup is also the way from SQLite to Postgres.
"""

from __future__ import annotations

import contextlib
import tempfile
from typing import IO, TYPE_CHECKING, Any

from kie.store.archive import ArchiveWriter, BackupInvalid
from kie.store.errors import StoreError
from kie.store.migrate import migrate, steps
from kie.store.sides import open_side

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Self

    from kie.store.archive import Member
    from kie.store.side import Side
    from kie.store.work import Work

__all__ = ["NotEmpty", "Restoration", "write_rows"]


class NotEmpty(StoreError):
    """The database that was to be filled holds something: nothing was changed."""


def write_rows(
    url: str, target: IO[bytes], about: Mapping[str, Any], spill: Callable[[str, str], bool] | None = None
) -> tuple[ArchiveWriter, dict[str, int], IO[str]]:
    """Write all rows of a database, as they are at one moment; others may go on writing.

    Args:
        url: of the database.
        target: what the archive is written to.
        about: what the manifest tells beside the tables.
        spill: tells for a table and a column whether its values are digests of files.

    Returns:
        The archive, to which files may be added, the last numbers of the tables that number their rows, and the
        digests of all files that the rows name, one a line, in a file without a name.

    Raises:
        StoreError, StoreUnavailable: the database cannot be read, or is of a newer version.

    """
    with contextlib.ExitStack() as failing, open_side(url, change=False) as side:
        done = side.done()
        _known(done, side.kind)
        tables = {name: side.columns(name) for name in side.ours()}
        manifest = {"from": side.kind, "steps": done, "tables": tables, **about}
        archive = ArchiveWriter(target, manifest)
        digests = failing.enter_context(tempfile.TemporaryFile("w+", encoding="ascii"))
        for name, columns in tables.items():
            places = [i for i, column in enumerate(columns) if spill is not None and spill(name, column)]
            archive.table(name, _spilled(side.stream(name, columns), places, digests))
        serials = side.serials()
        failing.pop_all()  # whoever adds the files closes it
        return archive, serials, digests


def _spilled(rows: Any, places: list[int], digests: IO[str]) -> Any:
    if not places:
        yield from rows
        return
    for row in rows:
        for place in places:
            if row[place]:
                digests.write(f"{row[place]}\n")
        yield row


def _known(done: list[tuple[int, str]], kind: str) -> None:
    if not done:
        raise StoreError("The database holds no tables of kie.", hint="See KIE_DATABASE_URL.")
    if done[-1][0] > steps(kind)[-1].number:
        raise StoreError(
            f"The database has step {done[-1][0]}, this version of kie knows {steps(kind)[-1].number} steps.",
            hint="Use the newer version of kie that made it.",
        )


class Restoration:
    """Fills a database from an archive, in one transaction: it is there as a whole, or nothing has changed.

    Args:
        url: of the database.
        manifest: of the archive.
        idle: raises where the database may not be touched now.
        replace: take away what it holds.

    Raises:
        NotEmpty: it holds something, and ``replace`` was not said.
        BackupInvalid: the archive is of tables that this version does not know.
        StoreError, StoreUnavailable: the database cannot be written.

    """

    def __init__(
        self, url: str, manifest: Mapping[str, Any], idle: Callable[[Side], None], *, replace: bool = False
    ) -> None:
        self._side: Side = open_side(url, change=True)
        self.rows: dict[str, int] = {}
        try:
            self._until = self._judged(manifest)
            idle(self._side)
            self._empty(replace=replace)
            self._side.work(migrate(self._side.kind, self._until))
            self._columns = self._fitting(manifest)
            self._side.loosen()
            for table in self._side.ours():  # what a step put there is in the archive too
                self._side.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
        except BaseException:
            self._side.close()
            raise

    @property
    def kind(self) -> str:
        """Which of the two databases it is."""
        return self._side.kind

    def add(self, part: Member) -> None:
        """Add rows.

        Raises:
            BackupInvalid: the archive is damaged.
            StoreError: the database refused them.

        """
        columns = self._columns.get(part.name)
        if columns is None:
            raise BackupInvalid(f"The backup has rows of a table {part.name!r} that its manifest does not name.")
        added = 0

        def rows() -> Any:
            nonlocal added
            for row in part.rows():
                if len(row) != len(columns):
                    raise BackupInvalid(f"A row of {part.name} has {len(row)} values instead of {len(columns)}.")
                added += 1
                yield row

        self._side.fill(part.name, columns, rows())
        self.rows[part.name] = self.rows.get(part.name, 0) + added

    def finish(self, serials: Mapping[str, int], settle: Callable[[Side], Work[Any]]) -> Any:
        """Bring the tables up to date, settle what a restored row cannot be, and make it all last.

        Args:
            serials: the last numbers that were given, by table.
            settle: what is still to be done in the same transaction, once the tables are up to date.

        Returns:
            What ``settle`` returns.

        """
        side = self._side
        side.go_on(dict(serials))
        side.tighten()
        side.work(migrate(side.kind))
        settled = side.work(settle(side))
        side.commit()
        return settled

    def close(self) -> None:
        """Undo everything, unless it was finished."""
        self._side.close()

    def __enter__(self) -> Self:
        """Return it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def _judged(self, manifest: Mapping[str, Any]) -> int:
        """Return the step of the archive's tables."""
        try:
            done = [(int(number), str(name)) for number, name in manifest["steps"]]
        except (KeyError, TypeError, ValueError) as error:
            raise BackupInvalid("The backup does not tell the step of its tables.", field="file") from error
        known = [(step.number, step.name) for step in steps(self._side.kind)]
        if not done or done != known[: len(done)]:
            newer = bool(done) and done[-1][0] > known[-1][0]
            raise BackupInvalid(
                f"The tables of the backup are of step {done[-1] if done else 0}; this version knows {known[-1]}.",
                field="file",
                hint="Use the newer version of kie that made it." if newer else None,
            )
        return done[-1][0]

    def _empty(self, *, replace: bool) -> None:
        side = self._side
        filled = side.filled()
        if filled and not replace:
            raise NotEmpty(
                f"The database holds rows already (in {', '.join(filled[:5])}); nothing was changed.",
                hint="Name an empty one, or take away what it holds: --replace.",
            )
        side.drop([*reversed(side.ours()), "migration"])

    def _fitting(self, manifest: Mapping[str, Any]) -> dict[str, list[str]]:
        told = manifest.get("tables")
        there = {name: self._side.columns(name) for name in self._side.ours()}
        fits = isinstance(told, dict) and {name: sorted(columns) for name, columns in told.items()} == {
            name: sorted(columns) for name, columns in there.items()
        }
        if not fits:
            raise BackupInvalid("The tables of the backup are not those of the step that it names.", field="file")
        return {str(name): list(columns) for name, columns in (told or {}).items()}
