"""Commands whose rooms are not built yet: they say so, and end as bad usage does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kie.cli import exits
from kie.cli.base import Argument, Command
from kie.cli.lang import t
from kie.cli.options import command

if TYPE_CHECKING:
    from kie.cli.session import Session

__all__ = ["up"]


def _later(name: str) -> Command:
    def tell(session: Session, *, words: tuple[str, ...]) -> int:
        del words
        text = t("later.sentence", command=f"kie {name}") + " " + t(f"later.{name}")
        session.screen.note((text.strip(), "yellow"))
        error = {"type": "NotBuilt", "message": text.strip(), "may_have_spent": False}
        session.screen.document({"error": error, "resume": None, "exit_code": exits.USAGE})
        return exits.USAGE

    made = command(
        name,
        Argument(["words"], nargs=-1, metavar="WORDS", expose_value=True),
        context_settings={"ignore_unknown_options": True},
    )
    return made(tell)


up = _later("up")
