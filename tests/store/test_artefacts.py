"""Stores of files: whole or not at all, by their content; in a folder, and in object stores."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import os
import time
from typing import TYPE_CHECKING, Any

import pytest

from kie.store.artefacts import ArtefactStore, FolderArtefacts, open_artefacts
from kie.store.errors import ArtefactMissing, ArtefactsUnavailable, StoreError
from kie.store.objects import ObjectArtefacts
from tests.store.s3 import S3

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SMALL = b"a small file"
LARGE = bytes(range(256)) * 4096 * 20  # 20 MiB: three parts


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def s3() -> Iterator[S3]:
    made = S3()
    yield made
    made.close()


@pytest.fixture(params=["folder", "memory", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> ArtefactStore:
    if request.param == "folder":
        return open_artefacts(tmp_path / "files")
    if request.param == "memory":
        return ObjectArtefacts("memory://", tmp_path / "incoming")
    return ObjectArtefacts(request.getfixturevalue("s3").url, tmp_path / "incoming")


async def whole(store: ArtefactStore, digest: str, start: int = 0, end: int | None = None) -> bytes:
    return b"".join([piece async for piece in store.read(digest, start, end)])


async def names(store: ArtefactStore, prefix: str = "") -> set[str]:
    return {each.digest async for each in store.files(prefix)}


@pytest.mark.parametrize("content", [SMALL, LARGE, b"x"], ids=["small", "large", "a byte"])
def test_a_file_is_put_read_and_removed(store: ArtefactStore, content: bytes) -> None:
    async def go() -> None:
        digest = digest_of(content)
        assert await store.size(digest) is None
        with pytest.raises(ArtefactMissing, match=digest):
            await whole(store, digest)
        source = store.incoming() / "coming"
        source.write_bytes(content)
        await store.put(digest, source)
        assert not source.exists()
        assert await store.size(digest) == len(content)
        assert await store.exists(digest)
        assert await whole(store, digest) == content
        async with store.local(digest) as path:
            assert path.read_bytes() == content
        assert await names(store) == await names(store, digest[:2]) == {digest}
        assert await names(store, "00" if digest[:2] != "00" else "01") == set()
        await store.remove(digest)
        await store.remove(digest)
        assert not await store.exists(digest)
        with pytest.raises(ArtefactMissing):
            async with store.local(digest):
                pass
        await store.close()
        assert list(store.incoming().iterdir()) == []

    asyncio.run(go())


def test_ranges_are_what_http_wants(store: ArtefactStore) -> None:
    async def go() -> None:
        digest = digest_of(LARGE)
        await store.put(digest, LARGE)
        for start, end in ((0, 1), (5, 5), (7, 300_000), (len(LARGE) - 3, None), (len(LARGE) - 3, len(LARGE) + 9)):
            assert await whole(store, digest, start, end) == LARGE[start:end], (start, end)
        assert await whole(store, digest, len(LARGE) + 1) == b""

    asyncio.run(go())


def test_the_same_file_may_be_put_by_many_at_once(store: ArtefactStore) -> None:
    async def go() -> None:
        contents = [str(number % 50).encode() * 9 for number in range(150)]
        await asyncio.gather(*(store.put(digest_of(each), each) for each in contents))
        assert await names(store) == {digest_of(each) for each in contents}
        for each in contents[:50]:
            assert await whole(store, digest_of(each)) == each

    asyncio.run(go())


def test_what_is_no_digest_is_no_path(store: ArtefactStore) -> None:
    async def go() -> None:
        for name in ("../../etc/passwd", "", "AB" * 32, "ab" * 31 + "a/", "0" * 65):
            with pytest.raises(StoreError, match=r"is not a SHA-256"):
                await store.put(name, b"x")
            with pytest.raises(StoreError):
                await store.size(name)
            with pytest.raises(StoreError):
                await store.remove(name)

    asyncio.run(go())


def test_a_healthy_store_says_so_and_leaves_nothing(store: ArtefactStore) -> None:
    async def go() -> None:
        await store.check()
        assert await names(store) == set()
        assert list(store.incoming().iterdir()) == []

    asyncio.run(go())


def test_what_was_left_while_it_was_fetched_is_removed(store: ArtefactStore) -> None:
    async def go() -> None:
        old, new = (store.incoming() / name for name in ("old", "new"))
        for path in (old, new):
            path.write_bytes(b"half of a fil")
        os.utime(old, (time.time() - 90_000,) * 2)
        assert await store.tidy(time.time() - 86_400) == 1
        assert not old.exists()
        assert new.exists()

    asyncio.run(go())


@pytest.mark.parametrize("kind", ["memory", "s3"])
def test_content_that_is_not_what_its_name_says_is_not_put(request: Any, tmp_path: Path, kind: str) -> None:
    url = "memory://" if kind == "memory" else request.getfixturevalue("s3").url

    async def go() -> None:
        store = ObjectArtefacts(url, tmp_path)
        wrong = digest_of(b"something else")
        for content in (SMALL, LARGE):
            with pytest.raises(StoreError, match="is another"):
                await store.put(wrong, content)
            source = tmp_path / "source"
            source.write_bytes(content)
            with pytest.raises(StoreError, match="is another"):
                await store.put(wrong, source)
            assert not await store.exists(wrong)
            source.unlink()
        if kind == "s3":
            found: S3 = request.getfixturevalue("s3")
            assert found.objects == {}
            assert found.uploads == {}, "an upload was left unfinished"

    asyncio.run(go())


def test_a_large_file_goes_up_in_parts_and_once(s3: S3, tmp_path: Path) -> None:
    async def go() -> None:
        store = ObjectArtefacts(s3.url, tmp_path)
        digest = digest_of(LARGE)
        for _ in range(2):
            source = tmp_path / "source"
            source.write_bytes(LARGE)
            await store.put(digest, source)
        assert s3.log.count("PUT partNumber&uploadId") == 3
        assert list(s3.objects) == [f"some/prefix/{digest[:2]}/{digest}"]

    asyncio.run(go())


def test_a_store_that_is_down_says_what_to_do_and_is_up_again(
    s3: S3, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kie.store.objects._RETRY", {"max_retries": 0})

    async def go() -> None:
        store = ObjectArtefacts(s3.url, tmp_path)
        digest = digest_of(SMALL)
        source = tmp_path / "source"
        source.write_bytes(SMALL)
        s3.down = True
        for attempt in (store.put(digest, source), store.check(), store.size(digest), store.remove(digest)):
            with pytest.raises(ArtefactsUnavailable, match="tried again by itself") as caught:
                await attempt
            assert "a-secret" not in str(caught.value)
        with pytest.raises(ArtefactsUnavailable):
            await names(store)
        assert source.exists(), "what could not be put is there still"
        s3.down = False
        await store.check()
        await store.put(digest, source)
        assert await whole(store, digest) == SMALL

    asyncio.run(go())


def test_a_full_disk_is_told_and_what_else_waits_is_put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def go() -> None:
        store = FolderArtefacts(tmp_path / "files")
        write, large = os.write, bytes(5000)

        def full(handle: int, content: Any) -> int:
            if len(content) > 1000:
                raise OSError(errno.ENOSPC, "No space left on device")
            return write(handle, content)

        monkeypatch.setattr(os, "write", full)
        small = [bytes([number]) for number in range(20)]
        outcomes = await asyncio.gather(
            *(store.put(digest_of(each), each) for each in [*small, large]), return_exceptions=True
        )
        assert outcomes[:-1] == [None] * 20
        assert isinstance(outcomes[-1], ArtefactsUnavailable)
        assert "Make room" in str(outcomes[-1])
        assert await names(store) == {digest_of(each) for each in small}
        assert list(store.incoming().iterdir()) == []
        monkeypatch.undo()
        await store.put(digest_of(large), large)
        assert await whole(store, digest_of(large)) == large

    asyncio.run(go())


def test_a_disk_that_is_nearly_full_is_no_healthy_one(tmp_path: Path) -> None:
    async def go() -> None:
        with pytest.raises(ArtefactsUnavailable, match="in reserve"):
            await FolderArtefacts(tmp_path, reserve=1 << 62).check()
        with pytest.raises(ArtefactsUnavailable, match="in reserve"):  # where files wait for their upload
            await ObjectArtefacts("memory://", tmp_path / "incoming", reserve=1 << 62).check()
        (tmp_path / "file").write_bytes(b"")
        with pytest.raises(ArtefactsUnavailable, match="file"):
            await FolderArtefacts(tmp_path / "file").check()

    asyncio.run(go())


def test_a_folder_survives_that_someone_empties_it(tmp_path: Path) -> None:
    async def go() -> None:
        store = FolderArtefacts(tmp_path / "files")
        for content in (b"one", b"two"):
            await store.put(digest_of(content), content)
            assert await whole(store, digest_of(content)) == content
            for path in sorted((tmp_path / "files").rglob("*"), reverse=True):
                path.rmdir() if path.is_dir() else path.unlink()
        assert await names(store) == set()

    asyncio.run(go())


def test_what_is_no_artefact_is_not_listed(tmp_path: Path) -> None:
    async def go() -> None:
        store = FolderArtefacts(tmp_path)
        digest = digest_of(SMALL)
        await store.put(digest, SMALL)
        (tmp_path / digest[:2] / "notes.txt").write_text("hello")
        (tmp_path / "ff").mkdir(exist_ok=True)
        (tmp_path / "ff" / digest).write_text("misplaced" if digest[:2] != "ff" else "")
        assert await names(store) == {digest}

    asyncio.run(go())


def test_a_store_is_opened_by_its_address(tmp_path: Path) -> None:
    assert isinstance(open_artefacts(str(tmp_path)), FolderArtefacts)
    opened = open_artefacts(f"file://{tmp_path}/with%20blank")
    assert isinstance(opened, FolderArtefacts)
    assert opened.folder == tmp_path / "with blank"
    assert isinstance(open_artefacts("memory://"), ObjectArtefacts)
    for url in ("gs://bucket/there?skip_signature=true", "az://container/there?account_name=a&skip_signature=true"):
        assert open_artefacts(url).name == url.partition("?")[0]
    for url in ("ftp://host/x", "s3://bucket?what=ever", "https://host.example.com/x"):
        with pytest.raises(StoreError, match="KIE_ARTEFACTS_URL"):
            open_artefacts(url)


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="files have no owners")
def test_a_folder_that_someone_else_has_made_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(ArtefactsUnavailable, match="someone else"):
        ObjectArtefacts("memory://", tmp_path / "link").incoming()
    store = ObjectArtefacts("memory://", tmp_path / "incoming")
    store.incoming()
    monkeypatch.setattr(os, "getuid", lambda: tmp_path.stat().st_uid + 1)
    with pytest.raises(ArtefactsUnavailable, match="someone else"):
        store.incoming()
