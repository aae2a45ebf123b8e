"""Callbacks that are forged, replayed, reordered, early, late, missing, huge or no callbacks at all.

The address is the secret, and what comes by it is a hint: state, links and cost are taken from the vendor's record.
"""

from __future__ import annotations

import asyncio
import json
import urllib.request
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kie.emulator import Fault
from kie.service import inbox
from kie.service.machine import State
from kie.service.vendor import Vendor
from kie.store.work import Statement
from tests.service.support import MODEL, PRICE, Ground

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kie.service import Generation, Service
    from kie.store.work import Rows, Work

FOX = {"prompt": "a red fox"}
LIE = "https://example.com/lie.png"


@pytest.fixture
def still() -> Iterator[Ground]:
    """A vendor whose tasks do not end by themselves, and whose callbacks all get lost: the tests bring their own."""
    made = Ground(clock="frozen")
    made.deaf = True
    yield made
    made.close()


async def _until(service: Service, name: str, *states: State) -> Generation:
    async with asyncio.timeout(20):
        while (generation := await service.get(name)).state not in states:  # noqa: ASYNC110 - states may be skipped
            await asyncio.sleep(0.02)
    return generation


async def _rows(service: Service, sql: str, *values: Any) -> Rows:
    def work() -> Work[Rows]:
        return (yield Statement(sql, values))

    return await service.database.read(work)


def test_the_first_of_a_model_is_asked_for_no_earlier_than_its_like_takes(tmp_path: Path, still: Ground) -> None:
    """As long as callbacks come, a question is for those that are missing: a video is not asked for after a minute."""

    async def go() -> None:
        async with still.serving(f"sqlite:///{tmp_path}/kie.db", tmp_path) as service:
            service._receiver._asker._called = 1.0
            video = "kling-2.6/text-to-video"
            given = {"prompt": "waves", "duration": "5", "sound": False, "aspect_ratio": "16:9"}
            made = await service.create(video, given)
            await _until(service, made.id, State.WAITING)
            ((at,),) = await _rows(service, "SELECT next_at - submitted FROM generation")
            core = service.context.core
            assert at > core.catalogue.resolve(video).model.expect * core.settings.pace

    asyncio.run(go())


async def _hook(service: Service, name: str) -> str:
    return str((await _rows(service, "SELECT hook FROM generation WHERE id = ?", name))[0][0])


async def _read(service: Service) -> None:
    """Wait until the inbox has been gone through."""
    service.context.wake("receive")
    await _none(service, "SELECT 1 FROM inbox WHERE next_at <= ?", service.context.clock())


async def _emptied(service: Service) -> None:
    await _none(service, "SELECT 1 FROM inbox")


async def _none(service: Service, sql: str, *values: Any) -> None:
    """Wait until there are no such rows."""
    async with asyncio.timeout(20):
        while await _rows(service, sql, *values):  # noqa: ASYNC110 - the database tells nobody
            await asyncio.sleep(0.02)


async def _alerted(service: Service, kind: str) -> None:
    await _none(service, "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM alert WHERE kind = ?)", kind)


async def _alerts(service: Service) -> list[str]:
    return [str(row[0]) for row in await _rows(service, "SELECT kind FROM alert ORDER BY number")]


def _body(task: str, state: str = "success", url: str = LIE) -> bytes:
    """What the vendor posts, with whatever links."""
    data = {"taskId": task, "model": MODEL, "state": state, "resultJson": json.dumps({"resultUrls": [url]})}
    data["creditsConsumed"] = 1  # type: ignore[assignment]
    return json.dumps({"code": 200 if state == "success" else 501, "msg": "", "data": data}).encode()


async def _post(service: Service, hook: str, *bodies: bytes) -> None:
    for body in bodies:
        assert (await service.hooks.take(hook, body))[0] == 200


def _stored_is_true(ground: Ground, service: Service, generation: Generation) -> None:
    """The stored file is the one that the vendor made, wherever a callback pointed."""
    [task] = [each for each in ground.emulator.tasks() if each.id == generation.task]
    assert task.outcome is not None
    file = ground.emulator.world.files.find_url(task.outcome.urls[0])
    assert file is not None
    [artefact] = generation.artefacts
    content = ground.emulator.world.files.content(file)
    stored = Path(service.artefacts.name) / artefact.sha256[:2] / artefact.sha256
    assert stored.read_bytes() == content
    assert LIE not in json.dumps(generation.result)


async def _ends(ground: Ground, service: Service, name: str) -> Generation:
    """Let the vendor finish, and see that all is as it would have been without any callback."""
    ground.emulator.advance(3600)
    for task in ground.emulator.tasks():
        hook = task.callback.rpartition("/")[2]
        if hook:
            await service.hooks.take(hook, _body(task.id))
    done = await service.wait(name, 20)
    assert (done.state, done.cost, done.held) == (State.SUCCEEDED, Decimal(PRICE), Decimal(0))
    _stored_is_true(ground, service, done)
    return done


def test_lies_change_nothing(database: str, tmp_path: Path, still: Ground) -> None:
    async def go() -> None:
        async with still.serving(database, tmp_path) as service:
            made = await service.create(MODEL, FOX)
            seen = await _until(service, made.id, State.WAITING)
            assert seen.task is not None
            hook = await _hook(service, made.id)
            lies = [_body(seen.task), _body(seen.task, "fail"), _body("invented"), _body("invented", "fail")]
            await _post(service, hook, *lies, *reversed(lies), *lies)
            await _read(service)
            seen = await _until(service, made.id, State.WAITING)
            assert (seen.cost, seen.held) == (None, Decimal(PRICE))
            await _ends(still, service, made.id)
            assert await _alerts(service) == []

    asyncio.run(go())


def test_an_address_that_is_none_takes_nothing(database: str, tmp_path: Path, still: Ground) -> None:
    async def go() -> None:
        async with still.serving(database, tmp_path) as service:
            made = await service.create(MODEL, FOX)
            hook = await _hook(service, made.id)
            false = ("", "nothing", hook[:-1], hook.swapcase(), f"{hook}/", made.id, "' OR 1=1 --", "\0", "\ud800")
            for address in false:
                assert (await service.hooks.take(address, _body("x")))[0] == 404
            assert await _rows(service, "SELECT count(*) FROM inbox") == [(0,)]

    asyncio.run(go())


def test_replayed_reordered_and_late_callbacks_settle_once(database: str, tmp_path: Path, still: Ground) -> None:
    async def go() -> None:
        async with still.serving(database, tmp_path) as service:
            made = [await service.create(MODEL, {"prompt": f"fox {index}"}) for index in range(3)]
            for each in made:
                await _until(service, each.id, State.WAITING)
            still.emulator.advance(3600)
            posts = [(task.callback.rpartition("/")[2], _body(task.id)) for task in still.emulator.tasks()]
            for hook, body in [*posts, *reversed(posts), *posts]:
                await _post(service, hook, body, body)
            for each in made:
                await service.wait(each.id, 20)
            for hook, body in posts:  # long after the end
                await _post(service, hook, body, body.replace(b"success", b"fail"))
            await _emptied(service)
            for each in made:
                done = await service.get(each.id)
                assert done.state is State.SUCCEEDED
                _stored_is_true(still, service, done)
            assert await service.balance() == {"held": 0, "spent": 3 * PRICE}
            settled = await _rows(service, "SELECT count(*) FROM entry WHERE kind = 'settle'")
            assert settled == [(3,)]

    asyncio.run(go())


def test_a_callback_may_come_before_the_answer(database: str, tmp_path: Path, still: Ground) -> None:
    async def go() -> None:
        async with still.serving(database, tmp_path) as service:
            vendor = service.accounts.vendor("default")
            submit = vendor.submit

            async def slowly(row: Any, callback: str | None) -> Any:
                accepted = await submit(row, callback)
                assert callback is not None
                await _post(service, callback.rpartition("/")[2], _body(accepted.task))
                await _until(service, row.id, State.WAITING)  # the callback has brought the task before the answer did
                return accepted

            vendor.submit = slowly  # type: ignore[method-assign]
            made = await service.create(MODEL, FOX)
            await _until(service, made.id, State.WAITING)
            await asyncio.sleep(0.1)
            await _ends(still, service, made.id)
            names = [happening.name async for happening in service.events(made.id)]
            assert names == ["created", "claimed", "adopted", "done", "stored"]
            assert await _alerts(service) == []

    asyncio.run(go())


def test_a_callback_counts_that_comes_while_the_answer_is_written_down(
    database: str, tmp_path: Path, still: Ground
) -> None:
    """It found no task yet; when the vendor has named it, the answer had done so too. Nothing else would ask for it."""

    async def go() -> None:
        async with still.serving(database, tmp_path) as service:
            vendor, asker = service.accounts.vendor("default"), service._receiver._asker
            asker._called, asker._profiles._pace = 1.0, 1.0  # callbacks come: what is asked for is asked late
            submit, ask, asked = vendor.submit, vendor.ask, asyncio.Event()

            async def slowly(row: Any, callback: str | None) -> Any:
                accepted = await submit(row, callback)
                assert callback is not None
                still.emulator.advance(3600)
                await _post(service, callback.rpartition("/")[2], _body(accepted.task))
                await asked.wait()
                return accepted

            async def slower(row: Any) -> Any:
                state = await ask(row)
                asked.set()
                await _none(service, "SELECT 1 FROM generation WHERE state = 'submitting'")
                return state

            vendor.submit, vendor.ask = slowly, slower  # type: ignore[method-assign]
            made = await service.create(MODEL, FOX)
            done = await service.wait(made.id, 20)
            assert done.state is State.SUCCEEDED
            names = [happening.name async for happening in service.events(made.id)]
            assert names == ["created", "claimed", "accepted", "done", "stored"]
            await _emptied(service)
            assert await _alerts(service) == []

    asyncio.run(go())


def test_after_a_callback_that_was_ahead_of_the_record_it_is_asked_for_as_without_any(
    database: str, tmp_path: Path, still: Ground
) -> None:
    """No other callback may come: who waited for one would wait until it counts as missing."""

    async def go() -> None:
        async with still.serving(database, tmp_path) as service:
            asker = service._receiver._asker
            asker._called, asker._profiles._pace = 1.0, 1.0
            made = await service.create(MODEL, FOX)
            seen = await _until(service, made.id, State.WAITING)
            assert seen.task is not None
            sql = "SELECT next_at - submitted FROM generation WHERE lease IS NULL"
            ((late,),) = await _rows(service, sql)
            await _post(service, await _hook(service, made.id), _body(seen.task))
            await _none(service, "SELECT 1 FROM generation WHERE polls = 0")
            ((soon,),) = await _rows(service, sql)
            expect = service.context.core.catalogue.resolve(MODEL).model.expect
            assert soon < expect < late
            await _ends(still, service, made.id)

    asyncio.run(go())


async def _uncertain(still: Ground, service: Service, prompt: str = "a red fox") -> Generation:
    """Ask for a generation whose task was made, and whose answer was lost."""
    still.emulator.add_fault(Fault("create", "reset-after", match=prompt))
    made = await service.create(MODEL, {"prompt": prompt})
    return await _until(service, made.id, State.UNCERTAIN)


def test_a_lost_answer_is_brought_back_by_its_own_task_alone(database: str, tmp_path: Path, still: Ground) -> None:
    async def go() -> None:
        async with still.serving(database, tmp_path) as service:
            lost = await _uncertain(still, service)
            other = await service.create(MODEL, FOX)
            cat = (await _until(service, other.id, State.WAITING)).task
            own = next(task.id for task in still.emulator.tasks() if task.id != cat)
            hook = await _hook(service, lost.id)
            assert cat is not None
            await _post(service, hook, _body(cat), _body(_foreign(still)), _body("invented"), b"{", b"\xff\0")
            await _read(service)
            await asyncio.sleep(0.2)
            seen = await service.get(lost.id)
            assert (seen.state, seen.task) == (State.UNCERTAIN, None)
            assert set(await _alerts(service)) == {"uncertain", "false-callback"}
            await _post(service, hook, _body(own))
            assert (await _until(service, lost.id, State.WAITING)).task == own
            await _ends(still, service, lost.id)
            await _ends(still, service, other.id)

    asyncio.run(go())


def _foreign(still: Ground) -> str:
    """A task of the same key that another program has made."""
    request = urllib.request.Request(
        f"{still.url}/api/v1/jobs/createTask",
        json.dumps({"model": MODEL, "input": {"prompt": "of another program"}}).encode(),
        {"Authorization": "Bearer a-key", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        return str(json.loads(answer.read())["data"]["taskId"])


def test_a_callback_after_a_person_has_decided_is_told(database: str, tmp_path: Path, still: Ground) -> None:
    async def go() -> None:
        async with still.serving(database, tmp_path) as service:
            lost = await _uncertain(still, service)
            [task] = [each.id for each in still.emulator.tasks()]
            assert (await service.resolve(lost.id)).state is State.FAILED
            await _post(service, await _hook(service, lost.id), _body(task), _body(task))
            await _read(service)
            await _alerted(service, "second-task")
            seen = await service.get(lost.id)
            assert (seen.state, seen.held) == (State.FAILED, Decimal(0))
            assert (await _alerts(service)).count("second-task") == 1

    asyncio.run(go())


def test_what_a_person_sent_again_may_have_two_tasks_and_says_so(database: str, tmp_path: Path, still: Ground) -> None:
    async def go() -> None:
        async with still.serving(database, tmp_path) as service:
            lost = await _uncertain(still, service)
            [first] = [each.id for each in still.emulator.tasks()]
            await service.resolve(lost.id, again=True)
            seen = await _until(service, lost.id, State.WAITING)
            assert seen.task not in {None, first}
            hook = await _hook(service, lost.id)
            await _post(service, hook, _body(first), _body(first))
            await _read(service)
            await _alerted(service, "second-task")
            assert (await service.get(lost.id)).task == seen.task
            done = await _ends(still, service, lost.id)
            assert done.task == seen.task
            assert (await _alerts(service)).count("second-task") == 1
            assert await _rows(service, "SELECT alternatives FROM generation") == [(1,)]

    asyncio.run(go())


def test_the_first_task_of_what_is_to_be_sent_again_is_enough(database: str, tmp_path: Path, still: Ground) -> None:
    async def go() -> None:
        async with still.serving(database, tmp_path) as service:
            lost = await _uncertain(still, service)
            [first] = [each.id for each in still.emulator.tasks()]
            await service.accounts.pause("default", service.context.clock() + 3600, "person")
            await service.resolve(lost.id, again=True)
            await _post(service, await _hook(service, lost.id), _body(first))
            assert (await _until(service, lost.id, State.WAITING)).task == first
            await _ends(still, service, lost.id)
            assert still.creations() == 1

    asyncio.run(go())


BODIES: dict[str, tuple[bytes, int]] = {
    "empty": (b"", 200),
    "binary": (bytes(range(256)) * 10, 200),
    "not json": (b'{"data": {"taskId": ', 200),
    "another json": (b"[[], null, 1]", 200),
    "deep": (b"[" * 100_000, 200),
    "nul": (b'{"data": {"taskId": "a\\u0000b"}}', 200),
    "half a character": (b'{"data": {"taskId": "\\ud800"}}', 200),
    "a path": (b'{"data": {"taskId": "../../../etc?x=1&taskId=2"}}', 200),
    "long": (json.dumps({"data": {"taskId": "x" * 200_000}}).encode(), 200),
    "an object": (b'{"data": {"taskId": {"taskId": "x"}}}', 200),
}


@pytest.mark.parametrize("kind", BODIES)
def test_bodies_that_are_no_callbacks_are_taken_and_forgotten(
    database: str, tmp_path: Path, still: Ground, kind: str
) -> None:
    body, status = BODIES[kind]

    async def go() -> None:
        async with still.serving(database, tmp_path) as service:
            lost = await _uncertain(still, service)
            waits = await service.create(MODEL, {"prompt": "a cat"})
            await _until(service, waits.id, State.WAITING)
            asked = len(still.emulator.journal())
            for name in (lost.id, waits.id):
                assert (await service.hooks.take(await _hook(service, name), body))[0] == status
            await _emptied(service)
            assert (await service.get(lost.id)).state is State.UNCERTAIN
            assert (await service.get(waits.id)).state is State.WAITING
            # What waits is asked for; of what names no task nothing is asked.
            assert len(still.emulator.journal()) - asked <= 2
            await _ends(still, service, waits.id)

    asyncio.run(go())


def test_a_huge_body_is_refused(database: str, tmp_path: Path, still: Ground) -> None:
    async def go() -> None:
        async with still.serving(database, tmp_path) as service:
            made = await service.create(MODEL, FOX)
            hook, sent = await _hook(service, made.id), list[Any]()
            pieces = iter([b"x" * 200_000] * 1000)

            async def receive() -> dict[str, Any]:
                return {"type": "http.request", "body": next(pieces), "more_body": True}

            async def send(message: Any) -> None:
                sent.append(message)

            await service.hooks({"type": "http", "method": "POST", "path": f"/hooks/kie/{hook}"}, receive, send)
            assert sent[0]["status"] == 413
            assert len(list(pieces)) >= 997, "it was read to its end"
            assert await _rows(service, "SELECT count(*) FROM inbox") == [(0,)]

    asyncio.run(go())


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda held: (
        st.lists(held, max_size=3)
        | st.dictionaries(st.sampled_from(("data", "taskId", "task_id", "code", "x")), held, max_size=4)
    ),
    max_leaves=8,
)


@given(st.binary(max_size=200) | _JSON.map(lambda value: json.dumps(value).encode()))
def test_whatever_comes_names_a_task_or_none(body: bytes) -> None:
    named = Vendor.task_of(body)
    assert named is None or (named.isascii() and named.isprintable() and 0 < len(named) <= 200)
    assert len(body) < inbox.MOST
