"""``contact_sheet``: many pictures, and pictures of clips, on one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kie.errors import InvalidInput
from kie.service.flows.locally import Made
from kie.service.flows.media.letters import cleaned, ink, shortened
from kie.service.flows.media.stills import picture_of, saved

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["contact_sheet"]

_PAPER, _INK, _TITLE_INK = "#f6f6f8", "#3b4049", "#14171c"
_GAP: Final = 16
#: Pixels of a sheet, and of its height in the formats that know a limit.
_MOST_PIXELS: Final = 120_000_000
_TALLEST: Final = {"jpeg": 65_500, "webp": 16_383}


class _Tile(NamedTuple):
    image: Image
    label: str


def contact_sheet(wanted: dict[str, Any], folder: Path) -> Made:
    """Put pictures in rows as wide as the sheet, each in its own shape, in their order.

    Raises:
        InvalidInput: a file is not what it should be, a letter has no font, or the sheet would be too large.

    """
    from PIL import Image as Images

    width = wanted["width"]
    room = width - 2 * _GAP
    labels = wanted["labels"] or []
    tiles = []
    for at, given in enumerate(wanted["files"]):
        if not given:
            continue
        picture = picture_of(Path(given), f"files[{at}]")
        text = labels[at] if at < len(labels) else ""
        if wanted["dimensions"]:
            text = " · ".join(filter(None, (text, f"{picture.width} × {picture.height}")))
        picture.thumbnail((room, room if wanted["columns"] else room // 4 + 1))  # no more of it is ever shown
        tiles.append(_Tile(picture, cleaned(text, f"labels[{at}]") if text else ""))
    size = max(12, width // 90)
    line = round(size * 1.9) if any(tile.label for tile in tiles) else 0
    rows = _rows(tiles, room, wanted["columns"])
    top = round(size * 3.2) if wanted["title"] else 0
    height = _GAP + top + sum(max(tall for _, _, tall in row) + line + _GAP for row in rows)
    if width * height > _MOST_PIXELS or height > _TALLEST.get(wanted["format"], height):
        raise InvalidInput(
            f"contact_sheet: files: the sheet would be {width}x{height}, which is too large for one picture.",
            field="files",
            hint="Take fewer files, more columns, or a smaller width.",
        )
    sheet = Images.new("RGB", (width, height), _PAPER)
    if wanted["title"]:
        title = shortened(cleaned(wanted["title"], "title"), round(size * 1.8), 700, room)
        ink(sheet, title, (_GAP, _GAP // 2), _TITLE_INK)
    y = _GAP + top
    for row in rows:
        x = _GAP
        for tile, wide, tall in row:
            sheet.paste(tile.image.resize((wide, tall), Images.Resampling.LANCZOS), (x, y))
            if tile.label:
                ink(sheet, shortened(tile.label, size, 500, wide), (x, y + tall + size // 3), _INK)
            x += wide + _GAP
        y += max(tall for _, _, tall in row) + line + _GAP
    return Made((saved(sheet, folder, "sheet", wanted["format"]),), None, {"width": width, "height": height})


def _rows(tiles: list[_Tile], room: int, columns: int | None) -> list[list[tuple[_Tile, int, int]]]:
    """Return rows of tiles with the width and height of each: shapes stay, nothing is shown larger than it is."""
    tallest = room / 4
    rows = []
    row: list[_Tile] = []
    for tile in tiles:
        row.append(tile)
        free = room - _GAP * (len(row) - 1)
        full = len(row) == columns if columns else sum(_wide(each, tallest) for each in row) >= free
        if full:
            rows.append(_row(row, free, room if columns else tallest))
            row = []
    if row:  # the last row is no taller than the one before
        before = max(tall for _, _, tall in rows[-1]) if rows else tallest
        rows.append(_row(row, room - _GAP * (len(row) - 1), before))
    return rows


def _wide(tile: _Tile, tall: float) -> float:
    """Return the width of a tile in a row of this height."""
    return tile.image.width / tile.image.height * min(tall, tile.image.height)


def _row(row: list[_Tile], free: int, most: float) -> list[tuple[_Tile, int, int]]:
    """Return the tiles of a row as tall as they can be side by side, up to ``most``."""
    low, high = 1.0, float(most)
    for _ in range(30):
        middle = (low + high) / 2
        fits = sum(_wide(tile, middle) for tile in row) <= free
        low, high = (middle, high) if fits else (low, middle)
    return [
        (tile, max(1, int(_wide(tile, low) + 1e-6)), max(1, int(min(low, tile.image.height) + 1e-6))) for tile in row
    ]
