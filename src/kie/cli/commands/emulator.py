"""``kie emulator``: a kie.ai on this machine, for other programs to talk to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kie.cli.base import Number, Option
from kie.cli.lang import t
from kie.cli.options import command
from kie.errors import InvalidInput

if TYPE_CHECKING:
    from kie.cli.session import Session

__all__ = ["emulator"]


@command(
    "emulator",
    Option(["--host"], metavar="HOST", help="opt.host"),
    Option(["--port"], metavar="NUMBER", type=Number(0, whole=True), help="opt.port"),
    Option(["--clock"], metavar="CLOCK", help="opt.clock"),
    Option(["--seed"], metavar="NUMBER", type=Number(0, whole=True), help="opt.emulator-seed"),
    Option(["--credits"], metavar="NUMBER", type=Number(0), help="opt.balance"),
    Option(["--key"], metavar="KEY[:LIMIT=CREDITS]", multiple=True, help="opt.emulator-key"),
    Option(["--webhook-key"], metavar="KEY", help="opt.webhook-key"),
    Option(["--base-url"], metavar="URL", help="opt.emulator-base"),
    Option(["--rate"], metavar="NUMBER/SECONDS", help="opt.emulator-rate"),
    Option(["--concurrency"], metavar="NUMBER", type=Number(1, whole=True), help="opt.emulator-concurrency"),
    Option(["--faults"], metavar="SCRIPT", multiple=True, help="opt.faults"),
    Option(["--fault"], metavar="FAULT", multiple=True, help="opt.fault"),
    Option(["--quirk"], metavar="NAME", multiple=True, help="opt.quirk"),
    Option(["--tls"], metavar="DIR", help="opt.tls"),
    Option(["--strict"], is_flag=True, help="opt.strict"),
    Option(["--watermark"], is_flag=True, help="opt.emulator-watermark"),
    Option(["--snapshot"], metavar="FILE", help="opt.snapshot"),
    Option(["--conformance"], is_flag=True, help="opt.conformance"),
    Option(["--list-quirks"], is_flag=True, help="opt.list-quirks"),
    Option(["--list-faults"], is_flag=True, help="opt.list-faults"),
    examples=("kie emulator --port 9000", "KIE_BASE_URL=http://127.0.0.1:9000 KIE_API_KEY=any kie credits"),
)
def emulator(session: Session, **given: Any) -> int:
    """Serve the emulator until it is interrupted."""
    try:
        from kie.emulator.__main__ import main
    except ImportError as error:
        raise InvalidInput(
            t("emulator.missing", module=error.name or "?"), field="emulator", hint="pip install 'kie[emulator]'"
        ) from error
    words: list[str] = []
    for name, value in given.items():
        option = "--" + name.replace("_", "-")
        if value is True:
            words.append(option)
        elif isinstance(value, tuple):
            words += [word for each in value for word in (option, str(each))]
        elif value is not None and value is not False:
            words += [option, str(value)]
    if not (given.get("list_quirks") or given.get("list_faults")):
        session.screen.note((t("emulator.stop"), "dim"))
    try:
        return main(words)
    except SystemExit as end:  # argparse, for a wrong argument
        return int(end.code or 0)
