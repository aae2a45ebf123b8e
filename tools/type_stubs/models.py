"""Every model that ``run`` takes → the class of its keywords, the names that lead to it, the unions of the helpers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kie.errors import ModelUnavailable
from tools.type_stubs.fields import Annotator, camel, limits

if TYPE_CHECKING:
    from kie.catalogue import Catalogue, Model

__all__ = ["OWN", "Field", "Keywords", "chats", "collect", "helper_choices", "helper_models"]

#: Keywords of ``run`` itself. A native field of the same name could not be given by keyword.
OWN = frozenset(("input", "callback_url", "timeout", "max_credits", "extra"))
_SHAPES = frozenset(("task", "immediate", "follow-up"))
#: Helper → kinds and tasks of the models that fit it.
_HELPERS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "ImageModel": (frozenset({"image"}), frozenset({"text-to-image", "image-to-image", "image-edit"})),
    "VideoModel": (
        frozenset({"video"}),
        frozenset({"text-to-video", "image-to-video", "reference-to-video", "transition"}),
    ),
    "SpeechModel": (frozenset({"audio"}), frozenset({"text-to-speech"})),
    "SoundModel": (frozenset({"audio"}), frozenset({"sound-effect"})),
    "MusicModel": (frozenset({"music"}), frozenset({"text-to-music"})),
    "UpscaleModel": (frozenset({"image", "video"}), frozenset({"upscale"})),
    "BackgroundModel": (frozenset({"image", "data"}), frozenset({"background-removal"})),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One keyword: its name, its annotation, whether it must be given, a comment."""

    name: str
    annotation: str
    required: bool
    comment: str


@dataclass(frozen=True, slots=True)
class Keywords:
    """The class of one model's keywords.

    Attributes:
        name: the name of the class.
        model: the model.
        names: id and other names of the model, the id first.
        fields: the keywords.
        nested: the classes of nested objects.

    """

    name: str
    model: Model
    names: tuple[str, ...]
    fields: tuple[Field, ...]
    nested: dict[str, list[tuple[str, str, bool, str]]] = field(default_factory=dict)


def _fitting(catalogue: Catalogue) -> list[Model]:
    models = (catalogue.entry(name) for name in catalogue)
    return [
        m
        for m in models
        if m.dialect.shape in _SHAPES and m.standing != "retired" and catalogue.retirement(m.id) is None
    ]


def _order(model: Model) -> tuple[int, str]:
    standings = ("current", "legacy", "undocumented")
    return (standings.index(model.standing) if model.standing in standings else len(standings)), model.id


def _class_name(model: Model, taken: set[str]) -> str:
    name, vendor = camel(model.id), camel(model.vendor)
    if name[0].isdigit() or (model.standing == "legacy" and not name.startswith(vendor)):
        name = vendor + name
    while f"{name}Input" in taken:
        name += "Other"
    return f"{name}Input"


def _names(catalogue: Catalogue) -> dict[str, dict[frozenset[str], list[str]]]:
    """Return id → inputs that a name implies → names."""
    out: dict[str, dict[frozenset[str], list[str]]] = {}
    finder = catalogue._names  # noqa: SLF001 - the names themselves are not public
    for name in sorted({*catalogue, *finder._pairs, *finder._aliases}):  # noqa: SLF001
        try:
            found = catalogue.resolve(name)
        except ModelUnavailable:
            continue
        out.setdefault(found.model.id, {}).setdefault(frozenset(found.preset), []).append(name)
    return out


def _fields(model: Model, annotator: Annotator, implied: frozenset[str]) -> tuple[Field, ...]:
    roles = {
        role: target
        for role, target in model.roles.items()
        if role not in model.fields and role not in OWN and annotator.role(role, target) is not None
    }
    other = {target.partition("[")[0] for target in roles.values()}
    out = []
    for name, schema in model.fields.items():
        if name in OWN or not name.isidentifier():
            continue
        free = name not in model.required or schema.get("default") is not None or name in other or name in implied
        out.append(Field(name, annotator.field(name), not free, limits(schema)))
    for role, target in roles.items():
        annotation = annotator.role(role, target)
        assert annotation is not None  # filtered above
        out.append(Field(role, annotation, required=False, comment=f"= {target}"))
    return tuple(out)


def collect(catalogue: Catalogue) -> list[Keywords]:
    """Return the keywords of every model that ``run`` takes and that is not retired, current ones first.

    Checkers try the overloads in this order.
    """
    names = _names(catalogue)
    taken: set[str] = set()
    out: list[Keywords] = []
    for model in sorted(_fitting(catalogue), key=_order):
        name = _class_name(model, taken)
        annotator = Annotator(model, name, catalogue.roles)
        fields = _fields(model, annotator, frozenset())
        if not fields and model.schema.get("additionalProperties") is True:
            continue  # nothing is known of its inputs: they go as one mapping
        must = {f.name for f in fields if f.required}
        plain: list[str] = []
        implying: dict[frozenset[str], list[str]] = {}
        for implied, group in names.get(model.id, {}).items():
            if must & implied:
                implying.setdefault(frozenset(must & implied), []).extend(group)
            else:
                plain.extend(group)
        ordered = tuple(sorted(set(plain), key=lambda n, own=model.id: (n != own, n)))  # type: ignore[misc]
        taken.add(name)
        if ordered:
            out.append(Keywords(name, model, ordered, fields, annotator.nested))
        for number, (implied, group) in enumerate(sorted(implying.items(), key=lambda item: sorted(item[0]))):
            own = f"{name.removesuffix('Input')}Implied{number or ''}Input"
            taken.add(own)
            some = _fields(model, Annotator(model, name, catalogue.roles), implied)
            out.append(Keywords(own, model, tuple(sorted(group)), some, {}))
    return out


def helper_models(catalogue: Catalogue) -> dict[str, list[str]]:
    """Return the ids that fit each helper, current ones first."""
    out: dict[str, list[str]] = {}
    models = sorted(_fitting(catalogue), key=_order)
    for helper, (kinds, tasks) in _HELPERS.items():
        out[helper] = [m.id for m in models if m.kind in kinds and tasks & set(m.tasks)]
    return out


def chats(catalogue: Catalogue) -> list[str]:
    """Return the ids of the chat models."""
    models = (catalogue.entry(name) for name in catalogue)
    return [m.id for m in models if m.dialect.shape == "chat" and m.standing != "retired"]


def helper_choices(catalogue: Catalogue) -> dict[str, list[Any]]:
    """Return the values that some model of a helper takes for a role, so that an editor can offer them."""
    models = helper_models(catalogue)
    out: dict[str, list[Any]] = {}
    for name, helper, role in (
        ("ImageAspectRatio", "ImageModel", "aspect_ratio"),
        ("ImageResolution", "ImageModel", "resolution"),
        ("VideoAspectRatio", "VideoModel", "aspect_ratio"),
        ("VideoResolution", "VideoModel", "resolution"),
        ("Voice", "SpeechModel", "voice"),
    ):
        found: dict[str, None] = {}
        for model_id in models[helper]:
            model = catalogue.entry(model_id)
            target = role if role in model.fields else model.roles.get(role, "")
            found.update(dict.fromkeys(v for v in model.fields.get(target, {}).get("enum", ()) if isinstance(v, str)))
        out[name] = sorted(found)
    return out
