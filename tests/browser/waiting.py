"""Waiting for what is so in a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page


def until(page: Page, what: str) -> None:
    """Waits until an expression holds; Playwright's own waiting evaluates inside the page, which its policy forbids."""
    for _ in range(200):
        if page.evaluate(what):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never so: {what}")
