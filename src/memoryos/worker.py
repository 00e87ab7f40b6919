"""The daemon thread that keeps consolidation up with the writes."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import timedelta

from memoryos.clock import Clock
from memoryos.errors import MemoryOSError
from memoryos.store.base import Store
from memoryos.updater import Updater

logger = logging.getLogger(__name__)

STOP_SECONDS = 4.0
"""How long the step at hand may take to end; a process that stops within 5 s needs the rest."""


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
        look_seconds: float,
        before_round: Callable[[], None],
    ) -> None:
        """`delay_seconds` lets a burst of writes come together; `look_seconds` is the longest
        between two looks at the store; `before_round` is called before each of them."""
        self._store = store
        self._updater = updater
        self._clock = clock
        self._holder = holder
        self._delay_seconds = delay_seconds
        self._look_seconds = look_seconds
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
        """End after the step at hand, soon; what is left stays due.

        A step that waits for a model longer than 4 s is given up: its result will be dropped.
        """
        self._stopping.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)
            if self._thread.is_alive():
                self._updater.let_go()

    def _work(self) -> None:
        while not self._stopping.is_set():
            try:
                self._before_round()
                wait = self._run_due()
            except MemoryOSError as error:
                if not self._stopping.is_set():
                    logger.warning("background consolidation failed: %s", type(error).__name__)
                wait = self._look_seconds
            except Exception:
                # The outermost boundary of this thread: state is as it was, the owner stays due.
                logger.exception("background consolidation failed")
                wait = self._look_seconds
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
            self._updater.run(waiting.owner, holder=self._holder, stopping=self._stopping.is_set)
        later = self._store.owners(due_before=now + timedelta(seconds=self._look_seconds), limit=1)
        if not later or later[0].due_at is None:
            return self._look_seconds
        until_due = (later[0].due_at - self._clock()).total_seconds()
        return min(self._look_seconds, max(0.05, until_due))
