"""How many topics a segment mixes, told from the words of its pages: no model is asked.

Two pages are of one topic if their F_score (Eq. 3: the cosine of their vectors, less the mean of
the conversation's, and the Jaccard index of their keywords) exceeds the threshold that filing by
rules uses; neighbours in a session are given the bonus that the rules give the page that goes on.
So are pages that a third one joins: the topics of a segment are the connected components of its
pages. 1 is a segment of one topic.

The figure grows with the size of segments, and is 1 where every page has its own: read it beside
`pages_per_segment`, and beside `topics_by_chance`, of segments of the same sizes whose pages were
drawn at random. Rules that file by F_score are judged by their own measure here; a model is not.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from statistics import fmean
from typing import Any

import numpy as np
import numpy.typing as npt

from memoryos.embedders.base import Embedder, Embeddings
from memoryos.mid_term import CHAIN_BONUS, jaccard, theta_for
from memoryos.model import PageDraft
from memoryos.text.keywords import keywords
from memoryos.text.surrogates import without_surrogates

Likeness = npt.NDArray[np.bool_]
"""(pages, pages): whether the two are of one topic by themselves."""

Segments = Sequence[Sequence[int]]
"""Of each segment, the places of its pages in the conversation, from 0 on."""

DEALS = 5
"""How often pages are drawn at random."""


def likeness(pages: Sequence[PageDraft], embedder: Embedder) -> Likeness:
    """Which pages of a conversation are of one topic by themselves."""
    texts = [without_surrogates(f"{page.user_input}\n{page.agent_response}") for page in pages]
    vectors = _centred(embedder.embed(texts))
    words = [frozenset(keywords(text)) for text in texts]
    scores = vectors @ vectors.T + np.array([[jaccard(one, two) for two in words] for one in words])
    for place, (page, following) in enumerate(pairwise(pages)):
        if page.conversation_id == following.conversation_id:
            scores[[place, place + 1], [place + 1, place]] += CHAIN_BONUS
    above: Likeness = scores > theta_for(embedder.model)
    return above


def topics(segment: Iterable[int], alike: Likeness) -> int:
    """How many topics the pages of a segment are of."""
    unseen = set(segment)
    count = 0
    while unseen:
        count += 1
        reached = [unseen.pop()]
        while reached:
            page = reached.pop()
            near = {other for other in unseen if alike[page, other]}
            unseen -= near
            reached += near
    return count


def mixing(filed: Sequence[tuple[Segments, Likeness]]) -> dict[str, Any]:
    """The figures of the segments of some conversations; means over segments, None without any."""
    sizes = [len(segment) for segments, _ in filed for segment in segments]
    mixed = [topics(segment, alike) for segments, alike in filed for segment in segments]
    draw = random.Random(7)
    by_chance = [
        topics(segment, alike)
        for segments, alike in filed
        for _ in range(DEALS)
        for segment in _dealt(segments, draw)
    ]
    return {
        "segments": len(sizes),
        "pages_per_segment": _mean(sizes),
        "topics_per_segment": _mean(mixed),
        "topics_by_chance": _mean(by_chance),
    }


def runs(pages: int, length: int) -> Segments:
    """Segments of `length` pages in a row, whatever they are about."""
    return [range(start, min(start + length, pages)) for start in range(0, pages, length)]


def _dealt(segments: Segments, draw: random.Random) -> Segments:
    """The same pages in segments of the same sizes, at random."""
    pages = [page for segment in segments for page in segment]
    draw.shuffle(pages)
    ends = accumulate(len(segment) for segment in segments)
    return [pages[end - len(segment) : end] for end, segment in zip(ends, segments, strict=True)]


def _centred(vectors: Embeddings) -> Embeddings:
    """`vectors` less their mean, made unit; (n, dim)."""
    centred: Embeddings = vectors - vectors.mean(axis=0)
    norms = np.linalg.norm(centred, axis=1, keepdims=True)
    unit: Embeddings = centred / np.maximum(norms, np.float32(1e-6))
    return unit


def _mean(values: Sequence[int]) -> float | None:
    return round(fmean(values), 2) if values else None
