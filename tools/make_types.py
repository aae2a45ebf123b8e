#!/usr/bin/env python3
"""Make ``src/kie/types.py`` and ``src/kie/client/_typed.pyi`` from the catalogue.

python tools/make_types.py           # write
python tools/make_types.py --check   # say whether what is written is current
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from kie.catalogue import Catalogue  # noqa: E402 -- the folder above is what makes the next one importable
from tools.type_stubs.render import COMMAND, overloads, types  # noqa: E402

__all__ = ["FILES", "made", "main"]

FILES = {
    ROOT / "src" / "kie" / "types.py": types,
    ROOT / "src" / "kie" / "client" / "_typed.pyi": overloads,
}


def made(path: Path) -> str:
    """Return what a file ought to hold, formatted by the project's own rules."""
    text = FILES[path](Catalogue())
    command = [sys.executable, "-m", "ruff", "format", "--stdin-filename", str(path), "-"]
    done = subprocess.run(command, input=text, capture_output=True, check=False, cwd=ROOT, encoding="utf-8")
    if done.returncode:
        raise RuntimeError(f"ruff refuses what was made of {path.name}: {done.stderr}")
    return done.stdout


def main(arguments: list[str]) -> int:
    """Write or check the files."""
    stale = 0
    for path in FILES:
        text = made(path)
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        name = path.relative_to(ROOT)
        if "--check" in arguments:
            print(f"{name} is not current: run `{COMMAND}`.")
        else:
            path.write_text(text, encoding="utf-8")
            print(f"{name} written, {len(text) // 1024} KB.")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
