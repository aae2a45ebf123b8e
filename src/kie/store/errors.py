"""What can go wrong with the database and with the files."""

from __future__ import annotations

from kie.errors import KieError

__all__ = ["ArtefactMissing", "ArtefactsUnavailable", "StoreError", "StoreUnavailable"]


class StoreError(KieError):
    """The database or the artefact store refused, or is not what it should be."""


class StoreUnavailable(StoreError):
    """The database cannot be reached, is full, or was locked for too long: nothing was written; try again later."""


class ArtefactsUnavailable(StoreUnavailable):
    """The artefact store cannot be reached, or its disk is full: the file was not put; try again later."""


class ArtefactMissing(StoreError):
    """A file is not in the artefact store.

    Attributes:
        digest: its SHA-256.

    """

    digest: str = ""
