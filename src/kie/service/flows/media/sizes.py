"""Sizes of pictures and clips: ``1280x720``, or the name of a format that people advertise in."""

from __future__ import annotations

import re
from typing import Final

from kie.errors import InvalidInput
from kie.wire.schema import nearest

__all__ = ["NAMED", "size_of"]

#: Width and height in pixels. Display banners: the fixed sizes of the IAB's portfolio; the others: what social networks
#: take for posts, stories and shared links (2026-11).
NAMED: Final = {
    "billboard": (970, 250),
    "leaderboard": (728, 90),
    "medium-rectangle": (300, 250),
    "half-page": (300, 600),
    "skyscraper": (160, 600),
    "mobile-banner": (320, 100),
    "square": (1080, 1080),
    "portrait": (1080, 1350),
    "story": (1080, 1920),
    "link": (1200, 628),
    "cover": (1640, 624),
    "720p": (1280, 720),
    "1080p": (1920, 1080),
}
_WRITTEN = re.compile(r"(\d{2,4})\s*[x×]\s*(\d{2,4})")
_LEAST, _MOST = 16, 4096


def size_of(text: str, field: str) -> tuple[int, int]:
    """Return width and height of a size, in pixels (16 to 4096).

    Raises:
        InvalidInput: it is neither ``WIDTHxHEIGHT`` nor a name of NAMED.

    """
    named = NAMED.get(text.strip().lower().replace("_", "-").replace(" ", "-"))
    if named:
        return named
    written = _WRITTEN.fullmatch(text.strip().lower())
    if written is None:
        near = nearest(text, tuple(NAMED))
        raise InvalidInput(
            f"{field}: {text[:60]!r} is no size.",
            field=field,
            nearest=near,
            hint=f"Sizes are written 1280x720, or are one of: {', '.join(NAMED)}.",
        )
    width, height = int(written[1]), int(written[2])
    if not (_LEAST <= width <= _MOST and _LEAST <= height <= _MOST):
        raise InvalidInput(f"{field}: {width}x{height} is out of range: each side {_LEAST} to {_MOST}.", field=field)
    return width, height
