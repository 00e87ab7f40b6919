"""`why`: where a belief comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from memoryos.errors import UnknownIdError
from memoryos.model import Evidence, Fact, Kind, Page, Segment, Speaker, Trait
from memoryos.working_set import WorkingSet


@dataclass(frozen=True, slots=True)
class Source:
    """A page that a belief rests on, and the words on it."""

    page_id: str
    quote: str
    timestamp: datetime
    user_input: str
    agent_response: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is believed, what learnt it and when, and the pages it rests on, in order of time."""

    id: str
    text: str
    learner: str
    """What learnt it: "rules", a model's name, or "verbatim" for a page itself."""
    recorded_at: datetime
    sources: tuple[Source, ...]
    subject: Speaker | None = None
    attribute: str | None = None
    confidence: float | None = None
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    superseded_by: str | None = None


def explain(memory: WorkingSet, kind: Kind, number: int) -> Explanation:
    """Explain one item. Raises UnknownIdError if there is none of that number."""
    item = _find(memory, kind, number)
    if isinstance(item, Page):
        source = _source(item, item.text)
        return Explanation(item.id, item.text, "verbatim", item.recorded_at, (source,))
    if isinstance(item, Segment):
        pages = [page for page in memory.pages.values() if page.segment == item.number]
        sources = _in_order(_source(page, page.user_input or page.agent_response) for page in pages)
        return Explanation(item.id, item.summary, item.learner, item.started_at, sources)
    sources = _in_order(_quote(memory, evidence) for evidence in item.evidence)
    if isinstance(item, Trait):
        text = f"{item.dimension}: {item.level.value} ({item.reason})"
        return Explanation(item.id, text, item.learner, item.recorded_at, sources)
    return Explanation(
        item.id,
        item.text,
        item.learner,
        item.recorded_at,
        sources,
        subject=item.subject,
        attribute=item.attribute,
        confidence=item.confidence,
        valid_from=item.valid_from,
        valid_to=item.valid_to,
        superseded_by=f"fact-{item.superseded_by}" if item.superseded_by else None,
    )


def _find(memory: WorkingSet, kind: Kind, number: int) -> Page | Segment | Fact | Trait:
    shelves: dict[Kind, Mapping[int, Page | Segment | Fact | Trait]] = {
        Kind.PAGE: memory.pages,
        Kind.SEGMENT: memory.segments,
        Kind.FACT: memory.facts,
        Kind.TRAIT: memory.traits,
    }
    item = shelves[kind].get(number)
    if item is None:
        raise UnknownIdError(f"there is no {kind.value}-{number} in this memory")
    return item


def _source(page: Page, quote: str) -> Source:
    return Source(page.id, quote, page.timestamp, page.user_input, page.agent_response)


def _quote(memory: WorkingSet, evidence: Evidence) -> Source:
    return _source(memory.pages[evidence.page], evidence.quote)


def _in_order(sources: Iterable[Source]) -> tuple[Source, ...]:
    return tuple(sorted(sources, key=lambda source: source.timestamp))
