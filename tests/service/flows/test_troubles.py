"""What happens to runs when something around them goes wrong: nothing is lost, nothing stands still, nothing fails."""

from __future__ import annotations

import asyncio
import errno
import json
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from kie.errors import ConnectionFailed
from kie.service import moves
from kie.service.flows import deciding, deeds, duty, running
from kie.service.flows.dbos_engine import DbosEngine
from kie.service.flows.media import isolation
from kie.service.flows.media.__main__ import _done
from kie.service.machine import Event
from kie.service.transitions import move
from kie.service.vendor import Vendor
from kie.store.errors import StoreUnavailable
from kie.store.work import Statement
from tests.service.flows.flowing import FAN, IMAGE, IMAGE_PRICE, quick
from tests.service.flows.samples import picture
from tests.service.support import Ground

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kie.service import Service
    from kie.service.flows.engine import Journey
    from kie.service.flows.runs import Run
    from kie.store.work import Work

pytestmark = pytest.mark.slow

SIMPLE = f"""
name: simple
steps:
  image: {{model: {IMAGE}, input: {{prompt: a fox}}}}
"""
TWO = SIMPLE + f"  other: {{model: {IMAGE}, input: {{prompt: with it, images: '${{steps.image.outputs}}'}}}}\n"


@pytest.fixture
def ground() -> Iterator[Ground]:
    made = Ground(renderer=quick)
    yield made
    made.close()


def sql(text: str, *values: Any) -> Any:
    """One statement, as a piece of work."""

    def work() -> Work[Any]:
        return (yield Statement(text, values))

    return work


async def begun(service: Service, run: Run, step: int = 0) -> Run:
    async with asyncio.timeout(20):
        while not run.steps[step].items:
            await asyncio.sleep(0.01)
            run = await service.flows.get(run.id)
    return run


def test_a_run_that_the_engine_has_given_up_goes_on(
    tmp_path: Path, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk of the engine is full, say: DBOS ends a workflow then, for good."""
    from dbos import DBOS

    monkeypatch.setattr(duty, "_LOOK", 0.1)
    step, refused = DBOS.run_step_async, list[Any]()

    async def once(*given: Any, **options: Any) -> Any:
        if not refused:
            refused.append(given)
            raise OSError("database or disk is full")
        return await step(*given, **options)

    monkeypatch.setattr(DBOS, "run_step_async", once)

    async def go() -> None:
        async with ground.serving(f"sqlite:///{tmp_path}/kie.db", tmp_path) as service:
            run = await service.flows.start(TWO)
            assert (await service.flows.wait(run.id, 30)).state == "succeeded"
            assert refused
            assert ground.creations() == 2

    asyncio.run(go())


def test_a_worker_that_begins_again_carries_what_was_its_own(tmp_path: Path, ground: Ground) -> None:
    """What it was just doing when it was stopped may have written its name once more."""

    async def go() -> None:
        async with ground.serving(f"sqlite:///{tmp_path}/kie.db", tmp_path) as service:
            run = await begun(service, await service.flows.start(TWO))
            await service.stop()
            own = service.context.worker
            await service.database.write(sql("UPDATE flow_run SET worker = ? RETURNING id", own))
            await service.start()
            assert (await service.flows.wait(run.id, 30)).state == "succeeded"

    asyncio.run(go())


def test_no_bell_is_lost_where_another_run_cannot_be_started(
    tmp_path: Path, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, runs = DbosEngine.start, list[str]()

    async def only_the_first(self: DbosEngine, journey: Journey) -> None:
        runs.append(journey.run)
        if journey.run != runs[0]:
            raise OSError("The engine's database is away.")
        await start(self, journey)

    monkeypatch.setattr(DbosEngine, "start", only_the_first)

    async def go() -> None:
        async with ground.serving(f"sqlite:///{tmp_path}/kie.db", tmp_path) as service:
            first = await begun(service, await service.flows.start(TWO))
            await service.flows.start(SIMPLE)
            assert (await service.flows.wait(first.id, 30)).state == "succeeded"
            assert len(set(runs)) == 2

    asyncio.run(go())


def test_a_database_that_is_away_for_a_moment_fails_no_item(
    tmp_path: Path, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin, refused = deeds.begin, list[Any]()

    def locked(*given: Any) -> Work[bool]:
        if not refused:
            refused.append(given)
            raise StoreUnavailable("The database was locked for too long.")
        return (yield from begin(*given))

    monkeypatch.setattr(deeds, "begin", locked)

    async def go() -> None:
        async with ground.serving(f"sqlite:///{tmp_path}/kie.db", tmp_path) as service:
            run = await service.flows.start(SIMPLE)
            assert (await service.flows.wait(run.id, 20)).state == "succeeded"
            assert refused

    asyncio.run(go())


def test_what_a_vendor_who_is_away_must_be_asked_for_is_asked_later(
    tmp_path: Path, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "_POOR", 0.3)
    notes = []

    async def away(self: Vendor, row: Any) -> Any:
        monkeypatch.setattr(Vendor, "ask", ask)
        raise ConnectionFailed("The vendor cannot be reached.")

    ask = Vendor.ask
    flow = """
name: tune
steps:
  song: {model: ai-music-api/generate, input: {prompt: a waltz, instrumental: true, custom_mode: false, model_tier: V5}}
  wav: {follow_up: wav, of: song}
"""

    async def go() -> None:
        async with ground.serving(f"sqlite:///{tmp_path}/kie.db", tmp_path) as service:
            begin = service.flows.duty._runner._request

            async def request(run: Any, what: Any) -> Any:
                if what.step == "wav":
                    notes.append((await service.flows.get(run.id)).note)
                    if len(notes) == 1:
                        monkeypatch.setattr(Vendor, "ask", away)
                return await begin(run, what)

            monkeypatch.setattr(service.flows.duty._runner, "_request", request)
            run = await service.flows.start(flow)
            run = await service.flows.wait(run.id, 20)
            assert run.state == "succeeded", run.error
            assert notes == [None, "wav: The vendor cannot be reached."]
            assert run.note is None

    asyncio.run(go())


def test_what_nobody_foresaw_fails_an_item_and_does_not_hold_a_run_for_ever(tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        async with ground.serving(f"sqlite:///{tmp_path}/kie.db", tmp_path) as service:

            def prepare(*_: Any, **__: Any) -> Any:
                raise ZeroDivisionError("by nothing")

            service.flows.duty._runner._prepare = prepare
            run = await service.flows.wait((await service.flows.start(SIMPLE)).id, 20)
            assert (run.state, (run.error or {})["message"]) == ("failed", "by nothing")

    asyncio.run(go())


def test_a_local_step_whose_source_is_gone_fails_and_does_not_hold_a_run_for_ever(
    tmp_path: Path, ground: Ground
) -> None:
    """Its text was forgotten by a rule of retention while it waited for its turn, say."""
    flow = FAN.replace('["${steps.pictures.outputs}", ', '["${steps.pictures[0].outputs[0]}", ')

    async def go() -> None:
        async with ground.serving(f"sqlite:///{tmp_path}/kie.db", tmp_path) as service:
            work = service.flows.duty.work

            async def late(*given: Any) -> None:
                await service.database.write(sql("DELETE FROM artefact RETURNING id"))
                await service.database.write(sql("UPDATE generation SET result = NULL RETURNING id"))
                await work(*given)

            service.flows.duty.work = late  # type: ignore[method-assign,assignment]
            run = await service.flows.wait((await service.flows.start(flow, {"things": ["a fox"]})).id, 20)
            assert run.state == "failed"
            assert "is not there" in (run.error or {})["message"]

    asyncio.run(go())


def test_what_was_charged_for_a_failure_counts_against_the_limit_of_a_run(tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        async with ground.serving(f"sqlite:///{tmp_path}/kie.db", tmp_path) as service:
            flow = SIMPLE.replace("a fox", "a fox emu:fail=501")
            run = await service.flows.start(flow, max_credits=IMAGE_PRICE + 1)
            assert (await service.flows.wait(run.id, 20)).state == "failed"
            charged = sql("UPDATE generation SET cost = ? RETURNING id", IMAGE_PRICE * 1_000_000)
            await service.database.write(charged)
            await service.flows.retry(run.id)
            run = await service.flows.wait(run.id, 20)
            assert run.state == "failed"
            assert (run.error or {})["code"] == "flow_limit"
            assert ground.creations() == 1

    asyncio.run(go())


def test_what_comes_back_unsent_after_its_run_was_cancelled_is_cancelled(tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        service, kie = ground.service_of(f"sqlite:///{tmp_path}/kie.db", tmp_path)
        await service.open()
        run = await service.flows.start(SIMPLE)
        await service.flows.duty._runner.advance(run.id, 0)
        run = await service.flows.get(run.id)
        name = run.steps[0].items[0].generation or ""
        assert await service.database.write(partial(move, name, Event.CLAIMED, 1.0, {}))
        await service.flows.cancel(run.id)
        assert await service.database.write(partial(moves.returned, name, 2.0, {}, None))
        assert (await service.get(name)).state == "cancelled"
        assert (await service.flows.duty._runner.advance(run.id, 0)).over
        assert (await service.flows.get(run.id)).state == "cancelled"
        await service.close()
        await kie.close()

    asyncio.run(go())


def test_a_failure_that_was_found_before_a_run_was_taken_up_again_ends_nothing(tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        service, kie = ground.service_of(f"sqlite:///{tmp_path}/kie.db", tmp_path)
        await service.open()
        run = await service.flows.start(SIMPLE)
        await service.flows.cancel(run.id)
        await service.flows.duty._runner.advance(run.id, 0)
        await service.flows.resume(run.id)
        late = partial(deeds.cancel, run.id, 1.0, "failing", {"code": "x", "message": "x"}, 0)
        assert not await service.database.write(late)
        assert (await service.flows.get(run.id)).state == "running"
        await service.close()
        await kie.close()

    asyncio.run(go())


@pytest.mark.parametrize("stopped", [True, False])
def test_a_local_step_that_nobody_wants_any_more_ends(tmp_path: Path, stopped: bool) -> None:  # noqa: FBT001 - a param
    """A film of hours would keep the service from stopping, and a cancelled run at work."""
    flow = """
name: long
steps:
  image: {model: nano-banana-pro, input: {prompt: a fox}}
  film: {run: still, input: {image: "${steps.image.outputs[0]}", duration: 120, fps: 60, size: 4096x4096}}
"""

    fox = picture(tmp_path / "fox.png").read_bytes()
    ground = Ground(renderer=lambda _spec: fox)

    async def go() -> None:
        async with ground.serving(f"sqlite:///{tmp_path}/kie.db", tmp_path) as service:
            run = await service.flows.start(flow)
            async with asyncio.timeout(30):
                while not isolation._going:  # noqa: ASYNC110 - it is another's
                    await asyncio.sleep(0.02)
            [process] = isolation._going.values()
            async with asyncio.timeout(30):
                if stopped:
                    await service.stop()
                else:
                    await service.flows.cancel(run.id)
                    assert (await service.flows.wait(run.id)).state == "cancelled"
                while process.poll() is None or isolation._going:  # noqa: ASYNC110 - it is another's
                    await asyncio.sleep(0.02)
            assert not isolation._unwanted
            assert not list(service.context.artefacts.incoming().glob("flow-*"))

    asyncio.run(go())
    ground.close()


def test_a_run_that_grows_too_large_fails_and_keeps_what_it_has(
    tmp_path: Path, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def go() -> None:
        async with ground.serving(f"sqlite:///{tmp_path}/kie.db", tmp_path) as service:
            monkeypatch.setattr(deciding, "MOST_ITEMS", 3)
            run = await service.flows.start(FAN, {"things": ["a fox", "a hen"]})
            run = await service.flows.wait(run.id, 20)
            assert run.state == "failed"
            assert "clips would have" in (run.error or {})["message"]
            assert run.cost == ground.spent()

    asyncio.run(go())


def test_what_an_item_was_made_for_may_be_a_file(tmp_path: Path, ground: Ground) -> None:
    flow = f"""{SIMPLE}
  each: {{for_each: "${{steps.image.outputs}}", as: f, model: {IMAGE}, input: {{prompt: more, images: ["${{f}}"]}}}}
  again: {{for_each: "${{steps.each}}", as: it, model: {IMAGE}, input: {{prompt: again, images: ["${{it.item}}"]}}}}
"""

    async def go() -> None:
        async with ground.serving(f"sqlite:///{tmp_path}/kie.db", tmp_path) as service:
            run = await service.flows.wait((await service.flows.start(flow)).id, 30)
            assert run.state == "succeeded", run.error
            first = await service.get(run.steps[0].items[0].generation or "")
            last = await service.get(run.steps[2].items[0].generation or "")
            assert first.result is not None
            [link] = first.result["outputs"]
            assert link in [value for each in last.input.values() if isinstance(each, list) for value in each]
            assert run.steps[1].items[0].value["url"] == link

    asyncio.run(go())


def test_nobody_gets_a_file_by_writing_down_its_digest(tmp_path: Path, ground: Ground) -> None:
    """An item that looks like the record of a file is data, and no file."""
    flow = f"""
name: thief
inputs: {{things: {{type: list}}}}
steps:
  each: {{for_each: "${{inputs.things}}", model: {IMAGE}, input: {{prompt: a fox}}}}
  all: {{for_each: "${{steps.each}}", as: it, run: parcel, input: {{files: ["${{it.item}}"]}}}}
"""

    async def go() -> None:
        async with ground.serving(f"sqlite:///{tmp_path}/kie.db", tmp_path) as service:
            first = await service.flows.wait((await service.flows.start(SIMPLE)).id, 20)
            digest = (first.outputs or {})["image"][0]["sha256"]
            thing = {"step": "image", "place": 0, "position": 0, "sha256": digest}
            run = await service.flows.wait((await service.flows.start(flow, {"things": [thing]})).id, 20)
            assert run.state == "failed"
            assert run.steps[0].items[0].value == thing

    asyncio.run(go())


def test_a_local_step_that_is_tried_again_is_done_for_what_failed_and_not_for_all(
    tmp_path: Path, ground: Ground
) -> None:
    flow = f"""
name: parcels
steps:
  image: {{model: {IMAGE}, input: {{prompt: a fox}}}}
  each:
    for_each: [one, fail, three]
    run: parcel
    input: {{files: "${{steps.image.outputs}}", note: "${{item}}"}}
    on_failure: skip
  all: {{run: parcel, input: {{files: "${{steps.each.outputs}}"}}}}
"""

    async def go() -> None:
        async with ground.serving(f"sqlite:///{tmp_path}/kie.db", tmp_path) as service:
            run = await service.flows.wait((await service.flows.start(flow)).id, 20)
            assert [item.state for item in run.steps[1].items] == ["succeeded", "failed", "succeeded"]
            before = [step.items[0].ended for step in run.steps]
            await service.flows.retry(run.id, "each")
            run = await service.flows.wait(run.id, 20)
            assert run.state == "succeeded"
            after = [step.items[0].ended for step in run.steps]
            assert [one == other for one, other in zip(before, after, strict=True)] == [True, True, False]
            assert run.outputs is not None
            assert len(run.outputs["all"]) == 1

    asyncio.run(go())


def test_what_cannot_be_tried_with_another_model_has_failed(tmp_path: Path, ground: Ground) -> None:
    """The other model needs what a step did not make: the first failure is not forgotten for that."""
    flow = f"""{SIMPLE}
  other:
    model: {IMAGE}
    input: {{prompt: a hen emu:fail=501}}
    on_failure: {{model: nano-banana-2, input: {{images: "${{steps.image.outputs[7]}}"}}}}
"""

    async def go() -> None:
        async with ground.serving(f"sqlite:///{tmp_path}/kie.db", tmp_path) as service:
            run = await service.flows.wait((await service.flows.start(flow)).id, 20)
            assert (run.state, run.steps[1].state) == ("failed", "failed")
            assert "steps.image.outputs[7]" in (run.error or {})["message"]

    asyncio.run(go())


def test_a_run_that_is_cancelled_while_it_fails_still_tells_why(tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        service, kie = ground.service_of(f"sqlite:///{tmp_path}/kie.db", tmp_path)
        await service.open()
        run = await service.flows.start(SIMPLE)
        failing = partial(deeds.cancel, run.id, 1.0, "failing", {"code": "x", "message": "because"})
        assert await service.database.write(failing)
        run = await service.flows.cancel(run.id)
        assert (run.state, run.error) == ("cancelling", {"code": "x", "message": "because"})
        await service.close()
        await kie.close()

    asyncio.run(go())


def test_a_local_step_waits_for_room_on_the_disk(
    tmp_path: Path, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    child, full = isolation._child, list[str]()

    def once(job: Any, said: Any, seconds: float) -> tuple[str, int | None]:
        if not full:

            def do(*_: Any) -> None:
                raise OSError(errno.ENOSPC, "No space left on device")

            with monkeypatch.context() as patched:
                patched.setattr("kie.service.flows.media.work.do", do)
                full.append(json.dumps(_done(job)))
            return full[0], 0
        return child(job, said, seconds)

    monkeypatch.setattr(isolation, "_child", once)
    flow = SIMPLE + "  all: {run: zip, input: {files: '${steps.image.outputs}'}}\n"

    async def go() -> None:
        async with ground.serving(f"sqlite:///{tmp_path}/kie.db", tmp_path) as service:
            run = await service.flows.wait((await service.flows.start(flow)).id, 30)
            assert run.state == "succeeded", run.error
            assert "the disk is full" in full[0]

    asyncio.run(go())
