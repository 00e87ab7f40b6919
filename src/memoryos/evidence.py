"""Abstention: whether anything in memory is about a query."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from memoryos.index.index import Index, Ranking
from memoryos.index.vectors import Floats

ROWS = 10
"""How many of the best rows may bear a query out."""


def is_about(
    index: Index, ranking: Ranking, vector: Floats | None, rows: npt.NDArray[np.int64]
) -> bool:
    """Whether the best of `rows` (best first) bear the query out; False where there are none.

    Rests on absolute evidence: the share of the query's words, by idf, that stands in a row, and
    the cosine less what all rows share. A score says only which row is better than which.
    """
    best = rows[:ROWS]
    if not len(best):
        return False
    if ranking.passages is None or vector is None:
        return bool(ranking.coverage[best].max() >= index.weights.enough_words)
    similarity = index.vectors.centred_similarity(vector, best)
    return bool(ranking.coverage[best].max() + similarity.max() >= index.weights.enough)
