import os
import shutil
from pathlib import Path

import pytest

from tools import check_skips

CASE = '<testcase classname="tests.a" name="test_b">{}</testcase>'
SKIPPED = '<skipped type="pytest.skip" message="{}"/>'


def verdict(tmp_path: Path, *outcomes: str) -> int:
    report = tmp_path / "junit.xml"
    report.write_text(f"<testsuites><testsuite>{''.join(map(CASE.format, outcomes))}</testsuite></testsuites>")
    return check_skips.main(report)


def test_a_run_without_skips_is_good(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verdict(tmp_path, "", "", '<skipped type="pytest.xfail" message="known"/>') == 0
    assert capsys.readouterr().out == "3 passed, 0 failed, 0 skipped\n"


def test_an_allowed_reason_must_hold_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_skips, "ALLOWED", {"needs the moon": lambda: True, "needs the sun": lambda: False})
    assert verdict(tmp_path, "", SKIPPED.format("needs the moon, which is down")) == 0
    assert verdict(tmp_path, "", SKIPPED.format("needs the sun")) == 1
    assert verdict(tmp_path, "", SKIPPED.format("did not feel like it")) == 1


@pytest.mark.parametrize("outcomes", [("", "<failure/>"), ("", "<error/>"), ()], ids=["failed", "error", "none"])
def test_failures_and_empty_runs_are_bad(tmp_path: Path, outcomes: tuple[str, ...]) -> None:
    assert verdict(tmp_path, *outcomes) == 1


def test_a_browser_that_could_have_been_installed_is_no_excuse(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(*names: str) -> None:
        monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}" if name in names else None)

    reason = "needs Chromium: make browser"
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    found()
    assert check_skips.is_allowed(reason)
    found("apt-get")
    assert not check_skips.is_allowed(reason)
    found("chromium")
    assert not check_skips.is_allowed(reason)
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    found("apt-get")
    assert check_skips.is_allowed(reason)
