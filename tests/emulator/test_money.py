"""Tasks and credits: whatever happens, the ledger adds up."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from kie.emulator import facts
from kie.emulator.money import pricing
from kie.emulator.tasks import Effect, Event, Failure, State, Task, advance, plan
from kie.emulator.world import Order, Refusal, World
from tests.emulator.support import Served, instantly


def _task(**more: Any) -> Task:
    return Task(
        id="t", operation="market:nano-banana-pro", model="nano-banana-pro", inputs={}, created=0, seed=1, **more
    )


@given(st.lists(st.sampled_from(list(Event)), max_size=12))
def test_a_task_ends_once_and_settles_or_returns_once(events: list[Event]) -> None:
    task, done = _task(), list[Effect]()
    last = task.state
    for number, event in enumerate(events):
        task, effects = advance(task, event, float(number))
        done += effects
        assert task.state >= last
        last = task.state
    assert done.count(Effect.SETTLE) + done.count(Effect.RETURN) == int(task.state.done)
    assert (task.finished is not None) == task.state.done
    assert (task.failure is not None) == (task.state is State.FAIL)


@given(st.floats(0.1, 1000), st.booleans(), st.sets(st.sampled_from(["queue", "start", "text", "first"])))
def test_plans_lead_to_an_end(seconds: float, fails: bool, stages: set[str]) -> None:  # noqa: FBT001
    steps = plan(seconds, stages=tuple(sorted(stages, key=["queue", "start", "text", "first"].index)), fails=fails)
    assert [step.after for step in steps] == sorted(step.after for step in steps)
    task = _task(failure=Failure() if fails else None)
    for step in steps:
        task, _ = advance(task, step.event, step.after)
    assert task.state is (State.FAIL if fails else State.SUCCESS)


class Account(RuleBasedStateMachine):
    """Creates tasks of any price and any fate, lets time pass, asks, and resets."""

    @initialize(seed=st.integers(0, 9), credits=st.decimals(0, 300, places=2))
    def begin(self, seed: int, credits: Decimal) -> None:  # noqa: A002
        self.granted = credits
        self.world = World(seed=seed, clock="frozen", credits=credits, renderer=instantly)

    @rule(
        model=st.sampled_from(
            ["nano-banana-pro", "recraft/crisp-upscale", "kling-2.6/text-to-video", "elevenlabs/audio-isolation"]
        ),
        spell=st.sampled_from(["", " emu:fail=500", " emu:stuck", " emu:slow"]),
    )
    def create(self, model: str, spell: str) -> None:
        before = self.world.ledger.balance
        inputs = {"prompt": "x" + spell, "duration": "5", "sound": False}
        try:
            task = self.world.create(Order(f"market:{model}", model, inputs), facts.model(model))
        except Refusal:
            assert self.world.ledger.balance == before
        else:
            assert self.world.ledger.balance == before - task.price

    @rule(seconds=st.floats(0, 400))
    def pass_time(self, seconds: float) -> None:
        self.world.clock.advance(seconds)

    @rule(amount=st.decimals(0, 50, places=2))
    def chat(self, amount: Decimal) -> None:
        self.world.ledger.charge(self.world.clock.now(), amount)

    @rule()
    def reset(self) -> None:
        self.world.reset()

    @invariant()
    def adds_up(self) -> None:
        if not hasattr(self, "world"):
            return
        ledger = self.world.ledger
        entries = ledger.entries()
        assert sum((entry.amount for entry in entries), Decimal(0)) == ledger.balance
        assert entries[-1].balance == ledger.balance >= 0
        assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))
        tasks = self.world.tasks.values()
        assert ledger.held == sum((task.price for task in tasks if not task.state.done), Decimal(0))
        won = sum((task.price for task in tasks if task.state is State.SUCCESS), Decimal(0))
        chats = -sum((entry.amount for entry in entries if entry.kind == "charge"), Decimal(0))
        assert ledger.spent == won + chats
        assert ledger.balance + ledger.held + ledger.spent == self.granted

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.world.close()


TestAccount = Account.TestCase


PRICES = [
    ("nano-banana-pro", {"prompt": "x"}, "18"),
    ("nano-banana-pro", {"prompt": "x", "resolution": "4K"}, "24"),
    ("kling-2.6/text-to-video", {"sound": True, "duration": "10"}, "220"),
    ("kling-2.6/text-to-video", {"sound": False, "duration": "5"}, "55"),
    ("kling-3.0/video", {"mode": "std", "sound": False, "duration": "10"}, "140"),
    ("bytedance/seedance-1.5-pro", {"resolution": "1080p", "duration": 4, "generate_audio": False}, "30"),
    ("hailuo/2-3-image-to-video-pro", {"resolution": "1080P", "duration": "6"}, "80"),
    ("ideogram/v3-text-to-image", {"rendering_speed": "QUALITY", "num_images": "3"}, "30"),
    ("elevenlabs/text-to-speech-turbo-2-5", {"text": "x" * 500}, "6"),
    ("google/gemini-3-1-flash-tts", {"dialogue_turns": [{"text": "x"}]}, "0"),
    ("veo-3-1", {"model": "veo3", "resolution": "4k"}, "370"),
    ("veo-3-1", {"prompt": "x"}, "60"),
    ("gemini-omni-video", {"duration": "8"}, "105"),
    ("flux1-kontext", {"prompt": "x"}, "5"),
    ("recraft/crisp-upscale", {}, "0.5"),
]  # fmt: skip


@pytest.mark.parametrize(("model", "inputs", "credits"), PRICES)
def test_prices(model: str, inputs: dict[str, Any], credits: str) -> None:  # noqa: A002
    fact = facts.model(model)
    assert fact is not None
    assert pricing.price(fact, inputs) == Decimal(credits)


def test_every_model_has_a_price_that_can_be_told() -> None:
    for fact in facts.models().values():
        assert pricing.price(fact, {"prompt": "x"}) >= 0


def test_without_credits_nothing_is_created() -> None:
    with Served(credits=20) as served:
        served.client.create("nano-banana-pro", prompt="x")
        answer = served.client.post("/api/v1/jobs/createTask", {"model": "nano-banana-pro", "input": {"prompt": "x"}})
        assert answer["code"] == 402
        assert len(served.emulator.tasks()) == 1
        chat = {"messages": [{"role": "user", "content": "x" * 40_000_000}]}
        assert served.client.post("/gpt-5-2/v1/chat/completions", chat)["code"] == 402


def test_twenty_creations_in_ten_seconds() -> None:
    with Served(clock="frozen") as served:
        body = {"model": "recraft/crisp-upscale", "input": {"image": "https://example.com/x.png"}}
        codes = [served.client.post("/api/v1/jobs/createTask", body) for _ in range(22)]
        assert [answer["code"] for answer in codes] == [200] * 20 + [429] * 2
        assert codes[-1]["msg"] == "Your call frequency is too high. Please try again later."
        assert type(served.client)(served.client.url, "another").post("/api/v1/jobs/createTask", body)["code"] == 200
        served.emulator.advance(10.1)
        assert served.client.post("/api/v1/jobs/createTask", body)["code"] == 200


def test_a_picture_that_is_taken_apart_costs_by_what_comes_out() -> None:
    with Served() as served:
        source = "https://example.com/a.png"
        for words, number in (("into 12 layers", 12), ("into three layers", 3)):
            before = served.emulator.balance
            task = served.client.create("seedream/5-flash-layer-decomposition", image_url=source, prompt=words)
            assert served.client.record(task)["state"] == "success"
            assert before - served.emulator.balance == number * Decimal("3.24")
