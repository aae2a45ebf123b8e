"""Several accounts of the vendor: sealed, shared by all workers, changed while they work, replaced without loss."""

from __future__ import annotations

import asyncio
import logging
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from kie.emulator import Fault
from kie.errors import AuthenticationError, InvalidInput, ModelUnavailable
from kie.service import claims
from kie.service.accounts import master_key, pool
from kie.service.accounts.changes import Changes
from kie.service.accounts.rows import VAULTS
from kie.service.accounts.seal_errors import MasterKeyMissing
from kie.service.accounts.sealing import Sealer
from kie.service.claims import Limits
from kie.service.machine import State
from kie.store.work import Statement
from tests.service.support import MODEL, PRICE, Ground

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kie.service import Generation, Service
    from kie.store.work import Rows, Work

FOX = {"prompt": "a red fox"}
FIRST, SECOND = "a-key", "another-key-of-the-vendor-9f3c"
KEYS = [bytes(range(32)), bytes(range(100, 132))]
SEALER = Sealer(KEYS[:1])
FAST: dict[str, Any] = {"rate": (10**6, 1.0), "concurrency": None}


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "FRESH", 0.05)


@pytest.fixture
def keyed() -> Iterator[Ground]:
    """A vendor that knows two keys."""
    made = Ground(keys=[FIRST, SECOND])
    yield made
    made.close()


async def _until(service: Service, name: str, *states: State) -> Generation:
    async with asyncio.timeout(15):
        while (found := await service.get(name)).state not in states:  # noqa: ASYNC110 - states may be skipped
            await asyncio.sleep(0.02)
    return found


async def _rows(service: Service, sql: str, *values: Any) -> Rows:
    def work() -> Work[Rows]:
        return (yield Statement(sql, values))

    return await service.database.write(work)


def _payers(ground: Ground) -> set[str]:
    return {task.key[-4:] for task in ground.emulator.tasks()}


def test_two_accounts_share_the_work_and_each_keeps_its_limit(database: str, tmp_path: Path, keyed: Ground) -> None:
    async def go() -> None:
        async with keyed.serving(database, tmp_path, sealer=SEALER, limits=Limits(2, 0.5)) as service:
            await service.accounts.add("second", SECOND, Changes(rate=(2, 0.5)))
            made = [await service.create(MODEL, FOX) for _ in range(8)]
            done = [await service.wait(each.id, 20) for each in made]
            assert {each.state for each in done} == {State.SUCCEEDED}
            assert _payers(keyed) == {FIRST[-4:], SECOND[-4:]}
            spent = [(await service.balance(name))["spent"] for name in ("default", "second")]
            assert sum(spent) == 8 * PRICE == keyed.spent()
            assert min(spent) > 0

    asyncio.run(go())


def test_a_generation_for_an_account_that_is_none_is_refused(tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        async with ground.serving("sqlite://", tmp_path) as service:
            with pytest.raises(InvalidInput, match="no account 'nobody'"):
                await service.create(MODEL, FOX, account="nobody")
            assert await service.list() == []
            made = await service.create(MODEL, FOX, account="default")
            assert (await service.wait(made.id, 20)).state is State.SUCCEEDED

    asyncio.run(go())


def test_a_key_is_shown_nowhere(database: str, tmp_path: Path, keyed: Ground, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    async def go() -> None:
        async with keyed.serving(database, tmp_path, sealer=SEALER) as service:
            made = await service.accounts.add("second", SECOND, Changes(webhook_secret="a-webhook-secret"))
            assert made == await service.accounts.show("second")
            assert [each.name for each in await service.accounts.list()] == ["default", "second"]
            assert (made.hint, made.stored, made.limits) == ("9f3c", True, Limits(20, 10.0, 100))
            assert await service.accounts.webhook_secret("second") == "a-webhook-secret"
            assert await service.accounts.webhook_secret("default") is None
            await service.accounts.rotate("second", SECOND[::-1])
            written = repr(await _rows(service, "SELECT * FROM account"))
            written += repr(await _rows(service, "SELECT * FROM account_key"))
            written += repr(await service.accounts.list()) + repr(service.accounts.__dict__) + caplog.text
            for secret in (SECOND, SECOND[::-1], "a-webhook-secret"):
                assert secret not in written
            short = await service.accounts.add("short", "abc-key")
            assert short.hint == ""

    asyncio.run(go())


def test_what_is_changed_is_seen_by_workers_that_run(database: str, tmp_path: Path, keyed: Ground) -> None:
    async def go() -> None:
        async with (
            keyed.serving(database, tmp_path, sealer=SEALER) as elsewhere,
            keyed.serving(database, tmp_path, sealer=SEALER) as service,
        ):
            await elsewhere.accounts.suspend("default")
            await elsewhere.accounts.add("second", SECOND, Changes(**FAST))
            made = await service.create(MODEL, FOX, account="second")
            assert (await service.wait(made.id, 20)).state is State.SUCCEEDED
            assert _payers(keyed) == {SECOND[-4:]}
            assert not (await service.accounts.show("default")).enabled

    asyncio.run(go())


def test_an_account_that_is_suspended_sends_nothing_and_goes_on_afterwards(
    database: str, tmp_path: Path, ground: Ground
) -> None:
    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            assert not (await service.accounts.suspend("default")).enabled
            made = await service.create(MODEL, FOX)
            service.context.wake()
            await asyncio.sleep(0.3)
            assert (await service.get(made.id)).state is State.HELD
            assert ground.creations() == 0
            await service.accounts.resume("default")
            service.context.wake()
            assert (await service.wait(made.id, 20)).state is State.SUCCEEDED
            retired = await service.accounts.suspend("default", retire=True)
            assert (retired.enabled, retired.retired) == (False, True)

    asyncio.run(go())


def test_a_worker_that_has_not_heard_of_it_does_not_use_an_account_any_more(
    database: str, tmp_path: Path, ground: Ground
) -> None:
    async def go() -> None:
        async with ground.serving(database, tmp_path, sealer=SEALER) as service:
            await service.worker.stop()
            await service.create(MODEL, FOX)

            async def claimed() -> list[Any]:
                now = service.context.clock()
                return (
                    await service.database.write(
                        lambda: claims.submissions("default", Limits(10, 1.0), 10, now, "worker")
                    )
                ).rows

            await _rows(service, "UPDATE account SET enabled = 0")
            assert await claimed() == []
            await _rows(service, "DELETE FROM account")
            assert await claimed() == []
            await service.accounts.open(service.context.clock())
            assert len(await claimed()) == 1

    asyncio.run(go())


def test_what_was_made_with_a_former_key_is_asked_for_with_it(database: str, tmp_path: Path) -> None:
    ground = Ground(keys=[FIRST, SECOND], clock="frozen")

    async def go() -> None:
        async with ground.serving(database, tmp_path, sealer=SEALER) as service:
            await service.accounts.suspend("default")
            await service.accounts.add("second", SECOND, Changes(**FAST))
            made = await service.create(MODEL, FOX)
            await _until(service, made.id, State.WAITING)
            # The new key is one of another account of the vendor, which knows nothing of the task.
            await service.accounts.rotate("second", "unknown-to-this-vendor")
            await service.accounts.rotate("second", "unknown-as-well")
            assert [len(await _rows(service, "SELECT 1 FROM account_key"))] == [2]
            await asyncio.to_thread(ground.emulator.advance, 3600)
            assert (await service.wait(made.id, 20)).state is State.SUCCEEDED
            with pytest.raises(AuthenticationError):
                await service.accounts.vendor("second").credits()
            await service.accounts.rotate("second", SECOND)
            found = await service.accounts.test("second")
            assert found == Decimal(10**6 - PRICE)
            assert (await service.accounts.show("second")).balance == found

    try:
        asyncio.run(go())
    finally:
        ground.close()


def test_an_account_that_is_needed_stays(database: str, tmp_path: Path) -> None:
    ground = Ground(clock="frozen")

    async def go() -> None:
        async with ground.serving(database, tmp_path, sealer=SEALER) as service:
            await service.accounts.add("second", SECOND, Changes(**FAST))
            made = await service.create(MODEL, FOX, account="second")
            await _until(service, made.id, State.WAITING)
            with pytest.raises(InvalidInput, match="1 generations need"):
                await service.accounts.remove("second")
            await asyncio.to_thread(ground.emulator.advance, 3600)
            await service.wait(made.id, 20)
            await service.accounts.remove("second")
            assert [each.name for each in await service.accounts.list()] == ["default"]
            assert (await service.balance("second"))["spent"] == PRICE
            with pytest.raises(InvalidInput, match="environment"):
                await service.accounts.remove("default")
            for action in (
                service.accounts.remove("second"),
                service.accounts.show("second"),
                service.accounts.suspend("second"),
                service.accounts.rotate("second", SECOND),
                service.accounts.change("second", Changes(callback=None)),
                service.accounts.test("second"),
            ):
                with pytest.raises(InvalidInput, match="no account 'second'"):
                    await action

    try:
        asyncio.run(go())
    finally:
        ground.close()


@pytest.mark.parametrize(
    ("name", "key", "changes", "error"),
    [
        ("Second", SECOND, Changes(), InvalidInput),
        ("", SECOND, Changes(), InvalidInput),
        ("a b", SECOND, Changes(), InvalidInput),
        ("default", SECOND, Changes(), InvalidInput),
        ("second", FIRST, Changes(), InvalidInput),
        ("second", "", Changes(), AuthenticationError),
        ("second", "two\nlines", Changes(), AuthenticationError),
        ("second", SECOND, Changes(base_url="ftp://example.com"), InvalidInput),
        ("second", SECOND, Changes(base_url="https://user:pass@example.com"), InvalidInput),
        ("second", SECOND, Changes(rate=(0, 10.0)), InvalidInput),
        ("second", SECOND, Changes(rate=(20, 0.0)), InvalidInput),
        ("second", SECOND, Changes(concurrency=0), InvalidInput),
        ("second", SECOND, Changes(models={"image": "no-such-model"}), ModelUnavailable),
        ("second", SECOND, Changes(models={"video": "nano-banana-2"}), InvalidInput),
        ("second", SECOND, Changes(models={"poem": "nano-banana-2"}), InvalidInput),
        ("second", SECOND, Changes(callback="example.com"), InvalidInput),
        ("second", SECOND, Changes(callback="https://a@example.com"), InvalidInput),
        ("second", SECOND, Changes(alert_below="many"), InvalidInput),
        ("second", SECOND, Changes(alert_below=-1), InvalidInput),
    ],
)
def test_what_is_none_is_refused_and_nothing_written(
    tmp_path: Path, ground: Ground, name: str, key: str, changes: Changes, error: type[Exception]
) -> None:
    async def go() -> None:
        async with ground.serving("sqlite://", tmp_path, sealer=SEALER) as service:
            before = await _rows(service, "SELECT name, sealed FROM account")
            with pytest.raises(error) as caught:
                await service.accounts.add(name, key, changes)
            assert SECOND not in str(caught.value)
            assert await _rows(service, "SELECT name, sealed FROM account") == before

    asyncio.run(go())


def test_what_is_set_is_kept_and_the_rest_stays(database: str, tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        async with ground.serving(database, tmp_path, sealer=SEALER) as service:
            accounts = service.accounts
            await accounts.add("second", SECOND, Changes(models={"image": "nano-banana-2"}, alert_below="12.5"))
            assert (accounts.meant("image"), accounts.meant("sound")) == ("nano-banana-2", "sound")
            await accounts.change(
                "default", Changes(models={"image": MODEL, "speech": "elevenlabs/text-to-speech-turbo-2-5"})
            )
            assert accounts.meant("image") == MODEL  # that of the environment goes first
            assert accounts.meant("image", "second") == "nano-banana-2"
            await accounts.suspend("default")
            assert accounts.meant("image") == "nano-banana-2"
            changed = await accounts.change("second", Changes(rate=(5, 2.0), callback="https://example.com/in/"))
            assert (changed.limits, changed.callback) == (Limits(5, 2.0, 100), "https://example.com/in")
            assert (changed.alert_below, changed.models) == (Decimal("12.5"), {"image": "nano-banana-2"})
            changed = await accounts.change(
                "second", Changes(callback=None, alert_below=None, base_url="http://localhost:9")
            )
            assert (changed.callback, changed.alert_below) == (None, None)
            assert (changed.base_url, changed.upload_url) == ("http://localhost:9", "http://localhost:9")
            assert accounts.vendor("second").core.settings.base_url == "http://localhost:9"
            assert await accounts.change("second", Changes()) == changed
            moved = await accounts.change("second", Changes(upload_url="http://localhost:8"))
            assert (moved.base_url, moved.upload_url) == ("http://localhost:9", "http://localhost:8")
            assert await accounts.change("second", Changes(upload_url=None)) == changed

    asyncio.run(go())


def test_an_account_has_a_callback_address_of_its_own(database: str, tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        async with ground.serving(database, tmp_path, sealer=SEALER) as service:
            await service.accounts.change("default", Changes(callback="http://own.test.internal/base"))
            made = await service.create(MODEL, FOX)
            await service.wait(made.id, 20)
            [task] = ground.emulator.tasks()
            assert task.callback.startswith("http://own.test.internal/base/hooks/kie/")

    asyncio.run(go())


def test_without_its_master_key_an_account_rests_and_the_others_work(
    database: str, tmp_path: Path, keyed: Ground, caplog: pytest.LogCaptureFixture
) -> None:
    async def go() -> None:
        async with keyed.serving(database, tmp_path) as service:
            with pytest.raises(MasterKeyMissing, match="KIE_MASTER_KEY"):
                await service.accounts.add("second", SECOND)
            assert len(await service.accounts.list()) == 1
        async with keyed.serving(database, tmp_path, sealer=SEALER) as service:
            await service.accounts.add("second", SECOND)
        async with keyed.serving(database, tmp_path) as service:
            assert [each.name for each in await service.accounts.active(service.context.clock())] == ["default"]
            with pytest.raises(MasterKeyMissing, match=SEALER.key_id):
                service.accounts.vendor("second")
            assert set(service.accounts.unusable()) == {"second"}
            assert "second cannot be used" in caplog.text
            async with asyncio.timeout(15):
                while not (told := await _rows(service, "SELECT kind, text FROM alert")):  # noqa: ASYNC110 - of nobody
                    await asyncio.sleep(0.02)
            assert [kind for kind, _ in told] == ["master-key"]
            assert "KIE_MASTER_KEY" in told[0][1]
            made = await service.create(MODEL, FOX)
            assert (await service.wait(made.id, 20)).state is State.SUCCEEDED
            with pytest.raises(MasterKeyMissing):
                await service.accounts.test("second")
        async with keyed.serving(database, tmp_path, sealer=Sealer(KEYS[1:])) as service:
            with pytest.raises(MasterKeyMissing):
                await service.accounts.rotate("second", SECOND)
            await service.accounts.rotate("second", SECOND, forget=True)
            assert await service.accounts.test("second") == 10**6 - PRICE
            with pytest.raises(InvalidInput, match="key of the account 'second'"):
                await service.accounts.add("third", f" {SECOND}\n")
            with pytest.raises(InvalidInput, match="key of the account 'second'"):
                await service.accounts.rotate("default", SECOND)

    asyncio.run(go())


def test_a_new_master_key_takes_over(database: str, tmp_path: Path, keyed: Ground) -> None:
    async def go() -> None:
        async with keyed.serving(database, tmp_path, sealer=SEALER) as service:
            await service.accounts.add("second", SECOND, Changes(webhook_secret="s"))
            await service.accounts.rotate("second", SECOND)
        async with keyed.serving(database, tmp_path, sealer=Sealer(KEYS[::-1])) as service:
            result = await service.accounts.reseal()
            assert result.done in {2, 3}  # the former key, with which nothing was made, may be forgotten already
            assert result.failed == ()
            for vault in VAULTS:
                used = await _rows(service, f"SELECT {vault.key_id} FROM {vault.table} WHERE {vault.blob} IS NOT NULL")
                assert {key for (key,) in used} <= {Sealer(KEYS[1:]).key_id}
        async with keyed.serving(database, tmp_path, sealer=Sealer(KEYS[1:])) as service:
            assert await service.accounts.test("second") == 10**6
            assert await service.accounts.webhook_secret("second") == "s"

    asyncio.run(go())


def test_the_account_of_the_environment_can_be_given_a_stored_key(database: str, tmp_path: Path) -> None:
    ground = Ground(keys=[SECOND])  # the key of the environment is refused

    async def go() -> None:
        async with ground.serving(database, tmp_path, sealer=SEALER) as service:
            with pytest.raises(AuthenticationError):
                await service.accounts.test("default")
            await service.accounts.rotate("default", SECOND)
            made = await service.create(MODEL, FOX)
            assert (await service.wait(made.id, 20)).state is State.SUCCEEDED
            await service.accounts.remove("default")
            assert await service.accounts.list() == []

    try:
        asyncio.run(go())
    finally:
        ground.close()


def test_what_one_account_may_not_pay_for_another_pays(database: str, tmp_path: Path, keyed: Ground) -> None:
    async def go() -> None:
        async with keyed.serving(database, tmp_path, sealer=SEALER) as service:
            await service.accounts.suspend("default")
            await service.accounts.add("second", SECOND, Changes(**FAST))
            keyed.emulator.add_fault(Fault("create", "402"))
            made = await service.create(MODEL, FOX)
            async with asyncio.timeout(10):
                while (await service.accounts.show("second")).paused_why != "credits":  # noqa: ASYNC110
                    await asyncio.sleep(0.02)
            [(account,)] = await _rows(service, "SELECT account FROM generation WHERE id = ?", made.id)
            assert account == ""
            await service.accounts.resume("default")
            await _rows(service, "UPDATE generation SET next_at = 0")
            assert (await service.wait(made.id, 20)).state is State.SUCCEEDED
            kinds = await _rows(service, "SELECT kind FROM alert WHERE kind = 'credits'")
            assert kinds == [("credits",)]

    asyncio.run(go())


def test_the_master_key_of_a_file_serves(tmp_path: Path) -> None:
    made = master_key.create_file(tmp_path / "master.key")
    sealer = Sealer(master_key.read(None, made))
    assert sealer.open("p", sealer.seal("p", b"x")) == b"x"


def test_a_kind_stands_for_its_default_model(database: str, tmp_path: Path, keyed: Ground) -> None:
    async def go() -> None:
        async with keyed.serving(database, tmp_path, sealer=SEALER) as service:
            with pytest.raises(ModelUnavailable):
                await service.create("image", FOX)
            await service.accounts.change("default", Changes(models={"image": MODEL}))
            await service.accounts.add("second", SECOND, Changes(models={"image": "nano-banana-2"}))
            assert (await service.create("image", FOX)).model == MODEL
            assert (await service.create("image", FOX, account="second")).model == "nano-banana-2"
            price = service.estimate("image", FOX)
            assert price is not None
            assert price.low == PRICE
            batch = await service.batch([FOX, {"model": "image", "prompt": "a cat"}, {"model": "sound"}], "image")
            assert (batch.refused, list(batch.estimate.models)) == (1, [MODEL])
            assert (await service.batches.estimate([FOX], "image")).items == 1

    asyncio.run(go())


def test_a_former_key_that_does_not_open_leaves_the_account_usable(
    database: str, tmp_path: Path, keyed: Ground, caplog: pytest.LogCaptureFixture
) -> None:
    async def go() -> None:
        async with keyed.serving(database, tmp_path, sealer=SEALER) as service:
            await service.accounts.add("second", SECOND)
        async with keyed.serving(database, tmp_path, sealer=Sealer(KEYS[1:])) as service:  # the master key was lost
            await _rows(
                service,
                "INSERT INTO account_key (id, account, key_id, sealed, until)"
                " SELECT 'key_1', name, key_id, sealed, 0 FROM account WHERE name = 'second'",
            )
            await service.accounts.rotate("second", SECOND, forget=True)
            assert await service.accounts.test("second") == 10**6
            assert "a former key of the account second does not open" in caplog.text

    asyncio.run(go())
