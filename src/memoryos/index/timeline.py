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
"""How far beside a window a page still counts: people speak of a thing longer after its day."""

BESIDE = 0.5
"""The most that a page beside a window counts: asked about the 4th of May, the pages of that day
come before those of the 3rd and 5th."""

_NOBODY = -1
"""No neighbour: the place of the zero that `beside` pads with."""


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
        self._sessions = Column(np.int64)
        self._previous = Column(np.int64)
        self._next = Column(np.int64)
        self._last: dict[int, int] = {}
        self._linked = True

    @property
    def nbytes(self) -> int:
        return 2 * (self._times.nbytes + self._numbers.nbytes + self._sessions.nbytes)

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
        for column in (self._sessions, self._previous, self._next):
            column.extend_zeros(len(numbers))
        self._linked = self._linked and len(numbers) == 1 and self._link_newest()

    def keep(self, mask: npt.NDArray[np.bool_]) -> None:
        """Drop the rows where `mask` is False."""
        columns = (self._times, self._numbers, self._conversations)
        for column in (*columns, self._sessions, self._previous, self._next):
            column.keep(mask)
        self._linked = False

    def nearness(self, window: tuple[float, float]) -> Floats:
        """1 for rows inside a window of POSIX seconds; beside it BESIDE, falling to 0 over days."""
        start, end = window
        before = (start - self.times) / (DAYS_BEFORE * DAY)
        after = (self.times - end) / (DAYS_AFTER * DAY)
        away = np.maximum(before, after).clip(0.0, 1.0)
        return np.where(away > 0, BESIDE * (1.0 - away), 1.0).astype(np.float32)

    def beside(self, values: Floats) -> tuple[Floats, Floats]:
        """The values of the rows before and after in the session; 0 where there is none."""
        self._link()
        padded = np.append(values, np.float32(0))
        return padded[self._previous.values], padded[self._next.values]

    def best_of_session(self, values: Floats) -> Floats:
        """The greatest value in each row's session."""
        self._link()
        return greatest_by_group(values, self._sessions.values)

    def _link(self) -> None:
        """Find the sessions and neighbours of all rows, where that is not done yet."""
        if self._linked:
            return
        times, conversations = self.times, self._conversations.values
        order = np.lexsort((self.numbers, times, conversations))
        breaks = np.diff(conversations[order]) != 0
        breaks |= (conversations[order][1:] == 0) & (np.diff(times[order]) > self._gap_seconds)
        self._sessions.values[order] = np.concatenate(([0], np.cumsum(breaks)))
        self._previous.values[order[:1]] = self._next.values[order[-1:]] = _NOBODY
        self._previous.values[order[1:]] = np.where(breaks, _NOBODY, order[:-1])
        self._next.values[order[:-1]] = np.where(breaks, _NOBODY, order[1:])
        self._last = dict(zip(conversations[order].tolist(), order.tolist(), strict=True))
        self._linked = True

    def _link_newest(self) -> bool:
        """Link the one row just appended; False if others of its conversation come after it."""
        row = len(self._times) - 1
        conversation = int(self._conversations.values[row])
        previous = self._last.get(conversation, _NOBODY)
        silence = self.times[row] - self.times[previous] if previous != _NOBODY else 0.0
        if silence < 0 or (silence == 0 and self.numbers[row] < self.numbers[previous]):
            return False
        if conversation == 0 and silence > self._gap_seconds:
            previous = _NOBODY
        self._previous.values[row], self._next.values[row] = previous, _NOBODY
        if previous != _NOBODY:
            self._next.values[previous] = row
            self._sessions.values[row] = self._sessions.values[previous]
        else:
            self._sessions.values[row] = self._sessions.values.max(initial=-1) + 1
        self._last[conversation] = row
        return True


def greatest_by_group(values: Floats, groups: npt.NDArray[np.int64]) -> Floats:
    """For each value the greatest in its group; groups are numbered from 0."""
    greatest = np.full(int(groups.max(initial=-1)) + 1, -np.inf, dtype=np.float32)
    np.maximum.at(greatest, groups, values)
    return greatest[groups]
