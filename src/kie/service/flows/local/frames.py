"""``frames``: pictures out of a clip."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kie.service.flows.media.declared import inputs
from kie.service.flows.media.isolation import isolated

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kie.service.flows.locally import Made

__all__ = ["INPUTS", "run"]

INPUTS: Final = inputs("frames")


def run(given: Mapping[str, Any], folder: Path) -> Made:
    """Take pictures out of a clip."""
    return isolated("frames", given, folder)
