"""The cases of the mutation run: finished, failed and unfinished tasks of every dialect, and all else that is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.referee import mutations, scenes
from tests.referee.mutations import Case
from tests.referee.vendor import CREATE_TASK, RECORD_INFO

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.referee.client_suite import Suite
    from tests.referee.scenes import Scene, Stage

#: Scenes whose answers have the form of another's: one of each form is enough.
ALIKE = frozenset(
    {
        "/generate/extend",
        "/generate/upload-extend",
        "/generate/add-instrumental",
        "/generate/add-vocals",
        "/generate/mashup",
        "/generate/replace-section",
        "/generate/sounds",
        "/voice/regenerate",
        "/vocal-removal/generate of all stems",
        "/runway/extend",
        "market wan/2-5-text-to-video",
        "market elevenlabs/text-to-speech-turbo-2-5",
        "market veo-3-1",
        "market runway",
        "market flux1-kontext",
        "market 4o-image-api",
        "market ai-music-api/create-music-video",
        "market grok-imagine-image-2-0/segment-map",
    }
)
#: How our client calls what a scene creates, where it is not the path itself.
NAMES = {"/veo/extend": "veo/extend@legacy", "/kling/generate": "service/kling"}
CHATS = {
    "gpt-5-2": "/gpt-5-2/v1/chat/completions",
    "claude-sonnet-4-5": "/claude/v1/messages",
    "gpt-5-4": "/codex/v1/responses",
    "gemini-3-5-flash": "/gemini/",
}


def cast() -> list[Scene]:
    """The scenes whose answers are changed."""
    return [scene for scene in scenes.casting() if scene.name not in ALIKE]


def model_of(scene: Scene) -> str:
    """The name of the model in our client."""
    return NAMES.get(scene.name) or scene.name.removeprefix("market ").removeprefix("/")


def cases(stage: Stage, played: list[Scene], suite: Suite) -> Iterator[Case]:
    """All cases but callbacks, in an order in which time may pass."""
    yield from records(stage, played, suite)
    yield from creations(stage, suite)
    yield from others(stage, suite)
    yield from refusals(stage, suite)


def records(stage: Stage, played: list[Scene], suite: Suite) -> Iterator[Case]:
    """The records of tasks: unfinished, finished, failed."""
    for scene in played:
        model = model_of(scene)
        waiting = stage.ground.line.post(scene.create, stage.fresh(scene)).body["data"]["taskId"]
        tasks = [*scene.tasks, str(waiting)]
        answers = [stage.ask(scene, task) for task in tasks]
        yield Case(
            f"record of {scene.name}",
            "poll",
            scene.query,
            answers,
            lambda model=model, tasks=tasks: suite.records(model, tasks),  # type: ignore[misc]
        )


def creations(stage: Stage, suite: Suite) -> Iterator[Case]:
    """The answers to creations: of the market, and of an endpoint of its own."""
    inputs: dict[str, Any] = {"prompt": "A boat", "image_size": "square_hd"}
    for model, path, body in (
        ("qwen/text-to-image", CREATE_TASK, {"model": "qwen/text-to-image", "input": inputs}),
        ("flux/kontext/generate", "/api/v1/flux/kontext/generate", {"prompt": "A boat"}),
    ):
        given = body.get("input", body)
        answer = stage.ground.line.post(path, body).body
        check = lambda model=model, given=given: suite.created(model, given)  # noqa: E731
        yield Case(f"creation of {model}", "create", path, [answer], check)


def refusals(stage: Stage, suite: Suite) -> Iterator[Case]:
    """Answers that say no: to a creation, and to a question for a task that is not there; and of results too old."""
    line = stage.ground.line
    model, inputs = "grok-imagine/upscale", {"task_id": "0" * 32}
    answer = line.post(CREATE_TASK, {"model": model, "input": inputs}).body
    check = lambda: suite.created(model, inputs)  # noqa: E731
    yield Case("refusal of a creation", "create", CREATE_TASK, [answer], check, raises=True)
    absent = "0" * 32
    answer = line.get(f"{RECORD_INFO}?taskId={absent}").body
    ask = lambda: suite.records(model, [absent])  # noqa: E731
    yield Case("refusal of a question", "poll", RECORD_INFO, [answer], ask, raises=True)
    old = stage.parents.runway
    stage.ground.advance(15 * 86400.0)
    path = "/api/v1/runway/record-detail"
    answer = line.get(f"{path}?taskId={old}").body
    yield Case("record of an old video", "poll", path, [answer], lambda: suite.records("runway/generate", [old]))


def others(stage: Stage, suite: Suite) -> Iterator[Case]:
    """Uploads, the balance, a style, and the four forms of chat."""
    line = stage.ground.line
    uploaded = line.form("/api/file-stream-upload", {"uploadPath": "a"}, ("a.png", b"a")).body
    yield Case("upload", "upload", "/api/file-", [uploaded], suite.uploaded)
    yield Case("credits", "poll", "/api/v1/chat/credit", [line.get("/api/v1/chat/credit").body], suite.credits)
    style = {"content": "Pop"}
    answer = line.post("/api/v1/style/generate", style).body
    check = lambda: suite.at_once("style/generate", style)  # noqa: E731
    yield Case("style", "create", "/api/v1/style/generate", [answer], check)
    for model, path in CHATS.items():
        suite.chat(model)
        said = line.get("/__emulator/journal").body[-1]["response"]
        yield Case(f"chat with {model}", "chat", path, [said], lambda model=model: suite.chat(model))  # type: ignore[misc]


def callbacks(played: list[Scene], suite: Suite, report: mutations.Report) -> None:
    """Renames each field of each callback, and notes whether it is noticed."""
    for scene in played:
        for kind, bodies in (("callback", scene.callbacks[-1:]), ("failure callback", scene.failures[-1:])):
            for body in bodies:
                usual = suite.callback(body)
                for path in mutations.fields([body]):
                    change = mutations.changed(body, path)
                    noticed = mutations.outcome(lambda change=change: suite.callback(change)) != usual  # type: ignore[misc]
                    (report.killed if noticed else report.survived).append((f"{kind} of {scene.name}", path))
