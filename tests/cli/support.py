"""What tests of the command line work with: a kie.ai of a few lines, and a way to call commands on it."""

import json
import threading
from collections import Counter
from typing import Any
from urllib.parse import parse_qs, urlsplit

from click.testing import CliRunner, Result

from kie.cli.app import app
from kie.cli.session import Wiring
from kie.client.transport import HttpReply, HttpRequest

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x02\x00\x00\x00\x03\x08\x02\x00\x00\x00\x00\x00\x00\x00"
    b"\x00\x00\x00\x00IEND\xaeB`\x82"
)
RUN = ("run", "nano-banana-2", "prompt=a cat")


class Stream:
    status = 200

    def __init__(self, data: bytes) -> None:
        self._data = data

    def header(self, name: str) -> str | None:
        return {"content-type": "image/png", "content-length": str(len(PNG))}.get(name.lower())

    def read(self) -> bytes:
        data, self._data = self._data, b""
        return data

    def close(self) -> None:
        pass


class Stub:
    """A transport that answers like kie.ai: every task ends as ``states`` say, one for each time it is asked.

    Attributes of the same name as a part of a path ("createTask", "credit", …) replace its answer: a value is the
    answer's body, an exception is raised.
    """

    def __init__(self, *states: str, **answers: Any) -> None:
        self.states = states or ("success",)
        self.answers = answers
        self.asked: Counter[str] = Counter()
        self.bodies: list[dict[str, Any]] = []
        self._lock = threading.Lock()

    def send(self, request: HttpRequest) -> HttpReply:
        parts = urlsplit(request.url)
        what = parts.path.rpartition("/")[2]
        with self._lock:
            self.asked[what] += 1
            number = self.asked[what]
        answer = self.answers.get(what)
        if callable(answer) and not isinstance(answer, type):
            answer = answer(number)
        if isinstance(answer, BaseException) or (isinstance(answer, type) and issubclass(answer, BaseException)):
            raise answer
        if answer is None:
            answer = self._usual(what, parts.query, request, number)
        return HttpReply(200, json.dumps(answer).encode(), lambda _: None)

    def _usual(self, what: str, query: str, request: HttpRequest, number: int) -> Any:
        if what == "credit":
            return {"code": 200, "msg": "success", "data": 100}
        if what == "createTask":
            assert isinstance(request.body, bytes)
            self.bodies.append(json.loads(request.body))
            return {"code": 200, "msg": "success", "data": {"taskId": f"{number:032x}"}}
        if what == "recordInfo":
            task_id = parse_qs(query)["taskId"][0]
            return {"code": 200, "msg": "success", "data": self.record(task_id, number)}
        raise AssertionError(what)

    def record(self, task_id: str, number: int) -> dict[str, Any]:
        state = self.states[min(number, len(self.states)) - 1]
        record: dict[str, Any] = {"taskId": task_id, "model": "nano-banana-2", "state": state, "creditsConsumed": 8}
        if state == "success":
            record["resultJson"] = json.dumps({"resultUrls": ["https://example.com/a.png"]})
        if state == "fail":
            record |= {"failCode": "500", "failMsg": "\x1b[31mbroken\x07\u202e"}
        return record

    def stream(self, request: HttpRequest) -> Stream:
        del request
        return Stream(PNG)

    def close(self) -> None:
        pass


def call(*words: str, stub: Any = None, key: str | None = "test", **more: Any) -> Result:
    """Call a command on a stub (or, without one, on whatever it talks to by itself)."""
    wiring = Wiring(transport=stub, api_key=key if stub is not None else None, poll=0.0)
    return CliRunner().invoke(app, list(words), obj=wiring, **more)


def document(result: Result) -> Any:
    """The one JSON document on stdout; there must be nothing else."""
    return json.loads(result.stdout)
