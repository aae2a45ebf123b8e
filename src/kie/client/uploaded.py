"""A file at kie.ai, as an upload returns it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["UploadedFile"]


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file at kie.ai.

    Attributes:
        url: its public link.
        expires_at: Unix seconds when the link dies (three days after the upload; one older page says one day).
        size: bytes.
        content_type: media type by its bytes.
        sha256: hash of the content.

    """

    url: str
    expires_at: float
    size: int
    content_type: str
    sha256: str
