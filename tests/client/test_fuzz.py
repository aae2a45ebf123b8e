"""Whatever may be answered, there is a ``KieError`` or a result, and one order is one order."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kie import Kie, KieError, Task
from kie.catalogue import default_catalogue
from kie.client.transport import HttpReply, Interrupted, NotDelivered
from tests.client.stub import BASE, KEY, LINK, MODEL, Stub, created, record, virtual

if TYPE_CHECKING:
    from collections.abc import Callable

# ------------------------------------------------------------------------------------------------------ what may come

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(
        ["t1", LINK, "success", "fail", "waiting", "generating", '{"resultUrls": ["x"]}', "1", "[", '"', ""]
    ),
)
KEYS = """
    taskId task_id state status successFlag resultJson response resultUrls data progress failCode failMsg errorCode
    creditsConsumed sunoData audioUrl error message choices content usage delta candidates output resultUrl type text
    parts finish_reason code
"""
keys = st.sampled_from(KEYS.split())
values = st.recursive(
    scalars,
    lambda v: st.lists(v, max_size=3) | st.dictionaries(keys | st.text(max_size=5), v, max_size=4),
    max_leaves=12,
)
codes = st.one_of(
    st.sampled_from([0, 200, 400, 401, 402, 404, 422, 429, 430, 433, 451, 455, 500, 501, 505, 531, 550]), scalars
)
envelopes = st.fixed_dictionaries({"code": codes}, optional={"msg": scalars, "data": values, "taskId": scalars})
bodies = st.one_of(
    envelopes.map(lambda e: json.dumps(e).encode()),
    values.map(lambda v: json.dumps(v).encode()),
    envelopes.map(lambda e: json.dumps(e).encode()[:-3]),
    values.map(lambda v: b"data: " + json.dumps(v).encode() + b"\n\ndata: [DONE]\n\n"),
    st.binary(max_size=60),
    st.just(b"[" * 100_000),
    st.just(b'{"code":' + b"9" * 5000 + b"}"),
)
statuses = st.one_of(
    st.just(200), st.sampled_from([204, 301, 307, 400, 401, 404, 429, 500, 502]), st.integers(100, 999)
)
waits = st.one_of(
    st.none(), st.sampled_from(["1", "0", "-1", "1e9", "²", "\u0661", "inf", "nan", "9" * 40]), st.text(max_size=30)
)
replies = st.builds(lambda s, b, w: HttpReply(s, b, {"retry-after": w}.get), statuses, bodies, waits)
steps = st.one_of(replies, replies, replies, st.sampled_from([NotDelivered("no"), Interrupted("cut")]))
scripts = st.lists(steps, min_size=1, max_size=5)

quick = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def _outcome(stub: Stub, call: Callable[[Kie], Any]) -> Any:
    """Make a call on a clock of its own; a ``KieError`` is an outcome, another exception fails the test."""
    with virtual() as clock:
        begun = clock.now
        kie = Kie(KEY, base_url=BASE, transport=stub, retries=2)
        try:
            outcome = call(kie)
        except KieError as error:
            outcome = error
        assert KEY not in str(outcome)
        assert clock.now - begun < 6000
        assert len(stub.log) < 1000
        return outcome


def _repeatable(step: Any) -> bool:
    """Whether an order may be sent again after this."""
    if isinstance(step, HttpReply):
        return step.status == 429 or b"429" in step.body or b"430" in step.body
    return isinstance(step, NotDelivered)


# --------------------------------------------------------------------------------------------------------- the calls


ORDERS: dict[str, dict[str, Any]] = {
    MODEL: {"prompt": "x"},
    "veo/generate": {"prompt": "x"},
    "lyrics": {"prompt": "x"},
    "style/generate": {"content": "x"},  # answered at once
}


@quick
@given(script=scripts, name=st.sampled_from(sorted(ORDERS)))
def test_submit(script: list[Any], name: str) -> None:
    """A task, or an error; and never a second order after one that may have arrived."""
    stub = Stub(*script)
    outcome = _outcome(stub, lambda kie: kie.submit(name, ORDERS[name]))
    assert isinstance(outcome, (Task, KieError))
    assert stub.posts
    assert not isinstance(outcome, Task) or outcome.id or outcome.state
    before_last = [*script, *[script[-1]] * len(stub.log)][: stub.posts - 1]
    assert all(_repeatable(step) for step in before_last)
    after = [*script, *[script[-1]] * len(stub.log)][stub.posts - 1]
    if isinstance(after, Interrupted):
        assert isinstance(outcome, KieError)
        assert outcome.may_have_spent


@cache
def _one_of_each_dialect() -> tuple[str, ...]:
    """Return a model of each dialect that can be asked for tasks."""
    found: dict[str, str] = {}
    catalogue = default_catalogue()
    for name in catalogue:
        dialect = catalogue.resolve(name, retired=True).model.dialect
        if dialect.query is not None:
            found.setdefault(dialect.name, name)
    return tuple(sorted(found.values()))


@quick
@given(script=scripts, data=st.data())
def test_refresh(script: list[Any], data: st.DataObject) -> None:
    """A state, or an error, in every dialect."""
    name = data.draw(st.sampled_from(_one_of_each_dialect()))
    outcome = _outcome(Stub(*script), lambda kie: kie.task(name, "t1").refresh())
    assert isinstance(outcome, KieError) or outcome.state in ("queued", "running", "succeeded", "failed")


@quick
@given(script=scripts, data=st.data())
def test_wait(script: list[Any], data: st.DataObject) -> None:
    """A wait ends, in every dialect."""
    name = data.draw(st.sampled_from(_one_of_each_dialect()))
    outcome = _outcome(Stub(*script), lambda kie: kie.task(name, "t1").wait())
    assert isinstance(outcome, KieError) or outcome.state.state == "succeeded"


@quick
@given(script=scripts)
def test_run(script: list[Any]) -> None:
    """However a wait goes on, the task was ordered once, and a good end after trouble is found or the id is told."""
    stub = Stub(created(), *script, record())
    outcome = _outcome(stub, lambda kie: kie.run(MODEL, {"prompt": "x"}))
    assert stub.posts == 1
    if isinstance(outcome, KieError):
        assert outcome.task_id == "t1"


@quick
@given(script=scripts)
def test_credits(script: list[Any]) -> None:
    """A balance, or an error."""
    outcome = _outcome(Stub(*script), lambda kie: kie.credits())
    assert isinstance(outcome, KieError) or outcome == outcome  # noqa: PLR0124 - it is a number


@quick
@given(script=scripts, stream=st.booleans(), name=st.sampled_from(["gpt-5-2", "claude-opus-4-5", "gemini-3-pro"]))
def test_chat(script: list[Any], stream: bool, name: str) -> None:  # noqa: FBT001 - drawn
    """An answer, whole or in pieces, or an error; a question that may have been answered is not asked again."""
    stub = Stub(*script)
    _outcome(stub, lambda kie: list(kie.chat(name, "x", stream=True)) if stream else kie.chat(name, "x"))
    assert all(_repeatable(step) for step in [*script, *[script[-1]] * len(stub.log)][: stub.posts - 1])


@pytest.mark.parametrize("name", ["gpt-5-2", "claude-opus-4-5", "gemini-3-pro"])
def test_names_are_known(name: str) -> None:
    """The chat models above exist: else nothing would be tested."""
    assert default_catalogue()[name].kind == "text"
