"""The sound of a film: every sound at its place, turned down under voices, mixed into one.

libavfilter reads, resamples, delays, fades and mixes, all of it as it is asked for samples: a film of an hour needs no
more memory than one of a second.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from kie.service.flows.media.opening import demuxer, open_media
from kie.service.flows.media.timeline import RATE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from kie.service.flows.media.timeline import Sound, Timeline

__all__ = ["mixed", "tracks"]

#: Seconds over which a sound gives way to a voice, and comes back.
_GIVING_WAY: Final = 0.25
#: Samples between which the volume is the same: 5 ms, too short to be heard as a step.
_STEP: Final = 240
#: Samples of one frame.
_PIECE: Final = 1024
#: Terms of one expression: libavfilter refuses those that are too deep.
_MOST_TERMS: Final = 40


def mixed(timeline: Timeline, files: Mapping[tuple[str, int], Path], duck: float) -> Iterator[Any]:
    """Yield audio frames at 48 kHz, stereo, of exactly the timeline's samples.

    Each sound has a graph of its own while it is heard, and the one that mixes knows tracks alone: one graph of all
    sounds goes through all its filters for each frame, and joining 200 clips took minutes (libavfilter 11, 2026-11-21).

    Args:
        timeline: what lies where.
        files: the file of each sound, by kind and number.
        duck: what is left of other sounds while a voice speaks, 0 to 1.

    """
    from av.filter import Graph

    graph: Any = Graph()
    graph.threads = 1
    # Silence lays the ground: the film is as long as it, whatever sounds there are.
    feeds = [_played(track, files, duck, timeline.samples) for track in ([], *tracks(timeline.sounds))]
    form = {"sample_rate": RATE, "format": "fltp", "layout": "stereo", "time_base": Fraction(1, RATE)}
    entries = [graph.add_abuffer(**form) for _ in feeds]
    mix = graph.add("amix", inputs=str(len(feeds)), duration="first", normalize="0")
    for place, entry in enumerate(entries):
        entry.link_to(mix, 0, place)
    # Sounds that add up to more than full scale are held below it, without moving them in time.
    limited = ("alimiter", {"limit": "0.95", "attack": "5", "release": "80", "level": "0", "latency": "1"})
    sink = graph.add("abuffersink")
    _chain(graph, mix, limited, _UNIFORM, ("asetnsamples", {"n": str(_PIECE), "p": "0"})).link_to(sink)
    graph.configure()
    fed, heard = [0] * len(feeds), 0
    for until in range(_PIECE, timeline.samples + 2 * _PIECE, _PIECE):
        for place, (entry, feed) in enumerate(zip(entries, feeds, strict=True)):
            while fed[place] < min(until, timeline.samples):
                frame = next(feed)
                _at(frame, fed[place])
                fed[place] += frame.samples
                entry.push(frame)
            if until >= timeline.samples + _PIECE:
                entry.push(None)
        for frame in _pulled(sink):
            _at(frame, heard)
            heard += frame.samples
            yield frame


def _at(frame: Any, place: int) -> None:
    frame.pts, frame.time_base = place, Fraction(1, RATE)


def _pulled(sink: Any) -> Iterator[Any]:
    """Yield what a graph has ready."""
    import av

    while True:
        try:
            yield sink.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return


def _silence(samples: int) -> Iterator[Any]:
    import av

    for begin in range(0, samples, _PIECE):
        frame: Any = av.AudioFrame(format="fltp", layout="stereo", samples=min(_PIECE, samples - begin))
        frame.sample_rate = RATE
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        yield frame


def _played(
    track: Sequence[Sound], files: Mapping[tuple[str, int], Path], duck: float, samples: int
) -> Iterator[Any]:  # fmt: skip
    """Yield the sounds of a track one after the other, with silence between them and up to the end."""
    at = 0
    for sound in track:
        yield from _silence(sound.start - at)
        yield from _sounded(sound, files[sound.kind, sound.number], duck)
        at = sound.start + sound.length
    yield from _silence(samples - at)


_UNIFORM: Final = ("aformat", {"sample_fmts": "fltp", "sample_rates": str(RATE), "channel_layouts": "stereo"})


def _chain(graph: Any, first: Any, *filters: tuple[str, dict[str, str]]) -> Any:
    """Put filters one behind the other; returns the last."""
    for name, options in filters:
        following = graph.add(name, **options)
        first.link_to(following)
        first = following
    return first


def tracks(sounds: Sequence[Sound]) -> list[list[Sound]]:
    """Return sounds as tracks: on each, one begins only after the one before has ended."""
    found: list[list[Sound]] = []
    for sound in sorted(sounds, key=lambda each: each.start):
        free = (track for track in found if track[-1].start + track[-1].length <= sound.start)
        track = next(free, None)
        if track is None:
            found.append([sound])
        else:
            track.append(sound)
    return found


def _sounded(sound: Sound, path: Path, duck: float) -> Iterator[Any]:
    """Yield one sound, from its file, of exactly its length."""
    from av.filter import Graph

    graph = Graph()
    graph.threads = 1
    name = demuxer(path, sound.kind, "audio")
    source = graph.add("amovie", filename=str(path), format_name=name, loop="0" if sound.kind == "music" else "1")
    steps: list[tuple[str, dict[str, str]]] = []
    if sound.kind == "music":  # each round begins at 0 again
        steps += [("aresample", {"sample_rate": str(RATE)}), ("asetpts", {"expr": "N/SR/TB"})]
    else:  # a sound that begins later than its picture, or has holes, keeps its places
        steps.append(("aresample", {"sample_rate": str(RATE), "async": "1000", "first_pts": "0"}))
    # A voice comes from the middle, and one channel stays as loud as it is: taken for stereo it would lose 3 dB.
    if sound.kind == "voice" or _channels(path, sound.kind) == 1:
        steps += [("aformat", {"channel_layouts": "mono"}), ("pan", {"args": "stereo|c0=c0|c1=c0"})]
    steps += [_UNIFORM, ("atrim", {"end_sample": str(sound.length)})]
    volumes = [volume for volume in _volumes(sound, duck) if volume != "1"]
    if volumes:
        steps.append(("asetnsamples", {"n": str(_STEP), "p": "0"}))
        steps += [("volume", {"volume": volume, "eval": "frame"}) for volume in volumes]
    if sound.fade_in:
        steps.append(("afade", {"type": "in", "nb_samples": str(sound.fade_in)}))
    if sound.fade_out:
        begin = max(0, sound.length - sound.fade_out)
        steps.append(("afade", {"type": "out", "start_sample": str(begin), "nb_samples": str(sound.fade_out)}))
    steps.append(("apad", {"whole_len": str(sound.length)}))
    sink = graph.add("abuffersink")
    _chain(graph, source, *steps, ("asetnsamples", {"n": str(_PIECE), "p": "0"})).link_to(sink)
    graph.configure()
    yield from _pulled(sink)


def _channels(path: Path, field: str) -> int:
    with open_media(path, field, "audio") as container:
        return int(container.streams.audio[0].codec_context.layout.nb_channels)


def _volumes(sound: Sound, duck: float) -> list[str]:
    """Return the volume over time as expressions of t, in seconds from the sound's start, to be applied one by one."""
    if not sound.voices or duck == 1:
        return [f"{sound.volume:g}"]
    spans: list[tuple[float, float]] = []
    for begin, end in ((begin / RATE, end / RATE) for begin, end in sound.voices):
        if spans and begin - spans[-1][1] <= 2 * _GIVING_WAY:  # it does not come back for so short a pause
            spans[-1] = spans[-1][0], end
        else:
            spans.append((begin, end))
    humps = [
        f"clip(min((t-{begin - _GIVING_WAY:.4f})/{_GIVING_WAY},({end + _GIVING_WAY:.4f}-t)/{_GIVING_WAY}),0,1)"
        for begin, end in spans
    ]
    parts = [humps[at : at + _MOST_TERMS] for at in range(0, len(humps), _MOST_TERMS)]
    return [f"{sound.volume:g}", *(f"1-{1 - duck:g}*({'+'.join(part)})" for part in parts)]
