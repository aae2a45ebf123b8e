"""``zip``: files into one archive; ``text``: what of a text is wanted."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

from kie.client.sniff import EXTENSIONS
from kie.errors import InvalidInput
from kie.service.flows.locally import Made
from kie.service.flows.media.opening import kind_of

__all__ = ["pack", "pick"]

#: Archives know no time before 1980; all entries have this one, so that the same files make the same archive.
_WHEN: Final = (1980, 1, 1, 0, 0, 0)
#: What Windows takes for a device, whatever follows the dot.
_DEVICES: Final = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(?![^.])", re.IGNORECASE)
_FENCED: Final = re.compile(r"\s*```[a-zA-Z]*\n(.*?)\n?```\s*", re.DOTALL)


def pack(wanted: dict[str, Any], folder: Path) -> Made:
    """Pack files as they are; media do not get smaller."""
    import shutil
    import zipfile

    names = wanted["names"] or []
    target = folder / "files.zip"
    taken: set[str] = set()
    listed = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for at, given in enumerate(wanted["files"]):
            if not given:
                continue
            path = Path(given)
            stem = names[at] if at < len(names) else f"{at + 1:03d}"
            name = _free(_plain(stem), EXTENSIONS.get(kind_of(path), "bin"), taken)
            listed.append(name)
            entry = zipfile.ZipInfo(name, _WHEN)
            entry.external_attr = 0o644 << 16
            entry.file_size = path.stat().st_size
            with path.open("rb") as source, archive.open(entry, "w") as inside:
                shutil.copyfileobj(source, inside, 1 << 20)
    return Made((target,), None, {"names": listed})


def _plain(name: str) -> str:
    """Return a name that is one on every system: no folders, no signs that mean something there, or turn it around."""
    kept = re.sub(r'[\x00-\x1f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]+', "-", name).strip(" .-")
    return _DEVICES.sub(r"_\g<0>", kept[:120]) or "file"


def _free(stem: str, ending: str, taken: set[str]) -> str:
    """Return a name that was not given yet, letter case aside."""
    stem = stem.removesuffix(f".{ending}")
    name, number = f"{stem}.{ending}", 2
    while name.casefold() in taken:
        name, number = f"{stem}-{number}.{ending}", number + 1
    taken.add(name.casefold())
    return name


def pick(wanted: dict[str, Any], _folder: Path) -> Made:
    """Take a text, its lines, or a value out of the JSON that it is (also within a fenced block).

    Raises:
        InvalidInput: it is no JSON, or has nothing at the path.

    """
    text: str = wanted["text"]
    fenced = _FENCED.fullmatch(text)
    text = (fenced[1] if fenced else text).strip()
    if wanted["pick"] == "lines":
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return Made((), text, {"lines": lines})
    if wanted["pick"] == "json":
        try:
            value = _at(json.loads(text), wanted["path"] or "")
        except (ValueError, RecursionError):
            raise InvalidInput(f"text: this is no JSON: {text[:60]!r}.", field="text") from None
        return Made((), value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), {"value": value})
    return Made((), text, None)


def _at(value: Any, path: str) -> Any:
    """Return what stands at a path like ``shots[0].prompt``."""
    for name in re.findall(r"[^.\[\]]+", path):
        try:
            value = value[int(name)] if isinstance(value, list) else value[name]
        except (KeyError, IndexError, TypeError, ValueError):
            raise InvalidInput(f"path: there is nothing at {name!r} of {path!r}.", field="path") from None
    return value
