"""Notifications: who is told what, when, and what becomes of it at receivers of every kind."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kie.emulator import Fault
from kie.service.accounts.seal_errors import MasterKeyMissing
from kie.service.accounts.sealing import Sealer
from kie.service.notifications import deliveries
from kie.service.notifications.guard import AddressRefused, Guard
from kie.service.notifications.posting import Answer
from tests.service.messenger import BEGAN, DAY, KEY, House, at_home, both
from tests.service.receiver import Receiver, reply
from tests.service.support import MODEL, PRICE
from tests.service.test_signing import verified

if TYPE_CHECKING:
    from pathlib import Path

    from tests.service.support import Ground


@both
async def test_who_is_told_what(house: House, receiver: Receiver) -> None:
    def url(name: str) -> str:
        return f"http://127.0.0.1:{receiver.port}/{name}"

    await house.endpoints.add(url("all"))
    await house.endpoints.add(url("site"), project="site")
    await house.endpoints.add(url("other"), project="other")
    await house.endpoints.add(url("batches"), types=["batch.*"])
    await house.endpoints.add(url("flows"), types=["flow.finished", "generation.*"])
    await house.endpoints.add(url("alerts"), types=["alert.*"])
    await house.endpoints.add(url("credits"), types=["alert.credits"])
    await house.endpoints.add(url("off"))
    found = await house.endpoints.list()
    await house.endpoints.disable(found[-1].id)
    for type_, project, expected in (
        ("batch.finished", "site", {"all", "site", "batches"}),
        ("flow.finished", "other", {"all", "other", "flows"}),
        ("alert.credits", "", {"all", "alerts", "credits"}),
        ("alert.clock", "", {"all", "alerts"}),
        ("batch.finished", "nobody's", {"all", "batches"}),
    ):
        receiver.came.clear()
        await house.announce(f"{type_} {project}", project, type_)
        await house.announce(f"{type_} {project}", project, type_)  # the same event is told once
        await house.beat()
        assert {came.line.split()[1][1:] for came in receiver.came} == expected
        assert len(receiver.came) == len(expected)
        assert len({came.id for came in receiver.came}) == 1
    assert [each.url for each in await house.endpoints.list("site")] == [
        url(name) for name in ("all", "site", "batches", "flows", "alerts", "credits", "off")
    ]


@both
async def test_what_is_sent_verifies_and_says_what_it_should(house: House, receiver: Receiver) -> None:
    endpoint = await house.endpoints.add(receiver.url)
    await house.announce("bat_é")
    await house.beat()
    [came] = receiver.came
    secret = await house.endpoints.secret(endpoint.id)
    assert verified(secret, came.head, came.body, house.clock.now)
    assert not verified(secret, came.head, came.body + b" ", house.clock.now)
    assert came.line == "POST /in?a=b HTTP/1.1"
    assert came.head["content-type"] == "application/json"
    assert came.id.startswith("msg_")
    assert "." not in came.id
    assert came.told == {
        "type": "batch.finished",
        "timestamp": "2026-09-21T14:13:20.000Z",
        "version": 1,
        "data": {"id": "bat_é"},
    }
    assert await house.state() == ("delivered", 1, None)


@both
async def test_the_schedule_in_virtual_time(house: House, receiver: Receiver) -> None:
    endpoint = await house.endpoints.add(receiver.url)
    receiver.answer = lambda _: reply(500, body="no\x00t now")
    await house.announce()
    waits = []
    while True:
        number = len(receiver.came)
        await house.beat()
        assert len(receiver.came) == number + 1
        state, attempts, next_at = await house.state()
        assert attempts == number + 1
        if next_at is None:
            break
        waits.append(next_at - house.clock.now)
        house.clock.now = next_at - 0.01
        await house.beat()
        assert len(receiver.came) == number + 1
        house.clock.now = next_at
        house.chance = 1.0 if number else 0.0
    assert state == "failed"
    minute, hour = 60.0, 3600.0
    expected = [5, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 10 * hour]
    assert waits == pytest.approx([expected[0], expected[1]] + [each * 1.1 for each in expected[2:]], abs=1e-3)
    assert len(receiver.came) == 8
    assert len({(came.id, came.body) for came in receiver.came}) == 1
    assert len({came.head["webhook-timestamp"] for came in receiver.came}) == 8
    [delivery] = await house.endpoints.deliveries(endpoint.id)
    log = await house.endpoints.attempts(delivery.number)
    assert [(each.status, each.error, each.excerpt) for each in log] == [(500, "", "no t now")] * 8
    assert (delivery.state, delivery.attempts, delivery.last) == ("failed", 8, log[-1])
    assert (await house.endpoints.get(endpoint.id)).failing == BEGAN
    house.clock.now += 10 * DAY
    await house.beat()
    assert len(receiver.came) == 8
    assert not await house.alerts()


@both
async def test_a_receiver_that_is_gone_is_sent_nothing_more(house: House, receiver: Receiver) -> None:
    endpoint = await house.endpoints.add(receiver.url)
    receiver.answer = lambda _: reply(500)
    await house.announce("bat_1")
    await house.beat()
    receiver.answer = lambda _: reply(410)
    await house.announce("bat_2")
    await house.beat()
    found = await house.endpoints.get(endpoint.id)
    assert (found.state, found.why) == ("disabled", "gone")
    assert await house.alerts() == [("endpoint", {"endpoint": endpoint.id, "why": "gone"})]
    house.clock.now += DAY
    await house.announce("bat_3")
    await house.beat()
    assert len(receiver.came) == 2
    states = [(each.subject, each.state, each.attempts) for each in await house.endpoints.deliveries()]
    assert states == [("bat_2", "failed", 1), ("bat_1", "failed", 1)]


@both
async def test_a_callback_address_that_is_gone_is_nobody_elses_matter(house: House, receiver: Receiver) -> None:
    receiver.answer = lambda came: reply(410 if came.line.startswith("POST /gone") else 500)
    for name, path in (("gen_1", "gone"), ("gen_2", "there")):
        await house.callback(name, f"http://127.0.0.1:{receiver.port}/{path}")
    await house.beat()
    found = {each.subject: (each.state, each.attempts) for each in await house.endpoints.deliveries()}
    assert found == {"gen_1": ("failed", 1), "gen_2": ("waiting", 1)}
    house.clock.now += 10 * DAY  # nor is it disabled when it fails for long
    await house.beat()
    assert not await house.alerts()
    assert len(receiver.came) == 3
    await house.callback("gen_3", f"http://127.0.0.1:{receiver.port}/there")
    await house.beat()
    assert len(receiver.came) == 4


@both
async def test_a_receiver_that_fails_for_five_days_is_disabled_and_told_of_once(
    house: House, receiver: Receiver
) -> None:
    endpoint = await house.endpoints.add(receiver.url)
    receiver.answer = lambda _: reply(503)

    async def a_day(number: int) -> None:
        await house.announce(f"bat_{number}")
        await house.beat()
        house.clock.now += DAY

    for number in range(4):
        await a_day(number)
    receiver.answer = lambda _: reply()
    await a_day(4)  # one that is taken sets it back
    assert (await house.endpoints.get(endpoint.id)).failing is None
    receiver.answer = lambda _: reply(503)
    began = house.clock.now
    for number in range(5, 10):
        await a_day(number)
        assert (await house.endpoints.get(endpoint.id)).state == "enabled"
    assert (await house.endpoints.get(endpoint.id)).failing == began
    await a_day(10)
    found = await house.endpoints.get(endpoint.id)
    assert (found.state, found.why) == ("disabled", "failing")
    assert await house.alerts() == [("endpoint", {"endpoint": endpoint.id, "why": "failing"})]
    found = await house.endpoints.enable(endpoint.id)
    assert (found.state, found.why, found.failing) == ("enabled", "", None)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("form", ["seconds", "date"])
@pytest.mark.usefixtures("database")
def test_a_receiver_that_asks_for_time_is_left_alone(database: str, status: int, form: str) -> None:
    async def go() -> None:
        async with at_home(database) as (house, receiver):
            await house.endpoints.add(receiver.url)
            until = BEGAN + 600
            text = "600" if form == "seconds" else format_datetime(datetime.fromtimestamp(until, UTC), usegmt=True)
            receiver.answer = lambda _: reply(500)
            await house.announce("before")
            await house.beat()
            receiver.answer = lambda _: reply(status, f"Retry-After: {text}")
            await house.announce("asked")
            await house.beat()
            receiver.answer = lambda _: reply()
            await house.announce("after")
            for _ in range(3):
                house.clock.now += 199
                await house.beat()
            assert [came.told["data"]["id"] for came in receiver.came] == ["before", "asked"]
            house.clock.now = until
            await house.beat()
            assert sorted(came.told["data"]["id"] for came in receiver.came[2:]) == ["after", "asked", "before"]

    asyncio.run(go())


@both
async def test_what_asks_for_less_time_than_the_schedule_gets_the_schedule(house: House, receiver: Receiver) -> None:
    await house.endpoints.add(receiver.url)
    receiver.answer = lambda _: reply(429, "Retry-After: 1")
    await house.announce()
    await house.beat()
    assert await house.state() == ("waiting", 1, BEGAN + 5)


@given(st.text(max_size=40) | st.integers().map(str) | st.datetimes().map(format_datetime))
def test_whatever_a_receiver_asks_for_it_gets_a_day_at_most(text: str) -> None:
    for status in (429, 503):
        assert deliveries._asked(Answer(status, retry_after=text), BEGAN) <= BEGAN + DAY
    assert deliveries._asked(Answer(500, retry_after="600"), BEGAN) == 0


@both
async def test_a_receiver_that_is_down_gets_it_when_it_is_up(house: House, receiver: Receiver) -> None:
    async with Receiver().listening() as down:
        await house.endpoints.add(down.url)
    await house.announce()
    await house.beat()
    state, attempts, next_at = await house.state()
    assert (state, attempts) == ("waiting", 1)
    [delivery] = await house.endpoints.deliveries()
    assert delivery.last is not None
    assert delivery.last.status is None
    assert "no connection" in delivery.last.error
    async with Receiver().listening(port=down.port) as up:
        house.clock.now = cast("float", next_at)
        await house.beat()
        assert len(up.came) == 1
    assert await house.state() == ("delivered", 2, None)


@both
async def test_a_slow_receiver_holds_up_itself_alone(house: House, receiver: Receiver) -> None:
    async with Receiver().listening() as slow:
        slow.answer = lambda _: b""
        await house.endpoints.add(slow.url)
        for number in range(30):
            await house.announce(f"old_{number}")
        house.clock.now += 1
        await house.endpoints.add(receiver.url)
        for number in range(30):
            await house.announce(f"new_{number}")
        await house.notifier.step()
        await receiver.until(30)
        await slow.until(deliveries.PER_LANE)
        assert slow.connections == deliveries.PER_LANE
        assert len({came.id for came in receiver.came}) == len(receiver.came) == 30
        for task in house.notifier._going:
            task.cancel()


def test_the_end_of_a_generation_is_told(database: str, tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        options: dict[str, Any] = {"sealer": Sealer([KEY]), "guard": Guard(allow_private=True)}
        async with Receiver().listening() as receiver, ground.serving(database, tmp_path, **options) as service:
            endpoint = await service.endpoints.add(receiver.url, project="site", types=["generation.*"])
            done = await service.create(MODEL, {"prompt": "a red fox"}, project="site", idempotency_key="fox-1")
            done = await service.wait(done.id, 20)
            failed = await service.create(MODEL, {"prompt": "emu:fail=501 a secret fox"}, project="site")
            await service.wait(failed.id, 20)
            aside = await service.create(MODEL, {"prompt": "a fox"}, notify=f"http://127.0.0.1:{receiver.port}/cb?x")
            await service.wait(aside.id, 20)
            await receiver.until(3)
            found = {came.told["data"]["id"]: came for came in receiver.came}

            told = found[done.id].told
            assert told["type"] == "generation.succeeded"
            assert told["data"] | {"created": "", "ended": ""} == {
                "id": done.id,
                "project": "site",
                "model": MODEL,
                "state": "succeeded",
                "created": "",
                "ended": "",
                "cost": str(PRICE),
                "artefacts": [done.artefacts[0].id],
                "error": None,
                "idempotency_key": "fox-1",
            }
            told = found[failed.id].told
            assert told["type"] == "generation.failed"
            assert told["data"]["error"] == {"code": "501", "kind": "TaskFailed"}
            assert told["data"]["cost"] == "0"
            for came in receiver.came:
                assert b"fox " not in came.body
                assert b"http" not in came.body
            secret = await service.endpoints.secret(endpoint.id)
            now = service.context.clock()
            assert verified(secret, found[done.id].head, found[done.id].body, now)

            callback = found[aside.id]
            assert callback.line == "POST /cb?x HTTP/1.1"
            signer = await service.endpoints.callbacks("default")
            assert verified(await service.endpoints.secret(signer), callback.head, callback.body, now)
            assert not verified(secret, callback.head, callback.body, now)
            assert {each.id for each in await service.endpoints.list()} == {endpoint.id}
            assert {each.state for each in await service.endpoints.deliveries()} == {"delivered"}

    asyncio.run(go())


def test_what_is_uncertain_and_what_is_settled_are_two_messages(database: str, tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        options: dict[str, Any] = {"sealer": Sealer([KEY]), "guard": Guard(allow_private=True), "public_url": None}
        ground.emulator.add_fault(Fault("create", "reset-after"))
        async with Receiver().listening() as receiver, ground.serving(database, tmp_path, **options) as service:
            await service.endpoints.add(receiver.url, project="default")
            await service.endpoints.add(f"{receiver.url}&all", types=["alert.*"])
            lost = await service.create(MODEL, {"prompt": "a red fox"})
            await receiver.until(2)
            assert {came.told["type"] for came in receiver.came} == {"generation.uncertain", "alert.uncertain"}
            await service.resolve(lost.id)
            await receiver.until(3)
            assert receiver.came[-1].told["type"] == "generation.failed"
            assert receiver.came[-1].told["data"]["id"] == lost.id

    asyncio.run(go())


def test_a_callback_address_is_judged_before_anything_is_held(database: str, tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        async with ground.serving(database, tmp_path, sealer=Sealer([KEY])) as service:
            for url in ("http://example.com/", "https://localhost/", "https://169.254.169.254/", "nowhere"):
                with pytest.raises(AddressRefused):
                    await service.create(MODEL, {"prompt": "a red fox"}, notify=url)
        async with ground.serving(database, tmp_path) as service:
            with pytest.raises(MasterKeyMissing):
                await service.create(MODEL, {"prompt": "a red fox"}, notify="https://example.com/")
            assert await service.list() == []

    asyncio.run(go())
