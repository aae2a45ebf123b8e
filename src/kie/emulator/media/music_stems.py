"""Which part of the band a note belongs to. Standard library only."""

from kie.emulator.media.score import Note
from kie.emulator.media.songbook import Song

VOICED = frozenset({"", "vocal", "vocals"})
"""Names of what has the singer in it: the song, and two of its stems."""


def stem_of(song: Song, one: Note) -> str:
    """Return which of the twelve stems a note is heard in (vocal-removal, document of 2026-08-19).

    They are vocal, backing_vocals, drums, percussion, bass, guitar, keyboard, strings, synth, brass, woodwinds, fx.
    """
    fixed = {"backing": "backing_vocals", "stabs": "brass"}
    if one.track in song.style["band"]:
        return str(song.style["band"][one.track]).partition(":")[0]
    return fixed.get(one.track, one.track)


def belongs(own: str, wanted: str) -> bool:
    """Return whether what is heard in a stem is heard in another: in itself, in `vocals` or in `instrumental`."""
    return wanted in {own, "vocals" if "vocal" in own else "instrumental"}
