"""Who sends notifications: several side by side, killed, without a key, at a time that jumps; what is kept of it."""

from __future__ import annotations

import asyncio
import sys
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kie.service import beating
from kie.service.accounts.seal_errors import MasterKeyMissing
from kie.service.accounts.sealing import Sealer
from kie.service.notifications import deliveries, notifying
from kie.service.notifications.guard import Guard
from kie.service.notifications.posting import Answer, Poster
from tests.service.messenger import BEGAN, DAY, KEY, OTHER_KEY, Clock, House, at_home, both
from tests.service.receiver import Receiver, reply
from tests.support.places import ROOT


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
async def test_what_cannot_be_signed_waits_and_counts_as_no_attempt(house: House, receiver: Receiver) -> None:
    endpoint = await house.endpoints.add(receiver.url, types=["batch.*"])
    house.shared.sealer = Sealer([OTHER_KEY])
    await house.announce()
    await house.beat()
    assert not receiver.came
    assert await house.alerts() == [("master-key", {"endpoint": endpoint.id})]
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


@pytest.mark.parametrize("number", [3, 7])
def test_long_queues_do_not_keep_others_from_their_turn(
    database: str, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(notifying, "_MOST", 2)

    async def go() -> None:
        async with at_home(database) as (house, receiver):
            receiver.answer = lambda came: reply(204 if "good" in came.line else 500)
            for name in range(number):
                await house.endpoints.add(f"{receiver.url}&{name}")
            for subject in range(30):
                await house.announce(f"bat_{subject}")
            house.clock.now += 1
            await house.endpoints.add(f"{receiver.url}&good")
            await house.announce("last")
            while not any("good" in came.line for came in receiver.came):
                await house.beat()
            assert len(receiver.came) <= 2 * (number + 1)

    asyncio.run(go())


@both
async def test_what_is_old_goes_however_much_it_is(house: House, receiver: Receiver) -> None:
    for number in range(1500):
        await house.rows(
            "INSERT INTO message (id, project, type, subject, payload, at) VALUES (?, '', 'ping', ?, '{}', 0)",
            *(f"msg_{number}", f"{number}"),
        )
    for _ in range(3):
        await house.beat()
    assert await house.rows("SELECT count(*) FROM message") == [(0,)]
