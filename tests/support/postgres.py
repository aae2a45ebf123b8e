"""A Postgres of our own for the tests that need one: started once for each test process, a database for each test."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

#: An address with the right to make databases: used instead of a server of our own.
SETTING = "KIE_TEST_POSTGRES"


def _binaries() -> Path | None:
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    return versions[-1] if versions else None


def _run(*command: str | Path, folder: Path) -> None:
    """As the user postgres where we are root: the server refuses to run as root."""
    user = "postgres" if os.geteuid() == 0 else None
    subprocess.run([str(part) for part in command], check=True, cwd=folder, user=user, stdout=subprocess.DEVNULL)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a server, without a database's name."""
    given = os.environ.get(SETTING)
    if given:
        yield given.rpartition("/")[0]
        return
    binaries = _binaries()
    if binaries is None:
        pytest.skip("needs PostgreSQL: `make postgres` brings it where apt is at hand")
    folder = Path(tempfile.mkdtemp(prefix="kie-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"
    _run(binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", folder=folder)
    # No TCP: the socket lies in the folder, so that test processes side by side do not meet.
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c max_connections=50"
    control = binaries / "pg_ctl"
    _run(control, "-D", data, "-w", "-l", folder / "log", "-o", options, "start", folder=folder)
    try:
        yield f"postgresql://postgres@/?host={folder}"
    finally:
        _run(control, "-D", data, "-m", "immediate", "stop", folder=folder)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The address of an empty database."""
    yield from _empty(postgres_server)


@pytest.fixture
def second_postgres(postgres_server: str) -> Iterator[str]:
    """The address of another one."""
    yield from _empty(postgres_server)


def _empty(postgres_server: str) -> Iterator[str]:
    import psycopg

    name = f"kie_{uuid.uuid4().hex[:12]}"
    server, _, options = postgres_server.partition("/?")
    admin = f"{server}/postgres" + (f"?{options}" if options else "")
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
        yield f"{server}/{name}" + (f"?{options}" if options else "")
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())
