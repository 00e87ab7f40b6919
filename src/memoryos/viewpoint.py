"""The time from which memory is looked at, on both of its axes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from memoryos import long_term
from memoryos.model import Fact, Page, Profile, Trait


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """Now, unless told otherwise.

    `as_of`: facts are those that held then, by all that is known today. `known_at`: what was
    recorded later is not known. See `long_term.as_of`.
    """

    now: datetime
    as_of: datetime | None = None
    known_at: datetime | None = None

    @property
    def at(self) -> datetime:
        """The present, seen from here."""
        return self.as_of or self.known_at or self.now

    @property
    def is_now(self) -> bool:
        return self.as_of is None and self.known_at is None

    def knows(self, page: Page) -> bool:
        """Whether a page was recorded by then."""
        return self.known_at is None or page.recorded_at <= self.known_at

    def facts(self, facts: Iterable[Fact]) -> tuple[Fact, ...]:
        """Those in force."""
        if self.is_now:
            return long_term.in_force(facts, now=self.now)
        return long_term.as_of(facts, valid_at=self.as_of, known_at=self.known_at)

    def profile(self, facts: Iterable[Fact], traits: Iterable[Trait]) -> Profile:
        """Who the user was. Of traits only what was known is told apart: they have no dates."""
        if not self.is_now:
            facts = self.facts(facts)
        return long_term.profile(facts, self._traits(traits), now=self.at)

    def is_over(self, fact: Fact) -> bool:
        """Whether a fact had ended, as far as was known."""
        end = ended_at(fact)
        if end is None or end > self.at:
            return False
        # One that was over when it was told has its end from the beginning.
        learnt = fact.superseded_at or fact.recorded_at
        return self.known_at is None or (
            fact.recorded_at <= self.known_at and learnt <= self.known_at
        )

    def _traits(self, traits: Iterable[Trait]) -> Iterator[Trait]:
        for trait in traits:
            if self.known_at is None:
                yield trait
            elif trait.recorded_at <= self.known_at:
                is_over = trait.superseded_at is not None and trait.superseded_at <= self.known_at
                yield trait if is_over else replace(trait, superseded_at=None)


def ended_at(fact: Fact) -> datetime | None:
    """When a fact ended; None while it has no end. Without a date, when its end was learnt."""
    return fact.valid_to or fact.superseded_at
