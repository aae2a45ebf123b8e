"""The score of a song: every note that is played and every word that is sung, before any sound is made.

Standard library only, and a few milliseconds: notes (MIDI) and timed words are told from here, and the renderer
plays the same notes.
"""

import random
from dataclasses import dataclass, replace
from typing import NamedTuple

from kie.emulator.media.form import Section, played, stanzas, sung, syllables
from kie.emulator.media.songbook import Song

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
_KIT = {"kick": 36, "snare": 38, "hat": 42, "open": 46, "tom": 45, "crash": 49, "shaker": 70}
# What a family plays in a chorus when it is no part of the band: sound, sixteenths, steps above the chord, side.
_COLOURS = {
    "guitar": ("pluck", (2, 6, 10, 14), (4, 2), 0.45),
    "keyboard": ("pluck", (0, 8), (0, 2), -0.4),
    "strings": ("pad", (0,), (4,), -0.3),
    "synth": ("soft", (0, 4, 8, 12), (7, 4, 2, 4), 0.3),
    "brass": ("brass", (0, 12), (0, 4), 0.2),
    "woodwinds": ("reed", (8, 12), (7, 4), -0.2),
}
_FULL = {"intro": 0.9, "verse": 0.8, "chorus": 1.0, "bridge": 0.8, "end": 0.75}


_LA = "La la la la la\nLa la la, la la\nOh, oh, oh\nLa la la la la"


class Note(NamedTuple):
    """One note: who plays it, when, how long (seconds), MIDI number, loudness (0 to 1), and how it is made."""

    track: str
    start: float
    long: float
    pitch: int
    force: float
    kind: str
    pan: float = 0.0


class Word(NamedTuple):
    """One sung word: as written, with the tag before it, its start and end, and its notes as (start, end, pitch)."""

    text: str
    tag: str
    start: float
    end: float
    notes: tuple[tuple[float, float, int], ...]
    line: int


@dataclass(frozen=True, slots=True)
class Score:
    """A whole song as notes and words."""

    song: Song
    seconds: float
    notes: tuple[Note, ...]
    words: tuple[Word, ...]
    missing: tuple[str, ...]
    """Words of the lyrics for which there was no time."""
    sections: tuple[tuple[str, float, float], ...]
    """Kind, start and end in seconds."""


def score(song: Song, duration: float, lyrics: str | None = None, *, begins: bool = True, ends: bool = True) -> Score:
    """Return all that is played in a song.

    Args:
        song: From `compose`.
        duration: Seconds, 0.5 to 600.
        lyrics: What is sung; nothing for an instrumental, "" for a voice that hums.
        begins: With an introduction, if there is time; not when it goes on from something.
        ends: With an ending.
    """
    seconds = min(600.0, max(0.5, duration))
    bar = 240 / song.bpm
    bars = max(1, int((seconds + 0.05) / bar))
    words = (
        lyrics if lyrics is None or lyrics.strip() else "La la la la la\nLa la la, la la\nOh, oh, oh\nLa la la la la"
    )
    sections = played(bars) if words is None else sung(words, bars, slow=bar >= 1.85)
    sections = [
        replace(one, kind="verse") if (one.kind == "intro" and not begins) or (one.kind == "end" and not ends) else one
        for one in sections
    ]
    pen = _Pen(song, bar, seconds, ends=ends)
    at = 0
    marks = []
    for section in sections:
        marks.append((section.kind, round(at * bar, 3), round(min(seconds, (at + section.bars) * bar), 3)))
        pen.section(section, at, bars)
        at += section.bars
    if marks:
        marks[-1] = (*marks[-1][:2], seconds)
    there = sum(len(line.words) for section in sections for line in section.lines)
    every = [] if words is None else [word for _, lines in stanzas(words) for line in lines for word in line.words]
    return Score(
        song,
        seconds,
        tuple(note for note in pen.notes if note.start < seconds - 0.02),
        tuple(word for word in pen.words if word.start < seconds - 0.1),
        tuple(every[there:]) if there < len(every) else (),
        tuple(marks),
    )


class _Pen:
    """Writes the notes down, section by section."""

    def __init__(self, song: Song, bar: float, seconds: float, *, ends: bool) -> None:
        self.song, self.bar, self.seconds, self.ends = song, bar, seconds, ends
        self.notes: list[Note] = []
        self.words: list[Word] = []
        self.lines = 0
        dice = random.Random(song.seed)
        self.chance = random.Random(song.seed + 1)
        self.motifs = {kind: _motif(dice) for kind in ("verse", "chorus", "bridge")}
        self.contours = {kind: _contour(dice) for kind in ("verse", "chorus", "bridge")}
        options = song.style["chords"]
        self.chords = {"chorus": options[1 % len(options)], "bridge": options[1 % len(options)][::-1]}
        self.verse = options[0]

    def section(self, section: Section, first: int, bars: int) -> None:
        kind, song = section.kind, self.song
        chords = self.chords.get(kind, self.verse)
        full = _FULL[kind] * min(1.0, 0.92 * song.drive)
        motif = self.motifs.get(kind, self.motifs["verse"])
        for index in range(section.bars):
            number_ = first + index
            at = number_ * self.bar
            last = self.ends and number_ == bars - 1 and bars > 2
            degree = 0 if last else chords[index % 4] - 1
            rest = self.seconds - at if last else self.bar
            self._harmony(degree, at, rest, full, kind)
            if last:
                self._close(at, rest, full)
                continue
            if kind not in {"intro", "bridge"} or bars < 4:
                self._rhythm(at, full, kind, fill=index == section.bars - 1, first=index == 0)
                self._bass(degree, at, full)
            elif index == section.bars - 1 and song.style["drums"] != "none":
                self._fill(at, full)
            self._pluck(degree, at, full, number_)
            sings = bool(section.lines)
            if kind in {"verse", "chorus"} or (kind == "bridge" and section.bars > 1):
                self._lead(degree, at, motif, index, full, quiet=sings)
            if sings and kind == "chorus":
                self._backing(degree, at, full)
        for index, line in enumerate(section.lines):
            if (index + 1) * section.span > section.bars:
                break
            self._sing(line.words, line.tag, first + index * section.span, section, chords, index)

    def _tone(self, degree: int, octave: int = 0) -> int:
        song = self.song
        return song.root + int(song.scale[degree % 7]) + 12 * (degree // 7 + octave)

    def _harmony(self, degree: int, at: float, long: float, full: float, kind: str) -> None:
        style = self.song.style
        wave = style.get("pad_wave", "pad")
        tones = (0, 2, 4, 6) if self.song.genre in {"lofi", "jazz", "ambient"} else (0, 2, 4)
        for index, step in enumerate(tones):
            pitch = self._tone(degree + step, 1 if index or wave != "drive" else 0)
            while pitch > self.song.root + 22:
                pitch -= 12
            force = style["pad"] * full * 0.8
            self.notes.append(Note("pad", at, long, pitch, force, wave, (-0.5, 0.5, -0.25, 0.3)[index]))
        if kind in {"chorus", "end"}:
            self._colour(degree, at, long, full)
        if kind == "chorus" and style.get("stabs"):
            for step in (0, 6, 12):
                pitch = self._tone(degree + (4, 2, 4)[step // 6], 1)
                force = style["stabs"] * full
                self.notes.append(Note("stabs", at + step * long / 16, long / 8, pitch, force, "brass", 0.25))

    def _colour(self, degree: int, at: float, long: float, full: float) -> None:
        """Write a little for the families of instruments that the genre's own band lacks."""
        style = self.song.style
        own = {held.partition(":")[0] for held in style["band"].values()} | ({"brass"} if style.get("stabs") else set())
        for family, (kind, beats, steps, pan) in _COLOURS.items():
            if family in own:
                continue
            for index, beat in enumerate(beats):
                pitch = self._tone(degree + steps[index % len(steps)], 1)
                held = long * (0.96 if len(beats) == 1 else 0.2)
                self.notes.append(Note(family, at + beat * long / 16, held, pitch, 0.5 * full, kind, pan))

    def _close(self, at: float, long: float, full: float) -> None:
        """Write the last bar: one stroke on the tonic that rings out."""
        song = self.song
        if song.style["drums"] != "none":
            self.notes += [self._hit("kick", at, 0.9 * full), self._hit("crash", at, 0.6 * full)]
        low = self._tone(0, -1)
        self.notes.append(Note("bass", at, long * 0.8, low + 12 * (low < 33), 0.9 * full, self._bass_kind()))
        for index, step in enumerate((0, 2, 4, 7)):
            force = 0.9 * full * song.style["pluck"]
            self.notes.append(
                Note("pluck", at + 0.03 * index, 1.6, self._tone(step, 1), force, "pluck", -0.2 + 0.1 * index)
            )
        if song.style["lead"] > 0.3:
            self.notes.append(Note("lead", at, long * 0.6, self._tone(7, 1), 0.5 * full, song.style["lead_wave"], 0.15))

    def _hit(self, name: str, at: float, force: float, pan: float = 0.0) -> Note:
        track = "percussion" if name == "shaker" else "fx" if name == "riser" else "drums"
        return Note(track, at, 0.1, _KIT.get(name, 39), min(1.0, force), name, pan)

    def _rhythm(self, at: float, full: float, kind: str, *, fill: bool, first: bool) -> None:
        song, step = self.song, self.bar / 16
        kick, snare, hat = _DRUMS[song.style["drums"]]
        swing = song.style["swing"] * step
        none = song.style["drums"] == "none"
        for index in range(16):
            when = at + index * step + (swing if index % 2 else 0)
            for name, row, pan in (("kick", kick, 0.0), ("snare", snare, 0.05), ("hat", hat, -0.3)):
                if row[index] != "." and not (fill and index >= 12 and name == "snare"):
                    force = int(row[index]) / 9 * full * (0.92 + 0.16 * self.chance.random())
                    self.notes.append(self._hit(name, when, force, pan))
            if kind == "chorus" and index % 2 == 0 and not none:
                self.notes.append(self._hit("shaker", when, full * (0.5 if index % 4 else 0.8), 0.4))
        if fill and not none:
            self._fill(at, full)
        if first and not none and kind == "chorus":
            self.notes.append(self._hit("crash", at, 0.7 * full, 0.2))

    def _fill(self, at: float, full: float) -> None:
        for index in range(12, 16):
            self.notes.append(self._hit("tom", at + index * self.bar / 16, 0.7 * full, 0.3 - (index - 12) * 0.2))
        self.notes.append(Note("fx", at + self.bar / 2, self.bar / 2, 60, 0.5 * full, "riser"))

    def _bass_kind(self) -> str:
        return "sub" if self.song.style["bass"] == "sub" else "bass"

    def _bass(self, degree: int, at: float, full: float) -> None:
        row = _BASS[self.song.style["bass"]]
        places = [step for step in range(16) if row[step] != "."]
        for index, step in enumerate(places):
            after = places[index + 1] if index + 1 < len(places) else 16
            walk = (0, 2, 4, 6)[index % 4] if self.song.style["bass"] == "walk" else 0
            pitch = self._tone(degree + walk, -1)
            while pitch < 33:
                pitch += 12
            long = (after - step) * self.bar / 16 * (0.95 if self.song.style["bass"] != "offbeat" else 0.6)
            self.notes.append(
                Note("bass", at + step * self.bar / 16, long, pitch, full * int(row[step]) / 9, self._bass_kind())
            )

    def _pluck(self, degree: int, at: float, full: float, index: int) -> None:
        song = self.song
        order = ((0, 4, 2, 4, 7, 4, 2, 4), (0, 2, 4, 7, 9, 7, 4, 2))[song.seed % 2]
        steps = range(0, 8, 2 if song.genre in {"ambient", "hiphop"} else 1)
        if song.style["drums"] == "onedrop":
            steps = range(1, 8, 2)
        for step in steps:
            pitch = self._tone(degree + order[(step + index * 3) % 8], 1)
            force = song.style["pluck"] * full * (1.0 if step % 4 == 0 else 0.72)
            self.notes.append(Note("pluck", at + step * self.bar / 8, 0.7, pitch, force, "pluck", -0.35 + 0.1 * step))

    def _lead(
        self, degree: int, at: float, motif: list[tuple[int, int, int]], index: int, full: float, *, quiet: bool
    ) -> None:
        song = self.song
        for step, long, level in motif:
            if step // 16 != index % 4 or (quiet and step % 16 < 8):
                continue  # under a voice the lead answers in the second half of the bar
            pitch = self._tone(degree + (level if step % 4 else 2 * round(level / 2)), 1)
            while pitch > song.root + 27:
                pitch -= 12
            force = song.style["lead"] * full * (0.3 if quiet else 1)
            when = at + (step % 16) * self.bar / 16
            self.notes.append(Note("lead", when, long * self.bar / 16, pitch, force, song.style["lead_wave"], 0.15))

    def _backing(self, degree: int, at: float, full: float) -> None:
        for index, step in enumerate((2, 4)):
            pitch = self._tone(degree + step, 1)
            while pitch > self.song.root + 19:
                pitch -= 12
            self.notes.append(Note("backing", at, self.bar * 0.95, pitch, 0.6 * full, "choir", (-0.45, 0.45)[index]))

    def _sing(
        self, words: tuple[str, ...], tag: str, bar: int, section: Section, chords: list[int], index: int
    ) -> None:
        """Write one line: a note for each syllable, on tones of the scale near those of the chord."""
        song, step = self.song, self.bar / 16
        counts = [syllables(word) for word in words]
        total, room = sum(counts), section.span * 16
        unit = min(4.0, (room - 2) / total, max(1.0, 0.36 / step))
        if unit >= 2:
            unit = float(int(unit))
        low = 40 + (song.root - 40) % 12 if song.male else 50 + (song.root - 50) % 12
        contour = self.contours.get(section.kind, self.contours["verse"])
        lift = 2 if section.kind == "chorus" else 0
        sung_ = 0
        for place, (word, count) in enumerate(zip(words, counts, strict=True)):
            notes = []
            for _ in range(count):
                begin = sung_ * unit
                end = begin + unit * 0.96
                if sung_ == total - 1:
                    end = min(room - 1.0, begin + max(unit, 0.8 / step))
                degree = chords[(index * section.span + int(begin // 16)) % 4] - 1
                level = lift + contour[(sung_ + 3 * (index % 2)) % len(contour)]
                if begin % 8 < unit / 2 or sung_ == total - 1:
                    level = _near_chord(degree, level)
                pitch = low + int(song.scale[level % 7]) + 12 * (level // 7)
                at = bar * self.bar
                notes.append((round(at + begin * step, 4), round(at + end * step, 4), pitch))
                self.notes.append(Note("vocal", at + begin * step, (end - begin) * step, pitch, 0.9, "voice"))
                sung_ += 1
            mark = tag if place == 0 else ""
            self.words.append(Word(word, mark, notes[0][0], notes[-1][1], tuple(notes), self.lines))
        self.lines += 1


def _near_chord(degree: int, level: int) -> int:
    """Return the tone of the chord that is nearest to a step of the scale."""
    return min(range(level - 2, level + 3), key=lambda at: ((at - degree) % 7 not in {0, 2, 4}, abs(at - level)))


def _motif(dice: random.Random) -> list[tuple[int, int, int]]:
    """Return four bars of melody: (step, length in steps, degree above the chord)."""
    notes: list[tuple[int, int, int]] = []
    level = dice.randint(2, 4)
    for bar in range(4):
        step = 0 if bar != 3 else 2
        while step < 14:
            long = dice.choice((2, 2, 3, 4, 4, 6))
            if dice.random() < 0.82:
                notes.append((bar * 16 + step, min(long, 16 - step), level))
            level = min(8, max(0, level + dice.randint(-2, 2)))
            step += long
    return notes


def _contour(dice: random.Random) -> list[int]:
    """Return steps of the scale that a sung line walks along."""
    level, steps = dice.randint(1, 4), []
    for _ in range(12):
        steps.append(level)
        level = min(7, max(0, level + dice.choice((-2, -1, -1, 0, 1, 1, 2))))
    return steps


def cut(whole: Score, begin: float, end: float) -> Score:
    """Return what lies between two moments of a score, at its own time; notes that reach over are shortened."""
    notes = tuple(
        note._replace(long=min(note.long, end - note.start)) for note in whole.notes if begin <= note.start < end - 0.02
    )
    words = tuple(word for word in whole.words if begin <= word.start and word.end <= end + 0.3)
    marks = tuple((kind, max(a, begin), min(b, end)) for kind, a, b in whole.sections if a < end and b > begin)
    return replace(whole, notes=notes, words=words, sections=marks, missing=())


def later(whole: Score, seconds: float) -> Score:
    """Return a score moved in time."""
    notes = tuple(note._replace(start=note.start + seconds) for note in whole.notes)
    words = tuple(
        word._replace(
            start=word.start + seconds,
            end=word.end + seconds,
            notes=tuple((a + seconds, b + seconds, pitch) for a, b, pitch in word.notes),
            line=word.line + 1000,
        )
        for word in whole.words
    )
    marks = tuple((kind, a + seconds, b + seconds) for kind, a, b in whole.sections)
    return replace(whole, notes=notes, words=words, sections=marks, seconds=whole.seconds + seconds)


def joined(first: Score, *others: Score) -> Score:
    """Return scores laid over each other; style and tempo are the last one's."""
    every = (first, *others)
    return replace(
        every[-1],
        seconds=max(one.seconds for one in every),
        notes=tuple(sorted((note for one in every for note in one.notes), key=lambda note: note.start)),
        words=tuple(sorted((word for one in every for word in one.words), key=lambda word: word.start)),
        missing=tuple(word for one in every for word in one.missing),
        sections=tuple(sorted((mark for one in every for mark in one.sections), key=lambda mark: mark[1])),
    )
