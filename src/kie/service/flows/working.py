"""How a local step is done: its files are lent by the artefact store, what it makes is put there."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import shutil
import tempfile
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kie.client.sniff import HEAD, sniff
from kie.errors import KieError
from kie.service.files.files import removed
from kie.service.flows import deeds, locally
from kie.service.flows.media.isolation import forget, give_up
from kie.service.flows.rows import load_items, load_run
from kie.service.flows.running import shape_of
from kie.service.flows.scope import File
from kie.service.vendor import told
from kie.store.crash import crash_point
from kie.store.errors import ArtefactsUnavailable, StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kie.service.context import Context
    from kie.service.flows.locally import Made
    from kie.service.flows.rows import RunRow
    from kie.service.flows.running import Runner

__all__ = ["work"]

_LOG = logging.getLogger("kie.service")
_PIECE = 1024 * 1024


async def work(context: Context, runner: Runner, name: str, attempt: int, step: str, place: int) -> None:
    """Do a local step of a run that was begun; one that is not to be done any more is left.

    Raises:
        StoreUnavailable, ArtefactsUnavailable: it could not be done now, and is to be tried again.

    """
    run = await context.database.read(partial(load_run, name))
    if run is None or run.attempt != attempt:
        return
    items = await context.database.read(partial(load_items, name, context.clock()))
    folder = Path(await asyncio.to_thread(tempfile.mkdtemp, dir=context.artefacts.incoming(), prefix="flow-"))
    try:
        given = runner.input_of(run, items, step, place)
        if given is None:
            return
        made = await _done(context, shape_of(run.declaration).flow.steps[step].run or "", given, folder)
        crash_point("flow-worked")
        await _kept(context, run, step, place, made)
    except (StoreUnavailable, ArtefactsUnavailable):
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, the step has failed
        if not isinstance(error, KieError):
            _LOG.exception("%s: the local step %s failed", name, step)
        why = told(error)
        await context.database.write(partial(deeds.unmade, run, step, place, why, context.clock()))
    finally:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
    crash_point("flow-made")
    context.wake("flow")


async def _done(context: Context, name: str, given: Mapping[str, Any], folder: Path) -> Made:
    async with AsyncExitStack() as stack:

        async def lent(value: Any) -> Any:
            if isinstance(value, File):
                path = await stack.enter_async_context(context.artefacts.local(value.sha256 or ""))
                return locally.File(path, value.type, value.step, value.place, value.position)
            if isinstance(value, list):
                return [await lent(inner) for inner in value]
            if isinstance(value, dict):
                return {key: await lent(inner) for key, inner in value.items()}
            return value

        taken = await lent(dict(given))
        doing = asyncio.ensure_future(asyncio.to_thread(locally.local_step(name).run, taken, folder))
        try:
            return await asyncio.shield(doing)
        except asyncio.CancelledError:  # nobody wants it any more: its run was cancelled, or the service stops
            give_up(folder)
            await asyncio.wait([doing])
            doing.exception()  # that it failed is no news
            forget(folder)
            raise


async def _kept(context: Context, run: RunRow, step: str, place: int, made: Made) -> None:
    files: list[File] = []
    seen: dict[str, float] = {}
    for position, path in enumerate(made.files):
        digest, size, kind = await asyncio.to_thread(_looked_at, path)
        seen |= await context.database.read(partial(removed, [digest]))
        await context.artefacts.put(digest, path)
        files.append(File(step, place, position, sha256=digest, size=size, type=kind))
    result = {"text": made.text, "data": made.data}
    await context.database.write(partial(deeds.made, run, step, place, files, result, context.clock(), seen=seen))


def _looked_at(path: Path) -> tuple[str, int, str]:
    found, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        head = file.read(HEAD)
        file.seek(0)
        while piece := file.read(_PIECE):
            found.update(piece)
            size += len(piece)
    return found.hexdigest(), size, sniff(head) or "application/octet-stream"
