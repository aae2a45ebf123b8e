"""The whole state, saved and restored: whatever happens afterwards happens as it would have without."""

from __future__ import annotations

import asyncio
import json
import pickle
import signal
import subprocess
import sys
import zlib
from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kie.emulator import Emulator, Fault
from kie.emulator.control.codec import pack, unpack
from kie.emulator.control.snapshot import Snapshot
from kie.emulator.money.keys import alias
from kie.emulator.tasks import Event, Outcome, State, Step, Task
from tests.emulator.support import Client, Receiver, Served, instantly

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

START = 1_800_000_000.0
KEY = "a-secret-key"
HOOK = "http://hook.local/kie"


def name_of(task: Task | None) -> str:
    return "" if task is None else task.id


def song_of(task: Task | None) -> str:
    return str(task.outcome.songs[0]["id"]) if task is not None and task.outcome and task.outcome.songs else ""


class Run:
    """An emulator without a socket, in a time that stands still."""

    def __init__(self, seed: int = 7, **options: Any) -> None:
        self.got: list[tuple[str, bytes]] = []
        held = {"clock": "frozen", "start": START, "renderer": instantly, "receiver": self._receive, **options}
        self.emulator = Emulator(seed=seed, **held)

    def _receive(self, url: str, _headers: dict[str, str], body: bytes) -> int:
        self.got.append((url, body))
        return 200 if zlib.crc32(body) % 3 else 500

    def ask(self, method: str, path: str, body: Any = None) -> tuple[int, bytes]:
        target, _, query = path.partition("?")
        sent: list[Any] = []
        data = b"" if body is None else json.dumps(body).encode()

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": data, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        headers = [(b"authorization", f"Bearer {KEY}".encode()), (b"host", b"kie.local")]
        scope = {"type": "http", "method": method, "path": target, "query_string": query.encode(), "headers": headers}
        asyncio.run(self.emulator.app(scope | {"scheme": "https"}, receive, send))
        return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:])

    def do(self, step: tuple[str, int]) -> tuple[int, bytes] | int:
        """One step of a story; the number chooses among the tasks that there are, or how much."""
        name, number = step
        tasks = self.emulator.tasks()
        task = tasks[number % len(tasks)] if tasks else None
        if name == "advance":
            return self.emulator.advance(number)
        if name == "poll":
            return self.ask("GET", f"/api/v1/jobs/recordInfo?taskId={task.id if task else 'none'}")
        if name == "file":
            url = task.outcome.urls[0] if task is not None and task.outcome and task.outcome.urls else "/files/none"
            return self.ask("GET", url.removeprefix("https://kie.local"))
        return self.ask("POST", *self.request(name, number, task))

    def request(self, name: str, number: int, task: Task | None) -> tuple[str, Any]:
        url = task.outcome.urls[0] if task is not None and task.outcome and task.outcome.urls else "https://kie.local/x"
        words = f"{number} {'emu:fail' if number % 5 == 0 else 'emu:twice' if number % 7 == 0 else ''}"
        song = {"customMode": False, "instrumental": False, "model": "V4_5", "prompt": words}
        return {
            "image": (
                "/api/v1/jobs/createTask",
                {"model": "nano-banana-pro", "callBackUrl": HOOK, "input": {"prompt": words, "image_input": [url]}},
            ),
            "song": ("/api/v1/generate", {**song, "callBackUrl": f"{HOOK}/{number % 2}"}),
            "veo": ("/api/v1/veo/generate", {"prompt": words, "model": "veo3_fast", "callBackUrl": HOOK}),
            "4k": ("/api/v1/veo/get-4k-video", {"taskId": name_of(task), "index": 0}),
            "upload": ("/api/file-base64-upload", {"base64Data": "YWJjZGVm", "uploadPath": f"p{number % 3}"}),
            "link": ("/api/v1/common/download-url", {"url": url}),
            "chat": ("/gpt-5-2/v1/chat/completions", {"messages": [{"role": "user", "content": words}]}),
            "wav": (
                "/api/v1/wav/generate",
                {"taskId": name_of(task), "audioId": song_of(task), "callBackUrl": HOOK},
            ),
            "style": ("/api/v1/style/generate", {"content": words}),
        }[name]

    def state(self) -> Any:
        """All that can be seen from outside, without the times of the wall."""
        world = self.emulator.world
        notes = [
            {name: held for name, held in asdict(note).items() if name not in {"wall", "ms"}}
            for note in self.emulator.journal()
        ]
        files = sorted((file.path, file.created, file.life, file.etag, file.task) for file in world.files.all())
        tasks = [{**asdict(task), "key": alias(task.key)} for task in self.emulator.tasks()]
        faults = [{**rule, "key": rule["key"][-4:]} for rule in world.faults.to_json()]
        uses = {key: asdict(use) for key, use in world.keys.uses.items()}
        times = (self.emulator.now(), world.clock.pending(), world.clock.upcoming())
        return notes, files, tasks, self.emulator.ledger(), faults, uses, times, world.files.links()


FAULTS = [
    Fault("poll", "500", probability=0.3),
    Fault("create", "429", nth=3, every=5),
    Fault("callback", "duplicate", probability=0.3, key="-key"),
    Fault("callback", "reorder", probability=0.3),
    Fault("callback", "forge", probability=0.2),
    Fault("callback", "delay", probability=0.2),
    Fault("create", "500", after=300.0, until=400.0),
]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "image",
                "image",
                "song",
                "veo",
                "4k",
                "upload",
                "link",
                "chat",
                "style",
                "poll",
                "file",
                "advance",
                "advance",
            ]
        ),
        st.integers(0, 400),
    ),
    max_size=14,
)


@settings(max_examples=40, deadline=None)
@given(before=STEPS, after=STEPS)
def test_what_follows_is_the_same_as_without(before: list[tuple[str, int]], after: list[tuple[str, int]]) -> None:
    one, other = Run(faults=FAULTS), Run(seed=99)
    with one.emulator, other.emulator:
        for step in before:
            one.do(step)
        saved = one.emulator.snapshot()
        other.emulator.restore(saved)
        assert other.state() == one.state()
        assert other.emulator.snapshot() == saved
        one.got.clear()
        for step in after:
            assert one.do(step) == other.do(step)
        one.emulator.advance(1000)
        other.emulator.advance(1000)
        assert other.got == one.got
        assert other.state() == one.state()


def test_the_state_of_a_long_story() -> None:
    """What the property above relies on: that a story reaches all that is saved."""
    late = Fault("callback", "reorder", seconds=1e6, match="/lonely")
    one = Run(faults=[late, *FAULTS], quirks=["states-documented"])
    with one.emulator:
        for name in ("image", "song", "veo", "upload", "chat", "advance", "poll"):
            for number in range(1, 9):
                one.do((name, number * 40 if name == "advance" else number))
        for name in ("4k", "wav", "link"):
            for number in range(len(one.emulator.tasks())):
                one.do((name, number))
        lonely = {"model": "nano-banana-pro", "callBackUrl": f"{HOOK}/lonely", "input": {"prompt": "x"}}
        one.emulator.advance(300)
        while b'"code":200' not in one.ask("POST", "/api/v1/jobs/createTask", lonely)[1]:
            continue  # struck by another fault
        one.emulator.advance(300)
        one.do(("image", 1))
        held = json.loads(one.emulator.snapshot())
        assert [name for name, saved in held.items() if saved in ([], {}, 0, "")] == ["dropped"]
        assert KEY not in json.dumps(held)
        other = Run()
        with other.emulator:
            other.emulator.restore(one.emulator.snapshot())
            assert other.state() == one.state()


def test_quirks_are_part_of_the_state() -> None:
    one, other = Run(quirks=["callback-documented", "cost-time-ms"]), Run(quirks=["veo-4k-documented"])
    with one.emulator, other.emulator:
        body = {"model": "nano-banana-pro", "callBackUrl": HOOK, "input": {"prompt": "emu:fail"}}
        one.ask("POST", "/api/v1/jobs/createTask", body)
        other.emulator.restore(one.emulator.snapshot())
        assert other.emulator.world.quirks == {"callback-documented", "cost-time-ms"}
        one.emulator.advance(600)
        other.emulator.advance(600)
        assert other.got == one.got
        assert json.loads(other.got[0][1])["data"]["failCode"] == "GENERATION_FAILED"


def test_everything_in_a_world_is_saved_or_left_on_purpose() -> None:
    saved = {"quirks", "seed", "clock", "journal", "faults", "files", "deliveries", "keys", "ledger", "tasks", "once"}
    saved |= {"ultra_hd", "_credits", "_songs", "_numbers"}
    left = {"lock", "courier", "studio"}
    with Emulator(clock="frozen") as emulator:
        assert set(vars(emulator.world)) == saved | left, "tell snapshot.py of what is new"


@pytest.mark.parametrize("clock", ["jump", "scaled:1000", "real"])
def test_time_goes_on_in_any_mode(clock: str) -> None:
    with Served(clock="frozen", start=START) as first, Receiver() as receiver:
        task = first.client.create("nano-banana-pro", receiver.url, prompt="x")
        first.emulator.advance(1)
        saved = first.emulator.snapshot()
        with Served(clock=clock) as second:
            second.emulator.restore(saved)
            assert START + 1 <= second.emulator.now() < START + 3600
            if clock == "real":
                assert second.client.record(task)["state"] == "waiting"
                assert second.emulator.world.clock.pending() == 1
                return
            _, body = receiver.wait(1)[0]
            assert body["data"]["taskId"] == task
            assert second.client.record(task)["state"] == "success"


def test_over_http() -> None:
    with Served(clock="frozen", seed=3) as first, Served(clock="frozen", seed=4) as second:
        task = first.client.create("nano-banana-pro", prompt="x")
        url = first.client.post("/api/file-base64-upload", {"base64Data": "YWJjZGVm", "uploadPath": "p"})
        saved = Client(first.client.url, "").call("POST", "/__emulator/snapshot", {})
        assert saved.status == 200
        assert saved.headers["content-type"].startswith("application/json")
        inspector = Client(second.client.url, "")
        assert inspector.call("POST", "/__emulator/restore", saved.data).body == {"restored": True, "tasks": 1}
        assert second.client.record(task)["state"] == "waiting"
        path = url["data"]["downloadUrl"].removeprefix(first.client.url)
        assert second.client.fetch(second.client.url + path).data == b"abcdef"
        refused = inspector.call("POST", "/__emulator/restore", b"no")
        assert refused.status == 400
        assert "not a snapshot" in refused.body["error"]
        assert second.client.record(task)["state"] == "waiting"


# ------------------------------------------------------------------------------------------------------------- hostile


class Trap:
    """Unpickling it would make a list longer."""

    sprung: list[int] = []  # noqa: RUF012 - it is shared on purpose

    def __reduce__(self) -> tuple[Any, ...]:
        return Trap.sprung.append, (1,)


def story() -> tuple[Run, Any]:
    run = Run(faults=FAULTS)
    for step in (("image", 1), ("song", 2), ("advance", 40), ("veo", 3), ("upload", 1), ("poll", 0)):
        run.do(step)
    return run, json.loads(run.emulator.snapshot())


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, held in inner:
        yield from places(held, (*path, name))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"\x80\x04",
        pickle.dumps(Trap()),
        b"[" * 100_000,
        b'{"form": "kie-emulator-snapshot"}',
    ],
)
def test_what_is_no_snapshot_is_refused(data: bytes) -> None:
    run, _ = story()
    with run.emulator:
        before = run.state()
        with pytest.raises(ValueError, match="snapshot"):
            run.emulator.restore(data)
        assert run.state() == before
    assert Trap.sprung == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("version",), 2),
        (("seed",), "7"),
        (("seed",), True),
        (("passed",), float("inf")),
        (("began",), 10**400),
        (("extra",), 1),
        (("tasks", 0, "operation"), "os.system"),
        (("tasks", 0, "price"), {"$decimal": "NaN"}),
        (("tasks", 0, "inputs"), {"prompt": {"$object": "os.system"}}),
        (("tasks", 0, "state"), 99),
        (("tasks", 0, "plan", "$tuple", 0, "event"), "explode"),
        (("entries", 1, "balance"), {"$decimal": "1e9"}),
        (("events", 0, "$tuple", 1), "system"),
        (("events", 0, "$tuple", 2), ["a", "b", "c"]),
        (("events", 0, "$tuple", 2), ["a", "explode"]),
        (("files", 0, "data"), {"$bytes": "no base64"}),
        (("faults", 0, "rule", "do"), "explode"),
        (("files", 0, "spec", "duration"), 1e9),
        (("quirks",), ["explode"]),
        (("notes", 0, "number"), 10**9),
        (("notes", 0, "query"), {"$map": [[{"$map": []}, 1]]}),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_changes(path: tuple[Any, ...], value: Any) -> None:
    run, saved = story()
    with run.emulator:
        before = run.state()
        inner = saved
        for name in path[:-1]:
            inner = inner[name]
        inner[path[-1]] = value
        if path[0] == "notes" and path[-1] == "number":
            saved["notes"] = saved["notes"][:1]
        with pytest.raises(ValueError, match=r"snapshot|ledger|quirk|rule|stage|deed|do|poll"):
            run.emulator.restore(json.dumps(saved).encode())
        assert run.state() == before


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_snapshot_that_was_tampered_with_is_refused_in_words_or_is_one(data: st.DataObject) -> None:
    run, saved = story()
    with run.emulator:
        path = data.draw(st.sampled_from(sorted(places(saved), key=str)))
        value: Any = data.draw(st.sampled_from([None, -1, 2.5, "x", [], {}, True, {"$tuple": []}, {"$map": 3}, 1e300]))
        inner = saved
        for name in path[:-1]:
            inner = inner[name]
        if path:
            inner[path[-1]] = value
        before = run.state()
        try:
            run.emulator.restore(json.dumps(saved).encode())
        except ValueError:
            assert run.state() == before


# --------------------------------------------------------------------------------------------------------------- codec

LOOSE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.binary(max_size=8)
    | st.decimals(allow_nan=False, allow_infinity=False),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text(max_size=3) | st.just("$tuple") | st.integers(), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(LOOSE)
def test_whatever_stands_in_a_request_comes_back(value: Any) -> None:
    back = unpack(Any, json.loads(json.dumps(pack(value))))
    assert back == value
    assert repr(back) == repr(value)


def test_a_task_comes_back() -> None:
    outcome = Outcome(("u",), songs=({"id": "s", "tags": ("a", 1)},), extra={"stems": {"$a": Decimal("1.10")}})
    plan = (Step(1.5, Event.FINISH),)
    task = Task("t", "veo", "m", {"a": (1, 2)}, 1.0, 2, plan, state=State.FIRST, outcome=outcome, price=Decimal("1.50"))
    back = unpack(Task, json.loads(json.dumps(pack(task))))
    assert back == task
    assert isinstance(back.state, State)
    assert str(back.price) == "1.50"


def test_what_cannot_be_said_is_not_saved() -> None:
    with pytest.raises(ValueError, match="object cannot be saved"):
        pack({"a": object()})
    deep: list[Any] = []
    for _ in range(5000):
        deep = [deep]
    assert json.dumps(pack(deep)).count("[") < 300
    assert Snapshot.__dataclass_fields__["version"].default == 1


def test_a_function_among_the_events_is_told() -> None:
    with Emulator(clock="frozen") as emulator:
        emulator.world.clock.schedule(START * 2, lambda _at: None)
        with pytest.raises(ValueError, match="an event is planned that cannot be saved"):
            emulator.snapshot()


# -------------------------------------------------------------------------------------------------------- command line


def served(path: Path, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "kie.emulator", "--port", "0", "--clock", "frozen", "--snapshot", str(path), *more]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().split(" at ")[1].split(";")[0]


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_the_command_goes_on_where_it_ended(tmp_path: Path, end: signal.Signals) -> None:
    path = tmp_path / "state.json"
    with served(path) as process:
        client = Client(address(process), KEY)
        task = client.create("nano-banana-pro", prompt="x")
        now = client.get("/__emulator/clock")["now"]
        process.send_signal(end)
        told, _ = process.communicate(timeout=20)
        assert process.returncode == 0
        assert "1 task is not finished yet, and would cost 18 credits = $0.09" in told
        assert "The client did well" in told
    assert KEY not in path.read_text()
    assert list(tmp_path.iterdir()) == [path]
    with served(path, "--seed", "5") as process:
        client = Client(address(process), KEY)
        assert client.get("/__emulator/clock")["now"] == now
        assert client.record(task)["state"] == "waiting"
        assert client.create("nano-banana-pro", prompt="x") != task
        process.terminate()
        assert process.wait(timeout=20) == 0


def test_the_command_refuses_what_is_no_state(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    path.write_text("[]")
    with served(path) as process:
        _, told = process.communicate(timeout=20)
        assert process.returncode == 2
        assert "not a snapshot" in told
    assert path.read_text() == "[]"
