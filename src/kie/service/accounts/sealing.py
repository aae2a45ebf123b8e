"""Secrets in the database: sealed with AES-256-GCM, each bound to its place.

    sealer = Sealer(master_key.read(setting))
    sealed = sealer.seal(place("account", "studio", "key"), b"…")   # two columns: key_id and blob
    sealer.open(place("account", "studio", "key"), sealed)

Whoever can write to the database cannot read a secret, cannot alter one unseen, and cannot put the secret of one row
into another: its table, row and column are part of what is sealed. Nonces are 96 random bits, which serves for 2**32
secrets a key (NIST SP 800-38D, section 8.3).
"""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from kie.service.accounts.master_key import SIZE
from kie.service.accounts.seal_errors import MasterKeyMissing, MasterKeyUnusable, SecretDamaged

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Sealed", "Sealer", "place"]

#: The first byte of a blob: how it is made.
_FORM = b"\x01"
_NONCE = 12
_TAG = 16


class Sealed(NamedTuple):
    """A secret as it is kept.

    Attributes:
        key_id: which master key opens it; 16 hex digits, not secret.
        blob: a byte for the form, the nonce, and what is sealed with its tag: 29 bytes more than the secret.

    """

    key_id: str
    blob: bytes


def place(table: str, row: str, column: str) -> str:
    """Name the place of a secret; no two places have the same name."""
    return json.dumps([table, row, column], ensure_ascii=True)


class Sealer:
    """Seals with the first of its master keys, and opens with any.

    Args:
        keys: 32 bytes each. Without any it can be made, but neither seals nor opens.

    Raises:
        MasterKeyUnusable: one has another length.

    """

    __slots__ = ("_first", "_keys")

    def __init__(self, keys: Sequence[bytes] = ()) -> None:
        if any(len(key) != SIZE for key in keys):
            raise MasterKeyUnusable(f"A master key has {SIZE} bytes.")
        self._keys = {_name(key): bytes(key) for key in keys}
        self._first = next(iter(self._keys), "")

    @property
    def key_id(self) -> str:
        """The id of the key that seals; empty where there is none."""
        return self._first

    def seal(self, place: str, plain: bytes) -> Sealed:
        """Seal a secret for its place.

        Raises:
            MasterKeyMissing: there is no master key.

        """
        if not self._first:
            raise MasterKeyMissing(
                "A secret cannot be stored: there is no master key.",
                hint="Set KIE_MASTER_KEY, or make one in a file with `kie keys master`.",
            )
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = secrets.token_bytes(_NONCE)
        sealed = AESGCM(self._keys[self._first]).encrypt(nonce, plain, _bound(self._first, place))
        return Sealed(self._first, _FORM + nonce + sealed)

    def open(self, place: str, sealed: Sealed) -> bytes:
        """Open a secret.

        Raises:
            MasterKeyMissing: it was sealed with a key that is not here.
            SecretDamaged: it was altered, or belongs to another place.

        """
        key = self._keys.get(sealed.key_id)
        if key is None:
            ours = ", ".join(self._keys) or "none"
            raise MasterKeyMissing(
                f"{_shown(place)} was sealed with the master key {sealed.key_id or '(no id)'}; those here: {ours}.",
                hint="Add that key to KIE_MASTER_KEY, behind a comma; or store the secret anew, for an account with"
                " `kie keys rotate --forget`.",
            )
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        blob = bytes(sealed.blob)
        if len(blob) < len(_FORM) + _NONCE + _TAG or blob[:1] != _FORM:
            raise _damaged(place)
        nonce, content = blob[1 : 1 + _NONCE], blob[1 + _NONCE :]
        try:
            return AESGCM(key).decrypt(nonce, content, _bound(sealed.key_id, place))
        except InvalidTag:
            raise _damaged(place) from None

    def __repr__(self) -> str:
        """Show the ids of the keys, never a key."""
        return f"<Sealer {', '.join(self._keys) or 'without keys'}>"

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled: the keys would lie in what is written."""
        raise TypeError("A Sealer holds master keys, and is not pickled.")


def _name(key: bytes) -> str:
    """Return a key's id, from which nothing can be told about it."""
    return hashlib.sha256(b"kie master key id\x00" + key).hexdigest()[:16]


def _bound(key_id: str, place: str) -> bytes:
    return b"\x00".join((b"kie sealed", key_id.encode(), place.encode()))


def _shown(place: str) -> str:
    """Return a place in words."""
    try:
        table, row, column = json.loads(place)
    except ValueError:
        return place
    return f"{column} of {table} {row!r}"


def _damaged(place: str) -> SecretDamaged:
    return SecretDamaged(
        f"{_shown(place)} does not open: it was altered, or put there from another place.",
        hint="Store it anew; and see who can write to the database.",
    )
