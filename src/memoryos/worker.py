"""The daemon thread that keeps consolidation up with the writes."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import ParamSpec

from memoryos.clock import Clock
from memoryos.errors import MemoryOSError
from memoryos.model import Owner
from memoryos.store.base import Store
from memoryos.updater import Updater

logger = logging.getLogger(__name__)

STOP_SECONDS = 4.0
"""How long the step at hand may take to end; a process that stops within 5 s needs the rest."""

SMALL_WORK_SECONDS = 1.0
"""After so long with owners, what is done at each look is done again: it must not wait behind a
model that hangs for all of them."""

P = ParamSpec("P")


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
        between two looks at the store; `before_round` is called before each of them, and between
        owners."""
        self._store = store
        self._updater = updater
        self._clock = clock
        self._holder = holder
        self._delay_seconds = delay_seconds
        self._look_seconds = look_seconds
        self._before_round = before_round
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._at_end: Callable[[], None] | None = None
        self._wait_seconds = look_seconds
        self._thread = threading.Thread(target=self._work, name="memoryos-worker", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """Something was written: look soon."""
        self._woken.set()

    def stop(self, *, then: Callable[[], None]) -> None:
        """End after the step at hand, soon, and call `then`; what is left stays due.

        A step that waits for a model longer than 4 s is given up: its result will be dropped.
        """
        if threading.current_thread() is self._thread:
            # The garbage collector found here that nobody holds the memory any more, maybe amid a
            # write: no lock is taken before this thread has let go of its own.
            self._at_end = then
            return
        self._stopping.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)
            if self._thread.is_alive():
                self._updater.let_go()
        then()

    def _is_stopping(self) -> bool:
        return self._at_end is not None or self._stopping.is_set()

    def _work(self) -> None:
        while not self._is_stopping():
            self._wait_seconds = self._look_seconds
            self._attempt(self._look)
            if self._is_stopping():
                break
            if self._woken.wait(self._wait_seconds) and not self._is_stopping():
                # A burst of writes is filed together.
                self._stopping.wait(self._delay_seconds)
            self._woken.clear()
        if self._at_end is not None:
            self._attempt(self._at_end)

    def _look(self) -> None:
        """Run every owner that is due, and set how many seconds to wait for the next."""
        self._before_round()
        now, tidied_at = self._clock(), time.monotonic()
        due = [waiting.owner for waiting in self._store.owners(due_before=now)]
        # No page waits for its vector behind a model that is asked for others.
        each_embedded = [self._attempt(self._embed, owner) for owner in due]
        each_run = []
        for owner in due:
            if time.monotonic() - tidied_at >= SMALL_WORK_SECONDS:
                self._before_round()
                tidied_at = time.monotonic()
            each_run.append(self._attempt(self._run, owner))
        if all(each_embedded) and all(each_run):
            self._wait_seconds = self._seconds_to_next()

    def _embed(self, owner: Owner) -> None:
        if not self._is_stopping():
            self._updater.embed(owner, holder=self._holder, stopping=self._is_stopping)

    def _run(self, owner: Owner) -> None:
        if not self._is_stopping():
            self._updater.run(owner, holder=self._holder, stopping=self._is_stopping)

    def _attempt(self, work: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> bool:
        """False if `work` failed: state is as it was, what was due stays due, and others go on."""
        try:
            work(*args, **kwargs)
        except MemoryOSError as error:
            if not self._is_stopping():
                logger.warning("background consolidation failed: %s", type(error).__name__)
            return False
        except Exception:
            # The outermost boundary of this thread.
            logger.exception("background consolidation failed")
            return False
        return True

    def _seconds_to_next(self) -> float:
        soon = self._clock() + timedelta(seconds=self._look_seconds)
        later = self._store.owners(due_before=soon, limit=1)
        if not later or later[0].due_at is None:
            return self._look_seconds
        until_due = (later[0].due_at - self._clock()).total_seconds()
        return min(self._look_seconds, max(0.05, until_due))
