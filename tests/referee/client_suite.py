"""What this project's client makes of answers: small checks that the mutation run repeats on changed answers.

The only file of the referee that knows the client. Each check gives a value to be compared, or raises.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from kie import Kie, Limiter
from kie.wire.callback import read_callback

if TYPE_CHECKING:
    from collections.abc import Sequence

Json = dict[str, Any]


class Suite:
    """A client on an emulator at `base`, which repeats nothing: a changed answer shall show at once."""

    def __init__(self, base: str) -> None:
        self._kie = Kie("referee-key", base_url=base, retries=0, limiter=Limiter(None, concurrency=None))
        self._uploads = 0

    def records(self, model: str, tasks: Sequence[str]) -> list[Any]:
        """What is read of these tasks, without the record itself."""
        states = [self._kie.task(model, task).refresh() for task in tasks]
        return [state._replace(raw=None) for state in states]

    def created(self, model: str, inputs: Json) -> Any:
        """Whether a creation gives a task that can be asked for."""
        task = self._kie.submit(model, inputs)
        return bool(task.id), task.refresh().state

    def at_once(self, model: str, inputs: Json) -> Any:
        """What an endpoint gives that answers at once; its text is another each time."""
        state = self._kie.run(model, inputs).state
        return state.state, state.credits, bool(state.text)

    def uploaded(self) -> Any:
        """Whether an upload gives a link. The content is new each time: what is known is not sent twice."""
        self._uploads += 1
        picture = self._kie.upload(b"\x89PNG\r\n\x1a\n %d" % self._uploads, name="picture.png")
        return picture.url.endswith(".png")

    def credits(self) -> Any:
        """The balance."""
        return self._kie.credits()

    def chat(self, model: str) -> Any:
        """What a chat says, uses and costs."""
        reply = self._kie.chat(model, "Say hello")
        return reply.text, reply.input_tokens, reply.output_tokens, reply.credits, reply.finish, reply.model

    def callback(self, body: Json) -> Any:
        """What is read of a callback."""
        hint = read_callback(body)
        return hint._replace(raw=None)

    def close(self) -> None:
        self._kie.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
