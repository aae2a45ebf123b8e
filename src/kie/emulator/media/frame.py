"""One frame of a clip as a picture: the first, or the last from which another clip goes on."""

import io

from PIL import Image

from kie.emulator.media import MediaSpec
from kie.emulator.media.dispatch import suited
from kie.emulator.media.facemark import laid
from kie.emulator.media.image import paint
from kie.emulator.media.marks import note
from kie.emulator.media.pictures import encode
from kie.emulator.media.video import first_frame, image_of


def render(spec: MediaSpec) -> bytes:
    """Return a frame of the first input; a picture of the prompt if that is no clip."""
    found = None
    if spec.inputs:
        found = last_frame(spec.inputs[0]) if spec.layer else first_frame(spec.inputs[0])
    picture = found if found is not None else laid(paint(spec), spec)
    return encode(picture, suited("frame", spec.format), note("frame", spec.prompt, spec.seed))


def last_frame(data: bytes) -> Image.Image | None:
    """Return the last frame of a clip; nothing if the file is none."""
    import av

    found: Image.Image | None = None
    try:
        with av.open(io.BytesIO(data), "r") as container:
            if not container.streams.video:
                return None
            stream = container.streams.video[0]
            if stream.duration:
                # From the last key frame on: the rest need not be decoded.
                container.seek(max(0, int(stream.duration) - 1), stream=stream, backward=True)
            for frame in container.decode(stream):
                found = image_of(frame)
    except (OSError, ValueError):
        return found
    return found
