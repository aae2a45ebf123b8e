"""The files of a batch, written into a folder of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kie.cli import amounts
from kie.cli.files import write_file

if TYPE_CHECKING:
    from pathlib import Path

    from kie.cli.session import Session
    from kie.service.batches.batch import BatchItem
    from kie.service.service import Service

__all__ = ["save_items"]

_PAGE, _LONGEST = 500, 60
_UNSAFE = re.compile(r"[^\w.-]+")


async def save_items(session: Session, service: Service, name: str, folder: Path) -> list[dict[str, Any]]:
    """Write the outputs of all items that succeeded, named by their lines and the caller's ids.

    Returns:
        A record for each file: line, generation, path, and what the service knows of it.

    Raises:
        TaskNotFound: there is no such batch.

    """
    written, after = list[dict[str, Any]](), -1
    while page := await service.batches.items(name, state="succeeded", after=after, limit=_PAGE):
        after = page[-1].position
        for item in page:
            found = await service.get(item.generation or "")
            for each in found.outputs:
                stem = f"{_stem(item)}-{each.position}"
                path = await write_file(service, each.sha256, each.type, folder / name, stem)
                session.screen.say((str(path), "bold"), (f"  {each.type}  {amounts.size(each.size)}", "dim"))
                written.append({"line": item.line, "generation": found.id, "path": path, **each._asdict()})
    return written


def _stem(item: BatchItem) -> str:
    given = _UNSAFE.sub("_", item.id)[:_LONGEST] if item.id else ""
    return f"{item.line}-{given}" if given else str(item.line)
