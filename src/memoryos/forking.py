"""A memory belongs to the process that opened it.

Its locks, its threads and its connections to SQLite do not survive a fork: a child that used them
would hang, or damage the database (https://www.sqlite.org/howtocorrupt.html, 2.6).
"""

from __future__ import annotations

import os

from memoryos.errors import StorageUnavailableError


class Home:
    """The process in which this was made."""

    def __init__(self) -> None:
        self._pid = os.getpid()

    @property
    def is_here(self) -> bool:
        return os.getpid() == self._pid

    def check(self) -> None:
        """Raises StorageUnavailableError in a process that was forked off."""
        if not self.is_here:
            raise StorageUnavailableError(
                "the memory was opened before this process was forked off, which cannot use it:"
                " open it after the fork, in every process for itself"
            )
