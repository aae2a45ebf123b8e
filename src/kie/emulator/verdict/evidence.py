"""Takes the evidence for a verdict from a running emulator."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from kie.emulator.verdict.case import Case

if TYPE_CHECKING:
    from kie.emulator.world import World


#: A header of what is created by hand on the emulator's own page: that is no client's doing.
BY_HAND = "x-emulator-page"
#: Seconds of the wall for which callbacks are waited for.
_PATIENCE = 1.0


def gather(world: World) -> Case:
    """The state of an emulator at one moment, without what was made by hand on its page.

    Callbacks that are under way are waited for, for a second: whoever has just got one may ask.
    """
    end = time.monotonic() + _PATIENCE
    while world.courier.oldest() < math.inf and (left := end - time.monotonic()) > 0:
        world.courier.settle(left)
    with world.lock:
        files = world.files.all()
        notes = world.journal.notes()
        by_hand = {note.task for note in notes if BY_HAND in note.headers and note.task}
        return Case(
            notes=tuple(note for note in notes if BY_HAND not in note.headers and note.task not in by_hand),
            tasks={name: task for name, task in world.tasks.items() if name not in by_hand},
            entries=world.ledger.entries(),
            now=world.clock.now(),
            mode=world.clock.mode,
            speed=world.clock.speed,
            forgotten=world.journal.forgotten,
            signed=world.courier.key is not None,
            expires={file.path: file.created + file.life for file in files},
            links={path: target for path, (target, _) in world.files.links().items()},
            traps=frozenset(file.path for file in files if file.fault == "forge"),
        )
