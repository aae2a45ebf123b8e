"""What a finished task has to show: files given out (not yet rendered), songs, texts and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kie.emulator import facts
from kie.emulator.families import operation
from kie.emulator.results import audible, songs
from kie.emulator.results.files import stand_in
from kie.emulator.results.shapes import (
    count,
    frame_rate,
    image_format,
    image_size,
    layers,
    mask,
    prompt,
    seconds,
    shots,
    sources,
    stamp,
    value,
    video_size,
    wants_sound,
)
from kie.emulator.tasks import Outcome, Task

if TYPE_CHECKING:
    from collections.abc import Callable

    from kie.emulator.facts import Fact
    from kie.emulator.results.maker import Maker

#: Pixels of the longer side of an upscaled picture.
_LARGEST = 8192

#: Jobs whose result is as long as what they are given.
_AS_LONG = frozenset({"upscale", "video-edit", "video-to-video", "lip-sync", "avatar", "motion-transfer"})

#: Kinds of Midjourney tasks that move.
_MJ_VIDEOS = frozenset({"mj_video", "mj_video_hd"})


def fact_of(task: Task) -> Fact | None:
    """What the vendor's files say of the task's model or path."""
    name, _, rest = task.operation.partition(":")
    if name == "market":
        return facts.model(rest)
    return operation(task.operation).fact


def make(task: Task, maker: Maker) -> Outcome:
    """The outcome of a task that succeeds now."""
    job = operation(task.operation)
    by_task = _BY_TASK.get(job.task)
    if by_task is not None:
        return by_task(task, maker)
    if job.kind == "music":
        return songs.make(task, maker, job.task)
    if str(task.inputs.get("taskType")) in _MJ_VIDEOS:
        return _videos(task, maker)
    return {"video": _video, "audio": audible.speech}.get(job.kind, _image)(task, maker)


def parent_url(task: Task, maker: Maker) -> str | None:
    """The first result of the task that this one works on."""
    parent = maker.find(str(task.inputs.get("taskId") or task.inputs.get("task_id") or ""))
    if parent is None or parent.outcome is None or not parent.outcome.urls:
        return None
    index = int(task.inputs.get("index") or task.inputs.get("imageIndex") or 0)
    return parent.outcome.urls[index % len(parent.outcome.urls)]


def _given(task: Task, maker: Maker) -> list[str]:
    given = sources(task.inputs)
    inherited = parent_url(task, maker)
    return given or ([inherited] if inherited else [])


def _image(task: Task, maker: Maker) -> Outcome:
    fact = fact_of(task)
    given = [url for url in _given(task, maker) if _kind(url, maker) == "image"]
    wide, high = image_size(fact, task.inputs, maker.size_of(given[0]) if given else None)
    spec = {
        "kind": "image",
        "format": image_format(fact, task.inputs),
        "prompt": prompt(task.inputs),
        "width": wide,
        "height": high,
    }
    if brand := stamp(task.inputs):
        spec["stamp"] = brand
    number = {"mj": 4, "mj/vary": 4, "cover": 2}.get(task.operation, count(fact, task.inputs))
    more: dict[str, Any] = {"sources": tuple(given[:4]), "mask": mask(task.inputs)}
    urls = tuple(maker.give(task, index, spec, **more) for index in range(number))
    return Outcome(urls=urls, extra={"origin": given[0] if given else ""})


def _kind(url: str, maker: Maker) -> str:
    file = maker.files.find_url(url) or stand_in(url)
    return file.mime.partition("/")[0]


def _upscale(task: Task, maker: Maker) -> Outcome:
    given = _given(task, maker)
    if not given or operation(task.operation).kind == "video":
        return _video(task, maker)
    factor = int(float(task.inputs.get("upscale_factor") or task.inputs.get("scale") or 2))
    wide, high = maker.size_of(given[0]) or (1024, 1024)
    factor = max(1, min(factor, _LARGEST // max(wide, high, 1) or 1, 8))
    spec = {
        "kind": "upscale",
        "format": image_format(fact_of(task), task.inputs),
        "width": wide,
        "height": high,
        "scale": factor,
    }
    return Outcome(urls=(maker.give(task, 0, spec, sources=(given[0],)),))


def _cutout(task: Task, maker: Maker) -> Outcome:
    given = _given(task, maker)[:1]
    wide, high = (maker.size_of(given[0]) if given else None) or (1024, 1024)
    spec = {"kind": "cutout", "format": "png", "width": wide, "height": high, "prompt": prompt(task.inputs)}
    return Outcome(urls=(maker.give(task, 0, spec, sources=tuple(given)),))


def _layers(task: Task, maker: Maker) -> Outcome:
    """One file for each layer, the ground first; all as large, so that they lie on one another."""
    fact, number = fact_of(task), layers(task.inputs)
    given = _given(task, maker)[:1]
    source = maker.size_of(given[0]) if given else None
    asked = str(value(fact, task.inputs, "size") or "auto").lower()
    wide, high = (source or (1024, 1024)) if asked == "auto" else image_size(fact, task.inputs, source)
    spec = {"kind": "layers", "width": wide, "height": high, "prompt": prompt(task.inputs), "scale": 0}
    spec |= {"layers": number, "seed": task.seed}
    form = image_format(fact, task.inputs)
    urls = tuple(
        maker.give(task, n, {**spec, "layer": n, "format": form if n == 0 else "png"}, sources=tuple(given))
        for n in range(number)
    )
    return Outcome(urls=urls)


def _masks(task: Task, maker: Maker) -> Outcome:
    urls = _cutout(task, maker).urls
    return Outcome(object={"mask_urls": list(urls)}) if task.model.startswith("omnihuman") else Outcome(urls=urls)


def _subject(_task: Task, _maker: Maker) -> Outcome:
    return Outcome(object={"subject_status": 1})


def _videos(task: Task, maker: Maker) -> Outcome:
    """As many as `videoBatchSize` asks for."""
    made = [_video(task, maker, first=3 * n) for n in range(int(task.inputs.get("videoBatchSize") or 1))]
    return Outcome(urls=tuple(one.urls[0] for one in made), covers=tuple(one.covers[0] for one in made))


def _video(task: Task, maker: Maker, *, first: int = 0) -> Outcome:
    fact = fact_of(task)
    inputs = task.inputs
    given = _given(task, maker)
    source = next((maker.size_of(url) for url in given if _kind(url, maker) in {"image", "video"}), None)
    parent = maker.find(str(inputs.get("taskId") or inputs.get("task_id") or ""))
    if task.operation == "veo/4k" or task.model in {"veo/get-4k-video", "veo/get-1080p-video"}:
        inputs = {
            **(parent.inputs if parent else {}),
            "resolution": "4k" if "4k" in task.operation else "1080p",
        }
        source = None
    wide, high = video_size(fact, inputs, source)
    length = seconds(fact, inputs)
    upscale = operation(task.operation).task == "upscale"
    if operation(task.operation).task in _AS_LONG and not inputs.get("duration"):
        length = next((known for url in given if (known := maker.seconds_of(url))), length)
    if upscale and source is not None and (asked := value(fact, inputs, "upscale_factor")):
        factor = max(1.0, min(float(asked), 3840 / max(source)))
        wide, high = (round(side * factor / 2) * 2 for side in source)
    heard = any(_kind(url, maker) == "audio" for url in given)
    spec: dict[str, Any] = {
        "kind": "video",
        "format": "mov" if inputs.get("output_format") == "mov" else "mp4",
        "prompt": prompt(inputs),
        "width": wide,
        "height": high,
        "duration": length,
        "sound": heard or wants_sound(fact, inputs) or "veo" in task.operation,
    }
    if upscale and given and _kind(given[0], maker) == "video":
        spec |= {"kind": "upscale", "scale": 0}
    if board := shots(inputs):
        spec["shots"] = board
    if (rate := frame_rate(fact, inputs)) != 24:
        spec["fps"] = rate
    if brand := stamp(inputs):
        spec["stamp"] = brand
    url = maker.give(task, first, spec, sources=tuple(given[:3]))
    still = {"kind": "frame", "format": "jpeg", "seed": task.seed, "width": wide, "height": high}
    cover = maker.give(task, first + 1, still, sources=(url,))
    extra: dict[str, Any] = {"resolution": f"{min(wide, high)}p", "full": task.operation == "veo/extend"}
    if inputs.get("return_last_frame"):
        extra["last_frame"] = maker.give(task, 2, {**still, "format": "png", "layer": 1}, sources=(url,))
    return Outcome(urls=(url,), covers=(cover,), extra=extra)


def _sound(task: Task, maker: Maker) -> Outcome:
    if operation(task.operation).kind == "music":
        return songs.make(task, maker, "sound-effect")
    return audible.effect(task, maker)


_BY_TASK: dict[str, Callable[[Task, Maker], Outcome]] = {
    "upscale": _upscale,
    "background-removal": _cutout,
    "layer-decomposition": _layers,
    "segmentation": _masks,
    "image-analysis": _subject,
    "text-to-speech": audible.speech,
    "text-to-dialogue": audible.speech,
    "sound-effect": _sound,
    "audio-isolation": audible.isolation,
    "speech-to-text": audible.transcript,
}
