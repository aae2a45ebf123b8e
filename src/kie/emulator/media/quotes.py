"""Words that a prompt wants to be read in the picture: those in quotation marks, and names."""

import re

_QUOTED = re.compile(
    r"\"([^\"]{1,60})\"|«([^»]{1,60})»|“([^”]{1,60})”|„([^“”]{1,60})[“”]|「([^」]{1,60})」|『([^』]{1,60})』"
    r"|(?<![\w])'([^']{1,60})'(?!\w)"
)
_NAMED = re.compile(r"(?:called|named|titled|entitled)\s+([A-Z][\w&'-]*(?:\s+[A-Z][\w&'-]*){0,3})")
_SPOKEN = re.compile(
    r"\b(says?|said|saying|asks?|asked|whispers?|shouts?|speaks?|voice|replies|narrat\w+)\b|говорит|сказал|шепч|голос|说|講",
    re.IGNORECASE,
)
_WRITTEN = re.compile(
    r"\b(text|sign|poster|banner|flyer|title\w*|logo|label|caption|words?|letter\w*|written|reading|reads|print\w*|cover"
    r"|headline|slogan|typography|inscription|t-?shirt|card|called|named|neon)\b"
    r"|надпис|текст|слов|вывеск|плакат|постер|заголов|открытк|логотип|обложк|字|写着|标题|海报|标志",
    re.IGNORECASE,
)


def wanted(prompt: str) -> list[str]:
    """Return the words in quotation marks, at most three pieces, as they are to be seen in the picture.

    Words that somebody says are heard, not seen, unless the prompt speaks of a sign, a poster and the like too.
    """
    if _SPOKEN.search(prompt) and not _WRITTEN.search(prompt):
        return []
    found = ["".join(part for part in match if part).strip() for match in _QUOTED.findall(prompt)]
    if not found:
        found = [match.strip() for match in _NAMED.findall(prompt)]
    return [text for text in found if text][:3]


def unquoted(prompt: str) -> str:
    """Return the prompt without what is quoted: those words are to be read, not to be painted."""
    return _QUOTED.sub(" ", prompt)
