"""The analyst seam: what turns pages into chains, topics, facts and traits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from memoryos.embedders.base import Embeddings
from memoryos.model import Evidence, Fact, Level, Origin, Page, Segment, Speaker, Trait


@dataclass(frozen=True, slots=True)
class Pace:
    """How many pages an analyst waits for, and how much it takes at once."""

    filing_wait: int
    """Filing begins when this many pages have left short-term memory, or at idle time."""
    promotion_wait: int
    """A hot segment is promoted once this many pages are unanalysed, or at idle time."""
    traits_wait: int
    """Traits are asked for once this many pages are new to them."""
    batch_pages: int
    """Pages it is handed in one call, at most."""
    batch_tokens: int
    """Tokens of those pages, at most; a single page may have more."""
    tokens_of: Callable[[Page], int]
    """What a page counts: what the analyst reads of it."""


@dataclass(frozen=True, slots=True)
class FilingBatch:
    """Pages to be filed, in order of time, and what they may continue."""

    pages: tuple[Page, ...]
    earlier: tuple[Page, ...]
    """The filed pages just before them, in order of time: chains may go on from there."""
    segments: tuple[Segment, ...]
    """Warm segments that a topic may continue."""
    vectors: Mapping[int, Embeddings]
    """Page number -> its centred unit vector, (dim,); a page without one is missing."""


@dataclass(frozen=True, slots=True)
class Link:
    """A page's place in its dialogue chain (paper, Eq. 1)."""

    page: int
    chain: int
    """Number of the chain's first page."""
    meta_chain: str


@dataclass(frozen=True, slots=True)
class Topic:
    """Pages of one topic. `continues` is a warm segment's number, or None: F_score decides."""

    pages: tuple[int, ...]
    keywords: tuple[str, ...]
    summary: str | None = None
    continues: int | None = None


@dataclass(frozen=True, slots=True)
class Filing:
    """The analyst's answer: a link and one topic for every page of the batch."""

    links: tuple[Link, ...]
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class PromotionBatch:
    """Pages that promotion has not read yet, in order of time, and facts already held."""

    pages: tuple[Page, ...]
    held: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class LearntFact:
    """A fact as an analyst states it, before it is compared with what is held."""

    subject: Speaker
    attribute: str
    value: str
    text: str
    language: str
    evidence: Evidence
    origin: Origin
    confidence: float
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    """When it ended, for what is said to be over; None for what holds."""
    supersedes: int | None = None
    """Number of the held fact that this one ends, where the analyst tells."""


@dataclass(frozen=True, slots=True)
class LearntTrait:
    """A trait as an analyst states it, on one of the 90 dimensions."""

    dimension: str
    level: Level
    reason: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class TraitBatch:
    """Pages that traits have not been asked of yet, in order of time, and traits in force."""

    pages: tuple[Page, ...]
    held: tuple[Trait, ...]


class Analyst(Protocol):
    """What reads pages. Called without any lock or transaction held; may be slow, may raise."""

    @property
    def name(self) -> str:
        """Recorded as the learner of what it finds: "rules", or a model's name."""
        ...

    @property
    def pace(self) -> Pace: ...

    def file(self, batch: FilingBatch) -> Filing: ...

    def promote(self, batch: PromotionBatch) -> tuple[LearntFact, ...]:
        """What the pages teach of the user and the agent. Nothing is an answer."""
        ...

    def characterise(self, batch: TraitBatch) -> tuple[LearntTrait, ...]:
        """Where the pages show the user to stand on the 90 dimensions. Nothing is an answer."""
        ...
