"""A store that counts what is read from it, and notes when pages came and were filed."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from datetime import datetime

from memoryos.model import Owner
from memoryos.store import SqlStore
from memoryos.store.base import Changes, Lease, NewPage, Update
from memoryos.store.database import Database

PageKey = tuple[str, int]
"""An owner's key and a page's number."""


class WatchedStore(SqlStore):
    """`SqlStore`, watched. Times are those of `time.perf_counter`."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._lock = threading.Lock()
        self._here = threading.local()
        self.bytes_read = 0
        """Of the rows that working sets were brought up to date with, as `content_bytes` says."""
        self.bytes_loaded = 0
        """Of these, for memories that were read whole; `loads` is how many."""
        self.loads = 0
        self.reading_seconds = 0.0
        self.counting_seconds = 0.0
        """Spent on finding out those bytes, which no other store does."""
        self.appended_at: dict[PageKey, float] = {}
        self.filed_at: dict[PageKey, float] = {}

    @property
    def loads_here(self) -> int:
        """How many memories this thread has read whole."""
        return getattr(self._here, "loads", 0)

    def changes(self, owner: Owner, *, since: int, epoch: str = "") -> Changes:
        started = time.perf_counter()
        found = super().changes(owner, since=since, epoch=epoch)
        read = time.perf_counter()
        nbytes = content_bytes(found)
        counted = time.perf_counter()
        with self._lock:
            self.reading_seconds += read - started
            self.counting_seconds += counted - read
            self.bytes_read += nbytes
            if found.reset:
                self.bytes_loaded += nbytes
                self.loads += 1
        if found.reset:
            self._here.loads = self.loads_here + 1
        return found

    def append_pages(
        self,
        owner: Owner,
        pages: Sequence[NewPage],
        *,
        embedding_model: str,
        now: datetime,
        due_at: datetime,
    ) -> tuple[int, ...]:
        numbers = super().append_pages(
            owner, pages, embedding_model=embedding_model, now=now, due_at=due_at
        )
        moment = time.perf_counter()
        self.appended_at.update(((owner.key, number), moment) for number in numbers)
        return numbers

    def commit(self, lease: Lease, update: Update) -> int:
        revision = super().commit(lease, update)
        moment = time.perf_counter()
        self.filed_at.update(((lease.owner.key, page.number), moment) for page in update.filed)
        return revision


def content_bytes(changes: Changes) -> int:
    """Bytes of text, terms and vectors in what was read; numbers and dates, some 100 bytes a row,
    are not counted."""
    pages = sum(
        len(stored.page.user_input.encode())
        + len(stored.page.agent_response.encode())
        + len(stored.terms)
        for stored in changes.pages
    )
    facts = sum(len(stored.fact.text.encode()) + len(stored.terms) for stored in changes.facts)
    return pages + facts + sum(len(embedding.vectors) for embedding in changes.embeddings)
