"""How long to wait for a stream: for each of its pieces, not for them all."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator


class Patience:
    """Adds up the time that is spent waiting for a server, from one piece of its reply to the next.

    What the reader does between two pieces is the reader's own time, and a reply of many pieces may
    take as long as it likes.
    """

    def __init__(self, seconds: float, *, timer: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._timer = timer
        self._waited = 0.0

    def until_fed(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """`chunks`, as they come. Raises TimeoutError where they come, but nothing in them does."""
        waiting = iter(chunks)
        while True:
            started = self._timer()
            chunk = next(waiting, None)
            self._waited += self._timer() - started
            if chunk is None:
                return
            if self._waited > self._seconds:
                raise TimeoutError
            yield chunk

    def fed(self) -> None:
        """A piece came: the next one may take as long again."""
        self._waited = 0.0
