"""Media made by the emulator: pictures, clips, speech, effects and music for a prompt and a seed.

`render` turns a `MediaSpec` into the bytes of a file. The same spec gives the same bytes within one set of
installed packages; a wheel that is missing leads to a simpler renderer, and the file's metadata says so.
Every file carries the words "emulated by kie" in its metadata, so that it is never taken for a real result.
"""

from dataclasses import dataclass, field
from typing import Any

__all__ = ["FORMATS", "KINDS", "RENDERER", "MediaSpec", "render"]

KINDS = ("image", "video", "speech", "sound", "music", "upscale", "cutout", "layers", "frame")
FORMATS = ("png", "jpeg", "webp", "mp4", "mov", "mp3", "wav")

RENDERER = 2
"""Version of the renderers: raised when the same spec gives other bytes, so that a cache may be keyed by it."""


@dataclass(frozen=True, slots=True)
class MediaSpec:
    """What is asked for. Fields which do not concern the kind are ignored.

    Attributes:
        kind: image, video, speech, sound, music, upscale, cutout, layers (one layer of a picture)
            or frame (one frame of a clip).
        format: png, jpeg, webp, mp4, mov, mp3 or wav; one that does not fit the kind becomes the kind's own.
        prompt: What is wished for; the text to be said if the kind is speech.
        seed: Other seeds give other results for the same prompt.
        width: Pixels, 16 to 4096.
        height: Pixels, 16 to 4096.
        duration: Seconds of video, sound or music; speech takes as long as its text.
        fps: Frames a second of a video.
        voice: Name of a voice; each name sounds different.
        turns: A dialogue, as (voice, text) in order; it takes the place of prompt and voice.
        speed: Pace of speech, 0.5 to 2.
        rate: Samples a second of speech or a sound effect, 8000 to 48000; 0 for the usual.
        bitrate: Kbit a second of an MP3 file; 0 for the usual.
        loop: A sound effect whose end goes over into its beginning.
        tags: Style of music ("lo-fi, 84 bpm").
        vocals: Music with a singing lead.
        lyrics: What is sung, with or without tags such as `[Chorus]`; "" for a voice that hums.
        before: The song that this one works on: its spec (if it was made here; else it is in `inputs`), what is done
            (extend, replace, cover, voices, band, mashup or split), and from and until which second.
        stem: Only this part of the song: vocals, instrumental, or one of the twelve of `music.stem_of`.
        sound: A video with a sound track.
        scale: Factor of an upscale, 1 to 8; 0 scales to `width` and `height` instead.
        shots: The shots of a storyboard, as (prompt, seconds) in order; the seconds are scaled to `duration`.
        layer: Which layer of a picture; 0 is the ground, which is opaque. Of a frame: 0 the first, 1 the last.
        layers: How many layers the picture falls into.
        watermark: Whether "EMULATED" stands on the face of a picture or clip, not only in its metadata.
        stamp: A brand to be written on the face, because the request wants one.
        inputs: Files to start from: images, and for a video also a clip or a sound.
        mask: An image whose white (or transparent) part is the region to repaint.
    """

    kind: str
    format: str
    prompt: str = ""
    seed: int = 0
    width: int = 1024
    height: int = 1024
    duration: float = 5.0
    fps: int = 24
    voice: str = ""
    turns: tuple[tuple[str, str], ...] = ()
    speed: float = 1.0
    rate: int = 0
    bitrate: int = 0
    loop: bool = False
    tags: str = ""
    vocals: bool = False
    lyrics: str = ""
    stem: str = ""
    before: dict[str, Any] = field(default_factory=dict, hash=False)
    sound: bool = False
    scale: int = 1
    shots: tuple[tuple[str, float], ...] = ()
    layer: int = 0
    layers: int = 1
    watermark: bool = False
    stamp: str = ""
    inputs: tuple[bytes, ...] = ()
    mask: bytes | None = None


def render(spec: MediaSpec) -> bytes:
    """Make the file that a spec asks for.

    CPU bound (a 1024² image takes some 80 ms, five seconds of 720p about one second): call it in a process pool.

    Args:
        spec: What is wished for.

    Returns:
        The whole file.

    Raises:
        ValueError: if the kind is none of `KINDS`.
    """
    from kie.emulator.media.dispatch import dispatch

    return dispatch(spec)
