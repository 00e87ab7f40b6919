"""What follows when the language model fails: how long to leave it alone, and for how often."""

from __future__ import annotations

from datetime import datetime, timedelta

from memoryos.errors import ModelError
from memoryos.store.base import Setback

MODEL_ATTEMPTS = 6
"""After so many failures in a row the rules do what waits, and leave it marked for the model."""

FIRST_WAIT_SECONDS = 5.0
LONGEST_RETRY_AFTER_SECONDS = 3600.0
"""A server that asks for more is not believed: pages would wait for days."""


def set_back(before: Setback | None, error: Exception, *, now: datetime) -> Setback:
    """One failure more: 5 s, doubled each time; longer if the server asks for it (Retry-After), at
    most an hour."""
    attempts = 1 + (before.attempts if before else 0)
    wait = FIRST_WAIT_SECONDS * 2 ** (attempts - 1)
    asked = 0.0
    if isinstance(error, ModelError):
        asked = min(error.retry_after_seconds or 0.0, LONGEST_RETRY_AFTER_SECONDS)
    return Setback(
        attempts=attempts,
        failure=type(error).__name__,
        retry_at=now + timedelta(seconds=max(wait, asked)),
    )


def rests(until: datetime, *, now: datetime) -> bool:
    """Whether what failed is still left alone. A time that no failure sets is not believed: the
    clock was ahead then, and is right now."""
    return now < until <= now + timedelta(seconds=LONGEST_RETRY_AFTER_SECONDS)
