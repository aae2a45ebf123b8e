"""A documented input schema → facts only: no prose, no examples, files marked, alternatives merged."""

from __future__ import annotations

from typing import Any

from tools.catalogue_import.prose import file_limits, mine

__all__ = ["facts"]

_KEEP = (
    "type", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
    "minLength", "maxLength", "pattern", "format", "minItems", "maxItems", "uniqueItems", "required", "default",
    "deprecated",
)  # fmt: skip
_TOPS = ("oneOf", "anyOf", "allOf")

_IMAGE = {
    "image_url", "image_urls", "image_input", "input_urls", "image", "first_frame", "first_frame_url",
    "last_frame_url", "first_frame_image_url", "last_frame_image_url", "end_image_url", "tail_image_url",
    "reference_image", "reference_image_urls", "mask_url", "reference_mask_urls", "imageUrl", "imageUrls",
    "inputImage", "input_image", "filesUrl", "files_url", "file_url", "referenceImage", "fileUrls",
}  # fmt: skip
_VIDEO = {
    "video_url", "video_urls", "videoUrl", "reference_video", "reference_video_urls", "first_clip_url",
    "character_file_url",
}  # fmt: skip
_AUDIO = {
    "audio_url", "audioUrl", "driving_audio_url", "reference_audio_urls", "reference_voice", "upload_url",
    "uploadUrl", "upload_url_list", "uploadUrlList", "voice_url", "voiceUrl", "verify_url", "verifyUrl",
    "element_input_audio_urls",
}  # fmt: skip
_ANY = {"element_input_urls", "reference_file_urls", "file_uri"}
_CALLBACKS = {"callBackUrl", "calBackUrl"}


def file_kind(model: str, field: str, parent: str) -> str | None:
    """Return the kind of file whose URL a field wants, or None."""
    if field == "url":
        return {"video_list": "video", "image_url": "image"}.get(parent)
    if field == "fileUrl":
        return "any" if model.startswith("api/") else "image"
    for kind, names in (("image", _IMAGE), ("video", _VIDEO), ("audio", _AUDIO), ("any", _ANY)):
        if field in names:
            return kind
    return None


def facts(model: str, schema: dict[str, Any] | None, *, flat: bool, chat: bool) -> dict[str, Any]:
    """Return the facts of a model's input.

    Args:
        model: its id.
        schema: what the vendor's document says, or None where there is none.
        flat: the schema is a whole body; its callback field is not part of the input.
        chat: the same, and a constant ``model`` is not part of the input either.

    """
    if schema is None:
        return {"type": "object", "additionalProperties": True}
    out = _node(model, schema, ())
    out = {"type": "object", **_merged(out)}
    if flat or chat:
        drop = set(_CALLBACKS) | ({"model"} if chat else set())
        out["properties"] = {k: v for k, v in out.get("properties", {}).items() if k not in drop}
        out["required"] = [name for name in out.get("required", []) if name not in drop]
    if not out.get("required"):
        out.pop("required", None)
    return out


def _node(model: str, schema: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    field = path[-1] if path else ""
    text = schema.get("description") if isinstance(schema.get("description"), str) else ""
    for key in _KEEP:
        if key in schema and not isinstance(schema[key], dict):
            out[key] = schema[key]
    _tidy(out)
    if isinstance(schema.get("properties"), dict):
        out["properties"] = {
            name.strip(): _node(model, value, (*path, name.strip()))
            for name, value in schema["properties"].items()
            if isinstance(value, dict) and value
        } | {name.strip(): {} for name, value in schema["properties"].items() if value == {}}
        if not out["properties"]:
            del out["properties"]
    if isinstance(schema.get("items"), dict):
        out["items"] = _node(model, schema["items"], (*path, "[]"))
    for key in _TOPS:
        if isinstance(schema.get(key), list):
            members = [_node(model, each, path) for each in schema[key] if isinstance(each, dict)]
            if not path:  # references that could not be resolved stand as {"type": "string"} in our copy
                members = [each for each in members if each not in ({"type": "string"}, {})]
            if members:
                out[key] = members
    for key in ("not", "if", "then", "else"):
        if isinstance(schema.get(key), dict):
            out[key] = _node(model, schema[key], path)
    more = schema.get("additionalProperties")
    if isinstance(more, dict):
        out["additionalProperties"] = _node(model, more, path)
    elif more is not None:
        out["additionalProperties"] = more
    if field and field != "[]":
        out.update(mine(model, field, text or "", out))
        _mark_file(model, path, out, text or "", schema)
    return out


def _tidy(out: dict[str, Any]) -> None:
    """Drop what says nothing: empty defaults of forms, a boolean's enum, a range beside the list of its values."""
    if out.get("default", 0) in (None, "", [], [""]):
        del out["default"]
    if out.get("type") == "boolean":
        out.pop("enum", None)
    if "enum" in out:
        out.pop("minimum", None)
        out.pop("maximum", None)
    if out.get("deprecated") is False:
        del out["deprecated"]
    if out.get("minLength") == 0:
        del out["minLength"]
    if out.get("minItems") == 0:
        del out["minItems"]
    if out.get("multipleOf") == 1 and out.get("type") == "integer":
        del out["multipleOf"]


def _mark_file(model: str, path: tuple[str, ...], out: dict[str, Any], text: str, schema: dict[str, Any]) -> None:
    parent = next((p for p in reversed(path[:-1]) if p != "[]"), "")
    kind = file_kind(model, path[-1], parent)
    if kind is None:
        return
    items = schema.get("items") if isinstance(schema.get("items"), dict) else {}
    megabytes = schema.get("x-max-file-mb", (items or {}).get("x-max-file-mb"))
    extra = (items or {}).get("description")
    mark = {"kind": kind, **file_limits(kind, f"{text} {extra or ''}", megabytes)}
    if out.get("type") == "array":
        out.setdefault("items", {"type": "string"})["x-file"] = mark
    elif out.get("type") == "string":
        out["x-file"] = mark


# ---------------------------------------------------------------------------------------------------- alternatives


def _merged(out: dict[str, Any]) -> dict[str, Any]:
    """Lift the fields of a top-level oneOf/anyOf into ``properties``; the branches keep what tells them apart."""
    for word in ("oneOf", "anyOf"):
        branches = out.get(word)
        if not branches or not any("properties" in branch for branch in branches):
            continue
        union = dict(out.get("properties", {}))
        for branch in branches:
            for name, schema in branch.get("properties", {}).items():
                union[name] = _union(union[name], schema) if union.get(name) else schema
        out["properties"] = union
        common = set.intersection(*(set(branch.get("required", ())) for branch in branches))
        out["required"] = [*out.get("required", ()), *sorted(common - set(out.get("required", ())))]
        kept = [_branch(branch, union, common) for branch in branches]
        out.pop(word)
        if any(kept):
            out["anyOf"] = kept
        break
    for member in out.get("allOf", ()):
        for branch in member.get("anyOf", ()):
            branch.pop("properties", None)
            branch.pop("type", None)
    return out


def _branch(branch: dict[str, Any], union: dict[str, Any], common: set[str]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    required = [name for name in branch.get("required", ()) if name not in common]
    if required:
        out["required"] = required
    tighter = {
        name: diff
        for name, schema in branch.get("properties", {}).items()
        if (diff := {k: v for k, v in _bounds(schema).items() if _bounds(union[name]).get(k) != v})
    }
    if tighter:
        out["properties"] = tighter
    if "not" in branch:
        out["not"] = branch["not"]
    elif branch.get("additionalProperties") is False:
        absent = [{"required": [name]} for name in union if name not in branch["properties"]]
        if absent:
            out["not"] = {"anyOf": absent}
    return out


def _bounds(schema: dict[str, Any]) -> dict[str, Any]:
    return {k: schema[k] for k in ("enum", "const", "minItems", "maxItems", "minimum", "maximum") if k in schema}


def _union(one: dict[str, Any], two: dict[str, Any]) -> dict[str, Any]:
    """Return the schema that admits what either of two schemas of one field admits."""
    if one == two:
        return one
    if {one.get("type"), two.get("type")} == {"string", "integer"}:  # a reference that could not be resolved
        return one if one.get("type") == "integer" else two
    out = {key: value for key, value in one.items() if two.get(key) == value}
    for low in ("minItems", "minLength", "minimum"):
        if low in one and low in two:
            out[low] = min(one[low], two[low])
    for high in ("maxItems", "maxLength", "maximum"):
        if high in one and high in two:
            out[high] = max(one[high], two[high])
    if "enum" in one and "enum" in two:
        out["enum"] = [*one["enum"], *(v for v in two["enum"] if v not in one["enum"])]
    for inner in ("items", "properties"):
        if inner in one and inner in two:
            out[inner] = one[inner] if len(str(one[inner])) >= len(str(two[inner])) else two[inner]
    if "x-file" in one:
        out["x-file"] = one["x-file"]
    return {key: out[key] for key in (*_KEEP, "items", "properties", "x-file") if key in out}
