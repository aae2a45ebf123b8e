"""Write the reference pages of the documentation out of the docstrings.

python tools/make_reference.py            # writes docs/reference/
python tools/make_reference.py --check    # exit code 1 where a page is not what the docstrings say
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import re
import sys
from pathlib import Path
from typing import Any, NamedTuple

#: Classes that nobody makes by hand: their signatures would only distract.
HANDED_OUT = frozenset(
    (
        *("AsyncChatStream", "AsyncOutput", "AsyncResult", "AsyncTask", "ChatChunk", "ChatReply", "ChatStream"),
        *("Model", "Output", "Result", "Task"),
    )
)
OUT = Path(__file__).parent.parent / "docs" / "reference"


class Page(NamedTuple):
    """A page: its heading, what stands at its top, and the names on it ("module:name")."""

    title: str
    intro: str
    names: tuple[str, ...]


def _errors() -> tuple[str, ...]:
    from kie import errors

    return tuple(f"kie.errors:{name}" for name in ("KieError", *(n for n in errors.__all__ if n != "KieError")))


def pages() -> dict[str, Page]:
    """Return the pages by file name."""
    return {
        "client.md": Page(
            "Client",
            "`Kie` blocks; `AsyncKie` has the same names, awaited. Both are `from kie import …`.",
            ("kie:Kie", "kie:AsyncKie", "kie:Limiter", "kie:ResultCache", "kie:__version__"),
        ),
        "results.md": Page(
            "Tasks and results",
            "What a client hands out. The asynchronous forms have the same names; what talks to kie.ai is awaited.",
            (
                *("kie:Task", "kie:TaskState", "kie:TaskError", "kie:Result", "kie:Output", "kie:UploadedFile"),
                *(
                    "kie:ChatReply",
                    "kie:ChatStream",
                    "kie:ChatChunk",
                    "kie:AsyncChatStream",
                    "kie:AsyncTask",
                    "kie:AsyncResult",
                    "kie:AsyncOutput",
                ),
            ),
        ),
        "catalogue.md": Page(
            "Catalogue and money",
            "`kie.models` is a `Catalogue`; its values are `Model` objects.",
            (
                *("kie.catalogue:Catalogue", "kie.catalogue:Model", "kie.catalogue:Resolution", "kie:Price"),
                *("kie.money:Currency", "kie.money:currency", "kie.money:usd", "kie.money:credits_of"),
            ),
        ),
        "errors.md": Page(
            "Error classes",
            "Causes, money and what to do are in the [guide](../guide/errors.md).",
            _errors(),
        ),
        "webhooks.md": Page(
            "Webhooks",
            "In `kie.webhooks`. How to use them: [the guide](../guide/webhooks.md).",
            (
                *("kie.webhooks:verify", "kie.webhooks:read_callback", "kie.webhooks:KieWebhookApp"),
                "kie:CallbackHint",
            ),
        ),
        "emulator.md": Page(
            "Emulator",
            "In `kie.emulator`, with the extra `emulator`. How to use it: [the guide](../guide/emulator.md).",
            ("kie.emulator:Emulator", "kie.emulator:Fault", "kie.emulator:Script"),
        ),
        "testing.md": Page(
            "Tests",
            "In `kie.testing`. Fixtures, marker and options: [Tests with pytest](../emulator/testing.md).",
            (
                *("kie.testing:assert_spend", "kie.testing:assert_client_ok", "kie.testing.strategies:fault_scripts"),
                *("kie.testing:EmulatorServer", "kie.testing:NetworkBlocked"),
            ),
        ),
    }


# ---------------------------------------------------------------------------------------------------------- docstrings

_SECTION = re.compile(r"^(Args|Attributes|Raises|Returns|Yields):\s*$")
_ITEM = re.compile(r"^([\w*, .\"']+?):\s+(.*)$")


def code(text: str) -> str:
    """Turn the double backticks of docstrings into Markdown's single ones."""
    return text.replace("``", "`")


def _items(lines: list[str]) -> list[tuple[str, str]]:
    """Read "name: words" items, whose continued lines are indented."""
    found: list[tuple[str, str]] = []
    for line in lines:
        match = _ITEM.match(line)
        if match and not line.startswith(" "):
            found.append((match[1], match[2]))
        elif found and line.strip():
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.strip()}")
        elif line.strip():
            found.append(("", line.strip()))
    return found


def rendered(doc: str) -> list[str]:
    """Return a docstring of Google's form as Markdown lines."""
    lines = inspect.cleandoc(doc).splitlines()
    out: list[str] = []
    index = 0
    while index < len(lines):
        heading = _SECTION.match(lines[index])
        if not heading:
            out.append(code(lines[index]))
            index += 1
            continue
        index += 1
        block: list[str] = []
        while index < len(lines) and (lines[index].startswith("    ") or not lines[index].strip()):
            block.append(lines[index].removeprefix("    "))
            index += 1
        out += [f"**{heading[1]}**", ""]
        for name, words in _items(block):
            label = ", ".join(f"`{part.strip()}`" for part in name.split(",")) if name else ""
            out.append(f"- {label}: {code(words)}" if label else f"- {code(words)}")
        out.append("")
    return out


class _Bare:
    """An annotation that is shown as its text, without quotes."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text


def _bare(annotation: Any) -> Any:
    return _Bare(annotation) if isinstance(annotation, str) else annotation


def signature(function: Any, name: str) -> str:
    """Return a signature without ``self``, one parameter a line where it is long."""
    plain = function.__func__ if isinstance(function, classmethod) else function
    found = inspect.signature(plain)
    parameters = [p.replace(annotation=_bare(p.annotation)) for p in found.parameters.values()]
    parameters = [p for p in parameters if p.name not in ("self", "cls")]
    back = "" if found.return_annotation is found.empty else f" -> {_bare(found.return_annotation)}"
    inner = str(found.replace(parameters=parameters, return_annotation=found.empty))[1:-1]
    if len(name) + len(inner) + len(back) <= 98 or not parameters:
        return f"{name}({inner}){back}"
    parts = re.split(r", (?![^\[(]*[\])])", inner)
    return f"{name}(\n" + "".join(f"    {part},\n" for part in parts) + f"){back}"


def members(kind: type) -> list[tuple[str, Any]]:
    """Return the public methods and properties that a class and its own bases define, in the order of the source."""
    found: dict[str, Any] = {}
    bases = (kind,) if issubclass(kind, BaseException) else reversed(kind.__mro__)  # what errors share is told once
    for base in bases:
        if base.__module__.startswith("kie"):
            found |= {name: value for name, value in vars(base).items() if not name.startswith("_")}
    return [(n, v) for n, v in found.items() if isinstance(v, (property, classmethod)) or inspect.isfunction(v)]


def described(name: str, thing: Any) -> list[str]:
    """Return the Markdown of one public name."""
    out = [f"## {name}", ""]
    if not (inspect.isclass(thing) or callable(thing)):
        return [*out, f"`{thing!r}`" if name != "__version__" else "The version of the package, as text.", ""]
    if inspect.isclass(thing):
        made_by_users = not issubclass(thing, (BaseException, tuple)) and name not in HANDED_OUT
        if made_by_users:
            out += ["```text", signature(thing.__init__, name).replace(" -> None", ""), "```", ""]
        out += [*rendered(thing.__doc__ or ""), ""]
        for member, value in members(thing):
            doc = value.__doc__ or (value.fget.__doc__ if isinstance(value, property) else "") or ""
            if isinstance(value, property):
                out += [f"### {name}.{member}", "", *rendered(doc), ""]
            else:
                wait = "await " if inspect.iscoroutinefunction(value) else ""
                out += [f"### {name}.{member}", "", "```text", wait + signature(value, member), "```", ""]
                out += [*rendered(doc), ""]
        return out
    return [*out, "```text", signature(thing, name), "```", "", *rendered(thing.__doc__ or ""), ""]


def page(spec: Page) -> str:
    """Return a page as Markdown."""
    out = [f"# {spec.title}", "", spec.intro, ""]
    for place in spec.names:
        module, _, name = place.partition(":")
        out += described(name, getattr(importlib.import_module(module), name))
    text = "\n".join(line.rstrip() for line in out)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Write the pages, or compare them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a page is out of date")
    chosen = parser.parse_args(arguments)
    stale = 0
    for name, spec in pages().items():
        path, text = OUT / name, page(spec)
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        if chosen.check:
            print(f"{path.name} is not what the docstrings say; run: python tools/make_reference.py")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"{path.name} written")
    return 1 if chosen.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
