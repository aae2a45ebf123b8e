"""A Postgres of our own, as long as it is needed: for tests and measurements."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["binaries", "database", "running"]


def binaries() -> Path | None:
    """Find the folder of the server's programs."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    return versions[-1] if versions else None


def _run(*command: str | Path, folder: Path) -> None:
    """As the user postgres where we are root: the server refuses to run as root."""
    user = "postgres" if os.geteuid() == 0 else None
    subprocess.run([str(part) for part in command], check=True, cwd=folder, user=user, stdout=subprocess.DEVNULL)


@contextlib.contextmanager
def running(programs: Path, connections: int = 50) -> Iterator[str]:
    """Run a server; yields its address without a database's name."""
    folder = Path(tempfile.mkdtemp(prefix="kie-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"
    _run(programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", folder=folder)
    # No TCP: the socket lies in the folder, so that processes side by side do not meet.
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c max_connections={connections}"
    control = programs / "pg_ctl"
    _run(control, "-D", data, "-w", "-l", folder / "log", "-o", options, "start", folder=folder)
    try:
        yield f"postgresql://postgres@/?host={folder}"
    finally:
        _run(control, "-D", data, "-m", "immediate", "stop", folder=folder)
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def database(address: str) -> Iterator[str]:
    """Make an empty database on a server; yields its address."""
    import psycopg

    name = f"kie_{uuid.uuid4().hex[:12]}"
    server, _, options = address.partition("/?")
    admin = f"{server}/postgres" + (f"?{options}" if options else "")
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
        yield f"{server}/{name}" + (f"?{options}" if options else "")
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())
