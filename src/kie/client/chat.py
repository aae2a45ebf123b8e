"""Chat: one request, an answer at once or in pieces.

A chat is paid for, so it is not repeated when its outcome is open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kie.client._core import LONGEST_RETRY_AFTER, backoff, retry_after
from kie.client.effects import Close, Emit, Flow, Open, Read, Sleep
from kie.client.flows import unknown_outcome
from kie.client.transport import HttpRequest, NotDelivered, said
from kie.errors import ConnectionFailed, KieError, RateLimited, UnexpectedReply
from kie.wire.build import Request, path_of
from kie.wire.chat import ChatChunk, ChatReader, ChatReply, chat_body
from kie.wire.envelope import failure

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping
    from weakref import ReferenceType

    from kie.client.core import Core
    from kie.wire.chat import Messages

__all__ = ["AsyncChatStream", "ChatStream", "chat", "streamed"]


class ChatStream:
    """The pieces of an answer, as they come; close it, or leave it, to break off.

    Attributes:
        reply: the whole answer with its finish, tokens and credits, once the last piece has come; None before.

    """

    def __init__(self) -> None:
        self.reply: ChatReply | None = None
        self._pieces: Iterator[ChatChunk] = iter(())

    def __iter__(self) -> ChatStream:
        """Return the stream."""
        return self

    def __next__(self) -> ChatChunk:
        """Return the next piece; raises ``KieError`` where the stream breaks off."""
        return next(self._pieces)

    def close(self) -> None:
        """Break off and close the connection."""
        close = getattr(self._pieces, "close", None)
        if close is not None:
            close()


class AsyncChatStream:
    """The pieces of an answer, as they come; see ``ChatStream``."""

    def __init__(self) -> None:
        self.reply: ChatReply | None = None
        self._pieces: AsyncIterator[ChatChunk] | None = None

    def __aiter__(self) -> AsyncChatStream:
        """Return the stream."""
        return self

    async def __anext__(self) -> ChatChunk:
        """Return the next piece; raises ``KieError`` where the stream breaks off."""
        if self._pieces is None:
            raise StopAsyncIteration
        return await anext(self._pieces)

    async def close(self) -> None:
        """Break off and close the connection."""
        close = getattr(self._pieces, "aclose", None)
        if close is not None:
            await close()


def streamed(
    core: Core, into: ChatStream | AsyncChatStream, name: str, messages: Messages, options: Mapping[str, Any]
) -> Flow[ChatReply]:
    """Ask a chat model for an answer in pieces; the whole is put into ``into`` at the end; see ``chat``."""
    import weakref

    # Weakly: in a circle with its own stream, a stream that is left would stay open until the collector comes, which
    # may end the inner generator first, and that one still has to close the connection.
    return _told(weakref.ref(into), chat(core, name, messages, stream=True, options=options))


def _told(into: ReferenceType[ChatStream | AsyncChatStream], flow: Flow[ChatReply]) -> Flow[ChatReply]:
    reply = yield from flow
    stream = into()
    if stream is not None:
        stream.reply = reply
    return reply


def chat(core: Core, name: str, messages: Messages, *, stream: bool, options: Mapping[str, Any]) -> Flow[ChatReply]:
    """Ask a chat model; emits pieces where ``stream`` is set, returns the whole answer.

    Raises:
        ModelUnavailable, InvalidInput: before anything is sent.
        KieError: of the kind that the answer stands for.

    """
    found = core.catalogue.resolve(name)
    model = found.model
    body = chat_body(model, messages, stream=stream, options={**found.preset, **options})
    request = Request("POST", path_of(model.submit["path"], model), body=body, creates=True)
    http = core.composer.compose(request, stream=stream)
    attempt = 0
    while True:
        reader = ChatReader(model)
        try:
            return (yield from (_streamed if stream else _whole)(core, http, request, reader, model.id))
        except NotDelivered as error:
            trouble: KieError = ConnectionFailed(
                f"{core.composer.endpoint(request)} could not be delivered: {error}.",
                model=model.id,
                hint="Nothing was spent.",
            )
        except RateLimited as error:
            trouble = error
        wanted = getattr(trouble, "retry_after", None)
        pause = backoff(attempt, base=1.0) if wanted is None else wanted
        # What was said would be said, and paid for, twice.
        if attempt >= core.settings.retries or reader.begun or pause > LONGEST_RETRY_AFTER:
            raise trouble
        yield Sleep(pause)
        attempt += 1


def _whole(core: Core, http: HttpRequest, request: Request, reader: ChatReader, model: str) -> Flow[ChatReply]:
    sent_at = core.wall()
    try:
        reply = yield http
    except NotDelivered:
        raise
    except Exception as error:  # Interrupted, or what a transport of the user's did not sort
        raise unknown_outcome(
            core, request, f"The connection was lost ({said(error)})", model, None, sent_at
        ) from error
    return _read(core, reader, model, reply, reply.body)


def _read(core: Core, reader: ChatReader, model: str, reply: Any, body: bytes) -> ChatReply:
    """Read an answer that came whole; a refusal for frequency tells how long to wait, also as a gateway's page."""
    trouble: KieError
    try:
        return reader.whole(reply.status, core.composer.clean(body))
    except RateLimited as error:
        trouble = error
    except UnexpectedReply as error:
        if reply.status != 429:  # noqa: PLR2004
            raise _open(error, model) from None
        trouble = failure("429", error.excerpt or "", model=model)
    trouble.__dict__["retry_after"] = retry_after(reply.header("retry-after"), core.wall())
    raise trouble


def _open(error: UnexpectedReply, model: str) -> UnexpectedReply:
    """Say whether it may have been paid for: all is open but a 3xx or 4xx, which refuses."""
    return error.about(model=model, may_have_spent=not 300 <= (error.status or 200) < 500)  # noqa: PLR2004


def _streamed(core: Core, http: HttpRequest, request: Request, reader: ChatReader, model: str) -> Flow[ChatReply]:
    sent_at = core.wall()
    stream: Any = None
    try:
        stream = yield Open(http)
        if stream.status >= 400:  # noqa: PLR2004
            body = b""
            while piece := (yield Read(stream)):
                body += piece
            return _read(core, reader, model, stream, body)
        while piece := (yield Read(stream)):
            for chunk in reader.feed(core.composer.clean(piece)):
                yield Emit(chunk)
        for chunk in reader.feed(b"\n"):  # a last line without its end
            yield Emit(chunk)
        # Neither events nor a word: read as a whole answer, which then is none.
        reply = reader.end(stream.status) if reader.begun else _read(core, reader, model, stream, reader.bare)
        if not reader.begun and reply.text:  # it came whole, though pieces were asked for
            yield Emit(ChatChunk(reply.text, reply.raw))
        return reply
    except UnexpectedReply as error:
        raise _open(error, model) from None
    except KieError:
        raise
    except Exception as error:
        if isinstance(error, NotDelivered) and stream is None:
            raise
        raise unknown_outcome(core, request, f"The stream broke off ({said(error)})", model, None, sent_at) from error
    finally:
        if stream is not None:
            yield Close(stream)
