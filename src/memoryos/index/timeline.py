"""When rows were said, and in which session: who stands beside whom."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from memoryos.index.column import Column

Floats = npt.NDArray[np.float32]

DAY = 86_400.0
DAYS_BEFORE = 7.0
DAYS_AFTER = 21.0
"""People speak of a thing before its day, and longer after it."""


class Timeline:
    """Time and session of rows, which may come in any order of time.

    A session is a conversation that carries an id, else a stretch of rows without one in which no
    silence is longer than `gap_seconds`.
    """

    def __init__(self, gap_seconds: float) -> None:
        self._gap_seconds = gap_seconds
        self._times = Column(np.float64)
        self._numbers = Column(np.int64)
        self._conversations = Column(np.int32)
        self._conversation_numbers: dict[str | None, int] = {None: 0}
        self._sessions = np.empty(0, dtype=np.int64)
        self._previous = np.empty(0, dtype=np.int64)
        self._next = np.empty(0, dtype=np.int64)

    @property
    def nbytes(self) -> int:
        return 56 * len(self._times)

    @property
    def times(self) -> npt.NDArray[np.float64]:
        """POSIX seconds of each row."""
        return self._times.values

    @property
    def numbers(self) -> npt.NDArray[np.int64]:
        return self._numbers.values

    def extend(
        self, numbers: Sequence[int], times: Sequence[float], conversations: Sequence[str | None]
    ) -> None:
        """Append rows: number, POSIX seconds and conversation id of each."""
        known = self._conversation_numbers
        self._numbers.extend(numbers)
        self._times.extend(times)
        self._conversations.extend([known.setdefault(name, len(known)) for name in conversations])

    def keep(self, mask: npt.NDArray[np.bool_]) -> None:
        """Drop the rows where `mask` is False."""
        for column in (self._times, self._numbers, self._conversations):
            column.keep(mask)
        self._sessions = self._sessions[:0]

    def nearness(self, window: tuple[float, float]) -> Floats:
        """1 for rows inside a window of POSIX seconds, falling to 0 over the days around it."""
        start, end = window
        before = (start - self.times) / (DAYS_BEFORE * DAY)
        after = (self.times - end) / (DAYS_AFTER * DAY)
        return np.clip(1.0 - np.maximum(before, after).clip(0.0), 0.0, 1.0).astype(np.float32)

    def beside(self, values: Floats) -> tuple[Floats, Floats]:
        """The values of the row before and of the row after in the session; 0 where there is none."""
        self._link()
        padded = np.append(values, np.float32(0))
        return padded[self._previous], padded[self._next]

    def best_of_session(self, values: Floats) -> Floats:
        """The greatest value in each row's session."""
        self._link()
        return greatest_by_group(values, self._sessions)

    def _link(self) -> None:
        """Find sessions and neighbours anew, after rows came or went."""
        count = len(self._times)
        if len(self._sessions) == count:
            return
        times, conversations = self.times, self._conversations.values
        order = np.lexsort((self.numbers, times, conversations))
        breaks = np.diff(conversations[order]) != 0
        breaks |= (conversations[order][1:] == 0) & (np.diff(times[order]) > self._gap_seconds)
        sessions = np.concatenate(([0], np.cumsum(breaks)))
        # -1 is the zero that `beside` pads with.
        before = np.where(breaks, -1, order[:-1])
        after = np.where(breaks, -1, order[1:])
        self._sessions = np.empty(count, dtype=np.int64)
        self._previous = np.full(count, -1, dtype=np.int64)
        self._next = np.full(count, -1, dtype=np.int64)
        self._sessions[order] = sessions
        self._previous[order[1:]] = before
        self._next[order[:-1]] = after


def greatest_by_group(values: Floats, groups: npt.NDArray[np.int64]) -> Floats:
    """For each value the greatest in its group; groups are numbered from 0."""
    greatest = np.full(int(groups.max(initial=-1)) + 1, -np.inf, dtype=np.float32)
    np.maximum.at(greatest, groups, values)
    return greatest[groups]
