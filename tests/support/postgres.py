"""A Postgres of our own for the tests that need one: started once for each test process, a database for each test."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.support.postgres_server import binaries, database, running

if TYPE_CHECKING:
    from collections.abc import Iterator

#: An address with the right to make databases: used instead of a server of our own.
SETTING = "KIE_TEST_POSTGRES"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a server, without a database's name."""
    given = os.environ.get(SETTING)
    if given:
        yield given.rpartition("/")[0]
        return
    programs = binaries()
    if programs is None:
        pytest.skip("needs PostgreSQL: `make postgres` brings it where apt is at hand")
    with running(programs) as address:
        yield address


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The address of an empty database."""
    with database(postgres_server) as address:
        yield address


@pytest.fixture
def second_postgres(postgres_server: str) -> Iterator[str]:
    """The address of another one."""
    with database(postgres_server) as address:
        yield address
