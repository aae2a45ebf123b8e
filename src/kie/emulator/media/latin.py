"""Writing of Cyrillic, Chinese and other scripts in Latin letters, near enough for an English voice."""

import unicodedata

_CYRILLIC = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґў",
        [
            *("a", "b", "v", "g", "d", "ye", "zh", "z", "ee", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t"),
            *("oo", "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "eh", "yu", "ya", "yo", "ee", "yee", "ye", "g"),
            "w",
        ],
        strict=True,
    )
)
_KEPT = "–—\u2018\u2019\u201c\u201d…£€°"
_FULL_WIDTH = {
    "\u3002": ". ",
    "\uff01": "! ",
    "\uff1f": "? ",
    "\uff0c": ", ",
    "\u3001": ", ",
    "\uff1b": "; ",
    "\uff1a": ": ",
}
_BEGINS = ("", "b", "sh", "d", "f", "g", "h", "j", "k", "l", "m", "n", "t", "ch", "s", "w", "y", "z")
_ENDS = ("ah", "ow", "ee", "oo", "ay", "ung", "ing", "an", "eye", "oh", "en", "wah")


def latin(text: str) -> str:
    """Return the text in Latin letters; Latin text comes back as it is.

    Cyrillic is transliterated; a Chinese, Japanese or Korean sign becomes one syllable that belongs to it (not its
    true sound); accents that English lacks are dropped; emoji and other signs vanish.
    """
    if text.isascii():
        return text
    out: list[str] = []
    for sign in text:
        low = sign.lower()
        if sign.isascii() or sign in _KEPT:
            out.append(sign)
        elif low in _CYRILLIC:
            piece = _CYRILLIC[low]
            out.append(piece.capitalize() if sign != low else piece)
        elif sign in _FULL_WIDTH:
            out.append(_FULL_WIDTH[sign])
        elif unicodedata.category(sign) == "Lo":
            code = ord(sign)
            out.append(_BEGINS[code % len(_BEGINS)] + _ENDS[code // 7 % len(_ENDS)] + " ")
        else:
            bare = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
            out.append(bare or " ")
    return "".join(out).strip()
