"""Writing of Cyrillic, Chinese and other scripts in Latin letters, near enough for an English voice."""

import unicodedata

_CYRILLIC = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґў",  # noqa: RUF001 - these are the Cyrillic letters meant
        "a b v g d ye zh z ee y k l m n o p r s t oo f kh ts ch sh shch _ y _ eh yu ya yo ee yee ye g w".split(),
        strict=True,
    )
)
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
        if sign.isascii() or sign in "–—’‘“”…£€°":  # noqa: RUF001 - the signs meant
            out.append(sign)
        elif low in _CYRILLIC:
            piece = _CYRILLIC[low].replace("_", "")
            out.append(piece.capitalize() if sign != low else piece)
        elif sign in "。！？，、；：":  # noqa: RUF001 - full-width marks of Chinese
            out.append({"。": ". ", "！": "! ", "？": "? "}.get(sign, ", "))  # noqa: RUF001
        elif unicodedata.category(sign) == "Lo":
            code = ord(sign)
            out.append(_BEGINS[code % len(_BEGINS)] + _ENDS[code // 7 % len(_ENDS)] + " ")
        else:
            bare = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
            out.append(bare or " ")
    return "".join(out).strip()
