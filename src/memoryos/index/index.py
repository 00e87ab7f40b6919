"""The index of one owner's pages or facts: exact, hybrid, in memory, followed as rows come and go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from memoryos.index.column import Column
from memoryos.index.lexical import match
from memoryos.index.packing import PASSAGE, POSTING, unpack
from memoryos.index.postings import Postings
from memoryos.index.query import AnalysedQuery
from memoryos.index.timeline import Timeline, greatest_by_group
from memoryos.index.vectors import Vectors

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Entry:
    """A page or a fact as it enters an index."""

    number: int
    time: float
    """POSIX seconds."""
    packed: bytes
    """From `packing`."""
    conversation_id: str | None = None
    segment: int | None = None


@dataclass(frozen=True, slots=True)
class Weights:
    """What each signal counts beside a cosine of 1. The values for pages are measured ones, and flat:
    within a factor of two nothing moves by more than 1.3 points of evidence recall."""

    lexical: float = 0.6
    characters: float = 0.3
    date: float = 0.3
    previous: float = 0.3
    next: float = 0.2
    session: float = 0.4
    length: float = 0.1 / 3


FACT_WEIGHTS = Weights(date=0.0, previous=0.0, next=0.0, session=0.0, length=0.0)
"""A fact stands for itself: what was learnt before and after it says nothing about it."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Every row's score for a query, and what it is made of; arrays of (rows,) unless said."""

    numbers: npt.NDArray[np.int64]
    times: npt.NDArray[np.float64]
    scores: Floats
    signals: Mapping[str, Floats]
    """Contributions by signal, which add up to `scores`."""
    covered: Floats
    """The share of the query's idf that stands in the row."""
    passages: Floats | None
    """(passages,) cosines less the penalty for another speaker; None without vectors."""

    def best(self, count: int) -> npt.NDArray[np.int64]:
        """The rows of the `count` best scores, best first; of equal ones the newer first."""
        # Scores are compared to five digits: the last bits of a float depend on how the library
        # adds up, and the order must not.
        scores = np.round(self.scores, 5)
        rows = np.arange(len(scores))
        if count < len(scores):
            least = np.partition(scores, -count)[-count]
            rows = np.flatnonzero(scores >= least)
        order = np.lexsort((-self.numbers[rows], -self.times[rows], -scores[rows]))
        return rows[order][:count]


class Index:
    """Rows of an owner with their vectors, terms, times and segments.

    Rows come in any order of time, with or without vectors. Not thread-safe.
    """

    def __init__(self, weights: Weights, *, gap_seconds: float) -> None:
        self.weights = weights
        self.vectors = Vectors()
        self.timeline = Timeline(gap_seconds)
        self._rows: dict[int, int] = {}
        self._segments = Column(np.int64)
        self._lengths = Column(np.int64)
        self._languages = Column("U5")
        self._words = Postings()
        self._grams = Postings()

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, number: int) -> bool:
        return number in self._rows

    @property
    def nbytes(self) -> int:
        """Bytes of memory, closely."""
        columns = (self._segments, self._lengths, self._languages, self._words, self._grams)
        parts = (*columns, self.vectors, self.timeline)
        return sum(part.nbytes for part in parts) + 100 * len(self._rows)
