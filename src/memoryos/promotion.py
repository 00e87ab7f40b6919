"""Promotion, MTM to LPM: which pages are due, and what their lessons make of the persona."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from memoryos import long_term, mid_term
from memoryos.analysts.base import LearntFact, LearntTrait
from memoryos.config import MemoryConfig
from memoryos.index.packing import pack_fact
from memoryos.merging import merge_facts
from memoryos.model import Fact, Page, Segment, Trait
from memoryos.store.base import StoredFact, Update


def idle_at(pages: Iterable[Page], config: MemoryConfig, *, now: datetime) -> datetime:
    """When `pages` have lain idle for long enough to be consolidated without further ones.

    Pages that were recorded while the clock was ahead keep nothing waiting until it is there again.
    """
    idle = timedelta(seconds=config.idle_seconds)
    recorded = (page.recorded_at for page in pages)
    return max((moment for moment in recorded if moment <= now + idle), default=now - idle) + idle


def due_pages(
    pages: tuple[Page, ...],
    segments: Iterable[Segment],
    *,
    wait: int,
    config: MemoryConfig,
    now: datetime,
) -> tuple[Page, ...]:
    """The unanalysed `pages` if promotion is due: heat >= tau with `wait` of them, or idle.

    `segments` are those that hold `pages`, with their present heat.

    Policy `paper` promotes the unanalysed pages of hot segments, and those alone.
    """
    hot = {
        segment.number
        for segment in segments
        if mid_term.segment_heat(segment, now=now, decay_seconds=config.heat_decay_seconds)
        >= config.mid_term_heat_threshold
    }
    if config.policy == "paper":
        return tuple(page for page in pages if page.segment in hot)
    if len(pages) >= wait and any(page.segment in hot for page in pages):
        return pages
    return pages if pages and idle_at(pages, config, now=now) <= now else ()


def plan_facts(
    held: Sequence[Fact],
    pages: Sequence[Page],
    learnt: Sequence[LearntFact],
    *,
    said_at: Mapping[int, datetime],
    segments: Iterable[Segment],
    next_number: int,
    analyst: str,
    now: datetime,
) -> Update:
    """The facts that `pages` added, strengthened or ended; the pages are read, their segments
    cooled. `said_at`: page number -> timestamp, of `pages` and of all that is evidence of `held`.
    """
    facts = merge_facts(
        held, learnt, said_at=said_at, next_number=next_number, learner=analyst, now=now
    )
    return Update(
        analysed=tuple(page.number for page in pages),
        analyst=analyst,
        facts=tuple(map(stored_fact, facts)),
        segments=_cooled(segments, pages),
    )


def plan_traits(
    held: Sequence[Trait],
    pages: Sequence[Page],
    learnt: Sequence[LearntTrait],
    *,
    said_at: Mapping[int, datetime],
    next_number: int,
    analyst: str,
    now: datetime,
) -> Update:
    """The traits that `pages` added, confirmed or changed; none of the pages is asked of again."""
    traits = long_term.merge_traits(
        held, learnt, said_at=said_at, next_number=next_number, learner=analyst, now=now
    )
    return Update(traits=traits, traits_through=max(page.number for page in pages))


def stored_fact(fact: Fact) -> StoredFact:
    """A fact with the terms that recall finds it by."""
    return StoredFact(fact, pack_fact(f"{fact.attribute}: {fact.text}").terms)


def _cooled(segments: Iterable[Segment], pages: Iterable[Page]) -> tuple[Segment, ...]:
    # L_interaction goes to 0 after promotion (paper §3.3); without this a hot segment would be
    # promoted again by every later page.
    promoted = {page.segment for page in pages}
    return tuple(
        replace(segment, interaction_length=0) for segment in segments if segment.number in promoted
    )
