"""Where a benchmark keeps its memories: a folder or a database of its own, gone afterwards."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Engine, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from memoryos.config import sqlite_path
from memoryos.errors import InvalidArgumentError, StorageUnavailableError

SIZE = text("SELECT pg_database_size(current_database())")
BACKENDS = text("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")


@dataclass(frozen=True, slots=True)
class Place:
    """A store that holds nothing yet: `folder`/memoryos.db, or what `database_url` names."""

    folder: Path
    database_url: str | None = None
    bytes_when_empty: int = 0

    @property
    def name(self) -> str:
        return "PostgreSQL" if self.database_url else "SQLite"

    def nbytes(self) -> int:
        """Bytes on disk of all that was written, indexes and log of a SQLite file included."""
        if self.database_url is None:
            return sum(file.stat().st_size for file in self.folder.rglob("*") if file.is_file())
        with _connected(make_url(self.database_url)) as engine, engine.connect() as connection:
            return int(connection.execute(SIZE).scalar_one()) - self.bytes_when_empty

    def cpu_seconds(self) -> dict[int, float]:
        """What each process of the server that a connection has here has used so far, by its id.

        Nothing for SQLite, which works in this process, and for a server on another machine.
        """
        if self.database_url is None:
            return {}
        with _connected(make_url(self.database_url)) as engine, engine.connect() as connection:
            pids = connection.execute(BACKENDS).scalars().all()
        used = {pid: _cpu_seconds_of(pid) for pid in pids}
        return {pid: seconds for pid, seconds in used.items() if seconds is not None}

    def environment(self) -> dict[str, str]:
        """That of a process of `memoryos` which is to work here, and by rules alone."""
        others = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("OPENAI_", "MEMORYOS_"))
        }
        return {
            **others,
            "MEMORYOS_DATA": str(self.folder),
            "MEMORYOS_DATABASE_URL": self.database_url or "",
        }


@contextmanager
def a_place(server_url: str | None) -> Iterator[Place]:
    """A folder under TMPDIR, or a new database of the server of `server_url` as well.

    What that database holds is not touched. Raises InvalidArgumentError for a URL of anything but
    PostgreSQL, StorageUnavailableError where no database can be made.
    """
    with tempfile.TemporaryDirectory(prefix="memoryos-bench-") as name:
        folder = Path(name)
        if server_url is None:
            yield Place(folder)
            return
        check_server(server_url)
        server = make_url(server_url).set(drivername="postgresql+psycopg")
        with _a_database(server) as url, _connected(url) as engine:
            with engine.connect() as connection:
                empty = int(connection.execute(SIZE).scalar_one())
            yield Place(folder, url.render_as_string(hide_password=False), empty)


def check_server(url: str) -> None:
    """Raises InvalidArgumentError for a URL of anything but PostgreSQL."""
    if sqlite_path(url) is not None:
        raise InvalidArgumentError(
            "--database-url names the PostgreSQL server to measure; SQLite is measured without it"
        )


@contextmanager
def _a_database(server: URL) -> Iterator[URL]:
    # A statement cannot bind a name; this one is made of our own letters.
    name = f"memoryos_bench_{secrets.token_hex(4)}"
    with _connected(server) as engine:
        try:
            with engine.connect() as connection:
                connection.execute(
                    text(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
                )
        except DBAPIError as error:
            raise StorageUnavailableError(
                "a benchmark makes a database of its own on the server, and could not:"
                f" {error.orig}; give a role with CREATEDB"
            ) from error
        try:
            yield server.set(database=name)
        finally:
            with engine.connect() as connection:
                connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@contextmanager
def _connected(url: URL) -> Iterator[Engine]:
    engine = create_engine(url, isolation_level="AUTOCOMMIT", pool_size=1, pool_pre_ping=True)
    try:
        yield engine
    finally:
        engine.dispose()


def _cpu_seconds_of(pid: int) -> float | None:
    """None where no process of PostgreSQL has that id here."""
    status = Path(f"/proc/{pid}/stat")
    try:
        name, _, figures = status.read_text().partition("(")[2].rpartition(")")
    except OSError:
        return None
    if "postgres" not in name:
        return None
    user, system = figures.split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
