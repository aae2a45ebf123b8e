"""What a run hands back, written into a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kie.cli import amounts
from kie.cli.files import write_file
from kie.cli.flows.told import files_of
from kie.cli.lang import plural, t

if TYPE_CHECKING:
    from pathlib import Path

    from kie.cli.session import Session
    from kie.service.flows.runs import Run
    from kie.service.service import Service

__all__ = ["save_outputs"]


async def save_outputs(session: Session, service: Service, found: Run, folder: Path) -> list[dict[str, Any]]:
    """Write the files of a run's outputs: into a folder of the run's own, named by the outputs.

    Returns:
        A record for each file: output, path, and what the service knows of it.

    """
    written = []
    for name, value in (found.outputs or {}).items():
        files = [each for each in files_of(value) if each.get("sha256")]
        for place, each in enumerate(files):
            stem = name if len(files) == 1 else f"{name}-{place:0{len(str(len(files) - 1))}}"
            path = await write_file(service, each["sha256"], each.get("type", ""), folder / found.id, stem)
            session.screen.say("  ", (str(path), "bold"), (f"  {amounts.size(each.get('size'))}", "dim"))
            written.append({"output": name, "path": path, **each})
    if written:
        session.screen.note((plural("generations.saved", len(written)), "dim"))
    elif found.state == "succeeded":
        session.screen.note((t("flows.no-files"), "dim"))
    return written
