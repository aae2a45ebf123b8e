"""Services are tested on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.service.support import Ground
from tests.support.postgres import postgres_server, postgres_url  # noqa: F401 - fixtures

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/kie.db"
    found: str = request.getfixturevalue("postgres_url")
    return found


@pytest.fixture
def ground() -> Iterator[Ground]:
    made = Ground()
    yield made
    made.close()
