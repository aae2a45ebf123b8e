"""``kie.image("a cat")`` and its kind: which model, and which of its inputs, by the data in ``defaults.json``."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from kie.catalogue.files import DATA
from kie.client.flows import refresh
from kie.errors import InvalidInput, KieError
from kie.wire.paths import compile_path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kie.client.core import Core, Job
    from kie.client.effects import Flow

__all__ = ["Call", "follow_up", "followed", "helper", "stranded"]

_MOST_AT_ONCE = 16
_OPTIONS = ("callback_url", "extra", "max_credits")


class Call(NamedTuple):
    """A call that a helper makes.

    Attributes:
        model: name of the model.
        inputs: inputs by role or native name.
        times: how often it is submitted: once, unless several results are wanted of a model that makes one.
        options: what goes with the submission itself: ``callback_url``, ``extra``, and ``max_credits`` for each task.

    """

    model: str
    inputs: dict[str, Any]
    times: int = 1
    options: Mapping[str, Any] = MappingProxyType({})


@lru_cache(maxsize=1)
def _defaults() -> dict[str, Any]:
    record: dict[str, Any] = json.loads((DATA / "defaults.json").read_bytes())
    return record


def _fold(name: str) -> str:
    return name.lower().replace("_", "")


def helper(core: Core, kind: str, model: str | None, given: Mapping[str, Any]) -> Call:
    """Turn a helper's arguments into a call.

    Args:
        core: the client's state.
        kind: image, video, speech, sound, music, upscale or remove_background.
        model: the model that the user named, or None for the default one.
        given: arguments by role; None means "not given".

    Raises:
        InvalidInput: ``count`` is not from 1 to 16, or the model has no such input.

    """
    wanted = {name: value for name, value in given.items() if value is not None}
    options = {name: wanted.pop(name) for name in _OPTIONS if name in wanted}
    choices = _defaults()[kind]
    choice = next(c for c in choices if all(wanted.get(role) for role in c.get("when", ())))
    name = model or choice["model"]
    found = core.catalogue.resolve(name)
    fields, roles = found.model.fields, found.model.roles

    folded = {_fold(name): name for name in fields}

    def known(role: str) -> bool:
        return role in fields or role in roles or _fold(role) in folded

    for old, new in choice.get("move", {}).items():
        if old != new and known(new) and new not in wanted:
            wanted[new] = wanted.pop(old)
    for role, value in choice.get("fill", {}).items():
        target = roles.get(role, role).partition("[")[0]
        field = folded.get(_fold(target), target)
        needed = model is None or field in found.model.required  # a model that was chosen keeps its own defaults
        if role not in wanted and needed and known(role) and field not in found.preset:
            wanted[role] = value
    times = 1
    count = wanted.get("count")
    if count is not None:
        if not isinstance(count, int) or isinstance(count, bool) or not 1 <= count <= _MOST_AT_ONCE:
            raise InvalidInput(f"count: a whole number from 1 to {_MOST_AT_ONCE} is needed.", field="count", model=name)
        if not known("count"):
            times = wanted.pop("count")
        elif count == 1 and "count" not in fields:
            wanted.pop("count")
    if times > 1 and "max_credits" in options:  # the limit is for the whole, so each task may take its part
        options["max_credits"] = _part(options["max_credits"], times)
    return Call(name, wanted, times, options)


def _part(limit: Any, times: int) -> Decimal:
    try:
        return Decimal(str(limit)) / times
    except ArithmeticError:
        raise InvalidInput(f"max_credits={limit!r} is not a number of credits.", field="max_credits") from None


def stranded(error: BaseException, jobs: Sequence[Job]) -> None:
    """Tell, with an error, of the other tasks of a call that exist already and may have been paid for."""
    others = [job.id for job in jobs if job.id and job.id != getattr(error, "task_id", None)]
    if not others:
        return
    model = jobs[0].model.id
    told = f"Other tasks of this call exist; resume them with kie.task({model!r}, id): {', '.join(others)}."
    if isinstance(error, KieError):
        error.may_have_spent = True
        error.hint = f"{error.hint} {told}" if error.hint else told
    else:
        import logging

        logging.getLogger("kie.client").warning("interrupted. %s", told)


def followed(core: Core, job: Job, what: str, given: Mapping[str, Any]) -> Flow[Call]:
    """Turn ``upgrade`` or ``extend`` into a call; of a task that was resumed from its id, the record is read first."""
    options = job.model.dialect.followups.get(what, ())
    if any(option.get("from") for option in options) and (job.state is None or not job.state.final):
        yield from refresh(core, job)
    return follow_up(job, what, given)


def follow_up(job: Job, what: str, given: Mapping[str, Any]) -> Call:
    """Turn ``upgrade`` or ``extend`` into a call, by the dialect's data.

    Args:
        job: the finished task.
        what: "1080p", "4k", "extend" or "wav".
        given: further inputs; None means "not given".

    Raises:
        InvalidInput: a task of that model has no such follow-up.

    """
    model = job.model
    wanted = {name: value for name, value in given.items() if value is not None}
    options = {name: wanted.pop(name) for name in _OPTIONS if name in wanted}
    for option in model.dialect.followups.get(what, ()):
        if option.get("of") and model.id not in option["of"]:
            continue
        inputs = {**option.get("input", {}), **wanted}
        if option.get("task"):
            inputs[option["task"]] = job.id
        record = job.state.raw if job.state is not None else None
        for name, path in option.get("from", {}).items():
            if name not in inputs:
                found = compile_path(path)(record)
                if found:
                    inputs[name] = found[0]
        return Call(option["model"], inputs, options=options)
    possible = sorted(
        name
        for name, options in model.dialect.followups.items()
        if any(not o.get("of") or model.id in o["of"] for o in options)
    )
    raise InvalidInput(
        f"A task of {model.id} cannot be followed by {what!r}.",
        field="what",
        model=model.id,
        task_id=job.id,
        allowed=tuple(possible),
        hint=f"Possible: {', '.join(possible)}." if possible else "Its model has no follow-ups.",
    )
