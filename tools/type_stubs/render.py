"""The text of the two generated files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.type_stubs.fields import literal
from tools.type_stubs.models import chats, collect, helper_choices, helper_models

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kie.catalogue import Catalogue
    from tools.type_stubs.models import Keywords

__all__ = ["overloads", "types"]

COMMAND = "python tools/make_types.py"
_TYPES_HEAD = f'''\
"""The inputs of every model as types. Generated from the catalogue by ``{COMMAND}``: do not edit.

Each model has a ``TypedDict`` of its inputs by native name and by role; ``Kie.run`` and ``Kie.submit`` are checked
against it. The client imports nothing from here at run time; who wants a type may::

    from kie.types import {{example}}

    inputs: {{example}} = {{{{"prompt": "waves"}}}}

What a model needs is required here, unless it has a default or may be given by native name or by role: then the run
time alone can say that both are missing. None means "not given". The comments are the vendor's facts of the date that
a class names: defaults, ranges, sizes; ``= field`` names the field that a role stands for.
"""
# ruff: noqa: PYI051, RUF022 -- choices beside `str` are what an editor offers

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from typing import Any, Literal, Protocol, Required, TypeAlias, TypedDict

__all__ = [{{names}}]


class HasLink(Protocol):
    """What is at a link already: an ``Output``, an ``UploadedFile``."""

    @property
    def url(self) -> str:
        """The link."""


class Readable(Protocol):
    """A file open in binary mode."""

    def read(self, size: int = ..., /) -> bytes:
        """Return bytes."""


class Savable(Protocol):
    """An image of Pillow."""

    def save(self, fp: Any, format: str | None = ..., /) -> object:
        """Write the image."""


#: What may stand where a model wants the link of a file. What is no link is uploaded. A text is a link, a path or a
#: data URI.
FileLike: TypeAlias = str | bytes | bytearray | memoryview | PathLike[str] | HasLink | Readable | Savable
#: One file or several.
Files: TypeAlias = FileLike | Sequence[FileLike]
'''

_STUB_HEAD = f'''\
"""``run`` and ``submit`` with the inputs of every model. Generated from the catalogue by ``{COMMAND}``: do not edit.

A call with keywords is checked against the model that its first argument names; ``kie.types`` has the classes. A name
that a checker cannot know (a variable, a model of one's own catalogue, an uncommon spelling) goes with its inputs as
one mapping, the last overload: ``kie.run(name, {{"prompt": "waves"}})``. There is no overload of ``str`` with free
keywords, for a literal is a ``str`` as well and every mistake would match it.
"""
# ruff: noqa: E501, PYI021 -- the lines about a model are for the editor

from collections.abc import Coroutine, Mapping
from decimal import Decimal
from typing import Any, Generic, Literal, TypeVar, Unpack, overload

from kie import types as t
from kie.client.results import AsyncResult, AsyncTask, Result, Task

_TaskT = TypeVar("_TaskT")
_ResultT = TypeVar("_ResultT")

class _Typed(Generic[_TaskT, _ResultT]):
'''

_STUB_TAIL = """
class TypedKie(_Typed[Task, Result]): ...
class TypedAsyncKie(_Typed[Coroutine[Any, Any, AsyncTask], Coroutine[Any, Any, AsyncResult]]): ...
"""


def _class(name: str, words: str, fields: Iterable[tuple[str, str, bool, str]], *, none: bool) -> str:
    lines = [f"class {name}(TypedDict, total=False):", f'    """{words}"""', ""]
    for key, annotation, required, comment in fields:
        shown = f"Required[{annotation}]" if required else f"{annotation} | None" if none else annotation
        lines.append(f"    {key}: {shown}" + (f"  # {comment}" if comment else ""))
    return "\n".join(lines)


def _words(entry: Keywords) -> str:
    model = entry.model
    kind = ", ".join(model.tasks) or model.kind
    source = " of ".join(filter(None, (model.source.get("document"), model.source.get("date"))))
    first = f"{model.title} ({kind})."
    about = f"Facts: {source}." if source else "No document describes it."
    standing = "" if model.standing == "current" else f" {model.standing.capitalize()}."
    return f"{first}\n\n    ``{entry.names[0]}``.{standing}\n    {about}\n    "


def types(catalogue: Catalogue) -> str:
    """Return the text of ``kie/types.py``, before it is formatted."""
    entries = collect(catalogue)
    blocks: list[str] = []
    names = ["FileLike", "Files", "HasLink", "Readable", "Savable"]
    unions = {**helper_models(catalogue), "ChatModel": chats(catalogue), **helper_choices(catalogue)}
    for name, values in unions.items():
        names.append(name)
        blocks.append(f"{name}: TypeAlias = {literal(values)}")
    for entry in entries:
        for nested, nested_fields in reversed(entry.nested.items()):
            names.append(nested)
            about = f"A part of the input of ``{entry.model.id}``."
            blocks.append(_class(nested, about, nested_fields, none=False))
        names.append(entry.name)
        fields = [(f.name, f.annotation, f.required, f.comment) for f in entry.fields]
        blocks.append(_class(entry.name, _words(entry), fields, none=True))
    head = _TYPES_HEAD.format(example="Veo31Input", names=", ".join(f'"{n}"' for n in sorted(names)))
    return "\n\n".join([head, *blocks]) + "\n"


_RUN = (
    "callback_url: str | None = ..., timeout: float | None = ..., max_credits: Decimal | float | str | None = ..., "
    "extra: Mapping[str, Any] | None = ..., "
)
_SUBMIT = _RUN.replace("timeout: float | None = ..., ", "")


def _parameters(entry: Keywords) -> str:
    return f"**params: Unpack[t.{entry.name}]" if entry.fields else ""


def _methods(entries: list[Keywords], name: str, own: str, result: str) -> Iterable[str]:
    for entry in entries:
        what = f"{entry.model.title} ({', '.join(entry.model.tasks) or entry.model.kind})."
        yield (
            f"    @overload\n    def {name}(self, model_id: {literal(entry.names)}, /, *, {own}{_parameters(entry)})"
            f' -> {result}:\n        """{what}"""\n'
        )
    yield (
        f"    @overload\n    def {name}(self, model_id: str, /, input: Mapping[str, Any], *, {own})"
        f' -> {result}:\n        """Any model, its inputs in one mapping; they are judged at run time."""\n'
    )


def overloads(catalogue: Catalogue) -> str:
    """Return the text of ``kie/client/_typed.pyi``, before it is formatted."""
    entries = collect(catalogue)
    for entry in entries:
        if any(f.name == "model_id" for f in entry.fields):
            raise ValueError(f"{entry.model.id} has an input named model_id: name the first argument otherwise.")
    return (
        _STUB_HEAD
        + "\n".join((*_methods(entries, "submit", _SUBMIT, "_TaskT"), *_methods(entries, "run", _RUN, "_ResultT")))
        + _STUB_TAIL
    )
