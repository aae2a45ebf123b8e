"""Takes the evidence for a verdict from a running emulator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kie.emulator.clock import parse_mode
from kie.emulator.verdict.case import Case

if TYPE_CHECKING:
    from kie.emulator.world import World


def gather(world: World) -> Case:
    """The state of an emulator at one moment."""
    with world.lock:
        files = world.files.all()
        return Case(
            notes=world.journal.notes(),
            tasks=dict(world.tasks),
            entries=world.ledger.entries(),
            now=world.clock.now(),
            mode=world.clock.mode,
            speed=parse_mode(world.clock.mode)[1],
            forgotten=world.journal.forgotten,
            signed=world.courier.key is not None,
            expires={file.path: file.created + file.life for file in files},
            links={path: target for path, (target, _) in world.files.links().items()},
            traps=frozenset(file.path for file in files if file.fault == "forge"),
        )
