"""Songs that work on others: gone on with, replaced in part, sung anew, given voices or a band, mixed, split.

A song that was made here is known by its score, so its notes are worked on; of a foreign recording, its sound is.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from kie.emulator.media import MediaSpec
from kie.emulator.media.score import Score, cut, joined, later, score
from kie.emulator.media.songbook import Song, compose

if TYPE_CHECKING:
    from kie.emulator.media.audio import Wave

_NAMES = frozenset(one.name for one in fields(MediaSpec))


def spec_of(held: dict[str, Any]) -> MediaSpec:
    """Return a spec from what is known of a file; what is none of a spec's is left out."""
    return MediaSpec(**{"kind": "music", "format": "mp3", **{name: held[name] for name in held if name in _NAMES}})


def song_of(spec: MediaSpec) -> Song:
    """Return what a spec's song is like.

    One that works on a song made here keeps its tune, key and tempo; a part of it is played by the same band.
    """
    parent = spec.before.get("spec")
    like = song_of(spec_of(parent)) if parent else None
    song = compose(spec.prompt, spec.tags, spec.seed, like)
    if like is not None and spec.before.get("work") in {"extend", "replace"}:
        return replace(song, genre=like.genre, style=like.style, bpm=like.bpm)
    return song


def scored(spec: MediaSpec) -> Score:
    """Return the score of a spec: standard library only.

    Of a song that works on a foreign recording it holds what was added.
    """
    song = song_of(spec)
    lyrics = spec.lyrics if spec.vocals else None
    work, parent = spec.before.get("work"), spec.before.get("spec")
    begin, end = float(spec.before.get("from", 0.0)), float(spec.before.get("until", spec.duration))
    if work == "extend":
        new = later(score(song, max(0.5, spec.duration - end), lyrics, begins=False), end)
        whole = joined(cut(scored(spec_of(parent)), 0.0, end), new) if parent else new
        return replace(whole, seconds=spec.duration)
    if work == "replace":
        new = later(score(song, max(0.5, end - begin), lyrics, begins=False, ends=False), begin)
        new = cut(new, begin, end)
        if parent:
            old = scored(spec_of(parent))
            new = joined(cut(old, 0.0, begin), cut(old, end, old.seconds), new)
        return replace(new, seconds=spec.duration)
    return score(song, spec.duration, lyrics)


def worked(spec: MediaSpec) -> tuple[Wave, Score]:
    """Return the sound of a spec's song (or of its stem), and its score."""
    from kie.emulator.media.band import performed

    whole = scored(spec)
    given = _given(spec)
    if not given:
        return performed(whole, spec.stem), whole
    return _mixed(spec, whole, given), whole


def _given(spec: MediaSpec) -> list[Wave]:
    """Return the recordings that are worked on, in two channels."""
    from kie.emulator.media.audio import decoded
    from kie.emulator.media.instruments import RATE

    if not spec.before.get("work") or spec.before.get("work") == "cover":
        return []
    return [wave for data in spec.inputs if (wave := decoded(data, RATE, 2)) is not None]


def _mixed(spec: MediaSpec, whole: Score, given: list[Wave]) -> Wave:
    import numpy as np

    from kie.emulator.media.band import loudness, performed
    from kie.emulator.media.instruments import RATE

    work, stem = spec.before["work"], spec.stem
    count = round(spec.duration * RATE)
    begin, end = (round(float(spec.before.get(name, 0.0)) * RATE) for name in ("from", "until"))
    old = _fitted(loudness(given[0]), count)
    if work == "split":
        return _split(_fitted(given[0], count), stem)
    if work == "mashup":
        other = _fitted(loudness(given[-1]), count)
        turns = np.clip(1.6 * np.sin(2 * np.pi * np.arange(count) / (16 * RATE)), -1, 1) * 0.35 + 0.5
        return np.asarray((old * (1 - turns) + other * turns) * 0.9, np.float32)
    if work in {"voices", "band"}:
        new = performed(whole, "vocals" if work == "voices" else "instrumental")
        own = "instrumental" if work == "voices" else "vocal"
        if stem == own or (stem == "vocals" and own == "vocal"):
            return old * np.float32(0.7)
        return new * np.float32(0.7) if stem else np.clip((old + new) * np.float32(0.7), -0.97, 0.97)
    new = performed(whole)
    fade = np.linspace(0, 1, RATE // 10, dtype=np.float32)
    keep = np.ones(count, np.float32)
    keep[begin if work == "replace" else end : end if work == "replace" else count] = 0
    for edge, ramp in ((begin if work == "replace" else end, fade[::-1]), (end if work == "replace" else count, fade)):
        piece = keep[edge : edge + ramp.size]
        piece[:] = ramp[: piece.size]
    return np.asarray(old * keep + new * (1 - keep), np.float32)


def _fitted(wave: Wave, count: int) -> Wave:
    """Return a recording cut, or drawn out by silence, to a number of samples."""
    import numpy as np

    return np.pad(wave[:, :count], ((0, 0), (0, max(0, count - wave.shape[1]))))


def _split(wave: Wave, stem: str) -> Wave:
    """Return a part of a foreign recording: its middle between bass and treble for the voice, the rest for the band."""
    import numpy as np

    from kie.emulator.media.audio import filtered
    from kie.emulator.media.instruments import RATE

    low, high = {
        "bass": (0.0, 180.0),
        "drums": (3500.0, 15000.0),
        "percussion": (6000.0, 16000.0),
        "backing_vocals": (600.0, 3000.0),
    }.get(stem, (220.0, 4200.0))
    middle = filtered(wave.mean(axis=0), RATE, low, high)
    part = np.stack((middle, middle))
    return np.asarray(wave - part, np.float32) if stem == "instrumental" else part
