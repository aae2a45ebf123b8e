"""What a step asks of a model: its input against the catalogue, as far as it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kie.errors import InvalidInput
from kie.service.flows.references import UNKNOWN
from kie.service.flows.scope import File

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kie.catalogue import Model
    from kie.client.core import Core
    from kie.money import Price
    from kie.wire.state import TaskState

__all__ = ["Asked", "follow", "from_record", "judge", "linked"]

#: How a model can be used in a flow: by a task, or by an answer that is the result itself.
_SHAPES = ("task", "immediate", "follow-up")


class Asked(NamedTuple):
    """A request as a step makes it: a model by any of its names, and inputs by roles or native names."""

    model: str
    input: dict[str, Any]


def follow(
    core: Core, source: str, what: str, task: str, given: Mapping[str, Any], state: TaskState | None = None
) -> Asked:
    """Return the request that follows a task ("1080p", "extend", …).

    Args:
        core: whose catalogue tells how.
        source: the model of the task that is followed.
        what: "1080p", "4k", "extend" or "wav".
        task: the vendor's id of that task.
        given: further inputs.
        state: the task as its record has it; None in a plan: then what comes from the record is `UNKNOWN`.

    Raises:
        InvalidInput: a task of that model has no such follow-up.

    """
    from kie.client.core import Job
    from kie.client.helpers import follow_up

    model = core.catalogue.resolve(source, retired=True).model
    call = follow_up(Job(model, task, {}, state=state), what, given)
    if state is None:
        for option in model.dialect.followups.get(what, ()):
            if not option.get("of") or model.id in option["of"]:
                call.inputs.update({name: UNKNOWN for name in option.get("from", {}) if name not in call.inputs})
                break
    return Asked(call.model, call.inputs)


def from_record(core: Core, source: str, what: str) -> bool:
    """Tell whether a follow-up needs something from the record of the task that it follows."""
    options = core.catalogue.resolve(source, retired=True).model.dialect.followups.get(what, ())
    return any(option.get("from") for option in options)


def linked(asked: Asked) -> None:
    """See that each file of a request has a link, by which a model can be given it.

    Raises:
        InvalidInput: one has none.

    """
    for name, value in asked.input.items():
        file = _without_link(value)
        if file is not None and file.generation is not None:
            raise InvalidInput(
                f"{name}: the link of what {file.step} made ({file.generation}) has died at kie.ai.",
                field=name,
                model=asked.model,
                hint="Start a new run: its results are kept here, but a model takes links.",
            )
        if file is not None:
            raise InvalidInput(
                f"{name}: what the local step {file.step!r} made lies here; a model takes links.",
                field=name,
                model=asked.model,
            )


def judge(core: Core, asked: Asked) -> tuple[Model, Price | None]:
    """Check a request as far as it is known; returns its model and its price, None where no price is known.

    Raises:
        ModelUnavailable: there is no such model, or it is retired.
        InvalidInput: it does not fit; nothing that is only unknown is held against it.

    """
    from kie.wire.prepare import prepare, translate_names

    found = core.catalogue.resolve(asked.model)
    model = found.model
    if model.dialect.shape not in _SHAPES:
        raise InvalidInput(f"{model.id} is not a model for generations.", field="model", model=model.id)
    linked(asked)
    known = {name: value for name, value in asked.input.items() if not _unknown(value)}
    if len(known) == len(asked.input):
        prepared = core.prepare(asked.model, known)[1]
    else:
        names = translate_names(model, {name: value for name, value in asked.input.items() if value is not UNKNOWN})
        names |= translate_names(model, {name: "" for name, value in asked.input.items() if value is UNKNOWN})
        given = {*names, *(found.preset or {}), *(name for name, field in model.fields.items() if "default" in field)}
        missing = [name for name in model.required if name not in given]
        if missing:
            raise InvalidInput(f"{missing[0]}: is needed and was not given.", field=missing[0], model=model.id)
        prepared = prepare(model, known, preset=found.preset, roles=core.catalogue.roles, partial=True)
    if prepared.files:
        path = prepared.files[0].path
        raise InvalidInput(f"{path}: a flow takes links; upload files before.", field=path, model=model.id)
    return model, core.estimate(model, prepared)


def _unknown(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_unknown, value.values()))
    if isinstance(value, list):
        return any(map(_unknown, value))
    return value is UNKNOWN


def _without_link(value: Any) -> File | None:
    """Return the first file in a value that has no link, or None."""
    if isinstance(value, File):
        return value
    if isinstance(value, dict):
        return next(filter(None, map(_without_link, value.values())), None)
    if isinstance(value, list):
        return next(filter(None, map(_without_link, value)), None)
    return None
