"""The emulator's page, in a browser: it shows what is so, does what is asked, and runs nothing that was sent to it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from kie.emulator import Fault
from tests.browser.waiting import until
from tests.emulator.support import Receiver, Served, instantly

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Opener

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

HOSTILE = [
    "<script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    "\"><svg onload=document.title='owned'>",
    "javascript:document.title='owned'",
    "{{constructor.constructor('document.title=1')()}}",
    "\u202eright to left\u202c and מימין לשמאל",
    "👩‍👩‍👧‍👦🏳️‍🌈" * 40,
    "unbroken" * 1000,
    "\x00\x1b[31m\u2028\ufeff",
]


def sideways(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def test_an_empty_emulator_teaches(visit: Opener, served: Served) -> None:
    with visit(served.server.url) as page:
        expect(page.locator("h1")).to_have_text("Nothing has cost anything yet")
        expect(page.locator("#tasks-empty")).to_contain_text(f"KIE_BASE_URL={served.server.url}")
        expect(page.locator("#tasks-empty")).to_contain_text("curl")
        for part in ("journal", "deliveries", "faults"):
            expect(page.locator(f"#{part}-empty")).to_be_visible()
        expect(page.locator("#live")).to_have_text("Live")


def test_a_task_made_by_hand_runs_is_paid_and_shown(visit: Opener, served: Served) -> None:
    with visit(served.server.url) as page:
        page.locator("#try-prompt").fill("a red kite over the sea")
        page.locator("#try [type=submit]").click()
        frame = page.locator(".frame")
        expect(frame).to_have_count(1)
        expect(frame.locator(".words")).to_have_text("a red kite over the sea")
        expect(frame.locator(".share")).to_have_text("0 %")
        page.get_by_role("button", name="+10 s").click()
        expect(frame.locator(".share")).not_to_have_text("0 %")
        page.get_by_role("button", name="Next event").click()
        expect(frame.locator(".state")).to_have_text("done")
        expect(page.locator("h1")).to_have_text("These calls would have cost 18 credits = $0.09")
        expect(page.locator(".plot svg .line")).to_have_count(1)
        until(page, "document.querySelector('.frame img')?.naturalWidth > 100")
        expect(page.locator(".note").first).to_contain_text("POST /api/v1/jobs/createTask")
        frame.locator(".open").click()
        sheet = page.locator("#sheet")
        expect(sheet).to_contain_text("…-key")
        words = sheet.locator(".full")
        expect(words).to_have_text("a red kite over the sea")
        box = words.bounding_box()
        assert box is not None
        assert box["height"] >= 20
        expect(sheet.locator(".gallery img")).to_be_visible()
        assert sheet.locator(".gallery a").get_attribute("rel") == "noopener noreferrer"
        page.keyboard.press("Escape")
        expect(sheet).to_be_hidden()


@pytest.mark.parametrize("words", HOSTILE)
def test_what_others_wrote_is_shown_and_not_run(visit: Opener, words: str) -> None:
    with Served(clock="frozen", renderer=instantly, webhook_key="x") as served:
        callback = "http://127.0.0.1:9/<script>document.title='owned'</script>"
        served.client.create("nano-banana-pro", callback, prompt=words)
        served.client.call("POST", "/api/v1/jobs/createTask", {"model": words, "input": {"prompt": words}})
        served.client.call("GET", "/api/v1/jobs/recordInfo?taskId=%3Cscript%3Edocument.title=1%3C/script%3E")
        served.emulator.add_fault(Fault("poll", "500", match=words[:100]))
        served.emulator.advance(300)
        with visit(served.server.url, viewport={"width": 375, "height": 800}) as page:
            expect(page.locator(".frame .words")).to_have_count(1)
            shown = page.locator(".frame .words").evaluate("node => node.textContent")
            assert shown.rstrip("…") == words[: len(shown.rstrip("…"))]
            page.locator(".frame .open").click()
            expect(page.locator("#sheet-body .json").first).to_be_visible()
            page.keyboard.press("Escape")
            for row in range(page.locator(".note").count()):
                page.locator(".note").nth(row).click()
                expect(page.locator("#sheet-body dl")).to_be_visible()
                page.keyboard.press("Escape")
            assert page.title() == "kie emulator"
            assert page.evaluate("document.querySelectorAll('main script, main iframe, dialog script').length") == 0
            assert sideways(page) == 0


def test_the_key_stays_with_who_sent_it(visit: Opener, served: Served) -> None:
    served.client.key = "sk-secret-of-somebody-4321"
    served.client.create("nano-banana-pro", prompt="x")
    with visit(served.server.url) as page:
        page.locator(".frame .open").click()
        expect(page.locator("#sheet")).to_contain_text("…4321")
        page.keyboard.press("Escape")
        page.locator(".note").first.click()
        expect(page.locator("#sheet")).to_contain_text("…4321")
        assert "secret-of-somebody" not in page.content()


def test_sound_and_film_play_in_their_frames(visit: Opener, served: Served) -> None:
    served.client.create("elevenlabs/text-to-speech-turbo-2-5", text="Good evening.")
    served.emulator.advance(300)
    with visit(served.server.url) as page:
        page.get_by_role("button", name="Play").click()
        until(page, "document.querySelector('audio')?.duration > 0.3")
        assert served.emulator.journal()[-1].stage == "create"


def test_the_journal_is_filtered_and_its_notes_open(visit: Opener, served: Served) -> None:
    task = served.client.create("nano-banana-pro", prompt="x")
    served.emulator.add_fault(Fault("poll", "429", retry_after=5))
    for _ in range(3):
        served.client.call("GET", f"/api/v1/jobs/recordInfo?taskId={task}")
    with visit(served.server.url) as page:
        expect(page.locator(".note")).to_have_count(4)
        page.locator("#journal-fault").select_option("any")
        expect(page.locator(".note")).to_have_count(1)
        expect(page.locator(".note .status")).to_contain_text("429")
        page.locator(".note").click()
        expect(page.locator("#sheet-body")).to_contain_text("Retry-After5 s")
        page.keyboard.press("Escape")
        page.locator("#journal-fault").select_option("")
        page.locator("#journal-stage").select_option("create")
        expect(page.locator(".note")).to_have_count(1)
        page.locator("#journal-text").fill("nothing like this")
        expect(page.locator("#journal-empty")).to_have_text("No note is like that.")
        with page.expect_download() as download:
            page.locator("#har").click()
        assert json.loads(download.value.path().read_text())["log"]["version"] == "1.2"


def test_faults_are_added_counted_and_removed(visit: Opener, served: Served) -> None:
    with visit(served.server.url) as page:
        form = page.locator("#fault-form")
        form.get_by_label("Stage").select_option("poll")
        form.get_by_label("What happens").select_option("429")
        form.locator("summary").click()
        form.get_by_label("Retry-After").fill("7")
        form.get_by_role("button", name="Add the rule").click()
        rule = page.locator(".rule")
        expect(rule).to_contain_text("poll · 429")
        task = served.client.create("nano-banana-pro", prompt="x")
        answer = served.client.call("GET", f"/api/v1/jobs/recordInfo?taskId={task}")
        assert (answer.body["code"], answer.headers["retry-after"]) == (429, "7")
        expect(rule).to_contain_text("struck 1 of 1")
        form.get_by_label("Stage").select_option("callback")
        form.get_by_label("What happens").select_option("forge")
        expect(form.locator("[name=to]")).to_have_value("")
        page.get_by_role("button", name="Use: flaky").click()
        expect(page.locator(".rule").nth(1)).to_be_visible()
        page.get_by_role("button", name="Remove all").click()
        expect(page.locator(".rule")).to_have_count(0)
        assert served.emulator.world.faults.to_json() == []


def test_a_wrong_rule_and_a_refused_task_say_why(visit: Opener) -> None:
    emulator = Served(clock="frozen", keys=["right"], renderer=instantly)
    with emulator as served, visit(served.server.url, expected="400 (Bad Request)") as page:
        form = page.locator("#fault-form")
        form.locator("summary").click()
        form.get_by_label("Probability").fill("7")
        form.evaluate("form => form.noValidate = true")
        form.get_by_role("button", name="Add the rule").click()
        expect(form.locator(".wrong")).to_contain_text("probability must be 0 to 1")
        page.locator("#try [type=submit]").click()
        expect(page.locator("#try-wrong")).to_contain_text("401")
        page.locator("#try summary").click()
        page.get_by_label("Key", exact=True).fill("right")
        page.locator("#try [type=submit]").click()
        expect(page.locator(".frame")).to_have_count(1)
        expect(page.locator("#try-wrong")).to_be_hidden()


def test_callbacks_are_told_and_sent_again(visit: Opener, served: Served) -> None:
    with Receiver() as receiver:
        served.client.create("nano-banana-pro", receiver.url, prompt="x")
        served.emulator.advance(300)
        with visit(served.server.url) as page:
            expect(page.locator(".post .status")).to_have_text("200")
            page.get_by_role("button", name="Send again").click()
            expect(page.locator(".post")).to_have_count(2)
            with Receiver() as elsewhere:
                page.locator(".frame .open").click()
                page.get_by_label("Address to send the callback to").fill(elsewhere.url)
                page.locator("#sheet").get_by_role("button", name="Send again").click()
                assert len(elsewhere.wait(1)) == 1
        assert len(receiver.wait(2)) == 2


def test_the_verdict_is_told_with_its_evidence(visit: Opener, served: Served) -> None:
    task = served.client.create("nano-banana-pro", prompt="x")
    with visit(served.server.url) as page:
        expect(page.locator("#verdict-pill")).not_to_have_text("nothing to judge yet")
        served.emulator.advance(300)
        for _ in range(12):
            served.client.call("GET", f"/api/v1/jobs/recordInfo?taskId={task}")
        finding = page.locator(".finding").filter(has_text="Polled after the end")
        expect(finding).to_be_visible()
        expect(page.locator(".nav .badge")).to_have_text("1")
        finding.locator(".refs button").first.click()
        expect(page.locator("#sheet-title")).to_contain_text("recordInfo")


def test_a_snapshot_is_saved_and_restored(visit: Opener, served: Served, tmp_path: Path) -> None:
    served.client.create("nano-banana-pro", prompt="the one to keep")
    with visit(served.server.url) as page:
        with page.expect_download() as download:
            page.get_by_role("button", name="Download a snapshot").click()
        download.value.save_as(tmp_path / "kept.json")
        served.emulator.reset()
        expect(page.locator(".frame")).to_have_count(0)
        page.locator("#data input[type=file]").set_input_files(tmp_path / "kept.json")
        expect(page.locator(".frame .words")).to_have_text("the one to keep")
        assert len(served.emulator.tasks()) == 1


def test_reset_forgets_all_after_asking(visit: Opener, served: Served) -> None:
    served.client.create("nano-banana-pro", prompt="x")
    with visit(served.server.url) as page:
        expect(page.locator(".frame")).to_have_count(1)
        page.evaluate("window.confirm = () => true")
        page.get_by_role("button", name="Reset").click()
        expect(page.locator(".frame")).to_have_count(0)
        expect(page.locator("#tasks-empty")).to_be_visible()
        expect(page.locator(".note")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 768, 1440])
@pytest.mark.parametrize("locale", ["en-US", "ru-RU"])
def test_it_fits_every_window_in_both_languages(
    visit: Opener, served: Served, scheme: str, width: int, locale: str
) -> None:
    served.client.create("nano-banana-pro", prompt="x")
    served.client.create("elevenlabs/text-to-speech-turbo-2-5", text="Good evening. " * 30)
    size = {"width": width, "height": 800}
    with visit(served.server.url, viewport=size, color_scheme=scheme, locale=locale) as page:
        assert page.locator("html").get_attribute("lang") == locale[:2]
        assert sideways(page) == 0
        nameless = page.evaluate(
            """[...document.querySelectorAll('button, a, select, input, textarea')].filter((node) =>
            node.offsetParent && !(node.textContent.trim() || node.ariaLabel || node.title || node.labels?.length))
            .map((node) => node.outerHTML)"""
        )
        assert nameless == []
        untold = page.evaluate("[...document.querySelectorAll('[data-t]')].filter((node) => !node.textContent).length")
        assert untold == 0
        small = page.evaluate(
            """[...document.querySelectorAll('button, select')].filter((node) => node.offsetParent)
            .map((node) => [node.getBoundingClientRect().height, node.textContent]).filter(([height]) => height < 24)"""
        )
        assert small == []


def test_language_and_theme_are_kept(visit: Opener, served: Served) -> None:
    with visit(served.server.url, color_scheme="dark") as page:
        page.get_by_role("button", name="На русском").click()  # noqa: RUF001
        expect(page.locator("#tasks-title")).to_have_text("Задачи")
        page.wait_for_selector("html[data-ready]")
        page.get_by_role("button", name="Светлая или тёмная").click()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(248, 246, 244)"
        page.reload()
        expect(page.locator("#tasks-title")).to_have_text("Задачи")
        assert page.locator("html").get_attribute("data-theme") == "light"


def test_all_can_be_done_with_the_keyboard(visit: Opener, served: Served) -> None:
    with visit(served.server.url) as page:
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        page.keyboard.press("Enter")
        page.locator("#try-prompt").focus()
        page.keyboard.press("Control+Enter")
        expect(page.locator(".frame")).to_have_count(1)
        page.locator(".frame .open").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#sheet")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(".frame .open")).to_be_focused()


def test_many_tasks_and_notes_stay_usable(visit: Opener) -> None:
    with Served(clock="frozen", renderer=instantly, rate=(0, 1.0), credits=10**6) as served:
        for number in range(520):
            served.client.create("google/imagen4", prompt=f"picture {number}")
        note = {"way": "in", "stage": "poll", "method": "GET", "status": 200, "model": "google/imagen4"}
        for number in range(20_000):
            served.emulator.world.journal.write(at=served.emulator.now(), path=f"/api/v1/{number}", **note)
        sizes: list[int] = []
        with visit(served.server.url) as page:
            page.on("response", lambda answer: sizes.append(int(answer.headers.get("content-length", "0"))))
            expect(page.locator("#tasks-states button").first).to_contain_text("520")
            assert page.locator(".frame").count() == 24
            assert page.locator(".note").count() == 60
            page.locator("#journal-more").click()
            expect(page.locator(".note")).to_have_count(120)
            page.locator("#tasks-more").click()
            expect(page.locator(".frame")).to_have_count(72)
            page.locator("#tasks-text").fill("picture 77")
            expect(page.locator(".frame")).to_have_count(1)
            served.emulator.world.journal.write(at=served.emulator.now(), path="/the-last", **note)
            expect(page.locator(".note").first).to_contain_text("/the-last")
            assert page.evaluate("document.querySelectorAll('*').length") < 5000
        assert max(sizes) < 100_000


def test_the_window_that_is_not_looked_at_asks_nothing(visit: Opener, served: Served) -> None:
    with visit(served.server.url) as page:
        asked: list[str] = []
        page.evaluate(
            "Object.defineProperty(document, 'hidden', { get: () => window.away }); window.away = true;"
            "document.dispatchEvent(new Event('visibilitychange'))"
        )
        page.wait_for_timeout(1500)
        page.on("request", lambda request: asked.append(request.url))
        page.wait_for_timeout(2500)
        assert asked == []
        page.evaluate("window.away = false; document.dispatchEvent(new Event('visibilitychange'))")
        page.wait_for_timeout(1500)
        assert any(url.endswith("/state") for url in asked)


def test_a_server_that_is_gone_is_said(visit: Opener) -> None:
    served = Served(clock="frozen", renderer=instantly)
    with visit(served.server.url, expected="ERR_") as page:
        expect(page.locator("#live")).to_have_text("Live")
        served.emulator.close()
        expect(page.locator("#live")).to_have_text("Not answering")
