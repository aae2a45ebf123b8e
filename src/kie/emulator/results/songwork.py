"""What is done with a song that is there: stems, notes, WAV, a video, covers, the times of its words."""

from __future__ import annotations

import hashlib
import re
import uuid
from typing import TYPE_CHECKING, Any

from kie.emulator.media.edits import scored, spec_of
from kie.emulator.media.music_stems import belongs, stem_of
from kie.emulator.tasks import Outcome, Task

if TYPE_CHECKING:
    from kie.emulator.media.score import Note, Score
    from kie.emulator.results.files import Files
    from kie.emulator.results.maker import Maker

#: The stems of split_stem: twelve (document of 2026-08-19; its recorded example has no piano).
STEMS = (
    "backing_vocals",
    "bass",
    "brass",
    "drums",
    "fx",
    "guitar",
    "keyboard",
    "percussion",
    "strings",
    "synth",
    "vocal",
    "woodwinds",
)
#: In which stem the parts of split_stem_advanced are heard, by the words of their names.
_ADVANCED = (
    ("backing_vocals", r"backing|choir"),
    ("vocal", r"vocal|voice|speech|rap"),
    ("drums", r"drum|kick|snare|hi.?hat|cymbal|tom\b|clap"),
    ("percussion", r"percussion|tambourine|shaker|conga|bongo|maraca|bell|triangle|marimba|xylophone|vibra|timpani"),
    ("bass", r"bass"),
    ("guitar", r"guitar|banjo|ukulele|mandolin|sitar|lute"),
    ("keyboard", r"piano|organ|key|accordion|harpsichord|celesta|clav"),
    ("strings", r"string|violin|viola|cello|fiddle|harp"),
    ("brass", r"brass|trumpet|trombone|horn|tuba"),
    ("woodwinds", r"wood|flute|sax|clarinet|oboe|bassoon|recorder|whistle|pipe"),
    ("fx", r"effect|fx|riser|noise|ambien|scratch"),
)
_GROUPS = {"vocal": "Vocals", "backing_vocals": "Backing_Vocals", "fx": "FX"}
_PLAYERS = {
    "drums": "Drums",
    "percussion": "Percussion",
    "vocal": "Voice Lead",
    "backing": "Choir Aahs",
    "stabs": "Brass Section",
    "guitar": "Electric Guitar (clean)",
    "keyboard": "Electric Piano 1",
    "strings": "String Ensemble 1",
    "synth": "Lead 1 (square)",
    "brass": "Brass Section",
    "woodwinds": "Clarinet",
}


def field(inputs: dict[str, Any], camel: str) -> Any:
    """A field of a music request.

    `negativeTags` of the old endpoints or `negative_tags` of the unified ones.
    """
    if camel in inputs:
        return inputs[camel]
    snake = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in camel)
    return inputs.get(snake)


def find_song(task: Task | None, audio_id: str) -> dict[str, Any] | None:
    """A song of a finished task, by its audio id; the first one when no id is given."""
    if task is None or task.outcome is None:
        return None
    for song in task.outcome.songs:
        if not audio_id or song["id"] == audio_id:
            return song
    return None


def parent_of(task: Task, maker: Maker) -> Task | None:
    """The task that a task names, or which made the song that it names."""
    named = maker.find(str(field(task.inputs, "taskId") or ""))
    return named or maker.song(str(field(task.inputs, "audioId") or ""))


def described(task: Task, maker: Maker) -> dict[str, Any]:
    """The description of the song that a task works on, with its title and cover; {} when there is none.

    A stem of it, when the task that it names is one that made stems.
    """
    parent = parent_of(task, maker)
    audio = str(field(task.inputs, "audioId") or "")
    song = find_song(parent, audio)
    if song is not None:
        file = maker.files.find_url(song["audio_url"])
        held = dict(file.spec) if file is not None else {}
        return {**held, "title": song.get("title", ""), "cover": song.get("image_url", ""), "url": song["audio_url"]}
    if parent is not None and parent.outcome is not None and parent.id != task.id:
        tracks = parent.outcome.extra.get("tracks", [])
        track = next((one for one in tracks if one["id"] == audio), None)
        known = maker.music_of(track["audio_url"]) if track else {}
        return dict(known) or (described(parent, maker) if parent.id != task.id else {})
    taken = str(field(task.inputs, "audioUrl") or "")
    return dict(maker.music_of(taken)) if taken else {}


def _music(task: Task, spec: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The description of another file of the same song; of one made up when the song is not known."""
    kept = {name: held for name, held in spec.items() if name not in {"title", "cover", "url", "inputs"}}
    return {"kind": "music", "prompt": "", "tags": "", "duration": 20.0, "seed": task.seed, **kept, **more}


def _sources(spec: dict[str, Any], maker: Maker) -> tuple[str, ...]:
    """The recordings that a song is made from."""
    file = maker.files.find_url(spec["url"]) if spec.get("url") else None
    return file.sources if file is not None else ()


def wav(task: Task, maker: Maker) -> Outcome:
    """The same song as WAV."""
    spec = described(task, maker)
    made = _music(task, spec, format="wav")
    return Outcome(urls=(maker.give(task, 0, made, sources=_sources(spec, maker)),))


def stems(task: Task, maker: Maker) -> Outcome:
    """Voice and band, or twelve parts, or one: together they are the song."""
    inputs = task.inputs
    spec = described(task, maker)
    from_outside = str(field(inputs, "audioUrl") or "")
    more: dict[str, Any] = {}
    sources = _sources(spec, maker)
    if not spec and from_outside:
        more = {"duration": round(maker.sound_of(from_outside), 2), "before": {"work": "split"}}
        sources = (from_outside,)
    kind = str(inputs.get("type") or "separate_vocal")
    wished = str(field(inputs, "stemName") or "vocal")
    names: dict[str, str] = {name: _GROUPS.get(name, name.title()) for name in ("vocal", "instrumental")}
    if kind == "split_stem":
        names = {name: _GROUPS.get(name, name.title()) for name in STEMS}
    elif kind == "split_stem_advanced":
        names = {stem_named(wished): wished}
    made = {
        name: maker.give(
            task, f"stem-{name}", _music(task, spec, format="mp3", stem=_heard(name, kind), **more), sources=sources
        )
        for name in names
    }
    tracks = [
        {
            "duration": more.get("duration") or spec.get("duration", 20.0),
            "audio_url": url,
            "stem_type_group_name": names[name],
            "id": str(uuid.UUID(hashlib.sha256(f"{task.id}:{name}".encode()).hexdigest()[:32])),
        }
        for name, url in made.items()
    ]
    return Outcome(urls=tuple(made.values()), extra={"stems": made, "tracks": tracks})


def _heard(name: str, kind: str) -> str:
    """What is in a stem: with the voice alone, when there are but two, the backing voices are heard too."""
    return "vocals" if name == "vocal" and kind == "separate_vocal" else name


def stem_named(name: str) -> str:
    """The stem in which an instrument of split_stem_advanced is heard."""
    return next((stem for stem, words in _ADVANCED if re.search(words, name.lower())), "synth")


def clip(task: Task, maker: Maker) -> Outcome:
    """A video of the whole song: its cover and its sound."""
    spec = described(task, maker)
    made = {
        "kind": "video",
        "format": "mp4",
        "prompt": str(spec.get("title") or spec.get("prompt") or "music"),
        "width": 720,
        "height": 720,
        "duration": float(spec.get("duration") or 20.0),
        "fps": 8,
        "sound": True,
    }
    taken = tuple(url for url in (spec.get("cover"), spec.get("url")) if url)
    return Outcome(urls=(maker.give(task, 0, made, sources=taken),))


def notes(task: Task, maker: Maker) -> Outcome:
    """The notes of a song, or of one stem of it."""
    spec = described(task, maker)
    whole = scored(spec_of(_music(task, spec)))
    wanted = str(spec.get("stem") or "")
    players: dict[str, list[dict[str, Any]]] = {}
    for one in sorted(whole.notes, key=lambda note: note.start):
        own = stem_of(whole.song, one)
        if one.track == "fx" or (wanted and not belongs(own, wanted)):
            continue
        held = {
            "pitch": one.pitch,
            "start": round(one.start, 4),
            "end": round(min(whole.seconds, one.start + one.long), 4),
            "velocity": round(min(1.0, max(0.05, one.force)), 2),
        }
        players.setdefault(_player(whole, one), []).append(held)
    instruments = [{"name": name, "notes": held} for name, held in players.items()]
    return Outcome(object={"state": "complete", "instruments": instruments})


def _player(whole: Score, one: Note) -> str:
    band = whole.song.style["band"]
    return str(band[one.track]).partition(":")[2] if one.track in band else _PLAYERS.get(one.track, one.track.title())


def covers(task: Task, maker: Maker) -> Outcome:
    """Two pictures for a song."""
    spec = described(task, maker)
    words = str(spec.get("title") or spec.get("prompt") or "music")
    picture = {"kind": "image", "format": "png", "prompt": words, "width": 1024, "height": 1024}
    return Outcome(urls=tuple(maker.give(task, index, picture) for index in range(2)))


def timed(task: Task, maker: Maker) -> Outcome:
    """The words of a song and their times, as a task."""
    return Outcome(object=aligned(described(task, maker).get("url"), maker.files))


def aligned(url: str | None, files: Files) -> dict[str, Any]:
    """The answer about a song's words and their times: when they are sung in it.

    Words for which the song has no time are told as not found, at its end.
    """
    file = files.find_url(url) if url else None
    if file is None or file.spec.get("kind") != "music":
        return {"alignedWords": [], "waveformData": [], "hootCer": 0.0, "isStreamed": False}
    whole = scored(spec_of(file.spec))
    words = [
        {
            "word": f"{word.tag}\n{word.text}" if word.tag else word.text,
            "success": True,
            "startS": round(word.start, 2),
            "endS": round(word.end, 2),
            "palign": 0,
        }
        for word in whole.words
    ]
    end = round(whole.seconds, 2)
    words += [{"word": word, "success": False, "startS": end, "endS": end, "palign": 0} for word in whole.missing]
    missing = len(whole.missing) / max(1, len(words))
    return {
        "alignedWords": words,
        "waveformData": _outline(whole),
        "hootCer": round(missing, 4),
        "isStreamed": False,
    }


def _outline(whole: Score) -> list[float]:
    """How loud a song is, from 0 to 1, at 100 moments."""
    held = [0.0] * 100
    for one in whole.notes:
        first, last = (int(at / whole.seconds * 100) for at in (one.start, min(one.start + one.long, whole.seconds)))
        for place in range(max(0, first), min(99, last) + 1):
            held[place] += one.force
    most = max(held) or 1.0
    return [round(value / most, 3) for value in held]
