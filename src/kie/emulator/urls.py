"""Addresses as clients write them: whatever they are, taking them apart does not fail."""

from __future__ import annotations

from urllib.parse import SplitResult, unquote, urlsplit


def split(url: str) -> SplitResult:
    """The parts of an address; all empty when it is none."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - it is judged when it is asked for
    except ValueError:
        return SplitResult("", "", "", "", "")
    return parts


def host(url: str) -> str:
    """The host name, in small letters, or ""."""
    return (split(url).hostname or "").lower()


def path(url: str) -> str:
    """The path, with its escapes resolved."""
    return unquote(split(url).path)


def name(url: str) -> str:
    """The last part of the path."""
    return path(url).rpartition("/")[2]
