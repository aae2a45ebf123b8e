"""Options that several commands share, and how a command is made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kie.cli.base import Argument, Choice, Command, Number, Option, completer
from kie.cli.lang import LANGUAGES
from kie.cli.session import Session, Wiring

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["INPUTS", "MODEL", "command", "model_option", "money_options", "out_option", "sending_options"]


def _models(ctx: click.Context, incomplete: str) -> list[str]:
    from kie.catalogue import default_catalogue

    del ctx
    return [name for name in default_catalogue() if name.startswith(incomplete)]


def _inputs(ctx: click.Context, incomplete: str) -> list[str]:
    """Complete names of inputs, and after ``=`` the values that are allowed."""
    from kie.catalogue import default_catalogue

    model = default_catalogue()[ctx.params["model"]]
    taken = [word for word in ctx.params.get("inputs") or () if word != "="]
    split = bool(taken) and "=" not in taken[-1] and "=" not in incomplete  # bash cuts at "="
    name, equals, begun = (taken[-1], "=", incomplete) if split else incomplete.partition("=")
    if not equals:
        names = dict.fromkeys((*model.roles, *model.fields))
        return [f"{n}=" for n in names if n.startswith(name)]
    schema = model.fields.get(model.roles.get(name, name).partition("[")[0], {})
    values = schema.get("enum") or ([True, False] if schema.get("type") == "boolean" else [])
    texts = [str(v).lower() if isinstance(v, bool) else str(v) for v in values]
    return [text if split else f"{name}={text}" for text in texts if text.startswith(begun)]


def MODEL() -> Argument:  # noqa: N802 - made anew for each command, named like the word in its usage line
    """Return the argument that names a model."""
    return Argument(["model"], metavar="MODEL", shell_complete=completer(_models))


def INPUTS() -> Argument:  # noqa: N802
    """Return the argument that takes ``key=value`` words."""
    return Argument(["inputs"], nargs=-1, metavar="INPUTS", shell_complete=completer(_inputs))


def model_option(help_key: str = "opt.model") -> Option:
    """Return ``--model``."""
    return Option(["-m", "--model"], help=help_key, metavar="MODEL", shell_complete=completer(_models))


def out_option(help_key: str = "opt.out") -> Option:
    """Return ``-o``: the folder for results."""
    return Option(["-o", "--out", "folder"], help=help_key, metavar="DIR", default=".")


def money_options() -> list[Option]:
    """Return the options that say in which currency prices are shown."""
    return [
        Option(["--currency"], help="opt.currency", metavar="CURRENCY"),
        Option(["--rate"], help="opt.rate", metavar="NUMBER", type=Number(0, above=True)),
    ]


def sending_options() -> list[Option]:
    """Return the options of commands which create a task and wait for it."""
    return [
        out_option(),
        Option(["--no-wait"], is_flag=True, help="opt.no-wait"),
        Option(["--timeout"], help="opt.timeout", metavar="SECONDS", type=Number(0)),
        Option(["--max-credits"], help="opt.max-credits", metavar="NUMBER", type=Number(0)),
        Option(["--callback-url"], help="opt.callback-url", metavar="URL"),
    ]


def _common(*, talks: bool) -> list[Option]:
    talking = [
        Option(["--emulated"], is_flag=True, help="opt.emulated"),
        Option(["--base-url"], help="opt.base-url", metavar="URL"),
    ]
    return [
        *(talking if talks else ()),
        Option(["--json", "wants_json"], is_flag=True, help="opt.json"),
        lang_option(),
        Option(["-v", "--verbose"], count=True, help="opt.verbose"),
    ]


def lang_option() -> Option:
    """Return ``--lang``; ``Root.main`` has read it before click does."""
    return Option(["--lang"], type=Choice(LANGUAGES), metavar="LANG", help="opt.lang", expose_value=False)


def command(
    key: str,
    *params: click.Parameter,
    talks: bool = False,
    examples: Sequence[str] = (),
    name: str | None = None,
    **more: Any,
) -> Callable[[Callable[..., int | None]], Command]:
    """Make a command of a function, which is given the session and the command's own options by name.

    Args:
        key: the command's name in the sentences: ``<key>.help`` is its help.
        params: its arguments and options.
        talks: whether it talks to kie.ai (and so may be emulated).
        examples: command lines shown under its help.
        name: its name, where it is not the key.
        more: further arguments of ``click.Command``.

    """

    def wrap(function: Callable[..., int | None]) -> Command:
        def callback(**given: Any) -> int:
            context = click.get_current_context()
            session = Session(
                wiring=context.find_object(Wiring) or Wiring(),
                wants_json=given.pop("wants_json"),
                verbose=given.pop("verbose"),
                emulated=given.pop("emulated", False),
                base_url=given.pop("base_url", None),
                currency_setting=given.pop("currency", None),
                rate=given.pop("rate", None),
                folder=given.get("folder"),
            )
            return session.run(lambda: function(session, **given))

        return Command(
            name=name or key,
            callback=callback,
            params=[*params, *_common(talks=talks)],
            help=f"{key}.help",
            examples=examples,
            **more,
        )

    return wrap
