"""The vendor's host names, which a client that has them built in asks for (CONTRACT §0 and §5, 2026-10).

An emulator that is reached under these names (through its proxy, or because a resolver says so) gives out links
on the file hosts, as the vendor does; reached under any other name it gives out links to itself.
"""

from __future__ import annotations

API = "api.kie.ai"
UPLOAD = "kieai.redpandaai.co"
RESULTS = "tempfile.aiquickdraw.com"
UPLOADED = "tempfile.redpandaai.co"

#: Every name that the emulator answers for. `kieai.erweima.ai` is the API's name of 2025.
HOSTS = (
    API,
    UPLOAD,
    RESULTS,
    UPLOADED,
    "file.aiquickdraw.com",
    "cdn2.suno.ai",
    "audiostream.kie.ai",
    "proxy.kie.ai",
    "kieai.erweima.ai",
)

_FILES = {API: RESULTS, "kieai.erweima.ai": RESULTS, UPLOAD: UPLOADED}


def name_of(authority: str) -> str:
    """The name in "name", "name:443" or "[::1]:80", in small letters."""
    if authority.startswith("["):
        return authority[1:].partition("]")[0].lower()
    return authority.partition(":")[0].rstrip(".").lower()


def known(authority: str) -> bool:
    """Whether this is one of the vendor's hosts, or this machine."""
    name = name_of(authority)
    return name in HOSTS or name in {"localhost", "127.0.0.1", "::1"}


def file_base(scheme: str, authority: str) -> str:
    """The address that links to files begin with, for a client that asked `authority`."""
    name = name_of(authority)
    if name not in _FILES:
        return f"{scheme}://{authority}"
    port = authority.partition(":")[2]
    plain = {"http": "80", "https": "443"}.get(scheme, "")
    return f"{scheme}://{_FILES[name]}" + (f":{port}" if port not in ("", plain) else "")


def split_target(target: str) -> tuple[str, str, str] | None:
    """Scheme, authority and path of a request that was written for a proxy ("GET http://host/path").

    None when the target is a plain path, or when the host is none of the vendor's: this is no open proxy.
    """
    scheme, found, rest = target.partition("://")
    if not found or scheme.lower() not in {"http", "https"}:
        return None
    authority, slash, path = rest.partition("/")
    return (scheme.lower(), authority, slash + path or "/") if known(authority) else None
