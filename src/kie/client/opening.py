"""How a client comes to be: settings, catalogue, transport, and an emulator where one is wanted."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from kie.catalogue import Catalogue, default_catalogue
from kie.client.core import Core, ResultCache
from kie.client.limiter import Limiter
from kie.client.settings import Settings, environment
from kie.errors import InvalidInput

if TYPE_CHECKING:
    from typing import Protocol

    class Closable(Protocol):
        """What a client closes with itself."""

        def close(self) -> None:
            """Close it."""


__all__ = ["opened"]

_TRUE = frozenset(("1", "true", "yes", "on"))
#: An emulator with a fast clock is polled fast: a hundredth of the pauses, so that a task costs about its rendering.
_EMULATED_PACE = 0.01


def opened(
    *,
    api_key: str | None,
    base_url: str | None,
    upload_url: str | None,
    timeout: float,
    transport: Any,
    emulated: bool | None,
    retries: int,
    limiter: Limiter | None,
    cache: bool | ResultCache,
    prefer: str | None,
    catalogue: str | os.PathLike[str] | None,
    poll: float | None,
    asynchronous: bool,
) -> tuple[Core, Any, Closable | None]:
    """Return the core, the transport and the emulator of a new client.

    Raises:
        AuthenticationError: there is no key.
        InvalidInput: a setting is not usable, or the emulator is not installed.

    """
    env = environment()
    server = None
    pace = 1.0
    if emulated is None:
        emulated = env.get("KIE_EMULATED", "").strip().lower() in _TRUE and api_key is None and base_url is None
    if emulated:
        server = _emulator()
        base_url = upload_url = server.url
        api_key, pace = "emulated", _EMULATED_PACE
    try:
        settings = Settings.gather(
            api_key=api_key,
            base_url=base_url,
            upload_url=upload_url,
            timeout=timeout,
            retries=retries,
            pace=pace,
            poll=poll,
        )
        choice = prefer or env.get("KIE_PREFER") or None
        folder = catalogue or env.get("KIE_CATALOGUE") or None
        models = Catalogue(os.fspath(folder), prefer=choice) if folder else default_catalogue(prefer=choice)
        kept = cache if isinstance(cache, ResultCache) else ResultCache() if cache else None
        core = Core(settings, models, limiter or Limiter(), kept)
        return core, _transport(transport, timeout, asynchronous=asynchronous), server
    except BaseException:
        if server is not None:
            server.close()
        raise


def _transport(given: Any, timeout: float, *, asynchronous: bool) -> Any:
    if given is None:
        from kie.client import pyreqwest

        return pyreqwest.AsyncPyreqwestTransport(timeout) if asynchronous else pyreqwest.PyreqwestTransport(timeout)
    from kie.client import httpx2

    if httpx2.looks_like_httpx(given):
        has_async = hasattr(given, "aclose")
        if has_async is not asynchronous:
            needed = "AsyncClient" if asynchronous else "Client"
            raise InvalidInput(f"transport: an httpx2.{needed} is needed here.", field="transport")
        wrapped = httpx2.AsyncHttpx2Transport if asynchronous else httpx2.Httpx2Transport
        return wrapped(given, timeout)
    if all(callable(getattr(given, name, None)) for name in ("send", "stream", "close")):
        return given
    raise InvalidInput(
        f"transport: {type(given).__name__} is none.",
        field="transport",
        hint="Pass an httpx2 client, or an object with send, stream and close.",
    )


def _emulator() -> Any:
    try:
        from kie.emulator import Emulator
    except ImportError as error:
        raise InvalidInput(
            f"The emulator is not installed ({error.name} is missing).",
            field="emulated",
            hint="pip install 'kie[emulator]'",
        ) from error
    return Emulator(clock="jump").serve()
