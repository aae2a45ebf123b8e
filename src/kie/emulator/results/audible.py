"""What the operations on speech and sound make: voices, dialogues, effects, a voice set free, a transcript."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kie.emulator.media.marks import heard, origin
from kie.emulator.media.speech_text import plain
from kie.emulator.results.files import stand_in
from kie.emulator.results.shapes import prompt, sources, spoken
from kie.emulator.tasks import Outcome, Task

if TYPE_CHECKING:
    from kie.emulator.results.files import File
    from kie.emulator.results.maker import Maker

Timed = tuple[str, float, float, int]

#: Names of languages (ISO 639-3, as elevenlabs/speech-to-text writes them) by the letters that they are written in.
_SCRIPTS = (
    ("jpn", r"[\u3040-\u30ff]"),
    ("zho", r"[\u3400-\u9fff]"),
    ("kor", r"[\uac00-\ud7af]"),
    ("rus", r"[\u0400-\u04ff]"),
    ("ell", r"[\u0370-\u03ff]"),
    ("heb", r"[\u0590-\u05ff]"),
    ("ara", r"[\u0600-\u06ff]"),
    ("hin", r"[\u0900-\u097f]"),
    ("tha", r"[\u0e00-\u0e7f]"),
)


def speech(task: Task, maker: Maker) -> Outcome:
    """A text or a dialogue, spoken."""
    inputs = task.inputs
    turns, pace = spoken(inputs)
    form = "wav" if "gemini" in task.model else "mp3"
    spec = {
        "kind": "speech",
        "prompt": " ".join(text for _, text in turns),
        "voice": turns[0][0] if turns else "",
        "turns": turns if len({voice for voice, _ in turns}) > 1 else (),
        "speed": pace,
        **_written(inputs, form),
    }
    return Outcome(urls=(maker.give(task, 0, spec),))


def effect(task: Task, maker: Maker) -> Outcome:
    """A sound effect of the asked length."""
    length = task.inputs.get("duration_seconds") or task.inputs.get("duration") or 4
    spec = {
        "kind": "sound",
        "prompt": prompt(task.inputs),
        "duration": max(0.5, min(22.0, float(length))),
        "loop": bool(task.inputs.get("loop")),
        **_written(task.inputs, "mp3"),
    }
    return Outcome(urls=(maker.give(task, 0, spec),))


def _written(inputs: dict[str, Any], form: str) -> dict[str, Any]:
    """Format, rate and kbit/s of a sound: `mp3_44100_128`, `pcm_16000`, or plain `wav`.

    What comes without a header from the vendor (pcm, ulaw, alaw) comes as WAV here.
    """
    asked = str(inputs.get("output_format") or "")
    match = re.fullmatch(r"(mp3|pcm|wav|ulaw|alaw|opus)(?:_(\d+))?(?:_(\d+))?", asked)
    if match is None:
        return {"format": form}
    found: dict[str, Any] = {"format": "mp3" if match[1] in {"mp3", "opus"} else "wav"}
    if match[2]:
        found["rate"] = int(match[2])
    if match[3]:
        found["bitrate"] = int(match[3])
    return found


def isolation(task: Task, maker: Maker) -> Outcome:
    """The voice of a recording, without what is around it."""
    given = sources(task.inputs)[:1]
    known = maker.music_of(given[0]) if given else {}
    if known:
        kept = {name: held for name, held in known.items() if name != "inputs"}
        return Outcome(urls=(maker.give(task, 0, {**kept, "format": "mp3", "stem": "vocals"}),))
    spec: dict[str, Any] = {
        "kind": "sound",
        "format": "mp3",
        "prompt": "the voice alone",
        "before": {"work": "isolate"},
    }
    spec["duration"] = round(maker.sound_of(given[0]), 2) if given else 4.0
    return Outcome(urls=(maker.give(task, 0, spec, sources=tuple(given)),))


def transcript(task: Task, maker: Maker) -> Outcome:
    """What is said in a recording, with the times of the words.

    Exact for what was spoken or sung here, whether it is named by its URL or sent back as a file; of any other
    recording it is said that its words are not known.
    """
    given = sources(task.inputs)[:1]
    file = maker.files.find_url(given[0]) if given else None
    words = _words(file, maker) if file is not None else None
    if words is None:
        seconds = maker.sound_of(given[0]) if given else 0.0
        known = stand_in(given[0]).spec["kind"] if file is None and given else "sound"
        return Outcome(object=_unknown(str(known), seconds))
    text = " ".join(word for word, *_ in words)
    language = str(task.inputs.get("language_code") or "") or _language(text)
    probability = 1.0 if words else 0.0
    diarize = bool(task.inputs.get("diarize"))
    listed = _listed(words, diarize=diarize)
    return Outcome(
        object={"language_code": language, "language_probability": probability, "text": text, "words": listed}
    )


def _words(file: File, maker: Maker) -> list[Timed] | None:
    """The words of a recording that was made here; None if it is of another hand."""
    if file.data is not None:
        found = heard(file.data)
        return found if found or not origin(file.data) else []
    if file.spec.get("kind") not in {"speech", "music", "sound"} or file.path.startswith("/foreign/"):
        return None
    found = heard(maker.files.content(file))
    if found is None and file.spec.get("kind") == "speech":
        return _guessed(plain(str(file.spec.get("prompt", ""))), float(file.spec.get("speed") or 1.0))
    return found


def _guessed(text: str, speed: float) -> list[Timed]:
    """Words with the times that they would take; for files without times."""
    found: list[Timed] = []
    at = 0.2
    for word in text.split():
        long = (0.12 + 0.055 * len(word)) / speed
        found.append((word, round(at, 3), round(at + long, 3), 0))
        at += long + (0.3 if word[-1] in ".!?;:" else 0.03) / speed
    return found


def _listed(words: list[Timed], *, diarize: bool) -> list[dict[str, Any]]:
    """The words as elevenlabs lists them: with the spaces between, and whose they are."""
    listed: list[dict[str, Any]] = []
    for place, (word, begin, end, who) in enumerate(words):
        speaker = {"speaker_id": f"speaker_{who if diarize else 0}"}
        if place:
            listed.append({"text": " ", "start": listed[-1]["end"], "end": begin, "type": "spacing", **speaker})
        listed.append({"text": word, "start": begin, "end": end, "type": "word", **speaker})
    return listed


def _unknown(kind: str, seconds: float) -> dict[str, Any]:
    """The honest answer about a recording of another hand: nothing listens to it."""
    said = f"(emulated: the words of this recording of {seconds:.1f} seconds are not known)"
    event = {"text": f"({kind})", "start": 0.0, "end": round(seconds, 2), "type": "audio_event", "speaker_id": None}
    return {"language_code": "eng", "language_probability": 0.0, "text": said, "words": [event]}


def _language(text: str) -> str:
    return next((name for name, signs in _SCRIPTS if re.search(signs, text)), "eng")
