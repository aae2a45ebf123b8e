"""Lets Ctrl-C through while an answer is awaited: a blocking call outside Python would hold it back for a minute."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kie.client.transport import HttpReply, HttpRequest

__all__ = ["Interruptible"]

_LOOK = 0.1


class Interruptible:
    """A transport that sends apart from the main thread, which stays free to be interrupted.

    Args:
        inner: the transport that does the work.

    """

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> Any:
        """Pass everything else on."""
        return getattr(self._inner, name)

    def send(self, request: HttpRequest) -> HttpReply:
        """Send; other threads than the main one are never interrupted, and send by themselves."""
        if threading.current_thread() is not threading.main_thread():
            reply: HttpReply = self._inner.send(request)
            return reply
        answers: queue.SimpleQueue[tuple[HttpReply | None, BaseException | None]] = queue.SimpleQueue()

        def work() -> None:
            try:
                answers.put((self._inner.send(request), None))
            except BaseException as error:  # noqa: BLE001 - raised again where it is awaited
                answers.put((None, error))

        threading.Thread(target=work, daemon=True, name="kie-send").start()
        while True:
            try:
                answer, error = answers.get(timeout=_LOOK)
            except queue.Empty:
                continue
            if error is not None:
                raise error
            assert answer is not None  # noqa: S101 - one of the two is there
            return answer
