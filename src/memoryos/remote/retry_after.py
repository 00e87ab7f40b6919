"""The HTTP header Retry-After."""

from __future__ import annotations

import math
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime


def seconds_to_wait(header: str | None, *, now: datetime) -> float | None:
    """How long a server asks to wait, given as seconds or as a date; >= 0.

    None where it does not say, or not in one of these forms.
    """
    if not header:
        return None
    try:
        seconds = float(header)
    except ValueError:
        moment = _date(header)
        if moment is None:
            return None
        seconds = (moment - now).total_seconds()
    return max(0.0, seconds) if math.isfinite(seconds) else None


def _date(header: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(header)
    except (TypeError, ValueError):
        return None
    # "-0000" gives a naive datetime; HTTP dates are always GMT.
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
