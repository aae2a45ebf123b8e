"""Writing of other scripts in Latin letters, near enough for an English voice.

The names that Unicode gives to letters tell most of it: HANGUL SYLLABLE HAN, HIRAGANA LETTER KA, DEVANAGARI VOWEL
SIGN AA. Cyrillic and the commonest Chinese signs have tables of their own.
"""

import json
import re
import unicodedata
from functools import cache
from pathlib import Path

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
_KEPT = "–—\u2018\u2019\u201c\u201d…£€°¥₹₩¢"
_SIGNS = {
    "\u3002": ". ",
    "\uff01": "! ",
    "\uff1f": "? ",
    "\uff0c": ", ",
    "\u3001": ", ",
    "\uff1b": "; ",
    "\uff1a": ": ",
    "\u061f": "? ",
    "\u060c": ", ",
    "\u0964": ". ",
    "«": '"',
    "»": '"',
    "¿": "",
    "¡": "",
    "ß": "ss",
    "æ": "ae",
    "ø": "o",
    "œ": "oe",
    "ł": "w",
    "đ": "d",
    "ñ": "ny",
    "ç": "s",
}
# How an English reader would say a Chinese syllable as pinyin writes it.
_PINYIN = (
    (r"^zh", "j"),
    (r"^x", "sh"),
    (r"^q", "ch"),
    (r"^c(?!h)", "ts"),
    (r"^z", "dz"),
    (r"^yi$", "yee"),
    (r"^yu", "you"),
    (r"^(ch|sh|j|r)i$", r"\1ur"),
    (r"^(ts|dz|s)i$", r"\1uh"),
    (r"nv", "new"),
    (r"ian$", "yen"),
    (r"iang$", "yahng"),
    (r"iao$", "yow"),
    (r"iu$", "yo"),
    (r"ie$", "yeh"),
    (r"ui$", "way"),
    (r"uo$", "waw"),
    (r"ai$", "eye"),
    (r"ao$", "ow"),
    (r"ei$", "ay"),
    (r"ou$", "oh"),
    (r"ong$", "oong"),
    (r"e$", "uh"),
    (r"i$", "ee"),
    (r"u$", "oo"),
    (r"a$", "ah"),
)
_BEGINS = ("", "b", "sh", "d", "f", "g", "h", "j", "k", "l", "m", "n", "t", "ch", "s", "w", "y", "z")
_ENDS = ("ah", "ow", "ee", "oo", "ay", "ung", "ing", "an", "eye", "oh", "en", "wah")


def _pairs(text: str) -> dict[str, str]:
    return {name: sound for name, _, sound in (pair.partition("=") for pair in text.split(","))}


_VOWELS = _pairs(
    "AA=ah,A=a,II=ee,I=i,UU=oo,U=u,E=e,EE=ay,AI=eye,O=o,OO=oh,AU=ow,VOCALIC R=ri,SHORT E=e,SHORT O=o,"
    "CANDRA O=o,CANDRA E=e"
)
_LETTERS = _pairs(
    "ALEF=a,AIN=a,AYIN=a,HAMZA=,WAW=oo,VAV=v,YEH=ee,YOD=y,TEH=t,TEH MARBUTA=ah,ALEF MAKSURA=a,JEEM=j,"
    "HAH=h,HE=h,HEH=h,HET=h,THEH=th,KHAH=kh,THAL=th,DAL=d,REH=r,ZAIN=z,SEEN=s,SHEEN=sh,GHAIN=gh,QAF=k,"
    "QOF=k,SHIN=sh,TSADI=ts,ETA=ee,THETA=th,CHI=kh,PSI=ps,OMEGA=o,XI=x,PHI=f,UPSILON=ee,SIGMA=s,"
    "FINAL SIGMA=s"
)

_LETTER = re.compile(r"(\w+) (?:SMALL |CAPITAL )?LETTER (?:SMALL |CAPITAL |FINAL )?([A-Z ]+?)(?: WITH .*)?")


@cache
def _chinese() -> dict[str, str]:
    table: dict[str, str] = json.loads(Path(__file__).with_name("pinyin.json").read_text(encoding="utf-8"))
    return {sign: _read(syllable) for syllable, signs in table.items() for sign in signs}


def _read(syllable: str) -> str:
    for pattern, sound in _PINYIN:
        syllable = re.sub(pattern, sound, syllable)
    return syllable


def latin(text: str) -> str:
    """Return the text in Latin letters; plain Latin text comes back as it is.

    A Chinese sign that is not among the 500 commonest becomes one syllable that belongs to it (not its true sound);
    accents that English lacks are dropped; emoji and other signs vanish.
    """
    if text.isascii():
        return text
    out = "".join(_sign(sign) for sign in text)
    # The letter of an Indic script has an "a" in it, unless a vowel or the mark of none follows.
    out = re.sub(r"\x01(?=[\x02\x03])", "", out).replace("\x01", "a").replace("\x02", "").replace("\x03", "")
    return re.sub(r"  +", " ", out).strip()


@cache
def _sign(sign: str) -> str:
    low = sign.lower()
    if sign.isascii() or sign in _KEPT:
        return sign
    if low in _CYRILLIC:
        piece = _CYRILLIC[low]
        return piece.capitalize() if sign != low else piece
    if low in _SIGNS:
        return _SIGNS[low]
    if sign in _chinese():
        return f"{_chinese()[sign]} "
    bare = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
    if bare.strip():
        return bare
    named = _named(unicodedata.name(sign, ""))
    if named is not None:
        return named
    if unicodedata.category(sign) == "Lo":
        code = ord(sign)
        return f"{_BEGINS[code % len(_BEGINS)]}{_ENDS[code // 7 % len(_ENDS)]} "
    return " " if unicodedata.category(sign)[0] in "ZSPC" else ""


def _named(name: str) -> str | None:
    """Return the sound of a letter by its Unicode name; nothing if the name does not tell."""
    if name.startswith("HANGUL SYLLABLE "):
        return name.rpartition(" ")[2].lower()
    if match := re.fullmatch(r"(?:HIRAGANA|KATAKANA) LETTER (?:SMALL )?(\w+)", name):
        return {"TU": "tsu", "SI": "shi", "TI": "chi", "HU": "fu", "ZI": "ji"}.get(match[1], match[1].lower())
    if match := re.fullmatch(r"\w+ VOWEL SIGN ([A-Z ]+)", name):
        return "\x02" + _VOWELS.get(match[1], match[1][:1].lower())
    if name.endswith("SIGN VIRAMA"):
        return "\x03"
    if match := re.fullmatch(r"THAI CHARACTER (SARA |MAI )?([A-Z]+).*", name):
        return _VOWELS.get(match[2], match[2][:1].lower()) if match[1] else re.sub("[AEIOU].*", "", match[2]).lower()
    if match := _LETTER.fullmatch(name):
        script, letter = match[1], match[2]
        if script in {"ARABIC", "HEBREW", "GREEK"} or letter in _LETTERS:
            first = re.match(r"[^AEIOU]*", letter)
            return _LETTERS.get(letter, (first[0] if first and first[0] else letter[:1]).lower())
        if letter in _VOWELS:
            return _VOWELS[letter]
        if letter.endswith("A") and len(letter) <= 4:
            return re.sub("A+$", "", letter).lower().replace("ii", "i") + "\x01"
        return letter[:2].lower()
    return None
