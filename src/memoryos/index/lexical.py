"""BM25 over one field, with the frequency of the speaker asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from memoryos.index.packing import SPEAKERS
from memoryos.index.postings import Postings, Rows
from memoryos.index.query import Word
from memoryos.model import Speaker

Floats = npt.NDArray[np.float32]

K1 = 0.9
B = 0.4
OTHER_SPEAKER_WEIGHT = 0.5
"""What a word counts that another says than the one asked about."""

KIN_EVIDENCE = 0.25
"""The share of a word's evidence that a row bears out which has only its kin."""

UNSEEN_ROWS = 100
"""Rows without any word of the query that evidence idf counts besides."""


@dataclass(frozen=True, slots=True)
class Matches:
    """How rows match the terms of a query."""

    scores: Floats
    """BM25."""
    covered: Floats
    """How much of what the query says stands in the row: the sum of evidence idf."""
    evidence: tuple[float, ...]
    """The evidence idf of each word; 0 for a date, which a window stands for."""


def match(
    postings: Postings,
    words: Sequence[Word],
    lengths: npt.NDArray[np.int64],
    speaker: Speaker | None,
    *,
    kin: float = 0.0,
) -> Matches:
    """Score rows by BM25, idf = ln(1 + (N - n + 0.5) / (n + 0.5)).

    `lengths` is the content words of each row. All the kin of a word together are one word more,
    which counts `kin` times what another would.
    """
    count = len(lengths)
    scores = np.zeros(count, dtype=np.float32)
    covered = np.zeros(count, dtype=np.float32)
    weights = _speaker_weights(speaker)
    dampers = (K1 * (1 - B + B * lengths / max(1.0, float(lengths.mean())))).astype(np.float32)
    evidence = []
    for word in words:
        rows, frequencies = _find(postings, word.stems, weights)
        gain = frequencies * (K1 + 1) / (frequencies + dampers[rows])
        scores[rows] += _idf(count, len(rows)) * gain
        evidence.append(0.0 if word.is_date else evidence_idf(count, len(rows)))
        covered[rows] += evidence[-1]
        if kin and word.kin:
            alike, frequencies = _find_kin(postings, word.kin, weights, count)
            gain = frequencies * (K1 + 1) / (frequencies + dampers[alike])
            scores[alike] += np.float32(kin * _idf(count, len(alike))) * gain
            kin_alone = np.zeros(count, dtype=np.bool_)
            kin_alone[alike], kin_alone[rows] = True, False
            covered[kin_alone] += KIN_EVIDENCE * evidence[-1]
    return Matches(scores, covered, tuple(evidence))


def evidence_idf(count: int, holding: int) -> float:
    """What a word that `holding` of `count` rows hold tells of what a row is about.

    A handful of rows cannot tell a rare word from a common one: as though there were more.
    """
    return _idf(count + UNSEEN_ROWS, holding)


def _idf(count: int, holding: int) -> float:
    return float(np.log1p((count - holding + 0.5) / (holding + 0.5)))


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


def _find_kin(
    postings: Postings, kin: tuple[int, ...], weights: Floats, count: int
) -> tuple[Rows, Floats]:
    """The rows that have any of `kin`, each once, and their weighted frequency."""
    rows, counts = postings.find_any(np.array(kin, dtype=np.uint32))
    frequencies = np.bincount(rows, weights=counts @ weights, minlength=count)
    alike = np.flatnonzero(frequencies).astype(np.int32)
    return alike, frequencies[alike].astype(np.float32)
