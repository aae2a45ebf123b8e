"""Local files become links: what may be given, what is checked before anything is sent, and how it is sent."""

from __future__ import annotations

import asyncio
import base64
import io
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from PIL import Image

from kie import AsyncKie, InvalidInput, Kie, KieError, RateLimited, ServiceError
from kie.client import uploads
from tests.client.media_stub import PNG, Answer, Stub, answer, as_json, ok
from tests.client.stub import BASE, KEY, Clock, envelope, reply
from tests.client.stub import Stub as Scripted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CREATE = "/api/v1/jobs/createTask"
UPLOAD = "/api/file-stream-upload"


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stub]:
    monkeypatch.setattr(uploads, "backoff", lambda _attempt: 0.0)
    with Stub() as stub:
        stub.uploads()
        stub.task("https://files.example.com/result.png")
        yield stub


@pytest.fixture
def kie(stub: Stub) -> Iterator[Kie]:
    with Kie("k", base_url=stub.url, poll=0) as kie:
        yield kie


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "a cat.png"
    path.write_bytes(PNG)
    return path


def edit(kie: Kie, *images: Any) -> None:
    kie.submit("nano-banana-2", prompt="p", images=list(images))


def given(stub: Stub) -> list[str]:
    """Return the links that the model was given."""
    links: list[str] = stub.at(CREATE)[-1].json["input"]["image_input"]
    return links


SOURCES: dict[str, Callable[[Path], Any]] = {
    "text": str,
    "path": lambda path: path,
    "bytes": lambda path: path.read_bytes(),
    "bytearray": lambda path: bytearray(path.read_bytes()),
    "memoryview": lambda path: memoryview(path.read_bytes()),
    "file": lambda path: io.BytesIO(path.read_bytes()),
    "data URI": lambda path: "data:image/png;base64," + base64.b64encode(path.read_bytes()).decode(),
}


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_a_source_of_any_form_is_sent_as_it_is(
    kie: Kie, stub: Stub, picture: Path, source: Callable[[Path], Any]
) -> None:
    edit(kie, source(picture))
    (sent,) = stub.at(UPLOAD)
    about, content = sent.form["file"]
    assert content == PNG
    assert about["type"] == "image/png"
    assert sent.headers["authorization"] == "Bearer k"
    assert sent.form["fileName"][1].decode() == about["filename"]
    assert given(stub) == [f"https://files.example.com/kie/{about['filename']}"]


def test_an_image_of_pillow_is_sent_without_loss(kie: Kie, stub: Stub) -> None:
    image = Image.new("RGBA", (3, 2), (1, 2, 3, 4))
    edit(kie, image)
    sent = Image.open(io.BytesIO(stub.at(UPLOAD)[0].form["file"][1]))
    assert sent.tobytes() == image.tobytes()


def test_what_is_at_kie_already_is_not_sent_again(kie: Kie, stub: Stub, picture: Path) -> None:
    uploaded = kie.upload(picture)
    earlier = kie.task("nano-banana-2", "t1").wait().outputs[0]
    edit(kie, uploaded, earlier, "https://example.com/x.png", "HTTPS://example.com/y")
    assert len(stub.at(UPLOAD)) == 1
    assert given(stub) == [uploaded.url, earlier.url, "https://example.com/x.png", "HTTPS://example.com/y"]


def test_each_content_is_sent_once_by_a_client(kie: Kie, stub: Stub, picture: Path) -> None:
    edit(kie, picture, PNG, str(picture))
    edit(kie, bytearray(PNG))
    first = kie.upload(picture)
    assert len(stub.at(UPLOAD)) == 1
    assert {first.url} == set(given(stub))
    assert (first.size, first.content_type) == (len(PNG), "image/png")


def test_a_link_that_is_about_to_die_is_made_anew(kie: Kie, stub: Stub) -> None:
    kie.upload(PNG)
    now = kie._core.wall()
    kie._core.wall = lambda: now + 3 * 86400 - 60
    kie.upload(PNG)
    assert len(stub.at(UPLOAD)) == 2


def closed_file(tmp_path: Path) -> Any:
    path = tmp_path / "closed"
    path.write_bytes(PNG)
    file = path.open("rb")
    file.close()
    return file


def big(tmp_path: Path) -> Path:
    path = tmp_path / "big.png"
    with path.open("wb") as file:
        file.write(PNG)
        file.truncate(31 << 20)
    return path


WRONG: dict[str, tuple[Callable[[Path], Any], str]] = {
    "missing": (lambda folder: folder / "none.png", "cannot be read"),
    "directory": (lambda folder: folder, "is not a file"),
    "empty": (lambda folder: b"", "empty"),
    "no name": (lambda folder: "\0", "cannot be read"),
    "no such home": (lambda folder: "~nobody-of-that-name/x.png", "cannot be read"),
    "another kind": (lambda folder: b"ID3" + bytes(99), "audio/mpeg"),
    "a page": (lambda folder: b"<!doctype html>", "text/html"),
    "too large": (big, "at most 30 MB"),
    "not base64": (lambda folder: "data:image/png;base64,@@@@", "base64"),
    "text mode": (lambda folder: io.StringIO("x"), "binary mode"),
    "closed": (closed_file, "cannot be read"),
    "an image that PNG cannot hold": (lambda folder: Image.new("CMYK", (1, 1)), "cannot be read"),
}


@pytest.mark.parametrize(("make", "says"), WRONG.values(), ids=WRONG)
def test_all_files_are_checked_before_one_is_sent(
    kie: Kie, stub: Stub, tmp_path: Path, make: Callable[[Path], Any], says: str
) -> None:
    with pytest.raises(InvalidInput, match=says) as caught:
        edit(kie, PNG, make(tmp_path))
    assert caught.value.field == "image_input[1]"
    assert not caught.value.may_have_spent
    assert stub.seen == []


@pytest.mark.parametrize("source", [7, object(), None], ids=["number", "object", "none"])
def test_what_is_no_file_is_refused(kie: Kie, stub: Stub, source: Any) -> None:
    with pytest.raises(InvalidInput):
        kie.upload(source)
    assert stub.seen == []


@pytest.mark.parametrize("kind", ["pyreqwest", "httpx2"])
def test_a_large_file_is_streamed_from_the_disk(
    stub: Stub, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = big(tmp_path)
    read = Path.read_bytes  # the catalogue's files may be read whole, this one not
    monkeypatch.setattr(Path, "read_bytes", lambda p: pytest.fail("it was read whole") if p == path else read(p))
    with httpx2.Client() as client, Kie("k", base_url=stub.url, transport=client if kind == "httpx2" else None) as kie:
        kie.upload(path)
    (sent,) = stub.at(UPLOAD)
    assert int(sent.headers["content-length"]) == len(sent.body)
    assert "transfer-encoding" not in sent.headers
    content = sent.form["file"][1]
    assert (len(content), content[: len(PNG)]) == (31 << 20, PNG)


async def _streamed(stub: Stub, path: Path, kind: str) -> None:
    async with (
        httpx2.AsyncClient() as client,
        AsyncKie("k", base_url=stub.url, transport=client if kind == "httpx2" else None) as kie,
    ):
        await kie.upload(path)


@pytest.mark.parametrize("kind", ["pyreqwest", "httpx2"])
def test_a_large_file_is_streamed_on_an_event_loop_too(stub: Stub, tmp_path: Path, kind: str) -> None:
    asyncio.run(_streamed(stub, big(tmp_path), kind))
    (sent,) = stub.at(UPLOAD)
    assert int(sent.headers["content-length"]) == len(sent.body)
    assert len(sent.form["file"][1]) == 31 << 20


@pytest.mark.parametrize(
    "name", ['a"b\r\nX-Evil: 1\r\n\r\n.png', "../../etc/passwd", "c:\\x\\y.exe", "Größe Ω.png", "", ".", "n" * 5000]
)
def test_a_hostile_name_becomes_a_harmless_one(kie: Kie, stub: Stub, name: str) -> None:
    kie.upload(PNG, name=name)
    (sent,) = stub.at(UPLOAD)
    assert sorted(sent.form) == ["file", "fileName", "uploadPath"]
    filename = sent.form["file"][0]["filename"]
    assert filename.endswith(".png")
    assert set(filename) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.")
    assert filename.count(".") == 1
    assert len(filename) < 100


def test_a_passing_fault_is_tried_again(kie: Kie, stub: Stub) -> None:
    done = as_json({"success": True, "code": 200, "data": {"downloadUrl": "https://example.com/a.png"}})
    stub.on(UPLOAD, Answer(()), answer(503, b"<html>busy</html>"), as_json({"code": 429, "msg": "slow"}, 429), done)
    assert kie.upload(PNG).url == "https://example.com/a.png"
    assert len(stub.at(UPLOAD)) == 4


@pytest.mark.parametrize(
    ("reply", "times", "says"),
    [
        (as_json({"success": False, "msg": "disk full"}), 5, "disk full"),
        (as_json({"success": False, "code": 400, "msg": "no such folder"}), 1, "no such folder"),
        (answer(403, b"<html>denied</html>"), 1, "403"),
        (as_json({"code": 401, "msg": "who are you"}), 1, "who are you"),
        (ok({"fileName": "x"}), 1, "no link"),
        (ok({"downloadUrl": "file:///etc/passwd"}), 1, "no link"),
    ],
)
def test_a_refused_upload_is_an_error_and_nothing_is_created(
    kie: Kie, stub: Stub, reply: Answer, times: int, says: str
) -> None:
    stub.on(UPLOAD, reply)
    with pytest.raises(KieError, match=says) as caught:
        edit(kie, PNG)
    assert not caught.value.may_have_spent
    assert len(stub.at(UPLOAD)) == times
    assert stub.at(CREATE) == []
    assert "Bearer" not in str(caught.value)


def test_a_fault_that_stays_is_told_after_the_retries(stub: Stub) -> None:
    stub.on(UPLOAD, answer(502, b"bad gateway"))
    with Kie("k", base_url=stub.url, retries=1) as kie, pytest.raises(ServiceError):
        kie.upload(PNG)
    assert len(stub.at(UPLOAD)) == 2


def test_a_link_is_fetched_by_kie(kie: Kie, stub: Stub) -> None:
    record = {"downloadUrl": "https://files.example.com/c.jpg", "fileSize": 12, "mimeType": "image/jpeg"}
    stub.on("/api/file-url-upload", as_json({"success": True, "code": 200, "data": record}))
    sent = kie.upload("https://example.com/c.jpg", name="c.jpg")
    assert (sent.url, sent.size, sent.content_type) == ("https://files.example.com/c.jpg", 12, "image/jpeg")
    assert stub.at("/api/file-url-upload")[0].json == {
        "fileUrl": "https://example.com/c.jpg",
        "uploadPath": "kie",
        "fileName": "c.jpg",
    }


def test_files_inside_objects_are_uploaded_too(kie: Kie, stub: Stub, tmp_path: Path) -> None:
    paths = []
    for i in range(2):
        buffer = io.BytesIO()
        Image.new("RGB", (400, 400), (i, 0, 0)).save(buffer, "PNG")
        paths.append(tmp_path / f"{i}.png")
        paths[i].write_bytes(buffer.getvalue())
    element = {"name": "cat", "description": "a cat", "element_input_urls": paths}
    kie.submit(
        "kling-3.0/video",
        {
            "prompt": "@cat sits",
            "first_frame": paths[0],
            "duration": 5,
            "sound": False,
            "mode": "std",
            "multi_shots": False,
            "kling_elements": [element],
        },
    )
    links = json.loads(stub.at(CREATE)[0].body)["input"]
    assert len(stub.at(UPLOAD)) == 2
    assert all(x.startswith("https://files.example.com/") for x in links["kling_elements"][0]["element_input_urls"])
    assert links["image_urls"] == links["kling_elements"][0]["element_input_urls"][:1]
    assert element["element_input_urls"] == paths  # the caller's object is left as it was


def test_a_large_upload_over_a_slow_line_has_its_time(stub: Stub, tmp_path: Path) -> None:
    """The bound on one exchange is for small ones: a file gets the time that its size wants."""

    def slow(seen: Any) -> Answer:
        time.sleep(0.6)
        return as_json({"success": True, "code": 200, "data": {"downloadUrl": "https://example.com/a.png"}})

    stub.on(UPLOAD, slow)
    with Kie("k", base_url=stub.url, timeout=0.3, retries=0) as kie:
        assert kie.upload(big(tmp_path)).url == "https://example.com/a.png"


@pytest.mark.parametrize("kind", ["pyreqwest", "httpx2"])
def test_a_file_that_vanishes_while_it_is_sent_is_an_error_of_ours(
    stub: Stub, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = big(tmp_path)
    load = uploads._load

    def gone(source: Any, where: str) -> Any:
        found = load(source, where)
        path.unlink()
        return found

    monkeypatch.setattr(uploads, "_load", gone)
    with (
        httpx2.Client() as client,
        Kie("k", base_url=stub.url, retries=1, transport=client if kind == "httpx2" else None) as kie,
        pytest.raises(KieError) as caught,
    ):
        kie.upload(path)
    assert not caught.value.may_have_spent


def test_a_refusal_is_waited_out_as_the_server_asks(clock: Clock) -> None:
    done = reply({"success": True, "code": 200, "data": {"downloadUrl": "https://example.com/a.png"}})
    scripted = Scripted(envelope(429, "slow", status=429, retry_after="40"), done)
    begun = clock.now
    Kie(KEY, base_url=BASE, transport=scripted).upload(PNG)
    assert clock.now - begun >= 40
    scripted = Scripted(reply(b"<html>", 429, retry_after="4000"), done)
    with pytest.raises(RateLimited):
        Kie(KEY, base_url=BASE, transport=scripted).upload(PNG)


def test_a_result_is_no_file(kie: Kie, stub: Stub) -> None:
    """A result has outputs; it has a ``save`` too, as an image of Pillow has."""
    result = kie.task("nano-banana-2", "t1").wait()
    with pytest.raises(InvalidInput):
        edit(kie, result)
    edit(kie, result.outputs[0])
    assert given(stub) == [result.outputs[0].url]


def test_what_is_remembered_of_uploads_has_an_end(kie: Kie, stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "_KEPT", 3)
    for i in range(5):
        kie.upload(PNG + bytes([i]))
    assert len(kie._core.uploaded) == 3
    kie.upload(PNG + bytes([4]))
    assert len(stub.at(UPLOAD)) == 5
