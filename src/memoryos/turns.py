"""Waiting for one's turn at an owner with whom another worker is busy."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from memoryos.errors import StorageUnavailableError
from memoryos.model import Owner
from memoryos.store.base import Store

BUSY_SECONDS = 0.02
"""How long before asking again."""

T = TypeVar("T")


def in_turn(
    store: Store, owner: Owner, work: Callable[[], T | None], *, patience_seconds: float
) -> T | None:
    """What `work` gives once no other worker is busy with `owner`; None for an owner never seen.

    Raises StorageUnavailableError if the other one commits nothing for `patience_seconds`.
    """
    seen, give_up_at = 0, time.monotonic() + patience_seconds
    while time.monotonic() < give_up_at:
        if (done := work()) is not None:
            return done
        revision = store.revision(owner)[1]
        if not revision:
            return None
        if revision != seen:
            seen, give_up_at = revision, time.monotonic() + patience_seconds
        time.sleep(BUSY_SECONDS)
    raise StorageUnavailableError(
        f"another worker has held this memory for {patience_seconds:.0f} s without doing anything: "
        "try again, nothing is lost"
    )
