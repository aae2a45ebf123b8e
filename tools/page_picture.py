"""Make the picture of the emulator's page: a frozen emulator with a few tasks, looked at by a headless Chromium."""

from __future__ import annotations

import io
import json
import shutil
import urllib.request
from typing import TYPE_CHECKING, Any

from PIL import Image

from kie.emulator import Emulator
from tools.check_skips import CHROMIUM

if TYPE_CHECKING:
    from pathlib import Path

WIDTH, HEIGHT = 1440, 1130
NOON = 1_780_315_200.0  # 2026-06-01, 12:00 UTC
PROMPTS = (
    ("nano-banana-pro", "a cup of coffee, product photo"),
    ("google/imagen4", "neon city street at night in the rain"),
    ("qwen/text-to-image", "a lighthouse on a cliff, golden hour"),
    ("ideogram/v3-text-to-image", "planet with rings over a desert"),
    ("bytedance/seedream-v4-text-to-image", "misty mountains at first light"),
    ("nano-banana-2", "a fox in the snow"),
    ("elevenlabs/text-to-speech-turbo-2-5", "Everything here was made on this machine."),
    ("nano-banana-pro", "a poster, emu:fail=500"),
    ("google/imagen4", "a red kite over the sea at dawn"),
)


def _call(url: str, body: Any = None) -> Any:
    headers = {"Authorization": "Bearer any-key", "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data, headers)) as answer:
        return json.load(answer)["data"]


def _create(url: str, model: str, prompt: str) -> str:
    inputs = {"text" if "speech" in model else "prompt": prompt, "aspect_ratio": "4:3"}
    return str(_call(f"{url}/api/v1/jobs/createTask", {"model": model, "input": inputs})["taskId"])


def _fill(emulator: Emulator, url: str) -> None:
    """Do what a good client does with tasks that succeed, fail and run on."""
    for model, prompt in PROMPTS:
        task = _create(url, model, prompt)
        emulator.advance(400)
        record = _call(f"{url}/api/v1/jobs/recordInfo?taskId={task}")
        for address in json.loads(record["resultJson"] or "{}").get("resultUrls", ()):
            with urllib.request.urlopen(address) as file:
                file.read()
    for model, prompt in (("google/imagen4", "a library without end"), ("nano-banana-pro", "a glass house in a wood")):
        _create(url, model, prompt)
        emulator.advance(4)


def make(target: Path) -> bool:
    """Write the picture; False, and nothing is written, where there is no Chromium to look with."""
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return False
    if path is None:
        return False
    arguments = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    with (
        Emulator(clock="frozen", start=NOON) as emulator,
        emulator.serve() as server,
        sync_playwright() as playwright,
    ):
        _fill(emulator, server.url)
        browser = playwright.chromium.launch(executable_path=path, args=arguments, headless=True)
        view: Any = {"width": WIDTH, "height": HEIGHT}
        page = browser.new_page(
            viewport=view, color_scheme="dark", locale="en-GB", timezone_id="UTC", reduced_motion="reduce"
        )
        page.goto(f"{server.url}/__emulator/")
        page.wait_for_selector("html[data-ready]")
        page.wait_for_load_state("load")
        page.wait_for_timeout(8000)  # the pictures in the frames are drawn when they come into view
        shot = page.screenshot()
        browser.close()
    Image.open(io.BytesIO(shot)).convert("RGB").save(target, optimize=True)
    return True
