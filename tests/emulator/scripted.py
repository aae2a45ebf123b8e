"""Random scripts of faults, and a fixed round of calls that they strike: what happened, as data to be compared."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kie.emulator import DEEDS, STAGES, Fault, Script
from kie.emulator.families import FAMILIES, operation
from tests.emulator.inprocess import HOOK, InProcess, Reply
from tests.emulator.support import PIXEL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kie.emulator.tasks import Task

CREDITS = 3000
HOST = "http://api.localhost"
OTHER_HOOK = f"{HOOK}/other"
#: Deeds which wait on the wall.
_SLOW = frozenset({"delay", "drip"})


def random_script(number: int) -> Script:
    """The script of a number: one to seven rules of all kinds."""
    dice = random.Random(f"script {number}")
    rules = [_rule(dice) for _ in range(dice.randint(1, 7))]
    return Script(tuple(rules), dice.choice([None, None, dice.randrange(100)]))


def _rule(dice: random.Random) -> Fault:
    stage = dice.choices(STAGES, (4, 3, 2, 3, 2, 2))[0]
    do = dice.choice(DEEDS[stage])
    if stage in {"upload", "chat"}:  # the round has two of each, at its beginning
        return Fault(stage, do, nth=dice.choice([1, 1, 2]), seconds=0.0 if do in _SLOW else None)
    after = float(dice.choice([0, 0, 0, 40, 120]))
    rule = Fault(
        stage,
        do,
        nth=dice.choice([1, 1, 1, 2, 3, 5]),
        times=dice.choice([None, 0, 1, 2, 4]),
        every=dice.choice([1, 1, 1, 2, 3]),
        probability=dice.choice([1.0, 1.0, 0.2, 0.5, 0.8]),
        after=after,
        until=dice.choice([None, None, after + 100]),
        match=dice.choice(["", "", "", "", "recordInfo", "generate", "boat"]),
        model=dice.choice(["", "", "", "", "nano*", "veo*", "V5", "*"]),
        key=dice.choice(["", "", "", "test-key", "nobody"]),
    )
    if stage != "callback" and do in _SLOW:
        return replace(rule, seconds=0.0)
    if do in {"delay", "reorder", "slow", "no-url"}:
        return replace(rule, seconds=dice.choice([None, 5.0, 45.0, 700.0]))
    if do == "fail":
        return replace(rule, code=dice.choice([None, 400, 501, 531]), message=dice.choice(["", "because"]))
    if do in {"rename-field", "drop-field"}:
        return replace(rule, field=dice.choice(["", "data.state", "data.taskId", "data.resultJson.resultUrls", "code"]))
    return rule


def _create(operation_path: str, **body: Any) -> tuple[str, str, Any]:
    return "POST", f"/api/v1/{operation_path}", {**body, "callBackUrl": HOOK}


#: What is created, over several families, in this order.
CREATES = (
    _create("jobs/createTask", model="nano-banana-pro", input={"prompt": "a red boat"}),
    _create(
        "jobs/createTask", model="elevenlabs/text-to-speech-turbo-2-5", input={"text": "a boat", "voice": "Rachel"}
    ),
    _create("generate", prompt="a song", customMode=False, instrumental=True, model="V5"),
    _create("veo/generate", prompt="a boat", model="veo3_fast"),
    _create("gpt4o-image/generate", prompt="a cat", size="1:1"),
    _create("flux/kontext/generate", prompt="a dog"),
    _create("runway/generate", prompt="a boat", duration=5, quality="720p", aspectRatio="16:9"),
    _create("lyrics", prompt="a boat"),
    _create("kling/generate", prompt="a boat"),
    (
        "POST",
        "/api/v1/jobs/createTask",
        {"model": "z-image", "input": {"prompt": "x emu:fail"}, "callBackUrl": OTHER_HOOK},
    ),
    ("POST", "/api/v1/jobs/createTask", {"model": "z-image", "input": {"prompt": "x"}, "callBackUrl": OTHER_HOOK}),
)

#: What is asked at once.
SMALL = (
    ("POST", "/api/file-base64-upload", {"base64Data": "eA==", "uploadPath": "x", "fileName": "a.txt"}),
    (
        "POST",
        "/gpt-5-2/v1/chat/completions",
        {"messages": [{"role": "user", "content": "hello boat"}], "stream": False},
    ),
    ("POST", "/gpt-5-2/v1/chat/completions", {"messages": [{"role": "user", "content": "hello"}], "stream": True}),
    ("POST", "/api/v1/style/generate", {"content": "a boat"}),
    ("GET", "/api/v1/chat/credit", None),
    ("GET", "/api/v1/jobs/recordInfo?taskId=nothing", None),
)


class Run:
    """One emulator that went through the round: its replies, deliveries, movements of credits and notes."""

    def __init__(self, script: Script, seed: int, way: type[InProcess] = InProcess) -> None:
        self.replies: list[tuple[str, Reply]] = []
        with way(faults=script, seed=seed, credits=CREDITS) as driver:
            self._go(driver)
            emulator = driver.emulator
            self.deliveries = list(driver.deliveries)
            self.entries = emulator.ledger()
            self.balance = emulator.balance
            self.held = emulator.world.ledger.held
            self.tasks = emulator.tasks()
            self.notes = emulator.journal()
            self.rules = emulator.world.faults.to_json()

    def trace(self) -> dict[str, Any]:
        """All that a repetition must give again."""
        fields = ("number", "at", "way", "stage", "method", "path", "status", "code", "task", "model", "fault", "rule")
        return {
            "replies": [
                (what, reply.status, sorted(reply.headers.items()), reply.data) for what, reply in self.replies
            ],
            "deliveries": [(one.url, one.task, one.signed, one.data) for one in self.deliveries],
            "ledger": [entry.to_json() for entry in self.entries],
            "tasks": [(task.id, task.state.name, task.finished, task.failure, task.outcome) for task in self.tasks],
            "notes": [
                *([getattr(note, name) for name in fields] + [note.attempt, note.request] for note in self.notes),
            ],
            "rules": self.rules,
        }

    def _go(self, driver: InProcess) -> None:
        driver.answers = [500, 200]  # the first callback is refused, and tried again
        driver.call(
            "POST", "/api/file-stream-upload", _form(), headers={"content-type": "multipart/form-data; boundary=b"}
        )
        for method, path, body in (*SMALL, *CREATES):
            self._call(driver, method, path, body)
        for pause in (4, 11, 30, 90, 200):
            driver.emulator.advance(pause)
            for task in driver.emulator.tasks():
                self._call(driver, "GET", _query(task))
        for task in driver.emulator.tasks():
            for url in task.outcome.urls[:1] if task.outcome is not None else ():
                self._call(driver, "GET", url.removeprefix(HOST))
                self._call(driver, "POST", "/api/v1/common/download-url", {"url": url})
            if task.outcome is not None and task.outcome.songs:
                song = {"taskId": task.id, "audioId": task.outcome.songs[0]["id"], "callBackUrl": HOOK}
                self._call(driver, "POST", "/api/v1/wav/generate", song)
        for delivery in list(driver.deliveries)[:6]:  # whoever trusts a callback
            for path in _paths(delivery.data):
                self._call(driver, "GET", path)
        driver.emulator.advance(8000)
        for task in driver.emulator.tasks():
            self._call(driver, "GET", _query(task))

    def _call(self, driver: InProcess, method: str, path: str, body: Any = None) -> None:
        if isinstance(body, dict) and "callBackUrl" in body:
            body = body | {"callBackUrl": body["callBackUrl"].replace(HOOK, driver.hook)}
        self.replies.append((f"{method} {path}", driver.call(method, path, body)))


def _query(task: Task) -> str:
    family = FAMILIES[operation(task.operation).family]
    path = family.query or f"/api/v1/{task.operation.partition(':')[2]}/record-info"
    return f"{path}?{family.parameter}={task.id}"


def _paths(data: bytes) -> list[str]:
    text = data.decode().replace("\\", "")
    return [part.removeprefix(HOST) for part in text.split('"') if part.startswith(f"{HOST}/files/")][:2]


def _form() -> bytes:
    head = b'--b\r\nContent-Disposition: form-data; name="uploadPath"\r\n\r\nx\r\n'
    file = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n' + PIXEL + b"\r\n--b--\r\n"
    return head + file


# ------------------------------------------------------------------------------------------------------ judgement


def complaints(run: Run) -> Iterator[str]:
    """What is wrong with a run: credits that do not add up, answers and deliveries that no fault explains."""
    yield from _money(run)
    yield from _answers(run)
    yield from _rules(run)
    yield from _deliveries(run)


def _money(run: Run) -> Iterator[str]:
    sums: dict[str, Decimal] = {}
    balance = Decimal(0)
    for entry in run.entries:
        sums[entry.kind] = sums.get(entry.kind, Decimal(0)) + entry.amount
        balance += entry.amount
        if entry.balance != balance:
            yield f"entry {entry.number} says {entry.balance}, the amounts say {balance}"
        if balance < 0:
            yield f"entry {entry.number} leaves {balance}"
    if run.balance != balance:
        yield f"the balance is {run.balance}, the entries say {balance}"
    # Holds and charges are negative amounts: grants - holds + returns - charges.
    if set(sums) - {"grant", "hold", "settle", "return", "charge"} or sums["grant"] != CREDITS or sums.get("settle"):
        yield f"the sums are {sums}"
    for task in run.tasks:
        kinds = [entry.kind for entry in run.entries if entry.task == task.id]
        end = {"SUCCESS": ["settle"], "FAIL": ["return"]}.get(task.state.name, [])
        if kinds != ["hold", *end]:
            yield f"{task.state.name} task {task.id} has {kinds}"
    unfinished = sum((task.price for task in run.tasks if not task.state.done), Decimal(0))
    if run.held != unfinished:
        yield f"{run.held} is held, unfinished tasks cost {unfinished}"
    known = {task.id for task in run.tasks}
    if strays := [entry for entry in run.entries if entry.task and entry.task not in known]:
        yield f"credits moved for tasks that are not there: {strays}"


def _answers(run: Run) -> Iterator[str]:
    for note in run.notes:
        if note.way == "in" and not note.fault and (note.status == 0 or note.status >= 500 or (note.code or 0) >= 500):
            yield f"{note.method} {note.path} was answered {note.status} {note.code} for no reason"
        if note.fault == "emulator-error":
            yield f"{note.method} {note.path} raised {note.response}"
        if note.rule is not None and run.rules[note.rule]["do"] != note.fault:
            yield f"note {note.number} names rule {note.rule} for {note.fault}"
    for (what, reply), note in zip(run.replies, _calls(run), strict=True):
        if reply.status != note.status and note.fault not in {"truncate", "drip"}:
            yield f"{what} got {reply.status}, the journal says {note.status}"


def _rules(run: Run) -> Iterator[str]:
    noted = Counter(note.rule for note in run.notes if note.rule is not None and note.attempt <= 1)
    for rule in run.rules:
        most = rule["struck"] * (2 if rule["do"] == "duplicate" else 1)
        if not noted[rule["rule"]] <= most or rule["struck"] > rule["seen"]:
            yield f"a rule struck and saw other than is noted ({noted[rule['rule']]}): {rule}"


def _deliveries(run: Run) -> Iterator[str]:
    sent = [note for note in run.notes if note.way == "out" and note.fault != "drop"]
    for note, delivery in zip(sent, run.deliveries, strict=True):
        if note.path != delivery.url or (delivery.task and note.task != delivery.task):
            yield f"{delivery} is not what note {note.number} says"
        if delivery.signed != "rightly" and note.fault not in {"forge", "bad-signature", "malformed"}:
            yield f"{delivery.task} was signed {delivery.signed} for no reason"
    told: dict[str, set[str]] = {}
    for note in run.notes:
        if note.way == "out" and note.fault != "forge":
            told.setdefault(note.task, set()).add(str(note.request))
    for task in run.tasks:
        if task.state.done and task.callback and task.id not in told:
            yield f"{task.operation} {task.id} ended without a callback in the journal"


def _calls(run: Run) -> list[Any]:
    """The notes of the calls that were kept; the first is that of the form."""
    return [note for note in run.notes if note.way == "in"][1:]
