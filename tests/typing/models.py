"""Calls by keyword: each model has its own inputs. Read by type checkers, never run.

A line marked as wrong must be wrong for mypy and for basedpyright alike: a mark without need is an error of either.
"""

from pathlib import Path
from typing import Any, assert_type

from PIL import Image

from kie import AsyncKie, AsyncResult, AsyncTask, Kie, Result, Task


def right(kie: Kie) -> None:
    result = kie.run("nano-banana-pro", prompt="a red bicycle", aspect_ratio="16:9")
    assert_type(result, Result)
    assert_type(kie.submit("veo-3-1", prompt="waves", callback_url=None), Task)
    kie.run("kling-3.0/video", prompt="waves", timeout=60, max_credits="12.5", extra={"new": True})


def values(kie: Kie, maybe: int | None) -> None:
    kie.run("kling-3.0/video", prompt="waves", duration="5", mode="pro")
    kie.run("kling-3.0/video", prompt="waves", duration=5)  # a number where the wire has a text
    kie.run("kling-3.0/video", prompt="waves", aspect_ratio=None)  # None: not given
    kie.run("bytedance/v1-pro-text-to-video", prompt="waves", seed=maybe)
    kie.run("elevenlabs/text-to-speech-turbo-2-5", text="hello", voice="Aria")  # a voice by its name
    kie.run("elevenlabs/text-to-dialogue-v3", dialogue=[{"text": "hello", "voice": "Aria"}])
    kie.run("kling-3.0/video", prompt="waves", duration=16)  # type: ignore[call-overload]
    kie.run("kling-3.0/video", prompt="waves", duration="4.5")  # type: ignore[call-overload]
    kie.run("kling-3.0/video", prompt="waves", mode="ultra")  # type: ignore[call-overload]
    kie.run("kling-3.0/video", prompt="waves", sound="loud")  # type: ignore[call-overload]


def names(kie: Kie) -> None:
    kie.run("kling-3.0/video", prompt="waves", durration=5)  # type: ignore[call-overload]
    kie.submit("z-image", prompt="waves", duration=5)  # type: ignore[call-overload]
    kie.submit("z-image", prompt="waves", timeout=5)  # type: ignore[call-overload]


def required(kie: Kie) -> None:
    kie.run("nano-banana-pro", aspect_ratio="16:9")  # type: ignore[call-overload]
    kie.run("z-image")  # type: ignore[call-overload]


def roles(kie: Kie) -> None:
    kie.run("kling-3.0/video", prompt="waves", first_frame="boat.png", last_frame=Path("shore.png"))
    kie.run("kling-3.0/video", prompt="waves", image_urls=["boat.png", Path("shore.png")])
    kie.run("flux-2/pro-image-to-image", prompt="waves", images="boat.png", aspect_ratio="16:9", resolution="1K")
    kie.run("kling-3.0/video", prompt="waves", text="waves")  # type: ignore[call-overload]


def files(kie: Kie, result: Result, image: bytes) -> None:
    kie.run("kling-3.0/video", prompt="waves", first_frame=result.outputs[0], last_frame=image)
    kie.run("kling-3.0/video", prompt="waves", first_frame=kie.upload("boat.png"))
    with Path("boat.png").open("rb") as file:
        kie.run("kling-3.0/video", prompt="waves", first_frame=file)
    with Path("boat.png").open(encoding="utf-8") as text:  # open as text
        kie.run("kling-3.0/video", prompt="waves", first_frame=text)  # type: ignore[call-overload]
    kie.run("kling-3.0/video", prompt="waves", first_frame=Image.new("RGB", (8, 8)))
    kie.run("kling-3.0/video", prompt="waves", images=[Image.new("RGB", (8, 8)), image])
    kie.run("kling-3.0/video", prompt="waves", first_frame=5)  # type: ignore[call-overload]


def nested(kie: Kie) -> None:
    kie.run("kling-3.0/video", prompt="waves", multi_prompt=[{"prompt": "waves", "duration": 3}])
    kie.run("kling-3.0/video", prompt="waves", multi_prompt=[{"prompt": "waves"}])  # type: ignore[call-overload]


def aliases(kie: Kie) -> None:
    kie.run("kling-3.0", prompt="waves", duration=5)
    kie.run("veo-3-1", prompt="waves")  # two ids have this name; the one that the catalogue prefers counts
    kie.run("mj_video", prompt="waves", images="boat.png")  # the name implies an input that the id needs
    kie.run("kling-3.0", prompt="waves", duration=99)  # type: ignore[call-overload]
    kie.run("mj/generate", prompt="waves")  # type: ignore[call-overload]


def dynamic(kie: Kie, name: str, inputs: dict[str, Any]) -> None:
    assert_type(kie.run(name, inputs), Result)
    assert_type(kie.submit("kling-3.0/video", {"prompt": "waves"}, max_credits=10), Task)
    kie.run("vendor/of-tomorrow", {"prompt": "waves"}, timeout=60)
    kie.run(name, prompt="waves")  # type: ignore[call-overload]
    kie.run("vendor/of-tomorrow", prompt="waves")  # type: ignore[call-overload]
    kie.run("sora-2-text-to-video", prompt="waves")  # type: ignore[call-overload]


async def asynchronous(kie: AsyncKie, name: str) -> None:
    result = await kie.run("nano-banana-pro", prompt="a red bicycle", aspect_ratio="16:9")
    assert_type(result, AsyncResult)
    assert_type(await kie.submit("kling-3.0/video", prompt="waves", first_frame=result.outputs[0]), AsyncTask)
    assert_type(await kie.run(name, {"prompt": "waves"}), AsyncResult)
    kie.run("nano-banana-pro", prompt="a red bicycle")  # type: ignore[unused-coroutine]
    await kie.run("nano-banana-pro", prompt="a red bicycle", aspect_ratio="16:10")  # type: ignore[call-overload]
