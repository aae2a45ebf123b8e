"""``still``: a picture becomes a clip, slowly moved over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kie.service.flows.media.declared import inputs
from kie.service.flows.media.isolation import isolated

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kie.service.flows.locally import Made

__all__ = ["INPUTS", "run"]

INPUTS: Final = inputs("still")


def run(given: Mapping[str, Any], folder: Path) -> Made:
    """Make a clip of a picture."""
    return isolated("still", given, folder)
