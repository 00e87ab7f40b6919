"""Processes that write until they are killed at a random instant, or until their time is up.

Run as a process of its own (`python -m chaos.killing`), for it forks: it has one thread, and opens
nothing itself. What its children said, and how they ended, goes to stdout as JSON lines.
"""

from __future__ import annotations

import json
import mmap
import os
import random
import select
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from itertools import count
from pathlib import Path

# Here, so that a child that migrates need not load it.
import alembic.command  # noqa: F401
from sqlalchemy import Connection, event

from chaos import place
from chaos.load import a_text, user_ids
from chaos.place import open_engine
from memoryos.store import SqlStore
from memoryos.store.sql_store import open_database

STARTING_SECONDS = 20.0
CONFIG = replace(place.CONFIG, lease_seconds=0.3)
"""Whoever dies with a lease is replaced before the next one dies."""
EARLY = 0.25
"""How many die before their first word, as they open the store."""

WRITER, WORKER = range(2)
INSIDE = mmap.mmap(-1, 2)
"""Shared with the children: whether their writer, and their worker, is inside a transaction that
writes, its COMMIT included."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended: what it had said, and what it was at."""

    said: list[str]
    status: int
    """0 if it came to its end, 9 if it was killed."""
    writer_inside: bool = False
    worker_inside: bool = False


def killed(
    jobs: Sequence[str], urls: Sequence[str], seed: int, *, seconds: float
) -> Iterator[Ended]:
    """Have one child after the other do the next of `jobs`, in turns, on the next of `urls`, and
    kill it within `seconds` of its first word."""
    yield from _run("killed", jobs, urls, seed, seconds)


def lived(
    jobs: Sequence[str], urls: Sequence[str], seed: int, *, seconds: float
) -> Iterator[Ended]:
    """Have children do `jobs`, in turns, on each of `urls`, all at once and for so long."""
    yield from _run("lived", jobs, urls, seed, seconds)


def _run(
    end: str, jobs: Sequence[str], urls: Sequence[str], seed: int, seconds: float
) -> Iterator[Ended]:
    tests = Path(__file__).parents[1]
    in_turns = [jobs[number % len(jobs)] for number in range(len(urls))]
    task = json.dumps([end, list(zip(in_turns, urls, strict=True)), seed, seconds])
    arguments = [sys.executable, "-m", "chaos.killing", task]
    with subprocess.Popen(arguments, cwd=tests, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            yield Ended(**json.loads(line))
    if process.returncode:
        raise ChildProcessError(f"chaos.killing ended with {process.returncode}")


class MarkedStore(SqlStore):
    """Says in shared memory whether it is inside a transaction that writes."""

    main_thread = WRITER
    """What the child's main thread is; all others are workers."""

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        is_main = threading.current_thread() is threading.main_thread()
        slot = self.main_thread if is_main else WORKER
        with super()._writing() as connection:
            INSIDE[slot] = 1
            try:
                yield connection
            except BaseException:
                INSIDE[slot] = 0
                raise
        INSIDE[slot] = 0


def write(url: str, name: str, say: Say, *, seconds: float, files: bool = False) -> None:
    """Add pages, and say which were acknowledged, and how long each took."""
    chance, users, end = random.Random(name), user_ids(4), time.monotonic() + seconds
    with open_engine(
        url, store=MarkedStore.open_url(url), background=files, config=CONFIG
    ) as engine:
        for number in count():
            if (began := time.monotonic()) >= end:
                return
            user = chance.choice(users)
            text = a_text(user, f"{name}x{number}", chance)
            page_id = engine.add_memory(user, text, "Nice.")
            say(json.dumps([user, text, page_id, time.monotonic() - began]))


def write_and_file(url: str, name: str, say: Say, *, seconds: float) -> None:
    """The same, while a worker files beside."""
    write(url, name, say, seconds=seconds, files=True)


def work(url: str, name: str, say: Say, *, seconds: float) -> None:
    """File and promote what others added, anew where there is nothing to do."""
    chance, users, end = random.Random(name), user_ids(4), time.monotonic() + seconds
    store = MarkedStore.open_url(url)
    store.main_thread = WORKER
    with open_engine(url, store=store, background=False, config=CONFIG) as engine:
        say("")
        while time.monotonic() < end:
            user = chance.choice(users)
            engine.flush(user)
            engine.refile(user)


def migrate(url: str, name: str, say: Say, *, seconds: float) -> None:
    """Bring a database to head, in one transaction."""
    database = open_database(url)

    @event.listens_for(database.engine, "before_cursor_execute")
    def mark(_: object, __: object, statement: str, *___: object) -> None:
        if statement.lstrip().startswith(("CREATE", "ALTER", "INSERT", "UPDATE", "DROP")):
            INSIDE[WRITER] = 1

    say("")
    database.prepare()
    INSIDE[WRITER] = 0
    database.close()


JOBS = {job.__name__: job for job in (write, write_and_file, work, migrate)}


def main(task: str) -> None:
    end, jobs, seed, seconds = json.loads(task)
    chance = random.Random(seed)
    for ended in ENDS[end](jobs, chance, seconds):
        print(json.dumps(asdict(ended)), flush=True)


def _kill_each(
    jobs: Sequence[tuple[str, str]], chance: random.Random, seconds: float
) -> Iterator[Ended]:
    for number, (job, url) in enumerate(jobs):
        INSIDE[WRITER] = INSIDE[WORKER] = 0
        pid, pipe = _fork(job, url, f"{number}k", seconds=1000.0)
        if chance.random() >= EARLY:
            select.select([pipe], [], [], STARTING_SECONDS)
        time.sleep(chance.uniform(0, seconds))
        os.kill(pid, signal.SIGKILL)
        said, status = _end(pid, pipe)
        yield Ended(said, status, bool(INSIDE[WRITER]), bool(INSIDE[WORKER]))


def _let_all_live(
    jobs: Sequence[tuple[str, str]], chance: random.Random, seconds: float
) -> Iterator[Ended]:
    children = [
        _fork(job, url, f"{number}l", seconds=seconds) for number, (job, url) in enumerate(jobs)
    ]
    # Each pipe is read to its end while the others are, or a child would wait for its reader.
    with ThreadPoolExecutor(len(children)) as readers:
        for said, status in readers.map(lambda child: _end(*child), children):
            yield Ended(said, status)


ENDS = {"killed": _kill_each, "lived": _let_all_live}


def _fork(job: str, url: str, name: str, *, seconds: float) -> tuple[int, int]:
    """The child, and the pipe on which it speaks."""
    reading, writing = os.pipe()
    if pid := os.fork():
        os.close(writing)
        return pid, reading
    status = 1
    try:
        os.close(reading)
        JOBS[job](url, name, lambda line: _say(writing, line), seconds=seconds)
        status = 0
    except Exception:
        traceback.print_exc()
    finally:
        os._exit(status)


def _say(pipe: int, line: str) -> None:
    # Shorter than what a pipe takes at once: no line is said by half.
    os.write(pipe, f"{line}\n".encode())


def _end(pid: int, pipe: int) -> tuple[list[str], int]:
    """All that a child said until its end, and with what it ended."""
    with open(pipe) as lines:
        said = lines.read().splitlines()
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return said, abs(status)


if __name__ == "__main__":
    main(sys.argv[1])
