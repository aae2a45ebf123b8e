"""``join``: clips of any size and rate, with voices and music, become one film."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kie.errors import InvalidInput
from kie.service.flows.locally import Made
from kie.service.flows.media.film import Look, Writer, blended, even, paced
from kie.service.flows.media.opening import film, seconds_of_sound
from kie.service.flows.media.sizes import size_of
from kie.service.flows.media.sound import mixed
from kie.service.flows.media.timeline import lay

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kie.service.flows.media.timeline import Part

__all__ = ["join"]

#: Seconds: a film of more is refused before it is begun.
_LONGEST: Final = 4 * 3600


def join(wanted: dict[str, Any], folder: Path) -> Made:
    """Join clips into one MP4; its data are seconds, width, height, fps, and the parts with their begin.

    Raises:
        InvalidInput: a file is not what it should be, the voices do not match, or the film would be too long.

    """
    clips = [Path(given) for given in wanted["videos"] if given]
    voices = [Path(given) if given else None for given in wanted["voices"] or ()]
    if not clips:
        raise InvalidInput("videos: at least 1 is needed.", field="videos")
    if voices and len(voices) != len(clips):
        raise InvalidInput(f"voices: there are {len(voices)} of them for {len(clips)} videos.", field="voices")
    films = [film(path, f"videos[{at}]") for at, path in enumerate(clips)]
    spoken = [None if path is None else seconds_of_sound(path, f"voices[{at}]") for at, path in enumerate(voices)]
    size = even(size_of(wanted["size"], "size") if wanted["size"] else (films[0].width, films[0].height))
    fps = wanted["fps"] or max(1, min(60, round(films[0].fps)))
    files: dict[tuple[str, int], Path] = {("clip", at): path for at, path in enumerate(clips)}
    files.update({("voice", at): path for at, path in enumerate(voices) if path is not None})
    if wanted["music"]:
        files["music", 0] = Path(wanted["music"])
        seconds_of_sound(files["music", 0], "music")
    timeline = lay(films, spoken, fps, wanted, music=bool(wanted["music"]))
    if timeline.frames > _LONGEST * fps:
        raise InvalidInput("videos: the film would be longer than four hours.", field="videos")
    look = Look(size, wanted["fit"], wanted["background"])
    target = folder / "film.mp4"
    with Writer(target, size, fps, mixed(timeline, files, wanted["duck"])) as writer:
        for frame in _frames(timeline.parts, clips, look, fps):
            writer.add(frame)
    told = {
        "seconds": timeline.frames / fps,
        "width": size[0],
        "height": size[1],
        "fps": fps,
        "parts": [{"start": part.start / fps, "seconds": part.frames / fps} for part in timeline.parts],
    }
    return Made((target,), None, told)


def _frames(parts: Sequence[Part], clips: Sequence[Path], look: Look, fps: int) -> Iterator[Any]:
    """Yield the frames of the film; where two parts overlap, both are read at once."""

    def opened(part: Part) -> Any:
        return paced(look.frames(clips[part.clip], f"videos[{part.clip}]"), fps, part.frames)

    current = opened(parts[0])
    for at, part in enumerate(parts):
        following = parts[at + 1] if at + 1 < len(parts) else None
        over = following.cross if following else 0
        for _ in range(part.frames - part.cross - over):
            yield next(current)
        with closing(current):
            if following is None:
                return
            beginning = opened(following)
            for number in range(over):
                yield blended(next(current), next(beginning), (number + 1) / (over + 1))
        current = beginning
