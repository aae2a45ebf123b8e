"""Callbacks that the vendor never sent: the body of a success, with a result that is not the task's.

The false result lies on this emulator's file host, so that whoever trusts the forgery is seen fetching it.
"""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kie.emulator.families import FAMILIES, operation
from kie.emulator.faults.baits import medium
from kie.emulator.records import callbacks
from kie.emulator.results.files import RESULT_LIFE, File, mime_type
from kie.emulator.tasks import Outcome, State

if TYPE_CHECKING:
    from kie.emulator.faults.tally import Strike
    from kie.emulator.results.files import Files
    from kie.emulator.tasks import Task

#: What a false file ends with, and the medium in it, by the kind of the task.
_FILES = {"image": ("png", "image"), "video": ("mp4", "video"), "audio": ("wav", "audio"), "music": ("wav", "audio")}


def forged(task: Task, strike: Strike, files: Files, at: float) -> tuple[Task, dict[str, Any], str]:
    """The task that a forgery speaks of, its body, and how it is signed: "wrong-key" or "missing".

    What the rule leaves open (the task itself or an invented one, signed or not) the seed chooses.
    """
    words, dice = strike.rule.to.split(), strike.dice()
    about = dice.choice([word for word in ("real", "invented") if word in words] or ["real", "invented"])
    signed = dice.choice([word for word in ("unsigned", "signed") if word in words] or ["unsigned", "signed"])
    token = hashlib.sha256(f"{strike.seed}:{task.id}".encode()).hexdigest()[:32]
    job = operation(task.operation)
    if about == "invented":
        name = str(uuid.UUID(token)) if FAMILIES[job.family].ids == "uuid" else token
        inputs = {**task.inputs, "taskId": name} if job.family == "veo-4k" else task.inputs
        task = replace(task, id=name, inputs=inputs)
    ending, kind = _FILES.get(job.kind, _FILES["image"])
    path = f"/files/{token[::-1]}.{ending}"
    files.add(File(path, mime_type(path), at, RESULT_LIFE, medium(kind), task=task.id, fault="forge"))
    false = replace(task, state=State.SUCCESS, finished=at, failure=None, outcome=_outcome(task, task.base + path))
    return false, callbacks.body(false) or {}, "wrong-key" if signed == "signed" else "missing"


def _outcome(task: Task, url: str) -> Outcome:
    """A result of which every file is the false one."""
    true = task.outcome or Outcome()
    extra = {**true.extra, "stems": {"vocal": url, "instrumental": url}}
    songs = tuple({name: url if name.endswith("_url") else held for name, held in song.items()} for song in true.songs)
    return Outcome((url,), (url,), songs, true.object, extra)
