"""Why tasks fail, in the vendor's words: codes and texts by family, as data.

Sources: CONTRACT §6 and §7 (15 to 21), callback pages of kie.ai of 2026-04-29, failed tasks seen 2026-03 to 2026-10.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from kie.emulator.tasks import Failure

if TYPE_CHECKING:
    import random

    from kie.emulator.families import Operation

#: Families, or kinds within one, whose failures are those of another.
_ALIKE = {"recovery": "suno", "market:music": "suno"}


@cache
def failures() -> dict[str, tuple[Failure, ...]]:
    """The failures of each family, or kind within one; those of "any" hold for families that have none of their own."""
    text = (files("kie.emulator") / "data" / "failures.json").read_text(encoding="utf-8")
    return {name: tuple(Failure(code, words) for code, words in held) for name, held in json.loads(text).items()}


def choose(job: Operation, dice: random.Random, code: int | None = None, message: str = "") -> Failure:
    """How a task fails: with this code and these words, or with what its family (and kind) is known for."""
    names = (f"{job.family}:{job.kind}", job.family, "any")
    own = next(failures()[name] for name in (_ALIKE.get(name, name) for name in names) if name in failures())
    fitting = [held for held in own if code in {None, held.code}]
    fitting = fitting or [held for held in failures()["any"] if held.code == code]
    chosen = dice.choice(fitting) if fitting else Failure(code or 501, "Generation failed")
    return Failure(chosen.code, message or chosen.message)
