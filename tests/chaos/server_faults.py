"""A PostgreSQL server that dies, cuts connections, and has fewer of them than there are threads."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chaos.load import Load, user_ids
from chaos.outcome import NotRun, Outcome
from chaos.place import Place, open_engine

if TYPE_CHECKING:
    import psycopg

PAGES_BETWEEN = 20
"""Acknowledged between one fault and the next."""

CUT = """
    SELECT pid, backend_xid IS NOT NULL, pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'memoryos' AND datname = current_database()
    ORDER BY random() LIMIT 1
"""


def server_killed(place: Place, *, whole: bool, seed: int) -> Outcome | NotRun:
    """PostgreSQL is killed and started again, under load of writers, recalls and workers."""
    from chaos.killable_server import KillableServer

    chance, times = random.Random(seed), 12 if whole else 2
    try:
        # A short path, for a socket is in it.
        server = KillableServer(Path(tempfile.mkdtemp(prefix="memoryos-kill-")))
    except ImportError as error:
        return NotRun(f"there is no server to kill: {error}")
    try:
        with open_engine(server.url) as one, open_engine(server.url) as other:
            load = Load([one, other], user_ids(6), seed)
            with load.running(writers=4, readers=2):
                for number in range(times):
                    load.wait_for(pages=PAGES_BETWEEN)
                    server.kill(immediate=number % 2 == 0)
                    time.sleep(chance.uniform(0, 0.5))
                    server.start()
                load.wait_for(pages=PAGES_BETWEEN)
            load.settle()
        return load.outcome(server.url, faults=times)
    finally:
        server.stop()


def connections_cut(place: Place, *, whole: bool, seed: int) -> Outcome:
    """Connections are cut at random, whatever they are at."""
    assert place.server is not None
    chance, times = random.Random(seed), 300 if whole else 25
    url, cuts, inside = place.make_database(), 0, 0
    with open_engine(url) as one, open_engine(url) as other, _session(place, url) as session:
        load = Load([one, other], user_ids(6), seed)
        with load.running(writers=4, readers=2):
            load.wait_for(pages=PAGES_BETWEEN)
            while cuts < times:
                for _, is_writing, is_cut in session.execute(CUT).fetchall():
                    cuts += is_cut
                    inside += is_writing
                time.sleep(chance.uniform(0, 0.1))
            load.wait_for(pages=PAGES_BETWEEN)
        load.settle()
    return load.outcome(url, faults=cuts, inside=inside)


def pool_exhausted(place: Place, *, whole: bool, seed: int) -> Outcome:
    """More threads than connections, while transactions are slow: some wait for a row that is
    held, the others for a connection, and are told so when that takes too long."""
    url, times = place.make_database(), 6 if whole else 2
    users = user_ids(4)
    with open_engine(url) as engine, _session(place, url) as session:
        # Sooner than anybody lets go; it is 30 s.
        engine.store._database.engine.pool._timeout = 0.3  # type: ignore[attr-defined]
        load = Load([engine], users, seed)
        with load.running(writers=24, readers=8):
            for number in range(times):
                load.wait_for(pages=PAGES_BETWEEN)
                held = users[: 1 + number % len(users)]
                with session.transaction():
                    session.execute(
                        "SELECT 1 FROM owners WHERE user_id = ANY(%s) FOR UPDATE", [held]
                    )
                    time.sleep(1.0)
            load.wait_for(pages=PAGES_BETWEEN)
        load.settle()
    if not load.book.errors:
        load.findings.append("nobody had to wait for a connection: this showed nothing")
    return load.outcome(url, faults=times)


@contextmanager
def _session(place: Place, url: str) -> Iterator[psycopg.Connection[Any]]:
    assert place.server is not None
    with place.server.connect(url) as session:
        session.autocommit = True
        yield session
