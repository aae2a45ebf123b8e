"""An emulator on a socket of this machine, as fixtures hand it out, and clients that talk to it."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kie import AsyncKie, Kie
    from kie.client.core import Core
    from kie.emulator import Emulator

#: Where any key is accepted, this one is set.
ANY_KEY = "emulated"
#: Clients make a hundredth of their pauses: the emulator's clock is the one that counts.
PACE = 0.01


class EmulatorServer(NamedTuple):
    """A served emulator.

    Attributes:
        url: Its address, such as `http://127.0.0.1:40123`: API, uploads and files alike.
        api_key: A key that it accepts.
        emulator: The emulator itself: ledger, journal, clock.
    """

    url: str
    api_key: str
    emulator: Emulator

    @property
    def environment(self) -> dict[str, str]:
        """The settings by which clients find it."""
        return {"KIE_BASE_URL": self.url, "KIE_UPLOAD_URL": self.url, "KIE_API_KEY": self.api_key}


def first_key(said: Mapping[str, Any]) -> str:
    """A key that an emulator with these settings accepts."""
    from kie.emulator import Key
    from kie.emulator.money.keys import read_key

    keys = said.get("keys")
    if not keys:
        return ANY_KEY
    first = next(iter(keys))
    return first.value if isinstance(first, Key) else read_key(first).value


def client(server: EmulatorServer) -> Kie:
    """A blocking client of it."""
    from kie import Kie

    made = Kie(api_key=server.api_key, base_url=server.url, upload_url=server.url, emulated=False)
    _hurry(made._core)  # noqa: SLF001 - see _hurry
    return made


def async_client(server: EmulatorServer) -> AsyncKie:
    """An asynchronous client of it."""
    from kie import AsyncKie

    made = AsyncKie(api_key=server.api_key, base_url=server.url, upload_url=server.url, emulated=False)
    _hurry(made._core)  # noqa: SLF001 - see _hurry
    return made


def _hurry(core: Core) -> None:
    """Sets the pace that a client has with an emulator of its own; it is no argument of the client."""
    core.settings = core.settings._replace(pace=PACE)


def close(made: AsyncKie) -> None:
    """Closes an asynchronous client from outside of any loop, and leaves no loop behind."""

    def run() -> None:
        loop = asyncio.new_event_loop()
        try:
            loop.run_until_complete(made.close())
        finally:
            loop.close()

    thread = threading.Thread(target=run, name="kie-testing-close")  # this thread may be running a loop
    thread.start()
    thread.join()
