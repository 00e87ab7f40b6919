"""`why` and `history`: where a belief comes from, and what it was before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from memoryos import long_term
from memoryos.errors import UnknownIdError
from memoryos.model import Evidence, Fact, Kind, Origin, Page, Segment, Speaker, Trait
from memoryos.store.base import Use
from memoryos.text.dates import event_date
from memoryos.viewpoint import ended_at
from memoryos.working_set import WorkingSet


@dataclass(frozen=True, slots=True)
class Source:
    """A page that a belief rests on, and the words on it."""

    page_id: str
    quote: str
    timestamp: datetime
    event_date: date | None
    """The day that the words speak of, where they tell one."""
    user_input: str
    agent_response: str


@dataclass(frozen=True, slots=True)
class Usage:
    """That an item was recalled for the caller, or shown in the prompt of a reply."""

    reply: str | None
    """The page whose agent half is the reply; None for recalls."""
    count: int
    used_at: datetime
    """The last time."""


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
    origin: Origin | None = None
    """Whose words it rests on."""
    confidence: float | None = None
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    superseded_at: datetime | None = None
    superseded_by: str | None = None
    supersedes: tuple[str, ...] = ()
    """What it put an end to."""
    uses: tuple[Usage, ...] = ()
    """Recalls first, then replies in order."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What was said of a matter, and how long it held."""

    id: str
    text: str
    learner: str
    recorded_at: datetime
    valid_from: datetime | None
    """None where only its end is known."""
    valid_to: datetime | None
    """None while it holds."""
    superseded_by: str | None
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class History:
    """What one matter was over time, the earliest first: where the user lived, and lives."""

    id: str
    """The fact or trait that was asked about."""
    subject: Speaker
    attribute: str
    """Of a trait, its dimension."""
    statements: tuple[Statement, ...]


def explain(memory: WorkingSet, kind: Kind, number: int) -> Explanation:
    """Explain one item, but for its uses. Raises UnknownIdError if there is none of that number."""
    item = _find(memory, kind, number)
    if isinstance(item, Page):
        source = _source(memory, item, item.text)
        return Explanation(
            item.id, item.text, "verbatim", item.recorded_at, (source,), origin=item.origin
        )
    if isinstance(item, Segment):
        sources = _in_order(
            _source(memory, page, page.user_input or page.agent_response)
            for page in memory.pages.values()
            if page.segment == item.number
        )
        return Explanation(item.id, item.summary, item.learner, item.started_at, sources)
    sources = _quotes(memory, item.evidence)
    if isinstance(item, Trait):
        return Explanation(
            item.id,
            _level(item),
            item.learner,
            item.recorded_at,
            sources,
            superseded_at=item.superseded_at,
        )
    return Explanation(
        item.id,
        item.text,
        item.learner,
        item.recorded_at,
        sources,
        subject=item.subject,
        attribute=item.attribute,
        origin=item.origin,
        confidence=item.confidence,
        valid_from=item.valid_from,
        valid_to=item.valid_to,
        superseded_at=item.superseded_at,
        superseded_by=_successor(item),
        supersedes=tuple(
            fact.id for fact in memory.facts.values() if fact.superseded_by == item.number
        ),
    )


def usage(uses: Iterable[Use]) -> tuple[Usage, ...]:
    """What the ledger says of one item."""
    return tuple(
        Usage(f"{Kind.PAGE.value}-{use.page}" if use.page else None, use.count, use.used_at)
        for use in uses
    )


def trace(memory: WorkingSet, kind: Kind, number: int) -> History:
    """What the matter of a fact or a trait was over time.

    Raises UnknownIdError if there is none of that number, and for what is neither.
    """
    item = _find(memory, kind, number)
    if isinstance(item, Fact):
        told = long_term.history(memory.facts.values(), item)
        statements = tuple(_statement(memory, fact) for fact in told)
        return History(item.id, item.subject, item.attribute, statements)
    if isinstance(item, Trait):
        levels = [trait for trait in memory.traits.values() if trait.dimension == item.dimension]
        levels.sort(key=lambda trait: (trait.recorded_at, trait.number))
        after = [*levels[1:], None]
        return History(
            item.id,
            Speaker.USER,
            item.dimension,
            tuple(_stage(memory, *pair) for pair in zip(levels, after, strict=True)),
        )
    raise UnknownIdError(f"{item.id} has no history: facts and traits have, such as fact-7")


def _statement(memory: WorkingSet, fact: Fact) -> Statement:
    return Statement(
        id=fact.id,
        text=fact.text,
        learner=fact.learner,
        recorded_at=fact.recorded_at,
        valid_from=fact.valid_from,
        valid_to=ended_at(fact),
        superseded_by=_successor(fact),
        sources=_quotes(memory, fact.evidence),
    )


def _stage(memory: WorkingSet, trait: Trait, successor: Trait | None) -> Statement:
    """A level of a trait, which holds from when it was learnt until another was."""
    is_over = trait.superseded_at is not None
    return Statement(
        id=trait.id,
        text=_level(trait),
        learner=trait.learner,
        recorded_at=trait.recorded_at,
        valid_from=trait.recorded_at,
        valid_to=trait.superseded_at,
        superseded_by=successor.id if is_over and successor else None,
        sources=_quotes(memory, trait.evidence),
    )


def _level(trait: Trait) -> str:
    return f"{trait.dimension}: {trait.level.value} ({trait.reason})"


def _successor(fact: Fact) -> str | None:
    return f"{Kind.FACT.value}-{fact.superseded_by}" if fact.superseded_by else None


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


def _source(memory: WorkingSet, page: Page, quote: str) -> Source:
    language = memory.page_index.language(page.number)
    return Source(
        page_id=page.id,
        quote=quote,
        timestamp=page.timestamp,
        event_date=event_date(quote, said_at=page.timestamp, language=language),
        user_input=page.user_input,
        agent_response=page.agent_response,
    )


def _quotes(memory: WorkingSet, evidence: Iterable[Evidence]) -> tuple[Source, ...]:
    return _in_order(_source(memory, memory.pages[item.page], item.quote) for item in evidence)


def _in_order(sources: Iterable[Source]) -> tuple[Source, ...]:
    return tuple(sorted(sources, key=lambda source: source.timestamp))
