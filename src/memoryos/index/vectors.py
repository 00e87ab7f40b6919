"""Passage vectors: the dense half of an index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from memoryos.index.column import Column
from memoryos.index.packing import PASSAGE, SPEAKERS
from memoryos.model import Speaker

Floats = npt.NDArray[np.float32]

OTHER_SPEAKER_PENALTY = 0.1
"""Taken off the cosine of a passage that another speaks than the one asked about."""


FILLED_ROWS = 256
"""As many rows are given their vectors at a time: to lay out those of a long memory side by side
takes as much fresh memory again, which costs more than what is done with it."""

SHRINKAGE = 6
"""Rows of nothing in common that the mean is taken over besides."""


@dataclass(frozen=True, slots=True)
class Similarity:
    """Cosines with a query."""

    rows: Floats
    """Of each row's own vector."""
    passages: Floats
    """Of each passage, less the penalty where another speaks."""


class Vectors:
    """Passages of rows, in the order of the rows, with a vector each once it is known.

    Vectors are float32 of unit norm, or zero; all have the same dimension. A row's own vector is
    the sum of those of its passages, made unit: so its cosine needs no vector beside theirs.
    """

    def __init__(self) -> None:
        self._passages = Column(PASSAGE)
        self._starts = Column(np.int64)
        self._norms = Column(np.float32)
        self._known = Column(np.bool_)
        self._matrix: Column | None = None
        self._sum: npt.NDArray[np.float64] | None = None

    @property
    def nbytes(self) -> int:
        columns = (self._passages, self._starts, self._norms, self._known, self._matrix)
        return sum(column.nbytes for column in columns if column is not None)

    def extend(self, passages: npt.NDArray[np.void], counts: npt.NDArray[np.int64]) -> None:
        """Append rows: the passages of all (PASSAGE), and how many each row has, at least one."""
        self._starts.extend(len(self._passages) + np.cumsum(counts) - counts)
        self._passages.extend(passages)
        self._norms.extend_zeros(len(counts))
        self._known.extend_zeros(len(counts))
        if self._matrix is not None:
            self._matrix.extend_zeros(len(passages))

    def passages(self, row: int) -> list[tuple[Speaker, int, int]]:
        """Speaker, start and end in his half, of each passage of a row."""
        return [
            (SPEAKERS[speaker], start, end)
            for speaker, start, end in self._passages.values[self.span(row)].tolist()
        ]

    def span(self, row: int) -> slice:
        """Where the passages of a row stand among all."""
        starts = self._starts.values
        end = starts[row + 1] if row + 1 < len(starts) else len(self._passages)
        return slice(int(starts[row]), int(end))

    def fill(self, rows: Sequence[int], vectors: Sequence[bytes]) -> None:
        """Give rows the vectors of their passages: float32 (passages, dim) in C order, as bytes.

        Raises ValueError where the vectors do not fit the passages.
        """
        every = np.asarray(rows, dtype=np.int64)
        for start in range(0, len(every), FILLED_ROWS):
            some = slice(start, start + FILLED_ROWS)
            self._fill(every[some], vectors[some])

    def _fill(self, wanted: npt.NDArray[np.int64], vectors: Sequence[bytes]) -> None:
        places, lengths = self._places(wanted)
        given = np.frombuffer(b"".join(vectors), dtype=np.float32).reshape(len(places), -1)
        matrix, total = self._open(given.shape[1])
        total -= self.units(wanted[self._known.values[wanted]]).sum(axis=0, dtype=np.float64)
        matrix.values[places] = given
        self._known.values[wanted] = True
        sums = _sum_by_row(given, lengths)
        self._norms.values[wanted] = np.sqrt(np.einsum("ij,ij->i", sums, sums))
        total += _unit(sums, self._norms.values[wanted]).sum(axis=0, dtype=np.float64)

    def clear(self) -> None:
        """Drop every vector: the owner has moved to another vector space."""
        self._matrix, self._sum = None, None
        self._norms.values[:] = 0
        self._known.values[:] = False

    def of_passages(self, row: int) -> Floats:
        """The vectors of a row's passages, (passages, dim); (0, 0) while it has none."""
        if self._matrix is None or not self._known.values[row]:
            return np.empty((0, 0), dtype=np.float32)
        return self._matrix.values[self.span(row)]

    def units(self, rows: npt.NDArray[np.int64]) -> Floats:
        """The unit vectors of `rows`, (rows, dim), all of which must have one."""
        assert self._matrix is not None
        places, lengths = self._places(rows)
        return _unit(_sum_by_row(self._matrix.values[places], lengths), self._norms.values[rows])

    def nonzero(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Which of `rows` have a vector that points somewhere: text without content has none."""
        mask: npt.NDArray[np.bool_] = self._norms.values[rows] > 0
        return mask

    def known(self) -> npt.NDArray[np.bool_]:
        """Which rows have been given vectors, (rows,)."""
        return self._known.values

    def mean(self) -> Floats | None:
        """The mean of the unit vectors of the rows that have one, (dim,); None if none has.

        Shrunk towards zero while rows are few, when it says more of them than of what all share.
        """
        count = np.count_nonzero(self._norms.values)
        if self._sum is None or not count:
            return None
        mean: Floats = (self._sum / (count + SHRINKAGE)).astype(np.float32)
        return mean

    def similarity(self, query: Floats, speaker: Speaker | None) -> Similarity | None:
        """Cosines with a unit vector (dim,); None where there is nothing to compare with."""
        if self._matrix is None or len(query) != self._matrix.values.shape[1]:
            return None
        norms = self._norms.values
        if not norms.any():
            return None
        # Not `@`: the linear algebra library splits it between threads, which stalls for tens of
        # milliseconds where cores are busy and gains little where memory is the limit. So each
        # cosine is the same to the last bit, too, however many rows there are.
        cosines: Floats = np.einsum("ij,j->i", self._matrix.values, query)
        rows = np.add.reduceat(cosines, self._starts.values)
        np.divide(rows, norms, out=rows, where=norms > 0)
        if speaker is not None:
            other = self._passages.values["speaker"] != SPEAKERS.index(speaker)
            cosines -= np.float32(OTHER_SPEAKER_PENALTY) * other
        return Similarity(rows, cosines)

    def best(self, passages: Floats) -> Floats:
        """The greatest of each row's passages."""
        best: Floats = np.maximum.reduceat(passages, self._starts.values)
        return best

    def centred_similarity(self, query: Floats, rows: npt.NDArray[np.int64]) -> Floats:
        """Greatest cosine of each row's passages with the query, both less the mean."""
        mean = self.mean()
        assert self._matrix is not None
        assert mean is not None
        places, lengths = self._places(rows)
        centred = self._matrix.values[places] - mean
        about = query - mean
        scale = np.linalg.norm(centred, axis=1) * np.linalg.norm(about)
        cosines = (centred @ about) / np.maximum(scale, 1e-6)
        best: Floats = np.maximum.reduceat(cosines, np.cumsum(lengths) - lengths)
        return best

    def keep(self, mask: npt.NDArray[np.bool_]) -> None:
        """Drop the rows where `mask` is False."""
        if self._sum is not None:
            gone = np.flatnonzero(~mask & self._known.values)
            self._sum -= self.units(gone).sum(axis=0, dtype=np.float64)
        counts = np.diff(self._starts.values, append=len(self._passages))
        kept = np.repeat(mask, counts)
        self._passages.keep(kept)
        self._norms.keep(mask)
        self._known.keep(mask)
        if self._matrix is not None:
            self._matrix.keep(kept)
        self._starts = Column(np.int64)
        self._starts.extend(np.cumsum(counts[mask]) - counts[mask])

    def _open(self, dim: int) -> tuple[Column, npt.NDArray[np.float64]]:
        if self._matrix is None or self._sum is None:
            self._matrix = Column(np.float32, dim)
            self._matrix.extend_zeros(len(self._passages))
            self._sum = np.zeros(dim)
        return self._matrix, self._sum

    def _places(
        self, rows: npt.NDArray[np.int64]
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Where the passages of `rows` stand among all, and how many each row has."""
        bounds = np.append(self._starts.values, len(self._passages))
        starts, lengths = bounds[rows], bounds[rows + 1] - bounds[rows]
        shifts = starts - (np.cumsum(lengths) - lengths)
        return np.repeat(shifts, lengths) + np.arange(lengths.sum()), lengths


def _sum_by_row(passages: Floats, lengths: npt.NDArray[np.int64]) -> Floats:
    """The sum of each row's passages, which follow one another; (rows, dim)."""
    starts = np.cumsum(lengths) - lengths
    sums: Floats = passages[starts]
    # Ten times faster than np.add.reduceat along this axis.
    for place in range(1, int(lengths.max(initial=0))):
        longer = lengths > place
        sums[longer] += passages[starts[longer] + place]
    return sums


def _unit(sums: Floats, norms: Floats) -> Floats:
    """`sums` made unit, in place."""
    sums /= np.maximum(norms, np.float32(1e-12))[:, None]
    return sums
