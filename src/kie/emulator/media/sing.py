"""The singing voice: the speaking model utters each line, its vowels are drawn out and its pitch follows the tune."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from kie.emulator.media.audio import Wave, stretched
from kie.emulator.media.brief import number
from kie.emulator.media.instruments import RATE, sung
from kie.emulator.media.latin import latin
from kie.emulator.media.voicebox import HOP, Frames, Voicebox, voicebox
from kie.emulator.media.voicebox import RATE as SPOKEN

if TYPE_CHECKING:
    from kie.emulator.media.score import Score, Word

_PACE = SPOKEN / HOP
"""Frames a second."""
_BRISK = 1.3
"""The pace at which lines are uttered: their vowels are drawn out anyway, and less is to be computed."""
_VOWELS = frozenset("AIOQWYaeiouæɐɑɒɔəɚɛɜɪʊʌᵻᵊ")  # noqa: RUF001 - signs of phonetics
_LENGTHS = "ˈˌː"


def sing(whole: Score) -> Wave:
    """Return the voice of a song: one channel at 44.1 kHz, as long as the song."""
    tape = np.zeros(round(whole.seconds * RATE), np.float32)
    box = voicebox()
    throat = (0.9 if whole.song.male else 0.99) + 0.04 * (number(whole.song.seed, "singer") % 100 / 100)
    lines = [list(held) for _, held in groupby(whole.words, key=lambda word: word.line)]
    known = _learned(box, list(dict.fromkeys(_text(line) for line in lines))) if box is not None else {}
    for line in lines:
        frames = known.get(_text(line))
        made = _line(box, frames, line, throat) if box is not None and frames is not None else None
        if made is None:
            made = line[0].start, _hummed(line)
        start = int(made[0] * RATE)
        piece = made[1][max(0, -start) : max(0, tape.size - start)]
        tape[max(0, start) : max(0, start) + piece.size] += piece
    return tape


def _hummed(line: list[Word]) -> Wave:
    """Return a line on vowels alone, without the model."""
    begin, end = line[0].start, line[-1].end
    tape = np.zeros(int((end - begin + 0.5) * RATE), np.float32)
    for place, word in enumerate(line):
        for start, stop, pitch in word.notes:
            wave = sung(440 * 2 ** ((pitch - 69) / 12), round(stop - start, 3), (len(word.text) + place) % 5)
            at = int((start - begin) * RATE)
            tape[at : at + wave.size] += wave[: tape.size - at]
    return tape * np.float32(0.7)


def _text(line: list[Word]) -> str:
    return " ".join(latin(word.text) for word in line)


def _learned(box: Voicebox, texts: list[str]) -> dict[str, Frames | None]:
    """Return each line as it is spoken; several are uttered in one breath, which costs half as much."""
    known: dict[str, Frames | None] = {}
    for at in range(0, len(texts), 4):
        group = texts[at : at + 4]
        clean = [re.sub(r"[.!?…\s]+$", "", text) for text in group]
        breath = _uttered(box, ", ".join(clean) + ".") if len(group) > 1 else None
        counts = [len(text.split()) for text in clean]
        if breath is not None and len(breath.words) == sum(counts):
            ends = [sum(counts[:n]) for n in range(len(counts) + 1)]
            for n, text in enumerate(group):
                known[text] = _part(breath, ends[n], ends[n + 1])
        else:
            known |= {text: _uttered(box, text) for text in group}
    return known


def _part(breath: Frames, first: int, last: int) -> Frames:
    """Return some words of an utterance, with the frames just before and after."""
    words = breath.words[first:last]
    begin, end = max(0, words[0][1] - 6), min(breath.count, words[-1][2] + 8)
    return Frames(
        tuple(part[:, begin:end] for part in breath.parts),
        breath.pitch[begin:end],
        tuple((word, a - begin, b - begin) for word, a, b in words),
        tuple((sign, a - begin, b - begin) for sign, a, b in breath.phonemes if a >= begin and b <= end),
    )


def _uttered(box: Voicebox, text: str) -> Frames | None:
    """Return a line as it is spoken; nothing if the model can make no words of it."""
    try:
        frames = [one for sentence in box.sentences(text) for one in box.utter(sentence, _BRISK)]
    except Exception:  # noqa: BLE001 - the model may choke on a sign; the song must not
        return None
    return _together(frames) if frames else None


def _line(box: Voicebox, whole: Frames, line: list[Word], throat: float) -> tuple[float, Wave] | None:
    """Return one line sung, and when it begins."""
    places = _places(line, whole)
    if not places:
        return None
    begin = line[0].start - 0.15
    rate = _PACE * throat
    count = int((line[-1].end + 0.3 - begin) * rate)
    source = np.full(count, -1.0)
    for word, first, last in places:
        _lay(source, [at * rate for at in _edges(word, begin)], whole, (first, last))
    pitch = _tune(line, count, begin, rate) / np.float32(throat)
    _lead_in(source, places[0][1])
    sounding = source >= 0
    nearest = np.clip(np.rint(source), 0, whole.count - 1).astype(np.int64)
    voiced = sounding & (whole.pitch[nearest] > 40)
    parts = [np.ascontiguousarray(part[:, nearest]) for part in whole.parts]
    for index, drop in ((0, 0.0), (2, 0.35), (3, 1.1)):  # what is not harmonic would buzz where it stands still
        parts[index][:, voiced] -= np.float32(drop)
        parts[index][:, ~sounding] = -12
    uttered = Frames(tuple(parts), np.where(voiced, pitch, 0).astype(np.float32), (), ())
    wave = _even(box.sound(uttered, uttered.pitch))
    return begin, stretched(wave, RATE / SPOKEN / throat)


def _even(wave: Wave) -> Wave:
    """Return a line whose loud and soft syllables are nearer to each other, as a singer's are."""
    block = SPOKEN // 50
    padded = np.pad(wave, (0, -wave.size % block))
    level = np.sqrt(np.mean(np.square(padded.reshape(-1, block)), axis=1))
    level = np.convolve(np.pad(level, 4, mode="edge"), np.full(9, 1 / 9), "valid")
    gain = 1 / (level + 0.12 * float(level.max()) + 1e-6) ** 0.75
    curve = np.interp(np.arange(wave.size), (np.arange(level.size) + 0.5) * block, gain)
    even = np.asarray(wave * curve, np.float32)
    loud = float(np.sqrt(np.mean(np.square(even)))) or 1.0
    return np.asarray(np.tanh(even * np.float32(0.22 / loud)), np.float32)  # hard consonants must not make it quiet


def _together(frames: list[Frames]) -> Frames:
    """Return several pieces as one."""
    if len(frames) == 1:
        return frames[0]
    parts = tuple(np.concatenate([one.parts[n] for one in frames], axis=1) for n in range(5))
    words, phonemes, at = [], [], 0
    for one in frames:
        words += [(word, a + at, b + at) for word, a, b in one.words]
        phonemes += [(sign, a + at, b + at) for sign, a, b in one.phonemes]
        at += one.count
    return replace(
        frames[0],
        parts=parts,
        pitch=np.concatenate([one.pitch for one in frames]),
        words=tuple(words),
        phonemes=tuple(phonemes),
    )


def _places(line: list[Word], whole: Frames) -> list[tuple[Word, int, int]]:
    """Return for each word of the score which frames utter it: by number, or shared out if the numbers differ."""
    if not whole.words:
        return []
    if len(whole.words) == len(line):
        # What is between two words belongs to the first: there one sound turns into the next.
        ends = [*(a for _, a, _ in whole.words[1:]), whole.words[-1][2] + 4]
        return [(word, a, b) for word, (_, a, _), b in zip(line, whole.words, ends, strict=True)]
    begin, end = whole.words[0][1], whole.words[-1][2]
    total = sum(len(word.notes) for word in line)
    found, at = [], 0
    for word in line:
        after = at + len(word.notes)
        found.append((word, begin + (end - begin) * at // total, begin + (end - begin) * after // total))
        at = after
    return found


def _edges(word: Word, begin: float) -> list[float]:
    """Return when the notes of a word begin, and when the last one ends, after a moment."""
    return [note[0] - begin for note in word.notes] + [word.notes[-1][1] - begin]


def _lay(source: npt.NDArray[np.float64], edges: list[float], whole: Frames, span: tuple[int, int]) -> None:
    """Say for each frame of the song which frame of the utterance sounds there, for one word.

    Consonants keep their length, if there is room; vowels take the rest.

    Args:
        source: Where it is written.
        edges: The frames of the song at which the notes begin, and the last one ends.
        whole: The utterance.
        span: Which frames of it utter the word.
    """
    sounds = [
        (sign, a, b) for sign, a, b in whole.phonemes if a < span[1] and b > span[0] and b > a and sign not in _LENGTHS
    ]
    lengths = [(sign, min(b, span[1]) - max(a, span[0]), max(a, span[0])) for sign, a, b in sounds]
    if not lengths:
        return
    groups = _syllables(lengths)
    if len(groups) != len(edges) - 1:
        points = np.interp(np.linspace(0, len(edges) - 1, len(groups) + 1), np.arange(len(edges)), edges)
        edges = [float(point) for point in points]
    for group, first, last in zip(groups, edges, edges[1:], strict=False):
        room = max(2.0, last - first)
        firm = sum(long for sign, long, _ in group if sign not in _VOWELS)
        soft = sum(long for sign, long, _ in group if sign in _VOWELS)
        keep = min(1.0, 0.55 * room / firm) if firm and soft else room / max(1, firm) if firm else 1.0
        draw = (room - firm * keep) / soft if soft else 1.0
        at = first
        for sign, long, begin in group:
            takes = long * (draw if sign in _VOWELS else keep)
            a, b = max(0, int(at)), min(source.size, int(at + takes) + 1)
            if b > a:
                source[a:b] = begin + _drawn(np.arange(a, b, dtype=np.float64) - at, long, takes)
            at += takes


def _lead_in(source: npt.NDArray[np.float64], first: int) -> None:
    """Let a line begin with the few frames before its first word, where the mouth opens."""
    starts = np.flatnonzero(source >= 0)
    count = min(6, first, int(starts[0])) if starts.size else 0
    if count:
        source[starts[0] - count : starts[0]] = np.arange(first - count, first)


def _drawn(at: npt.NDArray[Any], long: int, takes: float) -> npt.NDArray[np.float64]:
    """Return which frame of a sound of so many frames is heard at each moment when it takes longer.

    Its beginning and end, where it turns into its neighbours, keep their pace; the middle stands still.
    """
    edge = 0.4 * long
    if takes <= long:
        points, frames = [0.0, max(takes, 1e-6)], [0.0, long - 1.0]
    else:
        points, frames = [0.0, edge, takes - edge, takes], [0.0, edge, long - edge, long - 1.0]
    return np.asarray(np.clip(np.interp(at, points, frames), 0, max(0, long - 1)), np.float64)


def _syllables(sounds: list[tuple[str, int, int]]) -> list[list[tuple[str, int, int]]]:
    """Return sounds by syllable: each has one vowel, and the consonants before it."""
    groups: list[list[tuple[str, int, int]]] = [[]]
    full = False
    for index, sound in enumerate(sounds):
        vowel = sound[0] in _VOWELS
        ahead = any(later[0] in _VOWELS for later in sounds[index + (0 if vowel else 1) :])
        if full and ahead and (vowel or sounds[index + 1][0] in _VOWELS):
            groups.append([])
            full = False
        groups[-1].append(sound)
        full = full or vowel
    return groups


def _tune(line: list[Word], count: int, begin: float, rate: float) -> Wave:
    """Return the pitch of each frame in Hz: the notes, tied by short slides, with a vibrato on long ones."""
    times, heights = [], []
    for word in line:
        for start, stop, pitch in word.notes:
            hertz = 440 * 2 ** ((pitch - 69) / 12)
            times += [start + 0.03, max(start + 0.04, stop - 0.02)]
            heights += [hertz, hertz]
    at = begin + np.arange(count) / rate
    curve = np.interp(at, times, heights)
    since = np.zeros(count)
    for word in line:
        for start, stop, _ in word.notes:
            inside = (at >= start) & (at < stop)
            since[inside] = at[inside] - start
    depth = np.clip((since - 0.18) * 4, 0, 1) * 0.011
    return np.asarray(curve * (1 + depth * np.sin(2 * np.pi * 5.3 * at)), np.float32)
