"""Judge the skipped tests of a run: what this machine could have run may not have been skipped.

    python tools/check_skips.py junit.xml

Reads pytest's JUnit report, lists the skipped tests by reason, and ends with one line of counts. The exit
code is 1 if a test failed, if none ran, or if a test was skipped for a reason which is not among `ALLOWED` or
does not hold here.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def has_postgres() -> bool:
    """Whether a PostgreSQL server is installed."""
    return shutil.which("initdb") is not None or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def can_install() -> bool:
    """Whether `make browser` and `make postgres` could have brought what they are named for: as root, with apt."""
    return shutil.which("apt-get") is not None and hasattr(os, "geteuid") and os.geteuid() == 0


ALLOWED: dict[str, Callable[[], bool]] = {
    "needs the vendor's documents in ../shared": lambda: not (ROOT.parent / "shared" / "kie-api").is_dir(),
    "needs a git checkout": lambda: not (ROOT / ".git").exists(),
    "needs PostgreSQL": lambda: not has_postgres() and not can_install(),
    "needs Chromium": lambda: not any(map(shutil.which, CHROMIUM)) and not can_install(),
    "needs KIE_API_KEY": lambda: not os.environ.get("KIE_API_KEY"),
    "over the price cap": lambda: bool(os.environ.get("KIE_API_KEY")),
    "over the budget": lambda: bool(os.environ.get("KIE_API_KEY")),
    "needs Windows": lambda: sys.platform != "win32",
    "needs macOS": lambda: sys.platform != "darwin",
}
"""How the reason of an allowed skip begins, and whether it holds on this machine."""


def is_allowed(reason: str) -> bool:
    """Whether a test may be skipped for this reason, here."""
    return any(reason.startswith(begin) and holds() for begin, holds in ALLOWED.items())


def read(report: Path) -> tuple[Counter[str], dict[str, list[str]]]:
    """Count the outcomes of a JUnit report and collect the skipped tests by reason.

    An expected failure (xfail) stands in the report as a skip of another type and counts as passed.
    """
    counts: Counter[str] = Counter()
    skipped: dict[str, list[str]] = {}
    for case in ET.parse(report).iter("testcase"):
        skip = case.find("skipped")
        if skip is not None and skip.get("type") == "pytest.skip":
            counts["skipped"] += 1
            reason = (skip.get("message") or "").removeprefix("Skipped: ")
            skipped.setdefault(reason, []).append(f"{case.get('classname')}::{case.get('name')}")
        elif case.find("failure") is not None or case.find("error") is not None:
            counts["failed"] += 1
        else:
            counts["passed"] += 1
    return counts, skipped


def main(report: Path) -> int:
    """Print the verdict on one report and give the exit code."""
    counts, skipped = read(report)
    wrong = 0
    for reason, tests in sorted(skipped.items()):
        allowed = is_allowed(reason)
        wrong += 0 if allowed else len(tests)
        print(f"{'skipped' if allowed else 'WRONGLY SKIPPED'} ({len(tests)}): {reason or 'no reason given'}")
        if not allowed:
            print("".join(f"    {test}\n" for test in tests[:10]), end="")
    if wrong:
        print(f"{wrong} test(s) were skipped which this machine can run; allowed reasons: tools/check_skips.py")
    print(f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
    return 1 if wrong or counts["failed"] or not counts["passed"] else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
