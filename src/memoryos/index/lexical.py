"""BM25 over one field, with the frequency of the speaker asked about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from memoryos.index.packing import SPEAKERS
from memoryos.index.postings import Postings, Rows
from memoryos.model import Speaker

Floats = npt.NDArray[np.float32]

K1 = 0.9
B = 0.4
OTHER_SPEAKER_WEIGHT = 0.5
"""What a word counts that another says than the one asked about."""


@dataclass(frozen=True, slots=True)
class Matches:
    """How rows match the terms of a query."""

    scores: Floats
    """BM25."""
    covered: Floats
    """The share of the query's idf that stands in the row, 0 to 1."""
    shares: tuple[float, ...]
    """Each term's share of the query's idf; they add up to 1."""


def match(
    postings: Postings,
    terms: Iterable[tuple[int, ...]],
    lengths: npt.NDArray[np.int64],
    speaker: Speaker | None,
) -> Matches:
    """Score rows by BM25, idf = ln(1 + (N - n + 0.5) / (n + 0.5)).

    `terms` are alternatives to one another within a tuple; `lengths` is the content words of each
    row.
    """
    count = len(lengths)
    scores = np.zeros(count, dtype=np.float32)
    covered = np.zeros(count, dtype=np.float32)
    weights = _speaker_weights(speaker)
    dampers = (K1 * (1 - B + B * lengths / max(1.0, float(lengths.mean())))).astype(np.float32)
    weight_of_terms = []
    for alternatives in terms:
        rows, frequencies = _find(postings, alternatives, weights)
        idf = float(np.log1p((count - len(rows) + 0.5) / (len(rows) + 0.5)))
        scores[rows] += idf * (K1 + 1) * frequencies / (frequencies + dampers[rows])
        covered[rows] += idf
        weight_of_terms.append(idf)
    total = sum(weight_of_terms) or 1.0
    shares = tuple(idf / total for idf in weight_of_terms)
    return Matches(scores, covered / np.float32(total), shares)


def _speaker_weights(speaker: Speaker | None) -> Floats:
    if speaker is None:
        return np.ones(2, dtype=np.float32)
    weights = np.full(2, OTHER_SPEAKER_WEIGHT, dtype=np.float32)
    weights[SPEAKERS.index(speaker)] = 1.0
    return weights


def _find(
    postings: Postings, alternatives: tuple[int, ...], weights: Floats
) -> tuple[Rows, Floats]:
    """The rows that have any of the alternatives, each once, and their weighted frequency."""
    found = [postings.find(term) for term in alternatives]
    found = [(rows, frequencies) for rows, frequencies in found if len(rows)] or found[:1]
    rows = np.concatenate([rows for rows, _ in found])
    frequencies: Floats = np.concatenate([counts for _, counts in found]) @ weights
    if len(found) > 1:
        rows, places = np.unique(rows, return_inverse=True)
        frequencies = np.bincount(places, weights=frequencies).astype(np.float32)
    return rows, frequencies
