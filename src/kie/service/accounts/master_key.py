"""The master keys, which seal what is kept secret in the database: read from the environment, or from a file.

``KIE_MASTER_KEY`` is 32 random bytes as base64 or hex; or several, separated by commas, of which the first seals and
all open; or ``file:/path``, the name of a file with such a text that nobody else may read.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import os
import re
import secrets
import stat
import tempfile
from pathlib import Path

from kie.service.accounts.seal_errors import MasterKeyUnusable

__all__ = ["FILE", "SIZE", "create_file", "new_key", "read"]

#: The name of a file in the user's data folder that is read where nothing is set.
FILE = "master.key"
#: Bytes of a key: AES-256.
SIZE = 32
_HEX = re.compile(r"[0-9a-fA-F]{64}")
_FILE = "file:"
_LARGEST = 65536
#: A text with fewer different bytes was typed, not drawn: 32 random bytes have about 30, fewer than 16 never.
_DIFFERENT = 16
_HINT = "`openssl rand -base64 32` makes one; `kie keys master` makes one in a file of your own."


def read(setting: str | None, fallback: Path | None = None) -> tuple[bytes, ...]:
    """Return the keys, the one that seals first; none where there is neither a setting nor the fallback file.

    Args:
        setting: the value of ``KIE_MASTER_KEY``, or None.
        fallback: a file that is read when it exists and nothing is set.

    Raises:
        MasterKeyUnusable: a text is no key, or a file cannot be read, or can be read by others. The text is not shown.

    """
    text = (setting or "").strip()
    if text.startswith(_FILE):
        path = Path(text.removeprefix(_FILE)).expanduser()
        return _keys(_text(path), str(path))
    if text:
        return _keys(text, "KIE_MASTER_KEY")
    if fallback is not None and fallback.exists():
        return _keys(_text(fallback), str(fallback))
    return ()


def new_key() -> str:
    """Return a new random key, in base64."""
    return base64.b64encode(secrets.token_bytes(SIZE)).decode()


def create_file(path: str | os.PathLike[str]) -> Path:
    """Make a file with a new key, which its owner alone may read; it is on the disk when this returns.

    Raises:
        MasterKeyUnusable: there is such a file already (it stays as it is), or it cannot be written.

    """
    target = Path(path).expanduser().absolute()
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".master")  # made with 0600
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(new_key() + "\n")
                file.flush()
                os.fsync(file.fileno())
            try:
                os.link(name, target)  # fails where one is there, and nobody ever sees half a key
            except FileExistsError:
                raise MasterKeyUnusable(
                    f"{target} exists; it stays as it is.",
                    hint="What it has sealed opens with it alone: keep it safe.",
                ) from None
        finally:
            Path(name).unlink()
        _sync(target.parent)
    except OSError as error:
        raise MasterKeyUnusable(f"{target} cannot be written: {error.strerror}.") from None
    return target


def _sync(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _text(path: Path) -> str:
    try:
        # Without waiting: a pipe of this name would hold the process up.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    except OSError as error:
        raise MasterKeyUnusable(
            f"The file of the master key, {path}, cannot be read: {error.strerror}.", hint="See KIE_MASTER_KEY."
        ) from None
    about = os.fstat(handle)
    if not stat.S_ISREG(about.st_mode):
        os.close(handle)
        raise MasterKeyUnusable(f"The master key {path} is not a file.", hint="See KIE_MASTER_KEY.")
    with os.fdopen(handle, "rb") as file:
        if os.name == "posix" and about.st_mode & 0o077:
            raise MasterKeyUnusable(
                f"The file of the master key, {path}, can be read by others (mode {about.st_mode & 0o777:o}).",
                hint=f"chmod 600 {path}; and when others may have read it, rotate: a new key first, the old one behind"
                " it, then `kie keys reseal`.",
            )
        content = file.read(_LARGEST)
    lines = (line.partition(b"#")[0].strip() for line in content.splitlines())
    try:
        return ",".join(line.decode("ascii") for line in lines if line)
    except UnicodeDecodeError:
        raise MasterKeyUnusable(f"The file of the master key, {path}, holds no key.", hint=_HINT) from None


def _keys(text: str, source: str) -> tuple[bytes, ...]:
    parts = [part for part in re.split(r"[,\s]+", text) if part]
    if not parts:
        raise MasterKeyUnusable(f"{source} holds no key.", hint=_HINT)
    return tuple(dict.fromkeys(_key(part, number, source) for number, part in enumerate(parts, 1)))


def _key(text: str, number: int, source: str) -> bytes:
    key = b""
    if _HEX.fullmatch(text):
        key = bytes.fromhex(text)
    else:
        with contextlib.suppress(binascii.Error, ValueError):
            standard = text.replace("-", "+").replace("_", "/").rstrip("=")
            key = base64.b64decode(standard + "=" * (-len(standard) % 4), validate=True)
    if len(key) != SIZE:
        raise MasterKeyUnusable(f"Key {number} of {source} is not {SIZE} bytes in base64 or hex.", hint=_HINT)
    if len(set(key)) < _DIFFERENT:
        raise MasterKeyUnusable(f"Key {number} of {source} was not drawn at random.", hint=_HINT)
    return key
