"""Results, uploads and links: ranges, tags, and their end."""

from __future__ import annotations

import base64
import json
import threading
from typing import Any

import pytest

from kie.emulator.results.shapes import image_size, video_size
from tests.emulator.support import PIXEL, Served, instantly

DAY = 86400


def _result(served: Served, model: str = "nano-banana-pro", **inputs: Any) -> str:
    record = served.client.record(served.client.create(model, **{"prompt": "x", **inputs}))
    return str(record["response"]["resultUrls"][0])


def _spec(served: Served, url: str) -> Any:
    return json.loads(served.client.fetch(url).data.split(b"\0")[0])


def test_ranges_and_tags() -> None:
    with Served() as served:
        url = _result(served)
        whole = served.client.fetch(url)
        size = len(whole.data)
        assert whole.headers["content-length"] == str(size)
        assert whole.headers["accept-ranges"] == "bytes"
        head = served.client.fetch(url, "HEAD")
        assert (head.status, head.headers["content-length"], head.data) == (200, str(size), b"")
        part = served.client.fetch(url, Range="bytes=10-19")
        assert (part.status, part.data) == (206, whole.data[10:20])
        assert part.headers["content-range"] == f"bytes 10-19/{size}"
        assert served.client.fetch(url, Range="bytes=-5").data == whole.data[-5:]
        assert served.client.fetch(url, Range=f"bytes={size - 1}-").data == whole.data[-1:]
        past = served.client.fetch(url, Range=f"bytes={size}-")
        assert (past.status, past.headers["content-range"]) == (416, f"bytes */{size}")
        tag = whole.headers["etag"]
        assert served.client.fetch(url, If_None_Match=tag).status == 304
        assert served.client.fetch(url, Range="bytes=0-1", If_Range=tag).status == 206
        assert served.client.fetch(url, Range="bytes=0-1", If_Range='"other"').status == 200


def test_files_end() -> None:
    with Served(clock="frozen") as served:
        task = served.client.create("nano-banana-pro", prompt="x")
        served.emulator.advance(600)
        url = served.client.record(task)["response"]["resultUrls"][0]
        up = served.client.post(
            "/api/file-base64-upload", {"base64Data": "SGk=", "uploadPath": "a", "fileName": "b.txt"}
        )
        link = served.client.post("/api/v1/common/download-url", {"url": url})["data"]
        assert link != url
        assert [served.client.fetch(place).status for place in (url, up["data"]["downloadUrl"], link)] == [200] * 3
        served.emulator.advance(20 * 60)
        assert served.client.fetch(link).status == 403
        served.emulator.advance(3 * DAY)
        assert served.client.fetch(up["data"]["downloadUrl"]).status == 404
        assert served.client.fetch(url).status == 200
        served.emulator.advance(11 * DAY)
        assert served.client.fetch(url).status == 404
        wrong = served.client.post("/api/v1/common/download-url", {"url": url})
        assert (wrong["code"], wrong["msg"]) == (422, "url is wrong")


def test_a_file_is_rendered_once_and_only_when_asked_for() -> None:
    rendered: list[dict[str, Any]] = []
    gate = threading.Event()

    def slowly(spec: dict[str, Any]) -> bytes:
        rendered.append(spec)
        gate.wait(5)
        return instantly(spec)

    with Served(renderer=slowly) as served:
        url = _result(served)
        assert rendered == []
        threads = [threading.Thread(target=served.client.fetch, args=(url,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        assert served.client.get("/api/v1/chat/credit")["code"] == 200  # answers while it renders
        gate.set()
        for thread in threads:
            thread.join()
        assert len(rendered) == 1


def test_uploads_become_the_inputs_of_tasks() -> None:
    with Served() as served:
        text = base64.b64encode(PIXEL).decode()
        up: Any = None
        for given in (text, f"data:image/png;base64,{text}"):
            up = served.client.post("/api/file-base64-upload", {"base64Data": given, "uploadPath": "pics"})["data"]
            assert up["mimeType"] == "image/png"
            assert up["fileSize"] == len(PIXEL)
        url = _result(served, image_input=[up["downloadUrl"]])
        assert _spec(served, url)["inputs"] == [len(PIXEL)]


def test_results_become_the_inputs_of_tasks() -> None:
    with Served() as served:
        first = _result(served, aspect_ratio="16:9")
        second = _result(served, "recraft/crisp-upscale", image=first)
        spec = _spec(served, second)
        assert (spec["kind"], spec["scale"]) == ("upscale", 2)
        assert spec["width"] / spec["height"] == pytest.approx(16 / 9, rel=0.01)
        clip = _spec(served, _result(served, "kling/v2-1-pro", image_url=second))
        assert clip["kind"] == "video"
        assert len(clip["inputs"]) == 1
        assert _spec(served, _result(served, "recraft/remove-background", image=first))["kind"] == "cutout"


def test_url_uploads() -> None:
    with Served() as served:
        url = _result(served)
        copy = served.client.post("/api/file-url-upload", {"fileUrl": url, "uploadPath": "a", "fileName": "copy.png"})[
            "data"
        ]
        assert served.client.fetch(copy["downloadUrl"]).data == served.client.fetch(url).data
        made = served.client.post(
            "/api/file-url-upload", {"fileUrl": "https://example.com/a/cat.jpg", "uploadPath": "a"}
        )["data"]
        assert made["fileName"] == "cat.jpg"
        assert made["fileSize"] == len(served.client.fetch(made["downloadUrl"]).data) > 0


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("base64", {"uploadPath": "a"}),
        ("base64", {"base64Data": "%%%", "uploadPath": "a"}),
        ("base64", {"base64Data": "SGk="}),
        ("url", {"fileUrl": "nothing", "uploadPath": "a"}),
        ("url", {"fileUrl": "https://gone.invalid/a.png", "uploadPath": "a"}),
        ("stream", {"uploadPath": "a"}),
    ],
)
def test_refused_uploads(path: str, body: dict[str, str]) -> None:
    with Served() as served:
        answer = served.client.call("POST", f"/api/file-{path}-upload", body)
        assert answer.status == 200
        assert answer.body["success"] is False
        assert 400 <= answer.body["code"] < 500


def test_names_cannot_leave_the_folder() -> None:
    with Served() as served:
        body = {"base64Data": "SGk=", "uploadPath": "../../etc", "fileName": "../../passwd"}
        data = served.client.post("/api/file-base64-upload", body)["data"]
        assert data["filePath"] == "kieai/100001/etc/passwd"
        assert served.client.call("GET", "/files/../pyproject.toml").status == 404


@pytest.mark.parametrize(
    ("inputs", "size"),
    [
        ({}, (1024, 1024)),
        ({"aspect_ratio": "16:9"}, (1360, 765)),
        ({"aspect_ratio": "9:16", "resolution": "2K"}, (1539, 2736)),
        ({"image_size": "landscape_16_9"}, (1360, 765)),
        ({"image_size": "portrait_16_9"}, (765, 1360)),
        ({"image_size": "square"}, (512, 512)),
        ({"size": "1280*720"}, (1280, 720)),
        ({"aspect_ratio": "auto"}, (1024, 1024)),
        ({"resolution": "4K"}, (3840, 3840)),
    ],
)
def test_image_sizes(inputs: dict[str, Any], size: tuple[int, int]) -> None:
    assert image_size(None, inputs) == size


@pytest.mark.parametrize(
    ("inputs", "size"),
    [
        ({}, (1280, 720)),
        ({"resolution": "480p", "aspect_ratio": "9:16"}, (480, 854)),
        ({"resolution": "1080P"}, (1920, 1080)),
        ({"quality": "1080p", "aspect_ratio": "1:1"}, (1080, 1080)),
        ({"resolution": "4k"}, (3840, 2160)),
    ],
)
def test_video_sizes(inputs: dict[str, Any], size: tuple[int, int]) -> None:
    assert video_size(None, inputs) == size
