"""``kie hooks``: the callback ingress alone."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from kie.cli.base import Number, Option
from kie.cli.lang import t
from kie.cli.lasting import lasting
from kie.cli.options import command
from kie.cli.stores import emulated_option, server_extra, settings_of

if TYPE_CHECKING:
    import asyncio

    from kie.cli.session import Session
    from kie.store.work import Work

__all__ = ["hooks"]

#: Beside that of the server.
PORT = 8788


@command(
    "hooks",
    Option(["--host"], metavar="HOST", help="opt.host", default="127.0.0.1"),
    Option(["--port"], metavar="NUMBER", type=Number(0, whole=True), help="opt.hooks-port", default=PORT),
    emulated_option(),
    examples=("kie hooks --port 8788", "kie hooks --host 0.0.0.0"),
)
def hooks(session: Session, *, host: str, port: int) -> int:
    """Take callbacks, until told to end."""
    from kie.service.hooks import PREFIX, Hooks

    with server_extra():
        from kie.service.ingress import Doorman, Ingress, LateDatabase
    from kie.service.accounts.sealing import Sealer
    from kie.service.accounts.signatures import Signatures
    from kie.service.settings import shown
    from kie.store.errors import StoreUnavailable
    from kie.store.work import Statement

    settings, say = settings_of(session), session.screen
    sealer = Sealer(settings.master_keys())
    ingress = Ingress(host, port)  # that the port is taken is told before anything else

    def look() -> Work[None]:
        yield Statement("SELECT 1")

    async def main(stop: asyncio.Event) -> int:
        async with LateDatabase(settings.database_url) as database:
            try:
                await database.read(look)
            except StoreUnavailable as error:
                say.warn(f"{error} {t('hooks.without-database')}")
            say.note(t("hooks.listening", url=ingress.url + PREFIX, database=shown(settings.database_url)))
            say.note((t("hooks.public", url=settings.public_url or t("hooks.no-public-url")), "dim"))
            say.document({"url": ingress.url, "path": PREFIX, "public_url": settings.public_url})
            signatures = Signatures(database, sealer, settings.webhook_secret)
            await ingress.run(Doorman(Hooks(database, refuse=signatures.refuse), database), stop)
        return 0

    with contextlib.closing(ingress):
        return lasting(session, main)
