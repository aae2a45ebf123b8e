"""Signatures by which a receiver knows that a notification is ours: Standard Webhooks 1.0.0, HMAC-SHA256.

    webhook-id: msg_…
    webhook-timestamp: 1790000000
    webhook-signature: v1,<base64 of the HMAC of "id.timestamp.body"> v1,<the same with the secret before>

Source: the specification at github.com/standard-webhooks/standard-webhooks, read 2026-11-21.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
from typing import TYPE_CHECKING

from kie.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["PREFIX", "headers", "key_of", "new_secret", "sign"]

#: How a secret begins.
PREFIX = "whsec_"
#: Bytes of a secret, by the specification.
_LEAST, _MOST = 24, 64
#: Bytes of one that we make: as many as the hash has.
_OURS = 32


def new_secret() -> str:
    """Make a secret."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_OURS)).decode()


def key_of(secret: str) -> bytes:
    """Return the key of a secret.

    Raises:
        InvalidInput: it is not ``whsec_`` and the base64 of 24 to 64 bytes. The message does not repeat it.

    """
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True) if secret.startswith(PREFIX) else b""
    except (binascii.Error, ValueError):
        key = b""
    if not _LEAST <= len(key) <= _MOST:
        raise InvalidInput(
            f"A signing secret is {PREFIX} and the base64 of {_LEAST} to {_MOST} bytes.",
            field="secret",
            hint="Leave it away: one is made.",
        )
    return key


def sign(key: bytes, message: str, timestamp: int, body: bytes) -> str:
    """Return one signature.

    Args:
        key: of the secret.
        message: the id; it has no full stop.
        timestamp: of this attempt, Unix seconds.
        body: as it is sent.

    """
    signed = hmac.digest(key, f"{message}.{timestamp}.".encode() + body, "sha256")
    return f"v1,{base64.b64encode(signed).decode()}"


def headers(keys: Iterable[bytes], message: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Return the three headers; one signature for each key, the newest first."""
    return {
        "webhook-id": message,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(sign(key, message, timestamp, body) for key in keys),
    }
