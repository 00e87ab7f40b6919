"""Filing, STM to MTM: from an analyst's answer to the segments that result."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from memoryos import mid_term
from memoryos.analysts.base import Filing, FilingBatch, Topic
from memoryos.config import MemoryConfig
from memoryos.embedders.base import Embeddings
from memoryos.mid_term import FiledTopic, OpenSegment, TopicToFile
from memoryos.model import RULES, Kind, Page, Segment
from memoryos.store.base import FiledPage, Update
from memoryos.text.keywords import keywords
from memoryos.text.summary import segment_keywords, summarise
from memoryos.working_set import WorkingSet

EARLIER_PAGES = 3
"""Filed pages shown to the analyst before the batch, for chains that go on."""

TELLING_PAGES = 30
"""A segment's summary, keywords and vector are made from its newest pages, so that filing costs the
same however large a segment grows."""


@dataclass(frozen=True, slots=True)
class Desk:
    """All that filing one batch needs, copied out of the working set."""

    batch: FilingBatch
    telling: Mapping[int, tuple[Page, ...]]
    """Warm segment -> its newest pages, in order of time."""
    sizes: Mapping[int, int]
    """Warm segment -> how many pages it has."""
    open_segments: tuple[OpenSegment, ...]
    next_segment: int
    embedding_model: str


def prepare(memory: WorkingSet, pages: tuple[Page, ...], *, config: MemoryConfig) -> Desk:
    """Lay out a batch with the warm segments and the pages before it."""
    warm = [segment for segment in memory.segments.values() if segment.archived_at is None]
    telling = {segment.number: _newest(memory, segment.number) for segment in warm}
    # The first page that waits: all before it are filed.
    earlier = tuple(
        memory.pages[number] for number in memory.in_time.before(pages[0], EARLIER_PAGES)
    )
    groups = (earlier, pages, *telling.values())
    vectors = memory.centred_vectors([page.number for group in groups for page in group])
    return Desk(
        batch=FilingBatch(pages=pages, earlier=earlier, segments=tuple(warm), vectors=vectors),
        telling=telling,
        sizes={segment.number: len(memory.members[segment.number]) for segment in warm},
        open_segments=tuple(_open(segment, telling[segment.number], vectors) for segment in warm),
        next_segment=memory.next_numbers[Kind.SEGMENT],
        embedding_model=memory.embedding_model,
    )


def plan(
    desk: Desk,
    answer: Filing,
    *,
    heat: Iterable[Segment],
    learner: str,
    config: MemoryConfig,
    now: datetime,
) -> Update:
    """Where each page goes, the segments as they are then, and which of them leave mid-term memory.

    `heat` is the warm segments as the store has them now.
    """
    chain_of = {link.page: link for link in answer.links}
    topics = [_topic(topic, desk, chain_of[topic.pages[0]].chain) for topic in answer.topics]
    filed = mid_term.file_topics(
        topics,
        desk.open_segments,
        theta=_theta(desk, config),
        next_number=desk.next_segment,
        chain_segments={
            page.chain: page.segment
            for page in desk.batch.earlier
            if page.chain is not None and page.segment is not None
        },
    )
    present = {segment.number: segment for segment in heat}
    grown = _grow(desk, answer, filed, present, learner, now)
    leaving = mid_term.coldest(
        {**present, **grown}.values(),
        capacity=config.mid_term_capacity,
        now=now,
        decay_seconds=config.heat_decay_seconds,
    )
    changed = {**grown, **{item.number: replace(item, archived_at=now) for item in leaving}}
    return Update(
        filed=tuple(
            FiledPage(page, chain_of[page].chain, chain_of[page].meta_chain, item.segment)
            for item in filed
            for page in item.pages
        ),
        segments=tuple(changed.values()),
    )


def _theta(desk: Desk, config: MemoryConfig) -> float:
    if config.mid_term_similarity_threshold is not None:
        return config.mid_term_similarity_threshold
    if config.policy == "paper":
        return mid_term.PAPER_THETA
    return mid_term.theta_for(desk.embedding_model if desk.batch.vectors else "")


def _newest(memory: WorkingSet, segment: int) -> tuple[Page, ...]:
    return tuple(map(memory.pages.__getitem__, memory.members[segment].newest(TELLING_PAGES)))


def _open(
    segment: Segment, pages: Sequence[Page], vectors: Mapping[int, Embeddings]
) -> OpenSegment:
    told = [vectors[page.number] for page in pages if page.number in vectors]
    return OpenSegment(
        segment.number, frozenset(segment.keywords), np.sum(told, axis=0) if told else None
    )


def _topic(topic: Topic, desk: Desk, chain: int) -> TopicToFile:
    vectors = [desk.batch.vectors[page] for page in topic.pages if page in desk.batch.vectors]
    return TopicToFile(
        pages=topic.pages,
        keywords=frozenset(topic.keywords),
        vector=_mean_direction(vectors),
        chain=chain,
        continues=topic.continues,
    )


def _mean_direction(vectors: list[Embeddings]) -> Embeddings | None:
    if not vectors:
        return None
    total: Embeddings = np.sum(vectors, axis=0, dtype=np.float32)
    norm = float(np.linalg.norm(total))
    return total / np.float32(norm) if norm else None


def _grow(
    desk: Desk,
    answer: Filing,
    filed: tuple[FiledTopic, ...],
    present: Mapping[int, Segment],
    learner: str,
    now: datetime,
) -> dict[int, Segment]:
    """The segments that gained pages, with their new summary, keywords and interaction length."""
    batch = {page.number: page for page in desk.batch.pages}
    joined: dict[int, list[Page]] = defaultdict(list)
    told: dict[int, str] = {}
    for topic, item in zip(answer.topics, filed, strict=True):
        joined[item.segment].extend(batch[page] for page in item.pages)
        if topic.summary:
            told[item.segment] = topic.summary
    return {
        number: _segment(number, pages, desk, present.get(number), told.get(number), learner, now)
        for number, pages in joined.items()
    }


def _segment(
    number: int,
    joined: list[Page],
    desk: Desk,
    before: Segment | None,
    summary: str | None,
    learner: str,
    now: datetime,
) -> Segment:
    newest = sorted((*desk.telling.get(number, ()), *joined), key=lambda page: page.order)
    texts = [page.text for page in newest[-TELLING_PAGES:]]
    started_at, ended_at = joined[0].timestamp, newest[-1].timestamp
    # Talk about a topic is a visit to it, on the day of the talk: history imported today is as old
    # as it is.
    visited_at = min(ended_at, now)
    if before is not None:
        started_at = min(started_at, before.started_at)
        visited_at = max(visited_at, before.visited_at)
    return Segment(
        number=number,
        summary=summary or summarise(texts),
        keywords=segment_keywords([keywords(text) for text in texts]),
        started_at=started_at,
        ended_at=ended_at,
        visited_at=visited_at,
        page_count=desk.sizes.get(number, 0) + len(joined),
        interaction_length=len(joined) + (before.interaction_length if before else 0),
        visit_count=before.visit_count if before else 0,
        # What rules filed stays marked, for a model to revisit, until it is filed anew.
        learner=RULES if before and before.learner == RULES else learner,
    )
