"""Music: tempo, mode, chords, drums, bass, pads, plucks, a lead and, if asked for, a singing voice."""

# ruff: noqa: PLR0917 - a note takes tape, song, pitch, place and length in that order

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from kie.emulator.media import MediaSpec
from kie.emulator.media.audio import Wave, fades, file, normalised, room, softened
from kie.emulator.media.brief import Reader, number
from kie.emulator.media.dispatch import suited
from kie.emulator.media.instruments import RATE, drum, note_wave, sung
from kie.emulator.media.marks import note

_MODES = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
}
_SAD = {"sad", "melancholic", "melancholy", "dark", "lonely", "moody", "minor", "грустн", "悲"}
_GLAD = {"happy", "upbeat", "joyful", "cheerful", "sunny", "major", "uplifting", "весел", "快乐"}
# Sixteen steps of a bar: kick, snare, hat. A digit is loudness.
_DRUMS = {
    "none": ("................", "................", "................"),
    "lofi": ("9.....7...9.....", "....8.......8..2", "5.4.5.4.5.4.5.43"),
    "rock": ("9...3.9.9.9.....", "....9.......9...", "7.5.7.5.7.5.7.5."),
    "pop": ("9.....6.9.......", "....8.......8...", "5.6.5.6.5.6.5.65"),
    "four": ("9...9...9...9...", "....6.......6...", "3.8.3.8.3.8.3.82"),
    "trap": ("9......7..8.....", "........9.......", "5.5.5.555.5.5656"),
    "swing": ("5.......5.......", "......2.......3.", "7...6..47...6..4"),
    "epic": ("9.....5.9..5.5..", "........9.......", "................"),
    "brush": ("6.......6.......", "....4.......4...", "3.4.3.4.3.4.3.4."),
    "gated": ("9.....9.9.......", "....9.......9...", "5.5.5.5.5.5.5.5."),
    "onedrop": ("........9.......", "........7.......", "5.3.5.3.5.3.5.3."),
}
_BASS = {
    "round": "9.....6.8.......",
    "sub": "9...............",
    "drive": "9.7.9.7.9.7.9.7.",
    "offbeat": "..9...9...9...9.",
    "walk": "8...8...8...8...",
    "eighths": "9.7.8.7.9.7.8.7.",
}


@dataclass(frozen=True, slots=True)
class Song:
    """What is going to be played."""

    genre: str
    style: dict[str, Any]
    bpm: float
    root: int
    """MIDI number of the key, 45 to 56."""
    scale: tuple[int, ...]
    seed: int


@cache
def genres() -> dict[str, Any]:
    """Return the genres."""
    loaded: dict[str, Any] = json.loads(Path(__file__).with_name("genres.json").read_text(encoding="utf-8"))
    return loaded


def compose(prompt: str, tags: str, seed: int) -> Song:
    """Read tempo, genre and mood of a song."""
    text = f"{tags} {prompt}".lower()
    reader = Reader(text)
    rng = np.random.Generator(np.random.PCG64(number(prompt, tags, seed, "song")))
    table = genres()
    found = {
        name: min(at) for name, one in table.items() if (at := [p for w in one["words"] if (p := reader.place(w)) >= 0])
    }
    names = sorted(table)
    genre = min(found, key=lambda name: found[name]) if found else names[int(rng.integers(len(names)))]
    style = table[genre]
    match = re.search(r"(\d{2,3})\s*bpm|bpm[:\s]*(\d{2,3})", text)
    low, high = style["bpm"]
    bpm = float(next(filter(None, match.groups()))) if match else float(rng.integers(low, high + 1))
    mode = style["mode"]
    if reader.tokens & _SAD:
        mode = "minor"
    elif reader.tokens & _GLAD:
        mode = "major"
    return Song(genre, style, min(240.0, max(40.0, bpm)), 45 + int(rng.integers(12)), _MODES[mode], number(text, seed))


def render(spec: MediaSpec) -> bytes:
    """Return the file of a song."""
    wave = play(compose(spec.prompt, spec.tags, spec.seed), spec.duration, vocals=spec.vocals)
    comment = note("music", f"{spec.prompt} | {spec.tags}" if spec.tags else spec.prompt, spec.seed)
    return file(wave, RATE, suited("music", spec.format), comment, spec.prompt[:60] or "music")


class _Tape:
    """Two channels to which sounds are added."""

    def __init__(self, count: int) -> None:
        self.left = np.zeros(count, np.float32)
        self.right = np.zeros(count, np.float32)

    def add(self, wave: Wave, at: float, gain: float, pan: float = 0.0) -> None:
        start = int(at * RATE)
        if start < 0 or start >= self.left.size or gain <= 0:
            return
        piece = wave[: self.left.size - start]
        self.left[start : start + piece.size] += piece * np.float32(gain * (1 - max(0.0, pan)))
        self.right[start : start + piece.size] += piece * np.float32(gain * (1 + min(0.0, pan)))


def play(song: Song, duration: float, *, vocals: bool = False) -> Wave:
    """Return two channels at 44.1 kHz.

    Args:
        song: What to play.
        duration: Seconds, 0.5 to 600.
        vocals: Whether a voice sings.
    """
    seconds = min(600.0, max(0.5, duration))
    tape, beat = _Tape(round(seconds * RATE)), _Tape(round(seconds * RATE))
    bar = 240 / song.bpm
    bars = int(np.ceil(seconds / bar))
    rng = np.random.Generator(np.random.PCG64(song.seed))
    options = song.style["chords"]
    verse, chorus = options[0], options[1 % len(options)]
    motif = _motif(rng)
    other = _motif(rng)
    for index in range(bars):
        part = _part(index, bars)
        chords = chorus if part == "chorus" else verse
        degree = chords[index % 4] - 1
        at = index * bar
        full = {"intro": 0.55, "verse": 0.8, "chorus": 1.0, "break": 0.5, "end": 0.6}[part]
        _harmony(tape, song, degree, at, bar, full)
        if part not in {"intro", "break"} or bars < 4:
            _rhythm(beat, song, at, bar, full, index, rng)
            _bassline(beat, song, degree, at, bar, full)
        _pluck(tape, song, degree, at, bar, full, index)
        if part in {"verse", "chorus"}:
            _melody(tape, song, degree, at, bar, other if part == "chorus" else motif, index, vocals=vocals)
    # A song repeats its notes, the next song has others: kept, they would fill a worker's memory.
    note_wave.cache_clear()
    sung.cache_clear()
    mix = np.stack((tape.left, tape.right))
    wet = room(mix, RATE, 0.9 + 1.8 * song.style["room"], 0.25 + song.style["room"])
    mix = np.stack((wet[0] + beat.left, wet[1] + beat.right))
    del wet, tape, beat
    if song.style["dark"] < 9000:
        mix = np.stack([softened(channel, RATE, song.style["dark"]) for channel in mix])
    mix = np.tanh(normalised(mix, 1.5))
    return fades(normalised(np.asarray(mix, np.float32)), RATE, 0.01, min(2.5, seconds / 6))


def _part(index: int, bars: int) -> str:
    if bars >= 8 and index < 2:
        return "intro"
    if index == bars - 1 and bars > 4:
        return "end"
    if bars >= 24 and index % 24 in {20, 21}:
        return "break"
    return "chorus" if (index // 8) % 2 == 1 or bars < 8 else "verse"


def _hertz(midi: float) -> float:
    return float(440 * 2 ** ((midi - 69) / 12))


def _degree(song: Song, degree: int, octave: int = 0) -> int:
    return song.root + song.scale[degree % 7] + 12 * (degree // 7 + octave)


def _harmony(tape: _Tape, song: Song, degree: int, at: float, bar: float, full: float) -> None:
    level = song.style["pad"] * full * 0.16
    kind = song.style.get("pad_wave", "pad")
    tones = (0, 2, 4, 6) if song.genre in {"lofi", "jazz", "ambient"} else (0, 2, 4)
    for index, step in enumerate(tones):
        midi = _degree(song, degree + step, 1 if index or kind != "drive" else 0)
        while midi > song.root + 22:
            midi -= 12
        tape.add(note_wave(kind, _hertz(midi), bar * 1.04), at, level, (-0.5, 0.5, -0.25, 0.3)[index])


def _rhythm(tape: _Tape, song: Song, at: float, bar: float, full: float, index: int, rng: np.random.Generator) -> None:
    kick, snare, hat = _DRUMS[song.style["drums"]]
    swing = song.style["swing"] * bar / 16
    fill = index % 8 == 7
    for step in range(16):
        when = at + step * bar / 16 + (swing if step % 2 else 0)
        for name, row, gain, pan in (("kick", kick, 0.95, 0.0), ("snare", snare, 0.62, 0.05), ("hat", hat, 0.24, -0.3)):
            if row[step] != ".":
                tape.add(
                    drum(name, song.genre),
                    when,
                    gain * int(row[step]) / 9 * full * (0.92 + 0.16 * float(rng.random())),
                    pan,
                )
        if fill and step >= 12 and song.style["drums"] != "none":
            tape.add(drum("tom", song.genre), when, 0.4 * full, 0.3 - (step - 12) * 0.2)


def _bassline(tape: _Tape, song: Song, degree: int, at: float, bar: float, full: float) -> None:
    row = _BASS[song.style["bass"]]
    places = [step for step in range(16) if row[step] != "."]
    for index, step in enumerate(places):
        after = places[index + 1] if index + 1 < len(places) else 16
        walk = (0, 2, 4, 6)[index % 4] if song.style["bass"] == "walk" else 0
        midi = _degree(song, degree + walk, -1)
        while midi < 33:
            midi += 12
        long = (after - step) * bar / 16 * (0.95 if song.style["bass"] != "offbeat" else 0.6)
        kind = "sub" if song.style["bass"] == "sub" else "bass"
        tape.add(note_wave(kind, _hertz(midi), long), at + step * bar / 16, 0.52 * full * int(row[step]) / 9)


def _pluck(tape: _Tape, song: Song, degree: int, at: float, bar: float, full: float, index: int) -> None:
    level = song.style["pluck"] * 0.2 * full
    order = ((0, 4, 2, 4, 7, 4, 2, 4), (0, 2, 4, 7, 9, 7, 4, 2))[song.seed % 2]
    steps = range(0, 8, 2 if song.genre in {"ambient", "hiphop"} else 1)
    if song.style["drums"] == "onedrop":
        steps = range(1, 8, 2)
    for step in steps:
        midi = _degree(song, degree + order[(step + index * 3) % 8], 1)
        tape.add(
            note_wave("pluck", _hertz(midi), 0.9),
            at + step * bar / 8,
            level * (1.0 if step % 4 == 0 else 0.72),
            -0.35 + 0.1 * step,
        )


def _motif(rng: np.random.Generator) -> list[tuple[int, int, int]]:
    """Return four bars of melody: (step in the bar, length in steps, degree above the chord)."""
    notes: list[tuple[int, int, int]] = []
    level = int(rng.integers(2, 5))
    for bar in range(4):
        step = 0 if bar != 3 else 2
        while step < 14:
            long = int(rng.choice((2, 2, 3, 4, 4, 6)))
            if rng.random() < 0.82:
                notes.append((bar * 16 + step, min(long, 16 - step), level))
            level = int(np.clip(level + rng.integers(-2, 3), 0, 8))
            step += long
    return notes


def _melody(
    tape: _Tape,
    song: Song,
    degree: int,
    at: float,
    bar: float,
    motif: list[tuple[int, int, int]],
    index: int,
    *,
    vocals: bool,
) -> None:
    for step, long, level in motif:
        if step // 16 != index % 4:
            continue
        when = at + (step % 16) * bar / 16
        seconds = long * bar / 16
        tone = level if step % 4 else 2 * round(level / 2)
        midi = _degree(song, degree + tone, 1)
        while midi > song.root + 27:
            midi -= 12
        if vocals:
            tape.add(sung(_hertz(midi), seconds * 0.98, (step * 7 + song.seed) % 5), when, 0.42, 0.05)
        level_ = song.style["lead"] * (0.12 if vocals else 0.3)
        tape.add(note_wave(song.style["lead_wave"], _hertz(midi + (12 if vocals else 0)), seconds), when, level_, 0.15)
