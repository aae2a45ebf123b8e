"""What the fixtures give, and what the marker sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    Run = Callable[..., pytest.RunResult]


def test_each_test_gets_an_emulator_of_its_own_with_the_same_beginning(run: Run) -> None:
    run(
        """
        import datetime
        import pytest

        ids = []

        @pytest.mark.parametrize("turn", (1, 2))
        def test_same(kie_client, kie_emulator, turn):
            assert kie_emulator.balance == 1000
            assert kie_emulator.world.clock.mode == "jump"
            assert datetime.datetime.fromtimestamp(kie_emulator.now(), datetime.UTC).date() == datetime.date(2026, 1, 1)
            task = kie_client.submit("nano-banana-2", prompt="a boat")
            ids.append(task.id)
            assert [made.id for made in kie_emulator.tasks()] == [task.id]
            assert len(set(ids)) == 1
        """
    ).assert_outcomes(passed=2)


def test_marker_sets_the_emulator_and_the_nearest_one_wins(run: Run) -> None:
    run(
        """
        import pytest
        from kie.emulator import Fault

        pytestmark = pytest.mark.kie(credits=7, seed=3)

        @pytest.mark.kie(credits=9, clock="frozen", quirks="cost-time-ms", webhook_key="hook", start=1000.0)
        class TestMarked:
            @pytest.mark.kie(faults=Fault("create", "500", times=2), quirks=("no-funds-documented",))
            def test_merged(self, kie_emulator):
                world = kie_emulator.world
                assert (kie_emulator.balance, world.seed, world.clock.mode) == (9, 3, "frozen")
                assert world.quirks == {"no-funds-documented"}
                assert kie_emulator.now() == 1000
                assert world.faults.to_json()[0]["do"] == "500"

            def test_of_the_class(self, kie_emulator):
                assert kie_emulator.world.quirks == {"cost-time-ms"}

        @pytest.mark.kie(faults="flaky")
        def test_of_the_module(kie_emulator):
            assert kie_emulator.balance == 7
            assert len(kie_emulator.world.faults.to_json()) > 1
            kie_emulator.advance(5)
        """
    ).assert_outcomes(passed=3)


def test_marker_that_says_what_there_is_not_is_an_error_that_tells_what_there_is(run: Run) -> None:
    result = run(
        """
        import pytest

        @pytest.mark.kie(fault="flaky")
        def test_misspelt():
            raise SystemExit("never runs")

        @pytest.mark.kie("flaky")
        def test_unnamed(kie_emulator):
            raise SystemExit("never runs")

        @pytest.mark.kie(clock="quick")
        def test_value(kie_emulator):
            raise SystemExit("never runs")

        @pytest.mark.kie(faults="flakey")
        def test_pack(kie_emulator):
            raise SystemExit("never runs")

        @pytest.mark.kie(allow_hosts=[1])
        def test_hosts(kie_emulator):
            raise SystemExit("never runs")

        def test_another():
            pass
        """
    )
    result.assert_outcomes(errors=5, passed=1)
    text = result.stdout.str()
    assert "has no argument fault. Did you mean faults?" in text
    assert "webhook_key" in text
    assert "named arguments only, not 'flaky'" in text
    assert "clock 'quick': use real, scaled:N, frozen or jump" in text
    assert "takes a list of names, not [1]" in text


def test_server_is_found_by_settings_which_are_gone_afterwards(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIE_API_KEY", "their-own")
    run(
        """
        import json
        import os
        import urllib.request
        import pytest

        def test_served(kie_emulator_server, kie_emulator, monkeypatch):
            assert os.environ["KIE_BASE_URL"] == os.environ["KIE_UPLOAD_URL"] == kie_emulator_server.url
            assert kie_emulator_server.emulator is kie_emulator
            request = urllib.request.Request(
                kie_emulator_server.url + "/api/v1/chat/credit",
                headers={"Authorization": "Bearer " + os.environ["KIE_API_KEY"]},
            )
            with urllib.request.urlopen(request) as answer:
                assert json.load(answer)["data"] == 1000

        @pytest.mark.kie(keys="only-this:total=50")
        def test_key(kie_emulator_server):
            from kie import Kie
            assert os.environ["KIE_API_KEY"] == kie_emulator_server.api_key == "only-this"
            with Kie() as client:
                assert client.credits() == 1000

        def test_not_served():
            assert os.environ["KIE_API_KEY"] == "their-own"
            assert "KIE_BASE_URL" not in os.environ
        """
    ).assert_outcomes(passed=3)


def test_a_client_uses_the_fixture_also_where_another_emulator_was_wished_for(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIE_EMULATED", "1")
    run(
        """
        from kie import Kie

        def test_it(kie_emulator_server, kie_emulator):
            with Kie() as client:
                client.submit("nano-banana-2", prompt="a boat")
            assert len(kie_emulator.tasks()) == 1
        """
    ).assert_outcomes(passed=1)


def test_clients_make_files_through_faults_and_leave_no_loop(run: Run) -> None:
    run(
        """
        import asyncio
        import pytest
        from kie.emulator import Fault

        @pytest.mark.kie(faults=[Fault("poll", "http-502", times=2), Fault("media", "truncate")])
        def test_blocking(kie_client):
            assert len(kie_client.image("a boat").outputs[0].bytes()) > 1000

        def test_asynchronous(kie_async_client, kie_emulator):
            async def make():
                result = await kie_async_client.image("a boat")
                return await result.outputs[0].bytes()

            assert len(asyncio.run(make())) > 1000
            assert len(kie_emulator.tasks()) == 1

        def test_unused(kie_async_client):
            pass
        """
    ).assert_outcomes(passed=3)


def test_spend_is_judged(run: Run) -> None:
    result = run(
        """
        import decimal
        import pytest
        from kie.testing import assert_spend as judge

        @pytest.fixture
        def bought(kie_client):
            kie_client.submit("nano-banana-2", prompt="a boat")

        def test_right(bought, assert_spend, kie_emulator):
            assert assert_spend(exactly=8) == judge(kie_emulator, min="7.5", max=8.0, usd="0.04") == decimal.Decimal(8)

        @pytest.mark.parametrize("limit", ({"max": 7}, {"min": 9}, {"exactly": "8.5"}, {"usd": 0.03}), ids=str)
        def test_wrong(bought, assert_spend, limit):
            assert_spend(**limit)

        def test_nothing(assert_spend):
            with pytest.raises(TypeError, match="max="):
                assert_spend()
            with pytest.raises(AssertionError, match="nothing was bought"):
                assert_spend(min=1)

        @pytest.mark.kie(clock="frozen")
        def test_failed_tasks_cost_nothing(kie_client, assert_spend, kie_emulator):
            kie_client.submit("nano-banana-2", prompt="a boat emu:fail=501")
            assert_spend(exactly=8)
            kie_emulator.advance(3600)
            assert_spend(max=0)
        """
    )
    result.assert_outcomes(passed=3, failed=4)
    text = result.stdout.str()
    for wrong in ("at most 7 credits", "at least 9 credits", "exactly 8.5 credits", "at most $0.03"):
        assert f"8 credits ($0.04) were spent, not {wrong}:" in text
    assert "hold            8  nano-banana-2 " in text
