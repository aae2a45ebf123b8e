"""Which renderer makes what, and what is done when a wheel is missing."""

from importlib import import_module
from typing import Protocol, cast

from kie.emulator.media import FORMATS, KINDS, MediaSpec
from kie.emulator.media.fallback import plain

_NEEDS = {
    "image": ("numpy", "PIL"),
    "upscale": ("numpy", "PIL"),
    "cutout": ("numpy", "PIL"),
    "layers": ("numpy", "PIL"),
    "frame": ("numpy", "PIL", "av"),
    "video": ("numpy", "PIL", "av"),
    "speech": ("numpy",),
    "sound": ("numpy",),
    "music": ("numpy",),
}
_SUITS = {
    "image": ("png", "jpeg", "webp"),
    "cutout": ("png", "webp"),
    "layers": ("png", "jpeg", "webp"),
    "frame": ("png", "jpeg", "webp"),
    "video": ("mp4", "mov"),
    "upscale": ("png", "jpeg", "webp", "mp4", "mov"),
    "speech": ("mp3", "wav"),
    "sound": ("mp3", "wav"),
    "music": ("mp3", "wav"),
}


class _Renderer(Protocol):
    def render(self, spec: MediaSpec) -> bytes: ...


def suited(kind: str, form: str) -> str:
    """Return the format itself if the kind can have it, else the kind's usual one."""
    return form if form in _SUITS[kind] else _SUITS[kind][0]


def missing(kind: str) -> str:
    """Return the first package that a kind needs and that is not installed, or nothing."""
    for name in _NEEDS[kind]:
        try:
            import_module(name)
        except ImportError:
            return name
    return ""


def dispatch(spec: MediaSpec) -> bytes:
    """Render a spec with the best renderer there is.

    Raises:
        ValueError: if the kind or the format is unknown.
    """
    if spec.kind not in KINDS:
        raise ValueError(f"Unknown kind of media {spec.kind!r}; known are {', '.join(KINDS)}.")
    if spec.format not in FORMATS:
        raise ValueError(f"Unknown format {spec.format!r}; known are {', '.join(FORMATS)}.")
    form = suited(spec.kind, spec.format)
    lacking = missing(spec.kind)
    if lacking:
        return plain(spec, form, f"no {lacking}")
    module = cast("_Renderer", import_module(f"kie.emulator.media.{spec.kind}"))
    return module.render(spec)
