"""Every sentence in both languages, and the Russian ones in Russian."""

# ruff: noqa: RUF001 - Russian letters are meant

import ast
import re
from pathlib import Path
from typing import Any

import click
import pytest

import kie.cli
from kie.cli.app import SECTIONS, app
from kie.cli.lang import choose, plural, sentences, use
from kie.errors import KieError
from tests.cli.support import RUN, Stub, call

SOURCE = Path(kie.cli.__file__).parent
#: What is the same in every language: names, signs, words of the interface.
SAME = {
    "metavar.CRON",
    "metavar.FORMAT",
    "metavar.LANG",
    "metavar.SPAN",
    "metavar.WAY",
    "column.id",
    "doctor.python",
    "doctor.api",
    "unit.percent",
    "model.aliases",
}
#: Families of keys that are put together at run time.
MADE = ("metavar.", "error.", "kind.", "standing.", "type.", "price.", "state.", "unit.", "later.", "doctor.", "batch.")


def commands(group: click.Group = app, path: str = "") -> dict[str, click.Command]:
    out: dict[str, click.Command] = {path.strip(): group}
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        assert command is not None
        if isinstance(command, click.Group):
            out |= commands(command, f"{path} {name}")
        else:
            out[f"{path} {name}".strip()] = command
    return out


def texts(value: Any) -> list[str]:
    return list(value.values()) if isinstance(value, dict) else [value]


def used() -> set[str]:
    """The keys that the source names as a whole."""
    out: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else ""
            values = [*node.args[:1]] if name in ("t", "plural") else []
            values += [word.value for word in node.keywords if word.arg in ("help", "help_key", "key")]
            values += node.args if name in ("_word", "_whole", "_file", "out_option", "model_option") else []
            for value in values:
                if isinstance(value, ast.Constant) and isinstance(value.value, str) and "." in value.value:
                    out.add(value.value)
    return out


def test_both_languages_have_the_same_sentences() -> None:
    assert sentences("en").keys() == sentences("ru").keys()


def test_every_sentence_that_is_used_exists() -> None:
    assert used() - sentences("en").keys() == set()


def test_sections_errors_and_commands_have_their_words() -> None:
    keys = sentences("en").keys()
    kinds: list[type[KieError]] = [KieError, *KieError.__subclasses__()]
    told = {kind.__name__ for kind in kinds if kind.__module__ == "kie.errors"}
    assert {f"error.{name}" for name in told | {"StoreError", "StoreUnavailable"}} <= keys
    assert set(SECTIONS) <= keys
    assert sorted(name for names in SECTIONS.values() for name in names) == sorted(
        app.list_commands(click.Context(app))
    )


def test_values_put_in_are_the_same() -> None:
    for key, english in sentences("en").items():
        wanted = set(re.findall(r"\{(\w+)", " ".join(texts(english))))
        for russian in texts(sentences("ru")[key]):
            assert set(re.findall(r"\{(\w+)", russian)) == wanted, key


def test_russian_is_russian() -> None:
    for key, value in sentences("ru").items():
        for text in texts(value):
            assert key in SAME or re.search("[а-яё]", text, re.IGNORECASE), key


def test_english_is_english() -> None:
    for key, value in sentences("en").items():
        assert not re.search("[а-яё]", " ".join(texts(value)), re.IGNORECASE), key


@pytest.mark.parametrize("name", sorted(commands()), ids=lambda name: name or "kie")
def test_help_of_every_command_in_both_languages(name: str) -> None:
    words = name.split()
    english = call(*words, "--help")
    russian = call(*words, "--help", "--lang", "ru")
    assert english.exit_code == russian.exit_code == 0
    assert not re.search("[а-яё]", english.output, re.IGNORECASE)
    assert "Использование:" in russian.output
    assert not re.search(r"Usage|Options|Show this|\bDefault\b", russian.output)
    prose = re.sub(r"Примеры:.*", "", russian.output, flags=re.DOTALL)
    assert len(re.findall("[а-яё]", prose)) > len(re.findall("[a-z]", prose)) * 0.7


def test_every_option_has_words_in_both_languages() -> None:
    for name, command in commands().items():
        for param in command.params:
            for language in ("en", "ru"):
                use(language)
                if isinstance(param, click.Option):
                    assert param.help, (name, param.name)
                    assert not param.help.startswith("opt."), (name, param.help)
                assert not (param.metavar or "").startswith("metavar."), (name, param.name)
    use("en")


@pytest.mark.parametrize(
    ("words", "environment", "language"),
    [
        ([], {}, "en"),
        ([], {"LANG": "ru_RU.UTF-8"}, "ru"),
        ([], {"LANG": "ru_RU.UTF-8", "KIE_LANG": "en"}, "en"),
        ([], {"LC_ALL": "C", "LANG": "ru_RU.UTF-8"}, "en"),
        (["run", "--lang", "ru"], {"KIE_LANG": "en"}, "ru"),
        (["--lang=ru"], {}, "ru"),
        (["--lang"], {}, "en"),
        (["chat", "--", "--lang", "ru"], {}, "en"),
    ],
)
def test_choice_of_language(words: list[str], environment: dict[str, str], language: str) -> None:
    assert choose(words, environment) == language


@pytest.mark.parametrize(
    ("count", "russian", "english"),
    [
        (0, "0 кредитов", "0 credits"),
        (1, "1 кредит", "1 credit"),
        (3, "3 кредита", "3 credits"),
        (5, "5 кредитов", "5 credits"),
        (11, "11 кредитов", "11 credits"),
        (12, "12 кредитов", "12 credits"),
        (21, "21 кредит", "21 credits"),
        (104, "104 кредита", "104 credits"),
    ],
)
def test_words_follow_their_number(count: int, russian: str, english: str) -> None:
    use("ru")
    assert plural("amount.credits", count) == russian
    use("en")
    assert plural("amount.credits", count) == english


def test_russian_run_reads_as_russian() -> None:
    result = call(*RUN, "--lang", "ru", stub=Stub())
    assert "8 кредитов · 0,04 $ · 3,20 ₽" in result.stdout
    assert "готово за" in result.stderr
    wrong = call("run", "--lang", "ru")
    assert "Не указано: МОДЕЛЬ" in wrong.stderr
    assert "Ошибка в командной строке" in wrong.stderr
    assert "Нет параметра --nope" in call("run", "x", "--nope", "--lang", "ru").stderr
    assert "Возможно, имелось в виду: models" in call("modles", "--lang", "ru").stderr
