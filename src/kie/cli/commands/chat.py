"""``kie chat``: one question, the answer as it comes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from kie.cli import amounts
from kie.cli.base import Argument, Option
from kie.cli.lang import t
from kie.cli.options import INPUTS, MODEL, command, money_options
from kie.cli.values import inputs_of
from kie.errors import InvalidInput

if TYPE_CHECKING:
    from kie.cli.session import Session

__all__ = ["chat"]


def _option(text: Any) -> Any:
    """Read a number or a truth value where the text is one: chat options have no schema to be held against."""
    if not isinstance(text, str):
        return text
    words = {"true": True, "false": False}
    if text in words:
        return words[text]
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


@command(
    "chat",
    MODEL(),
    Argument(["text"], metavar="TEXT"),
    INPUTS(),
    Option(["--system"], metavar="TEXT", help="opt.system"),
    *money_options(),
    talks=True,
    examples=('kie chat gemini-3-flash "Name three rivers."', "kie chat claude - max_tokens=500 < question.txt"),
)
def chat(session: Session, *, model: str, text: str, inputs: tuple[str, ...], system: str | None) -> int:
    """Ask a chat model."""
    asked = sys.stdin.read() if text == "-" else text
    if not asked.strip():
        raise InvalidInput(t("chat.empty"), field="text")
    found = session.catalogue.resolve(model)
    if found.notice:
        session.screen.note((found.notice, "dim"))
    messages: list[dict[str, Any]] = [{"role": "system", "content": system}] if system else []
    messages.append({"role": "user", "content": asked})
    options = {name: _option(value) for name, value in inputs_of(inputs).items()}
    session.submitting = model
    say = session.screen
    if say.wants_document:
        reply: Any = session.kie.chat(model, messages, **options)
        session.submitting = None
        say.document(
            {
                "model": reply.model or found.model.id,
                "text": reply.text,
                "finish": reply.finish,
                "input_tokens": reply.input_tokens,
                "output_tokens": reply.output_tokens,
                "price": amounts.money_record(reply.credits, session.currency),
            }
        )
        return 0
    pieces: Any = session.kie.chat(model, messages, stream=True, **options)
    for piece in pieces:
        say.raw(piece.text)
    session.submitting = None
    say.say()
    whole = pieces.reply
    if whole is not None and whole.credits is not None:
        say.note(amounts.money(whole.credits, session.currency))
    return 0
