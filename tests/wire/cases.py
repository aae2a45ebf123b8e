"""What a case of the wire's tables is, and how a reader is held against it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kie.catalogue.files import default_catalogue
from kie.errors import KieError
from kie.wire.read import Reader, reader_of
from kie.wire.state import TaskError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ANY", "Case", "bad", "envelope", "faults", "good", "missed", "reader", "song"]

CDN = "https://cdn.example.com"
#: Stands where a case does not care.
ANY: Any = object()
_RESULT_FIELDS = ("state", "outputs", "text", "credits", "progress", "texts", "data", "word", "settling", "expired")


@dataclass(frozen=True, slots=True)
class Case:
    """A reply of one dialect and what must be read out of it.

    ``raises`` names an error's class (``code`` its code, ``told`` a part of its text); else the other fields say what
    the state holds. ``unknown`` says that the reply holds a word which no dialect knows.
    """

    name: str
    dialect: str
    body: Any
    state: str = ""
    raises: str = ""
    code: Any = ANY
    outputs: tuple[str, ...] = ()
    text: str | None = None
    texts: Any = ANY
    error: tuple[str, str] | None = None
    credits: Any = ANY
    progress: Any = ANY
    data: Any = ANY
    word: Any = ANY
    extras: dict[str, tuple[str, ...]] = field(default_factory=dict)
    settling: bool = False
    expired: bool = False
    status: int = 200
    result: str | None = None
    told: str = ""
    unknown: bool = False
    groups: tuple[int, ...] = ()

    @property
    def id(self) -> str:
        """The name under which pytest shows the case."""
        groups = "".join(f"[{n}]" for n in self.groups)
        return f"{groups}{self.dialect}: {self.name}"

    @property
    def wire(self) -> bytes:
        """The body as bytes."""
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


def envelope(data: Any, code: Any = 200, msg: str = "success") -> dict[str, Any]:
    """Wrap a record as the vendor does."""
    return {"code": code, "msg": msg, "data": data}


def good(dialect: str, name: str, record: Any, state: str, /, **expected: Any) -> Case:
    """Make a case of a record inside a good envelope."""
    return Case(name, dialect, envelope(record), state, **expected)


def bad(dialect: str, name: str, body: Any, raises: str, **expected: Any) -> Case:
    """Make a case of a reply that is an error."""
    return Case(name, dialect, body, raises=raises, **expected)


def song(n: int, *, snake: bool, **more: Any) -> dict[str, Any]:
    """Make one of the songs of a reply: camelCase on the old endpoint, snake_case on createTask and in callbacks."""
    url = f"{CDN}/song{n}"
    links = {"audio_url": f"{url}.mp3", "stream_audio_url": f"{url}-stream", "image_url": f"{url}.jpeg"}
    if not snake:
        links = {"audioUrl": f"{url}.mp3", "streamAudioUrl": f"{url}-stream", "imageUrl": f"{url}.jpeg"}
    return {"id": f"song-{n}", **links, "title": "Rain", "tags": "folk", "duration": 181.4, **more}


def reader(dialect: str) -> Reader:
    """Return the reader of a dialect of the catalogue that ships."""
    return reader_of(default_catalogue().dialect(dialect))


def _differs(case: Case, name: str, got: Any) -> str | None:
    wanted = getattr(case, name)
    if wanted is ANY:
        return None
    if name == "credits" and wanted is not None:
        wanted = Decimal(wanted)
    return None if got == wanted else f"{name}: {got!r} instead of {wanted!r}"


def faults(case: Case, using: Reader | None = None) -> list[str]:
    """Return what is read differently from what the case says; nothing where all is well."""
    used = using or reader(case.dialect)
    try:
        state = used.reply(case.status, case.wire, model="m", task_id="t", result=case.result)
    except KieError as error:
        if not case.raises:
            return [f"raised {type(error).__name__}: {error}"]
        out = (
            [] if type(error).__name__ == case.raises else [f"{type(error).__name__} instead of {case.raises}: {error}"]
        )
        if case.code is not ANY and error.code != case.code:
            out.append(f"code: {error.code!r} instead of {case.code!r}")
        if case.told not in str(error):
            out.append(f"{case.told!r} is not in {error}")
        return out
    if case.raises:
        return [f"{case.raises} was not raised; state {state.state!r}"]
    out = [fault for name in _RESULT_FIELDS if (fault := _differs(case, name, getattr(state, name)))]
    if (state.word in used._unknown) is not case.unknown:
        out.append(f"the word {state.word!r} is {'unknown' if not case.unknown else 'known'}")
    wanted = TaskError(*case.error) if case.error is not None else None
    if state.error != wanted:
        out.append(f"error: {state.error!r} instead of {wanted!r}")
    if dict(state.extras) != case.extras:
        out.append(f"extras: {dict(state.extras)!r} instead of {case.extras!r}")
    return out


def missed(cases: Iterable[Case], using: Reader) -> bool:
    """Whether no case of a table notices that a reader is another than the right one."""
    return not any(faults(case, using) for case in cases)
