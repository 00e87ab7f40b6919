"""The clock: the only place where MemoryOS reads the time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone

Clock = Callable[[], datetime]
"""Gives the present moment as an aware UTC datetime."""


def utc_now() -> datetime:
    """The system's time, aware, in UTC."""
    return datetime.now(timezone.utc)
