"""Notifications: told once or more, never not; by both databases, in virtual time, to receivers of every kind."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kie.emulator import Fault
from kie.errors import InvalidInput
from kie.service import beating, deliveries, messages
from kie.service.account_rows import VAULTS
from kie.service.endpoints import Endpoints
from kie.service.guard import AddressRefused, Guard
from kie.service.posting import Answer, Poster
from kie.service.resealing import reseal
from kie.service.seal_errors import MasterKeyMissing
from kie.service.sealing import Sealer
from kie.store.opening import open_database
from kie.store.work import Statement, Work
from tests.service.receiver import Receiver, reply
from tests.service.support import MODEL, PRICE
from tests.service.test_signing import verified
from tests.support.places import ROOT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from kie.service.context import Context
    from tests.service.support import Ground

KEY, OTHER_KEY = bytes(range(32)), bytes(range(1, 33))
BEGAN = 1_790_000_000.0
DAY = 86400.0


class Clock:
    def __init__(self) -> None:
        self.now = BEGAN

    def __call__(self) -> float:
        return self.now


class House:
    """What the notifications need of a service, and hands on its clock."""

    def __init__(self, url: str, *, keys: tuple[bytes, ...] = (KEY,), clock: Clock | None = None) -> None:
        self.database = open_database(url)
        self.clock = clock or Clock()
        self.shared = SimpleNamespace(
            database=self.database,
            clock=self.clock,
            wall=self.clock,
            wake=lambda *_: None,
            sealer=Sealer(keys),
        )
        self.endpoints = Endpoints(cast("Context", self.shared), Poster(Guard(allow_private=True), timeout=2.0))
        self.courier, self.notifier = self.endpoints._courier, self.endpoints.notifier
        self.chance = 0.0
        self.courier._chance = lambda: self.chance

    async def alerts(self) -> list[tuple[str, Any]]:
        return [(kind, json.loads(data)) for kind, data in await self.rows("SELECT kind, data FROM alert")]

    async def announce(self, subject: str = "bat_1", project: str = "site", type: str = "batch.finished") -> None:
        data = {"id": subject}
        await self.database.write(partial(messages.announce, type, project, subject, data, self.clock.now))

    async def callback(self, name: str, url: str, *endpoints: str) -> None:
        """A generation has ended that came with a callback address, and of which endpoints are to be told."""
        await self.rows(
            "INSERT INTO generation (id, project, model, input, fingerprint, priority, state, hook, account, created,"
            " notify) VALUES (?, 'site', 'm', '{}', '', 0, 'cancelled', ?, '', 0, ?)",
            *(name, name, url),
        )
        for target in (url, *endpoints):
            await self.rows(
                "INSERT INTO outbox (at, kind, target, generation, state) VALUES (?, 'notify', ?, ?, 'cancelled')",
                *(self.clock.now, target, name),
            )

    async def beat(self) -> None:
        """One step, and all that it begins."""
        await self.notifier.step()
        await asyncio.gather(*self.notifier._going)

    async def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        def work() -> Work[list[tuple[Any, ...]]]:
            return (yield Statement(sql, values))

        return await self.database.write(work)

    async def state(self) -> tuple[str, int, float | None]:
        """Of the only delivery."""
        [row] = await self.rows("SELECT state, attempts, next_at FROM delivery")
        return row[0], row[1], row[2]


@contextlib.asynccontextmanager
async def at_home(url: str, **options: Any) -> AsyncIterator[tuple[House, Receiver]]:
    house = House(url, **options)
    async with house.database, Receiver().listening() as receiver:
        yield house, receiver
        await house.notifier.stop()


def both(go: Callable[[House, Receiver], Any]) -> Callable[[str], None]:
    """A test that is at home on either database."""

    def test(database: str) -> None:
        async def run() -> None:
            async with at_home(database) as (house, receiver):
                await go(house, receiver)

        asyncio.run(run())

    test.__name__, test.__doc__ = go.__name__, go.__doc__
    return test


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
async def test_without_a_master_key_a_callback_is_dropped_and_the_endpoints_are_told(
    house: House, receiver: Receiver
) -> None:
    endpoint = await house.endpoints.add(f"{receiver.url}&endpoint")
    house.shared.sealer = Sealer()
    await house.callback("gen_1", receiver.url, endpoint.id)
    await house.notifier._fan_out(BEGAN)
    house.shared.sealer = Sealer([KEY])
    await house.callback("gen_2", receiver.url)
    await house.beat()
    assert sorted((came.told["data"]["id"], came.line.split()[1]) for came in receiver.came) == [
        ("gen_1", "/in?a=b&endpoint"),
        ("gen_2", "/in?a=b"),
    ]
    assert await house.rows("SELECT count(*) FROM outbox") == [(0,)]


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


def test_two_notifiers_deliver_each_once(database: str) -> None:
    async def go() -> None:
        clock = Clock()
        async with at_home(database, clock=clock) as (first, receiver), at_home(database, clock=clock) as (second, _):
            await first.endpoints.add(receiver.url)
            for number in range(100):
                await first.announce(f"bat_{number}")
            for house in (first, second):
                await house.notifier.step()
            await asyncio.gather(*first.notifier._going, *second.notifier._going)
            assert len(receiver.came) == len({came.id for came in receiver.came}) == 100
            counted = await first.rows("SELECT state, attempts, count(*) FROM delivery GROUP BY state, attempts")
            assert counted == [("delivered", 1, 100)]

    asyncio.run(go())


def test_two_notifiers_make_one_message_of_each_end(database: str) -> None:
    async def go() -> None:
        async with at_home(database) as (first, receiver), at_home(database) as (second, _):
            endpoint = await first.endpoints.add(f"{receiver.url}&endpoint")
            for number in range(40):
                await first.callback(f"gen_{number}", receiver.url, endpoint.id)
            await asyncio.gather(*(house.notifier._fan_out(BEGAN) for house in (first, second) for _ in range(3)))
            assert await first.rows("SELECT count(*) FROM outbox") == [(0,)]
            assert await first.rows("SELECT count(*), count(DISTINCT subject) FROM message") == [(40, 40)]
            await asyncio.gather(first.notifier.step(), second.notifier.step())
            await asyncio.gather(*first.notifier._going, *second.notifier._going)
            assert len(receiver.came) == 80
            assert len({(came.id, came.line) for came in receiver.came}) == 80
            assert len({came.id for came in receiver.came}) == 40

    asyncio.run(go())


@pytest.mark.slow
def test_what_a_process_was_sending_when_it_was_killed_is_sent_again(database: str) -> None:
    async def go() -> None:
        async with at_home(database) as (house, receiver):
            endpoint = await house.endpoints.add(receiver.url)
            for number in range(20):
                await house.announce(f"bat_{number}")
            receiver.answer = lambda _: reply() if len(receiver.came) <= 5 else b""
            command = (sys.executable, "-m", "tests.service.notify_worker", database)
            worker = await asyncio.create_subprocess_exec(*command, cwd=ROOT)
            await receiver.until(5 + deliveries.PER_LANE, 30)
            worker.kill()  # eight are under way, and the receiver has them
            await worker.wait()
            taken = {came.id for came in receiver.came[:5]}
            receiver.answer = lambda _: reply()
            house.clock.now += deliveries.LEASE
            await house.beat()
            counted = [came.id for came in receiver.came]
            assert len(set(counted)) == 20
            assert all(counted.count(each) == 1 for each in taken)
            assert len(counted) == 20 + deliveries.PER_LANE
            assert {each.state for each in await house.endpoints.deliveries(endpoint.id)} == {"delivered"}

    asyncio.run(go())


@both
async def test_what_a_sender_that_died_had_claimed_is_sent_again(house: House, receiver: Receiver) -> None:
    endpoint = await house.endpoints.add(receiver.url)
    await house.announce()
    [lost] = await house.database.write(lambda: deliveries.claim(endpoint.id, 10, house.clock.now))
    await house.beat()
    assert not receiver.came
    house.clock.now += deliveries.LEASE
    receiver.answer = lambda _: reply(500)
    await house.beat()
    assert len(receiver.came) == 1
    state = await house.state()
    assert state == ("waiting", 1, house.clock.now + 5)
    # The dead was only slow: what it tells of a failure is written down, and changes nothing.
    told = await house.database.write(lambda: deliveries.record(lost, Answer(500), house.clock.now))
    assert told.state == ""
    assert await house.state() == state
    # But what the receiver has taken it has.
    told = await house.database.write(lambda: deliveries.record(lost, Answer(200), house.clock.now))
    assert told.state == "delivered"
    house.clock.now += DAY
    await house.beat()
    assert len(receiver.came) == 1


@both
async def test_an_endpoint_that_is_removed_takes_what_waits_with_it(house: House, receiver: Receiver) -> None:
    endpoint = await house.endpoints.add(receiver.url)
    await house.announce()
    [under_way] = await house.database.write(lambda: deliveries.claim(endpoint.id, 10, house.clock.now))
    await house.endpoints.remove(endpoint.id)
    told = await house.database.write(lambda: deliveries.record(under_way, Answer(500), house.clock.now))
    assert told.state == ""
    house.clock.now += DAY
    await house.beat()
    assert not receiver.came
    assert await house.rows("SELECT count(*) FROM signing_secret") == [(0,)]
    with pytest.raises(InvalidInput, match="no endpoint"):
        await house.endpoints.get(endpoint.id)


@both
async def test_a_secret_is_replaced_without_a_gap(house: House, receiver: Receiver) -> None:
    endpoint = await house.endpoints.add(receiver.url)
    old = await house.endpoints.secret(endpoint.id)

    async def signed_by() -> tuple[bool, ...]:
        receiver.came.clear()
        await house.announce(f"bat_{house.clock.now}")
        await house.beat()
        [came] = receiver.came
        return tuple(verified(each, came.head, came.body, house.clock.now) for each in known)

    known = [old]
    assert await signed_by() == (True,)
    house.clock.now += 10
    known.append(await house.endpoints.rotate_secret(endpoint.id))
    assert await house.endpoints.secret(endpoint.id) == known[1] != old
    assert await signed_by() == (True, True)
    house.clock.now += DAY - 1
    assert await signed_by() == (True, True)
    house.clock.now += 1
    assert await signed_by() == (False, True)
    known.append(await house.endpoints.rotate_secret(endpoint.id, overlap=0))
    house.clock.now += 1
    assert await signed_by() == (False, False, True)
    house.clock.now += DAY
    await house.beat()
    assert await house.rows("SELECT count(*) FROM signing_secret") == [(1,)]  # the others are swept


@both
async def test_secrets_are_sealed_and_follow_a_new_master_key(house: House, receiver: Receiver) -> None:
    endpoint = await house.endpoints.add(receiver.url)
    secret = await house.endpoints.secret(endpoint.id)
    [(blob, key)] = await house.rows("SELECT blob, key_id FROM signing_secret")
    assert secret.encode() not in bytes(blob)
    assert key == Sealer([KEY]).key_id
    done = await reseal(house.database, Sealer([OTHER_KEY, KEY]), VAULTS)
    assert (done.done, done.failed) == (1, ())
    house.shared.sealer = Sealer([OTHER_KEY])
    assert await house.endpoints.secret(endpoint.id) == secret


@both
async def test_what_cannot_be_signed_waits_and_counts_as_no_attempt(house: House, receiver: Receiver) -> None:
    await house.endpoints.add(receiver.url)
    house.shared.sealer = Sealer([OTHER_KEY])
    await house.announce()
    await house.beat()
    assert not receiver.came
    state, attempts, next_at = await house.state()
    assert (state, attempts, next_at) == ("waiting", 0, BEGAN + 300)
    house.shared.sealer = Sealer([OTHER_KEY, KEY])
    house.clock.now += 300
    await house.beat()
    assert len(receiver.came) == 1
    house.shared.sealer = Sealer()
    with pytest.raises(MasterKeyMissing):
        await house.endpoints.add(receiver.url)
    assert len(await house.endpoints.list()) == 1


@both
async def test_replay(house: House, receiver: Receiver) -> None:
    endpoint = await house.endpoints.add(receiver.url)
    await house.announce("taken")
    await house.beat()
    receiver.answer = lambda _: reply(410)
    house.clock.now += 10
    for number in range(3):
        await house.announce(f"missed_{number}")
        await house.beat()
        await house.endpoints.enable(endpoint.id)
        house.clock.now += 10
    first = {came.told["data"]["id"]: came.id for came in receiver.came}
    receiver.came.clear()
    receiver.answer = lambda _: reply()
    assert await house.endpoints.replay(endpoint.id, since=BEGAN + 20) == 2
    await house.beat()
    assert {came.told["data"]["id"]: came.id for came in receiver.came} == {
        name: first[name] for name in ("missed_1", "missed_2")
    }
    assert all(came.head["webhook-timestamp"] == str(int(house.clock.now)) for came in receiver.came)
    assert await house.endpoints.replay(endpoint.id, since=0) == 1
    receiver.came.clear()
    assert await house.endpoints.replay(endpoint.id, message=first["taken"]) == 1
    await house.beat()
    assert {came.id for came in receiver.came} == {first["taken"], first["missed_0"]}
    # One that was added later can be sent what was before.
    later = await house.endpoints.add(f"{receiver.url}&later")
    assert await house.endpoints.replay(later.id, message=first["taken"]) == 1
    receiver.came.clear()
    await house.beat()
    assert [(came.id, came.line.split()[1]) for came in receiver.came] == [(first["taken"], "/in?a=b&later")]

    await house.endpoints.disable(later.id)
    for wrong in (
        partial(house.endpoints.replay, later.id, since=0.0),
        partial(house.endpoints.replay, endpoint.id),
        partial(house.endpoints.replay, endpoint.id, since=0.0, message="msg_1"),
        partial(house.endpoints.replay, endpoint.id, message="msg_1"),
        partial(house.endpoints.replay, "ep_1", since=0.0),
    ):
        with pytest.raises(InvalidInput):
            await wrong()


@both
async def test_a_replay_begins_the_schedule_anew(house: House, receiver: Receiver) -> None:
    endpoint = await house.endpoints.add(receiver.url)
    receiver.answer = lambda _: reply(500)
    await house.announce()
    for _ in range(9):
        await house.beat()
        house.clock.now += DAY / 2
    assert await house.state() == ("failed", 8, None)
    await house.endpoints.replay(endpoint.id, since=0)
    await house.beat()
    assert await house.state() == ("waiting", 1, house.clock.now + 5)


@both
async def test_a_test_is_sent_once_and_told_at_once(house: House, receiver: Receiver) -> None:
    endpoint = await house.endpoints.add(receiver.url)
    done = await house.endpoints.test(endpoint.id)
    assert (done.type, done.state, done.attempts) == ("ping", "delivered", 1)
    assert receiver.came[0].told["type"] == "ping"
    receiver.answer = lambda _: reply(404, body="who?")
    house.clock.now += 1
    done = await house.endpoints.test(endpoint.id)
    assert (done.state, done.attempts, done.next_at) == ("failed", 1, None)
    assert done.last is not None
    assert (done.last.status, done.last.excerpt) == (404, "who?")
    assert (await house.endpoints.get(endpoint.id)).failing is None
    house.clock.now += DAY
    await house.beat()
    assert len(receiver.came) == 2


@both
async def test_the_log_is_read_in_pages(house: House, receiver: Receiver) -> None:
    endpoint = await house.endpoints.add(receiver.url)
    other = await house.endpoints.add(f"{receiver.url}&other")
    receiver.answer = lambda came: reply(204 if "other" in came.line else 500)
    for number in range(5):
        await house.announce(f"bat_{number}")
    await house.beat()
    read: list[str] = []
    before = None
    while page := await house.endpoints.deliveries(endpoint.id, before=before, limit=2):
        read += [each.subject for each in page]
        before = page[-1].number
    assert read == [f"bat_{number}" for number in reversed(range(5))]
    assert len(await house.endpoints.deliveries()) == 10
    assert {each.endpoint for each in await house.endpoints.deliveries(state="delivered")} == {other.id}
    assert {each.endpoint for each in await house.endpoints.deliveries(state="waiting")} == {endpoint.id}
    found = await house.endpoints.deliveries(subject="bat_3")
    assert len(found) == 2
    assert found == await house.endpoints.deliveries(message=found[0].message)
    told = await house.endpoints.message(found[0].message)
    assert (told.type, told.subject, json.loads(told.payload)["data"]) == ("batch.finished", "bat_3", {"id": "bat_3"})
    assert {each.url for each in found} == {receiver.url, f"{receiver.url}&other"}


@both
async def test_an_endpoint_is_changed(house: House, receiver: Receiver) -> None:
    endpoint = await house.endpoints.add("http://127.0.0.1:9/", description="one")
    await house.announce()
    changed = await house.endpoints.change(endpoint.id, url=receiver.url, types=["batch.*"], description="two")
    assert changed == endpoint._replace(url=receiver.url, types=("batch.*",), description="two")
    assert await house.endpoints.change(endpoint.id) == changed
    await house.beat()
    assert len(receiver.came) == 1  # what waited went to the new address
    assert (await house.endpoints.change(endpoint.id, types=[])).types == ()
    for wrong in ({"url": "http://169.254.169.254/"}, {"types": ["batch.begun"]}, {"types": ["*"]}):
        with pytest.raises(InvalidInput):
            await house.endpoints.change(endpoint.id, **cast("Any", wrong))
    with pytest.raises(AddressRefused):
        await house.endpoints.add("http://169.254.169.254/")
    with pytest.raises(InvalidInput):
        await house.endpoints.add(receiver.url, secret="whsec_short")
    assert len(await house.endpoints.list()) == 1


@both
async def test_an_address_that_is_refused_at_the_sending_is_told(house: House, receiver: Receiver) -> None:
    await house.endpoints.add(receiver.url)
    house.courier.poster = Poster(Guard(allow_http=True, ports=None))
    await house.announce()
    await house.beat()
    [delivery] = await house.endpoints.deliveries()
    assert delivery.last is not None
    assert "loopback" in delivery.last.error
    assert not receiver.connections


@both
async def test_messages_are_kept_for_a_month(house: House, receiver: Receiver) -> None:
    await house.endpoints.add(receiver.url)
    await house.announce("old")
    await house.beat()
    house.clock.now += 29 * DAY
    await house.announce("new")
    await house.beat()
    receiver.answer = lambda _: reply(503, "Retry-After: 86400")
    house.clock.now += DAY - 1
    await house.announce("waits")
    await house.beat()
    assert await house.rows("SELECT count(*) FROM message") == [(3,)]
    house.clock.now += 2
    await house.database.write(lambda: deliveries.sweep(house.clock.now))
    assert await house.rows("SELECT subject FROM message ORDER BY at") == [("new",), ("waits",)]
    house.clock.now += 40 * DAY
    await house.database.write(lambda: deliveries.sweep(house.clock.now))
    assert await house.rows("SELECT subject FROM message") == [("waits",)]
    assert await house.rows("SELECT count(*) FROM delivery_attempt") == [(1,)]


@both
async def test_a_clock_that_was_set_back_does_not_hold_them_up(house: House, receiver: Receiver) -> None:
    await house.endpoints.add(receiver.url)
    receiver.answer = lambda _: reply(429, "Retry-After: 60")
    await house.announce()
    await house.beat()
    await house.rows("INSERT INTO worker (id, host, pid, began, beat) VALUES ('wrk_1', '', 1, 0, ?)", BEGAN + 3)
    house.clock.now = BEGAN + 3 - 3600
    assert await house.database.write(lambda: beating.began(house.clock.now)) == 3600
    receiver.answer = lambda _: reply()
    await house.announce("bat_2")
    await house.beat()
    assert [came.told["data"]["id"] for came in receiver.came] == ["bat_1", "bat_2"]
    house.clock.now += 57
    await house.beat()
    assert [came.told["data"]["id"] for came in receiver.came] == ["bat_1", "bat_2", "bat_1"]


_HAPPENINGS = st.lists(
    st.tuples(
        st.sampled_from(["answer", "late", "claim", "replay", "disable", "enable"]),
        st.sampled_from([None, 200, 204, 302, 404, 410, 429, 500, 503]),
        st.floats(0, 2 * DAY),
    ),
    max_size=25,
)


@pytest.mark.slow
@settings(max_examples=60)
@given(_HAPPENINGS)
def test_whatever_happens_a_delivery_has_one_state_and_an_end(happenings: list[tuple[str, int | None, float]]) -> None:
    async def go() -> None:
        house = House("sqlite://")
        async with house.database:
            endpoint = await house.endpoints.add("http://127.0.0.1:9/")
            await house.announce()
            claimed: list[deliveries.Due] = []
            before, taken = ("waiting", 0, BEGAN), False
            for what, status, pause in happenings:
                house.clock.now += pause
                now = house.clock.now
                if what == "claim":
                    claimed += await house.database.write(partial(deliveries.claim, endpoint.id, 5, now))
                elif what in ("answer", "late") and claimed:
                    due = claimed[-1] if what == "answer" else claimed[0]
                    answer = Answer(status, "" if status else "nothing", "60" if status == 429 else None)
                    told = await house.database.write(partial(deliveries.record, due, answer, now))
                    taken = taken or answer.taken
                    assert (told.state == "delivered") is answer.taken
                elif what == "replay" and (await house.endpoints.get(endpoint.id)).state == "enabled":
                    if await house.endpoints.replay(endpoint.id, since=0):
                        assert before[0] == "failed"
                        before = ("waiting", 0, now)
                elif what == "disable":
                    await house.endpoints.disable(endpoint.id)
                elif what == "enable":
                    await house.endpoints.enable(endpoint.id)
                state, attempts, next_at = await house.state()
                assert (state == "waiting") is (next_at is not None)
                assert state == "delivered" if taken else state != "delivered"
                assert before[0] != "delivered" or state == "delivered"
                assert attempts <= 8 or taken
                before = (state, attempts, next_at or 0.0)

    asyncio.run(go())


# --------------------------------------------------------------------------------------------------- the whole service


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
