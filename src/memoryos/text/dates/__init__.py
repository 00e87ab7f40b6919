"""Expressions of time: found in a text, resolved against the day it was said on, written out.

Rules of our own, one grammar a language: general date parsers miss "a couple of days ago" and "hace
dos días", and take "We" for a Wednesday. Pure: no clock is read.
"""

from __future__ import annotations

from datetime import date, datetime

from memoryos.text.dates.grammar import Granularity
from memoryos.text.dates.mentions import Mention, find_dates, find_starts
from memoryos.text.dates.windows import Window, time_window
from memoryos.text.dates.wording import write_day, write_mention

__all__ = [
    "Granularity",
    "Mention",
    "Window",
    "event_date",
    "find_dates",
    "find_starts",
    "time_window",
    "write_day",
    "write_mention",
]


def event_date(text: str, *, said_at: datetime, language: str) -> date | None:
    """The day that `text` speaks of, seen from the day it was said on; None where it tells none.

    Of several expressions the most precise counts, and of these the first. For a week, month or
    year it is the likeliest single day: "two years ago" is this day two years earlier.
    """
    mentions = find_dates(text, said_at=said_at, language=language)
    precision = list(Granularity)
    best = min(mentions, key=lambda mention: precision.index(mention.granularity), default=None)
    return best.day if best else None
