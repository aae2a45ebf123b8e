"""Who may use the control endpoints: programs and the emulator's own page, nobody else's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kie.emulator import Emulator
from tests.emulator.support import PIXEL, Client, Served, instantly

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def client() -> Iterator[Client]:
    with Served(clock="frozen") as served:
        yield Client(served.client.url, "")


@pytest.mark.parametrize(
    "host",
    [
        "attacker.example",
        "attacker.example:80",
        "localhost.attacker.example",
        "127.0.0.1.nip.io",
        "api.kie.ai",
        "",
        "[",
        "a@b",
    ],
)
@pytest.mark.parametrize(
    ("method", "path"), [("GET", ""), ("GET", "tasks"), ("GET", "page/page.js"), ("POST", "reset")]
)
def test_a_name_that_somebody_else_points_here_is_not_answered(
    client: Client, host: str, method: str, path: str
) -> None:
    answer = client.call(
        method, f"/__emulator/{path}", {} if method == "POST" else None, {"Host": host, "Accept": "text/html"}
    )
    assert answer.status == 403
    assert set(answer.body) == {"error"}


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:1", "kie.localhost", "127.0.0.1", "127.9.9.9:80", "[::1]:80", "10.0.0.7"]
)
def test_own_names_and_addresses_are_answered(client: Client, host: str) -> None:
    assert client.call("GET", "/__emulator/health", headers={"Host": host}).status == 200


def test_a_configured_name_is_answered() -> None:
    with Served(base_url="http://kie-emulator:9000") as served:
        named = {"Host": "kie-emulator:9000"}
        assert served.client.call("GET", "/__emulator/health", headers=named).status == 200
        assert served.client.call("GET", "/__emulator/health", headers={"Host": "other"}).status == 403
    with Emulator(renderer=instantly) as emulator, emulator.serve("localhost") as server:
        assert Client(server.url).call("GET", "/__emulator/health").status == 200


FOREIGN = [
    {"Origin": "https://attacker.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:1"},
    {"Origin": "file://"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
]


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize("path", ["reset", "advance", "jump", "faults", "deliveries/x/redeliver"])
def test_no_other_origin_can_move_anything(headers: dict[str, str], path: str) -> None:
    with Served(clock="frozen") as served:
        served.client.create("nano-banana-pro", prompt="x")
        began = served.emulator.now()
        answer = served.client.call(
            "POST", f"/__emulator/{path}", {"seconds": 600, "stage": "poll", "do": "500"}, headers
        )
        assert answer.status == 403
        assert "access-control-allow-origin" not in answer.headers
        assert (len(served.emulator.tasks()), served.emulator.now()) == (1, began)
        assert served.emulator.world.faults.to_json() == []


def test_no_other_origin_can_remove_faults(client: Client) -> None:
    client.post("/__emulator/faults", {"stage": "poll", "do": "500"})
    assert client.call("DELETE", "/__emulator/faults", headers=FOREIGN[0]).status == 403
    assert len(client.get("/__emulator/faults")) == 1


def test_the_page_itself_may_do_all(client: Client) -> None:
    own = {"Origin": client.url, "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}
    assert client.call("POST", "/__emulator/advance", {"seconds": 1}, own).status == 200
    assert client.call("GET", "/__emulator/state", headers=own).status == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_may_lead_to_the_page_but_not_read(client: Client, site: str) -> None:
    visit = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate", "Accept": "text/html"}
    assert client.call("GET", "/__emulator/", headers=visit).status == 200
    for mode in ("no-cors", "cors"):
        assert (
            client.call("GET", "/__emulator/tasks", headers={"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode}).status
            == 403
        )


def test_no_cross_origin_permission_is_given(client: Client) -> None:
    asked = {"Origin": "https://attacker.example", "Access-Control-Request-Method": "POST"}
    answer = client.call("OPTIONS", "/__emulator/reset", headers=asked)
    assert answer.status == 403
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_answers_are_not_to_be_sniffed_framed_or_embedded(client: Client) -> None:
    for path in ("", "tasks", "nothing", "page/page.js"):
        headers = client.call("GET", f"/__emulator/{path}").headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["referrer-policy"] == "no-referrer"


def test_an_uploaded_page_runs_nothing_beside_the_control_endpoints() -> None:
    with Served() as served:
        boundary = b"--x\r\nContent-Disposition: form-data; name="
        script = b"<script>fetch('/__emulator/reset',{method:'POST'})</script>"
        body = (
            boundary + b'"uploadPath"\r\n\r\nx\r\n'
            + boundary + b'"file"; filename="x.html"\r\nContent-Type: text/html\r\n\r\n' + script + b"\r\n--x--\r\n"
        )  # fmt: skip
        headers = {"Content-Type": "multipart/form-data; boundary=x"}
        told = served.client.call("POST", "/api/file-stream-upload", body, headers).body["data"]
        answer = served.client.fetch(told["downloadUrl"])
        assert answer.data == script
        assert answer.headers["content-security-policy"] == "sandbox"
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_wrong_requests_are_answered_in_words(client: Client) -> None:
    for method, path, body in [
        ("GET", "tasks?limit=-1", None),
        ("GET", "tasks?limit=0", None),
        ("GET", "journal?since=x", None),
        ("GET", "journal?limit=9999999999999", None),
        ("POST", "advance", {"seconds": "much"}),
        ("POST", "advance", {"seconds": float("inf")}),
        ("POST", "advance", {"seconds": -1}),
        ("POST", "advance", PIXEL),
        ("POST", "advance", [1]),
    ]:
        answer = client.call(method, f"/__emulator/{path}", body)
        assert (answer.status, set(answer.body)) == (400, {"error"}), path
    assert client.call("GET", "/__emulator/journal/1").status == 404
    assert client.call("GET", "/__emulator/tasks/none").status == 404
    assert client.call("GET", "/__emulator/models/none").status == 404
    wrong = client.call("DELETE", "/__emulator/tasks")
    assert (wrong.status, wrong.headers["allow"]) == (405, "GET")
