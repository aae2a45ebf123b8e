"""What the music operations make: two songs for a task, words, stems, notes, covers, videos, voices."""

from __future__ import annotations

import hashlib
import random
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from kie.emulator import lyrics
from kie.emulator.shapes import prompt, sources
from kie.emulator.tasks import Outcome, Task

if TYPE_CHECKING:
    from kie.emulator.maker import Maker

_ENGINES = {
    "V3_5": "chirp-v3-5",
    "V4": "chirp-v4",
    "V4_5": "chirp-auk",
    "V4_5PLUS": "chirp-bluejay",
    "V4_5ALL": "chirp-auk-turbo",
    "V5": "chirp-crow",
    "V5_5": "chirp-hawk",
}
_STEMS = (
    "backing_vocals",
    "bass",
    "brass",
    "drums",
    "fx",
    "guitar",
    "keyboard",
    "percussion",
    "piano",
    "strings",
    "synth",
    "vocal",
    "woodwinds",
)


def field(inputs: dict[str, Any], camel: str) -> Any:
    """A field of a music request.

    `negativeTags` of the old endpoints or `negative_tags` of the unified ones.
    """
    if camel in inputs:
        return inputs[camel]
    snake = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in camel)
    return inputs.get(snake)


def song_id(task: Task, index: int) -> str:
    """The audio id of a task's song."""
    return str(uuid.UUID(hashlib.sha256(f"{task.id}:song:{index}".encode()).hexdigest()[:32]))


def find_song(task: Task | None, audio_id: str) -> dict[str, Any] | None:
    """A song of a finished task, by its audio id; the first one when no id is given."""
    if task is None or task.outcome is None:
        return None
    for song in task.outcome.songs:
        if not audio_id or song["id"] == audio_id:
            return song
    return None


def make(task: Task, maker: Maker, job: str) -> Outcome:
    """The outcome of a music operation."""
    makers = {
        "lyrics": _lyrics,
        "format-conversion": _wav,
        "vocal-separation": _stems,
        "music-video": _clip,
        "generate-midi-from-audio": _notes,
        "cover-art": _covers,
        "boost-music-style": _style,
        "timestamped-lyrics": _aligned,
        "get-timestamped-lyrics": _aligned,
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
    dice = random.Random(f"{task.seed}:songs")
    quiet = bool(field(inputs, "instrumental")) or job in {"sound-effect", "add-instrumental"}
    style = str(inputs.get("style") or inputs.get("tags") or prompt(inputs))[:200]
    title = str(inputs.get("title") or lyrics.title(prompt(inputs), task.seed))
    words = (
        "" if quiet else (prompt(inputs) if field(inputs, "customMode") else lyrics.write(prompt(inputs), task.seed))
    )
    asked = float(inputs.get("duration") or 0)
    kind = "sound" if job == "sound-effect" else "music"
    taken = sources(inputs)
    number = 1 if job == "replace-section" else 2
    songs: list[dict[str, Any]] = []
    for index in range(number):
        low, high = (4, 9) if kind == "sound" else (24, 40)
        length = round(max(2.0, min(360.0, asked or dice.uniform(low, high))), 2)
        spec = {
            "kind": kind,
            "format": "mp3",
            "prompt": f"{title}. {prompt(inputs)}",
            "tags": style,
            "duration": length,
            "vocals": not quiet,
            "seed": (task.seed + 7 * index) % 2**31,
        }
        cover = {
            "kind": "image",
            "format": "jpeg",
            "prompt": f"{title}, {style}",
            "width": 512,
            "height": 512,
        }
        audio = maker.give(task, f"audio{index}", spec)
        song: dict[str, Any] = {
            "id": song_id(task, index),
            "audio_url": audio,
            "stream_audio_url": maker.give(task, f"stream{index}", spec),
            "image_url": maker.give(task, f"cover{index}", {**cover, "seed": (task.seed + index) % 2**31}),
            "prompt": words,
            "model_name": _ENGINES.get(str(inputs.get("model")), "chirp-hawk"),
            "title": title,
            "tags": style,
            "createTime": int(maker.at * 1000),
            "duration": length,
        }
        if job == "upload-and-cover-audio" and taken:
            song |= {
                "source_audio_url": taken[0],
                "source_stream_audio_url": taken[0],
                "source_image_url": "",
            }
        songs.append(song)
    urls = tuple(song["audio_url"] for song in songs)
    return Outcome(urls=urls, covers=tuple(song["image_url"] for song in songs), songs=tuple(songs))


def _parent(task: Task, maker: Maker) -> Task | None:
    return maker.find(str(field(task.inputs, "taskId") or ""))


def _spec(task: Task, maker: Maker) -> dict[str, Any]:
    """The description of the song that a task works on."""
    parent = _parent(task, maker)
    song = find_song(parent, str(field(task.inputs, "audioId") or ""))
    file = maker.files.find_url(song["audio_url"]) if song else None
    if file is not None:
        return {
            **file.spec,
            "title": (song or {}).get("title", ""),
            "cover": (song or {}).get("image_url", ""),
        }
    return {
        "kind": "music",
        "prompt": "",
        "tags": "",
        "duration": 20.0,
        "seed": task.seed,
        "title": "",
        "cover": "",
    }


def _music(spec: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {key: spec[key] for key in ("kind", "prompt", "tags", "duration", "seed") if key in spec} | more


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


def _wav(task: Task, maker: Maker) -> Outcome:
    spec = _spec(task, maker)
    return Outcome(urls=(maker.give(task, 0, _music(spec, format="wav", vocals=spec.get("vocals", False))),))


def _stems(task: Task, maker: Maker) -> Outcome:
    spec = _spec(task, maker)
    kind = str(task.inputs.get("type") or "separate_vocal")
    names: tuple[str, ...] = ("vocal", "instrumental") if kind == "separate_vocal" else _STEMS
    if kind == "split_stem_advanced" or (kind != "split_stem" and field(task.inputs, "stemName")):
        names = (str(field(task.inputs, "stemName") or "vocal").lower().replace(" ", "_"),)
    stems = {}
    for name in names:
        part = _music(
            spec,
            format="mp3",
            vocals="vocal" in name,
            tags=f"{name.replace('_', ' ')}, {spec.get('tags', '')}",
        )
        stems[name] = maker.give(task, f"stem-{name}", part)
    length = spec.get("duration", 20.0)
    tracks = [
        {
            "duration": length,
            "audio_url": url,
            "stem_type_group_name": name.replace("_", " ").title(),
            "id": str(uuid.UUID(hashlib.sha256(f"{task.id}:{name}".encode()).hexdigest()[:32])),
        }
        for name, url in stems.items()
    ]
    return Outcome(urls=tuple(stems.values()), extra={"stems": stems, "tracks": tracks})


def _clip(task: Task, maker: Maker) -> Outcome:
    spec = _spec(task, maker)
    clip = {
        "kind": "video",
        "format": "mp4",
        "prompt": spec["prompt"],
        "width": 720,
        "height": 720,
        "duration": min(30.0, spec["duration"]),
        "fps": 16,
        "sound": True,
    }
    taken = (spec["cover"],) if spec["cover"] else ()
    return Outcome(urls=(maker.give(task, 0, clip, sources=taken),))


def _notes(task: Task, _maker: Maker) -> Outcome:
    dice = random.Random(f"{task.seed}:midi")
    instruments = []
    for name, low, high in (
        ("Drums", 36, 51),
        ("Electric Bass (finger)", 28, 48),
        ("Acoustic Grand Piano", 55, 79),
    ):
        start, notes = 0.0, []
        for _ in range(24):
            length = dice.choice((0.25, 0.5, 0.5, 1.0))
            notes.append({"pitch": dice.randint(low, high), "start": start, "end": start + length, "velocity": 1})
            start += length
        instruments.append({"name": name, "notes": notes})
    return Outcome(object={"state": "complete", "instruments": instruments})


def _covers(task: Task, maker: Maker) -> Outcome:
    spec = _spec(task, maker)
    picture = {
        "kind": "image",
        "format": "png",
        "prompt": spec["title"] or spec["prompt"],
        "width": 1024,
        "height": 1024,
    }
    return Outcome(urls=tuple(maker.give(task, index, picture) for index in range(2)))


def _style(task: Task, _maker: Maker) -> Outcome:
    return Outcome(object={"result": lyrics.style(prompt(task.inputs), task.seed)})


def align(words: str, length: float) -> list[dict[str, Any]]:
    """Words with the seconds at which they are sung."""
    parts = words.split() or ["instrumental"]
    step = length / len(parts)
    return [
        {
            "word": word,
            "success": True,
            "startS": round(n * step, 2),
            "endS": round((n + 0.9) * step, 2),
            "palign": 0,
        }
        for n, word in enumerate(parts)
    ]


def _aligned(task: Task, maker: Maker) -> Outcome:
    song = find_song(_parent(task, maker), str(field(task.inputs, "audioId") or "")) or {}
    return Outcome(object=aligned(song))


def aligned(song: dict[str, Any]) -> dict[str, Any]:
    """The answer about a song's words and their times."""
    wave = [round(abs((n * 37 % 100) / 100 - 0.5) * 2, 2) for n in range(64)]
    words = align(str(song.get("prompt", "")), float(song.get("duration", 20)))
    return {"alignedWords": words, "waveformData": wave, "hootCer": 0.05, "isStreamed": False}


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
