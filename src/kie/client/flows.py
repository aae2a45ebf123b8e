"""The life of a task, decided here once for both clients: submit, ask, wait. Generators that ask for effects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from kie.client._core import LONGEST_RETRY_AFTER, backoff, dump, next_poll, retry_after
from kie.client.core import Job
from kie.client.effects import Emit, Flow, Sleep
from kie.client.transport import HttpReply, NotDelivered, said
from kie.errors import (
    ConnectionFailed,
    InsufficientCredits,
    InvalidInput,
    KieError,
    RateLimited,
    ServiceError,
    SubmitOutcomeUnknown,
    TaskFailed,
    TaskNotFound,
    TaskTimeout,
    UnexpectedReply,
)
from kie.wire.build import CALLBACK_FIELDS, Request, build, build_query
from kie.wire.envelope import Envelope, excerpt, failure, open_envelope, redacted
from kie.wire.paths import first_text, is_link
from kie.wire.read import reader_of
from kie.wire.state import TaskState

if TYPE_CHECKING:
    import logging
    from collections.abc import Mapping
    from decimal import Decimal

    from kie.catalogue.model import Model
    from kie.client.core import Core
    from kie.wire.prepare import Prepared

__all__ = ["call", "create", "events", "refresh", "resumed", "submit", "unknown_outcome", "wait"]

#: Seconds after the creation during which a missing record is "not there yet".
GRACE = 30.0
#: Seconds that a success without its result is waited for.
SETTLE = 120.0
#: Seconds that an answer is waited for at least, also where the deadline of a wait is nearer.
LAST_ANSWER = 5.0
_RATE_CODES = ("429", "430")
#: What a server writes where there is no id: not to be taken for a task, least of all beside an error code.
_NO_IDS = frozenset(("null", "none", "undefined", "false", "true", "0", "-1"))
_PASSING = ("408", "500", "502", "503", "504", "550")


def _log() -> logging.Logger:
    """Return the logger; loaded when there is something to say, which is rare."""
    import logging

    return logging.getLogger("kie.client")


def call(
    core: Core,
    request: Request,
    *,
    model: str = "",
    task_id: str = "",
    callback_url: str | None = None,
    expected: frozenset[str] = frozenset(),
    job: Job | None = None,
    until: float | None = None,
) -> Flow[Envelope]:
    """Send a request and return the envelope of its answer, whatever its code.

    A request that creates is sent again only when it certainly did not arrive, or was refused for frequency.

    Args:
        core: the client's state.
        request: what is sent.
        model: id of the model, for errors.
        task_id: id of the task, for errors.
        callback_url: the callback address, for errors.
        expected: codes that are an answer and no fault: "still processing" of a follow-up, say.
        job: the task that is created; it is told when the request was sent, and knows its id in an answer.
        until: monotonic seconds after which nothing is repeated any more, and no answer waited for much longer.

    Raises:
        SubmitOutcomeUnknown: a creating request may have arrived, and no usable answer came.
        RateLimited: refused for frequency, also after the retries.
        ConnectionFailed: no connection, also after the retries.
        UnexpectedReply: no JSON came.

    """
    http = core.composer.compose(request)
    attempt = 0
    refused = 0
    while True:
        if request.creates:
            delay = core.limiter.reserve(core.clock())
            if delay > 0:
                yield Sleep(delay)
        sent_at = core.wall()
        if job is not None:
            job.started, job.started_at = core.clock(), sent_at
        if until is not None:
            http = http._replace(timeout=min(core.settings.timeout, max(LAST_ANSWER, until - core.clock())))
        wanted: float | None = None
        try:
            reply: HttpReply = yield http
            envelope = _opened(core, request, reply)
        except BaseException as error:  # noqa: BLE001 - what cannot pass is raised again
            trouble = _judged(core, request, error, (model, task_id, callback_url), sent_at)
        else:
            wanted = retry_after(reply.header("retry-after"), core.wall())
            if job is not None and _task_id(job.model, envelope.body):
                return envelope  # whatever it says besides: a task exists, and must be neither lost nor made twice
            if (envelope.code in _RATE_CODES or reply.status == 429) and not _poor(envelope):  # noqa: PLR2004
                refused += 1
                pause = wanted if wanted is not None else backoff(refused, base=1.0)
                if refused > core.settings.retries + 2 or _too_long(core, pause, until):
                    raise _limited(envelope, refused, wanted, model, task_id)
                core.limiter.pause(core.clock(), pause)
                yield Sleep(pause)
                continue
            if request.creates or envelope.code in expected or not _passing(envelope, reply.status):
                return envelope
            trouble = failure(envelope.code, envelope.message, model=model or None, task_id=task_id or None)
            if not isinstance(trouble, ServiceError) or attempt >= core.settings.retries:
                return envelope
        pause = max(backoff(attempt) * min(1.0, core.settings.pace * 2), wanted or 0.0)
        if attempt >= core.settings.retries or _too_long(core, pause, until):
            raise trouble
        _log().debug("%s: %s; trying again", core.composer.endpoint(request), trouble.message)
        yield Sleep(pause)
        attempt += 1


def _poor(envelope: Envelope) -> bool:
    """Whether a 429 means that credits are short, as legacy Suno's does: waiting does not help."""
    return isinstance(failure(envelope.code, envelope.message), InsufficientCredits)


def _too_long(core: Core, pause: float, until: float | None) -> bool:
    return pause > LONGEST_RETRY_AFTER or (until is not None and core.clock() + pause > until)


def _limited(envelope: Envelope, refused: int, wanted: float | None, model: str, task_id: str) -> RateLimited:
    return RateLimited(
        f"kie.ai refused for frequency, {refused} times: {excerpt(envelope.message) or 'no message'}.",
        model=model or None,
        task_id=task_id or None,
        code="429",
        retry_after=wanted,
        hint="Slow down: 20 new tasks in any 10 seconds for a key.",
    )


def _judged(
    core: Core,
    request: Request,
    error: BaseException,
    concerned: tuple[str, str, str | None],
    sent_at: float,
) -> KieError:
    """Return the error for an exchange that went wrong and may go well the next time; raise it where that is unsafe."""
    model, task_id, callback_url = concerned
    endpoint = core.composer.endpoint(request)
    about: dict[str, Any] = {"model": model or None, "task_id": task_id or None}
    if isinstance(error, NotDelivered):
        hint = "Nothing was sent, nothing was spent. Check the network and KIE_BASE_URL."
        return ConnectionFailed(f"{endpoint} could not be delivered: {error}.", hint=hint, **about)
    if isinstance(error, UnexpectedReply):
        status = error.status or 0
        if request.creates and not 300 <= status < 500:  # noqa: PLR2004 - a 3xx or 4xx refuses, all else is open
            raise unknown_outcome(core, request, error.message, model, callback_url, sent_at) from error
        trouble = _unreadable(status, error).about(**about)
        if status < 500 and status != 200:  # noqa: PLR2004
            raise trouble from None
        return trouble
    if isinstance(error, Exception):  # Interrupted, or what a transport of the user's did not sort
        if request.creates:
            what = f"The connection was lost ({said(error)})"
            raise unknown_outcome(core, request, what, model, callback_url, sent_at) from error
        trouble = ConnectionFailed(f"{endpoint} was interrupted: {said(error)}.", hint="Try again.", **about)
        trouble.__cause__ = error
        return trouble
    if request.creates:  # Ctrl-C, a cancelled task: it must go on, but money may be at stake
        _log().warning(
            "interrupted during %s: a task of %s may exist and may have been paid for (callback: %s)",
            endpoint,
            model,
            callback_url or "none",
        )
    raise error


def _opened(core: Core, request: Request, reply: HttpReply) -> Envelope:
    try:
        envelope = open_envelope(reply.status, core.composer.clean(reply.body))
    except UnexpectedReply as error:
        if reply.status != 429:  # noqa: PLR2004
            raise
        return Envelope("429", error.excerpt or "", None, None, wrapped=False)  # a gateway's page: as good a refusal
    if request.creates and not envelope.wrapped and reply.status >= 500:  # noqa: PLR2004 - a gateway's JSON, not kie.ai's
        raise UnexpectedReply(
            f"The answer (HTTP {reply.status}) is not kie.ai's: {excerpt(reply.body)!r}.",
            status=reply.status,
            code=str(reply.status),
        )
    return envelope


def _passing(envelope: Envelope, status: int) -> bool:
    """Whether a fault may pass by itself, so that a safe call is worth repeating."""
    return (envelope.code in _PASSING or status >= 500) and not isinstance(envelope.data, (dict, list))  # noqa: PLR2004


def _unreadable(status: int, error: UnexpectedReply) -> KieError:
    """Return the error for an answer that is no JSON: a gateway's page says most by its status."""
    if status in (401, 403, 404) or status >= 500:  # noqa: PLR2004
        made = failure(str(status), error.message)
        if status == 404:  # noqa: PLR2004 - a page of a proxy says nothing about tasks
            return error
        return made
    return error


def unknown_outcome(
    core: Core, request: Request, what: str, model: str, callback_url: str | None, sent_at: float
) -> SubmitOutcomeUnknown:
    """Make the error for a paid request whose outcome is open, with all that helps to find out."""
    import hashlib

    body = dump(request.body) if request.body is not None else b""
    return SubmitOutcomeUnknown(
        f"{what.rstrip('.')} after {core.composer.endpoint(request)} may have arrived; it is not sent again.",
        model=model,
        may_have_spent=True,
        hint=(
            "Wait for its callback, or compare the balance, before you send it again;"
            " adopt the task with kie.task(model, id)."
        ),
        endpoint=core.composer.endpoint(request),
        callback_url=callback_url,
        body_sha256=hashlib.sha256(body).hexdigest(),
        submitted_at=sent_at,
    )


# ---------------------------------------------------------------------------------------------------- submit


def submit(
    core: Core,
    name: str,
    given: Mapping[str, Any],
    *,
    callback_url: str | None = None,
    max_credits: Decimal | float | str | None = None,
    extra: Mapping[str, Any] | None = None,
    nth: int = 0,
) -> Flow[Job]:
    """Create a task: check, upload what is local, send once.

    Args:
        core: the client's state.
        name: id or any other name of the model.
        given: inputs by role or native name.
        callback_url: where kie.ai posts the outcome.
        max_credits: refuse what may cost more than this.
        extra: fields that are sent as they are, unchecked.
        nth: which of several like tasks of one call it is: kept results are as many and as different.

    Raises:
        InvalidInput, ModelUnavailable, BudgetExceeded: before anything is sent.
        KieError: of the kind that the answer stands for; see ``call``.

    """
    inputs = {**given}
    callback_url = _callback(inputs, callback_url)
    model, prepared, notice = core.prepare(name, inputs, extra)
    if notice:
        _log().info(notice)
    price = core.estimate(model, prepared)
    core.check_budget(model, price, max_credits)
    if prepared.files:
        from kie.client.uploads import upload_files

        yield from upload_files(core, prepared.files, model.id)
    cache = core.cache if callback_url is None else None
    key = core.fingerprint(model, prepared.resolved(), nth) if cache is not None else ""
    if cache is not None and (kept := cache.get(key)) is not None:
        return kept
    job = yield from create(core, model, prepared, price, callback_url)
    if cache is not None:
        if job.state is not None and job.state.state == "succeeded":
            cache.put(key, job)
        else:
            job.on_end = lambda: cache.put(key, job)
    return job


def _callback(inputs: dict[str, Any], callback_url: str | None) -> str | None:
    """Take a callback address out of the inputs, and judge it."""
    for name in CALLBACK_FIELDS:
        if name in inputs:
            callback_url = callback_url or inputs.pop(name)
            inputs.pop(name, None)
    if callback_url is not None and not is_link(callback_url):
        raise InvalidInput(f"callback_url: {callback_url!r} is not an http(s) address.", field="callback_url")
    return callback_url


def create(core: Core, model: Model, prepared: Prepared, price: Any, callback_url: str | None) -> Flow[Job]:
    """Send the request of a prepared input and return the task."""
    inputs = prepared.resolved()
    if model.submit["body"] == "multipart":  # the upload has been made already, with all others of the input
        now = core.clock()
        state = TaskState("succeeded", outputs=(inputs["file"],), progress=1.0)
        return Job(model, "", inputs, created=True, started=now, started_at=core.wall(), state=state, ended=now)
    request = build(model, inputs, callback_url=callback_url)
    token = 0
    while request.creates and not token:
        now = core.clock()
        token, delay = core.limiter.enter(now, now + 2 * model.expect)
        if not token:
            yield Sleep(delay)
    job = Job(model, "", inputs, callback_url, created=True, price=price, token=token)
    try:
        envelope = yield from call(core, request, model=model.id, callback_url=callback_url, job=job)
        _accept(core, job, envelope, request)
    except BaseException:
        core.limiter.leave(token)
        raise
    return job


def _accept(core: Core, job: Job, envelope: Envelope, request: Request) -> None:
    """Take the task id, or the finished result, out of the answer to a create."""
    model = job.model
    reader = reader_of(model.dialect)
    job.id = _task_id(model, envelope.body)
    shape = model.dialect.shape
    if shape == "follow-up":
        way = model.dialect.query or {}
        job.id = str(job.input.get(way.get("param", "taskId"), ""))
        _note(core, job, reader.envelope(envelope, model=model.id, task_id=job.id, result=model.result))
        return
    if shape in ("immediate", "upload") and envelope.good:
        state = reader.envelope(envelope, model=model.id, task_id=job.id, result=model.result)
        if state.state != "failed":
            state = _finished(state)
        _note(core, job, state)
        return
    if job.id:  # also beside an error code: a task that exists may have been paid for, and must not be lost
        if not envelope.good:
            _log().warning("kie.ai answered code %s, but with a task: %s", envelope.code, job.id)
        return
    if envelope.good or envelope.code in ("0", ""):
        what = "The answer names no task"
        raise unknown_outcome(core, request, what, model.id, job.callback_url, job.started_at)
    raise failure(envelope.code, envelope.message, model=model.id, creating=True)


def _task_id(model: Model, body: Any) -> str:
    """Return the id of the task that an answer names, or ""."""
    found = first_text(reader_of(model.dialect).task_id, body) or ""
    return "" if found.lower() in _NO_IDS or found[:1] in ("[", "{") else found


def _finished(state: TaskState) -> TaskState:
    """Return the state of an answer that came at once: it is the result, even where nothing is in it."""
    return state._replace(state="succeeded", progress=1.0) if state.state != "succeeded" else state


# ------------------------------------------------------------------------------------------------------- ask


def refresh(core: Core, job: Job, until: float | None = None) -> Flow[TaskState]:
    """Ask once.

    A record that is missing just after the creation is a task in the queue; later it is ``TaskNotFound``. What passes
    is asked again, but not after ``until`` (monotonic seconds).

    Raises:
        TaskNotFound: kie.ai knows no such task.
        KieError: of the kind that the answer stands for.

    """
    if job.state is not None and job.state.final:
        return job.state
    model = job.model
    request = build_query(model, job.id, job.input)
    if request is None:
        raise TaskNotFound(
            f"{model.id} has no tasks to ask for: its answers come at once.", model=model.id, task_id=job.id
        )
    job.polls += 1
    reader = reader_of(model.dialect)
    expected = reader.waiting_codes
    envelope = yield from call(core, request, model=model.id, task_id=job.id, expected=expected, until=until)
    try:
        state = reader.envelope(envelope, model=model.id, task_id=job.id, result=model.result)
    except TaskNotFound:
        if job.created and not job.seen and core.clock() - job.started < GRACE:
            state = TaskState("queued")
            _note(core, job, state)
            job.seen = False
            return state
        raise
    _note(core, job, state)
    return job.state or state


def _note(core: Core, job: Job, state: TaskState) -> None:
    """Keep a state; bound how long a success may lack its result; give the limiter's place back at the end."""
    now = core.clock()
    job.seen = True
    if state.settling:
        job.settling_since = job.settling_since or now
        if now - job.settling_since > SETTLE * max(core.settings.pace, 0.01):
            data = reader_of(job.model.dialect)._data(state.raw)  # noqa: SLF001 - the last look for a result of another form
            if data is not None:
                state = state._replace(state="succeeded", settling=False, data=data, progress=1.0)
            else:
                raise UnexpectedReply(
                    f"kie.ai calls the task done for {now - job.settling_since:.0f} s, but shows no result.",
                    model=job.model.id,
                    task_id=job.id,
                    may_have_spent=True,
                    hint="The task can be resumed by its id.",
                )
    job.state = state
    if state.final:
        job.ended = now
        core.limiter.leave(job.token)
        if job.on_end is not None and state.state == "succeeded":
            job.on_end()


def wait(core: Core, job: Job, timeout: float | None = None) -> Flow[TaskState]:
    """Wait for the end.

    Raises:
        TaskFailed: the task failed.
        TaskTimeout: the deadline passed; the task goes on and can be resumed.

    """
    state = yield from watch(core, job, timeout)
    if state.state == "failed":
        _raise_failed(job, state)
    return state


def events(core: Core, job: Job, timeout: float | None = None) -> Flow[TaskState]:
    """Emit each change of state or progress until the end; a failed task is the last event, not an exception."""
    return (yield from watch(core, job, timeout))


def watch(core: Core, job: Job, timeout: float | None) -> Flow[TaskState]:
    """Poll until the end or the deadline; emit what changed."""
    model, settings = job.model, core.settings
    limit = model.deadline if timeout is None else bounded(timeout)
    begun = core.clock()
    last: tuple[Any, ...] | None = None
    if job.state is not None:
        yield Emit(job.state)
        last = _shown(job.state)
        if job.state.final:
            return job.state
    failures = 0
    outage: KieError | None = None
    if job.created or job.model.dialect.shape == "follow-up":
        yield Sleep(
            _bounded(
                next_poll(core.clock() - job.started, model, poll=settings.poll, pace=settings.pace),
                begun + limit - core.clock(),
            )
        )
    while True:
        told = 0.0
        try:
            state = yield from refresh(core, job, begun + limit)
        except (ConnectionFailed, ServiceError, RateLimited, UnexpectedReply) as error:
            if isinstance(error, UnexpectedReply) and error.status is None:
                raise  # kie.ai's own words, in an order that nobody knows; with a status it is a page of some proxy
            failures, outage = failures + 1, error
            # An outage during the wait does not end it: the task goes on, and so does the deadline. Only where nothing
            # ever showed that there is such a task, or such a server, it is told before.
            if failures > 2 * settings.retries + 2 and not job.created and not job.seen:
                raise error.about(model=model.id, task_id=job.id) from None
            told = getattr(error, "retry_after", None) or 0.0
            _log().info("asking for %s: %s", job.id, error.message)
        except TaskNotFound:
            if job.seen or core.clock() - begun > GRACE * min(1.0, settings.pace * 4) or not job.created:
                raise
        else:
            failures, outage = 0, None
            if _shown(state) != last:
                last = _shown(state)
                yield Emit(state)
            if state.final:
                return state
        elapsed = core.clock() - begun
        if elapsed >= limit:
            during = f" It could not be asked for at last: {outage.message}" if outage is not None else ""
            raise TaskTimeout(
                f"The task did not end within {limit:g} s.{during}",
                model=model.id,
                task_id=job.id,
                may_have_spent=True,
                waited=elapsed,
                state=job.state.state if job.state else None,
                hint=f"It goes on: kie.task({model.id!r}, {job.id!r}).wait() resumes.",
            ) from outage
        pause = max(told, next_poll(core.clock() - job.started, model, poll=settings.poll, pace=settings.pace))
        yield Sleep(_bounded(pause, limit - elapsed))


def bounded(timeout: float | None) -> float:
    """Return the seconds of a wait; judged before anything is paid for.

    Raises:
        InvalidInput: it is no number of seconds, or there is no end to it.

    """
    if timeout is None:
        return 0.0
    try:
        if timeout < float("inf"):  # which NaN is not either
            return max(0.0, float(timeout))
    except TypeError:
        pass
    raise InvalidInput(
        f"timeout: {timeout!r} is not a number of seconds.",
        field="timeout",
        hint="Leave it out for the model's own deadline; a wait can be resumed after it.",
    )


def told(error: BaseException, job: Job) -> None:
    """Leave a word of a task whose wait was interrupted, where nobody holds its id."""
    if not isinstance(error, KieError):  # those carry it
        _log().warning("the wait was interrupted; kie.task(%r, %r).wait() resumes it", job.model.id, job.id)


def _bounded(pause: float, left: float) -> float:
    return max(0.0, min(pause, left))


def _shown(state: TaskState) -> tuple[Any, ...]:
    return (state.state, state.progress, state.outputs, state.word)


def _raise_failed(job: Job, state: TaskState) -> NoReturn:
    error = state.error
    code, message = (error.code, error.message) if error else ("", "")
    raise TaskFailed(
        f"The task failed: {redacted(message).rstrip('.') or 'kie.ai gave no reason'}.",
        model=job.model.id,
        task_id=job.id,
        code=code or None,
        hint="kie.ai returns the credits of failed tasks.",
    )


def resumed(core: Core, name: str, task_id: str) -> Job:
    """Return the task of an id, retired models included (their tasks can still be asked for).

    Raises:
        ModelUnavailable: there is no such model.
        InvalidInput: the id is none.

    """
    if not task_id.strip():
        raise InvalidInput("task_id: the id of a task is needed.", field="task_id", model=name)
    model = core.catalogue.resolve(name, retired=True).model
    query = model.dialect.query or {}
    inputs = {"index": 0, query.get("param", "taskId"): task_id} if model.dialect.shape == "follow-up" else {}
    return Job(model, task_id.strip(), inputs, started=core.clock(), started_at=core.wall())
