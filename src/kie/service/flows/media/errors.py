"""What can go wrong in a local step besides a wrong input."""

from __future__ import annotations

from kie.errors import KieError

__all__ = ["LocalStepFailed"]


class LocalStepFailed(KieError):
    """A local step could not do its work: a file is damaged, memory or time ran out. Nothing was spent by it."""
