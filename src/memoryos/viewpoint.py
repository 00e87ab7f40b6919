"""The time from which memory is looked at, on both of its axes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from memoryos import long_term
from memoryos.model import Fact, Page, Profile, Trait

Known = TypeVar("Known", Fact, Trait)


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

    def facts(self, facts: Iterable[Fact], pages: Mapping[int, Page]) -> tuple[Fact, ...]:
        """Those in force, with the evidence there was."""
        if self.is_now:
            return long_term.in_force(facts, now=self.now)
        held = long_term.as_of(facts, valid_at=self.as_of, known_at=self.known_at)
        return held if self.known_at is None else tuple(self._as_known(held, pages))

    def profile(
        self, facts: Iterable[Fact], traits: Iterable[Trait], pages: Mapping[int, Page]
    ) -> Profile:
        """Who the user was. Traits have no dates but when they were learnt."""
        if not self.is_now:
            facts = self.facts(facts, pages)
        if self.known_at is not None:
            traits = self._as_known(self._known_traits(traits, self.known_at), pages)
        return long_term.profile(facts, traits, now=self.at)

    def is_over(self, fact: Fact) -> bool:
        """Whether a fact had ended, as far as was known."""
        end = ended_at(fact)
        if end is None or end > self.at:
            return False
        # The end of what was over when it was told was learnt with it.
        learnt = fact.superseded_at or fact.recorded_at
        return self.known_at is None or (
            fact.recorded_at <= self.known_at and learnt <= self.known_at
        )

    def _as_known(self, items: Iterable[Known], pages: Mapping[int, Page]) -> Iterator[Known]:
        """What had evidence by then, without what came later."""
        for item in items:
            evidence = tuple(piece for piece in item.evidence if self.knows(pages[piece.page]))
            if evidence:
                yield replace(item, evidence=evidence)

    @staticmethod
    def _known_traits(traits: Iterable[Trait], known_at: datetime) -> Iterator[Trait]:
        for trait in traits:
            if trait.recorded_at <= known_at:
                is_over = trait.superseded_at is not None and trait.superseded_at <= known_at
                yield trait if is_over else replace(trait, superseded_at=None)


def ended_at(fact: Fact) -> datetime | None:
    """When a fact ended; None while it has no end. Without a date, when its end was learnt."""
    return fact.valid_to or fact.superseded_at
