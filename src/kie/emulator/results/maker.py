"""With what products are made: files are given out here, and rendered when they are fetched."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kie.emulator.media.audio_length import length
from kie.emulator.media.marks import origin
from kie.emulator.results.files import RESULT_LIFE, File, Files, mime_type, stand_in
from kie.emulator.results.shapes import extension

if TYPE_CHECKING:
    from collections.abc import Callable

    from kie.emulator.tasks import Task


@dataclass(frozen=True, slots=True)
class Maker:
    """What products are made with: the file store, the finished tasks, and the time of finishing."""

    files: Files
    find: Callable[[str], Task | None]
    at: float
    song: Callable[[str], Task | None] = lambda _audio: None
    """The task which made a song, by the song's id."""

    def give(self, task: Task, index: int | str, spec: dict[str, Any], **more: Any) -> str:
        """Gives out one file to be rendered; its URL."""
        name = hashlib.sha256(f"{task.id}:{index}".encode()).hexdigest()[:32]
        path = f"/files/{name}.{extension(spec['format'])}"
        spec = {"seed": (task.seed + (index if isinstance(index, int) else 0)) % 2**31, **spec}
        self.files.add(File(path, mime_type(path), self.at, RESULT_LIFE, spec=spec, task=task.id, **more))
        return task.base + path

    def size_of(self, url: str) -> tuple[int, int] | None:
        """Width and height of an image or clip, if it is known without rendering."""
        file = self.files.find_url(url) or stand_in(url)
        if file.data is not None:
            return measure(file.data)
        if "width" not in file.spec:
            return None
        scale = file.spec.get("scale", 1)
        return file.spec["width"] * scale, file.spec["height"] * scale

    def seconds_of(self, url: str) -> float | None:
        """The length of a clip or sound, at most 30 seconds of a clip and 60 of a sound; None of other files.

        How long a text takes to be said is known only when it was said: it is rendered for that.
        """
        file = self.files.find_url(url) or stand_in(url)
        if not file.mime.startswith(("video/", "audio/")):
            return None
        seconds = file.spec.get("duration")
        if not seconds and (file.data is not None or file.spec.get("kind") == "speech"):
            seconds = length(self.files.content(file))
        return min(30.0 if file.mime.startswith("video/") else 60.0, float(seconds)) if seconds else None

    def music_of(self, url: str) -> dict[str, Any]:
        """The description of the song behind a URL, if it was made here: given out, or downloaded and sent back."""
        file = self.files.find_url(url)
        if file is None:
            return {}
        if file.data is not None:
            return origin(file.data)
        return file.spec if file.spec.get("kind") == "music" else {}

    def sound_of(self, url: str) -> float:
        """The length of a recording, whoever made it; 20 seconds when nobody can tell."""
        file = self.files.find_url(url) or stand_in(url)
        if file.data is None:
            return float(file.spec.get("duration") or 20.0)
        return length(file.data) or 20.0


def measure(data: bytes) -> tuple[int, int] | None:
    """Width and height of an image's bytes; None when it is not one that can be read."""
    try:
        import io

        from PIL import Image

        with Image.open(io.BytesIO(data)) as image:
            return image.size
    except (ImportError, OSError, ValueError):
        return None
