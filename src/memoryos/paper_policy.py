"""Policy `paper`: the two-stage dense retrieval of the MemoryOS paper (§3.4, Eq. 5).

Kept for comparison. What is in no segment of mid-term memory is out of its sight (short-term memory
comes beside, as ever), and so are archived segments and facts beyond the capacity. It never
abstains.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from memoryos.config import MemoryConfig
from memoryos.excerpts import Passage, RankedPage
from memoryos.index.query import AnalysedQuery
from memoryos.index.vectors import Floats
from memoryos.mid_term import f_score
from memoryos.model import Fact, Kind, Page, Segment, Speaker
from memoryos.recall import RecalledFact
from memoryos.text.keywords import keywords
from memoryos.working_set import WorkingSet


def rank_pages(
    memory: WorkingSet,
    query: AnalysedQuery,
    vector: Floats | None,
    *,
    config: MemoryConfig,
    count: int,
) -> tuple[RankedPage, ...]:
    """The top-k pages of the top-m segments (Eq. 5), best first; k is `count`."""
    members: defaultdict[int, list[Page]] = defaultdict(list)
    for page in memory.pages.values():
        if page.segment is not None:
            members[page.segment].append(page)
    chosen = top_segments(
        vector,
        frozenset(keywords(query.text)),
        [
            (segment, _mean(memory.page_vector(page.number) for page in members[segment.number]))
            for segment in memory.segments.values()
            if segment.archived_at is None
        ],
        count=config.recalled_segments,
    )
    best = top_pages(
        vector,
        [
            (page, memory.page_vector(page.number))
            for segment in chosen
            for page in members[segment.number]
        ],
        count=count,
    )
    return tuple(
        RankedPage(page, cosine, {"dense": cosine}, _passages(memory, page, vector, cosine))
        for page, cosine in best
    )


def rank_facts(
    memory: WorkingSet, vector: Floats | None, *, config: MemoryConfig
) -> dict[Speaker, tuple[RecalledFact, ...]]:
    """The top-10 facts of the user and of the agent by cosine (Eq. 5).

    Of each, the newest `long_term_knowledge_capacity` are held: first in, first out (§3.3).
    """
    found: dict[Speaker, tuple[RecalledFact, ...]] = {}
    for subject in Speaker:
        held = sorted(
            (fact for fact in memory.facts.values() if _is_held(fact, subject)),
            key=lambda fact: fact.number,
        )[-config.long_term_knowledge_capacity :]
        cosines = [_cosine(vector, memory.fact_index.vector(fact.number)) for fact in held]
        ranked = sorted(
            zip(held, cosines, strict=True), key=lambda item: (-round(item[1], 5), -item[0].number)
        )
        found[subject] = tuple(
            RecalledFact(fact, rank, cosine, {"dense": cosine})
            for rank, (fact, cosine) in enumerate(ranked[: config.recalled_facts], start=1)
        )
    return found


def top_segments(
    query_vector: Floats | None,
    query_keywords: frozenset[str],
    segments: Iterable[tuple[Segment, Floats | None]],
    *,
    count: int,
) -> list[Segment]:
    """The first stage: the `count` segments of greatest F_score with the query (Eq. 3 and 5).

    F_score = cos(e_s, e_q) + Jaccard(K_s, K_q), with e_s the unit mean of the segment's pages. Of
    equal ones the newer first.
    """
    scored = [
        (f_score(vector, query_vector, frozenset(segment.keywords), query_keywords), segment)
        for segment, vector in segments
    ]
    scored.sort(key=lambda item: (-round(item[0], 5), -item[1].number))
    return [segment for _, segment in scored[:count]]


def top_pages(
    query_vector: Floats | None, pages: Sequence[tuple[Page, Floats | None]], *, count: int
) -> list[tuple[Page, float]]:
    """The second stage: the `count` pages of greatest cosine with the query, and it (Eq. 5).

    Of equal ones the newer first.
    """
    newest_first = sorted(pages, key=lambda item: item[0].order, reverse=True)
    scored = [(page, _cosine(query_vector, vector)) for page, vector in newest_first]
    scored.sort(key=lambda item: -round(item[1], 5))
    return scored[:count]


def _is_held(fact: Fact, subject: Speaker) -> bool:
    return fact.subject is subject and fact.superseded_at is None


def _mean(vectors: Iterable[Floats | None]) -> Floats | None:
    """The unit mean of the vectors there are; None where there is none."""
    known = [vector for vector in vectors if vector is not None]
    if not known:
        return None
    mean: Floats = np.sum(known, axis=0)
    mean /= np.float32(np.linalg.norm(mean) or 1.0)
    return mean


def _cosine(left: Floats | None, right: Floats | None) -> float:
    """Of unit vectors of one space; 0 where one is missing."""
    if left is None or right is None or left.shape != right.shape:
        return 0.0
    return float(left @ right)


def _passages(
    memory: WorkingSet, page: Page, vector: Floats | None, score: float
) -> tuple[Passage, ...]:
    """The passages of a page, which score as it does and by their own cosine."""
    spoken = memory.spoken_passages(Kind.PAGE, page.number)
    own = memory.page_index.passage_vectors(page.number)
    vectors = list(own) if len(own) else [None] * len(spoken)
    return tuple(
        Passage(position, speaker, text, score + _cosine(vector, vectors[position]))
        for position, (speaker, text) in enumerate(spoken)
    )
