"""Backups go round and across, whole or not at all, and what may have been sent is never sent again unseen."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import io
import json
import signal
import sqlite3
import subprocess
import sys
import tarfile
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kie import AsyncKie
from kie.service import Service
from kie.service import backup as module
from kie.service.backup import Settled, make_backup, restore
from kie.service.machine import State
from kie.store import sides
from kie.store.archive import ArchiveReader, ArchiveWriter, BackupInvalid, Member
from kie.store.artefacts import open_artefacts
from kie.store.backup import NotEmpty
from kie.store.errors import StoreError, StoreUnavailable
from kie.store.migrate import steps
from kie.store.opening import open_database
from kie.store.sides import open_side
from tests.service.ages import DIGEST, contents, kinds, old
from tests.service.support import MODEL, Ground
from tests.support.postgres import second_postgres  # noqa: F401 - a fixture

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

NOW = 1_800_000_000.0
LAST = kinds()[-1]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def another(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Another database, empty, of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/another.db"
    found: str = request.getfixturevalue("second_postgres")
    return found


def backup(url: str, **more: Any) -> bytes:
    target = io.BytesIO()
    asyncio.run(make_backup(url, target, NOW, **more))
    return target.getvalue()


def put_back(url: str, data: bytes, **more: Any) -> Any:
    return asyncio.run(restore(url, io.BytesIO(data), NOW, **more))


def rows_of(url: str) -> dict[str, list[tuple[Any, ...]]]:
    with open_side(url, change=False) as side:
        return contents(side)


def without(found: dict[str, list[tuple[Any, ...]]], *tables: str) -> dict[str, list[tuple[Any, ...]]]:
    return {table: rows for table, rows in found.items() if table not in tables}


def unleased(
    found: dict[str, list[tuple[Any, ...]]], columns: dict[str, list[str]]
) -> dict[str, list[tuple[Any, ...]]]:
    """The same rows, which nobody has claimed."""
    return {
        table: [
            tuple(None if name == "lease" else value for name, value in zip(columns[table], row, strict=True))
            for row in rows
        ]
        for table, rows in found.items()
    }


def states(url: str) -> dict[str, str]:
    with open_side(url, change=False) as side:
        return {str(name)[-1]: str(state) for name, state in side.execute("SELECT id, state FROM generation")}


@pytest.mark.parametrize("number", sorted({1, LAST}))
def test_every_row_comes_back_in_either_database(database: str, another: str, number: int) -> None:
    before = old(database, number)
    data = backup(database)
    assert rows_of(database) == before  # and its tables were not brought up to date
    done = put_back(another, data, send_queued=True)
    assert done.rows == {table: len(rows) for table, rows in before.items()}
    assert (done.settled, done.made) == (Settled(1, 0, 0, 0), NOW)
    with open_side(another, change=False) as side:
        assert side.done()[-1][0] == LAST
        with open_side(database, change=False) as first:
            columns = {table: first.columns(table) for table in first.ours()}
        after = contents(side, columns)
    changed = ("generation", "event", "worker")  # whoever worked there does not work here
    assert without(after, *changed) == without(unleased(before, columns), *changed)
    assert after.get("worker", []) == []
    assert len(after["event"]) == len(before["event"]) + 1  # of the one that was on its way
    assert states(another) == {**states(database), "1": "uncertain"}


def test_numbers_go_on_above_those_that_were_given(database: str, another: str) -> None:
    old(database, LAST)
    with open_side(database, change=True) as side:
        [(last,)] = side.execute("SELECT max(number) FROM event")
        side.execute("DELETE FROM event WHERE number > ?", (last - 3,))
        side.commit()
    put_back(another, backup(database), send_queued=True)
    with open_side(another, change=True) as side:
        side.execute(
            "INSERT INTO event (generation, at, name, state) SELECT id, 1, 'x', 'held' FROM generation LIMIT 1"
        )
        [(fresh,)] = side.execute("SELECT max(number) FROM event")
    assert fresh == last + 2  # one was used by what became uncertain


def test_what_may_have_been_sent_since_is_uncertain_and_never_sent_by_itself(
    database: str, another: str, tmp_path: Path, ground: Ground
) -> None:
    old(database, LAST)
    assert put_back(another, backup(database)).settled.uncertain == 2
    assert {states(another)["0"], states(another)["1"]} == {"uncertain"}
    with open_side(another, change=False) as side:
        assert side.execute("SELECT count(*) FROM generation WHERE lease IS NOT NULL") == [(0,)]
        [(held,)] = side.execute("SELECT held FROM generation WHERE state = 'uncertain' AND id LIKE '%0'")
        assert held == 18_000_000

    async def go() -> None:
        async with ground.serving(another, tmp_path) as service:
            fresh = await service.create(MODEL, {"prompt": "a cat"})
            assert (await service.wait(fresh.id, 20)).state is State.SUCCEEDED
            assert ground.creations() == 1
            [name] = [each.id for each in await service.list(state="uncertain") if each.id.endswith("0")]
            await service.resolve(name, again=True)
            assert (await service.wait(name, 20)).state is State.SUCCEEDED

    asyncio.run(go())


FLOW = {"name": "two", "steps": {"image": {"model": MODEL, "input": {"prompt": "a fox"}}}}


@pytest.mark.slow
def test_what_would_ask_for_more_by_itself_is_stopped_unless_nothing_has_worked_since(
    database: str, another: str, tmp_path: Path, ground: Ground
) -> None:
    async def begin() -> tuple[str, str]:
        async with AsyncKie("a-key", base_url=ground.url) as kie:
            service = Service(database, kie, artefacts=tmp_path / "first")
            await service.open()
            batch = await service.batch([{"prompt": str(number)} for number in range(3)], MODEL)
            run = await service.flows.start(FLOW)
            await service.close()
        with open_side(database, change=True) as side:
            side.execute(
                "INSERT INTO flow_schedule (name, cron, zone, task, flow, project, inputs, enabled, next_at)"
                " VALUES ('nightly', '0 3 * * *', 'UTC', 'flow', 'two', 'default', '{}', 1, 9e9)"
            )
            side.commit()
        return batch.id, run.id

    async def go(batch: str, run: str) -> None:
        async with ground.serving(another, tmp_path) as service:
            fresh = await service.create(MODEL, {"prompt": "a cat"})
            assert (await service.wait(fresh.id, 20)).state is State.SUCCEEDED
            assert (await service.flows.wait(run, 20)).state == "cancelled"
            assert ground.creations() == 1
            await service.batches.resume(batch)
            await service.flows.resume(run)
            assert (await service.flows.wait(run, 30)).state == "succeeded"
            async with asyncio.timeout(30):
                while (await service.batches.get(batch)).state != "done":  # noqa: ASYNC110 - others carry it on
                    await asyncio.sleep(0.02)
            assert ground.creations() == 5

    batch, run = asyncio.run(begin())
    data = backup(database)
    assert put_back(another, data, send_queued=True).settled == Settled(0, 0, 0, 0)
    assert put_back(another, data, replace=True).settled == Settled(0, 1, 1, 1)
    asyncio.run(go(batch, run))


def test_a_database_that_holds_something_is_left_alone_unless_it_is_given_up(database: str, another: str) -> None:
    old(database, LAST)
    data = backup(database)
    put_back(another, data, send_queued=True)
    before = rows_of(another)
    with pytest.raises(NotEmpty, match="generation"):
        put_back(another, data)
    assert rows_of(another) == before
    with open_side(another, change=True) as side:
        side.execute("DELETE FROM entry")
        side.commit()
    put_back(another, data, replace=True, send_queued=True)
    assert len(rows_of(another)["entry"]) == len(before["entry"])


def test_a_database_on_which_somebody_works_is_never_replaced(database: str, another: str) -> None:
    old(database, LAST)
    data = backup(database)
    put_back(another, data)
    with open_side(another, change=True) as side:
        side.execute("INSERT INTO worker (id, host, pid, began, beat) VALUES ('wrk_1', 'here', 7, 1, ?)", (NOW - 5,))
        side.commit()
    before = rows_of(another)
    with pytest.raises(NotEmpty, match="process 7 on here"):
        put_back(another, data, replace=True)
    assert rows_of(another) == before
    asyncio.run(restore(another, io.BytesIO(data), NOW + 120, replace=True))


KILLED = """
import asyncio, os, signal, sys
from kie.service.backup import restore
from kie.store.backup import Restoration
Restoration.finish = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(restore(sys.argv[1], open(sys.argv[2], "rb"), 1.8e9, replace=True))
"""


@pytest.mark.slow
def test_a_restore_that_is_killed_changes_nothing(database: str, another: str, tmp_path: Path) -> None:
    old(another, LAST)
    old(database, 1)
    (tmp_path / "backup").write_bytes(backup(database))
    before = rows_of(another)
    command = [sys.executable, "-c", KILLED, another, str(tmp_path / "backup")]
    assert subprocess.run(command, check=False, timeout=60).returncode == -signal.SIGKILL
    assert rows_of(another) == before
    put_back(another, (tmp_path / "backup").read_bytes(), replace=True)


def test_a_new_database_counts_as_empty(database: str, another: str) -> None:
    old(database, 1)
    asyncio.run(open_database(another).close())
    put_back(another, backup(database))
    assert len(states(another)) == 8


def _parts(data: bytes) -> list[tuple[tarfile.TarInfo, bytes]]:
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        return [(each, tar.extractfile(each).read()) for each in tar]  # type: ignore[union-attr]


def _packed(parts: list[tuple[tarfile.TarInfo, bytes]]) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for about, content in parts:
            about.size = len(content)
            tar.addfile(about, io.BytesIO(content))
    return target.getvalue()


def _manifest(part: tuple[tarfile.TarInfo, bytes], **changes: Any) -> tuple[tarfile.TarInfo, bytes]:
    return part[0], json.dumps(json.loads(part[1]) | changes).encode()


def _spoilt(data: bytes) -> dict[str, bytes]:
    first, *parts, last = _parts(data)
    middle = len(data) // 2
    foreign = (tarfile.TarInfo("../../etc/passwd"), b"x")
    newer = [*json.loads(first[1])["steps"], [LAST + 1, "of_tomorrow"]]
    return {
        "cut in two": data[:middle],
        "no end": _packed([first, *parts]),
        "a part less": _packed([first, *parts[1:], last]),
        "a part twice": _packed([first, parts[0], *parts, last]),
        "another order": _packed([first, *reversed(parts), last]),
        "another file": b"PK\x03\x04" + data,
        "nothing": b"",
        "a foreign part": _packed([first, *parts, foreign, last]),
        "a newer format": _packed([_manifest(first, format=2), *parts, last]),
        "newer tables": _packed([_manifest(first, steps=newer), *parts, last]),
        "other tables": _packed([_manifest(first, tables={"generation": ["id"]}), *parts, last]),
    }


HOW = (
    "cut in two",
    "no end",
    "a part less",
    "a part twice",
    "another order",
    "another file",
    "nothing",
    "a foreign part",
)


@pytest.mark.parametrize("how", [*HOW, "a newer format", "newer tables", "other tables"])
def test_a_backup_that_is_not_whole_and_sound_changes_nothing(tmp_path: Path, another: str, how: str) -> None:
    database = f"sqlite:///{tmp_path}/first.db"
    old(database, LAST)
    data = backup(database)
    with pytest.raises((BackupInvalid, StoreError)) as told:  # the second: what the database itself refuses
        put_back(another, _spoilt(data)[how])
    assert ("newer version" in str(told.value)) is ("newer" in how)
    if another.startswith("sqlite"):
        with open_side(another, change=True) as side:
            assert side.names() == set()
    else:
        assert rows_of(another) == {}
    put_back(another, data)  # the sound one is taken


def test_any_byte_that_is_changed_is_found(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/first.db"
    old(database, LAST)
    data = backup(database)
    before = None
    for place in range(0, len(data), 997):
        wrong = data[:place] + bytes([data[place] ^ 0x41]) + data[place + 1 :]
        try:
            reader = ArchiveReader(io.BytesIO(wrong))
            found = [(part.name, list(part.rows())) for part in reader]
        except BackupInvalid:
            continue
        before = before or [(part.name, list(part.rows())) for part in ArchiveReader(io.BytesIO(data))]
        assert found == before, place  # tar's own padding, dates and owners tell nothing


VALUES = st.one_of(
    st.none(),
    st.text(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.binary(),
)


@given(st.dictionaries(st.sampled_from(["a", "b_c", "d"]), st.lists(st.lists(VALUES, max_size=4), max_size=20)))
def test_an_archive_gives_back_what_was_put_into_it(tables: dict[str, list[list[Any]]]) -> None:
    target = io.BytesIO()
    writer = ArchiveWriter(target, {"made": 1})
    for name, rows in tables.items():
        writer.table(name, rows)
    writer.end({"more": [1]})
    found: dict[str, list[list[Any]]] = {}
    reader = ArchiveReader(io.BytesIO(target.getvalue()))
    for part in reader:
        found.setdefault(part.name, []).extend(part.rows())
    assert found == {name: rows for name, rows in tables.items() if rows}
    assert (reader.manifest["made"], reader.end["more"]) == (1, [1])
    assert reader.end["rows"] == {name: len(rows) for name, rows in tables.items()}


@given(st.binary(max_size=2000))
def test_whatever_is_read_as_a_backup_is_refused_with_words(data: bytes) -> None:
    with pytest.raises(BackupInvalid):
        list(ArchiveReader(io.BytesIO(data)))


def test_files_go_along_and_are_held_to_their_digests(tmp_path: Path, database: str, another: str) -> None:
    old(database, LAST)
    first, second = open_artefacts(tmp_path / "one"), open_artefacts(tmp_path / "two")

    async def go() -> None:
        assert hashlib.sha256(b"foo").hexdigest() == DIGEST
        await first.put(DIGEST, b"foo")
        target = io.BytesIO()
        made = await make_backup(database, target, NOW, first)
        assert (made.files, made.bytes, made.missing) == (1, 3, ())
        target.seek(0)
        done = await restore(another, target, NOW, second)
        assert done.files == 1
        assert b"".join([piece async for piece in second.read(DIGEST)]) == b"foo"
        assert list(second.incoming().iterdir()) == []

    asyncio.run(go())


def test_a_file_that_is_lost_or_spoilt_is_told_and_the_rest_is_kept(tmp_path: Path, database: str) -> None:
    old(database, LAST)
    store = open_artefacts(tmp_path / "one")

    async def missing() -> tuple[str, ...]:
        return (await make_backup(database, io.BytesIO(), NOW, store)).missing

    assert asyncio.run(missing()) == (DIGEST,)
    asyncio.run(store.put(DIGEST, b"foo"))
    assert asyncio.run(missing()) == ()
    (tmp_path / "one" / DIGEST[:2] / DIGEST).write_bytes(b"bar")
    assert asyncio.run(missing()) == (DIGEST,)


def test_a_file_of_a_backup_that_was_changed_is_refused(tmp_path: Path, another: str) -> None:
    database = f"sqlite:///{tmp_path}/first.db"
    old(database, LAST)
    first, second = open_artefacts(tmp_path / "one"), open_artefacts(tmp_path / "two")
    asyncio.run(first.put(DIGEST, b"foo"))
    data = backup(database, artefacts=first).replace(b"foo", b"bar")
    with pytest.raises(BackupInvalid):
        put_back(another, data, artefacts=second)
    assert asyncio.run(second.size(DIGEST)) is None
    assert another.startswith("postgres") or not states_there(another)


def states_there(url: str) -> bool:
    with open_side(url, change=False) as side:
        return "generation" in side.names()


def test_a_backup_is_of_one_moment_while_others_write(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    old(database, LAST)

    class Slow(io.BytesIO):
        written = False

        def write(self, data: Any) -> int:
            if not Slow.written:
                Slow.written = True
                with open_side(database, change=True) as side:
                    side.execute("DELETE FROM entry")
                    side.execute("UPDATE generation SET state = 'failed'")
                    side.commit()
            return super().write(data)

    target = Slow()
    monkeypatch.setattr("kie.store.archive._ROWS", 3)  # so that the stream is written to early
    made = asyncio.run(make_backup(database, target, NOW))
    assert made.rows["entry"] == 14
    assert rows_of(database)["entry"] == []
    target.seek(0)
    [*states_kept] = [row for part in ArchiveReader(target) if part.name == "generation" for row in part.rows()]
    assert len(states_kept) == 8
    assert any("held" in row for row in states_kept)


def test_the_engine_of_flows_begins_anew(database: str, another: str, tmp_path: Path) -> None:
    """What it remembers of runs is of other rows than those that were put back."""
    from kie.service.flows.dbos_engine import SCHEMA

    assert SCHEMA == module.FLOWS
    old(database, LAST)
    data = backup(database)
    beside = [tmp_path / f"another-flows.db{ending}" for ending in ("", "-wal", "-shm")]
    if another.startswith("sqlite"):
        for path in beside:
            path.touch()
    else:
        change(another, f"CREATE SCHEMA {SCHEMA}", f"CREATE TABLE {SCHEMA}.workflow_status (id TEXT)")
    put_back(another, data)
    if another.startswith("sqlite"):
        assert not any(path.exists() for path in beside)
    else:
        with open_side(another, change=False) as side:
            assert side.execute("SELECT count(*) FROM pg_namespace WHERE nspname = ?", (SCHEMA,)) == [(0,)]


def change(url: str, *statements: str) -> None:
    with open_side(url, change=True) as side:
        for sql in statements:
            side.execute(sql)
        side.commit()


def test_what_is_no_database_of_ours_is_told(tmp_path: Path) -> None:
    for url, kind in (
        (f"sqlite:///{tmp_path}/none.db", StoreUnavailable),
        ("sqlite://", StoreError),
        ("mysql://host/x", StoreError),
        ("postgresql://nobody@127.0.0.1:1/x", StoreUnavailable),
    ):
        with pytest.raises(kind):
            backup(url)
    (tmp_path / "empty.db").touch()
    with pytest.raises(StoreError, match="no tables of kie"):
        backup(f"sqlite:///{tmp_path}/empty.db")


def test_a_large_database_is_never_held_whole(tmp_path: Path) -> None:
    import tracemalloc

    database, other = f"sqlite:///{tmp_path}/first.db", f"sqlite:///{tmp_path}/other.db"
    old(database, LAST)
    with open_side(database, change=True) as side:
        many = [(f"big-{i}", 1.0, b"x" * 200_000) for i in range(150)]  # 30 MB
        side.fill("inbox", ["hook", "at", "body"], many)
        side.commit()
    del many
    tracemalloc.start()
    try:
        with (tmp_path / "backup").open("wb") as target:
            asyncio.run(make_backup(database, target, NOW))
        with (tmp_path / "backup").open("rb") as source:
            asyncio.run(restore(other, source, NOW))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 25_000_000


def test_the_steps_that_a_backup_names_are_ours() -> None:
    assert [step.number for step in steps("sqlite")] == kinds()


@pytest.mark.parametrize("line", ['[{"a": 1}]', "5", "null", '[{"b64": 5}]', "[" * 100_000, "", "\\", '[{"b64": "a"}]'])
def test_rows_that_are_none_are_told(line: str) -> None:
    content = cast("io.RawIOBase", io.BytesIO(gzip.compress(line.encode() + b"\n")))
    with pytest.raises(BackupInvalid, match="rows of message"):
        list(Member("rows", "message", content).rows())


def test_a_database_that_is_busy_is_not_left_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = []

    class Told(sqlite3.Connection):
        def close(self) -> None:
            closed.append(self)
            super().close()

    monkeypatch.setattr(sides, "_PATIENCE", 0.1)
    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Told))
    url = f"sqlite:///{tmp_path}/kie.db"
    with open_side(url, change=True):
        with pytest.raises(StoreUnavailable, match="locked"):
            open_side(url, change=True)
        assert len(closed) == 1
