"""``kie completion``: a script for the shell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.shell_completion import get_completion_class

from kie.cli.base import Argument, Choice
from kie.cli.options import command

if TYPE_CHECKING:
    from kie.cli.session import Session

__all__ = ["completion"]


@command(
    "completion",
    Argument(["shell"], type=Choice(("bash", "zsh", "fish")), metavar="SHELL"),
    examples=(
        "kie completion bash > ~/.local/share/bash-completion/completions/kie",
        "kie completion zsh > ~/.zfunc/_kie",
        "kie completion fish > ~/.config/fish/completions/kie.fish",
    ),
)
def completion(session: Session, *, shell: str) -> int:
    """Print the completion script of a shell."""
    made = get_completion_class(shell)
    root = click.get_current_context().find_root().command
    if made is None:  # click has all three
        return 2
    session.screen.document({"shell": shell, "script": _script(made(root, {}, "kie", "_KIE_COMPLETE").source())})
    if not session.wants_json:
        click.echo(_script(made(root, {}, "kie", "_KIE_COMPLETE").source()))
    return 0


def _script(source: str) -> str:
    return source.strip()
