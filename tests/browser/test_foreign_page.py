"""A page of another origin, in a real browser, tries all that browsers can do against the control endpoints."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from kie.emulator import Fault
from kie.emulator.control import guard
from tests.browser.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.emulator.support import Served

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

HOSTILE = """<!doctype html><title>working</title><body><script type=module>
const there = "ADDRESS/__emulator/";
const image = () => new Promise((done, failed) => {
  const node = new Image();
  node.onload = () => done(document.title = "embedded");
  node.onerror = failed;
  node.src = there + "page/mark.svg";
});
const form = () => new Promise((done) => {
  const frame = document.createElement("iframe"), node = document.createElement("form");
  Object.assign(frame, { name: "kept", onload: done });
  Object.assign(node, { method: "post", action: there + "reset", target: "kept" });
  document.body.append(frame, node);
  node.submit();
});
await Promise.allSettled([
  fetch(there + "reset", { method: "POST", mode: "no-cors", body: "{}" }),
  fetch(there + "reset", { method: "POST" }),
  fetch(there + "faults", { method: "DELETE" }),
  fetch(there + "tasks").then((answer) => answer.text()).then((text) => { document.title = "read " + text; }),
  image(), form(),
]);
if (document.title === "working") document.title = "nothing worked";
</script>"""


@contextmanager
def foreign(address: str) -> Iterator[int]:
    """Serves the hostile page; gives the port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            data = HOSTILE.replace("ADDRESS", address).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server.server_port
        server.shutdown()


def attack(browser: Browser, served: Served, name: str) -> tuple[str, int, int]:
    """What the page calls itself in the end, and how many tasks and rules are left."""
    served.client.create("nano-banana-pro", prompt="x")
    served.emulator.add_fault(Fault("poll", "500"))
    with foreign(served.server.url) as port:
        context = browser.new_context()
        try:
            page = context.new_page()
            page.goto(f"http://{name}:{port}/")
            until(page, "document.title !== 'working'")
            title = page.title()
        finally:
            context.close()
    return title, len(served.emulator.tasks()), len(served.emulator.world.faults.to_json())


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_it_can_neither_read_nor_move_anything(browser: Browser, served: Served, name: str) -> None:
    assert attack(browser, served, name) == ("nothing worked", 1, 1)


def test_without_the_guard_it_could(browser: Browser, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "objection", lambda request, names: "")
    _, tasks, _ = attack(browser, served, "127.0.0.1")
    assert tasks == 0
