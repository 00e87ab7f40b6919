"""What follows when something fails: how long to leave it alone, and for how often."""

from __future__ import annotations

from datetime import datetime, timedelta

from memoryos.errors import CorruptStoreError, ModelError, StorageError
from memoryos.store.base import Setback

MODEL_ATTEMPTS = 6
"""After so many failures in a row the rules do what waits, and leave it marked for the model."""

OWN_FAILURES = 8
"""After so many failures in a row that are an owner's own, ten minutes after the first, the owner
is set aside."""

FIRST_WAIT_SECONDS = 5.0
LONGEST_RETRY_AFTER_SECONDS = 3600.0
"""A server that asks for more is not believed: pages would wait for days."""


def set_back(before: Setback | None, error: Exception, *, now: datetime) -> Setback:
    """One failure of the language model more."""
    attempts = 1 + (before.attempts if before else 0)
    return Setback(
        attempts=attempts,
        failure=type(error).__name__,
        retry_at=now + rest_after(attempts, error),
    )


def rest_after(
    failures: int, error: Exception, *, longest_seconds: float = LONGEST_RETRY_AFTER_SECONDS
) -> timedelta:
    """How long what failed is left alone after so many failures in a row: 5 s, doubled each time up
    to `longest_seconds`; longer if the server asks for it (Retry-After), at most an hour."""
    doubled = FIRST_WAIT_SECONDS * 2.0 ** min(failures - 1, 10)
    return timedelta(seconds=max(min(doubled, longest_seconds), asked_seconds(error)))


def asked_seconds(error: Exception) -> float:
    """How long a server asked to be left alone, as far as it is believed; 0 if it did not."""
    asked = error.retry_after_seconds if isinstance(error, ModelError) else None
    return min(asked or 0.0, LONGEST_RETRY_AFTER_SECONDS)


def is_own(error: Exception) -> bool:
    """Whether an error speaks of the one owner whose memory was worked on: storage that fails does
    so for everybody, and a lease is lost to another worker."""
    return not isinstance(error, StorageError) or isinstance(error, CorruptStoreError)


def rests(until: datetime, *, now: datetime) -> bool:
    """Whether what failed is still left alone. A time that no failure sets is not believed: the
    clock was ahead then, and is right now."""
    return now < until <= now + timedelta(seconds=LONGEST_RETRY_AFTER_SECONDS)
