"""A headless Chromium, and pages of it that fail a test when anything goes wrong in them."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect, sync_playwright

from tests.emulator.support import Served
from tools.check_skips import CHROMIUM

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

#: A container has neither a sandbox nor a graphics card; and nothing is to be asked of the network.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
#: Milliseconds: the page looks once a second, and at its verdict more seldom; a busy machine takes its time for both.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)


class Opener(Protocol):
    """Opens a page; `expected` is in the errors that belong to the test; `options` are those of a browser context."""

    def __call__(self, url: str, *, expected: str | None = None, **options: Any) -> AbstractContextManager[Page]: ...


@pytest.fixture(scope="module")  # no longer: until its end an event loop runs, and other tests have their own
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path is None:
        pytest.skip("needs Chromium: make browser")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS), headless=True)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser) -> Opener:
    """Opens the emulator's page; an error on its console, a dialog, or a request to another host fails the test."""

    @contextmanager
    def opened(url: str, *, expected: str | None = None, **options: Any) -> Iterator[Page]:
        wrong: list[str] = []

        def refused(dialog: Dialog) -> None:
            wrong.append(f"dialog: {dialog.message}")
            dialog.dismiss()

        given = {"locale": "en-US", "viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"} | options
        context = browser.new_context(**given)
        try:
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
            page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
            page.on("dialog", refused)
            page.on("request", lambda asked: None if asked.url.startswith((url, "blob:")) else wrong.append(asked.url))
            page.goto(f"{url}/__emulator/")
            page.wait_for_selector("html[data-ready]")
            yield page
        finally:
            context.close()
        assert [text for text in wrong if expected is None or expected not in text] == []

    return opened


@pytest.fixture
def served() -> Iterator[Served]:
    """An emulator whose time stands still and whose media are drawn in this process, small and real."""
    with Served(clock="frozen", renderer=None, workers=0, rate=(0, 1.0), credits=5000) as emulator:
        yield emulator
