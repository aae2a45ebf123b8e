"""What a generation has made is kept: whatever happens to disks, stores, links and media."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import json
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from kie.emulator import Fault
from kie.service import claims
from kie.service.accounts.pool import Pool
from kie.service.accounts.seal_errors import MasterKeyMissing
from kie.service.files.facts import Facts
from kie.service.files.files import worth_a_preview
from kie.service.machine import State
from kie.store import together
from kie.store.artefacts import FolderArtefacts
from kie.store.objects import ObjectArtefacts
from kie.store.work import Statement
from tests.service.media_samples import film, picture, sound
from tests.service.support import MODEL, PNG, PRICE, Ground
from tests.store.s3 import S3

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kie.service import Generation, Service
    from kie.service.claims import Claimed
    from kie.service.generation import Artefact
    from kie.service.vendor import Vendor
    from kie.store.work import Rows, Work

pytestmark = pytest.mark.slow

LOOKED_AT_LATER = "SELECT 1 FROM artefact WHERE preview_at IS NOT NULL"
FOX = {"prompt": "a red fox"}
FILM, SONG = "grok-imagine/text-to-video", "ai-music-api/generate"
SONG_INPUT = {"prompt": "a song", "customMode": False, "instrumental": False, "model": "V4_5"}


@pytest.fixture
def making(tmp_path: Path) -> Iterator[Callable[..., Ground]]:
    """Grounds whose emulator makes what a test says."""
    made: list[Ground] = []

    def make(render: Callable[[dict[str, Any]], bytes], **options: Any) -> Ground:
        made.append(Ground(renderer=render, **options))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def s3() -> Iterator[S3]:
    made = S3()
    yield made
    made.close()


async def until(service: Service, name: str, wanted: Callable[[Generation], bool], seconds: float = 20.0) -> Generation:
    async with asyncio.timeout(seconds):
        while not wanted(generation := await service.get(name)):  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.02)
    return generation


def roles(generation: Generation) -> list[tuple[str, int]]:
    return [(each.role, each.position) for each in generation.artefacts]


async def content(service: Service, artefact: Artefact) -> bytes:
    return b"".join([piece async for piece in service.artefacts.read(artefact.sha256)])


async def rows(service: Service, sql: str, *values: Any) -> Rows:
    def work() -> Work[Rows]:
        return (yield Statement(sql, values))

    return await service.database.read(work)


def test_facts_and_a_thumbnail_are_there_soon_after(
    database: str, tmp_path: Path, making: Callable[..., Ground]
) -> None:
    source = film(tmp_path / "film.mp4", 1.0, (640, 360)).read_bytes()
    ground = making(lambda spec: source if spec["kind"] == "video" else picture("PNG", (1200, 800)))

    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            for model, expected in ((MODEL, (1200, 800, None)), (FILM, (640, 360, pytest.approx(1.0, abs=0.1)))):
                done = await service.wait((await service.create(model, FOX)).id, 20)
                [output] = done.outputs
                assert (output.width, output.height, output.duration) == expected, "before the end is told"
                seen = await until(service, done.id, lambda each: len(each.artefacts) > 1)
                assert roles(seen) == [("output", 0), ("thumbnail", 0)]
                thumbnail = seen.artefacts[1]
                assert (thumbnail.type, max(thumbnail.width or 0, thumbnail.height or 0)) == ("image/webp", 512)
                assert len(await content(service, thumbnail)) == thumbnail.size
                names = [happening.name async for happening in service.events(done.id)]
                assert names[-2:] == ["stored", "previewed"]
                facts = {"frame_rate": 24.0, "codec": "h264"} if model == FILM else {}
                assert seen.outputs[0].facts == facts

    asyncio.run(go())


def test_a_song_has_its_cover_its_stream_and_a_waveform(
    database: str, tmp_path: Path, making: Callable[..., Ground]
) -> None:
    source = sound(tmp_path / "song.mp3", 3.0).read_bytes()
    ground = making(lambda spec: source if spec["kind"] in {"audio", "music"} else picture("JPEG", (300, 300)))

    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            made = await service.create(SONG, SONG_INPUT)
            done = await until(service, made.id, lambda each: "waveform" in {role for role, _ in roles(each)})
            found = {role: [each for each in done.artefacts if each.role == role] for role, _ in roles(done)}
            assert set(found) == {"output", "cover", "stream", "waveform"}
            assert len(found["output"]) == len(found["cover"]) == len(found["waveform"]) == 2
            assert [each.duration for each in found["output"]] == [pytest.approx(3.0, abs=0.15)] * 2
            assert {(each.type, each.width) for each in found["cover"]} == {("image/jpeg", 300)}
            assert len(json.loads(await content(service, found["waveform"][1]))["peaks"]) > 100

    asyncio.run(go())


def test_what_cannot_be_understood_is_kept_all_the_same(
    database: str, tmp_path: Path, making: Callable[..., Ground]
) -> None:
    broken = b"\0\0\0\x20ftypisom" + bytes(2000)
    ground = making(lambda _: broken)

    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            done = await service.wait((await service.create(FILM, FOX)).id, 20)
            assert (done.state, done.outputs[0].type, done.outputs[0].duration) == (State.SUCCEEDED, "video/mp4", None)
            async with asyncio.timeout(20):
                while await rows(service, LOOKED_AT_LATER):  # noqa: ASYNC110 - what is waited for has no event
                    await asyncio.sleep(0.05)
            assert roles(await service.get(done.id)) == [("output", 0)]
            assert await content(service, done.outputs[0]) == broken

    asyncio.run(go())


def test_previews_can_be_left_out(tmp_path: Path, making: Callable[..., Ground]) -> None:
    ground = making(lambda _: picture("PNG", (1200, 800)))

    async def go() -> None:
        async with ground.serving("sqlite://", tmp_path, previews=False) as service:
            done = await service.wait((await service.create(MODEL, FOX)).id, 20)
            assert done.outputs[0].width == 1200
            assert await rows(service, "SELECT preview_at FROM artefact") == [(None,)]

    asyncio.run(go())


@pytest.mark.parametrize(
    ("kind", "width", "size", "worth"),
    [
        ("image/png", 512, 9000, False),
        ("image/png", 513, 9000, True),
        ("image/png", 100, 200_000, True),
        ("image/png", None, 9000, False),
        ("image/tiff", 100, 9000, True),
        ("image/avif", None, 9000, True),
        ("video/mp4", None, 9000, True),
        ("audio/mpeg", None, 9000, True),
        ("text/plain", None, 9000, False),
        ("application/json", None, 9000, False),
    ],
)
def test_a_preview_is_made_of_what_is_larger_than_one(kind: str, width: int | None, size: int, *, worth: bool) -> None:
    assert worth_a_preview(Facts(kind, width, width), size) is worth


def test_files_of_one_content_share_one_preview(database: str, tmp_path: Path, making: Callable[..., Ground]) -> None:
    ground = making(lambda _: picture("PNG", (1200, 800)))

    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            await service.set_project("default", cache=True)
            made = [await service.create(MODEL, FOX) for _ in range(3)]
            made.append(await service.create(MODEL, {"prompt": "another"}))
            seen = [await until(service, each.id, lambda each: len(each.artefacts) == 2) for each in made]
            assert len({each.sha256 for generation in seen for each in generation.artefacts}) == 2
            assert ground.creations() == 2
            late = await service.create(MODEL, FOX)
            assert roles(late) == [("output", 0), ("thumbnail", 0)]
            assert late.outputs[0].width == 1200

    asyncio.run(go())


# ------------------------------------------------------------------------------------------------- disks and stores


async def bears(service: Service, ground: Ground, ill: Callable[..., None]) -> None:
    """Let the store fall ill while something is made, and see that nothing is paid for meanwhile, or lost."""
    first = await service.create(MODEL, {"prompt": "before"})
    assert (await service.wait(first.id, 20)).state is State.SUCCEEDED
    ill(now=True)
    made = await service.create(MODEL, FOX)
    seen = await until(service, made.id, lambda each: each.state is State.STORING and each.error is not None)
    assert seen.error is not None
    assert seen.error["kind"] == "ArtefactsUnavailable"
    assert seen.cost == PRICE
    assert not seen.held, "it is paid for, and that is settled"
    assert len(await rows(service, "SELECT kind FROM alert WHERE kind = 'artefacts'")) == 1
    later = await service.create(MODEL, {"prompt": "later"})
    await asyncio.sleep(0.4)
    assert (await service.get(later.id)).state is State.HELD, "what could not be kept is not paid for"
    assert ground.creations() == 2
    ill(now=False)
    for each in (made, later):
        done = await service.wait(each.id, 30)
        assert (done.state, done.error) == (State.SUCCEEDED, None)
        assert hashlib.sha256(await content(service, done.outputs[0])).hexdigest() == done.outputs[0].sha256
    assert ground.creations() == 3
    assert (await service.balance())["spent"] == 3 * PRICE


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that is ill is looked at often."""
    monkeypatch.setattr("kie.service.files.storing._ILL", 0.2)
    monkeypatch.setattr("kie.store.objects._RETRY", {"max_retries": 0})


def test_a_full_disk_loses_nothing(
    database: str, tmp_path: Path, ground: Ground, soon: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = together._write_all

    def full(handle: int, data: bytes) -> None:
        write(handle, data[: len(data) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    def ill(*, now: bool) -> None:
        monkeypatch.setattr(together, "_write_all", full if now else write)
        store._reserve = 1 << 62 if now else 1

    store = FolderArtefacts(tmp_path / "files")

    async def go() -> None:
        async with ground.serving(database, tmp_path, artefacts=store) as service:
            await bears(service, ground, ill)
            assert list(store.incoming().iterdir()) == []

    asyncio.run(go())


def test_a_disk_that_is_full_for_large_files_loses_nothing(
    tmp_path: Path, making: Callable[..., Ground], soon: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ground = making(lambda spec: PNG + str(spec["seed"]).encode() + bytes(3 << 20))
    store = FolderArtefacts(tmp_path / "files")
    open_file = type(tmp_path).open

    class Full:
        def __init__(self, file: Any) -> None:
            self.file = file

        def writelines(self, _: Any) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        def close(self) -> None:
            self.file.close()

    def opened(path: Path, mode: str = "r", *rest: Any) -> Any:
        file = open_file(path, mode, *rest)
        return Full(file) if mode == "xb" and path.suffix == ".part" else file

    def ill(*, now: bool) -> None:
        monkeypatch.setattr(type(tmp_path), "open", opened if now else open_file)
        store._reserve = 1 << 62 if now else 1

    async def go() -> None:
        async with ground.serving("sqlite://", tmp_path, artefacts=store) as service:
            await bears(service, ground, ill)
            assert list(store.incoming().iterdir()) == []

    asyncio.run(go())


def test_an_object_store_that_is_down_loses_nothing(
    database: str, tmp_path: Path, ground: Ground, soon: None, s3: S3
) -> None:
    store = ObjectArtefacts(s3.url, tmp_path / "incoming")

    def ill(*, now: bool) -> None:
        s3.down = now

    async def go() -> None:
        async with ground.serving(database, tmp_path, artefacts=store) as service:
            await bears(service, ground, ill)

    asyncio.run(go())


def test_nothing_is_sent_before_the_store_was_found_well(tmp_path: Path, ground: Ground, soon: None) -> None:
    (tmp_path / "files").write_bytes(b"a file where the folder should be")

    async def go() -> None:
        async with ground.serving("sqlite://", tmp_path) as service:
            made = await service.create(MODEL, FOX)
            await asyncio.sleep(0.5)
            assert (await service.get(made.id)).state is State.HELD
            assert ground.creations() == 0
            (tmp_path / "files").unlink()
            assert (await service.wait(made.id, 20)).state is State.SUCCEEDED

    asyncio.run(go())


def test_a_thumbnail_of_what_lies_in_an_object_store(tmp_path: Path, making: Callable[..., Ground], s3: S3) -> None:
    ground = making(lambda _: picture("PNG", (1200, 800)))

    async def go() -> None:
        store = ObjectArtefacts(s3.url, tmp_path / "incoming")
        async with ground.serving("sqlite://", tmp_path, artefacts=store) as service:
            made = await service.create(MODEL, FOX)
            done = await until(service, made.id, lambda each: len(each.artefacts) == 2)
            assert len(await content(service, done.artefacts[1])) == done.artefacts[1].size
            assert list(store.incoming().iterdir()) == []

    asyncio.run(go())


# ------------------------------------------------------------------------------------------------- links and media


@pytest.mark.parametrize(
    ("deed", "options"),
    [
        ("truncate", {"times": 3}),
        ("expired", {}),
        ("reset-before", {}),
        ("reset-after", {}),
        ("http-502", {"times": 8}),
        ("429", {"times": 2}),
        ("wrong-type", {"to": "html"}),
        ("wrong-type", {"to": "video"}),
        ("wrong-type", {"to": "audio"}),
    ],
)
def test_whatever_is_wrong_with_a_link_the_right_file_is_kept(
    database: str, tmp_path: Path, making: Callable[..., Ground], deed: str, options: dict[str, Any]
) -> None:
    right = picture("PNG", (300, 200))
    ground = making(lambda spec: right if spec["kind"] == "image" else b"\0\0\0\x20ftypisom" + bytes(500))
    ground.emulator.add_fault(Fault("media", deed, **options))

    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            done = await service.wait((await service.create(MODEL, FOX)).id, 60)
            assert done.state is State.SUCCEEDED
            assert [await content(service, each) for each in done.outputs] == [right]
            assert list(service.artefacts.incoming().iterdir()) == []
            assert (await service.balance())["spent"] == PRICE

    asyncio.run(go())


def test_a_file_of_another_kind_that_comes_again_and_again_is_kept_as_it_is(
    tmp_path: Path, making: Callable[..., Ground], monkeypatch: pytest.MonkeyPatch
) -> None:
    gif = picture("GIF", (30, 20))
    ground = making(lambda _: gif)
    monkeypatch.setattr("kie.service.files.storing._DOUBTED", 1)

    async def go() -> None:
        async with ground.serving("sqlite://", tmp_path) as service:
            done = await service.wait((await service.create(FILM, FOX)).id, 60)
            assert (done.state, done.outputs[0].type) == (State.SUCCEEDED, "image/gif")

    asyncio.run(go())


def test_a_large_file_keeps_its_claim_while_it_is_fetched(
    tmp_path: Path, making: Callable[..., Ground], monkeypatch: pytest.MonkeyPatch
) -> None:
    ground = making(lambda _: picture("PNG", (300, 200)))
    ground.emulator.add_fault(Fault("media", "drip", seconds=2.0, times=0))
    monkeypatch.setattr(claims, "LEASE", 0.5)
    due = claims.due

    def others(states: tuple[str, ...], *rest: Any) -> Work[list[Claimed]]:  # nothing is claimed anew
        return (yield from due(states, *rest)) if states != (State.STORING,) else []

    monkeypatch.setattr(claims, "due", others)

    async def go() -> None:
        async with ground.serving("sqlite://", tmp_path) as service:
            made = await service.create(MODEL, FOX)
            left = []
            while not (await service.get(made.id)).final:
                [(state, lease)] = await rows(service, "SELECT state, lease FROM generation")
                if state == State.STORING:
                    left.append((lease or 0.0) - service.context.clock())
                await asyncio.sleep(0.01)
            assert len(left) > 20
            assert min(left) > 0, "the claim ran out"
            asked = [note for note in ground.emulator.journal() if note.stage == "media"]
            assert len(asked) == 1, "it was fetched by nobody else besides"

    asyncio.run(go())


def test_what_cannot_be_had_before_its_links_die_for_good_has_failed_and_is_told(
    database: str, tmp_path: Path, ground: Ground
) -> None:
    ground.emulator.add_fault(Fault("media", "expired", times=0))
    ahead = 0.0

    async def go() -> None:
        nonlocal ahead
        async with ground.serving(database, tmp_path, clock=lambda: time.time() + ahead) as service:
            made = await service.create(MODEL, FOX)
            seen = await until(service, made.id, lambda each: each.state is State.STORING and each.error is not None)
            assert seen.error is not None
            assert seen.error["kind"] == "DownloadFailed"
            ahead = 100 * 86_400.0
            done = await service.wait(made.id, 30)
            assert done.state is State.FAILED
            assert done.error is not None
            assert "paid for, and lost" in done.error["hint"]
            assert (await service.balance())["spent"] == PRICE
            assert ("lost-files",) in await rows(service, "SELECT kind FROM alert")

    asyncio.run(go())


def test_what_comes_besides_does_not_keep_the_rest_waiting_for_ever(
    tmp_path: Path, making: Callable[..., Ground], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = sound(tmp_path / "song.mp3", 1.0).read_bytes()
    ground = making(lambda spec: source if spec["kind"] in {"audio", "music"} else b"")
    monkeypatch.setattr("kie.service.files.storing._BESIDES", 1)

    async def go() -> None:
        async with ground.serving("sqlite://", tmp_path, previews=False) as service:
            done = await service.wait((await service.create(SONG, SONG_INPUT)).id, 60)
            assert {role for role, _ in roles(done)} == {"output", "stream"}
            told = [happening.data async for happening in service.events(done.id) if happening.name == "stored"]
            assert told == [{"missing": ["cover 0", "cover 1"]}]

    asyncio.run(go())


def test_files_are_fetched_also_when_the_key_of_their_account_is_gone(
    database: str, tmp_path: Path, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(self: Pool, name: str) -> Vendor:
        if name and sys._getframe(1).f_code.co_filename.endswith("storing.py"):
            raise MasterKeyMissing("another master key")
        return usual(self, name)

    usual = Pool.vendor
    monkeypatch.setattr(Pool, "vendor", gone)

    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            done = await service.wait((await service.create(MODEL, FOX)).id, 20)
            assert (done.state, len(done.outputs)) == (State.SUCCEEDED, 1)

    asyncio.run(go())
