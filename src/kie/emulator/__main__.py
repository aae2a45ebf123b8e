"""`python -m kie.emulator`: serves the emulator until it is interrupted."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from kie.emulator.control.conformance import tell as tell_conformance
from kie.emulator.emulator import Emulator
from kie.emulator.faults.rule import parse_fault
from kie.emulator.faults.telling import tell_faults
from kie.emulator.quirks import QUIRKS, Quirk, known

if TYPE_CHECKING:
    from collections.abc import Sequence


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
    parser.add_argument(
        "--tls",
        type=Path,
        metavar="FOLDER",
        help="answer https too, and proxies' CONNECT for the vendor's hosts, with a certificate kept in this folder",
    )
    parser.add_argument("--strict", action="store_true", help="refuse unknown fields")
    parser.add_argument("--watermark", action="store_true", help="write on pictures and clips what they are")
    parser.add_argument("--quirk", action="append", default=[], help="a named deviation; may be repeated")
    parser.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="STAGE:DO[:NTH[:TIMES]][,NAME=VALUE…]",
        help="such as create:reset-after, poll:500:2:3 or create:429,probability=0.2,retry_after=5; may be repeated",
    )
    parser.add_argument(
        "--faults",
        action="append",
        default=[],
        metavar="FILE|PACK",
        help="a script in YAML or JSON, or a ready-made pack; may be repeated",
    )
    parser.add_argument("--list-faults", action="store_true", help="tell stages, deeds, packs and words for prompts")
    parser.add_argument(
        "--snapshot",
        type=Path,
        metavar="FILE",
        help="go on from the state in this file, if it is there, and save the state to it at the end",
    )
    parser.add_argument("--conformance", action="store_true", help="tell what is known of the real API, and end")
    parser.add_argument("--list-quirks", action="store_true", help="tell the quirks and end")
    return parser


def _told(name: str, quirk: Quirk) -> str:
    return f"{name}\n  default  {quirk.default}\n  with it  {quirk.means}\n  source   {quirk.source}\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Serves; returns the exit code: 0 after an interrupt, 2 for wrong arguments or a port that is taken.

    1 is a state that could not be saved at the end.
    """
    chosen = _parser().parse_args(arguments)
    if chosen.list_quirks:
        sys.stdout.writelines(_told(name, quirk) for name, quirk in QUIRKS.items())
        return 0
    if chosen.list_faults:
        sys.stdout.writelines(f"{line}\n" for line in tell_faults())
        return 0
    if chosen.conformance:
        try:
            sys.stdout.writelines(f"{line}\n" for line in tell_conformance(known(chosen.quirk)))
        except ValueError as wrong:
            sys.stderr.write(f"{wrong}\n")
            return 2
        return 0
    try:
        faults = [*map(parse_fault, chosen.fault), *chosen.faults]
        emulator = Emulator(
            seed=chosen.seed,
            clock=chosen.clock,
            credits=chosen.credits,
            keys=chosen.key,
            webhook_key=chosen.webhook_key,
            quirks=chosen.quirk,
            faults=faults,
            strict=chosen.strict,
            watermark=chosen.watermark,
            rate=chosen.rate,
            concurrency=chosen.concurrency,
            base_url=chosen.base_url,
        )
    except (OSError, ValueError) as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 2
    with emulator:
        try:
            if chosen.snapshot is not None and chosen.snapshot.exists():
                emulator.restore(chosen.snapshot.read_bytes())
        except (OSError, ValueError) as wrong:
            sys.stderr.write(f"{chosen.snapshot}: {wrong}\n")
            return 2
        try:
            server = emulator.serve(chosen.host, chosen.port, tls=chosen.tls)
        except (ImportError, OSError) as wrong:
            sys.stderr.write(f"The emulator cannot be served: {wrong}\n")
            return 2
        sys.stdout.write(f"kie.ai is emulated at {server.url}; clock {chosen.clock}, seed {chosen.seed}\n")
        if chosen.tls is not None:
            sys.stdout.write(f"HTTPS_PROXY={server.url} SSL_CERT_FILE={(chosen.tls / 'ca.pem').resolve()}\n")
        sys.stdout.write(f"A page to watch it: {server.url}/__emulator/\n")
        sys.stdout.flush()
        if chosen.snapshot is not None and threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends it that way wants the state too
        try:
            server.wait()
        except KeyboardInterrupt:
            sys.stdout.write("\n")
        if emulator.journal():
            sys.stdout.write(f"{emulator.bill()}\n\n{emulator.verdict()}\n")
        if chosen.snapshot is not None:
            return _keep(emulator, chosen.snapshot)
    return 0


def _keep(emulator: Emulator, path: Path) -> int:
    """Saves the state beside the file first, so that an old state is never half overwritten."""
    try:
        beside = path.with_name(f"{path.name}.new")
        beside.write_bytes(emulator.snapshot())
        beside.replace(path)
    except (OSError, ValueError) as wrong:
        sys.stderr.write(f"The state was not saved to {path}: {wrong}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
