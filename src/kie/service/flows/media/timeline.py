"""What lies where in a film: pure arithmetic in frames and samples, before a single frame is decoded."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kie.service.flows.media.opening import Film

__all__ = ["RATE", "Part", "Sound", "Timeline", "lay"]

#: Samples a second of every film.
RATE: Final = 48_000


class Part(NamedTuple):
    """One clip in the film.

    Attributes:
        clip: which of the clips.
        start: its first frame in the film.
        frames: how many it lasts; more than the clip has where a voice is longer, then its last frame is held.
        cross: how many of its first frames overlap with the part before.

    """

    clip: int
    start: int
    frames: int
    cross: int


class Sound(NamedTuple):
    """One sound in the film. All places and lengths are samples.

    Attributes:
        kind: "clip", "voice" or "music".
        number: which of its kind.
        start: where it begins.
        length: after which it is cut.
        volume: 1 is as it is.
        fade_in: over how long it comes.
        fade_out: over how long it goes, at the end of its length.
        voices: where voices speak, over which it is turned down; begin and end, from its own start.

    """

    kind: str
    number: int
    start: int
    length: int
    volume: float
    fade_in: int = 0
    fade_out: int = 0
    voices: tuple[tuple[int, int], ...] = ()


class Timeline(NamedTuple):
    """The whole: parts, sounds, length in frames and in samples."""

    parts: tuple[Part, ...]
    sounds: tuple[Sound, ...]
    frames: int
    samples: int


def lay(
    films: Sequence[Film], voices: Sequence[float | None], fps: int, wanted: Mapping[str, Any], *, music: bool
) -> Timeline:
    """Lay clips one after the other, voices over them, music under all.

    Args:
        films: the clips.
        voices: seconds of the voice over each, None where there is none; or empty.
        fps: frames a second of the film.
        wanted: the inputs of ``join``.
        music: whether there is any.

    Returns:
        The timeline. A crossfade is never longer than half of the shorter of its two parts.

    """
    cross = math.floor(wanted["crossfade"] * fps + 0.5)
    own = [max(1, math.floor(film.seconds * fps + 0.5)) for film in films]
    spoken = [voices[at] if at < len(voices) else None for at in range(len(films))]
    needed = []
    for at, voice in enumerate(spoken):
        before = _before(at, cross / fps, wanted)
        after = wanted["voice_pause"] + (cross / fps if at < len(films) - 1 else 0)
        needed.append(0 if voice is None else math.ceil((before + voice + after) * fps - 1e-6))
    lengths = [max(pair) for pair in zip(own, needed, strict=True)]
    parts: list[Part] = []
    start = 0
    for at, length in enumerate(lengths):
        over = min(cross, length // 2, lengths[at - 1] // 2) if at else 0
        start -= over
        parts.append(Part(at, start, length, over))
        start += length

    def sample(frame: int) -> int:
        return round(frame * RATE / fps)

    sounds: list[Sound] = []
    talk: list[tuple[int, int]] = []
    for at, (part, voice) in enumerate(zip(parts, spoken, strict=True)):
        begin, end = sample(part.start), sample(part.start + part.frames)
        said: tuple[tuple[int, int], ...] = ()
        if voice is not None:
            speaks = begin + round(_before(at, part.cross / fps, wanted) * RATE)
            length = min(end - speaks, math.ceil(voice * RATE))
            talk.append((speaks, speaks + length))
            said = ((speaks - begin, speaks - begin + length),)
            sounds.append(Sound("voice", at, speaks, length, wanted["voice_volume"]))
        if films[at].sound:
            going = parts[at + 1].cross if at + 1 < len(parts) else 0
            length = sample(part.start + min(part.frames, own[at])) - begin
            fades = sample(part.cross), sample(going) if own[at] >= part.frames else 0
            sounds.append(Sound("clip", at, begin, length, wanted["clip_volume"], *fades, said))
    total = sample(start)
    if music:
        fade = min(total, round(wanted["fade_out"] * RATE))
        sounds.append(Sound("music", 0, 0, total, wanted["music_volume"], 0, fade, tuple(talk)))
    return Timeline(tuple(parts), tuple(sounds), start, total)


def _before(at: int, cross: float, wanted: Mapping[str, Any]) -> float:
    """Return the seconds of a part before its voice: it does not speak over the part before."""
    return float(max(wanted["voice_delay"], cross if at else 0.0))
