"""A disk that is full, and then has room again."""

from __future__ import annotations

import os
import random
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from postgres_server import str_of
from sqlalchemy import make_url

from chaos.load import Load, user_ids
from chaos.outcome import NotRun, Outcome
from chaos.place import Place, open_engine, sqlite_url

BALLAST_MEGABYTES = 12
"""Files that are in the way, until half of them is removed, and then the other half."""
REFUSED = 30
"""Calls that fail for want of room before some is made."""


class HeavyLoad(Load):
    def meta_data(self, chance: random.Random) -> dict[str, str]:
        return {"attachment": chance.randbytes(20_000).hex()}


def disk_full(place: Place, *, whole: bool, seed: int) -> Outcome | NotRun:
    """Pages are added until the disk is full and beyond, then after some room was made."""
    if os.geteuid() != 0:
        return NotRun("only root can mount a small disk")
    # Of PostgreSQL's own tables there are 8 MB.
    megabytes = (24 if whole else 6) + (8 if place.server else 0) + BALLAST_MEGABYTES
    with _small_disk(megabytes) as disk, _database_on(place, disk) as url:
        ballast = [_put(disk / name, BALLAST_MEGABYTES // 2) for name in ("one", "two")]
        with open_engine(url) as engine:
            load = HeavyLoad([engine], user_ids(3), seed)
            with load.running(writers=3, readers=1):
                load.wait_for(errors=REFUSED)
                ballast.pop().unlink()
                load.wait_for(pages=10)
            ballast.pop().unlink()
            load.settle()
        return load.outcome(url, faults=1)


@contextmanager
def _small_disk(megabytes: int) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="memoryos-disk-") as folder:
        _run("mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0711", "tmpfs", folder)
        try:
            yield Path(folder)
        finally:
            _run("umount", "-l", folder)


@contextmanager
def _database_on(place: Place, disk: Path) -> Iterator[str]:
    """An empty database whose tables lie on that disk; what PostgreSQL logs, and its own, does
    not."""
    if place.server is None:
        yield sqlite_url(disk / "store")
        return
    url = make_url(place.make_database())
    with place.server.connect(str_of(url)) as session:
        session.autocommit = True
        (data,) = session.execute("SHOW data_directory").fetchone() or ("",)
        folder = disk / "tables"
        folder.mkdir()
        os.chown(folder, Path(data).stat().st_uid, -1)
        name = f"{url.database}_small"
        session.execute(f"CREATE TABLESPACE {name} LOCATION '{folder}'")
        session.execute(f"CREATE DATABASE {name} TABLESPACE {name} TEMPLATE template0")
        try:
            yield str_of(url.set(database=name))
        finally:
            session.execute(f"DROP DATABASE {name} WITH (FORCE)")
            session.execute(f"DROP TABLESPACE {name}")


def _put(file: Path, megabytes: int) -> Path:
    file.write_bytes(bytes(megabytes << 20))
    return file


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
