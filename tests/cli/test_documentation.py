"""docs/cli.md speaks of every command and every option."""

import re

import click

from tests.cli.test_language import commands
from tests.support.places import ROOT

PAGE = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")


def test_every_command_is_documented() -> None:
    for name in commands():
        head, _, rest = name.partition(" ")
        assert re.search(rf"`kie {re.escape(head)}\b", PAGE), name
        assert re.search(rf"\b{re.escape(rest)}\b", PAGE), name


def test_every_option_is_documented() -> None:
    for name, command in commands().items():
        for param in command.params:
            if isinstance(param, click.Option) and name:
                for option in (*param.opts, *param.secondary_opts):
                    assert re.search(rf"`{re.escape(option)}\b", PAGE), f"kie {name} {option}"


def test_exit_codes_are_documented() -> None:
    from kie.cli import exits

    codes = {value for key, value in vars(exits).items() if key.isupper() and isinstance(value, int)}
    assert codes == {int(code) for code in re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)}
