"""A band: the sound of a score, mixed and mastered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kie.emulator.media.audio import Wave, fades, normalised, room
from kie.emulator.media.instruments import RATE, drum, note_wave, riser, sung
from kie.emulator.media.music_stems import VOICED, belongs, stem_of
from kie.emulator.media.sing import sing

if TYPE_CHECKING:
    from kie.emulator.media.score import Note, Score
    from kie.emulator.media.songbook import Song

_LEVELS = {
    "pad": 0.2,
    "stabs": 0.15,
    "bass": 0.42,
    "pluck": 0.26,
    "lead": 0.3,
    "backing": 0.13,
    "percussion": 0.4,
    **dict.fromkeys(("guitar", "keyboard", "strings", "synth", "brass", "woodwinds"), 0.11),
    "fx": 0.35,
    "vocal": 0.72,
}
_STROKES = {"kick": 0.95, "snare": 0.62, "hat": 0.24, "tom": 0.5, "crash": 0.34}
_DRY = frozenset({"drums", "percussion", "bass", "fx"})
"""Tracks that the room does not echo."""
_LOUD = 0.17
"""Root of the mean square that songs are brought to: about -15 dBFS."""


def performed(whole: Score, stem: str = "") -> Wave:
    """Return the sound of a score, or of one stem of it: all stems together are the song.

    Args:
        whole: The score.
        stem: "" for the song, `vocals` for all voices, `instrumental` for the rest, or one of the twelve of `stem_of`.
    """
    voice = sing(whole) if whole.words else None
    mix = _mixed(whole, voice, "")
    gain, cap = _mastering(mix)
    if not stem:
        return _mastered(mix, gain, cap, whole.seconds)
    # The master is not linear: each sample of a stem is given what the song's sample got.
    out = _mastered(mix, gain, cap, whole.seconds)
    safe = np.where(np.abs(mix) > 1e-5, mix, 1)
    share = np.where(np.abs(mix) > 1e-5, out / safe, gain)
    return np.asarray(_mixed(whole, voice, stem) * share, np.float32)


def _mixed(whole: Score, voice: Wave | None, stem: str) -> Wave:
    song = whole.song
    count = round(whole.seconds * RATE)
    wet, dry = np.zeros((2, count), np.float32), np.zeros((2, count), np.float32)
    dark = float(min(15000, song.style["dark"] * 1.4))
    echoes = False
    for one in whole.notes:
        if one.kind == "voice" or (stem and not belongs(stem_of(song, one), stem)):
            continue
        wave, level = _sound(song, one, dark)
        tape = dry if one.track in _DRY else wet
        echoes = echoes or tape is wet
        start = int(one.start * RATE)
        piece = wave[: count - start]
        if piece.size:
            level *= one.force
            tape[0, start : start + piece.size] += piece * np.float32(level * (1 - max(0.0, one.pan)))
            tape[1, start : start + piece.size] += piece * np.float32(level * (1 + min(0.0, one.pan)))
    if voice is not None and stem in VOICED:
        wet += voice[:count] * np.float32(_LEVELS["vocal"])
        echoes = True
    # A song repeats its notes, the next song has others: kept, they would fill a worker's memory.
    note_wave.cache_clear()
    sung.cache_clear()
    return room(wet, RATE, 0.9 + 1.8 * song.style["room"], 0.25 + song.style["room"]) + dry if echoes else dry


def _sound(song: Song, one: Note, dark: float) -> tuple[Wave, float]:
    if one.track == "drums":
        return drum(one.kind, song.genre), _STROKES.get(one.kind, 0.4)
    level = _LEVELS[one.track]
    if one.kind == "shaker":
        return drum(one.kind, song.genre), level
    if one.kind == "riser":
        return riser(round(one.long, 3)), level
    hertz = 440 * 2 ** ((one.pitch - 69) / 12)
    if one.kind == "choir":
        return sung(hertz, round(one.long, 3), 2), level
    return note_wave(one.kind, hertz, round(one.long, 3), dark), level


def _mastering(mix: Wave) -> tuple[float, float]:
    """Return the gain that makes a song as loud as others, and where its peaks are bent."""
    loud = float(np.sqrt(np.mean(np.square(mix[:, ::7])))) or 1.0
    return _LOUD / loud, 0.93


def _mastered(mix: Wave, gain: float, cap: float, seconds: float) -> Wave:
    wave = mix * np.float32(gain)
    # Peaks above half are bent softly; the ends fade.
    over = np.abs(wave) > 0.5
    bent = 0.5 + (cap - 0.5) * np.tanh((np.abs(wave[over]) - 0.5) / (cap - 0.5))
    wave[over] = np.copysign(bent, wave[over])
    return fades(wave, RATE, 0.01, min(2.5, seconds / 6))


def loudness(wave: Wave) -> Wave:
    """Return a sound at the loudness of songs (for recordings that are worked on)."""
    loud = float(np.sqrt(np.mean(np.square(wave)))) if wave.size else 0.0
    return np.clip(wave * np.float32(_LOUD / loud), -0.95, 0.95) if loud > 1e-5 else normalised(wave)
