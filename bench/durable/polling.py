"""When a task is asked for: the learned schedule beside a fixed interval of five seconds, simulated.

The durations are made as those that were recorded look (images around 20 s, videos around two minutes, music between
one and two and a half minutes, a model with a fast and a slow path), with eight seeds, for a schedule is as good as the
300 tasks of the same kind are typical from which it has learned.
"""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING

from kie.service.profile import Profile

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["KINDS", "simulate"]

FIXED, SEEDS = 5.0, range(8)
KINDS: dict[str, Callable[[random.Random], float]] = {
    "image, 20 s ± 25 %": lambda rng: 20 * math.exp(rng.gauss(0, 0.25)),
    "video, 110 s ± 25 %": lambda rng: 110 * math.exp(rng.gauss(0, 0.25)),
    "music, 60 to 150 s": lambda rng: rng.uniform(60, 150),
    "fast 40 s or slow 300 s": lambda rng: rng.gauss(40, 4) if rng.random() < 0.6 else rng.gauss(300, 30),
    "wide, 60 s × e^±0.5": lambda rng: 60 * math.exp(rng.gauss(0, 0.5)),
}


def simulate(tasks: int) -> dict[str, dict[str, float]]:
    """For each kind, with so many tasks: questions a task and the mean delay in seconds, learned and fixed."""
    found = {}
    for kind, draw in KINDS.items():
        sums = [_sums(draw, seed, tasks // len(SEEDS)) for seed in SEEDS]
        means = [sum(each) / (tasks // len(SEEDS) * len(SEEDS)) for each in zip(*sums, strict=True)]
        found[kind] = dict(zip(("asks", "delay", "fixed_asks", "fixed_delay"), means, strict=True))
    return found


def _sums(draw: Callable[[random.Random], float], seed: int, tasks: int) -> tuple[float, float, float, float]:
    """Of all tasks: questions and delays in seconds, learned and fixed."""
    rng, profile = random.Random(seed), Profile.new(60.0)
    for _ in range(300):
        profile = profile.seen(max(1.0, draw(rng)))
    schedule = profile.schedule()
    asks = delay = fixed = late = 0.0
    for _ in range(tasks):
        took, elapsed = max(1.0, draw(rng)), 0.0
        while elapsed < took:
            elapsed += schedule.after(elapsed)
            asks += 1
        delay += elapsed - took
        fixed += math.ceil(took / FIXED)
        late += math.ceil(took / FIXED) * FIXED - took
    return asks, delay, fixed, late
