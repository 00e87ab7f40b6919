"""What recalls used: noted in memory, and handed to the store in the background."""

from __future__ import annotations

import logging
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from memoryos.errors import StorageError, StorageUnavailableError
from memoryos.model import Kind, Owner, Page
from memoryos.recall import Recall
from memoryos.store.base import CALLER, Store, Use, Visit

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Noted:
    """What was used of one owner's memory: for heat, and for the ledger."""

    owner: Owner
    visits: tuple[Visit, ...]
    uses: tuple[Use, ...]


class VisitLog:
    """What recalls used since the log was last drained. Thread-safe."""

    def __init__(self) -> None:
        self._segments: defaultdict[Owner, Counter[int]] = defaultdict(Counter)
        self._items: defaultdict[Owner, Counter[tuple[Kind, int]]] = defaultdict(Counter)
        self._last: dict[Owner, datetime] = {}
        self._lock = threading.Lock()

    def note_recall(self, owner: Owner, recall: Recall, *, at: datetime) -> None:
        """Note what was handed to the caller: its pages are visited, its items are used."""
        facts = (*recall.user_knowledge, *recall.assistant_knowledge)
        items = [(Kind.PAGE, item.page.number) for item in recall.pages]
        items += [(Kind.FACT, item.fact.number) for item in facts]
        with self._lock:
            self._items[owner].update(items)
        self.note_pages(owner, (item.page for item in recall.pages), at=at)

    def note_pages(self, owner: Owner, pages: Iterable[Page], *, at: datetime) -> None:
        """Count one visit to each segment that has one of `pages` (N_visit of Eq. 4)."""
        used = {page.segment for page in pages if page.segment is not None}
        with self._lock:
            self._segments[owner].update(used)
            self._last[owner] = at

    def record(self, store: Store, *, due_at: datetime) -> None:
        """Hand what was noted since to the store; what it cannot take is logged, and lost: nobody's
        recall is to fail for it."""
        drained = self._drain()
        for place, noted in enumerate(drained):
            try:
                store.record_visits(noted.owner, noted.visits, due_at=due_at)
                store.record_uses(noted.owner, noted.uses)
            except StorageUnavailableError as error:
                # Each further owner would wait for it as long again.
                left = len(drained) - place
                logger.warning("visits of %d owners lost: %s", left, type(error).__name__)
                return
            except StorageError as error:
                logger.warning("visits of an owner lost: %s", type(error).__name__)

    def _drain(self) -> list[Noted]:
        """What was noted, by owner; the log is empty afterwards."""
        with self._lock:
            segments, self._segments = self._segments, defaultdict(Counter)
            items, self._items = self._items, defaultdict(Counter)
            last, self._last = self._last, {}
        return [
            Noted(
                owner,
                tuple(Visit(number, count, at) for number, count in segments[owner].items()),
                tuple(Use(*key, CALLER, count, at) for key, count in items[owner].items()),
            )
            for owner, at in last.items()
        ]
