"""The helpers, chat, and the types that may be imported. Read by type checkers, never run."""

from typing import assert_type

from kie import AsyncChatStream, AsyncKie, AsyncResult, ChatReply, ChatStream, Kie, Result
from kie.types import ImageModel, Kling30VideoInput


def helpers(kie: Kie, name: str, known: ImageModel) -> None:
    assert_type(kie.image("a cat", model="nano-banana-pro", aspect_ratio="16:9", count=2), Result)
    kie.image("a cat", model=known)
    kie.image("a cat", model=name, aspect_ratio=name)
    assert_type(kie.video("waves", model="kling-3.0/video", duration=5, resolution="720p"), Result)
    kie.speech("hello", voice="Aria")
    kie.sound("rain")
    kie.music("lo-fi", instrumental=True)
    kie.upscale("boat.png", scale=4)
    kie.remove_background("boat.png", model="recraft/remove-background")
    kie.image("a cat", model=5)  # type: ignore[arg-type]
    kie.image("a cat", count="two")  # type: ignore[arg-type]
    kie.video()  # type: ignore[call-arg]


async def asynchronous(kie: AsyncKie) -> None:
    assert_type(await kie.image("a cat", model="nano-banana-pro"), AsyncResult)
    assert_type(await kie.chat("gemini-3-flash", "hello"), ChatReply)
    assert_type(await kie.chat("gemini-3-flash", "hello", stream=True), AsyncChatStream)


def chat(kie: Kie, stream: bool) -> None:  # noqa: FBT001
    assert_type(kie.chat("gemini-3-flash", "hello"), ChatReply)
    assert_type(kie.chat("gemini-3-flash", "hello", stream=False), ChatReply)
    assert_type(kie.chat("gemini-3-flash", "hello", stream=True, max_tokens=5), ChatStream)
    assert_type(kie.chat("gemini-3-flash", "hello", stream=stream), ChatReply | ChatStream)
    kie.chat("gemini-3-flash", 5)  # type: ignore[call-overload]


def types(kie: Kie) -> None:
    inputs: Kling30VideoInput = {"prompt": "waves", "duration": "5"}
    kie.run("kling-3.0/video", **inputs)
    kie.run("kling-3.0/video", inputs)
    inputs["mode"] = "ultra"  # type: ignore[typeddict-item]
