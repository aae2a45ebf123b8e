"""The speaking model: text to phonemes, phonemes to frames of sound, frames to samples.

One English model (hibari-tts, Apache-2.0, inside its wheel) is all there is. It works like a mouth: it gives, for
each 12.5 ms, the shape of the spectrum, the noise and the pitch apart. So the pitch can be moved without the
formants (another speaker) or set altogether (a singer), and where each phoneme ends is known.
"""

import os
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kie.emulator.media.audio import Wave
from kie.emulator.media.latin import latin

RATE = 24000
HOP = 300
"""Samples a frame."""

_ENDS = b"/CumSum_output_0"
"""The tensor inside the model that tells after how many frames each phoneme ends."""
_LENGTHS = b"/Sub_output_0"
"""The tensor that tells how long each phoneme would be at the usual pace, before it is rounded to whole frames."""


@dataclass(frozen=True, slots=True)
class Frames:
    """One sentence as the model utters it."""

    parts: tuple[npt.NDArray[np.float32], ...]
    """Harmonics, their phase, noise, the rest and its phase: 601 lines of the spectrum by frames."""
    pitch: Wave
    """Hz for each frame, 0 where there is no voice."""
    words: tuple[tuple[str, int, int], ...]
    """Each word with its first frame and the one after its last."""
    phonemes: tuple[tuple[str, int, int], ...]
    """Each phoneme in the same way."""

    @property
    def count(self) -> int:
        """How many frames there are."""
        return int(self.pitch.size)


class Voicebox:
    """The model, loaded. Raises whatever a missing or broken wheel raises."""

    def __init__(self) -> None:
        import hibari
        import onnxruntime
        from hibari import Hibari, dsp
        from hibari.g2p.normalize import normalize

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._hibari: Any = Hibari(threads=1)
        self._dsp: Any = dsp
        self._normalize: Any = normalize
        data = Path(os.path.join(os.path.dirname(hibari.__file__), "assets", "hibari.onnx")).read_bytes()  # noqa: PTH118, PTH120 - as the wheel itself finds it
        # A message of protocol buffers is added to by appending: the graph gets two more outputs.
        more = data
        for tensor in (_ENDS, _LENGTHS):
            name = b"\x0a" + bytes([len(tensor)]) + tensor
            output = b"\x62" + bytes([len(name)]) + name
            more += b"\x3a" + bytes([len(output)]) + output
        try:
            self._session: Any = onnxruntime.InferenceSession(more, options, providers=["CPUExecutionProvider"])
            self._timed = True
        except Exception:  # noqa: BLE001 - another edition of the model: it speaks, but its times are guessed
            self._session = self._hibari.sess
            self._timed = False

    def sentences(self, text: str) -> list[str]:
        """Return the sentences of a text, with abbreviations and figures written out."""
        lines = [self._normalize(line) for line in text.splitlines() if line.strip()]
        return [one for line in lines if line for one in self._hibari.split_sentences(line) if one.strip()]

    def utter(self, sentence: str, pace: float) -> list[Frames]:
        """Return the frames of a sentence; a very long one comes in several pieces, one of no sound in none.

        Args:
            sentence: One of `sentences`.
            pace: 0.4 to 2.5.
        """
        g2p = self._hibari.g2p
        vocabulary = self._hibari.vocab
        pieces: list[list[tuple[str, str]]] = [[]]
        for token in g2p.phonemize_tokens(g2p.tokenize(sentence)):
            sounds = (token.phonemes or "") + (" " if token.whitespace else "")
            if pieces[-1] and sum(len(held) for _, held in pieces[-1]) + len(sounds) > 380:
                pieces.append([])
            pieces[-1].append((str(token.text), sounds))
        return [made for piece in pieces if (made := self._piece(piece, vocabulary, pace)) is not None]

    def _piece(self, tokens: list[tuple[str, str]], vocabulary: dict[str, int], pace: float) -> Frames | None:
        signs, owners = [""], [-1]
        for index, (_, sounds) in enumerate(tokens):
            for sign in sounds:
                if sign in vocabulary:
                    signs.append(sign)
                    owners.append(index)
        while signs and signs[-1] == " ":
            signs.pop()
            owners.pop()
        if not any(sign.isalpha() for sign in signs):
            return None
        ids = [0, *(vocabulary[sign] for sign in signs[1:]), 0]
        asked = {"ids": np.asarray([ids], np.int64), "speed": np.asarray([pace], np.float32)}
        made = self._session.run(None, asked)
        pitch = made[5][0]
        held = np.asarray(made[6] if self._timed else [len(ids)]).reshape(-1)
        if self._timed:
            ends = [round(int(end) * pitch.size / int(held[-1])) for end in held]
        else:
            ends = [round((n + 1) * pitch.size / len(ids)) for n in range(len(ids))]
        parts = tuple(part[0] for part in made[:5])
        if self._timed:
            # At a quick pace the model rounds its short sounds up and falls behind: frames are left out evenly.
            wished = round(float(np.asarray(made[7]).sum()) / pace * pitch.size / int(held[-1]))
            if abs(wished / pitch.size - 1) > 0.01 and wished > 4:
                chosen = np.rint(np.linspace(0, pitch.size - 1, wished)).astype(np.int64)
                ends = [round(end * wished / pitch.size) for end in ends]
                parts = tuple(np.ascontiguousarray(part[:, chosen]) for part in parts)
                pitch = pitch[chosen]
        phonemes = tuple((sign, ends[n - 1], ends[n]) for n, sign in enumerate(signs) if n)
        words = []
        for index, (word, _) in enumerate(tokens):
            own = [n for n, owner in enumerate(owners) if owner == index and signs[n] != " "]
            if own and any(sign.isalnum() for sign in word):
                words.append((word, ends[own[0] - 1], ends[own[-1]]))
        return Frames(parts, pitch, tuple(words), phonemes)

    def sound(self, frames: Frames, pitch: Wave, breath: float = 0.0, seed: int = 0) -> Wave:
        """Return the samples of frames at a pitch of one's own (Hz a frame, 0 for none).

        Args:
            frames: What is uttered.
            pitch: As long as the frames.
            breath: How much more noise, as a logarithm.
            seed: Of the noise.
        """
        harmonics, phase, noise, rest, other = frames.parts
        made = self._dsp.synth(harmonics, phase, noise + breath, rest, other, pitch, np.random.default_rng(seed))
        return np.asarray(made, np.float32)


@cache
def voicebox() -> Voicebox | None:
    """Return the model, loaded once, or nothing if its wheel is missing or broken."""
    try:
        return Voicebox()
    except Exception:  # noqa: BLE001 - a broken wheel must lead to the simpler voice, whatever it raises
        return None


_KEY = re.compile(r"[^\W_]+")


def matched(text: str, spoken: list[tuple[str, float, float]]) -> list[tuple[str, float, float]]:
    """Return the words of a text with times, from the times of what was spoken for it.

    Figures are spoken as several words, and foreign letters in other ones: what differs shares the time between
    the words on both sides of it that agree.

    Args:
        text: As it was written.
        spoken: Words as they were spoken, with start and end in seconds.
    """
    written = text.split()
    left = ["".join(_KEY.findall(latin(word).lower())) for word in written]
    right = ["".join(_KEY.findall(word.lower())) for word, _, _ in spoken]
    found: list[tuple[str, float, float]] = []
    last = 0.0
    for how, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if how == "equal":
            found += [(written[a + n], *spoken[c + n][1:]) for n in range(b - a)]
        elif b > a:
            begin = spoken[c][1] if d > c else last
            end = spoken[d - 1][2] if d > c else (spoken[c][1] if c < len(spoken) else last)
            weights = [len(left[n]) + 1 for n in range(a, b)]
            at = begin
            for n in range(a, b):
                share = (end - begin) * weights[n - a] / sum(weights)
                found.append((written[n], at, at + share))
                at += share
        last = found[-1][2] if found else 0.0
    return found
