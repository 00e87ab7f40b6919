"""What MemoryOS remembers, as frozen dataclasses.

All datetimes are aware and in UTC. Numbers count from 1 within an owner and are never used twice;
an id is a kind and a number: `page-12`, `segment-3`, `fact-7`, `trait-1`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from functools import cached_property
from typing import Any

from memoryos.errors import UnknownIdError

RULES = "rules"
"""The learner that is no language model."""


class Kind(str, Enum):
    """The kinds of things that carry an id."""

    PAGE = "page"
    SEGMENT = "segment"
    FACT = "fact"
    TRAIT = "trait"


class Speaker(str, Enum):
    """Who speaks in a half of a page, and whom a fact is about."""

    USER = "user"
    AGENT = "agent"


class Origin(str, Enum):
    """Whose words a fact rests on."""

    USER = "user"
    AGENT = "agent"
    TOOL = "tool"
    IMPORT = "import"


class Tier(str, Enum):
    """Where a page stands: exactly one of these."""

    SHORT_TERM = "short_term"
    AWAITING_FILING = "awaiting_filing"
    MID_TERM = "mid_term"
    ARCHIVE = "archive"


def parse_id(text: str) -> tuple[Kind, int]:
    """Split an id such as `page-12` into its kind and number.

    Raises UnknownIdError if `text` is no id.
    """
    kind, _, number = str(text).partition("-")
    if (
        kind in Kind._value2member_map_
        and number.isascii()
        and number.isdigit()
        and len(number) < 19
    ):
        return Kind(kind), int(number)
    raise UnknownIdError(
        f"{text[:60]!r} is not an id; ids look like page-12, segment-3, fact-7 or trait-1"
    )


@dataclass(frozen=True)
class Owner:
    """Whose memory: a user with an assistant. The isolation boundary."""

    user_id: str
    assistant_id: str

    @cached_property
    def key(self) -> str:
        """20 hexadecimal digits, the same everywhere: a name is never part of a path or a key."""
        names = json.dumps([self.user_id, self.assistant_id]).encode()
        return hashlib.blake2b(names, digest_size=10).hexdigest()


@dataclass(frozen=True, slots=True)
class PageDraft:
    """A validated exchange that has no number yet. One half may be empty, not both."""

    user_input: str
    agent_response: str
    timestamp: datetime
    conversation_id: str | None = None
    meta_data: Mapping[str, Any] = field(default_factory=dict)
    origin: Origin = Origin.USER
    learnable: bool = True
    """False where the agent's half is an answer MemoryOS made out of memory: kept, recalled, but
    what memory gave out is never learnt back."""
    source: str | None = None
    """What it was imported from: 32 hexadecimal digits, the same whenever that is imported. An
    owner has a page of one source once."""


@dataclass(frozen=True, slots=True)
class Page:
    """One exchange (paper, Eq. 1: Q, R, T and meta_chain)."""

    number: int
    user_input: str
    agent_response: str
    timestamp: datetime
    recorded_at: datetime
    conversation_id: str | None = None
    meta_data: Mapping[str, Any] = field(default_factory=dict)
    origin: Origin = Origin.USER
    learnable: bool = True
    chain: int | None = None
    """Number of the first page of the dialogue chain; None until filed."""
    meta_chain: str = ""
    segment: int | None = None
    """Number of the segment; None until filed."""
    analyst: str | None = None
    """What read this page for promotion: "rules", or a model's name; None until then."""

    @property
    def id(self) -> str:
        return f"{Kind.PAGE.value}-{self.number}"

    @property
    def order(self) -> tuple[datetime, int]:
        """Pages sort by timestamp; equal times keep the order of arrival."""
        return self.timestamp, self.number

    @property
    def text(self) -> str:
        """Both halves, one a line."""
        return "\n".join(half for half in (self.user_input, self.agent_response) if half)

    def half(self, speaker: Speaker) -> str:
        """What `speaker` says on this page."""
        return self.user_input if speaker is Speaker.USER else self.agent_response

    def origin_of(self, speaker: Speaker) -> Origin:
        """Whose words a half is: its speaker's, unless a tool or another system wrote the page."""
        return Origin(speaker.value) if self.origin is Origin.USER else self.origin


@dataclass(frozen=True, slots=True)
class Segment:
    """Pages of one topic (paper, Eq. 2), with what its heat is made of (Eq. 4)."""

    number: int
    summary: str
    keywords: tuple[str, ...]
    started_at: datetime
    ended_at: datetime
    visited_at: datetime
    page_count: int
    interaction_length: int
    """L_interaction: pages that joined since the last promotion."""
    visit_count: int = 0
    """N_visit: how often recall used a page of it."""
    archived_at: datetime | None = None
    learner: str = RULES
    """What filed its pages: the name of a model, or RULES if they filed any of them."""

    @property
    def id(self) -> str:
        return f"{Kind.SEGMENT.value}-{self.number}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words on a page that support a fact or a trait."""

    page: int
    quote: str

    @property
    def page_id(self) -> str:
        return f"{Kind.PAGE.value}-{self.page}"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something known of the user or of the agent, in the language it was said in.

    Two times: `valid_from` / `valid_to`, what it speaks of; `recorded_at` / `superseded_at`, when
    we knew it.
    """

    number: int
    subject: Speaker
    attribute: str
    """What kind of thing it says, one of `long_term.ATTRIBUTES`."""
    value: str
    """The user's own words: "data scientist"."""
    text: str
    """A short sentence in the language it was said in: "works as a data scientist"."""
    language: str
    evidence: tuple[Evidence, ...]
    origin: Origin
    learner: str
    """What learnt it: "rules", or the name of a model."""
    confidence: float
    recorded_at: datetime
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    superseded_at: datetime | None = None
    superseded_by: int | None = None

    @property
    def id(self) -> str:
        return f"{Kind.FACT.value}-{self.number}"


class Level(str, Enum):
    """How strongly a trait is held."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Trait:
    """Where the user stands on one of the 90 dimensions."""

    number: int
    dimension: str
    level: Level
    reason: str
    evidence: tuple[Evidence, ...]
    learner: str
    recorded_at: datetime
    confirmed_at: datetime
    superseded_at: datetime | None = None

    @property
    def id(self) -> str:
        return f"{Kind.TRAIT.value}-{self.number}"


@dataclass(frozen=True, slots=True)
class Profile:
    """Who the user is: the attributes now in force, and the traits."""

    attributes: tuple[Fact, ...] = ()
    traits: tuple[Trait, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.attributes or self.traits)

    def value(self, attribute: str) -> str | None:
        """The value of an attribute, or None where it is not known."""
        return next((fact.value for fact in self.attributes if fact.attribute == attribute), None)

    def summary(self) -> str:
        """The profile as text, one line an item; "" where nothing is known."""
        lines = [f"{fact.attribute}: {fact.text}" for fact in self.attributes]
        lines += [
            f"{trait.dimension}: {trait.level.value} ({trait.reason})" for trait in self.traits
        ]
        return "\n".join(lines)
