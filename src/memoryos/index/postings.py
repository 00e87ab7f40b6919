"""Term -> rows: the lexical half of an index, for one field."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from memoryos.index.column import Column
from memoryos.index.packing import POSTING
from memoryos.index.terms import Hashes

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
        self._tail_terms = Column(np.uint32)
        self._tail_rows = Column(np.int32)

    def __len__(self) -> int:
        return len(self._terms) + len(self._tail)

    @property
    def nbytes(self) -> int:
        sorted_part = self._terms.nbytes + self._rows.nbytes + self._counts.nbytes
        tail = (self._tail, self._tail_terms, self._tail_rows)
        return sorted_part + sum(column.nbytes for column in tail)

    def extend(self, postings: npt.NDArray[np.void], rows: Rows) -> None:
        """Append postings (POSTING, (n,)) of `rows` (n,); a row has a term once."""
        self._tail.extend(postings)
        self._tail_terms.extend(postings["term"])
        self._tail_rows.extend(rows)
        if len(self._tail) > _TAIL:
            self._merge()

    def find(self, term: int) -> tuple[Rows, Frequencies]:
        """The rows that have `term`, and its frequency by user and agent, (n, 2)."""
        wanted = np.uint32(term)
        first = int(np.searchsorted(self._terms, wanted, "left"))
        last = int(np.searchsorted(self._terms, wanted, "right"))
        rows, counts = self._rows[first:last], self._counts[first:last]
        fresh = np.flatnonzero(self._tail_terms.values == wanted)
        if len(fresh):
            rows = np.concatenate((rows, self._tail_rows.values[fresh]))
            counts = np.concatenate((counts, _counts(self._tail.values[fresh])))
        return rows, counts.astype(np.float32)

    def find_any(self, terms: Hashes) -> tuple[Rows, Frequencies]:
        """As `find` for all of `terms`, which ascend: a row as often as it has one of them."""
        firsts = np.searchsorted(self._terms, terms, "left")
        lasts = np.searchsorted(self._terms, terms, "right")
        held = firsts < lasts
        spans = list(map(slice, firsts[held].tolist(), lasts[held].tolist()))
        fresh = self._fresh(terms)
        rows = [*(self._rows[span] for span in spans), self._tail_rows.values[fresh]]
        counts = [*(self._counts[span] for span in spans), _counts(self._tail.values[fresh])]
        return np.concatenate(rows), np.concatenate(counts).astype(np.float32)

    def _fresh(self, terms: Hashes) -> npt.NDArray[np.int64]:
        """Where in the tail any of `terms` stands, which ascend. Their last bits are looked up in a
        table first: that is faster than to look for each of them."""
        tail = self._tail_terms.values
        ends = np.zeros(1 << 16, dtype=np.bool_)
        ends[terms.astype(np.uint16)] = True
        likely = np.flatnonzero(ends[tail.astype(np.uint16)])
        found = tail[likely]
        fresh: npt.NDArray[np.int64] = likely[terms[np.searchsorted(terms[:-1], found)] == found]
        return fresh

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
        self._tail = Column(POSTING)
        self._tail_terms, self._tail_rows = Column(np.uint32), Column(np.int32)


def _counts(postings: npt.NDArray[np.void]) -> npt.NDArray[np.uint8]:
    return np.stack((postings["user"], postings["agent"]), axis=1)
