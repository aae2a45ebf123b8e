"""Which function does which step."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kie.service.flows.media.declared import whole

if TYPE_CHECKING:
    from kie.service.flows.locally import Made

__all__ = ["do"]

_WORK: Final = {
    "join": ("joining", "join"),
    "still": ("stills", "still"),
    "caption": ("captions", "caption"),
    "resize": ("stills", "resize"),
    "contact_sheet": ("sheets", "contact_sheet"),
    "frames": ("stills", "frames"),
    "text": ("packing", "pick"),
    "zip": ("packing", "pack"),
}


def do(name: str, ready: dict[str, Any], folder: Path) -> Made:
    """Do a step, in this process. Files are paths; the input was checked.

    Raises:
        InvalidInput: a file is not what it should be.

    """
    module, function = _WORK[name]
    found = getattr(import_module(f"kie.service.flows.media.{module}"), function)
    made: Made = found(whole(name, ready), Path(folder))
    return made
