"""Short-term memory: an owner's newest pages, and where one conversation ends."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Collection, Sequence
from datetime import datetime

from memoryos.model import Page

_FEW = 50
"""Fewer new pages than this are put in their place one by one."""


class PagesInTime:
    """Page numbers in order of time; short-term memory is the end of an owner's.

    By timestamp, then by arrival: an old page that arrives late does not enter short-term memory.
    """

    def __init__(self) -> None:
        self._order: list[tuple[datetime, int]] = []

    def __len__(self) -> int:
        return len(self._order)

    @property
    def newest_at(self) -> datetime | None:
        """The timestamp of the newest page."""
        return self._order[-1][0] if self._order else None

    def newest(self, capacity: int) -> tuple[int, ...]:
        """The `capacity` newest pages (paper: 7), in order of time."""
        return tuple(number for _, number in self._order[-capacity:])

    def before(self, page: Page, count: int) -> tuple[int, ...]:
        """The last `count` pages before `page`, in order of time."""
        place = bisect_left(self._order, page.order)
        return tuple(number for _, number in self._order[max(0, place - count) : place])

    def add(self, pages: Sequence[Page]) -> None:
        """Put new pages in their place."""
        if len(pages) < _FEW:
            for page in pages:
                insort(self._order, page.order)
        else:
            self._order = sorted([*self._order, *(page.order for page in pages)])

    def remove(self, numbers: Collection[int]) -> None:
        """Take pages out; unknown ones are passed over."""
        self._order = [item for item in self._order if item[1] not in numbers]


def same_conversation(earlier: Page, later: Page, *, gap_seconds: float) -> bool:
    """Whether `later` belongs to the conversation of `earlier`.

    A conversation is what its id says; without one it lasts until a silence of more than
    `gap_seconds`.
    """
    if earlier.conversation_id is not None or later.conversation_id is not None:
        return earlier.conversation_id == later.conversation_id
    return (later.timestamp - earlier.timestamp).total_seconds() <= gap_seconds
