"""Click's commands and options, with words in the reader's language and modules loaded when they are called."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from kie.cli.lang import t

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from click.shell_completion import CompletionItem

__all__ = ["Argument", "Choice", "Command", "Group", "Number", "Option", "completer"]


class _Worded:
    """What help says of an option or an argument, by its key in the sentences."""

    _help: str | None = None
    _metavar: str | None = None

    @property
    def help(self) -> str | None:
        """The help text, in the language that is spoken."""
        return t(self._help) if self._help else None

    @help.setter  # noqa: A003 - the name is click's
    def help(self, value: str | None) -> None:
        self._help = value

    @property
    def metavar(self) -> str | None:
        """The word that stands for the value."""
        return t(f"metavar.{self._metavar}") if self._metavar else None

    @metavar.setter
    def metavar(self, value: str | None) -> None:
        self._metavar = value


class Option(_Worded, click.Option):
    """An option; ``help`` and ``metavar`` are keys of the sentences."""


class Argument(_Worded, click.Argument):
    """An argument; ``metavar`` is a key of the sentences."""


class Choice(click.Choice):  # type: ignore[type-arg,unused-ignore]  # generic since click 8.2
    """One word of several."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the word, or say which there are."""
        if value in self.choices:
            return value
        raise click.BadParameter(t("usage.choice", value=value, choices=", ".join(self.choices)), ctx, param)


class Number(click.ParamType):  # type: ignore[type-arg,unused-ignore]
    """A number at or above a bound, kept exact.

    Args:
        least: the least that is taken.
        whole: whether it must be a whole number.
        above: whether the bound itself is out.

    """

    name = "number"

    def __init__(self, least: int = 0, *, whole: bool = False, above: bool = False) -> None:
        self._least, self._whole, self._above = least, whole, above

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return an int, or a Decimal where fractions are taken."""
        from decimal import Decimal, InvalidOperation

        try:
            made = int(str(value)) if self._whole else Decimal(str(value))
            fits = Decimal(made).is_finite() and (made > self._least or (made == self._least and not self._above))
        except (ValueError, InvalidOperation):
            fits, made = False, 0
        if not fits:
            key = "usage.whole" if self._whole else "usage.number"
            raise click.BadParameter(t(key, value=value, least=self._least), ctx, param)
        return made


class _Helping(click.Command):
    """What commands and groups share: help in the language that is spoken."""

    examples: Sequence[str] = ()
    _help: str | None = None

    @property
    def help(self) -> str | None:
        """The help text."""
        return t(self._help) if self._help else None

    @help.setter  # noqa: A003 - the name is click's
    def help(self, value: str | None) -> None:
        self._help = value

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return ``--help`` with its words."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = t("opt.help")
        return option

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the pieces of the usage line."""
        pieces = super().collect_usage_pieces(ctx)
        words = {"[OPTIONS]": t("help.options-mark"), "COMMAND [ARGS]...": t("help.command-mark")}
        return [words.get(piece, piece) for piece in pieces]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=t("help.usage") + " ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        options = (param for param in self.get_params(ctx) if isinstance(param, click.Option))
        records = [option.get_help_record(ctx) for option in options]
        found = [record for record in records if record is not None]
        if found:
            with formatter.section(t("help.options")):
                formatter.write_dl(found)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        del ctx
        if self.examples:
            with formatter.section(t("help.examples")):
                for line in self.examples:
                    formatter.write(f"{'':>{formatter.current_indent}}{line}\n")


class Command(_Helping):
    """A command; ``help`` is a key of the sentences."""

    def __init__(self, name: str, *, examples: Sequence[str] = (), **more: Any) -> None:
        settings = {"allow_extra_args": True, **more.pop("context_settings", {})}
        super().__init__(name, settings, **more)
        self.examples = tuple(examples)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse; words that nothing takes are refused in the reader's language."""
        try:
            rest = super().parse_args(ctx, list(args))
        except click.NoSuchOption as error:
            begun = error.option_name[:2]
            if begun[1:].isdecimal() or begun == "-.":  # it is a number that is meant, not an option
                value = next((word for word in args if word.startswith(begun)), error.option_name)
                raise click.UsageError(t("usage.negative", value=value), ctx) from None
            raise
        if rest and not ctx.resilient_parsing and not ctx.ignore_unknown_options:
            raise click.UsageError(t("usage.extra", words=" ".join(map(str, rest))), ctx)
        return rest


class Group(_Helping, click.Group):
    """A group whose commands are imported when they are called; its help and completion import none.

    Args:
        prefix: what stands before a command's name in the sentences, e.g. "catalogue.".
        places: name of each command -> "module:attribute".
        sections: for help: name of a section (a key of the sentences) -> names of commands.

    """

    def __init__(
        self,
        *args: Any,
        prefix: str = "",
        places: dict[str, str],
        sections: dict[str, tuple[str, ...]],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self._prefix, self._places, self._sections = prefix, places, sections

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        del ctx
        return list(self._places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        del ctx
        place = self._places.get(cmd_name)
        if place is None:
            return None
        module, _, name = place.partition(":")
        found: click.Command = getattr(import_module(module), name)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is meant, or say which there are."""
        name = args[0]
        if name not in self._places and not name.startswith("-") and not ctx.resilient_parsing:
            import difflib

            near = difflib.get_close_matches(name, self._places, n=1)
            hint = " " + t("usage.near", name=near[0]) if near else ""
            raise click.UsageError(t("usage.command", name=name) + hint, ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands by section, one line each."""
        del ctx
        width = max(map(len, self._places))
        for section, names in self._sections.items():
            with formatter.section(t(section)):
                formatter.write_dl([(f"{name:<{width}}", self._line(name)) for name in names])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write commands, then options."""
        self.format_commands(ctx, formatter)
        super().format_options(ctx, formatter)

    def _line(self, name: str) -> str:
        return t(f"{self._prefix}{name}.help").partition("\n")[0].rstrip(".")

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete names of commands."""
        from click.shell_completion import CompletionItem

        del ctx
        return [CompletionItem(n, help=self._line(n)) for n in self._places if n.startswith(incomplete)]


def completer(function: Callable[[click.Context, str], list[str]]) -> Callable[..., list[str]]:
    """Make a completion of an argument out of a function of context and beginning."""

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
        del param
        try:
            return function(ctx, incomplete)
        except Exception:  # noqa: BLE001 - a completion that fails offers nothing, and must not print
            return []

    return complete
