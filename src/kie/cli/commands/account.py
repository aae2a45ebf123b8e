"""``kie price``, ``kie credits``, ``kie upload``."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from kie.cli import amounts
from kie.cli.base import Argument
from kie.cli.lang import t
from kie.cli.options import INPUTS, MODEL, command, money_options
from kie.cli.session import tell_notice
from kie.cli.values import inputs_of

if TYPE_CHECKING:
    from kie.cli.session import Session

__all__ = ["credits_", "price", "upload"]


@command(
    "price",
    MODEL(),
    INPUTS(),
    *money_options(),
    examples=("kie price kling-3.0/video duration=5 mode=pro", "kie price nano-banana-2 --currency EUR=0.9"),
)
def price(session: Session, *, model: str, inputs: tuple[str, ...]) -> int:
    """Say what a call costs; nothing is sent, and no key is needed."""
    from kie.wire.prepare import prepare

    catalogue, say, currency = session.catalogue, session.screen, session.currency
    found = catalogue.resolve(model)
    tell_notice(session, model)
    given = inputs_of(inputs, found.model)
    ready = prepare(found.model, given, preset=found.preset, roles=catalogue.roles, partial=True)
    made = found.model.price(**ready.input)
    say.say((found.model.id, "bold"), "  ", amounts.price_line(made, currency))
    if made is not None:
        if made.note:
            say.note(("  " + made.note, "dim"))
        say.note(("  " + t("model.price-source", source=made.source, date=made.date), "dim"))
        note = amounts.rate_note(currency)
        if note:
            say.note(("  " + note, "dim"))
    say.document(
        {
            "model": found.model.id,
            "published": made is not None,
            "exact": made is not None and made.exact,
            "unit": made.unit if made else None,
            "low": amounts.money_record(made.low if made else None, currency),
            "high": amounts.money_record(made.high if made else None, currency),
            "note": made.note if made else None,
            "source": made.source if made else None,
            "date": made.date if made else None,
        }
    )
    return 0


@command("credits", *money_options(), talks=True)
def credits_(session: Session) -> int:
    """Show the balance."""
    balance = session.kie.credits()
    session.screen.say(amounts.money(balance, session.currency))
    note = amounts.rate_note(session.currency)
    if note:
        session.screen.note((note, "dim"))
    session.screen.document({"emulated": session.kie.emulated, **amounts.money_record(balance, session.currency)})
    return 0


@command("upload", Argument(["file"], metavar="FILE"), talks=True, examples=("kie upload cat.png",))
def upload(session: Session, *, file: str) -> int:
    """Upload a file."""
    done = session.kie.upload(file)
    session.screen.say((done.url, "bold"))
    until = time.strftime("%Y-%m-%d %H:%M", time.localtime(done.expires_at))
    session.screen.note((f"{amounts.size(done.size)}, {done.content_type}, " + t("upload.until", date=until), "dim"))
    session.screen.document(
        {
            "url": done.url,
            "expires_at": done.expires_at,
            "size": done.size,
            "content_type": done.content_type,
            "sha256": done.sha256,
        }
    )
    return 0
