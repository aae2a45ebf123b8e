"""What can go wrong with secrets in the database. None of these errors shows a key or a secret."""

from __future__ import annotations

from kie.errors import AuthenticationError

__all__ = ["MasterKeyMissing", "MasterKeyUnusable", "SealingError", "SecretDamaged"]


class SealingError(AuthenticationError):
    """A secret cannot be sealed or opened: there is no key to work with. Nothing was sent."""


class MasterKeyMissing(SealingError):
    """There is no master key, or not the one with which this secret was sealed."""


class MasterKeyUnusable(SealingError):
    """The master key that is set is none, cannot be read, or can be read by others."""


class SecretDamaged(SealingError):
    """A secret was altered, or moved here from another place of the database: it does not open."""
