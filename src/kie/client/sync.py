"""``Kie``: the blocking client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, overload

from kie.client import flows
from kie.client.drive import drive, iterate
from kie.client.results import Result, Task

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Mapping
    from decimal import Decimal
    from types import TracebackType
    from typing import Literal, Self

    from kie.catalogue import Catalogue
    from kie.client._typed import TypedKie
    from kie.client.chat import ChatStream
    from kie.client.core import ResultCache
    from kie.client.effects import Flow
    from kie.client.limiter import Limiter
    from kie.client.transport import Transport
    from kie.client.uploads import UploadedFile
    from kie.money import Price
    from kie.types import (
        BackgroundModel,
        ChatModel,
        ImageAspectRatio,
        ImageModel,
        ImageResolution,
        MusicModel,
        SoundModel,
        SpeechModel,
        UpscaleModel,
        VideoAspectRatio,
        VideoModel,
        VideoResolution,
        Voice,
    )
    from kie.wire.chat import ChatReply, Messages
else:
    TypedKie = object  # `run` and `submit` with the inputs of every model: for type checkers alone

__all__ = ["Kie"]

T = TypeVar("T")


class Kie(TypedKie):
    """A client of kie.ai. Threads may share one.

    Args:
        api_key: the key; by default ``KIE_API_KEY``.
        base_url: the API's address; by default ``KIE_BASE_URL``, else kie.ai's.
        upload_url: the upload host's address; by default ``KIE_UPLOAD_URL``, else kie.ai's.
        timeout: seconds for one exchange (not for a whole wait).
        transport: another HTTP client: an ``httpx2.Client``, or anything with the ``Transport`` protocol.
        emulated: work on an emulator owned by this client: no key, no network, nothing is spent. By default
            ``KIE_EMULATED``.
        retries: how often a call that may be repeated is tried again; 0 never.
        limiter: the vendor's limits; by default 20 creates in any 10 s and 100 tasks at once.
        cache: True or a ``ResultCache`` to reuse finished tasks of identical requests; off by default.
        prefer: "unified" or "legacy" where a name stands for two ids (``veo-3.1``); by default the catalogue's choice.
        catalogue: a folder of catalogue files merged over those that ship; by default ``KIE_CATALOGUE``.
        poll: fixed seconds between polls; by default they follow the model's typical time.

    Raises:
        AuthenticationError: there is no key.
        InvalidInput: a setting is not usable.

    """

    def __init__(
        self,
        api_key: str | None = None,
        *,
        base_url: str | None = None,
        upload_url: str | None = None,
        timeout: float = 60.0,
        transport: Transport | Any | None = None,
        emulated: bool | None = None,
        retries: int = 4,
        limiter: Limiter | None = None,
        cache: bool | ResultCache = False,
        prefer: str | None = None,
        catalogue: str | os.PathLike[str] | None = None,
        poll: float | None = None,
    ) -> None:
        from kie.client.opening import opened

        self._core, self._transport, self._emulator = opened(
            api_key=api_key,
            base_url=base_url,
            upload_url=upload_url,
            timeout=timeout,
            transport=transport,
            emulated=emulated,
            retries=retries,
            limiter=limiter,
            cache=cache,
            prefer=prefer,
            catalogue=catalogue,
            poll=poll,
            asynchronous=False,
        )

    def _drive(self, flow: Flow[T]) -> T:
        return drive(self._transport, flow)

    def _iterate(self, flow: Flow[Any]) -> Iterator[Any]:
        return iterate(self._transport, flow)

    def close(self) -> None:
        """Close connections, and the emulator where this client owns one."""
        self._transport.close()
        if self._emulator is not None:
            self._emulator.close()

    def __enter__(self) -> Self:
        """Return the client."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the client."""
        self.close()

    def __repr__(self) -> str:
        """Show the address, never the key."""
        return f"<{type(self).__name__} {self._core.settings.base_url}{' (emulated)' if self._emulator else ''}>"

    @property
    def emulated(self) -> bool:
        """Whether this client works on an emulator of its own."""
        return self._emulator is not None

    @property
    def models(self) -> Catalogue:
        """All models: ``kie.models["kling-3.0/video"]``, ``kie.models.search("kling")``."""
        return self._core.catalogue

    # ------------------------------------------------------------------------------------------------------ any model

    def _submit(
        self,
        model: str,
        given: Mapping[str, Any],
        *,
        callback_url: str | None = None,
        max_credits: Decimal | float | str | None = None,
        extra: Mapping[str, Any] | None = None,
        nth: int = 0,
    ) -> Task:
        flow = flows.submit(
            self._core, model, given, callback_url=callback_url, max_credits=max_credits, extra=extra, nth=nth
        )
        return Task(self, self._drive(flow))

    if not TYPE_CHECKING:  # a type checker takes the overloads of TypedKie, one for each model

        def submit(
            self,
            model: str,
            /,
            input: Mapping[str, Any] | None = None,
            *,
            callback_url: str | None = None,
            max_credits: Decimal | float | str | None = None,
            extra: Mapping[str, Any] | None = None,
            **params: Any,
        ) -> Task:
            """Create a task and return at once.

            Args:
                model: id or any other name of the model.
                input: inputs by role or native name, as a mapping; ``params`` go before it.
                callback_url: where kie.ai posts the outcome.
                max_credits: refuse, before anything is sent, what may cost more than this.
                extra: fields that are sent as they are, unchecked.
                params: inputs by role (``prompt``, ``images``, ``aspect_ratio``, …) or native name. Where a link of a
                    file is wanted, a path, bytes, a file object, a Pillow image or a data URI is uploaded.

            Raises:
                InvalidInput, ModelUnavailable, BudgetExceeded: before anything is sent.
                SubmitOutcomeUnknown: the request may have arrived; it is not sent again.
                KieError: of the kind that the answer stands for.

            """
            given = {**(input or {}), **params}
            return self._submit(model, given, callback_url=callback_url, max_credits=max_credits, extra=extra)

        def run(
            self,
            model: str,
            /,
            input: Mapping[str, Any] | None = None,
            *,
            callback_url: str | None = None,
            timeout: float | None = None,
            max_credits: Decimal | float | str | None = None,
            extra: Mapping[str, Any] | None = None,
            **params: Any,
        ) -> Result:
            """Create a task and wait for its result.

            Args:
                model: id or any other name of the model.
                input: inputs by role or native name, as a mapping; ``params`` go before it.
                callback_url: where kie.ai posts the outcome.
                timeout: seconds to wait; None waits for the model's own deadline.
                max_credits: refuse, before anything is sent, what may cost more than this.
                extra: fields that are sent as they are, unchecked.
                params: as for ``submit``.

            Raises:
                TaskFailed: the task failed.
                TaskTimeout: the time passed first; the task goes on and can be resumed by its id.
                KieError: as for ``submit``.

            """
            flows.bounded(timeout)  # before anything is paid for
            task = self.submit(model, input, callback_url=callback_url, max_credits=max_credits, extra=extra, **params)
            try:
                return task.wait(timeout)
            except BaseException as error:
                flows.told(error, task._job)  # noqa: SLF001
                raise

    def task(self, model: str, task_id: str) -> Task:
        """Resume a task from its ids alone; nothing is sent yet.

        Raises:
            ModelUnavailable: there is no such model.

        """
        return Task(self, flows.resumed(self._core, model, task_id))

    def price(self, model: str, /, input: Mapping[str, Any] | None = None, **params: Any) -> Price | None:
        """Estimate the price of a call; nothing is sent. None where no price is published.

        Raises:
            InvalidInput, ModelUnavailable: the input does not fit, or there is no such model.

        """
        return self._core.price(model, {**(input or {}), **params})

    # -------------------------------------------------------------------------------------------------------- helpers

    def _helped(self, kind: str, model: str | None, timeout: float | None, given: dict[str, Any]) -> Result:
        from kie.client import helpers

        flows.bounded(timeout)  # before anything is paid for
        call = helpers.helper(self._core, kind, model, given)
        tasks: list[Task] = []
        try:
            for nth in range(call.times):  # kept one by one: what fails later must not lose them
                tasks.append(self._submit(call.model, call.inputs, **call.options, nth=nth))  # noqa: PERF401
            results = [task.wait(timeout) for task in tasks]
        except BaseException as error:
            helpers.stranded(error, [task._job for task in tasks])  # noqa: SLF001
            raise
        for more in results[1:]:
            results[0]._join(more)  # noqa: SLF001
        return results[0]

    def image(
        self,
        prompt: str,
        *,
        model: ImageModel | str | None = None,
        aspect_ratio: ImageAspectRatio | str | None = None,
        count: int | None = None,
        images: Any = None,
        mask: Any = None,
        seed: int | None = None,
        resolution: ImageResolution | str | None = None,
        timeout: float | None = None,
        **params: Any,
    ) -> Result:
        """Make or edit images.

        Args:
            prompt: what to make.
            model: which model; by default a good and cheap current one, by what is asked.
            aspect_ratio: e.g. "16:9".
            count: how many, 1 to 16; of a model that makes one at a time, several tasks are made (and paid for).
            images: files or links to edit or to refer to.
            mask: the part to repaint.
            seed: for the same result again, where the model takes one.
            resolution: e.g. "2K".
            timeout: seconds to wait.
            params: further inputs of the model; also ``max_credits``, ``callback_url`` and ``extra``, as for ``run``.

        Raises:
            KieError: as for ``run``.

        """
        given = {
            "prompt": prompt,
            "aspect_ratio": aspect_ratio,
            "count": count,
            "images": images,
            "mask": mask,
            "seed": seed,
            "resolution": resolution,
            **params,
        }
        return self._helped("image", model, timeout, given)

    def video(
        self,
        prompt: str,
        *,
        model: VideoModel | str | None = None,
        duration: float | None = None,
        first_frame: Any = None,
        last_frame: Any = None,
        images: Any = None,
        sound: bool | None = None,
        aspect_ratio: VideoAspectRatio | str | None = None,
        resolution: VideoResolution | str | None = None,
        timeout: float | None = None,
        **params: Any,
    ) -> Result:
        """Make a video from text, from its first and last frame, or with images to refer to.

        Args:
            prompt: what happens.
            model: which model; by default a good and cheap current one, by what is asked.
            duration: seconds.
            first_frame: file or link of the picture it begins with.
            last_frame: file or link of the picture it ends with.
            images: files or links to refer to.
            sound: whether it has sound.
            aspect_ratio: e.g. "9:16".
            resolution: e.g. "720p".
            timeout: seconds to wait.
            params: further inputs of the model; also ``max_credits``, ``callback_url`` and ``extra``, as for ``run``.

        Raises:
            KieError: as for ``run``.

        """
        given = {
            "prompt": prompt,
            "duration": duration,
            "first_frame": first_frame,
            "last_frame": last_frame,
            "images": images,
            "sound": sound,
            "aspect_ratio": aspect_ratio,
            "resolution": resolution,
            **params,
        }
        return self._helped("video", model, timeout, given)

    def speech(
        self,
        text: str,
        *,
        voice: Voice | str | None = None,
        model: SpeechModel | str | None = None,
        timeout: float | None = None,
        **params: Any,
    ) -> Result:
        """Speak a text.

        Args:
            text: what is said.
            voice: whose voice; by default the model's own.
            model: which model.
            timeout: seconds to wait.
            params: further inputs of the model (``speed``, ``stability``, …).

        Raises:
            KieError: as for ``run``.

        """
        return self._helped("speech", model, timeout, {"text": text, "voice": voice, **params})

    def sound(
        self, prompt: str, *, model: SoundModel | str | None = None, timeout: float | None = None, **params: Any
    ) -> Result:
        """Make a sound effect.

        Args:
            prompt: what is heard.
            model: which model.
            timeout: seconds to wait.
            params: further inputs of the model; also ``max_credits``, ``callback_url`` and ``extra``, as for ``run``.

        Raises:
            KieError: as for ``run``.

        """
        return self._helped("sound", model, timeout, {"prompt": prompt, **params})

    def music(
        self,
        prompt: str,
        *,
        lyrics: str | None = None,
        instrumental: bool | None = None,
        model: MusicModel | str | None = None,
        timeout: float | None = None,
        **params: Any,
    ) -> Result:
        """Make music.

        Args:
            prompt: what it is like; with ``lyrics``, its style.
            lyrics: the words that are sung.
            instrumental: whether nobody sings.
            model: which model.
            timeout: seconds to wait.
            params: further inputs of the model (``title``, ``style``, ``duration``, …).

        Raises:
            KieError: as for ``run``.

        """
        return self._helped(
            "music",
            model,
            timeout,
            {"prompt": prompt, "lyrics": lyrics, "instrumental": instrumental, **params},
        )

    def upscale(
        self,
        image: Any = None,
        *,
        video: Any = None,
        scale: float | None = None,
        model: UpscaleModel | str | None = None,
        timeout: float | None = None,
        **params: Any,
    ) -> Result:
        """Enlarge an image, or a video.

        Args:
            image: file or link of the image.
            video: file or link of the video.
            scale: how many times larger; by default twice, where the model leaves the choice.
            model: which model.
            timeout: seconds to wait.
            params: further inputs of the model; also ``max_credits``, ``callback_url`` and ``extra``, as for ``run``.

        Raises:
            KieError: as for ``run``.

        """
        return self._helped("upscale", model, timeout, {"images": image, "video": video, "scale": scale, **params})

    def remove_background(
        self, image: Any, *, model: BackgroundModel | str | None = None, timeout: float | None = None, **params: Any
    ) -> Result:
        """Cut a subject out of its background.

        Args:
            image: file or link of the image.
            model: which model.
            timeout: seconds to wait.
            params: further inputs of the model; also ``max_credits``, ``callback_url`` and ``extra``, as for ``run``.

        Raises:
            KieError: as for ``run``.

        """
        return self._helped("remove_background", model, timeout, {"images": image, **params})

    def _followed(self, task: Task | Result, what: str, timeout: float | None, given: dict[str, Any]) -> Result:
        job = task._job  # noqa: SLF001
        from kie.client import helpers

        call = self._drive(helpers.followed(self._core, job, what, given))
        return self.run(call.model, call.inputs, timeout=timeout, **call.options)

    def upgrade(self, task: Task | Result, to: str = "1080p", *, timeout: float | None = None, **params: Any) -> Result:
        """Make a better version of a finished video (Veo: "1080p" or "4k") and wait for it.

        Args:
            task: the finished task, or its result.
            to: "1080p" or "4k".
            timeout: seconds to wait.
            params: further inputs (``index`` where there are several videos).

        Raises:
            InvalidInput: that task has no such version.
            KieError: as for ``run``.

        """
        return self._followed(task, to.lower(), timeout, params)

    def extend(
        self, task: Task | Result, prompt: str | None = None, *, timeout: float | None = None, **params: Any
    ) -> Result:
        """Go on with a finished video or song and wait for it.

        Args:
            task: the finished task, or its result.
            prompt: what comes next.
            timeout: seconds to wait.
            params: further inputs of the model that extends.

        Raises:
            InvalidInput: that task cannot be extended.
            KieError: as for ``run``.

        """
        return self._followed(task, "extend", timeout, {"prompt": prompt, **params})

    # ----------------------------------------------------------------------------------------------- chat and account

    @overload
    def chat(
        self, model: ChatModel | str, messages: Messages, *, stream: Literal[False] = False, **options: Any
    ) -> ChatReply: ...

    @overload
    def chat(
        self, model: ChatModel | str, messages: Messages, *, stream: Literal[True], **options: Any
    ) -> ChatStream: ...

    @overload
    def chat(
        self, model: ChatModel | str, messages: Messages, *, stream: bool, **options: Any
    ) -> ChatReply | ChatStream: ...

    def chat(
        self, model: ChatModel | str, messages: Messages, *, stream: bool = False, **options: Any
    ) -> ChatReply | ChatStream:
        """Ask a chat model.

        Args:
            model: id or any other name of the model.
            messages: a text, or messages in OpenAI's form.
            stream: return a ``ChatStream`` that yields pieces as they come, instead of the whole; its ``reply`` is
                the whole at the end.
            options: further fields: ``max_tokens``, ``temperature``, ``tools``, ``response_format``, …

        Raises:
            SubmitOutcomeUnknown: the connection broke after the question was sent.
            KieError: of the kind that the answer stands for.

        """
        from kie.client import chat as chat_flow

        if stream:
            pieces = chat_flow.ChatStream()
            pieces._pieces = self._iterate(  # noqa: SLF001 - made here
                chat_flow.streamed(self._core, pieces, model, messages, options)
            )
            return pieces
        return self._drive(chat_flow.chat(self._core, model, messages, stream=False, options=options))

    def upload(self, source: Any, *, name: str | None = None) -> UploadedFile:
        """Upload a file; the same content is sent once.

        Args:
            source: a path, bytes, a file object, a Pillow image, a data URI, or a link that kie.ai is to fetch.
            name: a name for it (its ending follows the content).

        Raises:
            InvalidInput: it cannot be read, or is too large.
            KieError: the upload failed; uploads are free.

        """
        from kie.client import uploads

        return self._drive(uploads.upload(self._core, source, name=name))

    def credits(self) -> Decimal:
        """Return the balance in credits.

        Raises:
            KieError: of the kind that the answer stands for.

        """
        from kie.client.account import read_credits

        return self._drive(read_credits(self._core))
