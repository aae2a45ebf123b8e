"""What of a text is said aloud. Standard library only."""

import re

_TAG = re.compile(r"\[[^\]]{0,60}\]|<[^<>]{1,80}>")
_LINK = re.compile(r"\b(?:https?://|www\.)(\S+)")
_SHOUT = re.compile(r"\b[A-Z]{2,}(?:['’][A-Z]+)?(?:[\s,]+[A-Z]{2,}(?:['’][A-Z]+)?)+\b")


def plain(text: str) -> str:
    """Return a text without what is not said: tags in brackets, markup; links and shouting as one would read them."""
    text = _TAG.sub(" ", text)
    text = _LINK.sub(_address, text)
    text = _SHOUT.sub(lambda match: match[0].lower() if re.search(r"[A-Z]{4}", match[0]) else match[0], text)
    return text.strip()


def _address(link: re.Match[str]) -> str:
    place = re.sub(r"[?#].*|/+$", "", link[1])
    return place.replace(".", " dot ").replace("/", " slash ")
