"""A script and a seed replay exactly, and whatever a script does, the emulator goes on and its ledger adds up."""

from __future__ import annotations

import json
import random
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from kie.emulator import DEEDS, Fault, Script, world
from kie.emulator.faults import forgery
from kie.emulator.faults import tally as faults
from kie.emulator.mischief import Mischief
from kie.emulator.money.ledger import Ledger
from kie.emulator.sending import courier
from tests.emulator.inprocess import InProcess
from tests.emulator.oversockets import over_sockets
from tests.emulator.scripted import Run, complaints, random_script

if TYPE_CHECKING:
    from collections.abc import Callable

FAST = range(30)
OVER_SOCKETS = range(6)
MANY, BLOCK = 1000, 200


def judge(number: int, way: type[InProcess] = InProcess) -> Run:
    script = random_script(number)
    told = json.dumps(script.to_json())
    first, second = Run(script, number, way), Run(script, number, way)
    assert list(complaints(first)) == [], f"script {number}: {told}"
    one, two = first.trace(), second.trace()
    for part in one:
        assert one[part] == two[part], f"script {number} gave other {part}: {told}"
    return first


@pytest.mark.parametrize("number", FAST)
def test_a_script_and_a_seed_replay_exactly(number: int) -> None:
    judge(number)


@pytest.mark.parametrize("number", OVER_SOCKETS)
def test_over_sockets_too(number: int) -> None:
    with over_sockets() as way:
        judge(number, way)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("block", range(MANY // BLOCK))
def test_a_thousand_random_scripts(block: int) -> None:
    deeds = {(stage, deed) for stage, held in DEEDS.items() for deed in held}
    seen: set[tuple[str, str]] = set()
    for number in range(block * BLOCK, (block + 1) * BLOCK):
        run = judge(number)
        seen |= {(note.stage, note.fault) for note in run.notes if note.fault}
    assert len(deeds & seen) > len(deeds) / 2, f"never done: {deeds - seen}"


def test_another_seed_gives_another_run_and_the_round_is_no_empty_one() -> None:
    first, second = Run(Script(), 1), Run(Script(), 2)
    assert list(complaints(first)) == list(complaints(second)) == []
    assert first.trace()["replies"] != second.trace()["replies"]
    assert len(first.replies) > 90
    assert len({task.operation for task in first.tasks}) >= 10
    assert len(first.deliveries) >= 14
    assert {entry.kind for entry in first.entries} == {"grant", "hold", "settle", "return", "charge"}
    assert [what for what, reply in first.replies if reply.code not in {200, None}] == [
        "GET /api/v1/jobs/recordInfo?taskId=nothing"
    ]


# ------------------------------------------------------------------ the judge sees what it is there to see


def _returns_twice(patch: pytest.MonkeyPatch) -> None:
    def give_back(self: Ledger, at: float, task: str) -> None:
        amount = self._held[task]
        self._write(at, "return", amount, task=task)

    patch.setattr(Ledger, "give_back", give_back)


def _never_settles(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Ledger, "settle", lambda *_: None)


def _overdraws(patch: pytest.MonkeyPatch) -> None:
    def charge(self: Ledger, at: float, amount: Any, **_: str) -> bool:
        self._write(at, "charge", -amount * 10**6)
        return True

    patch.setattr(Ledger, "charge", charge)


def _breaks_at_a_fault(patch: pytest.MonkeyPatch) -> None:
    def named(*_: Any) -> str:
        raise KeyError("a fault nobody thought of")

    patch.setattr(Mischief, "_moment", named)


def _signs_with_another_key(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(courier, "sign", lambda *_: "not a signature")


def _writes_faults_nowhere(patch: pytest.MonkeyPatch) -> None:
    from kie.emulator import mischief

    patch.setattr(mischief, "_note", lambda *_: None)


def _forgets_to_call_back(patch: pytest.MonkeyPatch) -> None:
    from kie.emulator.sending.delivery import Deliveries

    patch.setattr(Deliveries, "notify", lambda *_: None)


@pytest.mark.parametrize(
    "broken",
    [
        _returns_twice,
        _never_settles,
        _overdraws,
        _breaks_at_a_fault,
        _signs_with_another_key,
        _writes_faults_nowhere,
        _forgets_to_call_back,
    ],
)
def test_a_broken_emulator_is_complained_about(
    broken: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    script = Script((Fault("poll", "500", nth=3), Fault("create", "fail", nth=2), Fault("poll", "reset-before", nth=9)))
    assert list(complaints(Run(script, 1))) == []
    broken(monkeypatch)
    assert list(complaints(Run(script, 1)))


def _chance(patch: pytest.MonkeyPatch) -> None:
    dice = random.Random()
    patch.setattr(faults, "random", SimpleNamespace(Random=lambda _seed: dice))


def _names(patch: pytest.MonkeyPatch) -> None:
    numbers = iter(range(10**6))
    patch.setattr(world.World, "token", lambda *_: f"{next(numbers):032x}")


def _forgeries(patch: pytest.MonkeyPatch) -> None:
    numbers = iter(range(10**6))
    real = forgery._outcome
    patch.setattr(forgery, "_outcome", lambda task, url: real(task, f"{url}{next(numbers)}"))


@pytest.mark.parametrize("left_to_chance", [_chance, _names, _forgeries])
def test_what_does_not_follow_from_the_seed_is_seen(
    left_to_chance: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    script = Script((Fault("poll", "500", probability=0.5), Fault("callback", "forge", times=0)))
    left_to_chance(monkeypatch)
    assert Run(script, 1).trace() != Run(script, 1).trace()
