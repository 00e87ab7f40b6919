"""Processes that are killed, amid writing and amid migrating."""

from __future__ import annotations

import json

from chaos.book import Book, examine
from chaos.killing import killed
from chaos.load import settle
from chaos.outcome import Outcome
from chaos.place import Place, open_engine

JOBS = ("write_and_file", "work")
LIFE_SECONDS = 0.25


def processes_killed(place: Place, *, whole: bool, seed: int) -> Outcome:
    """Processes that add, and processes that file, are killed at random instants (W4)."""
    url, book = place.make_database(), Book()
    times = 200 if whole else 8
    findings, writers, workers = [], 0, 0
    for ended in killed(JOBS, [url] * times, seed, seconds=LIFE_SECONDS):
        if ended.status != 9:
            findings.append(f"a process ended by itself, with {ended.status}")
        for line in filter(None, ended.said):
            user, text, page_id, _ = json.loads(line)
            book.keep(user, text, page_id)
        writers += ended.writer_inside
        workers += ended.worker_inside
    with open_engine(url, background=False) as engine:
        findings += settle(engine, book.users())
    return Outcome(
        acknowledged=book.acknowledged,
        faults=times,
        inside=writers + workers,
        notes=[f"inside a transaction: {writers} writers, {workers} workers"],
        findings=[*findings, *examine(url, book, untold=times)],
    )
