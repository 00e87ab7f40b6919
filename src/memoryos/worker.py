"""The daemon threads that keep consolidation up with the writes."""

from __future__ import annotations

import logging
import math
import threading
import time
import traceback
from collections.abc import Callable
from datetime import timedelta

from memoryos.clock import Clock
from memoryos.errors import MemoryOSError
from memoryos.setbacks import is_own
from memoryos.store.base import Store
from memoryos.updater import Updater

logger = logging.getLogger(__name__)

STOP_SECONDS = 4.0
"""How long the steps at hand may take to end; a process that stops within 5 s needs the rest."""

SMALL_WORK_SECONDS = 1.0
"""How often what is done beside the turns is done between them."""

BUSY_SECONDS = 1.0
"""How long before looking again for owners who are due, but in the hands of others."""

FULL_SECONDS = 0.2
"""How long before looking again whether there is memory for one owner more."""

RESTING_SECONDS = 0.05
"""Between turns while the language model rests: all they can do is to find vectors missing."""


class BackgroundWorker:
    """Gives turns to the owners who are due, one after the other in each of its threads."""

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
        concurrency: int = 1,
    ) -> None:
        """`delay_seconds` lets a burst of writes come together; `look_seconds` is the longest
        between two looks at the store; `before_round` is called, by one thread at a time, before
        each look, and every second between turns."""
        self._store = store
        self._updater = updater
        self._clock = clock
        self._delay_seconds = delay_seconds
        self._look_seconds = look_seconds
        self._before_round = before_round
        self._tidying = threading.Lock()
        self._tidied_at = -math.inf
        self._woken = threading.Condition()
        self._wakes = 0
        self._stopping = threading.Event()
        self._at_end: Callable[[], None] | None = None
        self._threads = [
            threading.Thread(
                target=self._work,
                args=[f"{holder}-{number}"],
                name=f"memoryos-worker-{number}",
                daemon=True,
            )
            for number in range(concurrency)
        ]
        self._at_work = concurrency

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """Something was written, by whatever process: look soon. Cheap, and for any thread."""
        with self._woken:
            self._wakes += 1
            self._woken.notify_all()

    def stop(self, *, then: Callable[[], None]) -> None:
        """End after the steps at hand, soon, and call `then`; what is left stays due.

        A step that waits for a model longer than 4 s is given up: its result will be dropped.
        """
        if threading.current_thread() in self._threads:
            # The garbage collector found here that nobody holds the memory any more, maybe amid a
            # write: no lock is taken before this thread has let go of its own.
            self._at_end = then
            return
        self._stopping.set()
        self.wake()
        give_up_at = time.monotonic() + STOP_SECONDS
        running = [thread for thread in self._threads if thread.is_alive()]
        for thread in running:
            thread.join(max(0.0, give_up_at - time.monotonic()))
        if any(thread.is_alive() for thread in running):
            self._updater.let_go()
        then()

    def _is_stopping(self) -> bool:
        return self._at_end is not None or self._stopping.is_set()

    def _work(self, holder: str) -> None:
        while not self._is_stopping():
            wakes = self._wakes
            self._tidy()
            if self._updater.is_full:
                self._stopping.wait(FULL_SECONDS)
            elif not self._turn(holder):
                self._idle(wakes)
            elif self._updater.rests:
                self._stopping.wait(RESTING_SECONDS)
        self._leave()

    def _turn(self, holder: str) -> bool:
        """Give the owner who waits for longest a turn; False if nobody waits, or storage fails.

        An owner whose turn fails is as it was, and others go on.
        """
        try:
            return self._updater.turn(holder, stopping=self._is_stopping)
        except Exception as error:
            self._tell(error)
            return is_own(error)

    def _idle(self, wakes: int) -> None:
        """Wait until somebody is due, or something is written; `wakes` is what was known of that
        before the last look."""

        def is_over() -> bool:
            return self._wakes != wakes or self._is_stopping()

        seconds = self._seconds_to_next()
        with self._woken:
            is_woken = self._woken.wait_for(is_over, seconds)
        if is_woken:
            # A burst of writes is filed together.
            self._stopping.wait(self._delay_seconds)
            self._tidied_at = -math.inf

    def _seconds_to_next(self) -> float:
        now = self._clock()
        soon = now + timedelta(seconds=self._look_seconds)
        try:
            later = self._store.owners(due_before=soon, limit=1)
        except Exception as error:
            self._tell(error)
            return self._look_seconds
        if not later or later[0].due_at is None:
            return self._look_seconds
        until_due = (later[0].due_at - now).total_seconds()
        return min(self._look_seconds, until_due if until_due > 0 else BUSY_SECONDS)

    def _tidy(self) -> None:
        if time.monotonic() - self._tidied_at < SMALL_WORK_SECONDS:
            return
        if not self._tidying.acquire(blocking=False):
            return
        try:
            self._tidied_at = time.monotonic()
            self._before_round()
        except Exception as error:
            self._tell(error)
        finally:
            self._tidying.release()

    def _tell(self, error: Exception) -> None:
        """Log what went wrong: this is the outermost boundary of its thread."""
        if not isinstance(error, MemoryOSError):
            # Where it went wrong, but not its words, which may quote somebody's memory.
            frames = "".join(traceback.format_tb(error.__traceback__))
            logger.error("background consolidation failed: %s\n%s", type(error).__name__, frames)
        elif not self._is_stopping():
            logger.warning("background consolidation failed: %s", type(error).__name__)

    def _leave(self) -> None:
        """End this thread; the last one does what is to be done at the end."""
        with self._woken:
            self._at_work -= 1
            is_last = not self._at_work
            self._woken.notify_all()
        if is_last and self._at_end is not None:
            try:
                self._at_end()
            except Exception as error:
                self._tell(error)
