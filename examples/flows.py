"""A flow from beginning to end: its price beforehand, the run, its files.

    KIE_EMULATED=1 python examples/flows.py narrated-storyboard -o out
    KIE_EMULATED=1 python examples/flows.py banner-series --inputs products.json -o out

The package brings banner-series, video-presentation and narrated-storyboard; a file of YAML is taken too. Without
KIE_EMULATED it works on kie.ai, with KIE_API_KEY, and costs credits; --max-credits bounds the run. Begun again with the
same --run, it goes on where it was: nothing is paid for twice. What it knows lies in kie.db and kie-files, here.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from mimetypes import guess_extension
from pathlib import Path
from typing import Any

from kie import AsyncKie, KieError
from kie.service import Service


def files_of(value: Any) -> list[dict[str, Any]]:
    """Return the files of an output: one, a list, lists of lists."""
    if isinstance(value, list):
        return [file for inner in value for file in files_of(inner)]
    return [value] if isinstance(value, dict) and value.get("sha256") else []


async def save(service: Service, name: str, value: Any, folder: Path) -> None:
    """Write the files of an output into a folder."""
    found = files_of(value)
    for number, file in enumerate(found, start=1):
        stem = name if len(found) == 1 else f"{name}-{number:02d}"
        path = folder / f"{stem}{guess_extension(file['type']) or '.bin'}"
        with path.open("wb") as target:
            async for piece in service.artefacts.read(file["sha256"]):
                target.write(piece)
        print(f"{name}: {path}, {file['size']} bytes")


def arguments() -> argparse.Namespace:
    """Read the command line, and the files that it names."""
    parser = argparse.ArgumentParser(description="Run a flow and save what it makes.")
    parser.add_argument("flow", help="a name, or a file of YAML")
    parser.add_argument("-i", "--inputs", type=Path, help="a file of JSON; each input has a default in the examples")
    parser.add_argument("-o", "--out", type=Path, default=Path("out"))
    parser.add_argument("--max-credits")
    parser.add_argument("--run", help="a name of your own for this run")
    chosen = parser.parse_args()
    if chosen.flow.endswith((".yaml", ".yml")):
        chosen.flow = Path(chosen.flow).read_text("utf-8")
    chosen.inputs = json.loads(chosen.inputs.read_text("utf-8")) if chosen.inputs else {}
    chosen.out.mkdir(parents=True, exist_ok=True)
    return chosen


async def main() -> int:
    """Run a flow; the exit code is 1 where it failed."""
    chosen = arguments()
    flow, inputs = chosen.flow, chosen.inputs
    async with AsyncKie() as kie, Service("sqlite:///kie.db", kie, artefacts="kie-files") as service:
        try:
            price = await service.flows.estimate(flow, inputs)
            print(f"estimate: {price.low:f} to {price.high:f} credits" if price.high is not None else "no estimate")
            run = await service.flows.start(
                flow, inputs, max_credits=chosen.max_credits, idempotency_key=chosen.run or None
            )
            async for event in service.flows.events(run.id):
                print(event.name, event.data or "")
            run = await service.flows.get(run.id)
        except KieError as error:
            print(error)
            return 1
        if run.error:
            print(f"{run.state}: {run.error['message']}")
        for name, value in (run.outputs or {}).items():
            await save(service, name, value, chosen.out)
        print(f"{run.id}: {run.state}, {run.cost:f} credits")
        return 0 if run.state == "succeeded" else 1


if __name__ == "__main__":
    raise SystemExit(asyncio.run(main()))
