"""The stretch of time that a query asks about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from memoryos.text.dates.grammar import Granularity, Rule
from memoryos.text.dates.mentions import find_dates

_YEAR_ALONE = re.compile(r"(?<![\w.,/$€£-])(?:19|20)[0-9]{2}(?![\w/%-]|[.,][0-9])")


@dataclass(frozen=True, slots=True)
class Window:
    """From `start` until just before `end`; aware, in UTC."""

    start: datetime
    end: datetime


def time_window(
    text: str, *, now: datetime, language: str, reference: datetime | None = None
) -> Window | None:
    """The day, week, month, season or year that a query names; None if it names none.

    Of several the most precise counts, and of these the first.

    "Yesterday" and "last summer" are seen from `now`; a month or a day of one without a year is the
    latest not after `reference`, the time of the newest page, or of `now` where there is none.
    """
    named = find_dates(text, said_at=reference or now, language=language)
    relative = find_dates(text, said_at=now, language=language)
    seen = [
        seen_then if seen_then.rule is Rule.NEAREST else seen_now
        for seen_then, seen_now in zip(named, relative, strict=False)
    ]
    if seen:
        precision = list(Granularity)
        mention = min(seen, key=lambda mention: precision.index(mention.granularity))
        return _window(mention.first, mention.last)
    if year := _YEAR_ALONE.search(text):
        return _window(date(int(year[0]), 1, 1), date(int(year[0]), 12, 31))
    return None


def _window(first: date, last: date) -> Window:
    return Window(_midnight(first), _midnight(last + timedelta(days=1)))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=timezone.utc)
