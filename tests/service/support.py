"""What the service's tests share: an emulator on a socket, and services on either database."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

from kie import AsyncKie
from kie.emulator import Emulator
from kie.service import Service
from kie.service.claims import Limits

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

PNG = b"\x89PNG\r\n\x1a\n"
MODEL = "nano-banana-pro"  # 18 credits
PRICE = 18


def instantly(spec: dict[str, Any]) -> bytes:
    """A file that takes no time: other seeds, other bytes."""
    return PNG + str(spec.get("seed")).encode() + bytes(500)


class Ground:
    """An emulator on a socket, whose callbacks reach the service that runs."""

    def __init__(self, **options: Any) -> None:
        given: dict[str, Any] = {
            "credits": 10**6,
            "rate": (0, 1.0),
            "renderer": instantly,
            "receiver": self._deliver,
        } | options
        self.emulator = Emulator(**given)
        self.url = self.emulator.serve().url
        self.service: Service | None = None
        self.loop: asyncio.AbstractEventLoop | None = None
        self.deaf = False

    def _deliver(self, url: str, headers: dict[str, str], body: bytes) -> int:
        if self.service is None or self.loop is None or self.deaf:
            return 0
        taken = self.service.hooks.take(url.rpartition("/")[2], body, headers)
        status, _ = asyncio.run_coroutine_threadsafe(taken, self.loop).result(10)
        return status

    @contextlib.asynccontextmanager
    async def serving(self, database: str, folder: Path, **options: Any) -> AsyncIterator[Service]:
        service, kie = self.service_of(database, folder, **options)
        try:
            async with service:
                self.service, self.loop = service, asyncio.get_running_loop()
                try:
                    yield service
                finally:
                    self.service = None
        finally:
            await kie.close()

    def service_of(self, database: str, folder: Path, **options: Any) -> tuple[Service, AsyncKie]:
        """A service that does not work yet, and its client."""
        kie = AsyncKie("a-key", base_url=self.url)
        kie._core.settings = kie._core.settings._replace(pace=0.01)
        given: dict[str, Any] = {
            "artefacts": folder / "files",
            "limits": Limits(10**6, 1.0),
            "public_url": "http://hooks.test.internal",
        } | options
        return Service(database, kie, **given), kie

    def close(self) -> None:
        self.emulator.close()

    def creations(self) -> int:
        """How many tasks the vendor has been paid for."""
        return len(self.emulator.tasks())

    def spent(self) -> Any:
        return self.emulator.world.ledger.spent
