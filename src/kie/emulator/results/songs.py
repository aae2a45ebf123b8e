"""What the music operations make: two songs for a task, and words. What is done with songs: `songwork`."""

from __future__ import annotations

import hashlib
import random
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from kie.emulator.media.form import stanzas
from kie.emulator.media.songbook import compose
from kie.emulator.results import lyrics, songwork
from kie.emulator.results.shapes import prompt, sources
from kie.emulator.results.songwork import field, find_song
from kie.emulator.tasks import Outcome, Task

if TYPE_CHECKING:
    from kie.emulator.results.maker import Maker

__all__ = ["date_words", "field", "find_song", "make", "song_id"]

_ENGINES = {
    "V3_5": "chirp-v3-5",
    "V4": "chirp-v4",
    "V4_5": "chirp-auk",
    "V4_5PLUS": "chirp-bluejay",
    "V4_5ALL": "chirp-auk-turbo",
    "V5": "chirp-crow",
    "V5_5": "chirp-hawk",
}
#: What a job does with the song or recording that it is given (see `MediaSpec.before`).
_WORKS = {
    "music-extend": "extend",
    "upload-and-cover-audio": "cover",
    "add-vocals": "voices",
    "add-instrumental": "band",
    "mashup": "mashup",
    "replace-section": "replace",
}


def song_id(task: Task, index: int) -> str:
    """The audio id of a task's song."""
    return str(uuid.UUID(hashlib.sha256(f"{task.id}:song:{index}".encode()).hexdigest()[:32]))


def make(task: Task, maker: Maker, job: str) -> Outcome:
    """The outcome of a music operation."""
    makers = {
        "lyrics": _lyrics,
        "format-conversion": songwork.wav,
        "vocal-separation": songwork.stems,
        "music-video": songwork.clip,
        "generate-midi-from-audio": songwork.notes,
        "cover-art": songwork.covers,
        "boost-music-style": _style,
        "timestamped-lyrics": songwork.timed,
        "get-timestamped-lyrics": songwork.timed,
        "suno-recovery-audio": _recovered,
        "generate-persona": _persona,
        "check-voice": _voice_check,
        "create-voice": _voice,
        "validation-phrase": _phrase,
        "regenerate-phrase": _phrase,
    }
    maker_of = makers.get(job)
    return maker_of(task, maker) if maker_of is not None else _songs(task, maker, job)


def _songs(task: Task, maker: Maker, job: str) -> Outcome:
    inputs = task.inputs
    parent, given = _given(task, maker, job)
    quiet = bool(field(inputs, "instrumental")) or job in {"sound-effect", "add-instrumental"}
    title, style, about, words = _asked(task, parent, quiet=quiet)
    kind = "sound" if job == "sound-effect" else "music"
    tags = style
    if not quiet and (gender := field(inputs, "vocalGender")) in {"m", "f"}:
        tags = f"{style}, {'male' if gender == 'm' else 'female'} vocals"
    songs: list[dict[str, Any]] = []
    for index in range(1 if job == "replace-section" else 2):
        seed = (task.seed + 7 * index) % 2**31
        spec: dict[str, Any] = {
            "kind": kind,
            "format": "mp3",
            "prompt": f"{title}. {about}" if about else title,
            "tags": tags,
            "vocals": not quiet,
            "lyrics": words,
            "seed": seed,
        }
        if kind == "sound":
            spec |= {"prompt": prompt(inputs), "tags": _sound_tags(inputs), "loop": bool(field(inputs, "soundLoop"))}
        spec["duration"] = _length(task, spec, index)
        if job in _WORKS and (parent or given):
            spec |= _worked(task, maker, spec, parent, given, _WORKS[job])
        cover = {"kind": "image", "format": "jpeg", "prompt": f"{title}, {style}", "width": 512, "height": 512}
        more: dict[str, Any] = {"sources": tuple(given)} if given and spec.get("before") else {}
        song: dict[str, Any] = {
            "id": song_id(task, index),
            "audio_url": maker.give(task, f"audio{index}", spec, **more),
            "stream_audio_url": maker.give(task, f"stream{index}", spec, **more),
            "image_url": maker.give(task, f"cover{index}", {**cover, "seed": (task.seed + index) % 2**31}),
            "prompt": words,
            "model_name": _ENGINES.get(str(inputs.get("model")), "chirp-hawk"),
            "title": title,
            "tags": style,
            "createTime": int(maker.at * 1000),
            "duration": spec["duration"],
        }
        taken = sources(inputs)
        if job in {"upload-and-cover-audio", "music-extend"} and taken:
            song |= {"source_audio_url": taken[0], "source_stream_audio_url": taken[0], "source_image_url": ""}
        songs.append(song)
    urls = tuple(song["audio_url"] for song in songs)
    return Outcome(urls=urls, covers=tuple(song["image_url"] for song in songs), songs=tuple(songs))


def _given(task: Task, maker: Maker, job: str) -> tuple[dict[str, Any], list[str]]:
    """The song made here that a job works on, or else the recordings that it brings."""
    if job not in _WORKS:
        return {}, []
    taken = sources(task.inputs)
    if job == "mashup":
        return {}, taken
    if taken:
        known = maker.music_of(taken[0])
        # A voice or a band is put to the sound itself, whoever made it.
        keeps_sound = job in {"add-vocals", "add-instrumental"}
        return known, taken[:1] if keeps_sound or not known else []
    return songwork.described(task, maker), []


def _asked(task: Task, parent: dict[str, Any], *, quiet: bool) -> tuple[str, str, str, str]:
    """Title, style, what it is about beside these, and the words that are sung."""
    inputs = task.inputs
    own = field(inputs, "defaultParamFlag")
    wished = prompt(inputs)
    if own is False:  # the parameters of the song that is gone on with
        inputs = {key: held for key, held in inputs.items() if key not in {"style", "tags", "title"}}
    style = str(inputs.get("style") or inputs.get("tags") or parent.get("tags") or wished)[:200]
    named = inputs.get("title") or parent.get("title") or lyrics.title(wished, task.seed)
    custom = (
        bool(field(inputs, "customMode")) or own is True or bool(inputs.get("full_lyrics") or inputs.get("fullLyrics"))
    )
    if quiet:
        return str(named), style, wished if wished not in {style, named} else "", ""
    if custom or "\n" in wished or "[" in wished:
        return str(named), style, "", wished
    return str(named), style, wished, lyrics.write(wished, task.seed)


def _sound_tags(inputs: dict[str, Any]) -> str:
    tempo, key = field(inputs, "soundTempo"), str(field(inputs, "soundKey") or "")
    parts = [f"{tempo} bpm" if tempo else "", f"in {key}" if key and key != "Any" else ""]
    return ", ".join(part for part in parts if part)


def _length(task: Task, spec: dict[str, Any], index: int) -> float:
    """Seconds of a song: as asked, or as its words need."""
    asked = task.inputs.get("duration")
    if isinstance(asked, (int, float)) and asked > 0:
        return round(max(2.0, min(360.0, float(asked))), 2)
    dice = random.Random(f"{task.seed}:songs:{index}")
    if spec["kind"] == "sound":
        return round(dice.uniform(4, 9), 2)
    low, high = 24.0, 40.0
    if spec["lyrics"]:
        bar = 240 / compose(spec["prompt"], spec["tags"], spec["seed"]).bpm
        lines = sum(len(held) for _, held in stanzas(spec["lyrics"]))
        need = (lines * (1 if bar >= 1.85 else 2) + 5) * bar
        low, high = (min(90.0, max(24.0, need)), min(96.0, max(40.0, need + 4)))
    return round(dice.uniform(low, high), 2)


def _worked(
    task: Task, maker: Maker, spec: dict[str, Any], parent: dict[str, Any], given: list[str], work: str
) -> dict[str, Any]:
    """What is to be done with the song or recording that was given, and how long the result is."""
    inputs = task.inputs
    old = float(parent.get("duration") or (maker.sound_of(given[0]) if given else 20.0))
    kept = {name: held for name, held in parent.items() if name not in {"title", "cover", "format", "inputs"}}
    before: dict[str, Any] = {"work": work, **({"spec": kept} if kept else {})}
    length = spec["duration"]
    if work == "extend":
        at = field(inputs, "continueAt")
        until = min(old, float(at)) if isinstance(at, (int, float)) and at > 0 else old
        before["until"] = round(until, 2)
        length = round(until + length, 2)
    elif work == "replace":
        begin = max(0.0, min(old, float(field(inputs, "infillStartS") or 0)))
        end = max(begin + 0.5, min(old, float(field(inputs, "infillEndS") or old)))
        before |= {"from": begin, "until": end}
        length = old
    elif "duration" not in inputs:
        length = old
    return {"before": before, "duration": round(max(2.0, min(600.0, length)), 2)}


def _lyrics(task: Task, _maker: Maker) -> Outcome:
    data = [
        {
            "text": lyrics.write(prompt(task.inputs), task.seed + index),
            "status": "complete",
            "title": lyrics.title(prompt(task.inputs), task.seed + index),
            "error_message": "",
        }
        for index in range(2)
    ]
    return Outcome(object={"lyricsData": data})


def _recovered(task: Task, maker: Maker) -> Outcome:
    """The songs of an earlier task once more; new ones when there is none."""
    parent = songwork.parent_of(task, maker)
    if parent is None or parent.outcome is None or not parent.outcome.songs:
        return _songs(task, maker, "text-to-music")
    return Outcome(urls=parent.outcome.urls, covers=parent.outcome.covers, songs=parent.outcome.songs)


def _style(task: Task, _maker: Maker) -> Outcome:
    return Outcome(object={"result": lyrics.style(prompt(task.inputs), task.seed)})


def _persona(task: Task, _maker: Maker) -> Outcome:
    persona = hashlib.sha256(f"{task.id}:persona".encode()).hexdigest()[:32]
    return Outcome(
        object={
            "personaId": persona,
            "name": task.inputs.get("name"),
            "description": task.inputs.get("description"),
        }
    )


def _voice_check(_task: Task, _maker: Maker) -> Outcome:
    return Outcome(object={"isAvailable": True})


def _phrase(task: Task, _maker: Maker) -> Outcome:
    return Outcome(object={"validateInfo": lyrics.phrase(task.seed)})


def _voice(task: Task, _maker: Maker) -> Outcome:
    return Outcome(object={"voiceId": hashlib.sha256(f"{task.id}:voice".encode()).hexdigest()[:32]})


def date_words(at: float) -> str:
    """A time as the music records write it: "2026-01-31 09:30:00"."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M:%S")
