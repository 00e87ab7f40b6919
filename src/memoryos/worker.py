"""The daemon thread that keeps consolidation up with the writes."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from memoryos.clock import Clock
from memoryos.errors import MemoryOSError
from memoryos.store.base import Store
from memoryos.updater import Updater

logger = logging.getLogger(__name__)

IDLE_SECONDS = 30.0
"""How often it looks for owners that other processes made due."""

STOP_SECONDS = 5.0


class BackgroundWorker:
    """Runs what is due, one owner after the other, in a daemon thread."""

    def __init__(
        self,
        store: Store,
        updater: Updater,
        *,
        clock: Clock,
        holder: str,
        delay_seconds: float,
        before_round: Callable[[], None],
    ) -> None:
        """`before_round` is called before each look at the store, to hand in what it should see."""
        self._store = store
        self._updater = updater
        self._clock = clock
        self._holder = holder
        self._delay_seconds = delay_seconds
        self._before_round = before_round
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="memoryos-worker", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """Something was written: look soon."""
        self._woken.set()

    def stop(self) -> None:
        """Finish the round at hand and end, within 5 seconds; what is left stays due."""
        self._stopping.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)

    def _work(self) -> None:
        while not self._stopping.is_set():
            try:
                self._before_round()
                wait = self._run_due()
            except MemoryOSError as error:
                logger.warning("background consolidation failed: %s", type(error).__name__)
                wait = IDLE_SECONDS
            except Exception:
                # The outermost boundary of this thread: state is as it was, the owner stays due.
                logger.exception("background consolidation failed")
                wait = IDLE_SECONDS
            if self._woken.wait(wait) and not self._stopping.is_set():
                # A burst of writes is filed together.
                self._stopping.wait(self._delay_seconds)
            self._woken.clear()

    def _run_due(self) -> float:
        """Run every owner that is due and say how many seconds to wait for the next."""
        now = self._clock()
        for waiting in self._store.owners(due_before=now):
            if self._stopping.is_set():
                return 0.0
            self._updater.run(waiting.owner, holder=self._holder)
        later = self._store.owners(due_before=now + timedelta(seconds=IDLE_SECONDS), limit=1)
        return _seconds_until(later[0].due_at, self._clock()) if later else IDLE_SECONDS


def _seconds_until(moment: datetime | None, now: datetime) -> float:
    if moment is None:
        return IDLE_SECONDS
    return min(IDLE_SECONDS, max(0.05, (moment - now).total_seconds()))
