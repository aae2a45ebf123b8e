"""What references lead to: inputs, steps and their items, with the files, texts and data that these made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kie.service.flows.references import UNKNOWN, Node

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FACTS", "File", "Item", "StepItems", "Steps", "as_links", "as_records", "from_records", "scope_of"]

#: What can be asked of an item.
FACTS = ("outputs", "text", "texts", "data", "extras", "task", "cost", "item", "index", "model")


class File(NamedTuple):
    """A file that a step made.

    Attributes:
        step: which step.
        place: of the item that it was made for, 0 where there is one only.
        position: which file of that item, from 0.
        url: its link at kie.ai, or None for one that was made here.
        sha256: its content's, once it is stored.
        size: bytes, or None.
        type: media type by its bytes, or "".
        generation: which generation, or None.

    """

    step: str
    place: int
    position: int
    url: str | None = None
    sha256: str | None = None
    size: int | None = None
    type: str = ""
    generation: str | None = None

    @property
    def name(self) -> str:
        """Its name within its run."""
        return f"{self.step}/{self.place}/{self.position}"

    def __str__(self) -> str:
        """Its link, as it stands within a text."""
        return self.url or self.sha256 or ""


class Item(Node):
    """An item of a step that succeeded.

    Args:
        step: which step.
        place: which item, 0 where there is one only.
        facts: what is known of it, by the names in `FACTS`; in a plan, `UNKNOWN` for what the run will tell.

    """

    __slots__ = ("facts", "place", "step")

    def __init__(self, step: str, place: int, facts: Mapping[str, Any]) -> None:
        self.step = step
        self.place = place
        self.facts = facts

    def find(self, part: str | int) -> Any:
        """Return a fact."""
        if part == "index":
            return self.place
        return self.facts.get(part) if isinstance(part, str) else None


class StepItems(Node):
    """A step: its items by their places.

    Args:
        fan: whether it is done for each of a list: its facts are lists then.
        items: those that succeeded.

    """

    __slots__ = ("fan", "items")

    def __init__(self, items: Mapping[int, Item], *, fan: bool) -> None:
        self.items = dict(sorted(items.items()))
        self.fan = fan

    def find(self, part: str | int) -> Any:
        """Return an item by its place, or a fact: of the one item, or a list of all items' facts."""
        if isinstance(part, int):
            return self.items.get(part)
        if not self.fan:
            return self.items[0].find(part) if 0 in self.items else None
        facts = [item.find(part) for item in self.items.values()]
        if part == "outputs":
            return [file for outputs in facts for file in (outputs or ())]
        return [fact for fact in facts if fact is not None]


class Steps(Node):
    """All steps by name."""

    __slots__ = ("steps",)

    def __init__(self, steps: Mapping[str, StepItems]) -> None:
        self.steps = steps

    def find(self, part: str | int) -> Any:
        """Return a step."""
        return self.steps.get(part) if isinstance(part, str) else None


def scope_of(inputs: Mapping[str, Any], steps: Mapping[str, StepItems], run: Mapping[str, Any]) -> dict[str, Any]:
    """Return what first names of references stand for, but for the item of a ``for_each``."""
    return {"inputs": dict(inputs), "steps": Steps(steps), "run": dict(run)}


def as_links(value: Any) -> Any:
    """Show files as their links at kie.ai, as models take them; a file made here stays what it is."""
    if isinstance(value, File):
        return value.url if value.url is not None else value
    if isinstance(value, list):
        return [as_links(inner) for inner in value]
    if isinstance(value, dict):
        return {name: as_links(inner) for name, inner in value.items()}
    return UNKNOWN if isinstance(value, Node) else value


def as_records(value: Any) -> Any:
    """Show files as records, as the outputs of a run tell them; `from_records` reads them."""
    if isinstance(value, File):
        return {name: told for name, told in value._asdict().items() if told not in (None, "")}
    if isinstance(value, list):
        return [as_records(inner) for inner in value]
    if isinstance(value, dict):
        return {name: as_records(inner) for name, inner in value.items()}
    return None if isinstance(value, Node) else value


def from_records(value: Any, files: Mapping[str, File]) -> Any:
    """Return a value in which files were shown as records; ``files`` are those of the run, by `File.name`.

    What only looks like the record of a file stays what it is: nobody gets a file by writing down its digest.
    """
    if isinstance(value, list):
        return [from_records(inner, files) for inner in value]
    if isinstance(value, dict):
        if {"step", "place", "position"} <= value.keys():
            return files.get(f"{value['step']}/{value['place']}/{value['position']}", value)
        return {name: from_records(inner, files) for name, inner in value.items()}
    return value
