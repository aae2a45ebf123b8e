"""``kie keys``: the vendor's keys of the service. A key is read from stdin or a prompt, and never shown."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kie.cli import amounts, exits
from kie.cli.base import Argument, Group, Option
from kie.cli.keys_given import changes_of
from kie.cli.lang import plural, t
from kie.cli.options import command, lang_option
from kie.cli.screen import Column
from kie.cli.stores import emulated_option, on_service, settings_of
from kie.errors import InvalidInput, KieError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from kie.cli.session import Session
    from kie.service.accounts.accounts import Account, Accounts
    from kie.service.accounts.resealing import Resealed
    from kie.service.service import Service

__all__ = ["add", "change", "keys", "list_", "master", "pause", "remove", "reseal", "resume", "rotate", "test"]

_AT = "kie.cli.commands.keys:"
_COMMANDS = ("list", "add", "change", "test", "pause", "resume", "rotate", "remove", "reseal", "master")

keys = Group(
    name="keys",
    help="keys.help",
    prefix="keys.",
    places={name: _AT + {"list": "list_"}.get(name, name) for name in _COMMANDS},
    sections={"help.commands": _COMMANDS},
    params=[lang_option()],
)


def _name() -> Argument:
    return Argument(["name"], metavar="NAME")


def _settings() -> list[Option]:
    """Return the options that say what an account is used for."""
    return [
        Option(["--base-url", "address"], help="opt.keys-base-url", metavar="URL"),
        Option(["--upload-url", "upload"], help="opt.keys-upload-url", metavar="URL"),
        Option(["--limit"], help="opt.keys-limit", metavar="NUMBER/SECONDS"),
        Option(["--concurrency"], help="opt.keys-concurrency", metavar="NUMBER"),
        Option(["--model", "models"], help="opt.keys-model", metavar="KIND=MODEL", multiple=True),
        Option(["--callback-url", "callback"], help="opt.keys-callback-url", metavar="URL"),
        Option(["--alert-below"], help="opt.keys-alert-below", metavar="CREDITS"),
        Option(["--webhook-secret"], is_flag=True, help="opt.keys-webhook-secret"),
    ]


def _secret(sentence: str, field: str) -> str:
    """Read a line from stdin, or ask for it without showing it."""
    asked = sys.stdin.isatty()
    given: str = click.prompt(sentence, hide_input=True, err=True) if asked else sys.stdin.readline()
    if not given.strip():
        raise InvalidInput(t("keys.nothing"), field=field)
    return given.strip()


def _state(account: Account, now: float) -> tuple[str, str]:
    """Return how an account stands: a word for programs, and one for people."""
    if account.retired:
        return "retired", t("keys.retired")
    if not account.enabled:
        return "paused", t("keys.paused")
    if account.paused_until is not None and account.paused_until > now:
        why = {
            "credits": t("keys.why-credits"),
            "key": t("keys.why-key"),
            "limit": t("keys.why-limit"),
            "vendor": t("keys.why-vendor"),
        }
        return "resting", t("keys.resting", why=why.get(account.paused_why or "", account.paused_why or ""))
    return "active", t("keys.active")


def _record(account: Account, now: float) -> dict[str, Any]:
    return {
        "name": account.name,
        "key": f"…{account.hint}" if account.hint else None,
        "stored": account.stored,
        "state": _state(account, now)[0],
        "paused_until": account.paused_until,
        "paused_why": account.paused_why,
        "limit": {"creates": account.limits.creates, "seconds": account.limits.window},
        "concurrency": account.limits.concurrency,
        "balance": account.balance,
        "balance_at": account.balance_at,
        "alert_below": account.alert_below,
        "base_url": account.base_url,
        "upload_url": account.upload_url,
        "callback_url": account.callback,
        "models": dict(account.models),
    }


def _changed(session: Session, action: Callable[[Accounts], Awaitable[Account]], sentence: str) -> int:
    """Change an account, and say how it stands now."""
    account = on_service(session, lambda service: action(service.accounts))
    now = time.time()
    session.screen.say((f"{account.name}: ", "bold"), sentence)
    session.screen.document(_record(account, now))
    return 0


@command("keys.list", emulated_option(), name="list", examples=("kie keys list", "kie keys list --json"))
def list_(session: Session) -> int:
    """List the accounts."""
    found = on_service(session, lambda service: service.accounts.list())
    now, say = time.time(), session.screen
    columns = [
        Column(t("column.account")),
        Column(t("keys.column-key")),
        Column(t("keys.column-state")),
        Column(t("column.credits"), right=True),
        Column(t("keys.column-limit"), right=True),
        Column(t("keys.column-models")),
    ]
    rows = [
        [
            each.name,
            (f"…{each.hint}" if each.hint else "…") if each.stored else "KIE_API_KEY",
            _state(each, now)[1],
            "" if each.balance is None else amounts.in_credits(each.balance),
            f"{each.limits.creates}/{each.limits.window:g} s",
            ", ".join(f"{kind}={model}" for kind, model in each.models.items()),
        ]
        for each in found
    ]
    if rows:
        say.table(columns, rows)
    else:
        say.note(t("keys.none"))
    say.document({"accounts": [_record(each, now) for each in found]})
    return 0


@command(
    "keys.add",
    _name(),
    *_settings(),
    Option(["--no-check"], is_flag=True, help="opt.keys-no-check"),
    emulated_option(),
    name="add",
    examples=(
        "kie keys add studio < key.txt",
        "kie keys add studio --limit 40/10 --concurrency 200 --model image=nano-banana-2",
    ),
)
def add(session: Session, *, name: str, no_check: bool, webhook_secret: bool, **given: Any) -> int:
    """Add an account."""
    key = _secret(t("keys.ask-key"), "key")
    hook = _secret(t("keys.ask-secret"), "webhook_secret") if webhook_secret else None
    changes = changes_of(hook=hook, **given)

    async def go(accounts: Accounts) -> Account:
        if not no_check:
            session.screen.note(t("keys.accepted", credits=amounts.in_credits(await accounts.probe(key, changes))))
        return await accounts.add(name, key, changes)

    return _changed(session, go, t("keys.added"))


@command(
    "keys.change",
    _name(),
    *_settings(),
    emulated_option(),
    name="change",
    examples=("kie keys change studio --limit 40/10", "kie keys change studio --alert-below 500 --callback-url none"),
)
def change(session: Session, *, name: str, webhook_secret: bool, **given: Any) -> int:
    """Change what is set of an account."""
    hook = _secret(t("keys.ask-secret"), "webhook_secret") if webhook_secret else None
    changes = changes_of(hook=hook, **given)
    return _changed(session, lambda accounts: accounts.change(name, changes), t("keys.changed"))


@command(
    "keys.rotate",
    _name(),
    Option(["--no-check"], is_flag=True, help="opt.keys-no-check"),
    Option(["--forget"], is_flag=True, help="opt.keys-forget"),
    emulated_option(),
    name="rotate",
    examples=("kie keys rotate studio < new-key.txt",),
)
def rotate(session: Session, *, name: str, no_check: bool, forget: bool) -> int:
    """Give an account another key."""
    key = _secret(t("keys.ask-key"), "key")

    async def go(accounts: Accounts) -> Account:
        if not no_check:
            left = await accounts.probe(key, await accounts.addresses(name))
            session.screen.note(t("keys.accepted", credits=amounts.in_credits(left)))
        return await accounts.rotate(name, key, forget=forget)

    return _changed(session, go, t("keys.rotated"))


@command(
    "keys.pause",
    _name(),
    Option(["--retire"], is_flag=True, help="opt.keys-retire"),
    emulated_option(),
    name="pause",
    examples=("kie keys pause studio",),
)
def pause(session: Session, *, name: str, retire: bool) -> int:
    """Send nothing new with an account."""
    return _changed(session, lambda accounts: accounts.suspend(name, retire=retire), t("keys.suspended"))


@command("keys.resume", _name(), emulated_option(), name="resume", examples=("kie keys resume studio",))
def resume(session: Session, *, name: str) -> int:
    """Use an account again."""
    return _changed(session, lambda accounts: accounts.resume(name), t("keys.resumed"))


@command("keys.remove", _name(), emulated_option(), name="remove", examples=("kie keys remove studio",))
def remove(session: Session, *, name: str) -> int:
    """Remove an account and its key."""
    on_service(session, lambda service: service.accounts.remove(name))
    session.screen.say((f"{name}: ", "bold"), t("keys.removed"))
    session.screen.document({"name": name, "removed": True})
    return 0


@command(
    "keys.test",
    Argument(["names"], nargs=-1, metavar="NAMES"),
    emulated_option(),
    name="test",
    examples=("kie keys test", "kie keys test studio --json"),
)
def test(session: Session, *, names: tuple[str, ...]) -> int:
    """Ask for the balance with each key."""

    async def go(service: Service) -> list[tuple[str, Any]]:
        await service.open()  # the account of the environment is one of them
        accounts, found = service.accounts, list[tuple[str, Any]]()
        for name in names or [each.name for each in await accounts.list()]:
            try:
                found.append((name, await accounts.test(name)))
            except KieError as error:
                found.append((name, error))
        return found

    found = on_service(session, go, vendor=True)
    say, told, codes = session.screen, [], [exits.DONE]
    for name, outcome in found:
        if isinstance(outcome, KieError):
            codes.append(exits.code_of(outcome))
            say.say(("✗ ", "red"), (f"{name}: ", "bold"), str(outcome))
            told.append({"name": name, "ok": False, "balance": None, "error": outcome.message})
        else:
            say.say(("✓ ", "green"), (f"{name}: ", "bold"), amounts.in_credits(outcome))
            told.append({"name": name, "ok": True, "balance": outcome, "error": None})
    if not found:
        say.note(t("keys.none"))
    say.document({"accounts": told})
    return max(codes)


@command("keys.reseal", emulated_option(), name="reseal", examples=("kie keys reseal",))
def reseal(session: Session) -> int:
    """Seal all secrets with the first master key."""

    async def go(service: Service) -> Resealed:
        return await service.accounts.reseal()

    found = on_service(session, go)
    say = session.screen
    say.say(plural("keys.resealed", found.done), ", ", plural("keys.already", found.already))
    for where, why in found.failed:
        say.say(("✗ ", "red"), f"{where}: {why}")
    failed = [{"where": where, "why": why} for where, why in found.failed]
    say.document({"resealed": found.done, "already": found.already, "failed": failed})
    return exits.ACCOUNT if found.failed else exits.DONE


@command(
    "keys.master",
    Option(["--file"], help="opt.keys-file", metavar="FILE"),
    emulated_option(),
    name="master",
    examples=("kie keys master", "kie keys master --file /etc/kie/master.key"),
)
def master(session: Session, *, file: str | None) -> int:
    """Make a master key in a file."""
    from kie.service.accounts import master_key

    made = master_key.create_file(Path(file) if file else settings_of(session).folder / master_key.FILE)
    say = session.screen
    say.say((str(made), "bold"))
    say.note(t("keys.keep"))
    if file:
        say.note(t("keys.point", setting=f"KIE_MASTER_KEY=file:{made}"))
    say.document({"file": made, "setting": f"file:{made}" if file else None})
    return 0
