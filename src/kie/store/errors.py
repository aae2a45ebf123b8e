"""What can go wrong with the database."""

from __future__ import annotations

from kie.errors import KieError

__all__ = ["StoreError", "StoreUnavailable"]


class StoreError(KieError):
    """The database refused, or is not what it should be."""


class StoreUnavailable(StoreError):
    """The database cannot be reached, is full, or was locked for too long: nothing was written; try again later."""
