"""What every test gets."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.referee.live import options, report
from tests.support.places import NO_SHARED, SHARED

# A developer's own key or base URL reaches no test and no process that a test starts: nothing can be spent. The live
# run of the referee alone gets them, when it is asked for by name.
_FOR_LIVE = {name: os.environ[name] for name in options.VARIABLES if name in os.environ}
_KEPT = ("KIE_CRASH_GENERATIONS",)  # how many generations the crash schedule has
for name in [name for name in os.environ if name.startswith("KIE_") and name not in _KEPT]:
    del os.environ[name]

# CI runs the same examples each time, so that a red run can be had again; elsewhere they vary and find more.
settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds --live and what belongs to it."""
    options.add(parser)


def pytest_configure(config: pytest.Config) -> None:
    """Prepares a live run, when there is to be one."""
    if config.getoption("--live"):
        config.stash[report.SETTINGS] = options.settings(config, _FOR_LIVE)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of the vendor's documents beside the checkout; without it the test is skipped."""
    if not (SHARED / "kie-api").is_dir():
        pytest.skip(NO_SHARED)
    return SHARED
