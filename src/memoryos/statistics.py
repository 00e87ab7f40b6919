"""What an owner's memory holds, in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from memoryos import long_term
from memoryos.config import MemoryConfig
from memoryos.model import Owner, Speaker
from memoryos.store.base import ASKED_AGAIN, OK, REFUSED, RESERVED, ModelCalls, Progress
from memoryos.updater import Pending
from memoryos.working_set import WorkingSet

NO_FAILURES = (OK, RESERVED, ASKED_AGAIN)


@dataclass(frozen=True, slots=True)
class ModelUsage:
    """What a language model was asked for one purpose, and what that cost."""

    calls: int
    """Requests to the server. One under way, or whose process was killed, counts at its most."""
    prompt_tokens: int
    completion_tokens: int
    milliseconds: int
    failures: Mapping[str, int]
    """Failed calls, by the name of their error."""


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
    llm_model: str | None
    """The language model that is asked; None where the rules work alone."""
    model_usage: Mapping[str, ModelUsage]
    """By purpose: filing, promotion, traits, reply."""
    failed_attempts: int
    """Of the model, in a row, for this owner; the rules take over after `MODEL_ATTEMPTS`."""
    last_failure: str | None
    """Name of the last one's error."""
    retry_at: datetime | None
    """When the model is asked again."""
    own_failures: int
    """Of consolidation, in a row, that are this owner's own; `OWN_FAILURES` set it aside."""
    own_failure: str | None
    """Name of the last one's error."""
    set_aside_at: datetime | None
    """Since when no worker looks at it; None while it is tried."""
    budget_refusals_today: int
    """Calls not made because the day's budget is used up; the rules went on instead."""


def count(
    memory: WorkingSet,
    owner: Owner,
    pending: Pending,
    *,
    progress: Progress,
    llm_model: str | None,
    model_calls: Sequence[ModelCalls],
    config: MemoryConfig,
    now: datetime,
) -> MemoryStats:
    """Count what `memory` holds, and what models cost it."""
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
        llm_model=llm_model,
        model_usage=usage(model_calls),
        failed_attempts=progress.setback.attempts if progress.setback else 0,
        last_failure=progress.setback.failure if progress.setback else None,
        retry_at=progress.setback.retry_at if progress.setback else None,
        own_failures=progress.fault.failures if progress.fault else 0,
        own_failure=progress.fault.error if progress.fault else None,
        set_aside_at=progress.fault.set_aside_at if progress.fault else None,
        budget_refusals_today=sum(
            entry.calls
            for entry in model_calls
            if entry.outcome == REFUSED and entry.day == now.date()
        ),
    )


def usage(model_calls: Sequence[ModelCalls]) -> dict[str, ModelUsage]:
    """Calls that were made, added up by purpose."""
    made = [entry for entry in model_calls if entry.outcome != REFUSED]
    return {
        purpose: _usage([entry for entry in made if entry.purpose == purpose])
        for purpose in sorted({entry.purpose for entry in made})
    }


def _usage(entries: Sequence[ModelCalls]) -> ModelUsage:
    failures: Counter[str] = Counter()
    for entry in entries:
        if entry.outcome not in NO_FAILURES:
            failures[entry.outcome] += entry.calls
    return ModelUsage(
        calls=sum(entry.calls for entry in entries),
        prompt_tokens=sum(entry.prompt_tokens for entry in entries),
        completion_tokens=sum(entry.completion_tokens for entry in entries),
        milliseconds=sum(entry.milliseconds for entry in entries),
        failures=dict(failures),
    )
