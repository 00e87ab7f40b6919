"""Heat from use: recalls are noted in memory and handed to the store in the background."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from datetime import datetime

from memoryos.model import Owner
from memoryos.recall import Recall
from memoryos.store.base import Visit


class VisitLog:
    """Which segments recalls used since the log was last drained. Thread-safe."""

    def __init__(self) -> None:
        self._counts: defaultdict[Owner, Counter[int]] = defaultdict(Counter)
        self._last: dict[Owner, datetime] = {}
        self._lock = threading.Lock()

    def note(self, owner: Owner, recall: Recall, *, at: datetime) -> None:
        """Count one visit to each segment that has a page in `recall` (N_visit of Eq. 4)."""
        used = {item.page.segment for item in recall.pages if item.page.segment is not None}
        if used:
            with self._lock:
                self._counts[owner].update(used)
                self._last[owner] = at

    def drain(self) -> list[tuple[Owner, tuple[Visit, ...]]]:
        """What was noted, by owner; the log is empty afterwards."""
        with self._lock:
            counts, self._counts = self._counts, defaultdict(Counter)
            last, self._last = self._last, {}
        return [
            (owner, tuple(Visit(number, count, last[owner]) for number, count in counter.items()))
            for owner, counter in counts.items()
        ]
