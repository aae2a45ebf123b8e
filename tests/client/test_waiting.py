"""From the creation to the end: nothing is asked too often, given up too early or waited for without end."""

from __future__ import annotations

import asyncio
import pickle
from itertools import pairwise
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kie import AsyncKie, Kie, errors
from kie.client._core import next_poll
from kie.client.transport import Interrupted, NotDelivered
from tests.client.stub import BASE, KEY, LINK, MODEL, AsyncStub, Clock, Stub, created, envelope, record, reply

if TYPE_CHECKING:
    from kie.client.transport import HttpReply, HttpRequest

INPUT = {"prompt": "x"}
ABSENT = [
    envelope(422, "recordInfo is null"),
    envelope(404, "task not found"),
    envelope(200, "success", None),
    envelope(200, "success", ""),
]
absences = pytest.mark.parametrize("absent", ABSENT, ids=["422", "404", "null", "empty"])
FAULTS = [
    NotDelivered("refused"),
    Interrupted("reset"),
    reply(b"<html>", 502),
    envelope(500, "Internal Error"),
    envelope(429),
]
faults = pytest.mark.parametrize("fault", FAULTS, ids=["refused", "reset", "502", "500", "429"])


def _kie(*script: Any, **options: Any) -> tuple[Kie, Stub]:
    stub = Stub(*script)
    return Kie(KEY, base_url=BASE, transport=stub, **options), stub


# ----------------------------------------------------------------------------------------------------------- absence


@absences
def test_absent_at_first(clock: Clock, absent: HttpReply) -> None:
    """A record that is missing just after the creation will come."""
    kie, stub = _kie(created(), absent, absent, record("waiting"), record())
    task = kie.submit(MODEL, INPUT)
    assert task.refresh().state == "queued"
    assert task.wait().outputs[0].url == LINK
    assert len(stub.log) == 5


@absences
def test_absent_for_good(clock: Clock, absent: HttpReply) -> None:
    """A record that never comes is given up soon, with the id."""
    kie, _ = _kie(created(), absent)
    begun = clock.now
    with pytest.raises(errors.TaskNotFound) as caught:
        kie.run(MODEL, INPUT)
    assert caught.value.task_id == "t1"
    assert 30 <= clock.now - begun < 60
    with pytest.raises(errors.TaskNotFound):
        kie.task(MODEL, "t1").refresh()


@absences
def test_absent_after_it_was_seen(clock: Clock, absent: HttpReply) -> None:
    """A record that was there and is gone is no queue."""
    kie, stub = _kie(created(), record("waiting"), absent)
    clock.now += 40
    with pytest.raises(errors.TaskNotFound):
        kie.run(MODEL, INPUT)
    assert len(stub.log) <= 6


@absences
def test_absent_when_resumed(clock: Clock, absent: HttpReply) -> None:
    """For an id that was made elsewhere there is no grace: it may be mistyped."""
    kie, stub = _kie(absent)
    with pytest.raises(errors.TaskNotFound):
        kie.task(MODEL, "t9").wait()
    assert len(stub.log) == 1
    assert not clock.slept


def test_bad_request_is_no_absence(clock: Clock) -> None:
    """A 422 that speaks of something else is told at once."""
    kie, stub = _kie(created(), envelope(422, "taskId is required"))
    with pytest.raises(errors.InvalidInput):
        kie.run(MODEL, INPUT)
    assert len(stub.log) == 2


# --------------------------------------------------------------------------------------------------------- the deadline


def test_unknown_word_is_bounded(clock: Clock) -> None:
    """A word nobody knows is pending until the deadline; then the same task can be waited for again."""
    script: list[Any] = [created(), record("dreaming")]
    kie, stub = _kie(*script)
    task = kie.submit(MODEL, INPUT)
    begun = clock.now
    with pytest.raises(errors.TaskTimeout) as caught:
        task.wait()
    error = pickle.loads(pickle.dumps(caught.value))
    assert clock.now - begun == pytest.approx(kie.models[MODEL].deadline, abs=0.1)
    assert (error.model, error.task_id, error.state) == (MODEL, "t1", "running")
    assert error.waited == pytest.approx(300, abs=0.1)
    assert error.may_have_spent
    assert "kie.task(" in str(error)
    stub.script[:] = [record()]
    assert task.wait().outputs[0].url == LINK


@pytest.mark.parametrize("timeout", [0, 3, 100.5, -1])
def test_own_timeout(clock: Clock, timeout: float) -> None:
    """A wait keeps the caller's time, and looks once at least."""
    kie, stub = _kie(created(), record("waiting"))
    task = kie.submit(MODEL, INPUT)
    begun = clock.now
    with pytest.raises(errors.TaskTimeout):
        task.wait(timeout)
    assert clock.now - begun == pytest.approx(max(0, timeout), abs=0.01)
    assert len(stub.log) > 1


def test_poll_as_told(clock: Clock) -> None:
    """With a fixed pause every poll has it."""
    kie, _ = _kie(created(), record("waiting"), record("generating"), record(), poll=3)
    kie.run(MODEL, INPUT)
    assert clock.slept == [3, 3, 3]


# --------------------------------------------------------------------------------------------------------- the end


def test_settling(clock: Clock) -> None:
    """Success without its links is waited for, not forever."""
    kie, _ = _kie(created(), record(resultJson=None), record(resultJson=""), record())
    assert kie.run(MODEL, INPUT).outputs[0].url == LINK

    kie, _ = _kie(created(), record(resultJson=None))
    begun = clock.now
    with pytest.raises(errors.UnexpectedReply) as caught:
        kie.run(MODEL, INPUT)
    assert 120 < clock.now - begun < 200
    assert caught.value.task_id == "t1"
    assert caught.value.may_have_spent


def test_result_of_another_form(clock: Clock) -> None:
    """A success that holds something else than links ends with what there is."""
    kie, _ = _kie(created(), record(resultJson='{"notes": [1, 2]}'))
    result = kie.run(MODEL, INPUT)
    assert not result.outputs
    assert result.data == {"notes": [1, 2]}


def test_failure(clock: Clock) -> None:
    """A failed task is an error with the vendor's code and words; asking again costs no call."""
    kie, stub = _kie(created(), record("fail", failCode=422, failMsg="Flagged."))
    task = kie.submit(MODEL, INPUT)
    for _ in range(2):
        with pytest.raises(errors.TaskFailed) as caught:
            task.wait()
        error = pickle.loads(pickle.dumps(caught.value))
        assert (error.code, error.model, error.task_id) == ("422", MODEL, "t1")
        assert "Flagged" in error.message
        assert not error.may_have_spent
    assert task.refresh().state == "failed"
    assert len(stub.log) == 2

    kie, _ = _kie(created(), record("fail", failCode="", failMsg=None))
    with pytest.raises(errors.TaskFailed) as caught:
        kie.run(MODEL, INPUT)
    assert caught.value.code is None


# ---------------------------------------------------------------------------------------------------------- outages


@faults
def test_outage_passes(clock: Clock, fault: Any) -> None:
    """An outage in the middle ends no wait, and creates nothing anew."""
    kie, stub = _kie(created(), record("waiting"), *[fault] * 12, record(), retries=2)
    assert kie.run(MODEL, INPUT).outputs[0].url == LINK
    assert stub.posts == 1


@faults
def test_outage_stays(clock: Clock, fault: Any) -> None:
    """An outage that does not pass ends the wait in bounded time, with the id to resume by."""
    kie, stub = _kie(created(), record("waiting"), fault)
    begun = clock.now
    with pytest.raises(errors.KieError) as caught:
        kie.run(MODEL, INPUT)
    assert caught.value.task_id == "t1"
    assert clock.now - begun < 300 + 120
    assert stub.posts == 1


@pytest.mark.parametrize("status", [200, 403, 404, 502])
def test_page_of_a_proxy(clock: Clock, status: int) -> None:
    """A page that some proxy shows for a while says nothing about the task."""
    page = reply(b"<html>Back soon</html>", status)
    kie, stub = _kie(created(), record("waiting"), *[page] * 4, record(), retries=1)
    if status == 403:
        with pytest.raises(errors.AuthenticationError):
            kie.run(MODEL, INPUT)
        return
    assert kie.run(MODEL, INPUT).outputs[0].url == LINK
    assert stub.posts == 1

    kie, _ = _kie(created(), record("waiting"), page)
    with pytest.raises(errors.KieError) as caught:
        kie.run(MODEL, INPUT)
    assert caught.value.task_id == "t1"


def test_key_withdrawn(clock: Clock) -> None:
    """What will not pass is told at once."""
    kie, stub = _kie(created(), record("waiting"), envelope(401, "Unauthorized"))
    with pytest.raises(errors.AuthenticationError):
        kie.run(MODEL, INPUT)
    assert len(stub.log) == 3


# ----------------------------------------------------------------------------------------------------------- events

STORY = [record("waiting"), record("waiting"), record("generating", progress=10), record("generating", progress=10)]
TOLD = [("queued", None), ("running", 0.1), ("succeeded", 1.0)]


def test_events(clock: Clock) -> None:
    """Each change is told once; a task that has ended tells its end again, without a call."""
    kie, stub = _kie(created(), *STORY, record())
    task = kie.submit(MODEL, INPUT)
    assert [(e.state, e.progress) for e in task.events()] == TOLD
    assert [(e.state, e.progress) for e in task.events()] == TOLD[-1:]
    assert len(stub.log) == 6


def test_events_of_a_failure(clock: Clock) -> None:
    """A failure is the last event, not an exception."""
    kie, _ = _kie(created(), record("waiting"), record("fail", failMsg="no"))
    assert [e.state for e in kie.submit(MODEL, INPUT).events()] == ["queued", "failed"]


def test_events_left_early(clock: Clock) -> None:
    """Whoever leaves early can come back."""
    kie, stub = _kie(created(), *STORY, record())
    task = kie.submit(MODEL, INPUT)
    for event in task.events():
        assert event.state == "queued"
        break
    assert len(stub.log) == 2
    assert task.wait().state.state == "succeeded"


def test_events_time_out(clock: Clock) -> None:
    """The deadline holds for events too."""
    kie, _ = _kie(created(), record("waiting"))
    events = kie.submit(MODEL, INPUT).events(timeout=50)
    assert next(events).state == "queued"
    with pytest.raises(errors.TaskTimeout):
        next(events)


def test_on_an_event_loop(clock: Clock) -> None:
    """The same story for an event loop."""

    async def run() -> None:
        stub = AsyncStub(created(), *STORY, Interrupted("reset"), record())
        async with AsyncKie(KEY, base_url=BASE, transport=stub) as kie:
            task = await kie.submit(MODEL, INPUT)
            assert [(e.state, e.progress) async for e in task.events()] == TOLD
            assert (await task.wait()).outputs[0].url == LINK
            task = kie.task(MODEL, "t1")
            stub.inner.script[:] = [record("waiting")]
            events = task.events()
            async for event in events:
                assert event.state == "queued"
                break
            with pytest.raises(errors.TaskTimeout):
                await task.wait(5)

    asyncio.run(run())


# -------------------------------------------------------------------------------------------------------- follow-ups


@pytest.mark.parametrize("code", [200, 400, 422, 500])
def test_legacy_1080p(clock: Clock, code: int) -> None:
    """The better version of a video is asked for again until its link is there, whatever code says that it is not."""
    waiting = envelope(code, "1080P is processing. It should be ready in 1-2 minutes.")
    kie, stub = _kie(waiting, waiting, waiting, waiting, waiting, waiting, envelope(data={"resultUrl": LINK}))
    result = kie.run("veo/get-1080p-video@legacy", {"taskId": "v1", "index": 0})
    assert result.outputs[0].url == LINK
    assert {(r.method, r.url.partition("?")[0]) for r in stub.log} == {("GET", BASE + "/api/v1/veo/get-1080p-video")}
    assert all("taskId=v1" in r.url and "index=0" in r.url for r in stub.log)


def test_legacy_1080p_that_never_comes(clock: Clock) -> None:
    """A version that cannot be had is a failure; one that does not come ends with the deadline."""
    kie, _ = _kie(envelope(422, "1080P is processing"), envelope(422, "record does not exist"))
    with pytest.raises(errors.TaskFailed):
        kie.run("veo/get-1080p-video@legacy", {"taskId": "v1"})

    kie, _ = _kie(envelope(422, "1080P is processing"))
    with pytest.raises(errors.TaskTimeout):
        kie.run("veo/get-1080p-video@legacy", {"taskId": "v1"})


def test_upgrade(clock: Clock) -> None:
    """``upgrade`` finds the follow-up of a finished legacy video."""
    done = envelope(
        data={"taskId": "v1", "successFlag": 1, "response": {"resultUrls": ["https://files.example.com/v.mp4"]}}
    )
    kie, stub = _kie(done, envelope(422, "1080P is processing"), envelope(data={"resultUrl": LINK}))
    task = kie.task("veo3", "v1")
    task.wait()
    assert kie.upgrade(task).outputs[0].url == LINK
    assert stub.posts == 0


# ------------------------------------------------------------------------------------------------------ the schedule

models = st.builds(
    lambda expect, wait: SimpleNamespace(expect=expect, dialect=SimpleNamespace(wait=wait)),
    st.floats(0.1, 7200),
    st.one_of(st.just({}), st.fixed_dictionaries({"step": st.floats(1, 60)}, optional={"first": st.floats(0, 120)})),
)


@given(elapsed=st.floats(0, 1e6), model=models, pace=st.floats(0.01, 1))
def test_pause(elapsed: float, model: Any, pace: float) -> None:
    """A pause is never negative; once a third of the typical time has passed it is 12 %, within 1 and 15 seconds."""
    pause = next_poll(elapsed, model, pace=pace)
    assert pause >= 0
    if "step" not in model.dialect.wait:
        assert pause <= 30 * pace
        if elapsed >= min(30.0, 0.35 * model.expect):
            assert pace <= pause <= max(1.0, min(15.0, 0.12 * elapsed)) * pace + 1e-9


@given(model=models, deadline=st.floats(1, 7200))
def test_number_of_polls(model: Any, deadline: float) -> None:
    """A whole wait takes few polls: at most 40 and one every 15 seconds (or every step)."""
    elapsed, polls = 0.0, 0
    every = model.dialect.wait.get("step", 15.0)
    while elapsed < deadline:
        elapsed += next_poll(elapsed, model)
        polls += 1
    assert polls <= 40 + deadline / every


@pytest.mark.parametrize("ends_after", [0.5, 5, 20, 60, 250])
def test_delay_after_the_end(clock: Clock, ends_after: float) -> None:
    """The end is seen soon after it came, with few calls, through the client itself."""

    def answer(request: HttpRequest) -> HttpReply:
        if request.method == "POST":
            return created()
        return record() if clock.now - begun >= ends_after else record("generating")

    kie, stub = _kie(answer)
    begun = clock.now
    result = kie.run(MODEL, INPUT)
    assert result.elapsed == pytest.approx(clock.now - begun)
    late = result.elapsed - max(ends_after, 0.35 * kie.models[MODEL].expect)
    assert late <= max(1.0, min(15.0, 0.12 * result.elapsed)) + 1e-3
    assert len(stub.log) <= 2 + 2 * ends_after**0.5 + 2
    assert all(a <= b + 1e-6 for a, b in pairwise(clock.slept[1:]))
