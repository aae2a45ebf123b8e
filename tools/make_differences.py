"""Write docs/emulator/differences.md: where the vendor's documents, the recordings and the emulator do not agree.

Reads ../shared/kie-api and plays every family of tasks on an emulator in this process; the helpers of the referee do
both. No sentence of the vendor's is carried over.

    python tools/make_differences.py           # writes the page
    python tools/make_differences.py --check   # fails when the page is not current
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.referee import threeway  # noqa: E402 - the root has to be on the path first
from tests.referee.wire import Ground  # noqa: E402
from tests.support.places import SHARED  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

TARGET = ROOT / "docs" / "emulator" / "differences.md"

_HEAD = """\
# Documents, recordings, emulator

Written by `python tools/make_differences.py`; do not edit. Three things were laid side by side: what the vendor's
pages say of each answer ({pages} OpenAPI files, of which those of 2026-04-29 describe answers), what was recorded
({exchanges} exchanges of {first} to {last}, and what the inventory of the contract tells of others), and what the
emulator answers. Listed is every field in which they do not agree. A dash means that nothing is known of this side;
"absent" means that the side has the endpoint and not the field.

Where recordings and documents disagree the emulator does as recorded, and the named quirk switches to the documented
form: `kie emulator --quirk {quirk}`, or `Emulator(quirks=["{quirk}"])`. Numbers with § are those of the inventory
from which the emulator is written.

The tests of the referee (`make referee`) hold the emulator to all this: whatever is not on this page agrees.
"""

_QUIRKS = """\
## Quirks

| quirk | without it | with it | known from |
|---|---|---|---|
"""

_REFUSED = """\
## Example requests that are refused

All other example requests of the documents are accepted.

| example | code | since | why |
|---|---|---|---|
"""

_UNREACHABLE = """\
## Documented values that the emulator never shows

All other codes, states and flags which the pages list can be had: by a request, a quirk or a [fault](faults.md).

| endpoint | field | values | why |
|---|---|---|---|
"""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("CONTRACT §", "§")


def _field(place: str) -> str:
    return f"`{place}`" if place else "the whole answer"


def _endpoints() -> Iterator[str]:
    for endpoint, side in threeway.sides().items():
        rows = threeway.rows(endpoint, side)
        if not rows:
            continue
        name = endpoint.removeprefix("callback of ")
        yield f"### {'Callback of ' if name != endpoint else ''}`{name}`\n\n"
        dates = [f"documented {side.date}" if side.date else "", f"recorded {side.recorded}" if side.recorded else ""]
        yield f"{', '.join(filter(None, dates)).capitalize()}.\n\n"
        yield "| field | documents | recordings | emulator | quirk | why |\n|---|---|---|---|---|---|\n"
        for row in rows:
            quirk = f"`{row.quirk}`" if row.quirk else ""
            sides = f"{row.documents} | {row.recordings} | {row.emulator}"
            yield f"| {_field(row.place)} | {sides} | {quirk} | {_cell(row.why)} |\n"
        yield "\n"


def render() -> str:
    """The page."""
    numbers = threeway.numbers()
    days = numbers["recorded"]
    head = _HEAD.format(
        pages=numbers["pages"], exchanges=numbers["exchanges"], first=days[0], last=days[-1], quirk="dates-documented"
    )
    parts = [head, "\n## Fields\n\n", *_endpoints(), _QUIRKS]
    with Ground() as ground:
        quirks = ground.line.get("/__emulator/quirks").body
    parts += [
        f"| `{name}` | {_cell(told['default'])} | {_cell(told['means'])} | {_cell(told['source'])} |\n"
        for name, told in sorted(quirks.items())
    ]
    parts += ["\n", _REFUSED]
    parts += [
        f"| `{one['example']}` | {one['code']} | {one['date']} | {_cell(one['why'])} |\n" for one in numbers["refused"]
    ]
    parts += ["\n", _UNREACHABLE]
    for one in numbers["unreachable"]:
        values = ", ".join(f"`{value}`" for value in one["values"])
        parts.append(f"| {one['endpoint']} | `{one['place']}` | {values} | {_cell(one['why'])} |\n")
    return "".join(parts)


def main() -> int:
    """Writes or checks the page; the exit code is 1 when a check finds a difference."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when the page is not current")
    arguments = parser.parse_args()
    if not (SHARED / "kie-api").is_dir():
        print(f"The vendor's files are not here: {SHARED}", file=sys.stderr)
        return 2
    text = render()
    if arguments.check:
        current = TARGET.is_file() and TARGET.read_text(encoding="utf-8") == text
        if not current:
            print(f"{TARGET.name} is not current: run python tools/make_differences.py", file=sys.stderr)
        return 0 if current else 1
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(text, encoding="utf-8")
    print(f"{TARGET}: {text.count(chr(10))} lines")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
