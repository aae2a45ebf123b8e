"""The root of all commands: which there are, and how a command line ends."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from kie.cli import exits
from kie.cli.base import Group, Option
from kie.cli.lang import choose, t, use
from kie.cli.options import lang_option
from kie.cli.screen import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["SECTIONS", "app"]

_AT = "kie.cli.commands."
_PLACES = {
    "run": _AT + "run:run",
    "image": _AT + "make:image",
    "video": _AT + "make:video",
    "speech": _AT + "make:speech",
    "sound": _AT + "make:sound",
    "music": _AT + "make:music",
    "chat": _AT + "chat:chat",
    "batch": _AT + "batch:batch",
    "models": _AT + "models:models",
    "model": _AT + "models:model",
    "price": _AT + "account:price",
    "credits": _AT + "account:credits_",
    "upload": _AT + "account:upload",
    "task": _AT + "tasks:task",
    "wait": _AT + "tasks:wait",
    "demo": _AT + "demo:demo",
    "emulator": _AT + "emulator:emulator",
    "doctor": _AT + "doctor:doctor",
    "catalogue": _AT + "catalogue:catalogue",
    "completion": _AT + "completion:completion",
    "up": _AT + "later:up",
    "worker": _AT + "worker:worker",
    "hooks": _AT + "hooks:hooks",
    "keys": _AT + "keys:keys",
    "spend": _AT + "spend:spend",
    "budget": _AT + "spend:budget",
    "generations": _AT + "generations:generations",
    "resolve": _AT + "resolve:resolve",
    "endpoints": _AT + "endpoints:endpoints",
    "batches": _AT + "batches:batches",
    "flows": _AT + "flows:flows",
    "schedules": _AT + "schedules:schedules",
    "retention": _AT + "retention:retention",
    "backup": _AT + "backup:backup",
    "restore": _AT + "backup:restore",
}
SECTIONS = {
    "section.make": ("run", "image", "video", "speech", "sound", "music", "chat", "batch"),
    "section.know": ("models", "model", "price"),
    "section.account": ("credits", "upload", "task", "wait"),
    "section.here": ("demo", "emulator", "doctor", "catalogue", "completion"),
    "section.work": ("generations", "batches", "flows", "schedules", "resolve"),
    "section.service": ("worker", "hooks", "keys", "endpoints", "retention", "spend", "budget", "backup", "restore"),
    "section.later": ("up",),
}


#: Raised by click 8.2 and later where a group of commands is called without one of them.
_HELP_WANTED: Any = getattr(click.exceptions, "NoArgsIsHelpError", ())


class Root(Group):
    """The command ``kie``."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: FBT001, FBT002 - click's own signature
        **extra: Any,
    ) -> Any:
        """Choose the language, run the command, and turn every end into an exit code."""
        words = list(sys.argv[1:] if args is None else args) or ["--help"]
        use(choose(words, _environment()))
        try:
            code = super().main(words, prog_name or "kie", complete_var, standalone_mode=False, **extra)
        except _HELP_WANTED as error:
            click.echo(error.format_message())
            code = exits.USAGE
        except click.UsageError as error:
            code = _misused(error, words)
        except click.Abort:
            click.echo(t("session.interrupted"), err=True)
            code = exits.INTERRUPTED
        code = code if isinstance(code, int) else exits.DONE
        if standalone_mode:
            sys.exit(code)
        return code


def _environment() -> dict[str, str]:
    """Return the environment with the language that ``.env`` sets, where there is one."""
    import os
    from pathlib import Path

    found = dict(os.environ)
    if "KIE_LANG" not in found and Path(".env").is_file():
        from dotenv import dotenv_values

        found["KIE_LANG"] = dotenv_values(".env").get("KIE_LANG") or ""
    return found


def _misused(error: click.UsageError, words: Sequence[str]) -> int:
    """Say what is wrong with a command line, in the reader's language; return the exit code."""
    message = clean(_sentence(error))
    if "--json" in words:
        record = {"type": "UsageError", "message": message, "may_have_spent": False}
        click.echo(json.dumps({"error": record, "resume": None, "exit_code": exits.USAGE}, ensure_ascii=False))
    click.echo(click.style("✗ " + t("usage.title"), fg="red", bold=True), err=True)
    click.echo(f"  {message}", err=True)
    if error.ctx is not None:
        usage = " ".join(error.ctx.command.collect_usage_pieces(error.ctx))
        click.echo(f"  {t('help.usage')} {error.ctx.command_path} {usage}", err=True)
        click.echo(f"  {t('usage.see-help', command=error.ctx.command_path)}", err=True)
    return exits.USAGE


def _sentence(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        near = ", ".join(error.possibilities or ())
        said = t("usage.option", name=error.option_name)
        return f"{said} {t('usage.near', name=near)}" if near else said
    if isinstance(error, click.MissingParameter) and error.param is not None:
        param = error.param
        name = param.metavar or param.name if isinstance(param, click.Argument) else max(param.opts, key=len)
        return t("usage.missing", name=name)
    if isinstance(error, click.BadParameter) and error.param is not None:
        opts = error.param.opts
        return (
            f"{max(opts, key=len) if isinstance(error.param, click.Option) else error.param.metavar}: {error.message}"
        )
    if isinstance(error, click.BadOptionUsage):
        return t("usage.option-value", name=error.option_name)
    return error.message


def _version(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's own signature
    del param
    if value and not ctx.resilient_parsing:
        from kie import __version__

        click.echo(f"kie {__version__}")
        ctx.exit()


app = Root(
    name="kie",
    help="kie.help",
    places=_PLACES,
    sections=SECTIONS,
    params=[
        Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_version, help="opt.version"),
        lang_option(),
    ],
    callback=lambda: None,
)
