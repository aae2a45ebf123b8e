"""What is kept, for how long, and that nothing is removed to which somebody refers."""

from __future__ import annotations

import asyncio
import hashlib
import os
import random
import time
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kie.errors import InvalidInput, TaskNotFound
from kie.service.claims import Limits
from kie.service.files import files, keeping, retention
from kie.service.files.facts import Facts
from kie.service.files.files import Kept
from kie.service.files.keeping import DAY
from kie.service.files.retention import Rule
from kie.service.files.storing import _stored
from kie.service.machine import State
from kie.store.artefacts import FolderArtefacts
from kie.store.opening import open_database
from kie.store.work import Statement
from tests.service.support import MODEL, PRICE, Ground, instantly

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kie.service import Service
    from kie.store.database import Database
    from kie.store.work import Rows, Work

pytestmark = pytest.mark.slow

FOX = {"prompt": "a red fox"}


class Time:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead


@pytest.fixture
def same() -> Iterator[Ground]:
    """An emulator that makes the same of everything."""
    made = Ground(renderer=lambda _: instantly({}))
    yield made
    made.close()


async def rows(service: Service, sql: str, *values: Any) -> Rows:
    def work() -> Work[Rows]:
        return (yield Statement(sql, values))

    return await service.database.read(work)


async def made(service: Service, prompt: str = "a red fox", **options: Any) -> tuple[str, str]:
    """Make a picture; returns the generation's id and the digest of its file."""
    done = await service.wait((await service.create(MODEL, {"prompt": prompt}, **options)).id, 20)
    return done.id, done.outputs[0].sha256


async def swept(service: Service, clock: Time) -> retention.Swept:
    """Sweep, and again when what was doomed may go."""
    first = await service.retention.sweep()
    clock.ahead += retention.GRACE + 1
    second = await service.retention.sweep()
    return retention.Swept(first.generations, first.removed + second.removed, first.orphans)


def test_what_is_deleted_is_removed_when_nobody_refers_to_it_any_more(
    database: str, tmp_path: Path, same: Ground
) -> None:
    async def go() -> None:
        clock = Time()
        async with same.serving(database, tmp_path, clock=clock) as service:
            (one, digest), (other, again) = await made(service), await made(service, "another")
            assert digest == again
            deleted = await service.delete(one)
            assert deleted.state is State.SUCCEEDED
            assert not deleted.artefacts
            assert deleted.cost == PRICE
            assert deleted.deleted is not None
            assert (await swept(service, clock)).removed == 0
            assert await service.artefacts.exists(digest), "the other refers to it"
            await service.delete(other)
            assert (await service.retention.sweep()).removed == 0
            assert await service.artefacts.exists(digest), "it stays for longer than a transaction lasts"
            assert (await swept(service, clock)).removed == 1
            assert not await service.artefacts.exists(digest)
            assert (await service.balance())["spent"] == 2 * PRICE
            names = [happening.name async for happening in service.events(one)]
            assert names[-1] == "deleted"
            await service.delete(one)

    asyncio.run(go())


def test_the_same_made_again_after_its_removal_is_there(database: str, tmp_path: Path, same: Ground) -> None:
    async def go() -> None:
        clock = Time()
        async with same.serving(database, tmp_path, clock=clock) as service:
            one, digest = await made(service)
            await service.delete(one)
            await swept(service, clock)
            assert await rows(service, "SELECT state FROM doomed") == [("removed",)]
            await made(service, "again")
            assert await service.artefacts.exists(digest)
            assert await rows(service, "SELECT state FROM doomed") == []
            assert (await swept(service, clock)).removed == 0
            assert await service.artefacts.exists(digest)

    asyncio.run(go())


def test_what_is_made_while_it_is_being_removed_waits_and_is_there(database: str, tmp_path: Path, same: Ground) -> None:
    async def go() -> None:
        clock = Time()
        async with same.serving(database, tmp_path, clock=clock) as service:
            one, digest = await made(service)
            await service.delete(one)
            clock.ahead += retention.GRACE + 1
            now = clock()
            assert await service.database.write(partial(retention._chosen, now)) == (1, [digest])
            # Who removes it stops here; meanwhile the same is made.
            again = await service.create(MODEL, {"prompt": "again"})
            await asyncio.sleep(1.5)
            assert (await service.get(again.id)).state is State.STORING
            await service.artefacts.remove(digest)
            await service.database.write(partial(retention._removed, digest, now, clock()))
            assert (await service.wait(again.id, 20)).state is State.SUCCEEDED
            assert await service.artefacts.exists(digest)
            names = [happening.name async for happening in service.events(again.id)]
            assert names.count("stored") == 1

    asyncio.run(go())


def test_who_began_a_removal_and_died_is_followed(database: str, tmp_path: Path, same: Ground) -> None:
    async def go() -> None:
        clock = Time()
        async with same.serving(database, tmp_path, clock=clock) as service:
            one, digest = await made(service)
            await service.delete(one)
            clock.ahead += retention.GRACE + 1
            await service.database.write(partial(retention._chosen, clock()))
            assert (await service.retention.sweep()).removed == 0
            clock.ahead += retention._REMOVAL + 1
            assert (await service.retention.sweep()).removed == 1
            assert not await service.artefacts.exists(digest)
            clock.ahead += DAY + 1
            await service.retention.sweep()
            assert await rows(service, "SELECT * FROM doomed") == []

    asyncio.run(go())


def test_only_what_has_ended_can_be_deleted(database: str, tmp_path: Path, same: Ground) -> None:
    async def go() -> None:
        async with same.serving(database, tmp_path) as service:
            stuck = await service.create(MODEL, {"prompt": "emu:stuck"})
            with pytest.raises(InvalidInput, match="has ended"):
                await service.delete(stuck.id)
            with pytest.raises(TaskNotFound):
                await service.delete("gen_nothing")
            with pytest.raises(TaskNotFound):
                await service.retention.star("gen_nothing")

    asyncio.run(go())


def test_what_is_to_be_forgotten_is_nowhere_any_more(database: str, tmp_path: Path, same: Ground) -> None:
    async def go() -> None:
        async with same.serving(database, tmp_path, clock=Time()) as service:
            name, _ = await made(service, "a secret fox", idempotency_key="once")
            done = await service.delete(name, forget=True)
            assert done.cost == PRICE
            assert not done.input
            assert done.result is None
            for table in ("generation", "event", "artefact"):
                assert "secret" not in str(await rows(service, f"SELECT * FROM {table}"))
            again = await service.create(MODEL, {"prompt": "a secret fox"}, idempotency_key="once")
            assert again.id == name, "an order that was carried out is not carried out and paid for again"
            await service.set_project("default", cache=True)
            other = await service.create(MODEL, {"prompt": "a secret fox"})
            assert (await service.wait(other.id, 20)).outputs
            assert same.creations() == 2, "a result that was deleted is not used again"

    asyncio.run(go())


def test_an_item_that_is_never_tried_again_is_forgotten_too(database: str, tmp_path: Path, same: Ground) -> None:
    async def go() -> None:
        async with same.serving(database, tmp_path, clock=Time(), limits=Limits(1, 3600.0)) as service:
            batch = await service.batch([{"prompt": "emu:stuck"}, {"prompt": "a secret fox"}], MODEL)
            while len(held := await service.list(state="held")) != 1:  # noqa: ASYNC110 - nobody is told
                await asyncio.sleep(0.02)
            await service.cancel(held[0].id)
            while (await service.batches.get(batch.id)).cancelled != 1:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
            await service.delete(held[0].id, forget=True)
            assert "secret" not in str(await rows(service, "SELECT * FROM batch_item"))

    asyncio.run(go())


def test_rules_hold_by_project_kind_and_state_and_spare_stars(database: str, tmp_path: Path, same: Ground) -> None:
    async def go() -> None:
        clock = Time()
        async with same.serving(database, tmp_path, clock=clock) as service:
            names = {}
            for project in ("shop", "lab", "museum", "studio"):
                names[project] = (await made(service, project, project=project))[0]
            names["star"] = (await made(service, "star", project="shop"))[0]
            await service.retention.star(names["star"])
            failed = await service.create(MODEL, {"prompt": "emu:fail=501"}, project="shop")
            failed = await service.wait(failed.id, 20)
            keep = service.retention
            await keep.set(30)
            await keep.set(5, project="shop")
            await keep.set(None, project="museum")
            await keep.set(1, state="failed", forget=True)
            await keep.set(2, kind="image", project="lab")
            await keep.set(0, kind="video")
            assert [rule.rank for rule in await keep.get()] == [6, 4, 4, 2, 1, 0]
            assert sum(due.generations for due in await keep.preview()) == 0
            assert (await keep.sweep()).generations == 0
            gone: set[str] = set()
            for days, more in ((2.5, {"lab"}), (5.5, {"shop"}), (31, {"studio"}), (999, set())):
                clock.ahead = days * DAY
                told = await keep.preview()
                assert sum(due.generations for due in told) == len(more) + (failed.id in gone_after(days, failed.id))
                assert sum(due.files for due in told) == len(more)
                gone |= more
                await keep.sweep()
                for project, name in names.items():
                    assert ((await service.get(name)).deleted is not None) == (project in gone), (days, project)
            seen = await service.get(failed.id)
            assert (seen.input, seen.deleted is not None) == ({"prompt": "emu:fail=501"}, True), "its project's rule"
            await keep.set(1, project="shop", starred=True)
            await keep.lift(project="museum")
            await keep.sweep()
            for name in names.values():
                assert (await service.get(name)).artefacts == ()
            clock.ahead += retention.GRACE + 1
            await keep.sweep()
            assert [each async for each in service.artefacts.files()] == []

    def gone_after(days: float, name: str) -> set[str]:
        return {name} if days == 5.5 else set()  # the shop's rule is narrower than the one for what failed

    asyncio.run(go())


@pytest.mark.parametrize(
    "given_", [{"days": -1}, {"days": float("nan")}, {"days": 1, "kind": "smell"}, {"days": 1, "state": "held"}]
)
def test_a_rule_that_is_none_is_refused(tmp_path: Path, same: Ground, given_: dict[str, Any]) -> None:
    async def go() -> None:
        async with same.serving("sqlite://", tmp_path) as service:
            with pytest.raises(InvalidInput):
                await service.retention.set(**given_)
            assert await service.retention.get() == []
            assert not await service.retention.lift(project="x")

    asyncio.run(go())


def test_what_nothing_refers_to_is_found(database: str, tmp_path: Path, same: Ground) -> None:
    async def go() -> None:
        clock = Time()
        async with same.serving(database, tmp_path, clock=clock) as service:
            _, digest = await made(service)
            store = service.artefacts
            assert isinstance(store, FolderArtefacts)
            old, young = (hashlib.sha256(each).hexdigest() for each in (b"old", b"young"))
            await store.put(old, b"old")
            await store.put(young, b"young")
            for each in (old, digest):
                os.utime(store.path(each), (clock() - 2 * DAY,) * 2)
            assert await swept(service, clock) == (0, 1, 1)
            assert {each.digest async for each in store.files()} == {digest, young}

    asyncio.run(go())


def test_nothing_is_removed_from_a_store_that_another_database_uses(tmp_path: Path, same: Ground) -> None:
    async def go() -> None:
        clock = Time()
        async with same.serving(f"sqlite:///{tmp_path}/a.db", tmp_path, clock=clock) as service:
            _, digest = await made(service)
            await service.retention.sweep()
        async with same.serving(f"sqlite:///{tmp_path}/b.db", tmp_path, clock=clock) as service:
            name, again = await made(service)
            assert digest == again
            await service.delete(name)
            assert (await swept(service, clock)).removed == 0
            assert await service.artefacts.exists(digest)
            assert [kind for (kind,) in await rows(service, "SELECT kind FROM alert")] == ["shared-store"]

    asyncio.run(go())


def test_sweeping_is_done_by_itself(tmp_path: Path, same: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "_PAUSE", 0.05)
    monkeypatch.setattr(retention, "GRACE", 0.2)

    async def go() -> None:
        clock = Time()
        async with same.serving("sqlite://", tmp_path, clock=clock) as service:
            _, digest = await made(service)
            await service.retention.set(1)
            clock.ahead += 2 * DAY
            async with asyncio.timeout(20):
                while await service.artefacts.exists(digest):  # noqa: ASYNC110 - what is waited for has no event
                    await asyncio.sleep(0.05)
            assert await rows(service, "SELECT * FROM artefact") == []

    asyncio.run(go())


@pytest.mark.slow
def test_two_workers_store_and_remove_the_same_again_and_again(
    database: str, tmp_path: Path, same: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "_PAUSE", 0.02)
    monkeypatch.setattr(retention, "GRACE", 0.3)  # no transaction of this test lasts as long
    chosen, removals = random.Random(4), list[str]()

    async def life(service: Service, number: int) -> str | None:
        for turn in range(5):
            name, _ = await made(service, f"{number} {turn}")
            await service.delete(name)
            await asyncio.sleep(2 * chosen.random())
        return (await made(service, f"{number} last"))[0] if number % 3 == 0 else None

    async def go() -> None:
        async with same.serving(database, tmp_path) as one, same.serving(database, tmp_path) as two:
            for service in (one, two):
                remove = service.artefacts.remove

                async def counted(digest: str, remove: Any = remove) -> None:
                    removals.append(digest)
                    await remove(digest)

                monkeypatch.setattr(service.artefacts, "remove", counted)
            kept = await asyncio.gather(*(life((one, two)[number % 2], number) for number in range(3)))
            await asyncio.sleep(1.0)
            for name in filter(None, kept):
                [output] = (await one.get(name)).outputs
                assert await one.artefacts.exists(output.sha256)
            assert removals, "nothing was removed: nothing was tried"

    asyncio.run(go())


# ------------------------------------------------------------------- all orders of those who store, delete and remove


class World:
    """One content, several generations that store it, one sweep; each does one step of its own at a time."""

    def __init__(self, database: Database, clock: list[float]) -> None:
        self.database = database
        self.clock = clock
        self.there = False
        self.storing: dict[str, dict[str, Any]] = {}
        self.removing: float | None = None
        self.gone = False

    async def run(self, work: Any) -> Any:
        return await self.database.write(work)

    async def begin(self, name: str) -> None:
        def work() -> Work[None]:
            yield Statement(
                "INSERT INTO generation (id, project, model, input, fingerprint, priority, state, hook, account,"
                " created) VALUES (?, 'p', 'm', '{}', 'f', 0, 'storing', ?, 'a', 0)",
                (name, name),
            )

        await self.run(work)
        self.storing[name] = {"put": False, "seen": {}}

    async def store(self, name: str) -> None:
        """Put, and then commit, as the storing duty does it."""
        each = self.storing[name]
        if not each["put"]:
            self.there = each["put"] = True
            return
        kept = [Kept("output", 0, "d", 1, Facts("image/png"))]
        work = partial(_stored, name, kept, self.clock[0], each["seen"], None, previews=False)
        lost, _ = await self.run(work)
        if not lost:
            del self.storing[name]
        elif lost["d"] is None:
            self.storing[name] = {"put": False, "seen": {}}
        else:
            self.storing[name] = {"put": False, "seen": {**each["seen"], **lost}}

    async def delete(self, name: str) -> None:
        if name not in self.storing:
            await self.run(partial(keeping.give_up, name, self.clock[0], forget=False))

    async def sweep(self) -> None:
        """Choose, remove, and note it: three steps."""
        if self.removing is None:
            now = self.clock[0]
            _, chosen = await self.run(partial(retention._chosen, now))
            self.removing, self.gone = (now if chosen else None), False
        elif not self.gone:
            self.there, self.gone = False, True
        else:
            await self.run(partial(retention._removed, "d", self.removing, self.clock[0]))
            self.removing = None

    async def judge(self) -> None:
        def work() -> Work[Rows]:
            return (yield Statement("SELECT 1 FROM artefact WHERE sha256 = 'd'"))

        if await self.run(work):
            assert self.there, "a row refers to a content that is not there"


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("store"), st.integers(0, 3)),
        st.tuples(st.just("delete"), st.integers(0, 3)),
        st.tuples(st.just("sweep"), st.just(0)),
        st.tuples(st.just("wait"), st.sampled_from([1, int(retention.GRACE) + 1])),
    ),
    max_size=30,
)


@pytest.fixture(scope="module")
def one_database() -> Iterator[Database]:
    made = open_database("sqlite://")
    yield made
    asyncio.run(made.close())


@settings(max_examples=150)
@example(steps=[("store", 1), *[("sweep", 0)] * 3, ("store", 1)])
@example(steps=[("store", 1), ("sweep", 0), ("store", 1), *[("sweep", 0)] * 2])
@given(steps=STEPS)
def test_no_order_of_steps_loses_a_content_to_which_somebody_refers(
    one_database: Database, steps: list[tuple[str, int]]
) -> None:
    async def go() -> None:
        clock = [1e9]
        world = World(one_database, clock)
        for table in ("artefact", "event", "generation", "doomed", "outbox", "message"):
            await world.run(partial(_empty, table))
        for number in range(4):
            await world.begin(f"g{number}")
        # It was made and deleted, and may be removed now.
        steps_first = [("store", 0), ("store", 0), ("delete", 0), ("wait", int(retention.GRACE) + 1)]
        for what, number in steps_first + steps:
            clock[0] += 0.001
            if what == "wait":
                clock[0] += number
            elif what == "sweep":
                await world.sweep()
            elif what == "store":
                if f"g{number}" in world.storing:
                    await world.store(f"g{number}")
            else:
                await world.delete(f"g{number}")
            await world.judge()
        for _ in range(20):  # whoever stores comes to an end
            clock[0] += 1
            for name in list(world.storing):
                await world.store(name)
            await world.sweep()
            await world.judge()
        assert not world.storing

    asyncio.run(go())


def _empty(table: str) -> Work[None]:
    yield Statement(f"DELETE FROM {table}")


def test_what_is_referred_to_is_asked_of_every_table_that_refers() -> None:
    async def go() -> None:
        async with open_database("sqlite://") as database:

            def work() -> Work[list[str]]:
                tables = yield Statement("SELECT name FROM sqlite_master WHERE type = 'table'")
                found = []
                for (table,) in tables:
                    columns = yield Statement(f"PRAGMA table_info({table})")
                    if "sha256" in {column[1] for column in columns} and table != "doomed":
                        found.append(str(table))
                return sorted(found)

            assert await database.read(work) == sorted(files.REFERRING)

    asyncio.run(go())


def test_rules_are_ranked_by_how_narrow_they_are() -> None:
    given_ = [Rule(1), Rule(1, state="failed"), Rule(1, kind="image"), Rule(1, kind="image", state="failed")]
    given_ += [Rule(1, "p"), Rule(1, "p", state="failed"), Rule(1, "p", "image"), Rule(1, "p", "image", "failed")]
    assert [rule.rank for rule in given_] == list(range(8))


def test_a_database_that_comes_later_to_the_store_is_noticed(tmp_path: Path, same: Ground) -> None:
    async def go() -> None:
        clock = Time()
        async with same.serving(f"sqlite:///{tmp_path}/a.db", tmp_path, clock=clock) as service:
            await service.retention.sweep()  # it is alone
            other = "0" * 64
            await service.artefacts.register("another")
            await service.artefacts.put(other, b"what another database refers to")
            clock.ahead += 2 * DAY
            for _ in range(2):
                assert await swept(service, clock) == (0, 0, 0)
            assert await service.artefacts.exists(other)
            assert [kind for (kind,) in await rows(service, "SELECT kind FROM alert")] == ["shared-store"]

    asyncio.run(go())
