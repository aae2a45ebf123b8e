"""The form of a song: which sections it has, how many bars each takes, and which line is sung where.

Standard library only: words and notes of a song are told without rendering it.
"""

import re
from dataclasses import dataclass

_TAG = re.compile(r"\[([^\]]*)\]")
_KINDS = (
    ("chorus", ("chorus", "hook", "refrain", "drop", "припев", "副歌")),
    ("bridge", ("bridge", "break", "interlude", "solo", "instrumental", "build", "бридж", "проигрыш", "桥段")),
    ("verse", ("verse", "rap", "куплет", "主歌")),
    ("intro", ("intro", "интро", "вступление", "前奏")),
    ("end", ("outro", "end", "coda", "fade", "концовка", "尾奏")),
)
_VOWELS = re.compile(r"[aeiouyаеёиоуыэюяàâäáãåéèêëíìîïóòôöõúùûü]+", re.IGNORECASE)  # noqa: RUF001 - both alphabets

_STOPS = ",;.!?\uff0c\u3002\uff01\uff1f"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of lyrics: its words, and the tag before it as written ("[Verse]") or nothing."""

    words: tuple[str, ...]
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Some bars of one kind: intro, verse, chorus, bridge or end."""

    kind: str
    bars: int
    lines: tuple[Line, ...] = ()
    """The lines that are sung in it, one after `span` bars of another."""
    span: int = 1


def syllables(word: str) -> int:
    """Return how many syllables a word seems to have, at least 1."""
    signs = re.sub(r"[^\w]", "", word.lower())
    wide = sum(1 for sign in signs if "\u3040" <= sign <= "\u30ff" or "\u3400" <= sign <= "\u9fff" or sign > "\uabff")
    if wide:
        return wide
    groups = len(_VOWELS.findall(signs))
    if groups > 1 and re.search(r"[^aeiouyl]e$|[^td]ed$|[^sxzc]es$", signs) and signs.isascii():
        groups -= 1
    return max(1, groups)


def stanzas(lyrics: str) -> list[tuple[str, list[Line]]]:
    """Return the sections of a lyric: kind and lines. Without tags, paragraphs are verses and choruses in turn."""
    found: list[tuple[str, list[Line]]] = []
    tagged = bool(_TAG.search(lyrics))
    tag, fresh = "", True
    for raw in lyrics.replace("\r", "").split("\n"):
        text = raw.strip()
        for inner in _TAG.findall(text):
            found.append((_kind(inner), []))
            tag, fresh = f"[{inner}]", False
        text = _TAG.sub(" ", text).strip()
        if not text:
            fresh = fresh or not tagged
            continue
        if not found or (fresh and not tagged):
            found.append(("verse" if len(found) % 2 == 0 else "chorus", []))
        fresh = False
        for words in _split(text):
            found[-1][1].append(Line(tuple(words), tag))
            tag = ""
    return [one for one in found if one[1] or one[0] in {"bridge", "intro", "end"}]


def _kind(tag: str) -> str:
    low = tag.lower()
    return next((kind for kind, names in _KINDS if any(name in low for name in names)), "verse")


def _split(text: str) -> list[list[str]]:
    """Return a line as it can be sung: at most some 12 syllables at a time, signs of Chinese one by one."""
    words: list[str] = []
    for word in text.split():
        words += re.findall(r"[\u3400-\u9fff][^\u3400-\u9fff\w]*|[^\u3400-\u9fff]+", word)
    lines: list[list[str]] = [[]]
    held = 0
    for word in words:
        count = syllables(word)
        if lines[-1] and (held + count > 13 or (held >= 6 and lines[-1][-1][-1] in _STOPS)):
            lines.append([])
            held = 0
        lines[-1].append(word)
        held += count
    return lines


def sung(lyrics: str, bars: int, slow: bool) -> list[Section]:  # noqa: FBT001 - the tempo allows two lines' time or one's
    """Return the sections of a sung song of so many bars; lines that find no room are left out.

    Args:
        lyrics: With or without tags.
        bars: How many there are in all.
        slow: Whether a bar is long enough for a line.
    """
    parts = stanzas(lyrics)
    head, tail = _ends(bars)
    room = bars - head - tail
    span = 1 if slow else 2
    body: list[Section] = []
    left = room
    for kind, held in parts:
        if left <= 0:
            break
        if not held:
            if kind == "bridge" and left >= 6:
                body.append(Section("bridge", 2))
                left -= 2
            continue
        fits = held[: max(1, left // span)]
        count = min(left, max(len(fits) * span, 1))
        body.append(Section("verse" if kind in {"intro", "end"} else kind, count, tuple(fits), span))
        left -= count
    if left > 0:
        body = _filled(body, left)
    return _with_ends(body, head, tail)


def _filled(body: list[Section], left: int) -> list[Section]:
    """Return the sections with what bars are left: a break, and the last chorus again."""
    again = next((one for one in reversed(body) if one.kind == "chorus"), body[-1] if body else None)
    while left > 0:
        if again is not None and left >= again.bars:
            pause = min(4, left - again.bars)
            if pause > 1:
                body.append(Section("bridge", pause))
                left -= pause
            body.append(Section("chorus", again.bars, again.lines, again.span))
            left -= again.bars
        else:
            body.append(Section("bridge" if left < 3 else "chorus", left))
            left = 0
    return body


def played(bars: int) -> list[Section]:
    """Return the sections of an instrumental of so many bars."""
    if bars < 4:
        return [Section("chorus", bars)]
    head, tail = _ends(bars)
    room = bars - head - tail
    block = 8 if room >= 32 else 4
    count = max(1, round(room / block))
    kinds = ["verse", "chorus"] * count
    kinds = kinds[:count] if count != 1 else ["chorus"]
    if count >= 5:
        kinds[-2 if count % 2 == 0 else -3] = "bridge"
    kinds[-1] = "chorus"
    sizes = [room // count] * count
    for index in range(room - sum(sizes)):
        sizes[index] += 1
    return _with_ends([Section(kind, size) for kind, size in zip(kinds, sizes, strict=True) if size], head, tail)


def _ends(bars: int) -> tuple[int, int]:
    head = 0 if bars < 6 else 1 if bars < 10 else 2 if bars < 30 else 4
    return head, 0 if bars < 4 else 1 if bars < 16 else 2


def _with_ends(body: list[Section], head: int, tail: int) -> list[Section]:
    first = [Section("intro", head)] if head else []
    return [*first, *body, *([Section("end", tail)] if tail else [])]
