"""Music: songs and their stems as files."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from kie.emulator.media.audio import Wave, file
from kie.emulator.media.band import performed
from kie.emulator.media.dispatch import suited
from kie.emulator.media.edits import worked
from kie.emulator.media.instruments import RATE
from kie.emulator.media.marks import note, transcript
from kie.emulator.media.music_stems import VOICED, stem_of
from kie.emulator.media.score import score
from kie.emulator.media.songbook import Song, compose, genres
from kie.emulator.media.voicebox import voicebox

if TYPE_CHECKING:
    from kie.emulator.media import MediaSpec

__all__ = ["RATE", "Song", "compose", "genres", "play", "render", "stem_of"]

_KEPT = frozenset({"kind", "prompt", "tags", "seed", "duration", "vocals", "lyrics", "stem", "before"})
"""What a song's file tells of how it was made, so that it can be worked on when it is sent back."""


def render(spec: MediaSpec) -> bytes:
    """Return the file of a song, or of one of its stems."""
    wave, played = worked(spec)
    title = spec.prompt[:60] or "music"
    prompt = f"{spec.prompt} | {spec.tags}" if spec.tags else spec.prompt
    words = [(word.text, word.start, word.end, 0) for word in played.words] if spec.stem in VOICED else []
    told = transcript(words, {name: held for name, held in asdict(spec).items() if name in _KEPT and held})
    lacks = ["no hibari-tts, the voice sings vowels"] if played.words and voicebox() is None else []
    comment = note("music", prompt, spec.seed, *lacks)
    return file(wave, RATE, suited("music", spec.format), comment, title, told)


def play(song: Song, duration: float, *, lyrics: str | None = None) -> Wave:
    """Return two channels at 44.1 kHz.

    Args:
        song: What to play.
        duration: Seconds, 0.5 to 600.
        lyrics: What is sung; nothing for an instrumental.
    """
    return performed(score(song, duration, lyrics))
