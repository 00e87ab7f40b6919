"""Short-term memory: an owner's newest pages, and where one conversation ends."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from datetime import datetime

from memoryos.model import Page


def newest(pages: Iterable[Page], capacity: int) -> tuple[Page, ...]:
    """The `capacity` newest pages (paper: 7), in order of time.

    Newest by timestamp, then by arrival: an old page that arrives late does not enter.
    """
    return tuple(sorted(heapq.nlargest(capacity, pages, key=_order), key=_order))


def same_conversation(earlier: Page, later: Page, *, gap_seconds: float) -> bool:
    """Whether `later` belongs to the conversation of `earlier`.

    A conversation is what its id says; without one it lasts until a silence of more than
    `gap_seconds`.
    """
    if earlier.conversation_id is not None or later.conversation_id is not None:
        return earlier.conversation_id == later.conversation_id
    return (later.timestamp - earlier.timestamp).total_seconds() <= gap_seconds


def _order(page: Page) -> tuple[datetime, int]:
    return page.order
