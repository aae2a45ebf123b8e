"""What the control endpoints report on: the verdict on the client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kie.emulator.routes import WrongRequest
from kie.emulator.verdict import judge
from kie.emulator.verdict.evidence import gather

if TYPE_CHECKING:
    from kie.emulator.http import Request
    from kie.emulator.world import World


def verdict(world: World, request: Request) -> dict[str, Any]:
    """What is to be said of the client; `ignore` names findings to leave out, with commas between them."""
    ignored = [name for name in request.query.get("ignore", "").split(",") if name]
    try:
        return judge(gather(world), ignored).to_json()
    except ValueError as wrong:
        raise WrongRequest(str(wrong)) from None
