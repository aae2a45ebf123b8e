"""Callbacks of accounts that have a secret: who does not sign them is refused, and a lost secret loses no result."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from typing import TYPE_CHECKING, Any

import pytest

from kie.emulator import Fault
from kie.service.accounts import signatures
from kie.service.accounts.changes import Changes
from kie.service.accounts.sealing import Sealer
from kie.service.hooks import PREFIX
from kie.service.machine import State
from kie.service.settings import ServiceSettings
from kie.store.work import Statement
from kie.wire.callback import sign
from tests.service.support import MODEL, Ground

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kie.service import Generation, Service
    from kie.store.work import Rows, Work

SECRET, OTHER = "whk-one", "whk-two"
SEALER = Sealer([bytes(32)])


@pytest.fixture
def still() -> Iterator[Ground]:
    """A vendor whose tasks do not end by themselves, and whose callbacks all get lost."""
    made = Ground(clock="frozen")
    made.deaf = True
    yield made
    made.close()


def signed(task: str, secret: str = SECRET, at: float | None = None) -> dict[str, str]:
    stamp = int(time.time() if at is None else at)
    return {"X-Webhook-Timestamp": f"{stamp}", "X-Webhook-Signature": sign(task, stamp, secret)}


def body(task: str) -> bytes:
    return json.dumps({"code": 200, "data": {"taskId": task, "state": "success"}}).encode()


async def rows(service: Service, sql: str, *values: Any) -> Rows:
    def work() -> Work[Rows]:
        return (yield Statement(sql, values))

    return await service.database.read(work)


async def sent(service: Service, **options: Any) -> tuple[Generation, str, str]:
    """A generation that waits, the end of its address, and its task."""
    made = await service.create(MODEL, {"prompt": "a fox"}, **options)
    async with asyncio.timeout(20):
        while (seen := await service.get(made.id)).state is not State.WAITING:  # noqa: ASYNC110 - states may be skipped
            await asyncio.sleep(0.02)
    assert seen.task is not None
    ((hook,),) = await rows(service, "SELECT hook FROM generation WHERE id = ?", made.id)
    return made, str(hook), seen.task


async def polls(service: Service) -> int:
    ((number,),) = await rows(service, "SELECT sum(polls) FROM generation")
    return int(number)


def test_what_is_not_signed_by_the_secret_of_the_settings_is_refused(
    database: str, tmp_path: Path, still: Ground, caplog: pytest.LogCaptureFixture
) -> None:
    async def go() -> None:
        async with still.serving(database, tmp_path, webhook_secret=SECRET) as service:
            _, hook, task = await sent(service)
            service._receiver._asker._profiles._pace = 1.0  # nothing is asked for by itself
            await rows(service, "UPDATE generation SET next_at = next_at + 3600 RETURNING id")
            take, now = service.hooks.take, time.time()
            wrong = [
                {},
                signed(task, OTHER),
                signed("another"),
                signed(task, at=now - 3600),
                signed(task, at=now + 3600),
                signed(task) | {"X-Webhook-Signature": "\xff"},
                signed(task) | {"X-Webhook-Timestamp": "soon"},
            ]
            before = await polls(service)
            for headers in wrong:
                assert (await take(hook, body(task), headers))[0] == 401
            for broken in (b"", b"[]", b"\xff", b'{"data": {"taskId": 7}}'):
                assert (await take(hook, broken, signed(task)))[0] == 401
            assert (await take("unknown", body(task), signed(task)))[0] == 404
            assert await rows(service, "SELECT 1 FROM inbox") == []
            await asyncio.sleep(0.3)
            assert await polls(service) == before
            right = {name.lower(): value for name, value in signed(task).items()}
            assert (await take(hook, body(task), right))[0] == 200
            async with asyncio.timeout(20):
                while await polls(service) == before:  # noqa: ASYNC110 - the database tells nobody
                    await asyncio.sleep(0.02)

    with caplog.at_level(logging.WARNING, "kie.service"):
        asyncio.run(go())
    told = [each.getMessage() for each in caplog.records if "was refused" in each.getMessage()]
    assert len(told) == 1  # not one for each that someone sends
    assert SECRET not in caplog.text


def test_each_account_has_its_own_and_one_without_is_not_checked(tmp_path: Path, still: Ground) -> None:
    async def go() -> None:
        async with still.serving(f"sqlite:///{tmp_path}/kie.db", tmp_path, sealer=SEALER) as service:
            await service.accounts.add("studio", "b-key", Changes(webhook_secret=OTHER))
            _, plain, first = await sent(service, account="default")
            _, sealed, second = await sent(service, account="studio")
            take = service.hooks.take
            assert (await take(plain, body(first)))[0] == 200
            assert (await take(sealed, body(second)))[0] == 401
            assert (await take(sealed, body(second), signed(second)))[0] == 401
            assert (await take(sealed, body(second), signed(second, OTHER)))[0] == 200

    asyncio.run(go())


def test_a_change_is_heard_of_and_what_does_not_open_is_not_checked(
    tmp_path: Path, still: Ground, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(signatures, "_FRESH", -1.0)

    async def go() -> None:
        url = f"sqlite:///{tmp_path}/kie.db"
        async with still.serving(url, tmp_path, sealer=SEALER, webhook_secret=SECRET) as service:
            await service.accounts.add("studio", "b-key", Changes(webhook_secret=OTHER))
            _, hook, task = await sent(service, account="studio")
            assert (await service.hooks.take(hook, body(task), signed(task)))[0] == 401
            strange = signatures.Signatures(service.database, Sealer([b"x" * 32]), None)
            assert not await strange.refuse(hook, {}, body(task))
            await service.accounts.change("studio", Changes(webhook_secret=None))  # now that of the settings holds
            assert (await service.hooks.take(hook, body(task), signed(task, OTHER)))[0] == 401
            assert (await service.hooks.take(hook, body(task), signed(task)))[0] == 200

    asyncio.run(go())
    assert "are not checked" in caplog.text


@pytest.mark.parametrize("secret", [SECRET, None])
def test_the_emulator_finds_nothing_to_say_of_a_service_that_checks(tmp_path: Path, secret: str | None) -> None:
    """With every other callback signed wrongly all is stored; without the secret it is said that nobody looked."""
    ground = Ground(webhook_key=SECRET, seed=4)
    ground.emulator.add_fault(Fault("callback", "bad-signature", probability=0.5))

    async def go() -> None:
        url = f"sqlite:///{tmp_path}/kie.db"
        async with ground.serving(url, tmp_path, webhook_secret=secret) as service:
            made = [await service.create(MODEL, {"prompt": f"fox {number}"}) for number in range(12)]
            for each in made:
                assert (await service.wait(each.id, 30)).state is State.SUCCEEDED

    try:
        asyncio.run(go())
        found = {finding.name for finding in ground.emulator.verdict().findings}
        assert ("trusted-forged-callback" in found) == (secret is None)
    finally:
        ground.close()


def test_what_may_be_the_only_proof_of_a_paid_task_is_taken_whatever_its_signature(
    database: str, tmp_path: Path, still: Ground
) -> None:
    """The answer was lost: with a wrong secret the task would be known to nobody."""
    still.emulator.add_fault(Fault("create", "reset-after"))

    async def go() -> None:
        async with still.serving(database, tmp_path, webhook_secret=SECRET) as service:
            made = await service.create(MODEL, {"prompt": "a fox"})
            async with asyncio.timeout(20):
                while (await service.get(made.id)).state is not State.UNCERTAIN:  # noqa: ASYNC110 - it may be skipped
                    await asyncio.sleep(0.02)
            ((hook,),) = await rows(service, "SELECT hook FROM generation")
            [task] = still.emulator.tasks()
            assert (await service.hooks.take(hook, body(task.id), signed(task.id, OTHER)))[0] == 200
            async with asyncio.timeout(20):
                while (await service.get(made.id)).task != task.id:  # noqa: ASYNC110 - the database tells nobody
                    await asyncio.sleep(0.02)
            assert (await service.hooks.take(hook, body(task.id), signed(task.id, OTHER)))[0] == 401  # now it is known

    asyncio.run(go())


def test_the_headers_of_a_request_are_looked_at(tmp_path: Path, still: Ground) -> None:
    async def go() -> None:
        async with still.serving(f"sqlite:///{tmp_path}/kie.db", tmp_path, webhook_secret=SECRET) as service:
            _, hook, task = await sent(service)
            answers: list[int] = []

            async def receive() -> dict[str, Any]:
                return {"type": "http.request", "body": body(task), "more_body": False}

            async def send(message: Any) -> None:
                answers.extend([message["status"]] if "status" in message else [])

            for headers in ({}, signed(task)):
                raw = [(name.encode(), value.encode()) for name, value in headers.items()]
                scope = {"type": "http", "path": f"{PREFIX}{hook}", "method": "POST", "headers": raw}
                await service.hooks(scope, receive, send)
            assert answers == [401, 200]

    asyncio.run(go())


def test_the_secret_is_a_setting_and_is_not_shown() -> None:
    held = ServiceSettings.gather({"KIE_WEBHOOK_SECRET": SECRET})
    assert held.webhook_secret == SECRET
    assert SECRET not in repr(held)
    assert ServiceSettings.gather({}).webhook_secret is None
    assert ServiceSettings.gather({"KIE_WEBHOOK_SECRET": SECRET}, emulated=True).webhook_secret is None
