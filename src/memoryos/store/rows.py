"""Rows to dataclasses and back; owner and revision are the business of who writes them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from memoryos.model import (
    Evidence,
    Fact,
    Kind,
    Level,
    Origin,
    Page,
    PageDraft,
    Segment,
    Speaker,
    Trait,
)
from memoryos.store.base import (
    Embedding,
    Fault,
    NewPage,
    Progress,
    Setback,
    StoredFact,
    StoredPage,
)

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
MICROSECOND = timedelta(microseconds=1)

Values = dict[str, Any]
EvidenceByItem = Mapping[tuple[str, int], tuple[Evidence, ...]]
"""(kind, number) of a fact or a trait -> what supports it."""


def to_microseconds(moment: datetime) -> int:
    """Microseconds since 1970, exactly; floating point would lose the last digit."""
    return (moment - EPOCH) // MICROSECOND


def to_datetime(microseconds: int) -> datetime:
    """The inverse of `to_microseconds`, in UTC."""
    return EPOCH + timedelta(0, 0, microseconds)


def microseconds_or_none(moment: datetime | None) -> int | None:
    return None if moment is None else to_microseconds(moment)


def datetime_or_none(microseconds: int | None) -> datetime | None:
    return None if microseconds is None else to_datetime(microseconds)


def setback_values(setback: Setback | None) -> Values:
    if setback is None:
        return {"attempts": 0, "failure": "", "retry_at": None}
    return {
        "attempts": setback.attempts,
        "failure": setback.failure,
        "retry_at": to_microseconds(setback.retry_at),
    }


def progress_of(row: Any) -> Progress:
    """Of a row of `owners`."""
    setback = None
    if row.retry_at is not None:
        setback = Setback(row.attempts, row.failure, to_datetime(row.retry_at))
    fault = None
    if row.faults:
        fault = Fault(row.faults, row.fault, datetime_or_none(row.set_aside_at))
    return Progress(setback, row.traits_through, fault)


def page_values(page: NewPage, *, recorded_at: int) -> Values:
    draft = page.draft
    meta_data = draft.meta_data
    return {
        "user_input": draft.user_input,
        "agent_response": draft.agent_response,
        "timestamp": to_microseconds(draft.timestamp),
        "recorded_at": recorded_at,
        "conversation_id": draft.conversation_id,
        "meta_data": json.dumps(dict(meta_data)) if meta_data else "",
        "origin": draft.origin.value,
        "learnable": draft.learnable,
        "chain": None,
        "meta_chain": "",
        "segment": None,
        "analyst": None,
        "terms": page.terms,
    }


def stored_page_values(page: Page, terms: bytes) -> Values:
    """Of a page that has its number and its place already."""
    draft = PageDraft(
        page.user_input,
        page.agent_response,
        page.timestamp,
        page.conversation_id,
        page.meta_data,
        page.origin,
        page.learnable,
    )
    return {
        **page_values(
            NewPage(draft, terms, vectors=None), recorded_at=to_microseconds(page.recorded_at)
        ),
        "number": page.number,
        "chain": page.chain,
        "meta_chain": page.meta_chain,
        "segment": page.segment,
        "analyst": page.analyst,
    }


# Tables, because calling the class of an enum takes five times as long as a look-up, and a load
# does it for every page.
ORIGINS = {origin.value: origin for origin in Origin}
KINDS = {kind.value: kind for kind in Kind}


def stored_pages(rows: Iterable[Sequence[Any]]) -> tuple[StoredPage, ...]:
    """Rows of `reading.PAGES`; the loop is the hot one of a cold load."""
    return tuple(
        [
            StoredPage(
                Page(
                    number,
                    user_input,
                    agent_response,
                    EPOCH + timedelta(0, 0, timestamp),
                    EPOCH + timedelta(0, 0, recorded_at),
                    conversation_id,
                    json.loads(meta_data) if meta_data else {},
                    ORIGINS[origin],
                    learnable,
                    chain,
                    meta_chain,
                    segment,
                    analyst,
                ),
                terms,
            )
            for (
                number,
                user_input,
                agent_response,
                timestamp,
                recorded_at,
                conversation_id,
                meta_data,
                origin,
                learnable,
                chain,
                meta_chain,
                segment,
                analyst,
                terms,
            ) in rows
        ]
    )


def segment_values(segment: Segment) -> Values:
    return {
        "number": segment.number,
        "summary": segment.summary,
        "keywords": json.dumps(segment.keywords, ensure_ascii=False),
        "started_at": to_microseconds(segment.started_at),
        "ended_at": to_microseconds(segment.ended_at),
        "visited_at": to_microseconds(segment.visited_at),
        "page_count": segment.page_count,
        "interaction_length": segment.interaction_length,
        "visit_count": segment.visit_count,
        "archived_at": microseconds_or_none(segment.archived_at),
        "learner": segment.learner,
    }


def segment_of(row: Sequence[Any]) -> Segment:
    """Of a row of `reading.SEGMENTS`; consolidation reads those of an owner again and again."""
    (
        number,
        summary,
        words,
        started_at,
        ended_at,
        visited_at,
        page_count,
        interaction_length,
        visit_count,
        archived_at,
        learner,
    ) = row
    return Segment(
        number,
        summary,
        tuple(json.loads(words)),
        to_datetime(started_at),
        to_datetime(ended_at),
        to_datetime(visited_at),
        page_count,
        interaction_length,
        visit_count,
        datetime_or_none(archived_at),
        learner,
    )


def fact_values(stored: StoredFact) -> Values:
    fact = stored.fact
    return {
        "number": fact.number,
        "subject": fact.subject.value,
        "attribute": fact.attribute,
        "value": fact.value,
        "text": fact.text,
        "language": fact.language,
        "origin": fact.origin.value,
        "learner": fact.learner,
        "confidence": fact.confidence,
        "recorded_at": to_microseconds(fact.recorded_at),
        "valid_from": microseconds_or_none(fact.valid_from),
        "valid_to": microseconds_or_none(fact.valid_to),
        "superseded_at": microseconds_or_none(fact.superseded_at),
        "superseded_by": fact.superseded_by,
        "terms": stored.terms,
    }


def stored_fact(row: Any, evidence: EvidenceByItem) -> StoredFact:
    fact = Fact(
        number=row.number,
        subject=Speaker(row.subject),
        attribute=row.attribute,
        value=row.value,
        text=row.text,
        language=row.language,
        evidence=evidence.get((Kind.FACT.value, row.number), ()),
        origin=ORIGINS[row.origin],
        learner=row.learner,
        confidence=row.confidence,
        recorded_at=to_datetime(row.recorded_at),
        valid_from=datetime_or_none(row.valid_from),
        valid_to=datetime_or_none(row.valid_to),
        superseded_at=datetime_or_none(row.superseded_at),
        superseded_by=row.superseded_by,
    )
    return StoredFact(fact, row.terms)


def trait_values(trait: Trait) -> Values:
    return {
        "number": trait.number,
        "dimension": trait.dimension,
        "level": trait.level.value,
        "reason": trait.reason,
        "learner": trait.learner,
        "recorded_at": to_microseconds(trait.recorded_at),
        "confirmed_at": to_microseconds(trait.confirmed_at),
        "superseded_at": microseconds_or_none(trait.superseded_at),
    }


def trait_of(row: Any, evidence: EvidenceByItem) -> Trait:
    return Trait(
        number=row.number,
        dimension=row.dimension,
        level=Level(row.level),
        reason=row.reason,
        evidence=evidence.get((Kind.TRAIT.value, row.number), ()),
        learner=row.learner,
        recorded_at=to_datetime(row.recorded_at),
        confirmed_at=to_datetime(row.confirmed_at),
        superseded_at=datetime_or_none(row.superseded_at),
    )


def embedding_values(embedding: Embedding) -> Values:
    return {
        "kind": embedding.kind.value,
        "number": embedding.number,
        "vectors": embedding.vectors,
    }


def evidence_values(kind: Kind, number: int, evidence: Iterable[Evidence]) -> list[Values]:
    return [
        {
            "kind": kind.value,
            "number": number,
            "position": position,
            "page": piece.page,
            "quote": piece.quote,
        }
        for position, piece in enumerate(evidence)
    ]


def evidence_by_item(rows: Iterable[Any]) -> EvidenceByItem:
    """Rows in order of kind, number and position."""
    pieces: dict[tuple[str, int], list[Evidence]] = {}
    for row in rows:
        pieces.setdefault((row.kind, row.number), []).append(Evidence(row.page, row.quote))
    return {item: tuple(evidence) for item, evidence in pieces.items()}
