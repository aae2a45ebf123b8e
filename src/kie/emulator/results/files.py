"""The files that the emulator gives out: results, rendered when they are first asked for, and uploads.

Results live 14 days, uploads 3 days, links of download-url 20 minutes, in virtual time (CONTRACT §5).
"""

from __future__ import annotations

import hashlib
import mimetypes
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kie.emulator import urls
from kie.emulator.results.cache import Cache, key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kie.emulator.results.studio import Studio

RESULT_LIFE = 14 * 86400.0
UPLOAD_LIFE = 3 * 86400.0
LINK_LIFE = 20 * 60.0

_TYPES = {
    "png": "image/png",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "mp4": "video/mp4",
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
}


def mime_type(name: str) -> str:
    """The type that a file's name promises; the vendor goes by the name too (CONTRACT §7, 29)."""
    extension = name.rpartition(".")[2].lower()
    return _TYPES.get(extension) or mimetypes.guess_type(name)[0] or "application/octet-stream"


#: Kinds of media that are seen, not heard.
_SEEN = frozenset({"image", "video", "upscale", "cutout", "layers", "frame"})


@dataclass(frozen=True, slots=True)
class File:
    """A file at `path` of this server.

    It has `data`, or a description (`spec`) of what is to be rendered from `sources`.

    `sources` and `mask` are URLs: of files here, or foreign ones, for which a picture is made up (nothing is
    fetched).
    """

    path: str
    mime: str
    created: float
    life: float
    data: bytes | None = None
    spec: dict[str, Any] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    mask: str = ""
    task: str = ""  # the task that it is a result of
    fault: str = ""  # the deed that it is a bait of

    @property
    def etag(self) -> str:
        """Names the content: files are never changed, so the path and the description say it."""
        text = hashlib.sha256(self.data or repr((self.path, sorted(self.spec.items()), self.sources)).encode())
        return f'"{text.hexdigest()[:32]}"'


class Files:
    """All files by path. `now` is the virtual time. Thread-safe."""

    def __init__(self, studio: Studio, now: Callable[[], float], cache: Cache | None = None) -> None:
        self._studio = studio
        self._now = now
        self._cache = cache or Cache()
        self.watermark = False
        """Whether pictures and clips say on their face that they are emulated."""
        self._files: dict[str, File] = {}
        self._links: dict[str, tuple[str, float]] = {}
        self._lock = threading.Lock()
        self._rendering: dict[str, threading.Lock] = {}

    def add(self, file: File) -> None:
        """Gives out a file; one of the same path is replaced, as the vendor does with uploads."""
        with self._lock:
            self._files[file.path] = file

    def find(self, path: str) -> File | None:
        """The file at a path, expired or not."""
        return self._files.get(path)

    def find_url(self, url: str) -> File | None:
        """The file behind a URL of this server, whatever host name it was reached by.

        None for foreign URLs.
        """
        path = urls.path(url)
        link = self._links.get(path)
        return self._files.get(link[0] if link else path)

    def expired(self, file: File) -> bool:
        """Whether the file's life is over."""
        return self._now() >= file.created + file.life

    def link(self, token: str, file: File) -> str:
        """A link to a file which lives 20 minutes: its path."""
        path = f"/download/{token}/{file.path.rpartition('/')[2]}"
        self._links[path] = (file.path, self._now() + LINK_LIFE)
        return path

    def follow(self, path: str) -> tuple[File | None, bool]:
        """The file behind a link, and whether the link has expired."""
        target = self._links.get(path)
        if target is None:
            return None, False
        return self._files.get(target[0]), self._now() >= target[1]

    def content(self, file: File) -> bytes:
        """The file's bytes; renders them when they are not at hand.

        Blocks: call it outside of the event loop.
        """
        if file.data is not None:
            return file.data
        spec = dict(file.spec)
        if file.sources:
            spec["inputs"] = tuple(self._source(url) for url in file.sources)
        if file.mask:
            spec["mask"] = self._source(file.mask)
        if self.watermark and spec.get("kind") in _SEEN and file.path in self._files:
            spec["watermark"] = True
        key = key_of(spec)
        data = self._cache.get(key)
        if data is not None:
            return data
        with self._lock:
            flight = self._rendering.setdefault(key, threading.Lock())
        with flight:  # who asks for the same in the meantime waits here
            data = self._cache.get(key)
            if data is None:
                data = self._studio.render(spec)
                self._cache.put(key, data)
        with self._lock:
            self._rendering.pop(key, None)
        return data

    def clear(self) -> None:
        """Forgets everything."""
        with self._lock:
            self._files.clear()
            self._links.clear()

    def all(self) -> tuple[File, ...]:
        """All files, expired ones too."""
        with self._lock:
            return tuple(self._files.values())

    def replace(self, files: Iterable[File], links: dict[str, tuple[str, float]]) -> None:
        """Takes the place of all files and links."""
        with self._lock:
            self._files.clear()
            self._files.update((file.path, file) for file in files)
            self._links.clear()
            self._links.update(links)

    def links(self) -> dict[str, tuple[str, float]]:
        """Short-lived links: where each leads to, and the virtual time at which it ends."""
        with self._lock:
            return dict(self._links)

    def count(self) -> int:
        """How many files are given out."""
        return len(self._files)

    def _source(self, url: str) -> bytes:
        """The bytes behind a URL: ours as they are; for a foreign one a picture that its name seeds."""
        file = self.find_url(url)
        return self.content(file if file is not None else stand_in(url))

    def close(self) -> None:
        """Removes what was kept on the disk for this run only."""
        self._cache.close()


def stand_in(url: str) -> File:
    """A file in place of a foreign one: a medium of the kind that its name tells, seeded by the URL."""
    name = urls.name(url)
    mime = mime_type(name) if "." in name else "image/png"
    seed = int.from_bytes(hashlib.sha256(url.encode()).digest()[:4], "big") >> 1
    words = name.rpartition(".")[0].replace("-", " ").replace("_", " ")
    spec: dict[str, Any] = {"prompt": words, "seed": seed}
    if mime.startswith("video/"):
        spec |= {"kind": "video", "format": "mp4", "width": 480, "height": 272, "duration": 3.0, "fps": 12}
    elif mime.startswith("audio/"):
        spec |= {"kind": "music", "format": "wav" if "wav" in mime else "mp3", "duration": 8.0}
    else:
        form = mime.partition("/")[2]
        spec |= {
            "kind": "image",
            "format": form if form in {"png", "jpeg", "webp"} else "png",
            "width": 512,
            "height": 512,
        }
    return File(path=f"/foreign/{seed}/{name}", mime=mime, created=0.0, life=float("inf"), spec=spec)
