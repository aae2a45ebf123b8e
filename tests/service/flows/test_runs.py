"""Runs of flows against the emulator: chains, fans, failures, cancelling, taking up again."""

from __future__ import annotations

import asyncio
import sys
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from kie.errors import BudgetExceeded, InvalidInput, TaskNotFound, TaskTimeout
from kie.service.flows.engine import Journey
from kie.service.machine import State
from kie.service.messages import filtered
from kie.store.work import Statement
from tests.service.flows.flowing import FAN, IMAGE, IMAGE_PRICE, VIDEO, quick
from tests.service.support import Ground

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

    from kie.service import Service
    from kie.service.flows.runs import Run, RunStep
    from kie.store.work import Rows, Work

pytestmark = pytest.mark.slow

CHAIN = """
name: chain
inputs: {what: text, sharp: {type: boolean, default: true}}
steps:
  image: {model: nano-banana-pro, input: {prompt: "${inputs.what}"}}
  video: {model: veo-3-1, input: {prompt: it moves, first_frame: "${steps.image.outputs[0]}"}}
  sharp: {follow_up: 1080p, of: video, when: "${inputs.sharp}"}
  longer: {follow_up: extend, of: video, input: {prompt: it goes on}}
outputs:
  film: ${steps.sharp.outputs[0] or steps.video.outputs[0]}
  longer: ${steps.longer.outputs[0]}
"""
SIMPLE = """
name: simple
inputs: {what: text}
steps:
  image: {model: nano-banana-pro, input: {prompt: "${inputs.what}"}}
"""


@pytest.fixture
def ground() -> Iterator[Ground]:
    made = Ground(renderer=quick)
    yield made
    made.close()


def play(
    ground: Ground, database: str, folder: Path, act: Callable[[Service], Awaitable[Any]], **options: Any
) -> Any:  # fmt: skip
    async def go() -> Any:
        async with ground.serving(database, folder, **options) as service:
            return await act(service)

    return asyncio.run(go())


def step_of(run: Run, name: str) -> RunStep:
    return next(step for step in run.steps if step.name == name)


def inputs_at_vendor(ground: Ground) -> list[dict[str, Any]]:
    return [dict(task.inputs) for task in ground.emulator.tasks()]


async def done(service: Service, flow: Any, inputs: dict[str, Any], **options: Any) -> Run:
    run = await service.flows.start(flow, inputs, **options)
    return await service.flows.wait(run.id, 40)


@pytest.mark.slow
def test_a_picture_becomes_a_film_in_1080p_that_goes_on(database: str, tmp_path: Path, ground: Ground) -> None:
    async def act(service: Service) -> None:
        run = await done(service, CHAIN, {"what": "a fox"})
        assert run.state == "succeeded"
        assert [(step.name, step.kind, step.state) for step in run.steps] == [
            ("image", "generation", "succeeded"),
            ("video", "generation", "succeeded"),
            ("sharp", "follow-up", "succeeded"),
            ("longer", "follow-up", "succeeded"),
        ]
        models = [step.items[0].model for step in run.steps]
        assert models == [IMAGE, "veo-3-1", "veo/get-1080p-video", "veo/extend"]
        assert run.outputs is not None
        assert run.outputs["film"]["step"] == "sharp"
        assert run.cost == ground.spent() == sum(step.cost for step in run.steps)
        assert run.held == 0
        video = await service.get(step_of(run, "video").items[0].generation or "")
        longer = await service.get(step_of(run, "longer").items[0].generation or "")
        assert longer.input["task_id"] == video.task
        image = await service.get(step_of(run, "image").items[0].generation or "")
        assert image.result is not None
        assert image.result["outputs"][0] in video.input.values() or image.result["outputs"] in video.input.values()
        names = [event.name async for event in service.flows.events(run.id)]
        assert names[0] == "created"
        assert names[-1] == "succeeded"

    play(ground, database, tmp_path, act)


def test_what_is_not_wanted_is_skipped_and_another_stands_in_its_place(
    database: str, tmp_path: Path, ground: Ground
) -> None:
    flow = (
        CHAIN.replace("veo-3-1", VIDEO)
        .replace("follow_up: 1080p", "follow_up: extend")
        .replace("first_frame", "images")
    )
    flow = flow.replace('"${steps.image.outputs[0]}"', '"${steps.image.outputs}"')

    async def act(service: Service) -> None:
        run = await done(service, flow, {"what": "a fox", "sharp": False})
        assert run.state == "succeeded"
        assert step_of(run, "sharp").state == "skipped"
        assert run.outputs is not None
        assert run.outputs["film"]["step"] == "video"
        assert ground.creations() == 3

    play(ground, database, tmp_path, act)


def test_a_fan_goes_in_again_and_what_failed_is_left_out(database: str, tmp_path: Path, ground: Ground) -> None:
    things = ["a fox", "a hen emu:fail=501", "an owl"]

    async def act(service: Service) -> None:
        run = await done(service, FAN, {"things": things})
        assert run.state == "succeeded"
        pictures, clips, parcel = run.steps
        assert [(item.place, item.state, item.value) for item in pictures.items] == [
            (0, "succeeded", things[0]),
            (1, "failed", things[1]),
            (2, "succeeded", things[2]),
        ]
        assert pictures.state == "failed"
        assert (pictures.total, clips.total, parcel.total) == (3, 2, 1)
        assert [(item.place, item.value) for item in clips.items] == [(0, "a fox"), (2, "an owl")]
        assert ground.creations() == 5
        assert run.outputs is not None
        assert [(file["step"], file["place"]) for file in run.outputs["clips"]] == [("clips", 0), ("clips", 2)]
        archive = run.outputs["archive"]
        found = b"".join([piece async for piece in service.artefacts.read(archive["sha256"])])
        assert len(found) == archive["size"]
        assert archive["type"] == "application/zip"
        files = []
        for step in (pictures, clips):
            for item in step.items:
                if item.generation and item.state == "succeeded":
                    made = await service.get(item.generation)
                    files += [b"".join([p async for p in service.artefacts.read(a.sha256)]) for a in made.artefacts]
        assert found == b"PK\x03\x04" + b"".join(files)

    play(ground, database, tmp_path, act)


def test_a_clip_begins_as_soon_as_its_own_picture_is_there(database: str, tmp_path: Path, ground: Ground) -> None:
    async def act(service: Service) -> None:
        run = await service.flows.start(FAN, {"things": ["a fox", "a hen emu:stuck"]})
        async with asyncio.timeout(20):
            while not step_of(run, "clips").items or step_of(run, "clips").items[0].state != "succeeded":
                await asyncio.sleep(0.05)
                run = await service.flows.get(run.id)
        assert [item.state for item in step_of(run, "pictures").items] == ["succeeded", "waiting"]
        assert step_of(run, "clips").total is None
        assert run.state == "running"
        with pytest.raises(TaskTimeout):
            await service.flows.wait(run.id, 0.1)

    play(ground, database, tmp_path, act)


ON_FAILURE = """
name: choice
inputs: {{what: text}}
steps:
  image:
    model: nano-banana-pro
    input: {{prompt: "${{inputs.what}} emu:fail=501"}}
    on_failure: {choice}
  other: {{model: nano-banana-pro, input: {{prompt: another}}}}
  clip:
    model: grok-imagine/image-to-video
    input: {{prompt: it moves, images: "${{steps.image.outputs}}"}}
outputs: {outputs}
"""


@pytest.mark.parametrize(
    ("choice", "state", "states", "tasks"),
    [
        ("fail", "failed", {"image": "failed", "clip": "cancelled"}, 2),
        ("skip", "succeeded", {"image": "failed", "clip": "skipped", "other": "succeeded"}, 2),
        ("{use: other}", "succeeded", {"image": "failed", "clip": "succeeded", "other": "succeeded"}, 3),
        (
            "{model: nano-banana-2, input: {prompt: once more}}",
            "succeeded",
            {"image": "succeeded", "clip": "succeeded", "other": "succeeded"},
            4,
        ),
        ("{model: nano-banana-2, then: skip}", "succeeded", {"image": "failed", "clip": "skipped"}, 3),
        ("{model: nano-banana-2, then: fail}", "failed", {"image": "failed", "clip": "cancelled"}, 3),
    ],
)
def test_what_a_failure_means(
    tmp_path: Path, ground: Ground, choice: str, state: str, states: dict[str, str], tasks: int
) -> None:
    flow = ON_FAILURE.format(choice=choice, outputs='{clips: "${steps.clip.outputs}", all: "${steps.other.outputs}"}')
    if "use" in choice:
        flow = flow.replace(', all: "${steps.other.outputs}"', "")

    async def act(service: Service) -> None:
        run = await done(service, flow, {"what": "a fox"})
        assert run.state == state
        assert {name: step_of(run, name).state for name in states} == states
        assert ground.creations() == tasks
        if state == "failed":
            assert run.error is not None
            assert (run.error["step"], run.error["place"], run.error["code"]) == ("image", 0, "501")
        assert run.cost == ground.spent()
        assert run.held == 0

    play(ground, f"sqlite:///{tmp_path}/kie.db", tmp_path, act)


@pytest.mark.slow
def test_a_stand_in_is_made_only_when_it_is_needed(tmp_path: Path, ground: Ground) -> None:
    flow = FAN.replace("on_failure: skip", "on_failure: {use: spare}").replace(
        "  clips:\n    for",
        "  spare:\n    for_each: ${inputs.things}\n    model: nano-banana-pro\n    input: {prompt: a spare}\n"
        "  clips:\n    for",
    )
    flow = flow.replace("${picture.item} moves", "it moves")

    async def act(service: Service) -> None:
        fine = await done(service, flow, {"things": ["a fox", "an owl"]})
        assert step_of(fine, "spare").items == ()
        assert ground.creations() == 4
        run = await done(service, flow, {"things": ["a fox", "a hen emu:fail=501", "an owl"]})
        assert run.state == "succeeded", run.error
        assert [(item.place, item.state) for item in step_of(run, "spare").items] == [(1, "succeeded")]
        assert [item.place for item in step_of(run, "clips").items] == [0, 1, 2]
        assert ground.creations() == 4 + 3 + 1 + 3

    play(ground, f"sqlite:///{tmp_path}/kie.db", tmp_path, act)


def test_a_local_step_that_fails_fails_the_run(tmp_path: Path, ground: Ground) -> None:
    flow = FAN.replace("      files: [", "      note: fail\n      files: [")

    async def act(service: Service) -> None:
        run = await done(service, flow, {"things": ["a fox"]})
        assert run.state == "failed"
        assert run.error is not None
        assert run.error["message"] == "this parcel cannot be made"
        assert ground.creations() == 2

    play(ground, f"sqlite:///{tmp_path}/kie.db", tmp_path, act)


def test_a_cancelled_run_sends_nothing_more_and_keeps_what_was_sent(
    database: str, tmp_path: Path, ground: Ground
) -> None:
    async def act(service: Service) -> None:
        run = await service.flows.start(FAN, {"things": ["a fox", "a hen"]})
        async with asyncio.timeout(20):
            while not step_of(run, "pictures").items:
                await asyncio.sleep(0.02)
                run = await service.flows.get(run.id)
        await service.flows.cancel(run.id)
        run = await service.flows.wait(run.id, 20)
        assert run.state == "cancelled"
        assert run.held == 0
        assert run.cost == ground.spent()
        made = ground.creations()
        assert made < 4
        await asyncio.sleep(0.3)
        assert ground.creations() == made
        resumed = await service.flows.resume(run.id)
        assert resumed.state == "running"
        run = await service.flows.wait(run.id, 20)
        assert run.state == "succeeded"
        assert ground.creations() == 4
        assert run.cost == ground.spent()
        with pytest.raises(InvalidInput, match="only what has ended"):
            await service.flows.resume(run.id)

    play(ground, database, tmp_path, act)


def test_what_was_not_sent_is_cancelled_in_the_ledger(tmp_path: Path, ground: Ground) -> None:
    from kie.service.claims import Limits

    async def act(service: Service) -> None:
        run = await service.flows.start(FAN, {"things": ["a fox", "a hen", "an owl"]})
        async with asyncio.timeout(20):
            while len(step_of(run, "pictures").items) < 3:
                await asyncio.sleep(0.02)
                run = await service.flows.get(run.id)
        await service.flows.cancel(run.id)
        run = await service.flows.wait(run.id, 20)
        counts = await service.counts()
        assert counts[State.CANCELLED] >= 1
        assert run.held == 0
        assert ground.creations() + counts[State.CANCELLED] == 3

    play(ground, f"sqlite:///{tmp_path}/kie.db", tmp_path, act, limits=Limits(1, 3600.0))


def test_failed_items_are_tried_again_and_what_comes_after_them(tmp_path: Path, ground: Ground) -> None:
    from kie.emulator import Fault

    async def act(service: Service) -> None:
        ground.emulator.add_fault(Fault("create", "fail", nth=2))
        run = await done(service, FAN, {"things": ["a fox", "a hen", "an owl"]})
        failed = [item.place for item in step_of(run, "pictures").items if item.state == "failed"]
        assert (run.state, len(failed)) == ("succeeded", 1)
        before = {item.generation for step in run.steps for item in step.items if item.state == "succeeded"}
        assert ground.creations() == 5
        with pytest.raises(InvalidInput, match="no step"):
            await service.flows.retry(run.id, "nothing")
        await service.flows.retry(run.id, "pictures")
        run = await service.flows.wait(run.id, 20)
        assert run.state == "succeeded"
        assert [item.state for item in step_of(run, "pictures").items] == ["succeeded"] * 3
        assert len(step_of(run, "clips").items) == 3
        assert ground.creations() == 7
        assert before - {None} <= {item.generation for step in run.steps for item in step.items}
        assert step_of(run, "archive").items[0].state == "succeeded"
        with pytest.raises(InvalidInput, match="has failed"):
            await service.flows.retry(run.id)

    play(ground, f"sqlite:///{tmp_path}/kie.db", tmp_path, act)


def test_a_link_that_has_died_is_not_sent_and_not_paid_for(tmp_path: Path, ground: Ground) -> None:
    async def act(service: Service) -> None:
        run = await done(service, FAN.replace("moves", "moves emu:fail=501"), {"things": ["a fox"]})
        assert run.state == "failed"

        def later() -> Work[None]:
            yield Statement("UPDATE generation SET expires = 1")

        await service.database.write(later)
        await service.flows.resume(run.id)
        run = await service.flows.wait(run.id, 20)
        assert run.state == "failed"
        assert run.error is not None
        assert "has died at kie.ai" in run.error["message"]
        assert ground.creations() == 2

    play(ground, f"sqlite:///{tmp_path}/kie.db", tmp_path, act)


def test_the_estimate_is_the_bill(tmp_path: Path, ground: Ground) -> None:
    flow = """
name: many
inputs: {things: [text]}
steps:
  pictures: {for_each: "${inputs.things}", model: nano-banana-pro, input: {prompt: "${item}"}}
  again: {for_each: "${steps.pictures}", model: nano-banana-pro, input: {prompt: more, images: "${item.outputs}"}}
"""

    async def act(service: Service) -> None:
        inputs = {"things": ["a fox", "a hen", "an owl"]}
        told = await service.flows.estimate(flow, inputs)
        assert told.low == told.high == 6 * IMAGE_PRICE
        assert [(step.step, step.items) for step in told.steps] == [("pictures", 3), ("again", 3)]
        assert told.unknown == ()
        run = await done(service, flow, inputs)
        assert run.cost == ground.spent() == told.low
        assert run.low == run.high == told.low

    play(ground, f"sqlite:///{tmp_path}/kie.db", tmp_path, act)


def test_limits_are_judged_before_the_start_and_held_on_the_way(tmp_path: Path, ground: Ground) -> None:
    async def act(service: Service) -> None:
        with pytest.raises(BudgetExceeded, match="more than the limit of 30"):
            await service.flows.start(SIMPLE + "  more: {model: nano-banana-pro, input: {prompt: more}}\n",
                                      {"what": "a fox"}, max_credits=30)  # fmt: skip
        assert await service.flows.list() == []
        await service.set_budget("default", "total", Decimal(10))
        run = await service.flows.start(SIMPLE, {"what": "a fox"})
        async with asyncio.timeout(20):
            while run.note is None:
                await asyncio.sleep(0.02)
                run = await service.flows.get(run.id)
        assert run.state == "running"
        assert "budget" in run.note
        assert ground.creations() == 0
        await service.flows.cancel(run.id)
        assert (await service.flows.wait(run.id, 20)).state == "cancelled"

    play(ground, f"sqlite:///{tmp_path}/kie.db", tmp_path, act)


def test_the_same_key_is_the_same_run(database: str, tmp_path: Path, ground: Ground) -> None:
    async def act(service: Service) -> None:
        first = await service.flows.start(SIMPLE, {"what": "a fox"}, idempotency_key="one", project="p")
        again = await service.flows.start(SIMPLE, {"what": "a fox"}, idempotency_key="one", project="p")
        assert first.id == again.id
        with pytest.raises(InvalidInput, match="used for another run"):
            await service.flows.start(SIMPLE, {"what": "a hen"}, idempotency_key="one", project="p")
        run = await service.flows.wait(first.id, 20)
        assert (run.project, ground.creations()) == ("p", 1)
        assert (await service.get(step_of(run, "image").items[0].generation or "")).project == "p"
        assert [each.id for each in await service.flows.list(project="p", state="succeeded")] == [first.id]
        assert await service.flows.list(project="q") == []
        with pytest.raises(TaskNotFound):
            await service.flows.get("run_none")

    play(ground, database, tmp_path, act)


def test_the_end_of_a_run_is_announced(tmp_path: Path, ground: Ground) -> None:
    def wanted() -> Work[None]:
        yield Statement(
            "INSERT INTO endpoint (id, kind, project, url, types, description, state, why, created, not_before)"
            " VALUES ('ep_1', 'endpoint', 'p', 'https://example.com/', ?, '', 'enabled', '', 0, 0)",
            (filtered(["flow.finished"]),),
        )

    def messages() -> Work[Rows]:
        return (yield Statement("SELECT type, project, subject, payload FROM message"))

    async def act(service: Service) -> None:
        await service.database.write(wanted)
        run = await done(service, SIMPLE, {"what": "a fox"}, project="p")
        await done(service, SIMPLE, {"what": "a fox"}, project="q")
        [(type_, project, subject, payload)] = await service.database.read(messages)
        assert (type_, project, subject) == ("flow.finished", "p", run.id)
        assert "succeeded" in payload

    play(ground, f"sqlite:///{tmp_path}/kie.db", tmp_path, act)


def test_flows_are_kept_under_their_names(database: str, tmp_path: Path, ground: Ground) -> None:
    async def act(service: Service) -> None:
        await service.flows.declare(SIMPLE)
        assert "simple" in await service.flows.names()
        run = await service.flows.start("simple", {"what": "a fox"})
        await service.flows.declare(SIMPLE.replace("${inputs.what}", "something else"))
        assert (await service.flows.wait(run.id, 20)).state == "succeeded"
        assert inputs_at_vendor(ground)[0]["prompt"] == "a fox"
        assert await service.flows.forget("simple")
        assert not await service.flows.forget("simple")
        with pytest.raises(InvalidInput, match="no flow 'simple'"):
            await service.flows.start("simple", {"what": "a fox"})

    play(ground, database, tmp_path, act)


@pytest.mark.slow
def test_a_service_that_is_stopped_gives_its_runs_back(database: str, tmp_path: Path, ground: Ground) -> None:
    async def first(service: Service) -> str:
        run = await service.flows.start(FAN, {"things": ["a fox", "a hen"]})
        async with asyncio.timeout(20):
            while not step_of(run, "pictures").items:
                await asyncio.sleep(0.02)
                run = await service.flows.get(run.id)
        return run.id

    name = play(ground, database, tmp_path, first)

    async def second(service: Service) -> None:
        run = await service.flows.wait(name, 30)
        assert run.state == "succeeded"
        assert ground.creations() == 4
        assert run.cost == ground.spent()

    play(ground, database, tmp_path, second)


@pytest.mark.slow
def test_the_engine_forgets_what_has_long_ended(database: str, tmp_path: Path, ground: Ground) -> None:
    async def act(service: Service) -> None:
        run = await done(service, FAN, {"things": ["a fox"]})
        engine = service.flows.duty._engine
        assert engine is not None
        journey = Journey(run.id, 0)
        async with asyncio.timeout(10):
            while await engine.status(journey) != "SUCCESS":  # noqa: ASYNC110 - it is another's
                await asyncio.sleep(0.02)
        await service.flows.duty._tidy(service.context.clock())
        assert await engine.status(journey) is not None
        await service.flows.duty._tidy(service.context.clock() + 10**6)
        assert await engine.status(journey) is None
        assert (await service.flows.get(run.id)).state == "succeeded"

    play(ground, database, tmp_path, act)


def test_a_service_without_flows_does_not_pay_for_them(tmp_path: Path) -> None:
    import subprocess

    said = f"""
import asyncio, sys, threading
from kie import AsyncKie
from kie.service import Service
async def go():
    async with AsyncKie("a-key", base_url="http://127.0.0.1:9") as kie:
        async with Service("sqlite:///{tmp_path}/kie.db", kie, artefacts={str(tmp_path)!r}) as service:
            await asyncio.sleep(0.3)
            heavy = [name for name in ("dbos", "sqlalchemy", "yaml", "croniter", "av") if name in sys.modules]
            print(heavy, [thread.name for thread in threading.enumerate() if "dbos" in thread.name])
asyncio.run(go())
"""
    found = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, timeout=60, check=True)
    assert found.stdout.strip() == "[] []"
