"""Mid-term memory: segments of one topic, their heat, and which of them leaves (Eq. 2-4)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from memoryos.embedders.base import Embeddings
from memoryos.model import Segment

PAPER_THETA = 0.6
"""The paper's threshold on F_score, for raw cosines (§4.1)."""

THETA_BY_EMBEDDER = {"wordllama": 0.28, "sentence-transformers": 0.38, "fastembed": 0.38}
"""Thresholds on centred vectors: names and style set a floor under raw cosines, which differs from
one conversation to another; without the owner's mean vector one threshold suits them all."""

LEXICAL_THETA = 0.12
"""The threshold where there are no vectors and F_score is the Jaccard index of keywords alone."""

CHAIN_BONUS = 0.1
"""Added for the segment that the page before joined, if both are of one chain: "And then?" has no
topic of its own, it stays where the talk is."""


def theta_for(embedding_model: str) -> float:
    """The threshold on F_score that suits an embedder's centred vectors; "" is no embedder."""
    if not embedding_model:
        return LEXICAL_THETA
    return THETA_BY_EMBEDDER.get(embedding_model.split("/")[0], 0.35)


def jaccard(left: AbstractSet[str], right: AbstractSet[str]) -> float:
    """Shared keywords over all keywords, 0 to 1; 0 if both are empty."""
    shared = len(left & right)
    return shared / (len(left) + len(right) - shared) if shared else 0.0


def f_score(
    segment_vector: Embeddings | None,
    page_vector: Embeddings | None,
    segment_keywords: AbstractSet[str],
    page_keywords: AbstractSet[str],
) -> float:
    """F_score = cos(e_s, e_p) + Jaccard(K_s, K_p)   (MemoryOS paper, Eq. 3)

    Vectors are float32 (dim,), of unit norm; a missing one counts as cosine 0. Between -1 and 2.
    """
    cosine = 0.0
    if segment_vector is not None and page_vector is not None:
        cosine = float(segment_vector @ page_vector)
    return cosine + jaccard(segment_keywords, page_keywords)


def segment_heat(segment: Segment, *, now: datetime, decay_seconds: float) -> float:
    """How alive a segment is; the coldest is archived first.

    Heat = N_visit + L_interaction + exp(-dt / mu)   (MemoryOS paper, Eq. 4; all weights 1)

    dt is the time since the last visit in seconds, mu is `decay_seconds` (paper: 1e7 s, about 116
    days). Dimensionless, >= 0. A clock that ran backwards counts as dt = 0.
    """
    idle = max(0.0, (now - segment.visited_at).total_seconds())
    recency = math.exp(-idle / decay_seconds) if decay_seconds else 0.0
    return segment.visit_count + segment.interaction_length + recency


def coldest(
    segments: Iterable[Segment], *, capacity: int, now: datetime, decay_seconds: float
) -> tuple[Segment, ...]:
    """The warm segments that must leave so that `capacity` remain, coldest first.

    Equal heat: the one visited longest ago, then the older one, leaves first.
    """
    warm = [segment for segment in segments if segment.archived_at is None]
    warm.sort(
        key=lambda segment: (
            segment_heat(segment, now=now, decay_seconds=decay_seconds),
            segment.visited_at,
            segment.number,
        )
    )
    return tuple(warm[: max(0, len(warm) - capacity)])


@dataclass(frozen=True, slots=True)
class FiledTopic:
    """A topic and the segment it went to; `founded` if the segment is new."""

    pages: tuple[int, ...]
    segment: int
    founded: bool


@dataclass(slots=True)
class OpenSegment:
    """A warm segment while pages are being filed: the sum of its pages' vectors, and keywords."""

    number: int
    keywords: frozenset[str]
    vector_sum: Embeddings | None = None
    vector: Embeddings | None = field(init=False)
    """The direction of `vector_sum`, of unit norm."""

    def __post_init__(self) -> None:
        self.vector = _unit(self.vector_sum)

    def absorb(self, vector: Embeddings | None, keywords: Iterable[str]) -> None:
        self.keywords |= frozenset(keywords)
        if vector is not None:
            self.vector_sum = vector if self.vector_sum is None else self.vector_sum + vector
            self.vector = _unit(self.vector_sum)


@dataclass(frozen=True, slots=True)
class TopicToFile:
    """A topic with its mean vector (float32 (dim,), unit norm, or None) and its dialogue chain."""

    pages: tuple[int, ...]
    keywords: frozenset[str]
    vector: Embeddings | None
    chain: int
    continues: int | None = None


def file_topics(
    topics: Sequence[TopicToFile],
    warm: Sequence[OpenSegment],
    *,
    theta: float,
    next_number: int,
    chain_segments: Mapping[int, int],
) -> tuple[FiledTopic, ...]:
    """Give each topic, in order, to the segment of best F_score above `theta`, or to a new one.

    A topic that names the segment it continues goes there. `chain_segments` says where each
    dialogue chain was last. New segments are numbered from `next_number` on, and later topics of
    the same call may join them (Eq. 2-3). Neither argument is changed.
    """
    open_segments = {
        segment.number: OpenSegment(segment.number, segment.keywords, segment.vector_sum)
        for segment in warm
    }
    last_of_chain = dict(chain_segments)
    filed = []
    for topic in topics:
        number = topic.continues
        if number not in open_segments:
            number = _best(topic, open_segments, theta, last_of_chain.get(topic.chain))
        founded = number is None
        if number is None:
            number = next_number
            next_number += 1
            open_segments[number] = OpenSegment(number, frozenset())
        open_segments[number].absorb(topic.vector, topic.keywords)
        last_of_chain[topic.chain] = number
        filed.append(FiledTopic(topic.pages, number, founded))
    return tuple(filed)


def _best(
    topic: TopicToFile, segments: Mapping[int, OpenSegment], theta: float, current: int | None
) -> int | None:
    best, best_score = None, theta
    for number, segment in segments.items():
        score = f_score(segment.vector, topic.vector, segment.keywords, topic.keywords)
        if number == current:
            score += CHAIN_BONUS
        # ">=" among equals prefers the younger segment: numbers grow with time.
        if score > theta and score >= best_score:
            best, best_score = number, score
    return best


def _unit(vector: Embeddings | None) -> Embeddings | None:
    if vector is None:
        return None
    norm = float(np.linalg.norm(vector))
    return vector / np.float32(norm) if norm else None
