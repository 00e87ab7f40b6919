"""Many at once: processes that write one SQLite file, and threads that use the memory of many."""

from __future__ import annotations

import json
import time

from chaos.book import Book, examine
from chaos.killing import lived
from chaos.load import Load, settle, user_ids
from chaos.outcome import Outcome
from chaos.place import Place, open_engine

WRITERS, JOBS = 8, ("write", "write_and_file")


def eight_writers(place: Place, *, whole: bool, seed: int) -> Outcome:
    """Eight processes add to one file, four of them filing beside (W3)."""
    url, book = place.make_database(), Book()
    findings, slowest = [], 0.0
    for ended in lived(JOBS, [url] * WRITERS, seed, seconds=300 if whole else 5):
        if ended.status:
            findings.append(f"a process ended with {ended.status}")
        for line in ended.said:
            user, text, page_id, seconds = json.loads(line)
            book.keep(user, text, page_id)
            slowest = max(slowest, seconds)
    with open_engine(url, background=False) as engine:
        findings += settle(engine, book.users())
    return Outcome(
        acknowledged=book.acknowledged,
        slowest_seconds=slowest,
        findings=[*findings, *examine(url, book)],
    )


def hundred_owners(place: Place, *, whole: bool, seed: int) -> Outcome:
    """16 threads add, recall and forget for 100 users while four workers file; no read crosses."""
    url = place.make_database()
    with open_engine(url, concurrency=2) as one, open_engine(url, concurrency=2) as other:
        load = Load([one, other], user_ids(100 if whole else 30), seed)
        with load.running(writers=8, readers=6, forgetters=2):
            time.sleep(60 if whole else 3)
        load.settle()
    return load.outcome(url)
