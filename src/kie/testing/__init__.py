"""For tests of programs that use kie.ai: a pytest plugin, assertions, and fault scripts for Hypothesis.

The plugin is loaded by itself where kie and pytest are installed. Its fixtures: `kie_emulator`,
`kie_emulator_server`, `kie_client`, `kie_async_client`, `assert_spend` and `assert_client_ok`; its marker:
`@pytest.mark.kie(...)`. `kie.testing.strategies` wants Hypothesis.

Importing it costs next to nothing: pytest does so at the start of every run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kie.testing.assertions import assert_client_ok, assert_spend
    from kie.testing.guard import NetworkBlocked
    from kie.testing.served import EmulatorServer

_WHERE = {
    "EmulatorServer": "kie.testing.served",
    "NetworkBlocked": "kie.testing.guard",
    "assert_client_ok": "kie.testing.assertions",
    "assert_spend": "kie.testing.assertions",
}

__all__ = ["EmulatorServer", "NetworkBlocked", "assert_client_ok", "assert_spend"]


def __getattr__(name: str) -> object:
    """Load a public name when it is first used."""
    if name not in _WHERE:
        raise AttributeError(f"module 'kie.testing' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_WHERE[name]), name)
    globals()[name] = value
    return value
