"""Rendered media are kept by what they are made from, on the disk, and only so many bytes of them."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

from kie.emulator.results.cache import Cache, key_of
from tests.emulator.support import Served

if TYPE_CHECKING:
    from pathlib import Path


def test_the_key_tells_every_part_of_a_description() -> None:
    spec: dict[str, Any] = {"kind": "image", "seed": 1, "inputs": (b"ab", b"c")}
    others: list[dict[str, Any]] = [
        {"kind": "image", "seed": 2, "inputs": (b"ab", b"c")},
        {"kind": "image", "seed": 1, "inputs": (b"a", b"bc")},
        {"kind": "image", "seed": 1, "inputs": (b"ab",)},
        {"kind": "image", "seed": "1", "inputs": (b"ab", b"c")},
    ]
    assert key_of(spec) == key_of(dict(reversed(list(spec.items()))))
    assert len({key_of(each) for each in [spec, *others]}) == 5


def test_the_longest_unused_goes_first_and_the_newest_stays(tmp_path: Path) -> None:
    cache = Cache(tmp_path, most=250)
    for key in "abc":
        cache.put(key, b"x" * 100)
        assert cache.get("b" if key == "a" else "a") == (None if key == "a" else b"x" * 100)
    assert [cache.get(key) is not None for key in "abc"] == [True, False, True]
    cache.put("d", b"y" * 1000)
    assert [path.name for path in tmp_path.iterdir()] == ["d.media"]


def test_a_given_folder_is_used_again_and_a_temporary_one_removed(tmp_path: Path) -> None:
    first = Cache(tmp_path / "kept")
    first.put("a", b"data")
    first.close()
    assert Cache(tmp_path / "kept").get("a") == b"data"
    passing = Cache()
    passing.put("a", b"data")
    folder = passing._folder
    assert folder is not None
    passing.close()
    assert not folder.exists()


def test_a_file_that_vanished_is_no_file(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("a", b"data")
    (tmp_path / "a.media").unlink()
    assert cache.get("a") is None


def test_a_disk_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    cache = Cache(tmp_path / "file" / "folder")
    cache.put("a", b"data")
    assert cache.get("a") is None


def test_equal_tasks_are_rendered_once_and_also_when_asked_for_at_once() -> None:
    made: list[int] = []

    def slowly(spec: dict[str, Any]) -> bytes:
        made.append(spec["seed"])
        time.sleep(0.1)
        return b"\x89PNG" + bytes(1000)

    with Served(renderer=slowly) as served:
        tasks = [served.client.create("google/imagen4", prompt="x", seed="7") for _ in range(2)]
        urls = [served.client.record(task)["response"]["resultUrls"][0] for task in tasks]
        assert urls[0] != urls[1]
        threads = [threading.Thread(target=served.client.fetch, args=(url,)) for url in urls * 4]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(made) == 1
        served.emulator.reset()
        task = served.client.create("google/imagen4", prompt="x", seed="7")
        assert served.client.fetch(served.client.record(task)["response"]["resultUrls"][0]).status == 200
        assert len(made) == 1
