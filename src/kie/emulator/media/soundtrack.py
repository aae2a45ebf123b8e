"""The sound track of a clip: what the scene sounds like, soft music, and the words that the prompt quotes."""

import re

import numpy as np

from kie.emulator.media import MediaSpec
from kie.emulator.media.audio import Wave, fades, normalised, stretched
from kie.emulator.media.music import compose, play
from kie.emulator.media.sound import effect, named
from kie.emulator.media.speech import RATE as SPEECH_RATE
from kie.emulator.media.speech import say

RATE = 44100


def quoted(prompt: str) -> str:
    """Return what the prompt has in quotation marks: the words to be spoken."""
    return " ".join(re.findall(r"[\"“«「]([^\"”»」]{2,400})[\"”»」]", prompt))


def track(spec: MediaSpec, seconds: float) -> Wave:
    """Return two channels at 44.1 kHz, as long as the clip."""
    count = round(seconds * RATE)
    words = quoted(spec.prompt)
    mix = np.zeros((2, count), np.float32)
    if named(spec.prompt):
        mix += effect(spec.prompt, seconds, spec.seed)[:, :count] * 0.5
    if not named(spec.prompt) or "music" in spec.prompt.lower():
        song = compose(spec.prompt, f"{spec.tags} ambient" if not spec.tags else spec.tags, spec.seed)
        mix += play(song, seconds)[:, :count] * 0.4
    if words:
        voice, _ = say(words, spec.voice, spec.speed, spec.seed)
        voice = normalised(stretched(voice, RATE / SPEECH_RATE), 0.85)[:count]
        begin = min(max(0, count - voice.size), RATE // 3)
        mix *= 0.3
        mix[:, begin : begin + voice.size] += voice
    return fades(normalised(mix), RATE, 0.02, 0.2)
