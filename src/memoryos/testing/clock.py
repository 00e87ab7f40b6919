"""A clock for tests: it stands until it is moved."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone


class FixedClock:
    """A `memoryos.clock.Clock` that gives the moment it was set to."""

    def __init__(self, now: datetime = datetime(2026, 1, 1, tzinfo=timezone.utc)) -> None:
        self.set(now)

    def __call__(self) -> datetime:
        return self._now

    def set(self, now: datetime) -> None:
        """Go to `now`, an aware datetime, earlier or later."""
        if now.tzinfo is None:
            raise ValueError(f"a clock gives aware datetimes; {now!r} names no time zone")
        self._now = now.astimezone(timezone.utc)

    def advance(self, **span: float) -> None:
        """Go on by a span in the words of timedelta: `advance(hours=1, seconds=5)`."""
        self._now += timedelta(**span)
