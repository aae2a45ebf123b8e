"""`python -m kie.emulator`: serves the emulator until it is interrupted."""

from __future__ import annotations

import argparse
import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from kie.emulator.emulator import Emulator
from kie.emulator.faults import Fault, read_rules
from kie.emulator.quirks import QUIRKS, Quirk

if TYPE_CHECKING:
    from collections.abc import Sequence


def _fault(text: str) -> Fault:
    """Reads "create:reset-after", with ":nth" and ":times" behind it if wanted."""
    stage, do, *numbers = text.split(":")
    nth, times = ([int(number) for number in numbers] + [1, 1])[:2] if numbers else (1, 1)
    return Fault(stage=stage, do=do, nth=nth, times=times if len(numbers) > 1 else 1)


def _rate(text: str) -> tuple[int, float]:
    """Reads "20/10" or "off"."""
    if text == "off":
        return 0, 10.0
    most, _, seconds = text.partition("/")
    return int(most), float(seconds or 10)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m kie.emulator", description="A kie.ai on this machine.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=int, default=9000, help="port to listen on, 0 for a free one (%(default)s)")
    parser.add_argument("--clock", default="jump", help="real, scaled:N, frozen or jump (%(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="ids, waits and media follow from it (%(default)s)")
    parser.add_argument("--credits", type=Decimal, default=Decimal(100_000), help="balance to begin with (%(default)s)")
    parser.add_argument(
        "--key",
        action="append",
        metavar="KEY[:LIMIT=CREDITS,…]",
        help="accept only this key, with caps if wanted (hourly=, daily=, total=); may be repeated",
    )
    parser.add_argument(
        "--rate",
        type=_rate,
        default=(20, 10.0),
        metavar="NUMBER/SECONDS",
        help="new tasks that a key may create in so many virtual seconds, or off (20/10)",
    )
    parser.add_argument(
        "--concurrency", type=int, metavar="NUMBER", help="unfinished tasks of a key; no limit if not given"
    )
    parser.add_argument("--webhook-key", help="sign callbacks with it")
    parser.add_argument("--base-url", help="address that result links begin with")
    parser.add_argument("--strict", action="store_true", help="refuse unknown fields")
    parser.add_argument("--quirk", action="append", default=[], help="a named deviation; may be repeated")
    parser.add_argument(
        "--fault",
        action="append",
        default=[],
        type=_fault,
        metavar="STAGE:DO[:NTH[:TIMES]]",
        help="such as create:reset-after or poll:500:2:3; may be repeated",
    )
    parser.add_argument("--faults", type=Path, metavar="FILE", help="rules as JSON: a list of objects")
    parser.add_argument("--list-quirks", action="store_true", help="tell the quirks and end")
    return parser


def _told(name: str, quirk: Quirk) -> str:
    return f"{name}\n  default  {quirk.default}\n  with it  {quirk.means}\n  source   {quirk.source}\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Serves; returns the exit code: 0 after an interrupt, 2 for wrong arguments or a port that is taken."""
    chosen = _parser().parse_args(arguments)
    if chosen.list_quirks:
        sys.stdout.writelines(_told(name, quirk) for name, quirk in QUIRKS.items())
        return 0
    try:
        rules = read_rules(json.loads(chosen.faults.read_text(encoding="utf-8"))) if chosen.faults else []
        emulator = Emulator(
            seed=chosen.seed,
            clock=chosen.clock,
            credits=chosen.credits,
            keys=chosen.key,
            webhook_key=chosen.webhook_key,
            quirks=chosen.quirk,
            faults=[*chosen.fault, *rules],
            strict=chosen.strict,
            rate=chosen.rate,
            concurrency=chosen.concurrency,
            base_url=chosen.base_url,
        )
    except (OSError, ValueError) as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 2
    with emulator:
        try:
            server = emulator.serve(chosen.host, chosen.port)
        except (ImportError, OSError) as wrong:
            sys.stderr.write(f"The emulator cannot be served: {wrong}\n")
            return 2
        sys.stdout.write(f"kie.ai is emulated at {server.url}; clock {chosen.clock}, seed {chosen.seed}\n")
        sys.stdout.flush()
        try:
            server.wait()
        except KeyboardInterrupt:
            sys.stdout.write("\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
