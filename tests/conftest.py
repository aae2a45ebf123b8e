"""What every test gets."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.support.places import NO_SHARED, SHARED

# A developer's own key or base URL reaches no test and no process that a test starts: nothing can be spent.
for name in [name for name in os.environ if name.startswith("KIE_")]:
    del os.environ[name]

# CI runs the same examples each time, so that a red run can be had again; elsewhere they vary and find more.
settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci" if os.environ.get("CI") else "dev")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of the vendor's documents beside the checkout; without it the test is skipped."""
    if not (SHARED / "kie-api").is_dir():
        pytest.skip(NO_SHARED)
    return SHARED
