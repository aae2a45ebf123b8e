"""What the tests of flows share: files that take no time, flows that are quick."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kie.errors import InvalidInput
from kie.service.flows import locally
from kie.service.flows.locally import Made

if TYPE_CHECKING:
    from collections.abc import Mapping

PNG, MP3 = b"\x89PNG\r\n\x1a\n", b"ID3\x04\x00\x00\x00\x00\x00\x00"
MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2"
_HEADS = {"mp4": MP4, "mp3": MP3}

IMAGE, IMAGE_PRICE = "nano-banana-pro", 18
VIDEO = "grok-imagine/image-to-video"


def quick(spec: dict[str, Any]) -> bytes:
    """A file that takes no time, of the right type by its first bytes."""
    return _HEADS.get(str(spec.get("format")), PNG) + str(sorted(map(str, spec.items()))).encode() + bytes(200)


class Parcel(locally.LocalStep):
    """A local step that takes no time: the bytes of all files, one after the other."""

    def check(self, given: Mapping[str, Any]) -> None:
        """See `LocalStep`."""
        for name in given:
            if name not in ("files", "note"):
                raise InvalidInput(f"{name}: there is no such field.", field=name)

    def run(self, given: Mapping[str, Any], folder: Path) -> Made:
        """Do it."""
        if given.get("note") == "fail":
            raise ValueError("this parcel cannot be made")
        target = folder / "parcel"
        target.write_bytes(b"PK\x03\x04" + b"".join(Path(file.path).read_bytes() for file in given["files"]))
        return Made((target,), text=str(len(given["files"])), data={"note": given.get("note")})


_local_step = locally.local_step


def _with_parcel(name: str) -> locally.LocalStep:
    return Parcel(name) if name == "parcel" else _local_step(name)


locally.local_step = _with_parcel  # type: ignore[assignment] # for all tests of flows, and the workers that they kill

#: Pictures of a list, of which some may fail; a clip from each; all of it in one archive.
FAN = """\
name: fan
inputs:
  things: [text]
steps:
  pictures:
    for_each: ${inputs.things}
    as: thing
    model: nano-banana-pro
    input: {prompt: "a picture of ${thing}"}
    on_failure: skip
  clips:
    for_each: ${steps.pictures}
    as: picture
    model: grok-imagine/image-to-video
    input:
      prompt: ${picture.item} moves
      images: ["${picture.outputs[0]}"]
  archive:
    run: parcel
    input:
      files: ["${steps.pictures.outputs}", "${steps.clips.outputs}"]
outputs:
  archive: ${steps.archive.outputs[0]}
  clips: ${steps.clips.outputs}
"""
