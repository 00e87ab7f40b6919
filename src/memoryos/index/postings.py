"""Term -> rows: the lexical half of an index, for one field."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from memoryos.index.column import Column
from memoryos.index.packing import POSTING

Rows = npt.NDArray[np.int32]
Frequencies = npt.NDArray[np.float32]

_TAIL = 1 << 15
"""Fresh postings are scanned until they are this many, then merged: some 5 us a term at most."""


class Postings:
    """Rows by term hash: arrays sorted by term, and a short unsorted tail for fresh rows."""

    def __init__(self) -> None:
        self._terms = np.empty(0, dtype=np.uint32)
        self._rows = np.empty(0, dtype=np.int32)
        self._counts = np.empty((0, 2), dtype=np.uint8)
        self._tail = Column(POSTING)
        self._tail_rows = Column(np.int32)

    def __len__(self) -> int:
        return len(self._terms) + len(self._tail)

    @property
    def nbytes(self) -> int:
        sorted_part = self._terms.nbytes + self._rows.nbytes + self._counts.nbytes
        return sorted_part + self._tail.nbytes + self._tail_rows.nbytes

    def extend(self, postings: npt.NDArray[np.void], rows: Rows) -> None:
        """Append postings (POSTING, (n,)) of `rows` (n,); a row has a term once."""
        self._tail.extend(postings)
        self._tail_rows.extend(rows)
        if len(self._tail) > _TAIL:
            self._merge()

    def find(self, term: int) -> tuple[Rows, Frequencies]:
        """The rows that have `term`, and its frequency by user and agent, (n, 2)."""
        wanted = np.uint32(term)
        first = int(np.searchsorted(self._terms, wanted, "left"))
        last = int(np.searchsorted(self._terms, wanted, "right"))
        rows, counts = self._rows[first:last], self._counts[first:last]
        fresh = np.flatnonzero(self._tail.values["term"] == wanted)
        if len(fresh):
            rows = np.concatenate((rows, self._tail_rows.values[fresh]))
            counts = np.concatenate((counts, _counts(self._tail.values[fresh])))
        return rows, counts.astype(np.float32)

    def keep(self, mask: npt.NDArray[np.bool_]) -> None:
        """Drop the rows where `mask` is False and number the others anew."""
        self._merge()
        kept = mask[self._rows]
        renumbered = np.cumsum(mask, dtype=np.int32) - 1
        self._terms, self._counts = self._terms[kept], self._counts[kept]
        self._rows = renumbered[self._rows[kept]]

    def _merge(self) -> None:
        tail = self._tail.values
        # One sort of term and place packed together is several times faster than argsort.
        keys = (tail["term"].astype(np.uint64) << np.uint64(32)) | np.arange(
            len(tail), dtype=np.uint64
        )
        keys.sort()
        order = (keys & np.uint64(0xFFFFFFFF)).astype(np.int64)
        terms = (keys >> np.uint64(32)).astype(np.uint32)
        rows, counts = self._tail_rows.values[order], _counts(tail)[order]
        if len(self._terms):
            at = np.searchsorted(self._terms, terms, "right")
            self._terms = np.insert(self._terms, at, terms)
            self._rows = np.insert(self._rows, at, rows)
            self._counts = np.insert(self._counts, at, counts, axis=0)
        else:
            self._terms, self._rows, self._counts = terms, rows, counts
        self._tail, self._tail_rows = Column(POSTING), Column(np.int32)


def _counts(postings: npt.NDArray[np.void]) -> npt.NDArray[np.uint8]:
    return np.stack((postings["user"], postings["agent"]), axis=1)
