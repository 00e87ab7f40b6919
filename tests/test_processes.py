"""Several processes on one store, and processes that die: nothing acknowledged is lost."""

from __future__ import annotations

import os
import random
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from memoryos import Memoryos
from memoryos.clock import utc_now
from memoryos.model import Speaker

WRITER = """
import sys
from memoryos import Memoryos
folder, name, count, background = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4] == "yes"
memory = Memoryos("tom", data_storage_path=folder, background=background)
for n in range(count):
    print(memory.add_memory(f"Kayak tour {n} of {name}.", "Nice."), flush=True)
memory.close()
"""


def later() -> datetime:
    """When the lease that a killed process held on the owner has run out."""
    return utc_now() + timedelta(minutes=2)


def writer(folder: Path, name: str, count: int, *, background: bool) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, folder, name, str(count), "yes" if background else "no"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def check_integrity(folder: Path) -> None:
    with sqlite3.connect(folder / "memoryos.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


@pytest.mark.sqlite
def test_another_process_recalls_a_page_at_once(
    open_memory: Callable[..., Memoryos], tmp_path: Path
) -> None:
    """W2."""
    memory = open_memory()
    memory.add_memory("I like tea.", "Noted.")
    memory.retrieve_memory("tea")
    process = writer(tmp_path / "memory", "Anna", 1, background=False)
    page_id = process.communicate(timeout=60)[0].strip()
    assert page_id == "page-2"
    assert memory.retrieve_memory("Anna's kayak tour").by_rank()[0].id == page_id


def test_eight_processes_write_one_store(tmp_path: Path) -> None:
    """W3, in its short form: 8 processes x 25 adds, four of them filing in the background."""
    processes = [writer(tmp_path, f"p{n}", 25, background=n % 2 == 0) for n in range(8)]
    acknowledged: list[str] = []
    for process in processes:
        output, errors = process.communicate(timeout=120)
        assert (process.returncode, errors) == (0, "")
        acknowledged += output.split()
    assert sorted(acknowledged) == sorted(f"page-{n}" for n in range(1, 201))
    with Memoryos("tom", data_storage_path=tmp_path, background=False) as memory:
        assert not memory.flush()
        assert memory.get_memory_stats()["page_count"] == 200
    check_integrity(tmp_path)


def test_a_killed_process_loses_no_acknowledged_page(tmp_path: Path) -> None:
    """W4, invariant 1, in its short form: 6 kills at random instants."""
    chance = random.Random(7)
    acknowledged: set[str] = set()
    for _ in range(6):
        process = writer(tmp_path, "Anna", 100_000, background=True)
        assert process.stdout is not None
        for _ in range(chance.randrange(1, 60)):
            acknowledged.add(process.stdout.readline().strip())
        process.kill()
        acknowledged.update(process.stdout.read().split())
        process.communicate()
    check_integrity(tmp_path)
    with Memoryos("tom", data_storage_path=tmp_path, background=False, clock=later) as memory:
        assert not memory.flush()
        kept = {memory.why(page_id).id for page_id in acknowledged}
        assert kept == acknowledged
        # At most one page a kill was written and not yet told.
        assert 0 <= memory.get_memory_stats()["page_count"] - len(acknowledged) <= 6


def test_two_hundred_users_in_eight_threads_never_see_each_other(
    open_memory: Callable[..., Memoryos],
) -> None:
    """R4, invariant 6: pages, facts, agent facts, profile, segments, explanations."""
    engine = open_memory("user-0", short_term_capacity=1).engine

    def live(number: int) -> None:
        user = f"user-{number}"
        engine.add_memory(
            user, f"I live in Zebra{number}. I work as a nurse.", f'I recommend "Zebra{number}".'
        )
        engine.add_memory(user, f"My secret word is Zebra{number}.", "Noted.")
        engine.flush(user)

    def look(number: int) -> list[str]:
        user = f"user-{number}"
        recall = engine.retrieve_memory(user, "What is my secret word, and what was recommended?")
        return [
            recall.to_prompt(),
            *(page.text for page in recall.short_term),
            *(page.page.text for page in recall.pages),
            *(fact.text for fact in (*recall.user_knowledge, *recall.assistant_knowledge)),
            engine.profile(user).summary(),
            *(fact.text for speaker in Speaker for fact in engine.knowledge(user, speaker)),
            *(segment.summary for segment, _ in engine.segments(user)),
            engine.why(user, "fact-1").sources[0].quote,
        ]

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(live, range(200)))
        seen = list(threads.map(look, range(200)))
    for number, texts in enumerate(seen):
        assert len(texts) >= 10
        for text in texts:
            assert set(re.findall(r"zebra\d+", text.lower())) <= {f"zebra{number}"}
        assert sum(f"zebra{number}" in text.lower() for text in texts) >= 8


FORKING = """
import asyncio, os, signal, sys, warnings
from memoryos import AsyncMemoryos, Memoryos
from memoryos.errors import StorageUnavailableError

warnings.simplefilter("ignore", DeprecationWarning)
memory = Memoryos("tom", "", sys.argv[1])
face = AsyncMemoryos(memory)
asyncio.run(face.add_memory("I like tea.", "Noted."))
# Whatever lock another thread holds at the fork, the child never gets.
memory.engine.store._database.turn.acquire()
memory.engine._working_sets._lock.acquire()
if os.fork() == 0:
    signal.alarm(30)
    said = []
    for use in (
        lambda: memory.add_memory("I like coffee.", "Noted."),
        lambda: memory.retrieve_memory("coffee"),
        lambda: memory.get_response("What do I like?"),
        lambda: memory.flush(),
        lambda: memory.get_memory_stats(),
        lambda: memory.engine.store.owners(),
        lambda: asyncio.run(face.retrieve_memory("coffee")),
    ):
        try:
            use()
        except StorageUnavailableError as error:
            said.append("after the fork" in str(error))
    memory.close()
    asyncio.run(face.close())
    memory.engine.store.close()
    print(said, flush=True)
    sys.exit()
memory.engine._working_sets._lock.release()
memory.engine.store._database.turn.release()
print(os.wait()[1], memory.add_memory("I like cocoa.", "Noted."))
memory.close()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system knows no fork")
def test_a_process_that_was_forked_off_is_told_to_open_the_memory_anew(tmp_path: Path) -> None:
    """It neither hangs nor writes through what it inherited, and harms nothing as it ends."""
    arguments = [sys.executable, "-c", FORKING, tmp_path]
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    assert done.stdout.splitlines() == [str([True] * 7), "0 page-2"]
    check_integrity(tmp_path)
