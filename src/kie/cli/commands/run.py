"""``kie run``: any model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kie.cli.options import INPUTS, MODEL, command, money_options, sending_options
from kie.cli.runner import Sending, made
from kie.cli.values import inputs_of

if TYPE_CHECKING:
    from kie.cli.session import Session

__all__ = ["run"]


@command(
    "run",
    MODEL(),
    INPUTS(),
    *sending_options(),
    *money_options(),
    talks=True,
    examples=(
        'kie run nano-banana-2 prompt="a red bicycle" aspect_ratio=16:9 -o out',
        'kie run kling-3.0/video prompt="it moves" first_frame=@cat.png duration=5',
        "kie run veo-3-1 prompt=waves --no-wait --json",
    ),
)
def run(session: Session, *, model: str, inputs: tuple[str, ...], **sending: Any) -> int:
    """Run any model."""
    given = inputs_of(inputs, session.catalogue.resolve(model).model)
    return made(session, model, given, Sending(**sending))
