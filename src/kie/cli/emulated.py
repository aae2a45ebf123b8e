"""An emulator that a worker owns: its tasks live on in a file beside the database, as the vendor's would."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kie.cli.lang import t
from kie.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from kie.client.aio import AsyncKie
    from kie.emulator import Emulator

__all__ = ["emulated_vendor"]

#: A task of an emulator whose clock jumps costs about its rendering: it is asked for that much sooner.
_PACE = 0.01


@contextlib.asynccontextmanager
async def emulated_vendor(folder: Path) -> AsyncIterator[AsyncKie]:
    """Lend a client of an emulator that goes on from where the last one in this folder ended.

    Raises:
        InvalidInput: the emulator is not installed, or what the last one left cannot be read.

    """
    from kie.client.aio import AsyncKie

    try:
        from kie.emulator import Emulator
    except ImportError as error:
        raise InvalidInput(
            t("emulator.missing", module=error.name or "?"), field="emulated", hint="pip install 'kie[emulator]'"
        ) from error
    kept = folder / "emulator.json"
    emulator = Emulator(clock="jump", credits=100_000)
    try:
        if kept.is_file():
            try:
                emulator.restore(kept.read_bytes())
            except ValueError as error:
                raise InvalidInput(f"{kept}: {error}", field="emulated") from error
        kie = AsyncKie("emulated", base_url=_served(emulator, folder / "emulator.port"))
        kie._core.settings = kie._core.settings._replace(pace=_PACE)  # noqa: SLF001 - the same package
        try:
            yield kie
        finally:
            await kie.close()
            await asyncio.to_thread(_keep, kept, emulator.snapshot())
    finally:
        emulator.close()


def _served(emulator: Emulator, place: Path) -> str:
    """Serve at the port of the last time, where it is free: links of results that were not fetched yet name it."""
    try:
        server = emulator.serve(port=int(place.read_text()))
    except (OSError, ValueError, OverflowError):
        server = emulator.serve()
    _keep(place, str(urlsplit(server.url).port).encode())
    return server.url


def _keep(place: Path, data: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_suffix(".new")
    beside.write_bytes(data)
    beside.replace(place)
