"""What the commands print and do."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import kie
from kie.cli import main
from tests.cli.support import PNG, RUN, Stub, call, document


def test_run_saves_and_tells() -> None:
    result = call(*RUN, "-o", "out", "--currency", "RUB=100", stub=Stub("waiting", "generating", "success"))
    assert result.exit_code == 0
    (path,) = Path("out").iterdir()
    assert path.read_bytes() == PNG
    assert str(path) in result.stdout
    assert "2×3" in result.stdout
    assert "8 credits · $0.04 · 4.00 RUB" in result.stdout
    assert "queued" in result.stderr
    assert "assumption" not in result.stderr


def test_an_assumed_rate_is_said() -> None:
    assert "our assumption" in call(*RUN, stub=Stub()).stderr


def test_json_has_paths_prices_and_checksums() -> None:
    found = document(call(*RUN, "--json", stub=Stub()))
    assert found["state"] == "succeeded"
    assert found["price"] == {
        "credits": "8",
        "usd": "0.040",
        "amount": "3.20",
        "currency": "RUB",
        "rate": "80",
        "rate_assumed": True,
    }
    (output,) = found["outputs"]
    assert output["size"] == len(PNG)
    assert output["shape"] == "2×3"
    assert len(output["sha256"]) == 64


def test_values_lists_json_and_files() -> None:
    Path("a b.png").write_bytes(PNG)
    stub = Stub()
    words = ("image_input=https://example.com/1.png", "image_input=https://example.com/2.png")
    assert call(*RUN, *words, stub=stub).exit_code == 0
    assert stub.bodies[-1]["input"]["image_input"] == [word.partition("=")[2] for word in words]
    assert call(*RUN, 'image_input=["https://example.com/3.png"]', stub=stub).exit_code == 0
    assert stub.bodies[-1]["input"]["image_input"] == ["https://example.com/3.png"]
    missing = call(*RUN, "image_input=@none.png", stub=stub)
    assert missing.exit_code == 2
    assert "none.png" in missing.stderr
    for given in ("@a b.png", "a b.png"):
        made = call(*RUN, f"image_input={given}", "--emulated")
        assert made.exit_code == 0, made.output


def test_equals_signs_and_at_signs_stay_in_texts() -> None:
    stub = Stub()
    assert call("run", "nano-banana-2", "prompt=a=b @c", stub=stub).exit_code == 0
    assert stub.bodies[0]["input"]["prompt"] == "a=b @c"


def test_no_wait_prints_the_task() -> None:
    found = document(call(*RUN, "--no-wait", "--json", stub=Stub()))
    assert found["state"] == "submitted"
    assert found["resume"] == f"kie wait {1:032x} --model nano-banana-2"


def test_results_folder_is_tried_before_anything_is_paid() -> None:
    Path("file").touch()
    stub = Stub()
    assert call(*RUN, "-o", "file", stub=stub).exit_code == 2
    assert not stub.asked


def test_image_chooses_a_model_and_makes_several() -> None:
    stub = Stub()
    result = call("image", "a cat", "--aspect-ratio", "16:9", "--count", "2", "--json", stub=stub)
    assert len(document(result)["results"]) == 2
    assert stub.bodies[0]["input"]["aspect_ratio"] == "16:9"


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (("video", "waves", "--duration", "5", "--resolution", "480p", "--no-sound"), "video"),
        (("speech", "hello"), "audio"),
        pytest.param(("sound", "rain"), "audio", marks=pytest.mark.slow),
        pytest.param(("music", "slow piano", "--instrumental"), "audio", marks=pytest.mark.slow),
    ],
)
def test_helpers_on_the_emulator(words: tuple[str, ...], kind: str) -> None:
    found = document(call(*words, "--emulated", "--json"))
    assert found["emulated"] is True
    assert all(output["content_type"].startswith(kind) for output in found["outputs"])
    assert all("s" in output["shape"] for output in found["outputs"])


def test_models_are_listed_and_filtered() -> None:
    found = document(call("models", "kling", "--category", "video", "--json"))
    assert found["total"] == len(found["models"]) > 5
    assert all(model["category"] == "video" for model in found["models"])
    assert document(call("models", "--task", "text-to-speech", "--json"))["total"]
    assert "kling-3.0/video" in call("models", "kling").stdout


def test_model_shows_inputs_and_prices() -> None:
    result = call("model", "nano-banana-2")
    for part in ("* prompt", "images", "16:9", "1K, 2K, 4K", "14 items", "resolution=4K", "$0.09", "7.20", "14 days"):
        assert part in result.stdout, part
    found = document(call("model", "nano-banana-2", "--json"))
    assert found["schema"]["properties"]["prompt"]
    assert found["prices"]["tiers"]


def test_every_model_can_be_shown() -> None:
    from kie.catalogue import default_catalogue

    for name in list(default_catalogue())[::7]:
        for language in ("en", "ru"):
            assert call("model", name, "--lang", language).exit_code == 0, name


def test_retired_model_is_shown_with_its_notice() -> None:
    from kie.catalogue import default_catalogue

    catalogue = default_catalogue()
    gone = next(name for name in catalogue if catalogue.retirement(name))
    assert "retired" in call("model", gone).output


def test_price_needs_no_key() -> None:
    result = call("price", "nano-banana-2", "resolution=4K", "--json", "--currency", "EUR=0.9")
    assert document(result)["low"]["credits"] == "18"
    assert document(result)["low"]["amount"] == "0.081"
    assert call("price", "nano-banana-2", "--currency", "XYZ").exit_code == 2


def test_credits() -> None:
    result = call("credits", stub=Stub())
    assert result.stdout.strip() == "100 credits · $0.50 · 40.00 RUB"


def test_task_finds_its_model() -> None:
    found = document(call("task", "abc", "--json", stub=Stub("generating")))
    assert (found["model"], found["state"]) == ("nano-banana-2", "running")


def test_upload_and_chat_on_the_emulator() -> None:
    Path("a.png").write_bytes(PNG)
    assert document(call("upload", "a.png", "--emulated", "--json"))["url"].startswith("http")
    assert document(call("chat", "gemini-3-flash", "hello", "--emulated", "--json"))["text"]
    streamed = call("chat", "gemini-3-flash", "-", "--emulated", input="hello there")
    assert "hello there" in streamed.stdout


@pytest.mark.parametrize("name", ["up"])
def test_what_is_not_built_says_so(name: str) -> None:
    result = call(name, "--port", "1")
    assert result.exit_code == 2
    assert "not built yet" in result.stderr
    assert document(call(name, "--json"))["error"]["type"] == "NotBuilt"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str) -> None:
    assert "_KIE_COMPLETE" in call("completion", shell).stdout


@pytest.mark.parametrize(
    ("words", "count", "wanted"),
    [
        ("kie ru", 1, "run"),
        ("kie run nano-banana-2 asp", 3, "aspect_ratio="),
        ("kie run nano-banana-2 aspect_ratio=16", 3, "aspect_ratio=16:9"),
        ("kie run nano-banana-2 aspect_ratio = 16", 5, "16:9"),
        ("kie model nano-banana-", 2, "nano-banana-2"),
    ],
)
def test_completions(words: str, count: int, wanted: str) -> None:
    env = {"_KIE_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(count)}
    done = subprocess.run(
        [sys.executable, "-c", "from kie.cli import main; main([])"],
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )
    assert f"plain,{wanted}" in done.stdout.splitlines()


def test_version_imports_next_to_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"kie {kie.__version__}\n"
    code = "import sys; from kie.cli import main; main(['--version']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"click", "rich", "kie.client", "kie.catalogue"} & set(done.stdout.split())


def test_help_imports_no_command_and_no_rich() -> None:
    code = "import sys; from kie.cli import main; main(['--help']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not {"rich", "kie.client.sync", "kie.cli.commands.run"} & loaded


def test_module_runs() -> None:
    done = subprocess.run([sys.executable, "-m", "kie", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("kie ")


def test_key_is_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIE_API_KEY", "secret-key-of-the-test")
    for words in (("doctor",), ("credits", "-v"), RUN):
        for more in ((), ("--json",)):
            result = call(*words, *more, "--base-url", "http://127.0.0.1:9", "-v", stub=Stub(), key=None)
            assert "secret-key" not in result.output


def test_verbose_and_notices() -> None:
    result = call("run", "nano banana 2", "prompt=x", "-v", stub=Stub())
    assert "'nano-banana-2' today" in result.stderr


def test_unknown_setting_is_warned_about(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIE_API_KEI", "x")
    assert "KIE_API_KEI" in call("credits", stub=Stub()).stderr


def test_settings_of_a_dotenv_file() -> None:
    Path(".env").write_text("KIE_LANG=ru\nKIE_CURRENCY=EUR=0.5\n")
    assert call("credits", stub=Stub()).stdout.strip() == "100 кредитов · 0,50 $ · 0,25 EUR"


@pytest.mark.slow
def test_demo_on_the_emulator() -> None:
    result = call("demo", "-o", "out", "--json", "--rate", "100")
    assert result.exit_code == 0, result.output
    found = document(result)
    assert [work["kind"] for work in found["works"]] == ["image", "video", "speech", "music"]
    assert sorted(path.stem for path in Path("out").iterdir()) == [
        "demo-image",
        "demo-music",
        "demo-speech",
        "demo-video",
    ]
    image, video, speech, music = found["works"]
    assert "×" in image["shape"]
    assert video["shape"].startswith("1280×720, 5")
    assert "kHz" in speech["shape"]
    assert "kHz" in music["shape"]
    assert float(found["balance"]["taken"]) == float(found["total"]["credits"]) > 0
    again = call("demo", "-o", "out")
    assert "Balance: 1000" in again.stdout
    assert "demo-music" in again.stdout
    assert len(list(Path("out").iterdir())) == 4


def test_demo_with_a_key_tells_the_price_and_sends_nothing_unasked() -> None:
    stub = Stub()
    result = call("demo", stub=stub)
    assert result.exit_code == 2
    assert "credits" in result.stderr
    assert not stub.asked["createTask"]


def test_doctor() -> None:
    found = document(call("doctor", "--json", stub=Stub()))
    assert found["ok"] is True
    assert {finding["what"] for finding in found["findings"]} >= {"python", "catalogue", "emulator", "folder", "api"}
    bad = call("doctor", stub=Stub(credit={"code": 401, "msg": "no", "data": None}))
    assert bad.exit_code == 4
    assert "✗" in bad.stdout
    for language in ("en", "ru"):
        assert "{" not in call("doctor", "--emulated", "--lang", language).output


def test_emulator_is_started_with_its_options() -> None:
    result = call("emulator", "--list-quirks")
    assert result.exit_code == 0
    assert call("emulator", "--clock", "backwards").exit_code == 2


def test_documents_are_utf8_json() -> None:
    assert json.loads(call("models", "--json").stdout)["total"] > 100
