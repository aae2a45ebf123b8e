"""Results fetched whole or not at all: cuts, lies, dead links, hostile links, and what is left on the disk."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import hashlib
import os
import stat
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kie import AsyncKie, DownloadFailed, Kie
from kie.client import download, pyreqwest
from kie.client._core import safe_link
from kie.client.transport import HttpReply, HttpRequest
from tests.client.media_stub import PNG, Answer, Media, Stub, answer, as_json, chunked, ok, redirect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kie import Output
    from tests.client.media_stub import Script, Seen

RENEW = "/api/v1/common/download-url"
RECORD = "/api/v1/jobs/recordInfo"
FILE = "/r/one.png"


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "backoff", lambda _attempt: 0.0)


@pytest.fixture
def stub() -> Iterator[Stub]:
    with Stub() as stub:
        stub.task(stub.url + FILE)
        yield stub


@pytest.fixture(params=["pyreqwest", "httpx2"])
def kie(stub: Stub, request: pytest.FixtureRequest) -> Iterator[Kie]:
    with (
        httpx2.Client() as client,
        Kie("k", base_url=stub.url, retries=0, transport=client if request.param == "httpx2" else None) as kie,
    ):
        yield kie


def output(kie: Kie) -> Output:
    return kie.task("nano-banana-2", "t1").wait().outputs[0]


def asked(stub: Stub) -> list[str | None]:
    """Return the Range of each request for the file."""
    return [seen.headers.get("range") for seen in stub.at(FILE)]


def test_a_result_is_fetched_whole(kie: Kie, stub: Stub, tmp_path: Path) -> None:
    stub.on(FILE, Media())
    one = output(kie)
    path = one.save(tmp_path / "cat")
    assert path.read_bytes() == PNG == one.bytes()
    assert (one.sha256, one.size, one.content_type) == (hashlib.sha256(PNG).hexdigest(), len(PNG), "image/png")
    umask = os.umask(0o022)
    os.umask(umask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~umask


def test_neither_key_nor_cookie_goes_to_where_results_are(kie: Kie, stub: Stub) -> None:
    stub.on("/moved", Media())
    stub.on(FILE, redirect("../moved"))
    assert output(kie).bytes() == PNG
    for seen in (*stub.at(FILE), *stub.at("/moved")):
        assert not seen.headers.keys() & {"authorization", "cookie", "referer"}
        assert seen.headers["accept-encoding"] == "identity"
    assert stub.at(RECORD)[0].headers["authorization"] == "Bearer k"


CUT: dict[str, tuple[Script, list[str | None]]] = {
    "resumed": (Media(cuts=[3000, 2000]), [None, "bytes=3000-", "bytes=5000-"]),
    "no tag": (Media(cuts=[3000], etag=""), [None, "bytes=3000-"]),
    "server begins again": (Media(cuts=[3000], ranges="ignore"), [None, "bytes=3000-"]),
    "another place": (Media(cuts=[3000], ranges="shift"), [None, "bytes=3000-", None]),
    "range refused": (Media(cuts=[3000], ranges="refuse"), [None, "bytes=3000-", None]),
    "cut at its first byte": (Media(cuts=[0]), [None, None]),
}


@pytest.mark.parametrize(("media", "ranges"), CUT.values(), ids=CUT)
def test_a_cut_download_becomes_whole(
    kie: Kie, stub: Stub, tmp_path: Path, media: Media, ranges: list[str | None]
) -> None:
    stub.on(FILE, Media(media.data, list(media.cuts), media.ranges, media.etag))
    one = output(kie)
    assert one.save(tmp_path / "cat.png").read_bytes() == PNG
    assert one.sha256 == hashlib.sha256(PNG).hexdigest()
    assert asked(stub) == ranges


def test_a_resumption_is_bound_to_the_content_that_was_begun(kie: Kie, stub: Stub) -> None:
    other = PNG[::-1]
    stub.on(FILE, Media(cuts=[3000]), Media(b"\x89PNG\r\n\x1a\n" + other, etag='"two"'))
    assert output(kie).bytes() == b"\x89PNG\r\n\x1a\n" + other
    assert stub.at(FILE)[1].headers["if-range"] == '"one"'


def test_a_content_of_another_length_is_not_glued_on(kie: Kie, stub: Stub) -> None:
    longer = PNG + PNG
    stub.on(FILE, Media(cuts=[3000], etag=""), Media(longer, etag=""))
    assert output(kie).bytes() == longer


def test_a_part_that_nobody_asked_for_is_not_the_whole(kie: Kie, stub: Stub, tmp_path: Path) -> None:
    part = answer(206, PNG[:100], content_range=f"bytes 0-99/{len(PNG)}")
    stub.on(FILE, part, Media())
    assert output(kie).save(tmp_path / "x.png").read_bytes() == PNG


def never_whole() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n" + PNG[:20]


REFUSED: dict[str, tuple[Script, str, int]] = {
    "never whole": (lambda _seen: Answer(never_whole()), "whole", 6),
    "a fault that stays": (answer(500), "500", 6),
    "empty": (answer(200), "empty", 1),
    "empty, chunked": (lambda _seen: chunked([]), "empty", 1),
    "a page": (answer(200, b"<!DOCTYPE html><p>Gone", content_type="image/png"), "page", 1),
    "an error": (answer(200, b'{"code":404}', content_type="image/png"), "page", 1),
    "refused": (answer(400), "400", 1),
    "to nowhere": (answer(302), "nowhere", 1),
    "in a circle": (redirect(FILE), "too many redirects", 6),
    "to the disk": (redirect("file:///etc/passwd"), "not one to be fetched", 1),
    "to a mailbox": (redirect("mailto:a@example.com"), "not one to be fetched", 1),
    "with a password": (redirect("http://user:pw@127.0.0.1/"), "not one to be fetched", 1),
}


@pytest.mark.parametrize(("script", "says", "times"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_result_leaves_nothing_behind(
    kie: Kie, stub: Stub, tmp_path: Path, script: Script, says: str, times: int
) -> None:
    stub.on(FILE, script)
    kept = tmp_path / "kept.png"
    kept.write_bytes(b"from yesterday")
    with pytest.raises(DownloadFailed, match=says) as caught:
        output(kie).save(kept)
    assert list(tmp_path.iterdir()) == [kept]
    assert kept.read_bytes() == b"from yesterday"
    assert len(stub.at(FILE)) == times
    assert (caught.value.task_id, caught.value.model) == ("t1", "nano-banana-2")
    assert not caught.value.may_have_spent


def test_a_redirect_to_another_server_is_followed_without_the_key(kie: Kie, stub: Stub) -> None:
    with Stub() as other:
        stub.on(FILE, redirect(other.on("/there", Media(cuts=[3000]))))
        assert output(kie).bytes() == PNG
        assert [seen.headers.get("range") for seen in other.at("/there")] == [None, "bytes=3000-"]
        assert all("authorization" not in seen.headers for seen in other.seen)


# ------------------------------------------------------------------------------------------------------ dead links


def record(*links: str) -> Answer:
    import json

    return ok({"taskId": "t1", "state": "success", "resultJson": json.dumps({"resultUrls": links})})


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_dead_link_is_renewed_from_the_record(kie: Kie, stub: Stub, status: int) -> None:
    stub.on(FILE, answer(status))
    stub.on(RECORD, record(stub.url + FILE), record(stub.on("/fresh", Media())))
    assert output(kie).bytes() == PNG
    assert stub.at(RENEW) == []


def test_a_dead_link_is_renewed_by_a_temporary_one(kie: Kie, stub: Stub) -> None:
    stub.on("/moved", answer(403))
    stub.on(FILE, redirect("/moved"))
    stub.on(RENEW, ok(stub.on("/temporary", Media(cuts=[3000]))))
    assert output(kie).bytes() == PNG
    assert stub.at(RENEW)[0].json == {"url": stub.url + FILE}  # the result's link, not where it led


def test_a_fresh_link_that_is_dead_too_gives_way_to_a_temporary_one(kie: Kie, stub: Stub) -> None:
    """And that one to the record's again, when it dies in its turn."""
    stub.on(FILE, answer(403))
    stub.on(RECORD, record(stub.url + FILE), record(stub.on("/fresh", answer(403))))
    stub.on(RENEW, ok(stub.on("/temporary", Media())))
    one = output(kie)
    assert one.bytes() == PNG
    assert stub.at(RENEW)[0].json == {"url": stub.url + "/fresh"}
    assert one.url == stub.url + "/temporary"
    stub.on("/temporary", answer(403))
    stub.on(RENEW, ok(stub.on("/second", Media())))
    assert one.bytes() == PNG
    assert one.url == stub.url + "/second"


@pytest.mark.parametrize("now", ["fail", "waiting", "success"])
def test_to_renew_a_link_changes_nothing_of_the_task(kie: Kie, stub: Stub, now: str) -> None:
    """Whatever the record says days later, the task has succeeded when it did."""
    stub.on(FILE, answer(403))
    later = as_json({"code": 200, "msg": "success", "data": {"taskId": "t1", "state": now, "failMsg": "expired"}})
    stub.on(RECORD, record(stub.url + FILE), later)
    stub.on(RENEW, ok(stub.on("/temporary", Media())))
    task = kie.task("nano-banana-2", "t1")
    result = task.wait()
    elapsed, state = result.elapsed, task.state
    assert result.outputs[0].bytes() == PNG
    assert task.state is state
    assert result.elapsed == elapsed


def test_a_download_may_be_cut_as_often_as_it_goes_on(kie: Kie, stub: Stub) -> None:
    media = Media(PNG * 4, cuts=[500] * 20)
    stub.on(FILE, media)
    assert output(kie).bytes() == PNG * 4
    assert len(stub.at(FILE)) == 21


def test_a_download_that_does_not_go_on_is_given_up(kie: Kie, stub: Stub) -> None:
    stub.on(FILE, Media(cuts=[500] + [0] * 50))
    with pytest.raises(DownloadFailed):
        output(kie).bytes()
    assert len(stub.at(FILE)) < 10


def test_a_download_that_drips_without_end_is_given_up(
    kie: Kie, stub: Stub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def drips() -> Iterator[bytes]:
        for _ in range(500):
            time.sleep(0.02)
            yield b"x"

    monkeypatch.setattr(download, "_LONGEST", 0.2)
    stub.on(FILE, lambda _seen: chunked(drips(), "image/png"))
    one = output(kie)
    with pytest.raises(DownloadFailed, match="does not end"):
        one.save(tmp_path)
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr(download, "_LARGEST", 3)
    monkeypatch.setattr(download, "_LONGEST", 10.0)
    with pytest.raises(DownloadFailed, match="does not end"):
        one.bytes()


def test_what_comes_compressed_is_not_taken_for_the_result(kie: Kie, stub: Stub) -> None:
    """Its bytes would be others than the result's, and its length no proof."""
    stub.on(FILE, answer(200, gzip.compress(PNG), content_encoding="gzip"))
    with pytest.raises(DownloadFailed, match="compressed"):
        output(kie).bytes()
    stub.on(FILE, answer(200, PNG, content_encoding="identity"))
    assert output(kie).bytes() == PNG


@pytest.mark.parametrize("length", ["\xb2", "1e3", "9" * 5000])
def test_a_length_that_is_no_number_is_none(length: str) -> None:
    stream = SimpleNamespace(status=200, header=lambda name: length if name == "content-length" else None)
    assert download._length(stream) is None
    stream = SimpleNamespace(status=206, header=lambda name: f"bytes 0-1/{length}")
    assert not download._goes_on(stream, 5, None)


def test_the_users_credentials_stay_with_the_user(stub: Stub) -> None:
    """An httpx client may have headers, cookies and a login of its own: no server of results sees them."""
    stub.on(FILE, Media())
    with httpx2.Client(
        headers={"authorization": "Basic secret"}, cookies={"session": "secret"}, auth=("user", "secret")
    ) as client:
        kie = Kie("mine", base_url=stub.url, transport=client)
        assert output(kie).bytes() == PNG
    (seen,) = stub.at(FILE)
    assert "authorization" not in seen.headers
    assert "cookie" not in seen.headers
    assert {s.headers["authorization"] for s in stub.at(RECORD)} == {"Bearer mine"}


def test_a_download_that_dies_in_the_middle_goes_on_by_a_fresh_link(kie: Kie, stub: Stub) -> None:
    stub.on(FILE, Media(cuts=[3000]), answer(403))
    stub.on(RENEW, ok(stub.on("/temporary", Media())))
    assert output(kie).bytes() == PNG
    assert stub.at("/temporary")[0].headers["range"] == "bytes=3000-"


@pytest.mark.parametrize(
    "renewal",
    [as_json({"code": 422, "msg": "expired"}), ok("file:///etc/passwd"), answer(500, b"<html>")],
    ids=["refused", "no link", "page"],
)
def test_a_result_that_has_expired_is_told_with_advice(kie: Kie, stub: Stub, tmp_path: Path, renewal: Answer) -> None:
    stub.on(FILE, answer(404))
    stub.on(RENEW, renewal)
    with pytest.raises(DownloadFailed, match="14 days") as caught:
        output(kie).save(tmp_path)
    assert (caught.value.status, caught.value.hint is not None) == (404, True)
    assert list(tmp_path.iterdir()) == []


def test_the_secrets_of_a_link_are_in_no_message(kie: Kie, stub: Stub) -> None:
    stub.on(FILE, answer(400))
    stub.task(stub.url + FILE + "?Signature=hush#hush")
    one = output(kie)
    with pytest.raises(DownloadFailed) as caught:
        one.bytes()
    assert "hush" not in f"{caught.value} {caught.value.url} {one!r}"


# --------------------------------------------------------------------------------------------------- hostile links

PRIVATE = [
    "http://169.254.169.254/latest/meta-data",
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://127.0.0.0x1/",
    "http://0177.0.0.1/",
    "http://10.0.0.1/",
    "http://192.168.1.1./",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[fe80::1%25eth0]/",
    "http://[fd00::1]/",
    "http://0.0.0.0/",
    "http://224.0.0.1/",
    "http://localhost/",
    "http://LOCALHOST./",
    "http://a.localhost/",
    "http://printer.local/",
    "http://metadata.google.internal./",
    "http://metadata/",
    "http://%6cocalhost/",
    "http://127%2e0.0.1/",
    "http://127\u30020\u30020\u30021/",
    "http://\uff11\uff12\uff17.0.0.1/",
    "http://\u24dbocalhost/",
    "http://127.0.0.1\\.example.com/",
    "http://user@example.com/",
    "http://example.com\\@127.0.0.1/",
    "http:///127.0.0.1/",
    "http:127.0.0.1/",
    "//example.com/x",
    "file:///etc/passwd",
    "ftp://example.com/x",
    "data:image/png;base64,AA",
    "gopher://example.com/",
    "http://",
    "http://[::1",
    "http://example.com:99999999/",
    "",
]


@pytest.mark.parametrize("link", PRIVATE)
def test_a_link_into_a_network_is_not_fetched(link: str) -> None:
    assert not safe_link(link, local_ok=False)


@pytest.mark.parametrize(
    "link",
    [
        "https://example.com/a.png",
        "HTTPS://Files.Example.COM:8443/a?b=c",
        "https://xn--bcher-kva.example.com./",
        "http://8.8.8.8/x",
        "https://[2606:4700::1111]/x",
        "https://my_bucket.s3.example.com/a b.png",
    ],
)
def test_a_public_link_is_fetched(link: str) -> None:
    assert safe_link(link, local_ok=False)


@given(st.integers(0, 2**32 - 1), st.sampled_from("dxos"))
def test_no_spelling_of_a_private_address_passes(number: int, form: str) -> None:
    import ipaddress

    address = ipaddress.IPv4Address(number)
    a, b, c, d = address.packed
    host = {"d": str(address), "x": f"0x{number:x}", "o": f"0{a:o}.{b}.{c}.{d}", "s": f"{a}.{number & 0xFFFFFF}"}[form]
    if safe_link(f"http://{host}/", local_ok=False):
        assert form == "d"
        assert address.is_global


@given(st.text(max_size=40) | st.text(":/@\\[]%.0123456789abcdefx", max_size=40))
def test_any_text_is_judged_without_a_crash(text: str) -> None:
    for link in (text, "http://" + text):
        assert safe_link(link, local_ok=False) in (True, False)
        safe_link(link, local_ok=True)
    with pytest.raises(DownloadFailed):
        raise download._failed(None, text, "x")


class Recording:
    """A transport below a public base: answers the record and notes what is fetched."""

    def __init__(self, link: str) -> None:
        self.link = link
        self.opened: list[str] = []

    def send(self, request: HttpRequest) -> HttpReply:
        return HttpReply(200, b"".join(record(self.link).pieces).partition(b"\r\n\r\n")[2], lambda _name: None)

    def stream(self, request: HttpRequest) -> Any:
        self.opened.append(request.url)
        pytest.fail("it was fetched")

    def close(self) -> None:
        pass


@pytest.mark.parametrize("link", ["http://169.254.169.254/x.png", "http://localhost:8000/x.png"])
def test_a_private_link_of_a_public_service_is_refused(link: str, tmp_path: Path) -> None:
    with (
        Kie("k", base_url="https://api.example.com", transport=Recording(link), retries=0) as kie,
        pytest.raises(DownloadFailed, match="inside a network"),
    ):
        output(kie).save(tmp_path)
    assert list(tmp_path.iterdir()) == []


# ------------------------------------------------------------------------------------------------------------ names


@pytest.mark.parametrize("task", ["../../../etc/x", "..", "a/b\\c:d", "-rf", "a\nb", "ü" * 300, 'con*?"<>|'])
def test_a_name_in_a_folder_is_harmless_whatever_the_task_is_called(stub: Stub, tmp_path: Path, task: str) -> None:
    stub.on(FILE, Media())
    with Kie("k", base_url=stub.url) as kie:
        folder = tmp_path / "new" / "folder"
        (path,) = kie.task("nano-banana-2", task).wait().save(folder)
    assert path.parent == folder
    assert [p.name for p in folder.iterdir()] == [path.name]
    assert path.name.startswith("nano-banana-2-")
    assert path.suffix == ".png"  # by the bytes
    assert not set(path.name) & set('/\\:*?"<>|\n')
    assert len(path.name.encode()) < 255


def test_results_of_tasks_with_like_ids_do_not_overwrite_each_other(stub: Stub, tmp_path: Path) -> None:
    """kie.ai's ids begin alike: with the model's name, or the time. A name that was cut would hit another's file."""
    stub.on(FILE, Media())
    ids = [f"task_nano-banana-2_17651786{i:05}" for i in range(3)] + ["x" * 300 + str(i) for i in range(3)]
    with Kie("k", base_url=stub.url) as kie:
        paths = [path for task in ids for path in kie.task("nano-banana-2", task).wait().save(tmp_path)]
    assert len(set(paths)) == 6
    assert all(path.name.endswith("-1.png") for path in paths)
    assert len(list(tmp_path.iterdir())) == 6


def test_outputs_of_a_task_do_not_overwrite_each_other(stub: Stub, tmp_path: Path) -> None:
    stub.task(*(stub.on(f"/r/{i}", Media(PNG + bytes([i]))) for i in range(3)))
    with Kie("k", base_url=stub.url) as kie:
        paths = kie.task("nano-banana-2", "t1").wait().save(tmp_path)
    assert [path.read_bytes()[-1] for path in paths] == [0, 1, 2]


def test_saves_at_once_disturb_neither_each_other_nor_the_process(stub: Stub, tmp_path: Path) -> None:
    stub.on(FILE, Media(PNG * 20))
    umask = os.umask(0o077)
    try:
        with Kie("k", base_url=stub.url) as kie, ThreadPoolExecutor(8) as pool:
            one = output(kie)
            paths = list(pool.map(lambda i: one.save(tmp_path / f"{i % 2}.png"), range(16)))
    finally:
        left = os.umask(umask)
    assert left == 0o077
    assert {path.read_bytes() for path in paths} == {PNG * 20}
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths} == {0o600}
    assert len(list(tmp_path.iterdir())) == 2


def test_saving_asks_nobody_for_the_umask(stub: Stub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading it means setting it, for all threads: two that do so at once can leave the process without one."""
    stub.on(FILE, Media())
    monkeypatch.setattr(os, "umask", lambda _mask: pytest.fail("it was changed"))
    with Kie("k", base_url=stub.url) as kie:
        output(kie).save(tmp_path / "x.png")


# ------------------------------------------------------------------------------------------------------------ async


async def fetched(stub: Stub, folder: Path) -> None:
    async with AsyncKie("k", base_url=stub.url, retries=0) as kie:
        result = await kie.task("nano-banana-2", "t1").wait()
        one = result.outputs[0]
        assert (await one.save(folder / "cat.png")).read_bytes() == PNG == await one.bytes()
        assert (one.sha256, one.size) == (hashlib.sha256(PNG).hexdigest(), len(PNG))
        assert len(await result.save(folder)) == 1
        stub.on(FILE, answer(404))
        with pytest.raises(DownloadFailed, match="14 days"):
            await one.save(folder / "cat.png")
        with pytest.raises(DownloadFailed):
            await one.renew()


def test_the_same_on_an_event_loop(stub: Stub, tmp_path: Path) -> None:
    stub.on(FILE, Media(cuts=[3000]))
    asyncio.run(fetched(stub, tmp_path))
    assert len(list(tmp_path.iterdir())) == 2


async def cancelled(stub: Stub, folder: Path, arrived: threading.Event) -> None:
    async with AsyncKie("k", base_url=stub.url) as kie:
        result = await kie.task("nano-banana-2", "t1").wait()
        saving = asyncio.create_task(result.outputs[0].save(folder / "cat.png"))
        assert await asyncio.to_thread(arrived.wait, 5)
        saving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await saving


def test_a_cancelled_download_leaves_nothing_behind(stub: Stub, tmp_path: Path) -> None:
    arrived = threading.Event()

    def slowly(_seen: Seen) -> Answer:
        assert list(tmp_path.iterdir())  # it has been begun
        arrived.set()

        def pieces() -> Iterator[bytes]:
            yield b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + PNG
            stub.dropped.wait(5)

        return Answer(pieces())

    stub.on(FILE, slowly)
    asyncio.run(cancelled(stub, tmp_path, arrived))
    assert list(tmp_path.iterdir()) == []


class Deaf:
    """A request of pyreqwest at which the answer and a cancellation arrive in one moment."""

    status = 200

    def build(self) -> Deaf:
        return self

    async def send(self) -> Deaf:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(5)
        return self

    async def bytes(self) -> bytes:
        return b"{}"

    def get_header(self, _name: str) -> None:
        return None


async def timed_out() -> None:
    transport = pyreqwest.AsyncPyreqwestTransport()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await transport.send(HttpRequest("GET", "http://127.0.0.1/"))
    assert (await transport.send(HttpRequest("GET", "http://127.0.0.1/"))).status == 200  # it is over


def test_a_cancellation_that_the_transport_swallows_is_heeded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pyreqwest, "_started", lambda *_: Deaf())
    sleep = asyncio.sleep
    monkeypatch.setattr(asyncio, "sleep", lambda seconds: sleep(min(seconds, 0.1)))
    asyncio.run(timed_out())
