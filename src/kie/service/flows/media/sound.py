"""The sound of a film: every sound at its place, turned down under voices, mixed into one.

libavfilter reads, resamples, delays, fades and mixes, all of it as it is asked for samples: a film of an hour needs no
more memory than one of a second.
"""

from __future__ import annotations

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
#: Terms of one expression: libavfilter refuses those that are too deep.
_MOST_TERMS: Final = 40


def mixed(timeline: Timeline, files: Mapping[tuple[str, int], Path], duck: float) -> Iterator[Any]:
    """Yield audio frames at 48 kHz, stereo, of exactly the timeline's samples.

    Args:
        timeline: what lies where.
        files: the file of each sound, by kind and number.
        duck: what is left of other sounds while a voice speaks, 0 to 1.

    """
    import av
    from av.filter import Graph

    graph = Graph()
    # Silence lays the ground: the film is as long as it, whatever sounds there are.
    ground = graph.add("anullsrc", sample_rate=str(RATE), channel_layout="stereo")
    lines = [_chain(graph, ground, ("atrim", {"end_sample": str(timeline.samples)}), _UNIFORM)]
    lines += [_track(graph, track, files, duck) for track in tracks(timeline.sounds)]
    mix = graph.add("amix", inputs=str(len(lines)), duration="first", normalize="0")
    for at, line in enumerate(lines):
        line.link_to(mix, 0, at)
    # Sounds that add up to more than full scale are held below it, without moving them in time.
    limited = ("alimiter", {"limit": "0.95", "attack": "5", "release": "80", "level": "0", "latency": "1"})
    sink = graph.add("abuffersink")
    _chain(graph, mix, limited, _UNIFORM, ("asetnsamples", {"n": "1024", "p": "0"})).link_to(sink)
    graph.configure()
    at = 0
    while True:
        try:
            frame: Any = sink.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
        frame.pts = at
        at += frame.samples
        yield frame


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


def _track(graph: Any, sounds: Sequence[Sound], files: Mapping[tuple[str, int], Path], duck: float) -> Any:
    """Put the sounds of a track one behind the other, with silence between them.

    Mixing each for itself would mean to mix hundreds of silences all the time.
    """
    pieces = []
    at = 0
    for sound in sounds:
        if sound.start > at:
            silence = graph.add("anullsrc", sample_rate=str(RATE), channel_layout="stereo")
            pieces.append(_chain(graph, silence, ("atrim", {"end_sample": str(sound.start - at)}), _UNIFORM))
        pieces.append(_line(graph, sound, files[sound.kind, sound.number], duck))
        at = sound.start + sound.length
    if len(pieces) == 1:
        return pieces[0]
    whole = graph.add("concat", n=str(len(pieces)), v="0", a="1")
    for place, piece in enumerate(pieces):
        piece.link_to(whole, 0, place)
    return whole


def _line(graph: Any, sound: Sound, path: Path, duck: float) -> Any:
    """Build the chain of one sound, from its file to exactly its length."""
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
    return _chain(graph, source, *steps)


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
