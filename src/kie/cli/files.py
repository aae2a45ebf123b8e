"""Files of the artefact store, written into a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kie.service.service import Service

__all__ = ["write_file"]


async def write_file(service: Service, digest: str, type: str, folder: Path, stem: str) -> Path:
    """Write one file: beside its place first, so that half a file is never taken for one.

    Args:
        service: whose store.
        digest: SHA-256 of its content.
        type: media type, which tells the ending.
        folder: where to; it is made where there is none.
        stem: name of the file without its ending.

    """
    from kie.client.sniff import EXTENSIONS

    path = _made(folder) / f"{stem}.{EXTENSIONS.get(type, 'bin')}"
    beside = path.with_name(f".{path.name}.part")
    with beside.open("wb") as file:
        async for piece in service.artefacts.read(digest):
            file.write(piece)
    beside.replace(path)
    return path


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
