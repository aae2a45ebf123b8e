"""Whatever comes over the wire, nothing but the package's own errors comes out, and every state is well formed."""

from __future__ import annotations

import contextlib
import copy
import json
import math
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kie.catalogue.files import DATA, default_catalogue
from kie.client.uploads import UploadedFile, _kept
from kie.errors import KieError, WebhookInvalid
from kie.wire.callback import read_callback
from kie.wire.chat import ChatChunk, ChatReader, ChatReply
from kie.wire.envelope import Envelope, failure, open_envelope
from kie.wire.read import reader_of
from kie.wire.state import CallbackHint, TaskState
from tests.wire.bodies.callbacks import CASES as POSTS
from tests.wire.test_bodies import CASES
from tests.wire.test_chat import MODELS, STREAM, WHOLE

RECORDS = [case for case in CASES if isinstance(case.body, dict)]
DIALECTS = sorted(path.stem for path in (DATA / "dialects").glob("*.json"))
FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
MANY = settings(FEW, max_examples=300)

_ODD: st.SearchStrategy[Any] = st.sampled_from(
    [
        "",
        "null",
        "200",
        "[",
        "{",
        '"',
        "[http://a, b",
        '{"a":',
        "http://",
        "https://cdn.example.com/a",
        "ftp://x",
        "\ud800",
        "\x00",
        "1e999",
        "NaN",
        "9" * 400,
        10**400,
        -(10**30),
        1e308,
        math.nan,
        math.inf,
        -math.inf,
        -0.0,
        True,
        False,
        None,
        [],
        {},
        [[]],
        {"": {}},
    ]
)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12), _ODD)
_NAMES = (
    "code msg message data state status successFlag resultJson response resultUrls taskId progress failCode errorCode "
    "creditsConsumed error path info sunoData url videoInfo expireFlag choices delta content usage candidates output "
    "type text"
)
KEYS = st.sampled_from(_NAMES.split()) | st.text(max_size=6)
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5), max_leaves=12
)


def _wire(value: Any) -> bytes:
    """Write a value as a careless server would: NaN, Infinity and lone surrogates included."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(p for key, each in inner for p in _places(each, (*path, key)))]


@st.composite
def mutated(draw: st.DrawFn, bodies: list[Any]) -> bytes:
    """Take a good body and drop, rename or retype parts of it; at times cut the bytes or break one of them."""
    body = copy.deepcopy(draw(st.sampled_from(bodies)))
    for _ in range(draw(st.integers(1, 3))):
        places = [p for p in _places(body) if p]
        if not places:
            break
        *way, last = draw(st.sampled_from(places))
        holder = body
        for key in way:
            holder = holder[key]
        how = draw(st.sampled_from(["drop", "rename", "retype", "nest", "text"]))
        if how == "drop":
            del holder[last]
        elif how == "rename" and isinstance(holder, dict):
            holder[draw(KEYS)] = holder.pop(last)
        elif how == "nest":
            holder[last] = [holder[last]] if draw(st.booleans()) else {"x": holder[last]}
        elif how == "text":
            holder[last] = json.dumps(holder[last])
        else:
            holder[last] = draw(JSON)
    wire = _wire(body)
    if draw(st.integers(0, 5)) == 0:
        wire = wire[: draw(st.integers(0, len(wire)))]
    if wire and draw(st.integers(0, 5)) == 0:
        at = draw(st.integers(0, len(wire) - 1))
        wire = wire[:at] + bytes([draw(st.integers(0, 255))]) + wire[at + 1 :]
    return wire


def _link(value: Any) -> bool:
    return isinstance(value, str) and value.lower().startswith(("http://", "https://"))


def _amount(value: Any) -> bool:
    return value is None or (isinstance(value, Decimal) and value.is_finite())


def _well_formed(state: TaskState) -> None:
    assert type(state) is TaskState
    assert state.state in ("queued", "running", "succeeded", "failed")
    assert state.progress is None or 0.0 <= state.progress <= 1.0
    assert isinstance(state.outputs, tuple)
    assert all(_link(link) for link in state.outputs)
    assert all(_link(link) for links in state.extras.values() for link in links)
    assert len(set(state.outputs)) == len(state.outputs)
    assert all(isinstance(text, str) for text in state.texts)
    assert state.text == (state.texts[0] if state.texts else None)
    assert _amount(state.credits)
    assert (state.error is not None) is (state.state == "failed")
    assert state.error is None or all(isinstance(part, str) for part in state.error)
    assert state.word is None or isinstance(state.word, str)
    assert isinstance(state.settling, bool)
    assert isinstance(state.expired, bool)
    assert not (state.settling and state.state != "running")


def _read_everywhere(wire: bytes, dialects: list[str], status: int = 200) -> None:
    for name in dialects:
        for result in (None, "urls", "text", "data"):
            try:
                state = reader_of(default_catalogue().dialect(name)).reply(
                    status, wire, model="m", task_id="t", result=result
                )
            except KieError as error:
                caught = error
            else:
                _well_formed(state)
                continue
            assert caught.model == "m"
            assert str(caught)


@given(JSON, st.sampled_from([200, 200, 404, 500, 0]))
@FEW
def test_any_json_is_read_or_refused(value: Any, status: int) -> None:
    _read_everywhere(_wire(value), DIALECTS, status)


@given(JSON)
@FEW
def test_any_record_is_read_or_refused(value: Any) -> None:
    _read_everywhere(_wire({"code": 200, "msg": "success", "data": value}), DIALECTS)


@given(st.data())
@MANY
def test_a_spoilt_good_body_is_read_or_refused(data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(RECORDS))
    _read_everywhere(data.draw(mutated([case.body])), [case.dialect])


@given(st.binary(max_size=60))
@MANY
def test_any_bytes_are_read_or_refused(wire: bytes) -> None:
    _read_everywhere(wire, ["market", "veo-4k", "credits"])
    for read in (read_callback, lambda body: open_envelope(200, body)):
        with contextlib.suppress(KieError):
            assert isinstance(read(wire), (CallbackHint, Envelope))


HUGE = [
    pytest.param(b"[" * 200_000, id="deep list"),
    pytest.param(b'{"data":' * 100_000, id="deep object"),
    pytest.param(b'{"code":200,"data":' + b"[" * 900 + b"]" * 900 + b"}", id="a record as deep as can be parsed"),
    pytest.param(_wire({"code": 200, "data": {"state": "success", "resultJson": "[" * 50_000}}), id="deep text"),
    pytest.param(
        _wire({"code": 200, "data": {"state": "success", "resultJson": "[" * 900 + "]" * 900}}), id="deep text, whole"
    ),
    pytest.param(b'{"code":200,"data":{"state":"success","n":' + b"9" * 100_000 + b"}}", id="long number"),
    pytest.param(b'{"code":' + b"9" * 5_000 + b"}", id="long code"),
    pytest.param(b'{"code":200,"data":{"creditsConsumed":1e999999999}}', id="huge exponent"),
    pytest.param(b'{"code":200,"data":{"creditsConsumed":"1e999999999","progress":"1e99999"}}', id="huge in text"),
    pytest.param(b'{"code":NaN,"data":{"state":NaN,"progress":NaN,"creditsConsumed":Infinity}}', id="no numbers"),
    pytest.param(b'{"code":200,"data":{"progress":-Infinity,"state":{"a":1},"successFlag":[1]}}', id="odd types"),
    pytest.param(
        _wire({"code": 200, "data": {"state": "\ud800", "failMsg": "\udfff", "failCode": "\ud800"}}), id="half"
    ),
    pytest.param(
        b'{"code":200,"data":{"state":"\\ud800","failMsg":"\\ud800","resultJson":"{\\"\\ud800\\":1}"}}', id="h2"
    ),
    pytest.param(b"\xff\xfe\x00\x00", id="no text"),
    pytest.param(b"<!DOCTYPE html><html>" + b"<p>x</p>" * 1000, id="page"),
    pytest.param(b'{"code":200,"msg":"' + b"x" * 5_000_000 + b'","data":{"state":"generating"}}', id="5 MB of message"),
    pytest.param(
        _wire(
            {"code": 200, "data": {"state": "success", "resultJson": json.dumps({"resultUrls": ["http://a"] * 99_999})}}
        ),
        id="many links",
    ),
]


@pytest.mark.parametrize("wire", HUGE)
def test_huge_and_deep_things_are_read_or_refused(wire: bytes) -> None:
    _read_everywhere(wire, ["market", "suno-vocals", "veo-1080p", "credits", "midjourney"])
    for form in MODELS:
        _chat(form, wire)
    with contextlib.suppress(KieError):
        _hinted(read_callback(wire))


# ------------------------------------------------------------------------------------------------------------ callbacks


def _hinted(hint: CallbackHint) -> None:
    assert hint.state in ("queued", "running", "succeeded", "failed")
    assert all(_link(link) for link in hint.outputs)
    assert hint.task_id is None or isinstance(hint.task_id, str)
    assert _amount(hint.credits)
    assert (hint.error is not None) is (hint.state == "failed")
    for text in (hint.stage, hint.model, hint.code):
        assert text is None or isinstance(text, str)


@given(JSON | mutated([post.body for post in POSTS]))
@MANY
def test_any_callback_is_read_or_refused(value: Any) -> None:
    wire = value if isinstance(value, bytes) else _wire(value)
    for body in (wire, wire.decode("utf-8", "surrogateescape")):
        with contextlib.suppress(WebhookInvalid):
            _hinted(read_callback(body))


# ----------------------------------------------------------------------------------------------------------------- chat


def _answer(reply: ChatReply) -> None:
    assert isinstance(reply.text, str)
    assert reply.finish is None or isinstance(reply.finish, str)
    assert all(n is None or isinstance(n, int) for n in (reply.input_tokens, reply.output_tokens))
    assert _amount(reply.credits)


def _chat(form: str, wire: bytes, size: int = 1 << 20) -> None:
    model = default_catalogue().entry(MODELS[form])
    with contextlib.suppress(KieError):
        _answer(ChatReader(model).whole(200, wire))
    reader = ChatReader(model)
    with contextlib.suppress(KieError):
        for i in range(0, len(wire), size):
            assert all(type(chunk) is ChatChunk for chunk in reader.feed(wire[i : i + size]))
        _answer(reader.end(200))


@given(st.data(), st.sampled_from(sorted(MODELS)), st.integers(1, 40))
@MANY
def test_any_answer_of_a_chat_is_read_or_refused(data: st.DataObject, form: str, size: int) -> None:
    _chat(form, data.draw(JSON.map(_wire) | mutated([WHOLE[form]])))
    events = data.draw(st.lists(JSON.map(_wire) | mutated(STREAM[form]), max_size=4))
    lead = data.draw(st.sampled_from([b"data: ", b"data:", b"", b"event: "]))
    _chat(form, b"".join(lead + event + b"\n\n" for event in events), size)


# -------------------------------------------------------------------------------------------------------------- uploads


@given(JSON | st.dictionaries(st.sampled_from(["downloadUrl", "fileUrl", "fileSize", "mimeType"]), SCALARS))
@MANY
def test_any_record_of_an_upload_is_kept_or_refused(record: Any) -> None:
    core: Any = SimpleNamespace(catalogue=default_catalogue(), wall=lambda: 0.0, uploaded={})
    try:
        kept = _kept(core, record, None)
    except KieError:
        return
    assert isinstance(kept, UploadedFile)
    assert _link(kept.url)
    assert isinstance(kept.size, int)


# ------------------------------------------------------------------------------------------------------------ the texts


@given(st.text(max_size=40), st.text(max_size=12), st.booleans())
@MANY
def test_any_code_and_message_make_an_error(message: str, code: str, creating: bool) -> None:  # noqa: FBT001 - drawn
    error = failure(code, message, creating=creating)
    assert isinstance(error, KieError)
    assert str(error)
    assert not (error.may_have_spent and not creating)
