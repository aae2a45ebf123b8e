"""Keys: who comes in, how often, how many tasks at once, and how much each may spend."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kie.emulator import Key
from kie.emulator.money.keys import Keys, read_key
from tests.emulator.support import Client, Served

IMAGE = {"model": "nano-banana-pro", "input": {"prompt": "x"}}  # 18 credits
CREATE = "/api/v1/jobs/createTask"


def _create(served: Served, key: str = "a-key") -> Any:
    return Client(served.server.url, key).post(CREATE, IMAGE)


def test_only_given_keys_open_the_door() -> None:
    with Served(keys=["one", Key("two", total=Decimal(20))]) as served:
        assert _create(served, "one")["code"] == 200
        assert _create(served, "two")["code"] == 200
        assert _create(served, "three") == {"code": 401, "msg": _create(served, "")["msg"]}
        assert len(served.emulator.tasks()) == 2


@pytest.mark.parametrize("limit", ["hourly", "daily", "total"])
def test_a_sub_key_is_refused_with_433_above_its_cap(limit: str) -> None:
    with Served(keys=[f"capped:{limit}=40", "free"], clock="frozen") as served:
        assert [_create(served, "capped")["code"] for _ in range(3)] == [200, 200, 433]
        assert _create(served, "free")["code"] == 200
        assert served.emulator.balance == 1000 - 3 * 18
        assert len(served.emulator.tasks()) == 3


@pytest.mark.parametrize(("limit", "hours", "code"), [("hourly", 1, 200), ("daily", 1, 433), ("daily", 24, 200)])
def test_a_cap_is_open_again_when_its_time_has_passed(limit: str, hours: int, code: int) -> None:
    with Served(keys=[f"capped:{limit}=20"], clock="frozen") as served:
        assert _create(served, "capped")["code"] == 200
        served.emulator.advance(hours * 3600 - 1)
        assert _create(served, "capped")["code"] == 433
        served.emulator.advance(2)
        assert _create(served, "capped")["code"] == code


def test_a_total_cap_never_opens_again_but_for_what_came_back() -> None:
    with Served(keys=["capped:total=20"], clock="frozen") as served:
        failing = {"model": "nano-banana-pro", "input": {"prompt": "emu:fail=501"}}
        client = Client(served.server.url, "capped")
        assert client.post(CREATE, failing)["code"] == 200
        assert client.post(CREATE, IMAGE)["code"] == 433
        served.emulator.advance(3600)
        assert client.post(CREATE, IMAGE)["code"] == 200  # the failed task gave its credits back
        served.emulator.advance(10 * 86400)
        assert client.post(CREATE, IMAGE)["code"] == 433


def test_the_rate_is_counted_for_each_key_in_virtual_time() -> None:
    with Served(clock="frozen", credits=10**6) as served:
        assert [_create(served)["code"] for _ in range(21)] == [200] * 20 + [429]
        assert _create(served, "another")["code"] == 200
        served.emulator.advance(9.9)
        assert _create(served)["code"] == 429
        served.emulator.advance(0.2)
        assert _create(served)["code"] == 200


def test_in_jump_a_key_that_was_refused_may_soon_create_again() -> None:
    with Served(rate=(1, 3600.0)) as served:
        assert _create(served)["code"] == 200
        assert _create(served)["code"] == 429
        before = served.emulator.now()
        for _ in range(200):
            if _create(served)["code"] == 200:
                break
            served.server._thread.join(0.1)  # nobody asks for anything meanwhile
        else:
            pytest.fail("never again")
        assert served.emulator.now() - before > 3000


def test_a_rate_of_nothing_is_no_limit() -> None:
    with Served(clock="frozen", credits=10**6, rate=(0, 10.0)) as served:
        assert {_create(served)["code"] for _ in range(60)} == {200}


def test_only_so_many_tasks_may_be_unfinished_at_once() -> None:
    with Served(clock="frozen", concurrency=2) as served:
        assert [_create(served)["code"] for _ in range(3)] == [200, 200, 429]
        assert _create(served, "another")["code"] == 200
        served.emulator.advance(3600)
        assert _create(served)["code"] == 200


def test_legacy_paths_have_the_same_limits() -> None:
    song = {"prompt": "x", "customMode": False, "instrumental": True, "model": "V5", "callBackUrl": "http://x.invalid"}
    with Served(keys=["capped:total=13"], clock="frozen", rate=(2, 10.0)) as served:
        client = Client(served.server.url, "capped")
        assert [client.post("/api/v1/generate", song)["code"] for _ in range(3)] == [200, 433, 429]


@pytest.mark.parametrize("text", ["", ":total=5", "k:totally=5", "k:total=", "k:total=-1", "k:total=1e5", "k:total"])
def test_wrong_keys_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="key"):
        read_key(text)


def test_caps_are_read_and_keys_not_shown() -> None:
    key = read_key("abcdefgh-secret:hourly=1.5,daily=20,total=100")
    assert (key.hourly, key.daily, key.total) == (Decimal("1.5"), Decimal(20), Decimal(100))
    assert repr(key) == "Key(…cret)"


EIGHTHS = st.integers(0, 40).map(lambda number: number / 8)  # sums and differences of these are exact


@given(st.lists(EIGHTHS, max_size=80), st.integers(1, 5), EIGHTHS.map(lambda eighths: eighths + 1))
def test_no_window_ever_holds_more_than_the_rate(waits: list[float], most: int, window: float) -> None:
    now = 0.0
    keys = Keys(None, (most, window), None, lambda: now)
    admitted: list[float] = []
    for wait in waits:
        now += wait
        if keys.admit("k"):
            admitted.append(now)
        else:
            assert keys.opens("k") > now
    assert all(sum(at <= other < at + window for other in admitted) <= most for at in admitted)
    assert not waits or admitted
