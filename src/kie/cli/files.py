"""Files that are written whole or not at all; those of the artefact store."""

from __future__ import annotations

import contextlib
from typing import IO, TYPE_CHECKING

from kie.cli.lang import t
from kie.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kie.service.service import Service

__all__ = ["whole", "write_file"]


@contextlib.contextmanager
def whole(path: Path) -> Iterator[IO[bytes]]:
    """Write beside a place first, so that half a file is never taken for one, and none is left when it fails.

    Raises:
        InvalidInput: it cannot be written there.

    """
    beside = path.with_name(f".{path.name}.part")
    try:
        try:
            with beside.open("wb") as file:
                yield file
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InvalidInput(t("run.folder", path=path, error=error.strerror or error), field="-o") from None


async def write_file(service: Service, digest: str, type: str, folder: Path, stem: str) -> Path:
    """Write one file of the store.

    Args:
        service: whose store.
        digest: SHA-256 of its content.
        type: media type, which tells the ending.
        folder: where to; it is made where there is none.
        stem: name of the file without its ending.

    """
    from kie.client.sniff import EXTENSIONS

    path = _made(folder) / f"{stem}.{EXTENSIONS.get(type, 'bin')}"
    with whole(path) as file:
        async for piece in service.artefacts.read(digest):
            file.write(piece)
    return path


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
