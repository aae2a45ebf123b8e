"""CPU of the files that the emulator makes, in one thread of a process that has made one before: ms each."""

from __future__ import annotations

import os
import time

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

from kie.emulator.media import MediaSpec, render  # noqa: E402 - the libraries read the settings above once

_PROMPTS = (
    "a lighthouse above a stormy sea",
    "a red fox in deep snow",
    "Tokyo street at night in the rain, neon",
    "misty mountains at dawn",
    "portrait of an old sailor, window light",
    "a bottle of perfume on marble, studio light",
    "a bowl of ramen, steam",
    "a spaceship above a blue planet",
    "minimal logo of a mountain, flat",
    "a cosy living room with a fireplace",
    "a vintage car on a desert road",
    "a bouquet of peonies in a vase",
    "autumn forest with a river",
    "abstract flowing silk, gold and teal",
    "a cat on a windowsill",
    "skyline of a city at sunset",
    "a waterfall in the jungle",
    "a sailing boat at golden hour",
    "northern lights above a cabin",
    "a field of lavender",
)
_SENTENCE = "The quick brown fox jumps over the lazy dog, and nobody in the village was surprised."
_GENRES = (
    "lo-fi hip hop, 84 bpm",
    "techno, 128 bpm",
    "orchestral, epic, 100 bpm",
    "jazz trio, 120 bpm",
    "heavy metal, 160 bpm",
)


def _cost(spec: MediaSpec, repeats: int) -> float:
    """Least CPU of several, in ms."""
    found = []
    for _ in range(repeats):
        began = time.process_time()
        render(spec)
        found.append((time.process_time() - began) * 1000)
    return min(found)


def measure(*, quick: bool) -> list[tuple[str, list[float]]]:
    """Names and costs."""
    repeats = 2 if quick else 3
    images = [
        MediaSpec("image", "jpeg", prompt, seed) for seed, prompt in enumerate(_PROMPTS[:6] if quick else _PROMPTS)
    ]
    video = MediaSpec("video", "mp4", _PROMPTS[0], 1, 1280, 720, duration=5.0)
    speech = MediaSpec("speech", "mp3", _SENTENCE, 1, voice="Rachel")
    songs = [MediaSpec("music", "mp3", "", 1, duration=30.0, tags=tags) for tags in _GENRES[: 2 if quick else 5]]
    render(images[0]), render(speech), render(songs[0])  # libraries and voices are loaded
    return [
        ("image", [_cost(spec, repeats) for spec in images]),
        ("video", [_cost(video, repeats)]),
        ("speech", [_cost(speech, repeats)]),
        ("music", [_cost(spec, repeats) for spec in songs]),
    ]
