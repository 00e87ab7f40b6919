"""What an owner's memory holds, in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from memoryos import long_term
from memoryos.config import MemoryConfig
from memoryos.model import Owner, Speaker
from memoryos.updater import Pending
from memoryos.working_set import WorkingSet


@dataclass(frozen=True, slots=True)
class MemoryStats:
    """Counts of one owner. The names the original used are kept; "sessions" are segments."""

    user_id: str
    assistant_id: str
    page_count: int
    short_term_count: int
    """Pages that short-term memory shows."""
    awaiting_filing_count: int
    mid_term_sessions_count: int
    """Warm segments."""
    archived_sessions_count: int
    has_user_profile: bool
    user_knowledge_count: int
    assistant_knowledge_count: int
    trait_count: int
    items_to_embed: int
    pages_to_analyse: int
    embedding_model: str
    revision: int


def count(
    memory: WorkingSet, owner: Owner, pending: Pending, *, config: MemoryConfig, now: datetime
) -> MemoryStats:
    """Count what `memory` holds."""
    facts = long_term.in_force(memory.facts.values(), now=now)
    traits = [trait for trait in memory.traits.values() if trait.superseded_at is None]
    warm = sum(segment.archived_at is None for segment in memory.segments.values())
    return MemoryStats(
        user_id=owner.user_id,
        assistant_id=owner.assistant_id,
        page_count=len(memory.pages),
        short_term_count=min(len(memory.pages), config.short_term_capacity),
        awaiting_filing_count=pending.pages_to_file,
        mid_term_sessions_count=warm,
        archived_sessions_count=len(memory.segments) - warm,
        has_user_profile=bool(long_term.profile(facts, traits, now=now)),
        user_knowledge_count=sum(fact.subject is Speaker.USER for fact in facts),
        assistant_knowledge_count=sum(fact.subject is Speaker.AGENT for fact in facts),
        trait_count=len(traits),
        items_to_embed=pending.items_to_embed,
        pages_to_analyse=pending.pages_to_analyse,
        embedding_model=memory.embedding_model,
        revision=memory.revision,
    )
