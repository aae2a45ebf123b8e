"""Endpoints: added, changed, tried, given another secret, sent again what they missed."""

from __future__ import annotations

import json
from functools import partial
from typing import Any, cast

import pytest

from kie.errors import InvalidInput
from kie.service.accounts.resealing import reseal
from kie.service.accounts.rows import VAULTS
from kie.service.accounts.sealing import Sealer
from kie.service.notifications import deliveries
from kie.service.notifications.guard import AddressRefused
from kie.service.notifications.posting import Answer
from tests.service.messenger import BEGAN, DAY, KEY, OTHER_KEY, House, both
from tests.service.receiver import Receiver, reply
from tests.service.test_signing import verified


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

    other = await house.endpoints.add(receiver.url, project="another")
    await house.endpoints.disable(later.id)
    for wrong in (
        partial(house.endpoints.replay, other.id, message=first["taken"]),  # it is none of its project's
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
async def test_another_address_has_not_failed_yet(house: House, receiver: Receiver) -> None:
    endpoint = await house.endpoints.add(receiver.url)
    receiver.answer = lambda _: reply(500)
    await house.announce()
    await house.beat()
    assert (await house.endpoints.get(endpoint.id)).failing is not None
    house.clock.now += 6 * DAY
    changed = await house.endpoints.change(endpoint.id, url=f"{receiver.url}&new")
    assert changed.failing is None
    await house.beat()
    assert len(receiver.came) == 2
    assert (await house.endpoints.get(endpoint.id)).state == "enabled"
