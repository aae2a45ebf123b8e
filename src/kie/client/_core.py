"""The decisions, without any I/O: retry or not, how long to pause, when to poll, whether a link may be fetched."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from kie.client.transport import HttpRequest
from kie.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kie.catalogue.model import Model
    from kie.client.settings import Settings
    from kie.wire.build import Request

__all__ = ["LONGEST_RETRY_AFTER", "Composer", "backoff", "next_poll", "retry_after", "safe_link"]

#: Seconds: a longer demand is handed to the user instead of being slept on.
LONGEST_RETRY_AFTER: Final = 120.0
_BASE, _CAP = 0.5, 20.0
#: Bytes a second that an upload must reach.
_SLOWEST = 50_000
#: Letters from which on a key is unlike any word of an answer.
_A_KEY = 12
_PLAIN = re.compile(r"[\w.~-]+", re.ASCII).fullmatch
# Text, for re keeps what it compiled with the first link: an import need not.
_NAME = r"(?a)[\w-]+(\.[\w-]+)+"
_NUMBER = r"(?a)\d+|0x[\da-f]*"
_INNER = (".localhost", ".local", ".internal")


def backoff(attempt: int, *, base: float = _BASE, cap: float = _CAP) -> float:
    """Return seconds to pause before try number ``attempt + 1``: full jitter below a doubled bound."""
    import random

    return random.uniform(0.0, min(cap, base * 2.0**attempt))  # noqa: S311 - jitter, no secret


def retry_after(value: str | None, now: float) -> float | None:
    """Read a ``Retry-After`` header: seconds or a date; None where there is none that makes sense."""
    if not value:
        return None
    text = value.strip()
    if text.isascii() and text.replace(".", "", 1).isdigit() and len(text) < 12:  # noqa: PLR2004 - an int() of a megabyte takes minutes
        return float(text)
    from email.utils import parsedate_to_datetime

    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - now)
    except (TypeError, ValueError, OverflowError):
        return None


def next_poll(elapsed: float, model: Model, *, poll: float | None = None, pace: float = 1.0) -> float:
    """Return the seconds until the next poll of a task that has been under way for ``elapsed`` seconds.

    Nothing is asked before about a third of the typical time; then the pause grows with what has passed, so that the
    delay after the end stays a small part of the whole: 12 % of the elapsed time, within 1 to 15 seconds.
    """
    if poll is not None:
        return max(poll, 0.01)  # never a busy loop
    fixed = model.dialect.wait
    if "step" in fixed:
        first = fixed.get("first", fixed["step"])
        return (first - elapsed if elapsed < first else fixed["step"]) * pace
    first = min(30.0, 0.35 * model.expect)
    pause = first - elapsed if elapsed < first else elapsed * 0.12
    return min(15.0, max(1.0, pause)) * pace if elapsed >= first else max(0.5, pause) * pace


def safe_link(link: str, *, local_ok: bool) -> bool:
    """Whether a result link may be fetched: http(s), no credentials in it, no private address.

    The vendor's links are hostile input: a link to ``http://169.254.169.254/`` must not be followed. Names are not
    resolved here; a server that fetches on behalf of others needs the guarded connector besides.
    """
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(link)
        host, _ = (parts.hostname or "").removesuffix("."), parts.port
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.password:
        return False
    if local_ok:
        return True
    if ":" not in host:
        # Who connects reads a name by the rules of browsers: %6c is a letter, \ ends it, 0x7f and 0177 are numbers,
        # letters of other scripts may fold into ASCII. So only what reads the same under all rules is a name.
        if not re.fullmatch(_NAME, host) or host.endswith(_INNER):
            return False
        if not re.fullmatch(_NUMBER, host.rpartition(".")[2]):
            return True
    return _public(host)


def _public(host: str) -> bool:
    """Whether an address is one of the public internet, also by the IPv4 address that an IPv6 one may hold."""
    import ipaddress

    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        if address in ipaddress.ip_network("64:ff9b::/96"):
            return _public(str(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)))
        if address.ipv4_mapped or address.sixtofour or address.teredo:  # no service of today answers there
            return False
    return address.is_global and not address.is_multicast


def _encoded(query: Mapping[str, str]) -> str:
    """Return a query as it stands in an address; a task id needs no escaping as a rule, and looking is quicker."""
    if all(_PLAIN(text) for item in query.items() for text in item):
        return "&".join([f"{name}={value}" for name, value in query.items()])
    from urllib.parse import urlencode

    return urlencode(query, errors="replace")


class Composer:
    """Makes HTTP out of wire requests: addresses, the key, JSON.

    Args:
        settings: addresses and the key.

    """

    def __init__(self, settings: Settings) -> None:
        self._timeout = settings.timeout
        self._hosts = {"api": settings.base_url, "upload": settings.upload_url}
        self._key = settings.api_key.encode()
        bearer = ("authorization", f"Bearer {settings.api_key}")
        accept = ("accept", "application/json")
        self._get = (bearer, accept)
        self._post = (bearer, accept, ("content-type", "application/json"))
        from urllib.parse import urlsplit

        host = urlsplit(settings.base_url).hostname or ""
        self.local = host in ("localhost", "127.0.0.1", "::1") or host.endswith(".localhost")

    def compose(self, request: Request, *, stream: bool = False) -> HttpRequest:
        """Return the HTTP form of a wire request."""
        url = self._hosts[request.host] + request.path
        if request.query:
            url += "?" + _encoded(request.query)
        if request.body is None:
            return HttpRequest(request.method, url, self._get)
        headers = self._post if not stream else (*self._post[:1], ("accept", "text/event-stream"), self._post[2])
        return HttpRequest(request.method, url, headers, dump(request.body))

    def upload(self, path: str, body: Any, boundary: str) -> HttpRequest:
        """Return a multipart request to the upload host."""
        kind = ("content-type", f"multipart/form-data; boundary={boundary}")
        size = len(body) if isinstance(body, bytes) else body.size
        seconds = self._timeout + size / _SLOWEST
        return HttpRequest("POST", self._hosts["upload"] + path, (*self._get, kind), body, seconds, media=True)

    def clean(self, body: bytes) -> bytes:
        """Return a body without the key, should a server echo it: what is read from it is shown and logged."""
        return body.replace(self._key, b"...") if self._key in body and len(self._key) >= _A_KEY else body

    def endpoint(self, request: Request) -> str:
        """Return method and path, for messages."""
        return f"{request.method} {request.path}"


def dump(body: Any) -> bytes:
    """Return a body as compact JSON in UTF-8.

    Raises:
        InvalidInput: there is something in it that JSON cannot say (NaN, half a character, an object).

    """
    try:
        return json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidInput(f"The input cannot be sent as JSON ({error}).") from None


def fingerprint(model: str, inputs: Mapping[str, Any]) -> str:
    """Return the hash of a request's content: the same model with the same input has the same one."""
    import hashlib

    try:
        text = json.dumps([model, inputs], sort_keys=True, separators=(",", ":"))
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidInput(f"The input cannot be sent as JSON ({error}).") from None
    return hashlib.sha256(text.encode()).hexdigest()
