"""What a recall returns, and how it is laid out for a prompt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from memoryos.flags import is_flagged
from memoryos.model import Evidence, Fact, Page, Profile, Speaker, Tier
from memoryos.text.dates import event_date

if TYPE_CHECKING:
    from memoryos.context import Context


@dataclass(frozen=True, slots=True)
class Names:
    """How the two speakers are called, so that a query that names one is read rightly."""

    user: str
    agent: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A passage of a page that a recall chose: one half, or a part of a long one."""

    speaker: Speaker
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Outdated:
    """Something said on a page that was true then, and is over."""

    fact: Fact
    until: datetime

    @property
    def id(self) -> str:
        return self.fact.id

    @property
    def text(self) -> str:
        return self.fact.text


@dataclass(frozen=True)  # without slots, for what is found out once
class RecalledPage:
    """A page with its place in the recall and the reason for it."""

    page: Page
    rank: int
    """1 is the best."""
    score: float
    signals: Mapping[str, float]
    """What the score is made of, by signal."""
    turns: tuple[Turn, ...]
    """The passages that fit the token budget, in the order they were said."""
    tier: Tier
    language: str
    age_seconds: float
    outdated: tuple[Outdated, ...] = ()
    """What it says that is over."""

    @property
    def id(self) -> str:
        return self.page.id

    @property
    def user_input(self) -> str:
        return self.page.user_input

    @property
    def agent_response(self) -> str:
        return self.page.agent_response

    @property
    def timestamp(self) -> datetime:
        return self.page.timestamp

    @property
    def recorded_at(self) -> datetime:
        return self.page.recorded_at

    @property
    def meta_data(self) -> Mapping[str, Any]:
        return self.page.meta_data

    @cached_property
    def event_date(self) -> date | None:
        """The day that the best passage speaks of, where its words tell one."""
        best = max(self.turns, key=lambda turn: turn.score)
        return event_date(best.text, said_at=self.page.timestamp, language=self.language)

    @cached_property
    def flagged(self) -> bool:
        """Whether the page gives orders to an assistant: to be quoted, never to be followed."""
        return is_flagged(self.page)

    @property
    def excerpt(self) -> str:
        """The chosen passages, one a line."""
        return "\n".join(turn.text for turn in self.turns)

    @property
    def why(self) -> str:
        """The signals that chose it, strongest first: "lexical 0.60, dense 0.41"."""
        parts = sorted(self.signals.items(), key=lambda item: -abs(item[1]))
        return ", ".join(f"{name} {value:.2f}" for name, value in parts if abs(value) >= 0.005)


@dataclass(frozen=True, slots=True)
class RecalledFact:
    """A fact with its place in the recall and the reason for it."""

    fact: Fact
    rank: int
    """1 is the best; where a question asks for what was, that stands before what is."""
    score: float
    signals: Mapping[str, float]

    @property
    def id(self) -> str:
        return self.fact.id

    @property
    def text(self) -> str:
        return self.fact.text

    @property
    def timestamp(self) -> datetime:
        """When it was learnt."""
        return self.fact.recorded_at

    @property
    def valid_from(self) -> datetime | None:
        return self.fact.valid_from

    @property
    def until(self) -> datetime | None:
        """When it ended, or is to end; None while no end is known."""
        return self.fact.valid_to or self.fact.superseded_at

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return self.fact.evidence


@dataclass(frozen=True, slots=True)
class Recall:
    """What memory holds about a query.

    `pages` come in order of time; each has its `rank`. Empty where nothing in memory is about the
    query; `short_term` is given all the same.
    """

    query: str
    names: Names
    pages: tuple[RecalledPage, ...] = ()
    user_knowledge: tuple[RecalledFact, ...] = ()
    assistant_knowledge: tuple[RecalledFact, ...] = ()
    profile: Profile = field(default_factory=Profile)
    short_term: tuple[Page, ...] = ()
    max_tokens: int = 2000
    outdated: Mapping[int, tuple[Outdated, ...]] = field(default_factory=dict)
    """Number of a page, recalled or short-term -> what it says that is over."""

    def by_rank(self) -> tuple[RecalledPage, ...]:
        """The pages, best first."""
        return tuple(sorted(self.pages, key=lambda page: page.rank))

    def context(self) -> Context:
        """The recall laid out for a prompt, at most `max_tokens` by `text.tokens.count_tokens`.

        Profile, short-term memory, facts, excerpts share the budget in that order; each page
        appears once; what is left out is left out whole.
        """
        from memoryos.context import lay_out

        return lay_out(self)

    def to_prompt(self) -> str:
        """The text of `context()`; "" where there is nothing."""
        return self.context().text
